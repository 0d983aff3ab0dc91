//! The command room «Chỉ đạo»: one module a page. What they share: their fields, the choices of a list.

pub(super) mod courtesy;
pub(super) mod map;
mod map_words;
pub(super) mod matrix;
pub(super) mod nation;
pub(super) mod programme;
pub(super) mod readiness;
pub(super) mod recount;
pub(super) mod recounts;
pub(super) mod states;
pub(super) mod steering;
pub(super) mod unit;

use jiff::civil::Date;
use quantity::time::show_date;

use super::fields::Fields;
pub(super) use super::filled::{SentFile, Upload};
use super::typed::{Acted, Typed, form};
use crate::respond::Problem;
use crate::view::{Cell, Choice, Field, Input, Say, Tone};
use crate::visitor::Caller;

/// A field that must be filled.
fn asked(name: &str, label: String) -> Field {
    Field::words(name, label).required()
}

/// A field for a day.
fn day_field(name: &str, label: String, value: Option<Date>) -> Field {
    Field::words(name, label).input(Input::Day).value(value.map_or_else(String::new, |day| day.to_string()))
}

/// A list to choose from.
fn choices(name: &str, label: String, all: impl IntoIterator<Item = (String, String)>) -> Field {
    let choice = |(value, text)| Choice { value, text, chosen: false };
    Field::words(name, label).input(Input::Choices(all.into_iter().map(choice).collect())).required()
}

/// The facilities in scope, the province first where `province` names it.
fn facility_choices(label: String, province: Option<String>, facilities: &[desk::views::command::Named]) -> Field {
    let whole = province.map(|name| (String::new(), name));
    let named = facilities.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let mut field = choices("facility", label, whole.into_iter().chain(named));
    // The province itself is sent as nothing.
    field.required = false;
    field
}

/// A facility of a form; none for the province.
fn facility_of(fields: &Fields, caller: &Caller) -> Result<Option<place::FacilityId>, Problem> {
    fields.some("facility").map(str::parse).transpose().map_err(|_| Problem::no_page(caller))
}

/// A cell with a day.
fn day_cell(day: Option<Date>) -> Cell {
    Cell::known(day.map(show_date), "")
}

/// A share between 0 and 1 as a figure in per cent.
fn share(t: Say, value: f64) -> Cell {
    Cell::figure(super::words::number(t, value * 100.0, 0), "%")
}

/// A cell that says that somebody must look.
fn attention(text: String) -> Cell {
    Cell::text(text).toned(Tone::Attention)
}
