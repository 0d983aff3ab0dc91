//! /chi-dao/vu-viec/{id}: one closed case: its course, and who has read it (DT15). Reading is written down first.

use axum::extract::{Path, Query, State};
use desk::operations::steering::cases::add_step::AddStep;
use desk::operations::steering::cases::close_case::CloseCase;
use desk::operations::steering::cases::decide_case::DecideCase;
use desk::operations::steering::cases::look_in_case::LookInCase;
use desk::steering::case::CaseId;
use desk::views::steering::cases::{CaseInFull, case};
use quantity::time::show_date;

use super::super::{Acted, Typed, act, answered, asked, day, day_field, unknown, vouched};
use super::cases::{PATH, called, hidden_from_others, outcome_key};
use super::{form, key_of, lines_field, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Link, Say, Section};
use crate::visitor::Member;

/// GET /chi-dao/vu-viec/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    hidden_from_others(&member)?;
    let id: CaseId = key_of(&id, &member.caller)?;
    let looking = app.office.perform(member.visitor.actor.clone(), LookInCase { case: id }).await;
    looking.map_err(|failure| Problem::of(failure, &member.caller))?;
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/vu-viec/{id}: a step, the decision, the end.
pub(in crate::pages) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    hidden_from_others(&member)?;
    let fields = vouched(sent, &member)?;
    let id: CaseId = key_of(&id, &member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let path = format!("{PATH}/{id}");
    let again = |typed| show(&app, &member, id, typed);
    match fields.text("do") {
        "step" => {
            let what = fields.text("what").to_owned();
            let operation = day(&fields, "on").map(|on| AddStep { key, case: id, on, what });
            answered!(act(&app, &member, fields, operation, &path, "done-case-step").await?, again)
        }
        "decide" => {
            let (number, what) = (fields.text("number").to_owned(), fields.text("what").to_owned());
            let operation = day(&fields, "on").map(|on| DecideCase { key, case: id, on, number, what });
            answered!(act(&app, &member, fields, operation, &path, "done-case-decided").await?, again)
        }
        "close" => {
            let operation = CloseCase { key, case: id, why: fields.text("why").to_owned() };
            answered!(act(&app, &member, fields, Ok(operation), &path, "done-case-closed").await?, again)
        }
        _ => unknown(&member),
    }
}

async fn show(app: &App, member: &Member, id: CaseId, mut typed: Typed) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| case(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let told = &found.case.content;
    let standing = match (&told.closed, &told.decision) {
        (Some(_), _) => "case-sentence-closed",
        (None, Some(_)) => "case-sentence-decided",
        (None, None) => "case-sentence-open",
    };
    let mut page = plain(app, member, &around, "steering-cases", t.one(standing, "name", called(t, told)));
    page.title = called(t, told);
    page.trail = vec![Link { text: t.say("steering-cases"), href: PATH.to_owned() }];
    page.about = t.say("case-about");
    page.sheet.clear();
    page.sections.push(facts(t, &found));
    page.sections.push(course(t, app, &found, &mut typed));
    page.sections.push(access(t, &found));
    Ok(answer(&typed.onto(page)))
}

fn facts(t: Say, found: &CaseInFull) -> Section {
    let told = &found.case.content;
    let mut section = Section::new("noi-dung", t.say("case-facts"));
    let posts = if told.posts.is_empty() { t.say("unknown") } else { told.posts.join("; ") };
    let mut rows = vec![
        ("case-outcome", t.say(&outcome_key(told.outcome))),
        ("case-happened-on", show_date(told.happened_on)),
        ("case-unit", told.unit.clone()),
        ("case-cause", told.cause.clone()),
        ("case-posts", posts),
        ("case-basis", told.legal_basis.clone()),
    ];
    if let Some(decision) = &told.decision {
        let words = format!("{} · {} · {}", decision.number, show_date(decision.on), decision.what);
        rows.push(("case-decision", words));
    }
    if let Some((on, why)) = &told.closed {
        rows.push(("case-closed", format!("{} · {why}", show_date(*on))));
    }
    let rows = rows.into_iter().map(|(key, words)| vec![Cell::text(t.say(key)), Cell::text(words)]);
    section.table = Some(table(t, &[("case-field", false), ("case-words", false)], rows.collect()));
    section
}

fn course(t: Say, app: &App, found: &CaseInFull, typed: &mut Typed) -> Section {
    let told = &found.case.content;
    let path = format!("{PATH}/{}", found.case.id);
    let mut section = Section::new("cac-buoc", t.say("case-steps"));
    section.empty = t.say("case-steps-empty");
    let rows = told.steps.iter().map(|step| vec![Cell::text(show_date(step.on)), Cell::text(&step.what)]);
    section.table = Some(table(t, &[("case-on", false), ("case-step", false)], rows.collect()));
    if told.closed.is_some() {
        return section;
    }
    let step = form(app, &path, "step", t.say("case-add-step"))
        .field(day_field("on", t.say("case-on"), Some(found.today)).required())
        .field(lines_field("what", t.say("case-step")).required());
    section.forms.push(typed.form(step));
    if told.decision.is_none() {
        let decide = form(app, &path, "decide", t.say("case-decide"))
            .field(asked("number", t.say("case-decision-number")))
            .field(day_field("on", t.say("case-on"), Some(found.today)).required())
            .field(lines_field("what", t.say("case-decision")).required());
        section.forms.push(typed.form(decide));
    }
    let close = form(app, &path, "close", t.say("case-close")).field(asked("why", t.say("case-close-why")));
    section.forms.push(typed.form(close));
    section
}

fn access(t: Say, found: &CaseInFull) -> Section {
    let mut section = Section::new("ai-da-xem", t.say("case-access"));
    section.about = t.say("case-access-about");
    let rows = found.access.iter().map(|access| {
        let did = t.say(&format!("case-did-{}", access.did));
        vec![Cell::text(access.at.to_string()), Cell::text(&access.name), Cell::text(did)]
    });
    section.table = Some(table(t, &[("case-at", false), ("case-by", false), ("case-did", false)], rows.collect()));
    section
}
