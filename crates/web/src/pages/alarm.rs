//! /oxy/canh-bao/{id}: one alarm, whom to call, and what came of it.

use axum::extract::{Path, Query, State};
use desk::alarms::records::CallOutcome;
use desk::alarms::words as alarm_words;
use desk::operations::alarm::log_call::LogCall;
use desk::rights::Capability;
use desk::views::alarms::AlarmLine;
use desk::{Actor, Failure};
use quantity::{Id, Moment};

use super::alarms::{HERE, copied, look_up, place_of};
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use super::words::{fill, phone};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Link, Refusal, Say, Section, Table};
use crate::visitor::Member;

/// GET /oxy/canh-bao/{id}.
pub(super) async fn one(
    State(app): State<App>,
    Path(id): Path<Id>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    one_page(&app, &member, id, fields.text("xong"), None).await
}

async fn one_page(app: &App, member: &Member, id: Id, said: &str, refusal: Option<Refusal>) -> Answer {
    let (around, found) = look_up(app, member).await?;
    let t = member.caller.say;
    let Some(line) = found.lines.iter().find(|line| line.kept.id.0 == id) else {
        return Err(Problem::of(Failure::NotFound, &member.caller));
    };
    let alarm = &line.kept.content;
    let facts = [("kind", alarm_words::kind(t.0, alarm.kind).into()), ("place", place_of(t, line).into())];
    let mut page = plain(app, member, &around, HERE, fill(t, "alarm-about-title", &facts));
    page.title = page.sentence.clone();
    page.trail = vec![Link { text: t.say("alarms"), href: "/oxy/canh-bao".to_owned() }];
    if let Some(facility) = alarm.facility {
        page.trail.push(Link { text: line.name.clone(), href: format!("/co-so/{facility}") });
    }
    page.about = alarm_words::reason(t.0, alarm, found.at);
    page.done = said_done(t, said);
    page.refusal = refusal;
    page.sections =
        vec![contacts_section(app, t, &member.visitor.actor, line, found.at), calls_section(t, line, found.at)];
    Ok(answer(&page))
}

/// Whom to call: a tap calls, the next says what came of it.
fn contacts_section(app: &App, t: Say, actor: &Actor, line: &AlarmLine, now: Moment) -> Section {
    let may = actor.may(Capability::AnswerAlarms);
    let href = format!("/oxy/canh-bao/{}", line.kept.id);
    let key = || server_key(app.office.real_now());
    let mut section = Section::new("call", t.say("call-log"));
    section.about = t.say("call-log-means");
    let rows = line.contacts.iter().map(|contact| {
        let mut outcome = Cell::default();
        if may {
            outcome.buttons = CallOutcome::ALL
                .map(|each| {
                    Form::new(format!("{href}/goi"), t.say(&format!("call-outcome-{}", each.code())), key())
                        .hidden("callee", contact.name.clone())
                        .hidden("outcome", each.code())
                })
                .to_vec();
        }
        let who = Cell { phone: Some(phone(&contact.name, &contact.phone)), ..Cell::default() };
        vec![who, outcome]
    });
    let columns = vec![Column::words(t.say("call-callee")), Column::words(t.say("call-outcome"))];
    section.table = Some(Table { columns, rows: rows.collect() });
    section.empty = t.say("alarm-why-duty-gap");
    section.copy = copied(t, line, now);
    if may {
        if line.kept.content.acknowledged.is_none() {
            section.forms.push(Form::new(format!("{href}/nhan"), t.say("alarm-take"), key()));
        }
        let outcomes = CallOutcome::ALL
            .map(|each| Choice {
                value: each.code().to_owned(),
                text: t.say(&format!("call-outcome-{}", each.code())),
                chosen: false,
            })
            .to_vec();
        section.forms.push(
            Form::new(format!("{href}/goi"), t.say("call-log"), key())
                .field(Field::words("callee", t.say("call-callee")).required())
                .field(Field::words("outcome", t.say("call-outcome")).input(Input::Choices(outcomes)))
                .field(Field::words("said", t.say("call-said"))),
        );
    }
    section
}

fn calls_section(t: Say, line: &AlarmLine, now: Moment) -> Section {
    let mut section = Section::new("calls", t.say("alarm-calls"));
    let rows = line.calls.iter().map(|kept| {
        let call = &kept.content;
        vec![Cell::text(call_words(t, call, now)).told(call.said.clone().unwrap_or_default())]
    });
    section.table = Some(Table { columns: vec![Column::words(t.say("alarm-calls"))], rows: rows.collect() });
    section.empty = t.say("alarm-calls-none");
    section
}

/// «02:20 Trần Thị Sao gọi DS. Lê Thị Mận: không nghe máy».
pub(super) fn call_words(t: Say, call: &desk::alarms::records::Call, now: Moment) -> String {
    let facts = [
        ("at", alarm_words::clock(call.at, now).into()),
        ("by", call.by.clone().into()),
        ("callee", call.callee.clone().into()),
        ("outcome", t.say(&format!("call-outcome-{}", call.outcome.code())).into()),
    ];
    fill(t, "call-line", &facts)
}

/// POST /oxy/canh-bao/{id}/goi.
pub(super) async fn call(State(app): State<App>, Path(id): Path<Id>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let Some(outcome) = CallOutcome::from_code(fields.text("outcome")) else {
        return Err(Problem::unreadable(&member.caller));
    };
    let operation = LogCall {
        key: Some(fields.key(&member.caller)?),
        alarm: desk::record::RecordId::new(id),
        callee: fields.text("callee").to_owned(),
        outcome,
        said: fields.some("said").map(str::to_owned),
    };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(&format!("/oxy/canh-bao/{id}"), "done-call-logged")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            one_page(&app, &member, id, "", Some(refusal)).await
        }
    }
}
