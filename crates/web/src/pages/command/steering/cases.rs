//! /chi-dao/vu-viec: the closed cases of liability (DT15). For whoever may not keep them there is no such page.

use axum::extract::{Query, State};
use desk::Failure;
use desk::operations::steering::cases::open_case::OpenCase;
use desk::record::Kept;
use desk::rights::Capability;
use desk::steering::case::{Case, OutcomeKind};
use desk::views::steering::cases::cases;
use quantity::time::show_date;

use super::super::{Typed, asked, choices, day_field};
use super::{form, lines_field, marked, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Filled, Sending};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Say, Section, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/vu-viec";

/// Whoever may not is told that there is nothing.
pub(super) fn hidden_from_others(member: &Member) -> Result<(), Problem> {
    if member.visitor.actor.may(Capability::KeepCases) { Ok(()) } else { Err(Problem::no_page(&member.caller)) }
}

/// GET /chi-dao/vu-viec.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    hidden_from_others(&member)?;
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/vu-viec: a case is opened.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    hidden_from_others(&sending.member)?;
    let form = sending.open()?;
    let acted = match form.wants() {
        "case" => {
            let operation = case_of(&form)?;
            form.make(operation, |id| format!("{PATH}/{id}"), "done-case-opened").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

fn case_of(form: &Filled) -> Result<Result<OpenCase, Failure>, Problem> {
    let outcome = OutcomeKind::from_code(form.fields.text("outcome")).ok_or_else(|| form.unreadable())?;
    Ok(form.day("happened_on").map(|happened_on| OpenCase {
        key: form.key(),
        outcome,
        happened_on,
        unit: form.text("unit"),
        cause: form.text("cause"),
        posts: form.text("posts"),
        legal_basis: form.text("legal_basis"),
        simulated: false,
    }))
}

/// The key of what happened.
pub(super) fn outcome_key(outcome: OutcomeKind) -> String {
    format!("case-{}", outcome.code())
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, (today, all)) = look(app, member, cases).await?;
    let t = member.caller.say;
    let open = all.iter().filter(|kept| kept.content.closed.is_none()).count();
    let mut page = plain(app, member, &around, "steering-cases", t.one("cases-sentence", "open", open));
    page.about = t.say("cases-about");
    // It is taken out nowhere.
    page.sheet.clear();
    let mut section = Section::new("vu-viec", t.say("steering-cases"));
    section.empty = t.say("cases-empty");
    let columns =
        [("case-number", false), ("case-outcome", false), ("case-happened-on", false), ("case-standing", false)];
    section.table = Some(table(t, &columns, all.iter().map(|kept| row(t, kept)).collect()));
    page.sections.push(section);
    let mut section = Section::new("mo", t.say("cases-new"));
    section.folded = true;
    let outcomes = OutcomeKind::ALL.iter().map(|one| (one.code().to_owned(), t.say(&outcome_key(*one))));
    let mut form = form(app, PATH, "case", t.say("cases-open"))
        .field(choices("outcome", t.say("case-outcome"), outcomes))
        .field(day_field("happened_on", t.say("case-happened-on"), Some(today)).required())
        .field(asked("unit", t.say("case-unit")))
        .field(lines_field("cause", t.say("case-cause")).hint(t.say("case-cause-hint")).required())
        .field(lines_field("posts", t.say("case-posts")).hint(t.say("case-posts-hint")))
        .field(asked("legal_basis", t.say("case-basis")).hint(t.say("case-basis-hint")));
    form.means = t.say("cases-means");
    section.forms.push(typed.form(form));
    page.sections.push(section);
    Ok(answer(&typed.onto(page)))
}

/// «VV 1/2026».
pub(super) fn called(t: Say, case: &Case) -> String {
    let (number, year) = case.number;
    marked(t, case.simulated, t.one("case-called", "number", format!("{number}/{year}")))
}

fn row(t: Say, kept: &Kept<Case>) -> Vec<Cell> {
    let case = &kept.content;
    let standing = match (&case.closed, &case.decision) {
        (Some((on, _)), _) => Cell::text(t.one("case-is-closed", "on", show_date(*on))),
        (None, Some(_)) => Cell::text(t.say("case-is-decided")),
        (None, None) => Cell::text(t.say("case-is-open")).toned(Tone::Attention),
    };
    vec![
        Cell::link(called(t, case), format!("{PATH}/{}", kept.id)),
        Cell::text(t.say(&outcome_key(case.outcome))),
        Cell::text(show_date(case.happened_on)),
        standing,
    ]
}
