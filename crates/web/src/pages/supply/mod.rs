//! The pages of supply: «Cung ứng» in the room of oxygen, «Phương tiện» in its own.
//!
//! Lives here: what the pages share: how a mass, a price and a person are worded, how a refused form is filled again,
//! how choices are offered. One module a page.

mod asset;
mod assets;
mod book;
pub(super) mod carrier;
mod contract;
mod contracts;
mod export;
mod forms;
mod keep;
mod loans;
mod paper;
mod position;
mod receipt;
mod reconcile;
mod request;
mod request_steps;
mod requests;
mod suppliers;
pub(super) mod trips;
mod vehicles;

pub(super) use asset::{attach as attach_letter, change as change_asset, letter, page as asset};
pub(super) use assets::{keep as keep_asset, page as assets};
pub(super) use book::{next_year, page as book};
pub(super) use contract::{page as contract, step as step_contract};
pub(super) use contracts::{keep as keep_contract, page as contracts};
pub(super) use export::download;
pub(super) use loans::{give_back, lend, page as loans};
pub(super) use position::{cell as position_cell, words as position_words};
pub(super) use receipt::correct as correct_receipt;
pub(super) use reconcile::{page as reconcile, record as record_invoice, settle as settle_invoice};
pub(super) use request::page as request;
pub(super) use request_steps::step as step_request;
pub(super) use requests::{ask, page as requests, unordered};
pub(super) use suppliers::{keep as keep_supplier, one as supplier, page as suppliers};
pub(super) use vehicles::{keep as keep_vehicle, page as vehicles};

use axum::response::Response;
use desk::Failure;
use desk::supply::Stage;
use desk::views::supply::Book;
use jiff::civil::Date;
use oxygen::StoreId;
use place::FacilityId;
use quantity::{Convention, Grams, Moment, Typed, Unit};

use super::around::Around;
use super::fields::Fields;
use super::words::{fill, number};
use crate::app::App;
use crate::respond::Problem;
use crate::view::{Choice, Field, Form, Input, PlainPage, Refusal, Say, Tone};
use crate::visitor::{Caller, Member};

/// A mass to the kilogram: «1.250».
fn kilograms(t: Say, mass: Grams) -> String {
    number(t, mass.as_kg(), 0)
}

/// «1.250 kg».
fn in_kg(t: Say, mass: Grams) -> String {
    format!("{} kg", kilograms(t, mass))
}

/// As it was typed, with its unit: the field of the unit stands beside that of the number.
fn as_typed(typed: &Typed) -> String {
    let has_unit = typed.text.chars().any(char::is_alphabetic);
    if has_unit { typed.text.clone() } else { format!("{} {}", typed.text, typed.unit.label()) }
}

/// «18.780.000 đồng».
fn dong(t: Say, amount: i64) -> String {
    t.one("supply-dong", "amount", number(t, amount as f64, 0))
}

/// The name of a step.
pub(super) fn stage_words(t: Say, stage: Stage) -> String {
    t.say(&format!("supply-stage-{}", stage.code().replace('_', "-")))
}

/// What a step's colour means.
const fn stage_tone(stage: Stage) -> Tone {
    match stage {
        Stage::Asked => Tone::Attention,
        Stage::Loaded | Stage::UnderWay | Stage::Received => Tone::Confirmed,
        Stage::Refused | Stage::Cancelled => Tone::Old,
        Stage::Failed | Stage::PartlyReceived => Tone::Attention,
        Stage::Approved | Stage::Accepted => Tone::Plain,
    }
}

/// A field whose label is `supply-field-NAME`.
fn field(t: Say, name: &str) -> Field {
    Field::words(name, t.say(&format!("supply-field-{}", name.replace('_', "-"))))
}

/// Choices by value and text.
fn choices(all: impl IntoIterator<Item = (String, String)>) -> Input {
    Input::Choices(all.into_iter().map(|(value, text)| Choice { value, text, chosen: false }).collect())
}

/// The same with a first one that stands for none.
fn choices_or_none(t: Say, none: &str, all: impl IntoIterator<Item = (String, String)>) -> Input {
    let first = (String::new(), t.say(none));
    choices(std::iter::once(first).chain(all))
}

/// Yes, no, or nobody asked.
fn yes_no(t: Say) -> Input {
    let each = [("", "supply-not-asked"), ("1", "supply-yes"), ("0", "supply-no")];
    choices(each.map(|(value, key)| (value.to_owned(), t.say(key))))
}

/// The answer of such a field.
fn said_yes(fields: &Fields, name: &str) -> Option<bool> {
    match fields.text(name) {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// The words of such an answer.
fn yes_words(t: Say, answer: Option<bool>) -> String {
    t.say(match answer {
        Some(true) => "supply-yes",
        Some(false) => "supply-no",
        None => "supply-not-asked",
    })
}

/// The stores of the facilities that somebody may choose from, by `facility/store`.
fn store_choices(book: &Book) -> Input {
    choices(book.facilities.iter().flat_map(|facility| {
        let each = facility.stores.iter();
        each.map(|(store, label)| (format!("{}/{store}", facility.id), format!("{} – {label}", facility.name)))
    }))
}

/// What such a choice chose.
fn chosen_store(fields: &Fields, name: &str) -> Result<(FacilityId, StoreId), Failure> {
    let parts = fields.text(name).split_once('/');
    let read = parts.and_then(|(facility, store)| Some((facility.parse().ok()?, store.parse().ok()?)));
    let missing = || Failure::refused(desk::operations::supply::Refused::Missing { what: "store" });
    read.ok_or_else(missing)
}

/// A facility's key out of a field.
fn chosen_facility(fields: &Fields, name: &str) -> Result<FacilityId, Failure> {
    let missing = || Failure::refused(desk::operations::supply::Refused::Missing { what: "facility" });
    fields.some(name).ok_or_else(missing)?.parse().map_err(|_| Failure::NotFound)
}

/// The facilities that somebody may choose from.
fn facility_choices(book: &Book) -> Vec<(String, String)> {
    book.facilities.iter().map(|one| (one.id.to_string(), one.name.clone())).collect()
}

/// The suppliers.
fn supplier_choices(book: &Book) -> Vec<(String, String)> {
    book.suppliers.iter().map(|kept| (kept.id.to_string(), kept.content.name.clone())).collect()
}

/// The contracts that have not ended, with their suppliers.
fn contract_choices(book: &Book) -> Vec<(String, String)> {
    let name = |kept: &desk::record::Kept<desk::supply::Contract>| {
        format!("{} – {}", kept.content.number, book.supplier_name(kept.content.supplier))
    };
    book.contracts.iter().map(|kept| (kept.id.to_string(), name(kept))).collect()
}

/// The units in which oxygen is ordered and received; the first stands for none, so that nobody takes one by chance.
fn unit_choices(t: Say) -> Input {
    let units =
        [Unit::Kilogram, Unit::Tonne, Unit::CubicMetre, Unit::LitreOfLiquid, Unit::CubicMetreOfLiquid, Unit::Cylinder];
    choices_or_none(t, "supply-choose-unit", units.map(|unit| (unit.code().to_owned(), unit.label().to_owned())))
}

/// The unit that was chosen.
fn unit_of(fields: &Fields, name: &str) -> Option<Unit> {
    Unit::from_code(fields.text(name))
}

/// A record's key out of a field; nothing when nothing was chosen.
fn key_of<T>(fields: &Fields, name: &str) -> Result<Option<desk::record::RecordId<T>>, Failure> {
    fields.some(name).map(|text| text.parse().map_err(|_| Failure::NotFound)).transpose()
}

/// A whole number of đồng as it is typed: «6.000», «18 780 000».
fn dong_of(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// A count as it is typed; nothing typed is none.
fn count_of(text: &str) -> u32 {
    text.trim().parse().unwrap_or(0)
}

/// A mass as it is typed, kilograms unless another unit stands behind it.
fn mass_of(text: &str) -> Result<Grams, Failure> {
    let typed = Typed::read(text, Some(Convention::DecimalComma), Some(Unit::Kilogram));
    typed.and_then(|typed| typed.grams(None)).map_err(Failure::refused)
}

/// The month of an address, `2026-11`.
fn month_of(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// `2026-11`.
fn month_field(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// «tháng 11/2026».
fn month_words(t: Say, month: Date) -> String {
    fill(t, "supply-month", &[("month", month.month().to_string().into()), ("year", month.year().to_string().into())])
}

/// The last months, newest first.
fn month_choices(t: Say, now: Moment) -> Input {
    let mut month = now.date().first_of_month();
    let mut all = Vec::new();
    for _ in 0..14 {
        all.push((month_field(month), month_words(t, month)));
        let Ok(last) = month.yesterday() else { break };
        month = last.first_of_month();
    }
    choices(all)
}

/// A form that was sent and refused: its name, what was typed, why.
struct Refused {
    form: &'static str,
    fields: Fields,
    refusal: Refusal,
}

impl Refused {
    fn of(form: &'static str, fields: Fields, failure: Failure, caller: &Caller) -> Result<Self, Problem> {
        let mut refusal = crate::respond::refusal_of(failure, caller)?;
        // Facts of the desk are codes; a person reads words.
        refusal.field = None;
        Ok(Self { form, fields, refusal })
    }
}

/// Names a form, so that it is found again when it is refused.
fn named(form: Form, name: &'static str) -> Form {
    form.hidden("form", name)
}

/// Puts what was typed back into the form that was refused, with the reason above it.
fn put_back(page: &mut PlainPage, refused: Option<Refused>) {
    let Some(Refused { form: name, fields, refusal }) = refused else { return };
    let mut forms = page.sections.iter_mut().flat_map(|section| &mut section.forms);
    // Two forms of one name are told apart by the receipt that they are about.
    let about = ("receipt".to_owned(), fields.text("receipt").to_owned());
    let is_it = |form: &&mut Form| {
        let named = form.hidden.contains(&("form".to_owned(), name.to_owned()));
        named && (about.1.is_empty() || form.hidden.contains(&about))
    };
    match forms.find(is_it) {
        Some(form) => {
            for field in &mut form.fields {
                // A box that was unticked is not sent at all.
                if field.input == Input::Check {
                    field.value = fields.text(&field.name).to_owned();
                } else if let Some(typed) = fields.0.get(&field.name) {
                    field.value.clone_from(typed);
                }
            }
            form.refusal = Some(refusal);
        }
        None => page.refusal = Some(refusal),
    }
}

/// A page behind «Cung ứng»: the bar shows where one is, the window its own title.
fn titled(app: &App, member: &Member, around: &Around, title: &str, sentence: String) -> PlainPage {
    let mut page = super::plain::plain(app, member, around, "supply", sentence);
    page.title = member.caller.say.say(title);
    page
}

/// What every page of this slice ends with.
fn finish(t: Say, mut page: PlainPage, refused: Option<Refused>, done: &str) -> Response {
    page.done = super::plain::said_done(t, done);
    put_back(&mut page, refused);
    super::plain::answer(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_it_is_written_here() {
        assert_eq!(dong_of("18.780.000"), 18_780_000);
        assert_eq!(dong_of("sáu nghìn"), 0);
        assert_eq!(month_of("2026-11"), Some(jiff::civil::date(2026, 11, 1)));
        assert_eq!(month_of("2026-13"), None);
        assert_eq!(mass_of("1.250").ok(), Some(Grams::from_kg(1_250)));
        assert_eq!(mass_of("1,2 tấn").ok(), Some(Grams::from_kg(1_200)));
    }
}
