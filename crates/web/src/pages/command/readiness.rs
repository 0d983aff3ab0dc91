//! /chi-dao/bon-tai-cho: the readiness check, its gaps, the drill of the year (PR01).

use axum::extract::{Query, State};
use desk::command::finding::Finding;
use desk::command::readiness::{Met, Tally};
use desk::operations::command::answer_readiness::AnswerReadiness;
use desk::operations::command::hold_drill::HoldDrill;
use desk::operations::command::mend_finding::MendFinding;
use desk::operations::command::note_finding::NoteFinding;
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::command::readiness::{ReadinessView, Wanting, readiness};
use jiff::civil::Date;
use quantity::time::show_date;

use super::{Acted, Typed, asked, attention, choices, day_cell, day_field, facility_choices, facility_of, form, share};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Filled, Sending};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/chi-dao/bon-tai-cho";
/// Rows of what is wanting that fit a page; the rest is counted.
const ROWS: usize = 60;

/// GET /chi-dao/bon-tai-cho.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/bon-tai-cho: an answer, a drill, a finding, its mending.
pub(crate) async fn change(sending: Sending) -> Answer {
    let form = sending.open()?;
    let key = form.key();
    let text = |name: &str| form.text(name);
    let acted = match form.wants() {
        "answer" => {
            let facility = facility_of(&form.fields, &form.member.caller)?;
            let met = Met::from_code(form.fields.text("met")).ok_or_else(|| form.unreadable())?;
            let (line, evidence, by) = (text("line"), text("evidence"), text("by"));
            let operation =
                form.day("seen_on").map(|seen_on| AnswerReadiness { key, line, facility, met, evidence, seen_on, by });
            form.act(operation, PATH, "done-command-answer").await
        }
        "drill" => {
            let (scenario, took_part) = (text("scenario"), text("took_part"));
            let operation = form.day("held_on").map(|held_on| HoldDrill { key, held_on, scenario, took_part });
            form.act(operation, PATH, "done-command-drill").await
        }
        _ => finding(&form, PATH).await,
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

/// A finding of a drill or of a recount, or what mended it.
pub(super) async fn finding(form: &Filled, path: &str) -> Result<Acted, Problem> {
    let key = form.key();
    match form.wants() {
        "finding" => {
            let of = form.fields.text("of").parse().map_err(|_| form.unreadable())?;
            let (what, remedy, holder) = (form.text("what"), form.text("remedy"), form.text("holder"));
            let operation = form.day("due_on").map(|due_on| NoteFinding { key, of, what, remedy, holder, due_on });
            form.act(operation, path, "done-command-finding").await
        }
        "mend" => {
            let finding = form.fields.text("finding").parse().map_err(|_| form.unreadable())?;
            let evidence = form.text("evidence");
            let operation = form.day("on").map(|on| MendFinding { key, finding, on, evidence });
            form.act(operation, path, "done-command-mended").await
        }
        _ => Err(form.unreadable()),
    }
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, readiness).await?;
    let t = member.caller.say;
    let keeps = member.visitor.actor.may(Capability::KeepCommand);
    let gaps = found.wanting.iter().filter(|line| line.answer.is_some() && !line.stale).count();
    let unseen = found.wanting.len() - gaps;
    let mut page =
        plain(app, member, &around, "command-readiness", t.two("readiness-sentence", "gaps", gaps, "unseen", unseen));
    let key = if found.list.unconfirmed { "readiness-source-unconfirmed" } else { "readiness-source" };
    page.about = t.one(key, "source", &found.list.source);
    page.sections.push(scores(t, &found));
    page.sections.push(wanting(t, &found));
    if keeps {
        page.sections.push(answer_form(t, app, &found, &mut typed));
    }
    page.sections.push(drills(t, app, &found, keeps, &mut typed));
    Ok(answer(&typed.onto(page)))
}

fn group_name(t: Say, group: &str) -> String {
    t.say(&format!("four-{group}"))
}

fn scores(t: Say, found: &ReadinessView) -> Section {
    let mut section = Section::new("diem", t.say("readiness-scores"));
    section.about = t.say("readiness-scores-about");
    let row = |(group, tally): &(String, Tally)| {
        let score = tally.score().map_or_else(Cell::unknown, |score| share(t, score));
        let number = |count: usize| Cell::text(count.to_string());
        vec![
            Cell::text(group_name(t, group)),
            score,
            number(tally.yes),
            number(tally.partly),
            if tally.no > 0 { attention(tally.no.to_string()) } else { number(0) },
            number(tally.unknown),
        ]
    };
    let heads =
        ["command-column-score", "command-met-yes", "command-met-partly", "command-met-no", "command-met-unknown"];
    let columns = std::iter::once(Column::words(t.say("command-column-four")))
        .chain(heads.map(|key| Column::number(t.say(key))))
        .collect();
    section.table = Some(Table { columns, rows: found.tallies.iter().map(row).collect() });
    section
}

fn wanting(t: Say, found: &ReadinessView) -> Section {
    let mut section = Section::new("con-thieu", t.say("readiness-wanting"));
    section.empty = t.say("readiness-nothing-wanting");
    if found.wanting.len() > ROWS {
        section.about = t.two("command-rows-shown", "shown", ROWS, "total", found.wanting.len());
    }
    let row = |line: &Wanting| {
        let state = match line.answer.as_ref() {
            Some(answer) if line.stale => {
                Cell::text(t.one("command-met-stale", "day", show_date(answer.seen_on))).toned(Tone::Old)
            }
            Some(answer) if answer.met == Met::No => attention(t.say("command-met-no")),
            Some(_) => attention(t.say("command-met-partly")),
            None => Cell::unknown(),
        };
        let evidence = line.answer.as_ref().map_or_else(Cell::default, |answer| {
            Cell::text(&answer.evidence).told(format!("{} · {}", show_date(answer.seen_on), answer.by))
        });
        let state = Cell { more: line.record.map(|id| crate::pages::history::link(t, id)), ..state };
        vec![Cell::text(&line.name), Cell::text(&line.title).told(group_name(t, &line.group)), state, evidence]
    };
    let heads = ["command-column-whose", "command-column-line", "command-column-found", "command-column-evidence"];
    section.table = Some(Table {
        columns: heads.map(|key| Column::words(t.say(key))).into(),
        rows: found.wanting.iter().take(ROWS).map(row).collect(),
    });
    section
}

fn answer_form(t: Say, app: &App, found: &ReadinessView, typed: &mut Typed) -> Section {
    let mut section = Section::new("tra-loi", t.say("readiness-answer"));
    section.folded = true;
    let lines = found.list.items.iter().map(|item| {
        let whose = match item.level {
            protocol::Asks::Province => t.say("command-level-province"),
            protocol::Asks::Facility => t.say("command-level-facility"),
        };
        (item.key.clone(), format!("{} · {whose}: {}", group_name(t, &item.group), item.title))
    });
    let met = Met::ALL.map(|met| (met.code().to_owned(), t.say(&format!("command-met-{}", met.code()))));
    let province = found.whole.then(|| t.say("scope-province"));
    section.forms.push(
        typed.form(
            form(app, PATH, "answer", t.say("readiness-answer-set"))
                .field(choices("line", t.say("command-column-line"), lines))
                .field(facility_choices(t.say("command-column-whose"), province, &found.facilities))
                .field(choices("met", t.say("command-column-found"), met))
                .field(asked("evidence", t.say("command-column-evidence")))
                .field(day_field("seen_on", t.say("command-field-seen-on"), Some(found.today)).required())
                .field(asked("by", t.say("command-field-seen-by"))),
        ),
    );
    section
}

fn drills(t: Say, app: &App, found: &ReadinessView, keeps: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("dien-tap", t.say("command-drills"));
    section.about = match found.drills.first() {
        None => t.say("command-drills-none"),
        Some(last) => {
            let drill = &last.content;
            let facts = [
                ("day", show_date(drill.held_on).into()),
                ("scenario", drill.scenario.clone().into()),
                ("who", drill.took_part.clone().into()),
            ];
            crate::pages::words::fill(t, "command-drills-last", &facts)
        }
    };
    section.table = Some(findings_table(t, &found.findings, found.today, |_| String::new()));
    section.empty = t.say("command-findings-none");
    if keeps {
        if found.whole {
            section.forms.push(
                typed.form(
                    form(app, PATH, "drill", t.say("command-drill-hold"))
                        .field(day_field("held_on", t.say("command-field-held-on"), Some(found.today)).required())
                        .field(asked("scenario", t.say("command-field-scenario")))
                        .field(Field::words("took_part", t.say("command-field-took-part"))),
                ),
            );
        }
        let of = found.drills.iter().map(|kept| {
            (kept.id.to_string(), format!("{} · {}", show_date(kept.content.held_on), kept.content.scenario))
        });
        section.forms.extend(finding_forms(t, app, PATH, of.collect(), &found.findings, found.today, typed));
    }
    section
}

/// Findings with whose they are and until when.
pub(super) fn findings_table(
    t: Say,
    findings: &[Kept<Finding>],
    today: Date,
    place: impl Fn(&Finding) -> String,
) -> Table {
    let row = |kept: &Kept<Finding>| {
        let finding = &kept.content;
        let state = match finding.mended_on {
            Some(day) => Cell::text(t.one("command-finding-mended", "day", show_date(day)))
                .told(finding.evidence.clone().unwrap_or_default())
                .toned(Tone::Confirmed),
            None if finding.due_on < today => attention(t.say("command-finding-overdue")),
            None => Cell::text(t.say("command-finding-open")),
        };
        vec![
            Cell::text(&finding.what).told(place(finding)),
            Cell::text(&finding.remedy),
            Cell::text(&finding.holder),
            day_cell(Some(finding.due_on)),
            state,
        ]
    };
    let heads = [
        "command-column-what",
        "command-column-remedy",
        "command-column-holder",
        "command-column-due",
        "command-column-state",
    ];
    Table { columns: heads.map(|key| Column::words(t.say(key))).into(), rows: findings.iter().map(row).collect() }
}

/// The two forms of findings: to note one, to note that one is mended.
pub(super) fn finding_forms(
    t: Say,
    app: &App,
    path: &str,
    of: Vec<(String, String)>,
    findings: &[Kept<Finding>],
    today: Date,
    typed: &mut Typed,
) -> Vec<crate::view::Form> {
    let mut forms = Vec::new();
    if !of.is_empty() {
        forms.push(
            typed.form(
                form(app, path, "finding", t.say("command-finding-note"))
                    .field(choices("of", t.say("command-field-finding-of"), of))
                    .field(asked("what", t.say("command-column-what")))
                    .field(asked("remedy", t.say("command-column-remedy")))
                    .field(asked("holder", t.say("command-column-holder")))
                    .field(day_field("due_on", t.say("command-column-due"), None).required()),
            ),
        );
    }
    let open: Vec<_> = findings
        .iter()
        .filter(|kept| kept.content.mended_on.is_none())
        .map(|kept| (kept.id.to_string(), kept.content.what.clone()))
        .collect();
    if !open.is_empty() {
        forms.push(
            typed.form(
                form(app, path, "mend", t.say("command-finding-mend"))
                    .field(choices("finding", t.say("command-column-what"), open))
                    .field(day_field("on", t.say("command-field-mended-on"), Some(today)).required())
                    .field(asked("evidence", t.say("command-column-evidence"))),
            ),
        );
    }
    forms
}
