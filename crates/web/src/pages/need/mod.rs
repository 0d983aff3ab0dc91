//! GET /du-bao/oxy: how much oxygen the coming four weeks ask for, who runs out when, and what would be if (OX08, OX07,
//! TT09, PR03). One facility: [`facility`].

pub(super) mod facility;
mod shown;
mod supposed;

use axum::extract::{Query, State};
use desk::views::oxygen_need::{Case, Course, FacilityNeed, OxygenNeed, Passed, Supposed, oxygen_need};
use quantity::time::show_date;

use super::around::look;
use super::fields::Fields;
use super::plain::{answer, plain};
use super::words::{fill, lasting, mass, percent};
use crate::app::App;
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;
use shown::{Unit, day, days, drawn, range_of_people};

pub(super) const PATH: &str = "/du-bao/oxy";
/// A stock is said to last to the day on which it is used up with this probability.
const UNLIKELY: f64 = 0.1;
/// A probability of being empty within three days that somebody must look at.
const ALARMING: f64 = 0.05;
/// The hours of three days.
const THREE_DAYS: f64 = 72.0;

/// GET /du-bao/oxy; `neu` is a usual case, or single figures are supposed.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let supposed = supposed::read(&fields);
    let (around, found) =
        look(&app, &member, move |office, connection, actor| oxygen_need(office, connection, actor, supposed)).await?;
    let t = member.caller.say;
    let mut page = plain(&app, &member, &around, "oxygen-need", sentence(t, &found));
    page.about = about(t, &found);
    page.links = vec![Link { text: t.say("forecast"), href: "/du-bao".to_owned() }];
    if let Some(case) = found.asked() {
        page.sections = vec![
            course(t, &found, case),
            facilities(t, &found, supposed),
            areas(t, &found),
            suppose(t, supposed),
            compared(t, &found),
            days(t, found.first, &case.course),
        ];
        page.sections.retain(|section| section.id != "dia-ban" || !found.areas.is_empty());
        if !found.silent.is_empty() {
            page.sections.push(silent(t, &found));
        }
    }
    Ok(answer(&page))
}

fn sentence(t: Say, found: &OxygenNeed) -> String {
    let Some(case) = found.asked() else { return t.say("need-none") };
    let (Some(week), Some(last)) = (case.course.grams.get(6), case.course.grams.last()) else {
        return t.say("need-none");
    };
    let unit = Unit::Tonnes;
    let facts = [
        ("supposed", supposed::words(t, case.supposed).into()),
        ("used", unit.show(t, found.used.as_f64()).into()),
        ("week", unit.range(t, week).into()),
        ("last", unit.range(t, last).into()),
    ];
    fill(t, if case.supposed == Supposed::default() { "need-sentence" } else { "need-sentence-if" }, &facts)
}

fn about(t: Say, found: &OxygenNeed) -> String {
    let soon = found.facilities.iter().filter(|one| within_three_days(one).is_some_and(|chance| chance >= ALARMING));
    let facts = [
        ("facilities", (found.facilities.len() as i64).into()),
        ("patients", i64::from(found.patients).into()),
        ("stock", Unit::Tonnes.show(t, found.stock.as_f64()).into()),
        ("soon", (soon.count() as i64).into()),
    ];
    fill(t, "need-about", &facts)
}

fn within_three_days(of: &FacilityNeed) -> Option<f64> {
    of.empty.as_ref()?.chance_within(THREE_DAYS)
}

fn course(t: Say, found: &OxygenNeed, case: &Case) -> Section {
    let mut section = Section::new("duong", t.say("need-drawing"));
    section.about = t.say("need-drawing-about");
    section.drawing = drawn(t, found.first, &case.course, Some(found.used.as_f64()));
    section
}

fn suppose(t: Say, supposed: Supposed) -> Section {
    let mut section = Section::new("gia-su", t.say("need-suppose-title"));
    section.about = t.say("need-suppose-about");
    section.forms = vec![supposed::form(t, supposed, PATH)];
    section
}

/// Every facility, soonest empty first.
fn facilities(t: Say, found: &OxygenNeed, supposed: Supposed) -> Section {
    let mut section = Section::new("co-so", t.say("need-facilities"));
    section.about = t.say("need-facilities-about");
    section.table = Some(Table {
        columns: [
            Column::words(t.say("need-column-facility")).lead(),
            Column::number(t.say("need-column-soonest")),
            Column::number(t.say("need-column-three-days")),
            Column::number(t.say("need-column-daily")).aside(),
        ]
        .into_iter()
        .chain(Passed::ALL.map(|what| Column::number(t.say(&format!("need-passed-{}", what.code()))).aside()))
        .collect(),
        rows: found.facilities.iter().map(|one| row(t, found, one, supposed)).collect(),
    });
    section
}

fn row(t: Say, found: &OxygenNeed, one: &FacilityNeed, supposed: Supposed) -> Vec<Cell> {
    let href = facility::path(one.facility, supposed);
    let hours = |share: f64| one.empty.as_ref().map(|empty| hours_words(t, empty.hours_at(share)));
    let soonest = match (hours(0.05), hours(0.5)) {
        (Some(low), Some(mid)) if low == mid => Cell::text(low),
        (Some(low), Some(mid)) => Cell::text(low).told(t.one("need-middle", "hours", mid)),
        _ => Cell::unknown(),
    };
    let chance = within_three_days(one);
    let three_days =
        match chance {
            Some(chance) if chance >= ALARMING => Cell::text(format!("{} %", percent(t, chance)))
                .toned(if chance >= 0.5 { Tone::Danger } else { Tone::Attention }),
            Some(chance) => Cell::text(format!("{} %", percent(t, chance))),
            None => Cell::unknown(),
        };
    let week = one.course.grams.get(6);
    let daily = week.map(|grams| {
        let unit = Unit::of(&one.course);
        Cell::figure(unit.range(t, grams), unit.word(t))
    });
    let link = Cell::link(one.name.clone(), href).told(one.area.clone());
    let passed = Passed::ALL.map(|what| passed(t, found, one, what));
    [link, soonest, three_days, daily.unwrap_or_else(Cell::unknown)].into_iter().chain(passed).collect()
}

/// Areas with more than one facility, path by path.
fn areas(t: Say, found: &OxygenNeed) -> Section {
    let mut section = Section::new("dia-ban", t.say("need-areas"));
    section.about = t.say("need-areas-about");
    let row = |(area, number, course): &(String, usize, Course)| {
        let unit = Unit::of(course);
        let on = |after: usize| match course.grams.get(after) {
            Some(grams) => Cell::figure(unit.range(t, grams), unit.word(t)),
            None => Cell::unknown(),
        };
        let patients = course.on_oxygen.get(6).map(|on| range_of_people(t, on));
        vec![
            Cell::text(area.clone()).told(fill(t, "need-area-facilities", &[("number", (*number as i64).into())])),
            on(6),
            on(27),
            Cell::known(patients, ""),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-area")),
            Column::number(t.say("need-column-week-daily")),
            Column::number(t.say("need-column-last-daily")),
            Column::number(t.say("need-column-patients-week")),
        ],
        rows: found.areas.iter().map(row).collect(),
    });
    section
}

/// «đủ hơn 4 tuần», or hours.
pub(super) fn hours_words(t: Say, hours: Option<f64>) -> String {
    hours.map_or_else(|| t.say("need-lasts-beyond"), |hours| lasting(t, hours))
}

/// The first day on which a limit is passed, not unlikely; nothing where none is, unknown where nobody knows the limit.
fn passed(t: Say, found: &OxygenNeed, one: &FacilityNeed, what: Passed) -> Cell {
    if !one.risks.iter().any(|day| what.on(day).is_some()) {
        return Cell::unknown();
    }
    match one.first_day_past(what, UNLIKELY) {
        Some(0) => Cell::text(t.say("need-passed-today")).toned(Tone::Attention),
        Some(after) => Cell::text(day(found.first, after).strftime("%d/%m").to_string()),
        None => Cell::text("–"),
    }
}

/// Every usual case beside the others, and how long the stock of now lasts in it if nothing comes.
fn compared(t: Say, found: &OxygenNeed) -> Section {
    let mut section = Section::new("neu", t.say("need-compared"));
    section.about = t.say("need-compared-about");
    let row = |case: &Case| {
        let lasts = match case.empty_by(UNLIKELY) {
            Some(after) => show_date(day(found.first, after)),
            None => t.say("need-lasts-beyond"),
        };
        let on = |after: usize| case.course.grams.get(after).map(|grams| Unit::Tonnes.range(t, grams));
        let patients = case.course.on_oxygen.last().map(|on| range_of_people(t, on));
        vec![
            Cell::link(t.say(&format!("need-if-{}", case.name)), format!("{PATH}?neu={}", case.name)),
            Cell::known(on(6), ""),
            Cell::known(on(27), ""),
            Cell::known(patients, ""),
            Cell::text(lasts),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-if")),
            Column::number(t.say("need-column-week")),
            Column::number(t.say("need-column-last")),
            Column::number(t.say("need-column-patients-last")),
            Column::number(t.say("need-column-lasts")),
        ],
        // The first is the one that was asked for; the usual cases follow it.
        rows: found.cases.iter().skip(1).map(row).collect(),
    });
    section
}

fn silent(t: Say, found: &OxygenNeed) -> Section {
    let mut section = Section::new("chua-ro", t.say("need-silent"));
    section.about = t.say("need-silent-about");
    let row = |(id, name): &(place::FacilityId, String)| vec![Cell::link(name.clone(), format!("/co-so/{id}"))];
    section.table = Some(Table {
        columns: vec![Column::words(t.say("need-column-facility")).lead()],
        rows: found.silent.iter().map(row).collect(),
    });
    section
}

/// Grams in words with their unit.
fn weight(t: Say, grams: quantity::Grams) -> String {
    mass(t, grams)
}
