//! The supplier's page: his trips and orders, what he can give, the month's kilograms by contract, ready for payment.

use axum::response::Response;
use desk::supply::{Product, TripStage};
use desk::views::supply::trips::{ContractMonth, SupplierSide, TripLine};
use jiff::civil::Date;
use quantity::Moment;

use super::super::trips::card::{amount_of, title_of};
use super::super::trips::{end_words, hour, stage_words};
use super::super::{choices, dong, field, in_kg, month_field, month_words};
use super::driver::phone_of;
use super::{Carrier, Stands};
use crate::pages::around::door_shell;
use crate::pages::fields::field_of;
use crate::pages::plain::said_done;
use crate::pages::words::{duration, fill};
use crate::respond::page_of;
use crate::view::{Cell, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table};
use crate::visitor::Caller;

/// The page.
pub(super) fn page(
    caller: &Caller,
    carrier: &Carrier,
    side: &SupplierSide,
    (refusal, done): (Option<Refusal>, &str),
    stands: Stands,
) -> Response {
    let t = caller.say;
    let Stands { desk, simulated, now, key, .. } = stands;
    let mut shell = door_shell(caller, &carrier.csrf);
    shell.path = format!("/giao/{}", carrier.id);
    let name = side.supplier.content.name.clone();
    let waits = side.trips.iter().filter(|line| line.trip.supplier_word.is_none()).count();
    let facts = [("name", name.clone().into()), ("count", waits.into()), ("trips", side.trips.len().into())];
    let mut page = PlainPage::new(t, shell, name, fill(t, "supplier-sentence", &facts));
    page.about = if simulated { t.say("simulated") } else { String::new() };
    page.done = said_done(t, done);
    page.refusal = refusal;
    let path = format!("/giao/{}/viec", carrier.id);
    let form = |does: &str, words: String, place: usize| {
        Form::new(path.clone(), words, format!("{key}-{does}{place}")).hidden("do", does)
    };
    if side.trips.is_empty() {
        page.sections.push(Section { about: t.say("supplier-no-trips"), ..Section::new("chuyen", t.say("trips")) });
    }
    for (place, line) in side.trips.iter().enumerate() {
        page.sections.push(trip_section(t, line, now, |does, words| form(does, words, place)));
    }
    page.sections.push(orders(t, side));
    page.sections.push(offers(t, side, now, form("offer", t.say("trips-send-offer"), 0)));
    page.sections.push(months(t, side, &format!("/giao/{}", carrier.id)));
    if let Some(phone) = phone_of(&desk) {
        let text = format!("{} {}", t.one("call-who", "who", &phone.who), phone.shown);
        let links = vec![Link { text, href: format!("tel:{}", phone.dial) }];
        page.sections.push(Section { links, ..Section::new("goi", t.say("supplier-desk")) });
    }
    page_of(&page)
}

fn trip_section(t: Say, line: &TripLine, now: Moment, form: impl Fn(&str, String) -> Form) -> Section {
    let trip = &line.trip;
    let row = |stop: &desk::views::supply::trips::StopLine| {
        let terms = stop.terms.as_ref();
        vec![
            Cell::text(stop.facility.clone()).told(stop.store.clone()),
            Cell::text(amount_of(t, stop)),
            Cell::text(hour(stop.stop.eta, now)),
            Cell::text(terms.map(|terms| terms.basis.clone()).unwrap_or_default())
                .told(terms.map(|terms| t.one("supplier-payer", "payer", &terms.payer)).unwrap_or_default()),
            Cell::text(stop.stop.end.as_ref().map_or_else(String::new, |end| end_words(t, end, now))),
        ]
    };
    let mut forms = Vec::new();
    if trip.stage.is_open_to_change() {
        let accept = form("accept", t.say("supplier-accept"))
            .hidden("trip", line.id.to_string())
            .field(Field::words("said_by", t.say("supplier-said-by")).required())
            .field(field(t, "ready_at").input(Input::Moment).value(field_of(trip.starts_at)))
            .field(
                field(t, "amount")
                    .input(Input::Number("kg".to_owned()))
                    .value(quantity::show_number(trip.grams().as_kg(), 0)),
            );
        forms.push(accept);
    }
    if trip.stage == TripStage::Told {
        let mut load = form("load", t.say("trip-step-load")).hidden("trip", line.id.to_string());
        for stop in &line.stops {
            let planned = quantity::show_number(stop.stop.grams.as_kg(), 0);
            let one = Field::words(format!("boc.{}", stop.stop.number), stop.facility.clone());
            load = load.field(one.input(Input::Number("kg".to_owned())).value(planned));
        }
        forms.push(load);
    }
    let late = line.late.map(|late| t.one("trip-late", "span", duration(t, late)));
    let columns = ["column-facility", "supply-column-amount", "trips-column-eta", "supplier-basis", "trips-column-end"];
    Section {
        about: [stage_words(t, trip.stage), in_kg(t, trip.grams())]
            .into_iter()
            .chain(late)
            .collect::<Vec<_>>()
            .join(" · "),
        table: Some(Table {
            columns: columns.map(|key| Column::words(t.say(key))).to_vec(),
            rows: line.stops.iter().map(row).collect(),
        }),
        forms,
        ..Section::new(format!("chuyen-{}", trip.number), title_of(t, line))
    }
}

fn orders(t: Say, side: &SupplierSide) -> Section {
    let rows = side.orders.iter().map(|(number, facility, grams, needed)| {
        vec![
            Cell::text(t.one("supply-number", "number", number.to_string())),
            Cell::text(facility.clone()),
            Cell::text(in_kg(t, *grams)),
            Cell::text(needed.to_string()),
        ]
    });
    let columns = ["supply-column-request", "column-facility", "supply-column-amount", "supply-column-needed"];
    Section {
        about: t.say("supplier-orders-about"),
        table: Some(Table { columns: columns.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        empty: t.say("supplier-orders-empty"),
        ..Section::new("don", t.say("supplier-orders"))
    }
}

fn offers(t: Say, side: &SupplierSide, now: Moment, form: Form) -> Section {
    let words = |product: Product| t.say(&format!("supply-product-{}", product.code()));
    let rows = side.offers.iter().map(|kept| {
        let offer = &kept.content;
        let day = Cell::text(quantity::time::show_date(offer.day));
        vec![day, Cell::text(words(offer.product)), Cell::text(in_kg(t, offer.grams))]
    });
    let product = Product::ALL.map(|product| (product.code().to_owned(), words(product)));
    let form = form
        .field(Field::words("product", t.say("trips-column-product")).input(choices(product)).required())
        .field(
            Field::words("day", t.say("trips-column-day")).input(Input::Day).value(now.date().to_string()).required(),
        )
        .field(field(t, "amount").input(Input::Number("kg".to_owned())).required())
        .field(Field::words("said_by", t.say("supplier-said-by")).required());
    let columns = ["trips-column-day", "trips-column-product", "supply-column-amount"];
    Section {
        about: t.say("supplier-offers-about"),
        table: (!side.offers.is_empty())
            .then(|| Table { columns: columns.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        forms: vec![form],
        folded: true,
        ..Section::new("kha-nang", t.say("trips-offers"))
    }
}

/// What came in the month, with the way to the months around it.
fn months(t: Say, side: &SupplierSide, path: &str) -> Section {
    let rows = side.months.iter().map(|month: &ContractMonth| {
        let notes: Vec<String> = month.notes.iter().map(|(note, ..)| note.clone()).collect();
        vec![
            Cell::text(month.number.clone()).told(notes.join(", ")),
            Cell::text(in_kg(t, month.grams)),
            Cell::text(dong(t, month.dong)),
        ]
    });
    let columns = ["supply-field-contract", "supply-received", "supplier-sum"];
    Section {
        about: t.say("supplier-month-about"),
        links: around_month(t, side.month, path),
        table: Some(Table { columns: columns.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        empty: t.say("supplier-month-empty"),
        ..Section::new("thang", t.one("supplier-month", "month", month_words(t, side.month)))
    }
}

/// The month before, and the next.
fn around_month(t: Say, month: Date, path: &str) -> Vec<Link> {
    let before = month.first_of_month().yesterday().ok();
    let after = month.last_of_month().tomorrow().ok();
    let link = |day: Date| {
        let month = day.first_of_month();
        Link { text: month_words(t, month), href: format!("{path}?thang={}#thang", month_field(month)) }
    };
    before.into_iter().chain(after).map(link).collect()
}
