//! /cung-ung/so-oxy: the oxygen book of a month, to be printed and signed; /cung-ung/du-toan: next year's estimate.

use axum::extract::{Query, State};
use desk::rights::Capability;
use desk::views::supply::book::{BookMonth, oxygen_book};
use desk::views::supply::reconcile::next_year_of;
use oxygen::supply::{BookDay, dong_for};
use quantity::Grams;
use quantity::time::show_date;

use super::reconcile::{choose_facility, links_around};
use super::{dong, facility_choices, in_kg, kilograms, month_field, month_of, month_words};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::plain::answer;
use crate::pages::words::{fill, number};
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /cung-ung/so-oxy?co-so=…&thang=2026-11.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let facility = fields.some("co-so").and_then(|text| text.parse().ok());
    let month = fields.some("thang").and_then(month_of);
    let (around, found) =
        look(&app, &member, move |office, connection, actor| oxygen_book(office, connection, actor, facility, month))
            .await?;
    let t = member.caller.say;
    let facts = [
        ("facility", found.name.clone().into()),
        ("month", month_words(t, found.month).into()),
        ("used", in_kg(t, found.totals.used).into()),
        ("known", found.totals.days_known.into()),
        ("missing", found.totals.days_missing.into()),
    ];
    let mut page = super::titled(&app, &member, &around, "supply-book", fill(t, "supply-book-sentence", &facts));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.say("supply-book-about");
    page.links = links_around(t, "/cung-ung/so-oxy", &found.facility.to_string(), found.month);
    if member.visitor.actor.may(Capability::ExportFigures) {
        let query = format!("?co-so={}&thang={}", found.facility, month_field(found.month));
        page.links.push(Link { text: t.say("supply-export"), href: format!("/xuat/cung-ung/so-oxy{query}") });
    }
    page.sections.push(Section { table: Some(table(t, &found)), ..Section::new("so", "") });
    let facilities = facility_choices(&found.book);
    page.sections.push(choose_facility(t, &facilities, "/cung-ung/so-oxy", found.month));
    Ok(answer(&page))
}

fn table(t: Say, found: &BookMonth) -> Table {
    let number_column = |key: &str| Column::number(format!("{} (kg)", t.say(key)));
    let columns = vec![
        Column::words(t.say("supply-column-day")),
        number_column("supply-column-opening"),
        number_column("supply-column-in"),
        number_column("supply-column-moved"),
        number_column("supply-column-used"),
        number_column("supply-column-closing"),
        Column::number(t.say("supply-column-patients")),
        Column::words(t.say("column-who")),
    ];
    let mut rows: Vec<Vec<Cell>> = found.days.iter().map(|day| row_of(t, day)).collect();
    let sums = found.totals;
    rows.push(vec![
        Cell::text(t.say("supply-sum")),
        Cell::default(),
        Cell::text(kilograms(t, sums.received)),
        Cell::default(),
        Cell::text(kilograms(t, sums.used)).told(t.one("supply-days-known", "count", sums.days_known)),
        Cell::default(),
        Cell::default(),
        Cell::default(),
    ]);
    Table { columns, rows }
}

fn row_of(t: Say, day: &BookDay) -> Vec<Cell> {
    let mass = |mass: Option<Grams>| Cell::known(mass.map(|mass| kilograms(t, mass)), "");
    // A delivery that nobody wrote down is not known to have been none, but the book holds what was written.
    let moved = |mass: Grams| if mass == Grams::ZERO { Cell::text("—") } else { Cell::text(kilograms(t, mass)) };
    let date = Cell::text(show_date(day.day));
    let used = mass(day.used);
    vec![
        if day.is_missing() { date.toned(Tone::Attention).told(t.say("supply-day-missing")) } else { date },
        mass(day.opening),
        moved(day.received),
        moved(day.moved),
        if day.contradicts_itself() { used.toned(Tone::Attention).told(t.say("supply-day-odd")) } else { used },
        mass(day.closing),
        Cell::known(day.patients.map(|count| count.to_string()), ""),
        day.who.clone().map_or_else(Cell::unknown, Cell::text),
    ]
}

/// GET /cung-ung/du-toan?co-so=….
pub(in crate::pages) async fn next_year(
    State(app): State<App>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let facility = fields.some("co-so").and_then(|text| text.parse().ok());
    let (around, found) =
        look(&app, &member, move |office, connection, actor| next_year_of(office, connection, actor, facility)).await?;
    let t = member.caller.say;
    let year = (i32::from(found.book.at.date().year()) + 1).to_string();
    let mut facts = vec![("facility", found.name.clone().into()), ("year", year.into())];
    let known = found.months.iter().filter(|(_, grams)| grams.is_some()).count();
    facts.push(("known", known.into()));
    let sentence = match &found.estimate {
        None => fill(t, "supply-next-year-unknown", &facts),
        Some(estimate) => {
            facts.extend([
                ("low", in_kg(t, estimate.low).into()),
                ("mid", in_kg(t, estimate.mid).into()),
                ("high", in_kg(t, estimate.high).into()),
            ]);
            fill(t, "supply-next-year-sentence", &facts)
        }
    };
    let mut page = super::titled(&app, &member, &around, "supply-next-year", sentence);
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.say("supply-next-year-about");
    let percent = |factor: f64| format!("{} %", number(t, (factor - 1.0) * 100.0, 0));
    if let Some(estimate) = &found.estimate {
        let price = found.contract.as_ref().map(|kept| kept.content.terms.price.per_kg());
        let cases = [
            ("supply-case-low", found.growth.low, estimate.low),
            ("supply-case-mid", found.growth.mid, estimate.mid),
            ("supply-case-high", found.growth.high, estimate.high),
        ];
        let rows = cases.into_iter().map(|(key, growth, mass)| {
            vec![
                Cell::text(t.say(key)),
                Cell::text(percent(growth)),
                Cell::text(in_kg(t, mass)),
                Cell::known(price.map(|price| dong(t, dong_for(mass, price))), ""),
            ]
        });
        let priced = found.contract.as_ref().map(|kept| {
            let price = dong(t, kept.content.terms.price.per_kg());
            t.two("supply-priced-by", "number", &kept.content.number, "price", price)
        });
        page.sections.push(Section {
            about: priced.unwrap_or_else(|| t.say("supply-no-price")),
            table: Some(Table {
                columns: vec![
                    Column::words(t.say("supply-case")),
                    Column::number(t.say("supply-column-growth")),
                    Column::number(t.say("supply-column-amount")),
                    Column::number(t.say("supply-column-money")),
                ],
                rows: rows.collect(),
            }),
            ..Section::new("du-toan", t.say("supply-next-year"))
        });
    }
    let rows = found.months.iter().map(|(month, grams)| {
        vec![Cell::text(month_words(t, *month)), Cell::known(grams.map(|mass| in_kg(t, mass)), "")]
    });
    page.sections.push(Section {
        table: Some(Table {
            columns: vec![Column::words(t.say("supply-field-month")), Column::number(t.say("supply-received"))],
            rows: rows.collect(),
        }),
        ..Section::new("co-so-tinh", t.say("supply-basis"))
    });
    let facilities = facility_choices(&found.book);
    page.sections.push(choose_facility(t, &facilities, "/cung-ung/du-toan", found.book.at.date()));
    Ok(answer(&page))
}
