//! /chi-dao: the three states in numbers, who is in which, who changed it when and why.

use axum::extract::{Query, State};
use desk::command::state::StateChange;
use desk::rights::Capability;
use desk::views::command::states::{FacilityState, Meaning, StatesView, states};
use protocol::Readiness;

use super::{Typed, attention, choices, facility_choices, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::plain::{answer, plain};
use crate::pages::words::number;
use crate::respond::Answer;
use crate::view::{Cell, Column, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Key of a state's name.
pub(super) const fn state_key(state: Readiness) -> &'static str {
    match state {
        Readiness::Routine => "state-routine",
        Readiness::Heightened => "state-raised",
        Readiness::Emergency => "state-emergency",
    }
}

/// GET /chi-dao.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, states).await?;
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let apart = found.facilities.iter().filter(|one| one.own != found.state).count();
    let sentence = t.two("states-sentence", "state", t.say(state_key(found.state)), "count", apart);
    let mut page = plain(&app, &member, &around, "command-states", sentence);
    page.about = last_change(t, &found);
    if actor.may(Capability::SetState) && actor.sees_all() {
        page.sections.push(set(t, &app, &found));
    }
    page.sections.push(meanings(t, &found));
    page.sections.push(facilities(t, &found));
    page.sections.push(history(t, &found));
    Ok(answer(&Typed::after(t, &fields).onto(page)))
}

fn last_change(t: Say, found: &StatesView) -> String {
    let last = found.changes.iter().map(|(_, kept)| &kept.content).find(|change| change.facility.is_none());
    last.map_or_else(
        || t.say("states-never-changed"),
        |change| {
            let facts = [
                ("at", change.at.to_string().into()),
                ("by", by(t, change).into()),
                ("reason", reason(t, change).into()),
            ];
            crate::pages::words::fill(t, "states-changed", &facts)
        },
    )
}

/// Who changed it; a chapter of the demonstration has nobody.
fn by(t: Say, change: &StateChange) -> String {
    if change.by.is_empty() { t.say("command-by-scenario") } else { change.by.clone() }
}

fn reason(t: Say, change: &StateChange) -> String {
    change.reason.clone().unwrap_or_else(|| t.say("command-reason-not-said"))
}

fn set(t: Say, app: &App, found: &StatesView) -> Section {
    let mut section = Section::new("dat", t.say("states-set"));
    let names: Vec<_> = found.facilities.iter().map(|one| (one.id, one.name.clone())).collect();
    let all = Readiness::ALL.map(|state| (state.code().to_owned(), t.say(state_key(state))));
    let mut filled = form(app, "/trang-thai", "set", t.say("state-set"))
        .hidden("back", "/chi-dao?xong=done-command-state")
        .field(facility_choices(t.say("states-whose"), Some(found.province.clone()), &names))
        .field(choices("state", t.say("command-column-state"), all).value(found.state.code()))
        .field(super::asked("reason", t.say("command-column-reason")).hint(t.say("states-reason-hint")));
    filled.means = t.say("states-means");
    section.forms.push(filled);
    section
}

/// What each state means, in numbers, from the norms in force.
fn meanings(t: Say, found: &StatesView) -> Section {
    let mut section = Section::new("y-nghia", t.say("states-numbers"));
    section.about = t.say("states-numbers-about");
    let hours = |value: f64| {
        if value >= 48.0 && value % 24.0 == 0.0 {
            (number(t, value / 24.0, 0), t.say("command-unit-days"))
        } else {
            (number(t, value, 0), t.say("command-unit-hours"))
        }
    };
    let figure = |value: f64| {
        let (value, unit) = hours(value);
        Cell::figure(value, unit)
    };
    let row = |meaning: &Meaning| {
        let mut cadence = figure(meaning.cadence);
        if let Some(other) = meaning.other_cadence {
            let (value, unit) = hours(other);
            let key = if meaning.state == Readiness::Emergency { "states-when-low" } else { "states-cylinders" };
            cadence = cadence.told(t.one(key, "hours", format!("{value} {unit}")));
        }
        let here = if meaning.state == found.state { t.say("states-now") } else { String::new() };
        let approval = match meaning.state {
            Readiness::Routine => "command-approval-routine",
            Readiness::Heightened => "command-approval-raised",
            Readiness::Emergency => "command-approval-emergency",
        };
        vec![
            Cell::text(t.say(state_key(meaning.state))).told(here),
            cadence,
            figure(meaning.silence),
            figure(meaning.window),
            Cell::text(t.say(approval)),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("command-column-state")),
            Column::words(t.say("command-column-cadence")),
            Column::number(t.say("command-column-silence")),
            Column::number(t.say("command-column-window")),
            Column::words(t.say("command-column-approval")),
        ],
        rows: found.meanings.iter().map(row).collect(),
    });
    section
}

fn facilities(t: Say, found: &StatesView) -> Section {
    let mut section = Section::new("co-so", t.say("states-facilities"));
    section.about = t.say("states-facilities-about");
    let row = |one: &FacilityState| {
        let counts = Cell::text(t.say(state_key(one.counts)));
        let verb = if one.courtesy { t.say("command-verb-asks") } else { t.say("command-verb-orders") };
        let changed = one.changed.as_ref().map_or_else(Cell::default, |change| {
            Cell::text(change.at.to_string()).told(format!("{} · {}", by(t, change), reason(t, change)))
        });
        vec![
            Cell::link(&one.name, format!("/co-so/{}", one.id)),
            Cell::text(t.say(state_key(one.own))),
            counts,
            Cell::text(verb),
            changed,
        ]
    };
    let heads = [
        "column-facility",
        "command-column-own-state",
        "command-column-counts",
        "command-column-verb",
        "command-column-changed",
    ];
    section.table = Some(Table {
        columns: heads.map(|key| Column::words(t.say(key))).into(),
        rows: found.facilities.iter().map(row).collect(),
    });
    section.empty = t.say("empty-no-facility");
    section
}

fn history(t: Say, found: &StatesView) -> Section {
    let mut section = Section::new("lich-su", t.say("states-history"));
    section.empty = t.say("states-never-changed");
    let rows = found.changes.iter().map(|(name, kept)| {
        let change = &kept.content;
        let why = change.reason.clone().map_or_else(|| attention(t.say("command-reason-not-said")), Cell::text);
        vec![
            Cell::text(change.at.to_string()),
            Cell::text(name),
            Cell::text(t.two(
                "states-from-to",
                "from",
                t.say(state_key(change.from)),
                "to",
                t.say(state_key(change.to)),
            ))
            .toned(if change.to == Readiness::Emergency { Tone::Attention } else { Tone::Plain }),
            Cell::text(by(t, change)),
            why,
        ]
    });
    let heads = [
        "command-column-when",
        "command-column-whose",
        "command-column-change",
        "command-column-who",
        "command-column-reason",
    ];
    section.table = Some(Table { columns: heads.map(|key| Column::words(t.say(key))).into(), rows: rows.collect() });
    section
}
