//! /chi-dao/kiem-ke: recounts, how near the ledger was, what must be mended (DT12). It shows accuracy, not guilt,
//! and only to whoever keeps the command room.

use axum::extract::{Query, State};
use desk::command::finding::Finding;
use desk::views::command::recounts::{Recounted, RecountsView, recounts};

use super::readiness::{finding, finding_forms, findings_table};
use super::{Typed, share};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::words::mass;
use crate::respond::Answer;
use crate::view::{Cell, Column, Say, Section, Table};
use crate::visitor::Member;

pub(super) const PATH: &str = "/chi-dao/kiem-ke";

/// GET /chi-dao/kiem-ke.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/kiem-ke: a finding, its mending.
pub(crate) async fn change(sending: Sending) -> Answer {
    let form = sending.open()?;
    finding(&form, PATH).await?.or(|typed| show(&form.app, &form.member, typed)).await
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, recounts).await?;
    let t = member.caller.say;
    let open = found.findings.iter().filter(|kept| kept.content.mended_on.is_none()).count();
    let sentence = if found.recounted.is_empty() {
        t.say("recounts-none")
    } else {
        t.two("recounts-sentence", "count", found.recounted.len(), "open", open)
    };
    let mut page = plain(app, member, &around, "command-recounts", sentence);
    page.about = t.say("recounts-about");
    page.sections.push(accuracies(t, &found));
    page.sections.push(findings(t, app, &found, &mut typed));
    page.sections.push(never(t, &found));
    Ok(answer(&typed.onto(page)))
}

fn accuracies(t: Say, found: &RecountsView) -> Section {
    let mut section = Section::new("do-khop", t.say("recounts-accuracy"));
    section.about = t.say("recounts-accuracy-about");
    section.empty = t.say("recounts-empty");
    let row = |one: &Recounted| {
        let last = one.recounts.first().map(|kept| &kept.content);
        let each: Vec<String> = one
            .recounts
            .iter()
            .filter_map(|kept| kept.content.accuracy())
            .map(|accuracy| format!("{} %", crate::pages::words::number(t, accuracy * 100.0, 0)))
            .collect();
        let accuracy = one.accuracy.map_or_else(Cell::unknown, |accuracy| share(t, accuracy));
        vec![
            Cell::link(&one.name, format!("{PATH}/{}", one.id)),
            accuracy.told(if each.len() > 1 { each.join(" ← ") } else { String::new() }),
            last.map_or_else(Cell::default, |last| Cell::text(last.at.to_string()).told(&last.by)),
            last.map_or_else(Cell::default, |last| Cell::text(mass(t, last.counted()))),
            Cell::known(last.and_then(|last| last.ledger()).map(|grams| mass(t, grams)), ""),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("column-facility")),
            Column::number(t.say("command-column-accuracy")),
            Column::words(t.say("command-column-last-recount")),
            Column::number(t.say("command-column-counted")),
            Column::number(t.say("command-column-ledger")),
        ],
        rows: found.recounted.iter().map(row).collect(),
    });
    section
}

fn findings(t: Say, app: &App, found: &RecountsView, typed: &mut Typed) -> Section {
    let mut section = Section::new("can-sua", t.say("command-findings"));
    section.empty = t.say("command-findings-none");
    let name = |finding: &Finding| {
        let at = found.recounted.iter().find(|one| Some(one.id) == finding.facility);
        at.map_or_else(String::new, |one| one.name.clone())
    };
    section.table = Some(findings_table(t, &found.findings, found.today, name));
    let of = found.recounted.iter().flat_map(|one| {
        one.recounts.iter().map(|kept| (kept.id.0.to_string(), format!("{} · {}", one.name, kept.content.at)))
    });
    section.forms = finding_forms(t, app, PATH, of.collect(), &found.findings, found.today, typed);
    section
}

fn never(t: Say, found: &RecountsView) -> Section {
    let mut section = Section::new("chua-kiem", t.say("recounts-never"));
    section.empty = t.say("recounts-never-none");
    let rows = found.never.iter().map(|(id, name)| vec![Cell::link(name, format!("{PATH}/{id}"))]);
    section.table = Some(Table { columns: vec![Column::words(t.say("column-facility"))], rows: rows.collect() });
    section
}
