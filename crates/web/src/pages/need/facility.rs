//! GET /du-bao/oxy/{co-so}: one facility: when it is empty, as a distribution with what is on the way; what the coming days
//! ask for; on which days that passes what it has (OX08, OX07, TR01).

use axum::extract::{Path, Query, State};
use desk::views::oxygen_need::{Emptying, FacilityAhead, FacilityNeed, Passed, Supposed, facility_need};
use place::FacilityId;
use quantity::convert::l_per_min;
use quantity::time::show_date;
use quantity::{ReferenceTemperature, Span};

use super::super::around::look;
use super::super::chain_facility::facility_of;
use super::super::fields::Fields;
use super::super::plain::{answer, plain};
use super::super::words::{count, fill, number, percent};
use super::shown::{day, days, doubted_words, drawn, grounds_words, stock_drawn};
use super::{PATH, UNLIKELY, hours_words, supposed, weight};
use crate::app::App;
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Hours within which it is told how probable it is to be empty.
const WITHIN: [(f64, &str); 4] =
    [(24.0, "need-within-1"), (72.0, "need-within-3"), (168.0, "need-within-7"), (336.0, "need-within-14")];
/// More than half of the paths.
const LIKELY: f64 = 0.5;

/// The page of a facility under what is supposed.
pub(crate) fn path(facility: FacilityId, supposed: Supposed) -> String {
    format!("{PATH}/{facility}{}", supposed::query(supposed))
}

/// GET /du-bao/oxy/{co-so}.
pub(crate) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let id = facility_of(&id, &member)?;
    let supposed = supposed::read(&fields);
    let (around, found) =
        look(&app, &member, move |office, connection, actor| facility_need(office, connection, actor, id, supposed))
            .await?;
    let t = member.caller.say;
    let mut page = plain(&app, &member, &around, "oxygen-need", sentence(t, &found));
    page.title = format!("{} · {}", t.say("oxygen-need"), found.name);
    page.trail = vec![
        Link { text: t.say("oxygen-need"), href: PATH.to_owned() },
        Link { text: found.name.clone(), href: format!("/co-so/{id}") },
    ];
    page.links = vec![
        Link { text: t.say("need-to-facility"), href: format!("/co-so/{id}") },
        Link { text: t.say("need-to-alarms"), href: "/oxy/canh-bao".to_owned() },
        Link { text: t.say("need-to-supply"), href: "/cung-ung".to_owned() },
    ];
    let Some(need) = &found.need else { return Ok(answer(&page)) };
    page.about = about(t, need);
    page.sections.extend(emptying(t, &found, need));
    page.sections.push(course(t, &found, need));
    page.sections.push(days(t, found.first, &need.course));
    page.sections.push(passed(t, &found, need));
    page.sections.push(suppose(t, supposed, id));
    Ok(answer(&page))
}

fn sentence(t: Say, found: &FacilityAhead) -> String {
    let name = found.name.as_str();
    let Some(need) = &found.need else { return t.one("need-facility-none", "name", name) };
    let Some(empty) = &need.empty else { return t.one("need-facility-no-stock", "name", name) };
    let when = |hours: f64| (found.at + Span::minutes((hours * 60.0) as i64)).to_string();
    let coming = need.on_the_way.iter().filter(|one| one.plate.is_some()).count() as i64;
    let said = match (empty.hours_at(0.05), empty.hours_at(0.5)) {
        (None, _) => t.one("need-facility-safe", "name", name),
        (Some(soonest), _) if soonest <= 0.0 => t.one("need-facility-empty", "name", name),
        (Some(soonest), middle) => {
            let middle = middle.map_or_else(|| t.say("need-lasts-beyond"), when);
            let facts = [("name", name.into()), ("soonest", when(soonest).into()), ("middle", middle.into())];
            fill(t, "need-facility-sentence", &facts)
        }
    };
    let suppose = supposed::words(t, found.supposed);
    let said = if suppose.is_empty() {
        said
    } else {
        fill(t, "need-facility-if", &[("supposed", suppose.into()), ("said", said.into())])
    };
    if coming > 0 { format!("{said} {}", fill(t, "need-facility-coming", &[("trucks", coming.into())])) } else { said }
}

fn about(t: Say, need: &FacilityNeed) -> String {
    let mut said = vec![t.one("need-facility-grounds", "grounds", grounds_words(t, need.grounds))];
    if let Some(patients) = need.patients {
        let facts =
            [("patients", count(t, patients.patients()).into()), ("other", count(t, need.other.patients()).into())];
        said.push(fill(
            t,
            if need.other.patients() > 0 { "need-facility-patients" } else { "need-facility-all" },
            &facts,
        ));
    }
    if need.coefficient.days > 0 {
        let facts = [
            ("coefficient", number(t, need.coefficient.median(), 2).into()),
            ("days", (need.coefficient.days as i64).into()),
        ];
        said.push(fill(t, "need-facility-coefficient", &facts));
    }
    said.extend(need.doubts.iter().map(|doubted| doubted_words(t, *doubted)));
    said.join(" ")
}

/// The stock to come, how probable it is to be empty when, and what is on the way.
fn emptying(t: Say, found: &FacilityAhead, need: &FacilityNeed) -> Vec<Section> {
    let Some(empty) = &need.empty else { return Vec::new() };
    let mut section = Section::new("kho", t.say("need-stock"));
    section.about = t.say("need-stock-about");
    let without = need.empty_without.as_ref();
    let bare = without.filter(|_| !need.on_the_way.is_empty()).map(Emptying::left);
    section.drawing = stock_drawn(t, found.first, empty.left(), bare, need.stock.as_f64());
    let chance = |of: Option<&Emptying>, hours: f64| match of.and_then(|of| of.chance_within(hours)) {
        Some(chance) => {
            let tone = if chance >= LIKELY {
                Tone::Danger
            } else if chance >= UNLIKELY {
                Tone::Attention
            } else {
                Tone::default()
            };
            Cell::text(format!("{} %", percent(t, chance))).toned(tone)
        }
        None => Cell::unknown(),
    };
    let row =
        |(hours, key): &(f64, &str)| vec![Cell::text(t.say(key)), chance(Some(empty), *hours), chance(without, *hours)];
    let lasts = |of: Option<&Emptying>| Cell::known(of.map(|of| hours_words(t, of.hours_at(LIKELY))), "");
    let mut rows: Vec<Vec<Cell>> = WITHIN.iter().map(row).collect();
    rows.push(vec![Cell::text(t.say("need-lasts-middle")), lasts(Some(empty)), lasts(without)]);
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-within")),
            Column::number(t.say("need-column-with")),
            Column::number(t.say("need-column-without")),
        ],
        rows,
    });
    let mut sections = vec![section];
    if !need.on_the_way.is_empty() {
        sections.push(on_the_way(t, need));
    }
    sections
}

fn on_the_way(t: Say, need: &FacilityNeed) -> Section {
    let mut section = Section::new("dang-den", t.say("need-on-the-way"));
    section.about = t.say("need-on-the-way-about");
    let row = |one: &desk::views::supply::road::OnTheWay| {
        vec![
            Cell::text(one.at.to_string()),
            Cell::text(weight(t, one.grams)),
            Cell::text(one.plate.clone().unwrap_or_else(|| t.say("need-promised"))),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-arrives")),
            Column::number(t.say("need-column-brings")),
            Column::words(t.say("need-column-truck")),
        ],
        rows: need.on_the_way.iter().map(row).collect(),
    });
    section
}

fn course(t: Say, found: &FacilityAhead, need: &FacilityNeed) -> Section {
    let mut section = Section::new("duong", t.say("need-drawing"));
    section.about = t.say("need-drawing-about");
    section.drawing = drawn(t, found.first, &need.course, need.used.map(quantity::Grams::as_f64));
    section
}

/// What the facility has, and when the need passes it.
fn passed(t: Say, found: &FacilityAhead, need: &FacilityNeed) -> Section {
    let mut section = Section::new("vuot", t.say("need-passed"));
    section.about = t.say("need-passed-about");
    let row = |what: Passed| {
        let has = has_words(t, need, what);
        let known = has.is_some();
        let first = |probability: f64| {
            let after = need.first_day_past(what, probability);
            Cell::text(after.map_or_else(|| t.say("need-passed-never"), |after| show_date(day(found.first, after))))
        };
        let unless = |cell: Cell| if known { cell } else { Cell::unknown() };
        let highest = need.risks.iter().filter_map(|risk| what.on(risk)).fold(0.0, f64::max);
        vec![
            Cell::text(t.say(&format!("need-limit-{}", what.code()))),
            Cell::known(has, ""),
            unless(first(UNLIKELY)),
            unless(first(LIKELY)),
            unless(Cell::text(format!("{} %", percent(t, highest)))),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-limit")),
            Column::number(t.say("need-column-has")),
            Column::number(t.say("need-column-unlikely")),
            Column::number(t.say("need-column-likely")),
            Column::number(t.say("need-column-highest")),
        ],
        rows: Passed::ALL.into_iter().map(row).collect(),
    });
    section
}

fn has_words(t: Say, need: &FacilityNeed, what: Passed) -> Option<String> {
    let limits = &need.limits;
    match what {
        Passed::Storage => {
            let facts =
                [("holds", weight(t, limits.storage?).into()), ("days", number(t, limits.days_of_cover, 0).into())];
            Some(fill(t, "need-has-storage", &facts))
        }
        Passed::Flow => {
            let litres = number(t, l_per_min(limits.flow?, ReferenceTemperature::Celsius21), 0);
            Some(t.one("need-has-flow", "litres", litres))
        }
        Passed::OxygenBeds => Some(t.one("need-has-beds", "beds", count(t, limits.oxygen_beds?))),
        Passed::IcuBeds => Some(t.one("need-has-beds", "beds", count(t, limits.beds[2]?))),
    }
}

fn suppose(t: Say, supposed: Supposed, id: FacilityId) -> Section {
    let mut section = Section::new("gia-su", t.say("need-suppose-title"));
    section.about = t.say("need-suppose-about");
    section.forms = vec![supposed::form(t, supposed, &format!("{PATH}/{id}"))];
    section
}
