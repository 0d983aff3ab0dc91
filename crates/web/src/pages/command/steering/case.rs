//! /chi-dao/vu-viec/{id}: one closed case: its course, and who has read it (DT15). Reading is written down first.

use desk::operations::steering::cases::add_step::AddStep;
use desk::operations::steering::cases::close_case::CloseCase;
use desk::operations::steering::cases::decide_case::DecideCase;
use desk::operations::steering::cases::look_in_case::LookInCase;
use desk::steering::case::CaseId;
use desk::views::steering::cases::{CaseInFull, case};
use quantity::time::show_date;

use super::super::{Typed, asked, day_field};
use super::cases::{PATH, called, hidden_from_others, outcome_key};
use super::{form, lines_field, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Sending, Wanted};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Form, Link, Say, Section};
use crate::visitor::Member;

/// GET /chi-dao/vu-viec/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<CaseId>) -> Answer {
    hidden_from_others(&member)?;
    let looking = app.office.perform(member.visitor.actor.clone(), LookInCase { case: id }).await;
    looking.map_err(|failure| Problem::of(failure, &member.caller))?;
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/vu-viec/{id}: a step, the decision, the end.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    hidden_from_others(&sending.member)?;
    let form = sending.open()?;
    let (key, id): (_, CaseId) = (form.key(), form.id()?);
    let path = format!("{PATH}/{id}");
    let acted = match form.wants() {
        "step" => {
            let operation = form.day("on").map(|on| AddStep { key, case: id, on, what: form.text("what") });
            form.act(operation, &path, "done-case-step").await
        }
        "decide" => {
            let (number, what) = (form.text("number"), form.text("what"));
            let operation = form.day("on").map(|on| DecideCase { key, case: id, on, number, what });
            form.act(operation, &path, "done-case-decided").await
        }
        "close" => {
            let operation = CloseCase { key, case: id, why: form.text("why") };
            form.act(Ok(operation), &path, "done-case-closed").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, id, typed)).await
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
    page.sections.push(course(t, &found));
    page.sections.extend(ahead(t, app, &found, &mut typed));
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

fn course(t: Say, found: &CaseInFull) -> Section {
    let mut section = Section::new("cac-buoc", t.say("case-steps"));
    section.empty = t.say("case-steps-empty");
    let rows = found.case.content.steps.iter().map(|step| vec![Cell::text(show_date(step.on)), Cell::text(&step.what)]);
    section.table = Some(table(t, &[("case-on", false), ("case-step", false)], rows.collect()));
    section
}

/// What may be written into a case that is open: each under its own name, folded.
fn ahead(t: Say, app: &App, found: &CaseInFull, typed: &mut Typed) -> Vec<Section> {
    let told = &found.case.content;
    let path = format!("{PATH}/{}", found.case.id);
    if told.closed.is_some() {
        return Vec::new();
    }
    let mut sections = Vec::new();
    let mut folded = |id: &str, title: &str, form: Form| {
        let mut section = Section::new(id, t.say(title));
        section.folded = true;
        section.forms.push(form);
        sections.push(section);
    };
    let step = form(app, &path, "step", t.say("case-add-step"))
        .field(day_field("on", t.say("case-on"), Some(found.today)).required())
        .field(lines_field("what", t.say("case-step")).required());
    folded("ghi-buoc", "case-add-step", typed.form(step));
    if told.decision.is_none() {
        let decide = form(app, &path, "decide", t.say("case-decide"))
            .field(asked("number", t.say("case-decision-number")))
            .field(day_field("on", t.say("case-on"), Some(found.today)).required())
            .field(lines_field("what", t.say("case-decision")).required());
        folded("ghi-quyet-dinh", "case-decide", typed.form(decide));
    }
    let close =
        form(app, &path, "close", t.say("case-close")).field(lines_field("why", t.say("case-close-why")).required());
    folded("khep", "case-close", typed.form(close));
    sections
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
