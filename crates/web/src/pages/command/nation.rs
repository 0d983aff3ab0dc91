//! /quoc-gia: the provinces as the ministry sees them (OX19). Sums only; what is unknown says so.

use axum::extract::State;
use desk::views::command::nation::{Nation, NationLine, Sum, nation};
use quantity::time::show_date;

use super::attention;
use super::states::state_key;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::plain::{answer, plain};
use crate::pages::words::{count, fill, lasting, mass};
use crate::respond::Answer;
use crate::view::{Cell, Column, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Below so many hours of the facility that runs out first somebody must look; the norm's watch of a day.
const WATCH: f64 = 24.0;
/// Below so many it may not last until help comes.
const DANGER: f64 = 8.0;

/// GET /quoc-gia.
pub(crate) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, nation).await?;
    let t = member.caller.say;
    let mut page = plain(&app, &member, &around, "nation", sentence(t, &found));
    page.about = totals(t, &found);
    let mut section = Section::new("tinh", String::new());
    section.about = t.say("nation-about");
    let words = ["command-column-province", "command-column-state", "command-column-unit", "command-column-plan"];
    let numbers = [
        "command-column-heard-today",
        "command-column-worst",
        "command-column-median",
        "command-column-stock",
        "command-column-patients",
    ];
    section.table = Some(Table {
        columns: words
            .map(|key| Column::words(t.say(key)))
            .into_iter()
            .chain(numbers.map(|key| Column::number(t.say(key))))
            .collect(),
        rows: found.lines.iter().map(|line| row(t, line)).collect(),
    });
    page.sections.push(section);
    Ok(answer(&page))
}

fn sums(found: &Nation) -> impl Iterator<Item = &Sum> {
    found.lines.iter().filter_map(|line| line.sum.as_ref())
}

fn sentence(t: Say, found: &Nation) -> String {
    let low = sums(found).filter(|sum| sum.cover.is_some_and(|cover| cover.worst < WATCH)).count();
    let facts = [("low", low.into()), ("known", sums(found).count().into()), ("all", found.lines.len().into())];
    fill(t, "nation-sentence", &facts)
}

fn totals(t: Say, found: &Nation) -> String {
    let stock: Vec<_> = sums(found).filter_map(|sum| sum.stock).collect();
    let patients: Vec<u32> = sums(found).filter_map(|sum| sum.patients).collect();
    let unknown = || t.say("unknown");
    let facts = [
        ("stock", if stock.is_empty() { unknown() } else { mass(t, stock.into_iter().sum()) }.into()),
        ("patients", if patients.is_empty() { unknown() } else { count(t, patients.iter().sum()) }.into()),
        ("units", sums(found).filter(|sum| sum.unit_founded.is_some()).count().into()),
        ("plans", sums(found).filter(|sum| sum.plan_complete).count().into()),
        ("at", found.now.to_string().into()),
    ];
    fill(t, "nation-totals", &facts)
}

fn row(t: Say, line: &NationLine) -> Vec<Cell> {
    let Some(sum) = &line.sum else {
        let mut cells = vec![Cell::text(&line.name), Cell::text(t.say("nation-no-post")).toned(Tone::Old)];
        cells.extend((0..7).map(|_| Cell::unknown()));
        return cells;
    };
    let told = if sum.simulated { t.say("simulated") } else { String::new() };
    let unit = match (sum.unit_founded, sum.has_head) {
        (None, _) => attention(t.say("nation-no-unit")),
        (Some(day), true) => Cell::text(show_date(day)).toned(Tone::Confirmed),
        (Some(day), false) => Cell::text(show_date(day)).told(t.say("nation-no-head")).toned(Tone::Attention),
    };
    let (done, all) = sum.plan;
    let plan = if sum.plan_complete {
        Cell::text(t.say("command-plan-complete")).toned(Tone::Confirmed)
    } else {
        attention(t.two("nation-plan-part", "done", done, "all", all))
    };
    let plan = plan.told(t.two("nation-plan-facilities", "done", sum.facilities_complete, "all", sum.facilities));
    let silent = sum.facilities > 0 && sum.heard_today == 0;
    let heard = Cell::figure(format!("{}/{}", sum.heard_today, sum.facilities), t.say("unit-facilities"));
    let heard = if silent { heard.toned(Tone::Attention) } else { heard };
    let short = |key: &str, count: usize| if count > 0 { t.one(key, "count", count) } else { String::new() };
    let worst = sum.cover.map_or_else(Cell::unknown, |cover| {
        let tone = match cover.worst {
            hours if hours < DANGER => Tone::Danger,
            hours if hours < WATCH => Tone::Attention,
            _ => Tone::Plain,
        };
        let words = if cover.worst <= 0.0 { t.say("left-out") } else { lasting(t, cover.worst) };
        Cell::text(words).toned(tone)
    });
    let worst = worst.told(short("nation-unknown-hours", sum.unknown));
    let median = sum.cover.map_or_else(Cell::unknown, |cover| Cell::text(lasting(t, cover.median)));
    let stock = Cell::known(sum.stock.map(|grams| mass(t, grams)), "");
    let patients = Cell::known(sum.patients.map(|patients| count(t, patients)), t.say("unit-people"));
    vec![
        Cell::text(&line.name).told(told),
        Cell::text(t.say(state_key(sum.readiness))),
        unit,
        plan,
        heard,
        worst,
        median,
        stock.told(short("nation-never-read", sum.never_read)),
        patients.told(short("nation-never-told", sum.never_told)),
    ]
}
