//! /oxy/canh-bao: the open alarms, worst first; who was told, and what did not reach anybody.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::alarms::records::{Channel, MessageState};
use desk::alarms::words as alarm_words;
use desk::operations::alarm::acknowledge::Acknowledge;
use desk::operations::alarm::look_in::LookIn;
use desk::rights::Capability;
use desk::views::alarms::{AlarmLine, Alarms, Changed, alarms, is_new_visit};
use desk::{Actor, Failure};
use oxygen::alarm::Severity;
use quantity::{Id, Moment};

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use super::words::{fill, marked, phone};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Column, Form, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Key of the page in its room.
pub(super) const HERE: &str = "alarms";

pub(super) async fn look_up(app: &App, member: &Member) -> Result<(Around, Alarms), Problem> {
    look(app, member, alarms).await
}

/// Notes that somebody looks, when this is a new visit.
pub(super) async fn note_visit(app: &App, member: &Member) -> Result<(), Problem> {
    let actor = member.visitor.actor.clone();
    let asked = actor.clone();
    let new = app.office.look(move |office, connection| is_new_visit(office, connection, &asked)).await;
    if new.map_err(|failure| Problem::of(failure, &member.caller))? {
        app.office.perform(actor, LookIn).await.map_err(|failure| Problem::of(failure, &member.caller))?;
    }
    Ok(())
}

/// GET /oxy/canh-bao.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    note_visit(&app, &member).await?;
    let (around, found) = look_up(&app, &member).await?;
    let page = list_page(&app, &member, &around, &found, fields.text("xong"), None);
    Ok(answer(&page))
}

fn list_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Alarms,
    said: &str,
    refusal: Option<Refusal>,
) -> PlainPage {
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let mut page = plain(app, member, around, HERE, sentence(t, found));
    let since = found.changed.map(|changed| since_words(t, &changed));
    page.about = [since, Some(t.say("alarms-about"))].into_iter().flatten().collect::<Vec<_>>().join(" ");
    page.done = said_done(t, said);
    page.refusal = refusal;
    if actor.may(Capability::AnswerAlarms) && actor.sees_all() {
        let link = |key: &str, href: &str| Link { text: t.say(key), href: href.to_owned() };
        page.links = vec![
            link("duty-page", "/oxy/truc"),
            link("storm-page", "/oxy/bao"),
            link("refill-page", "/oxy/nap"),
            link("wall-page", "/tuong"),
        ];
    }
    let mut section = Section::new("open", "");
    section.table = Some(table(app, t, actor, found));
    section.empty = t.say("alarms-empty");
    section.copy = if found.lines.is_empty() { String::new() } else { copied_list(t, found) };
    page.sections.push(section);
    if let Some(trouble) = trouble(t, found) {
        page.sections.push(trouble);
    }
    page
}

fn sentence(t: Say, found: &Alarms) -> String {
    let act = found.lines.iter().filter(|line| line.kept.content.severity.wakes()).count();
    match (found.lines.len(), act) {
        (0, _) => t.say("alarms-sentence-none"),
        (count, 0) => t.one("alarms-sentence-calm", "count", count),
        (count, act) => t.two("alarms-sentence", "count", count, "act", act),
    }
}

/// What changed since the visit before.
pub(super) fn since_words(t: Say, changed: &Changed) -> String {
    let facts = [
        ("since", changed.since.to_string().into()),
        ("opened", changed.opened.into()),
        ("cleared", changed.cleared.into()),
    ];
    fill(t, "alarms-since", &facts)
}

pub(super) const fn tone_of(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Danger,
        Severity::Urgent | Severity::Notice => Tone::Attention,
    }
}

pub(super) fn place_of(t: Say, line: &AlarmLine) -> String {
    if line.name.is_empty() { t.say("alarm-province") } else { line.name.clone() }
}

fn table(app: &App, t: Say, actor: &Actor, found: &Alarms) -> Table {
    let column = |key: &str| Column::words(t.say(key));
    let columns =
        ["alarm-column-act-by", "alarm-column-where", "alarm-column-what", "alarm-column-told", "alarm-column-do"];
    Table {
        columns: columns.into_iter().map(column).collect(),
        rows: found.lines.iter().map(|line| row(app, t, actor, found.at, line)).collect(),
    }
}

fn row(app: &App, t: Say, actor: &Actor, now: Moment, line: &AlarmLine) -> Vec<Cell> {
    let alarm = &line.kept.content;
    let place = Cell::link(place_of(t, line), format!("/oxy/canh-bao/{}", line.kept.id));
    let told = if line.simulated { format!("{} · {}", line.area, t.say("simulated")) } else { line.area.clone() };
    let since = t.one("alarm-since", "at", alarm_words::clock(alarm.since, now));
    let what = Cell::text(alarm_words::kind(t.0, alarm.kind))
        .told(format!("{} · {since}", alarm_words::reason(t.0, alarm, now)));
    vec![
        Cell::text(act_by(t, alarm.act_by, alarm.severity, now)).toned(tone_of(alarm.severity)),
        place.told(told),
        what,
        taken(t, line, now),
        doing(app, t, actor, line),
    ]
}

pub(super) fn act_by(t: Say, act_by: Option<Moment>, severity: Severity, now: Moment) -> String {
    match act_by {
        Some(by) if by > now && severity != Severity::Critical => alarm_words::clock(by, now),
        _ if severity.wakes() => t.say("alarm-now"),
        _ => String::new(),
    }
}

/// Who took it up, else who was told and who was passed over.
fn taken(t: Say, line: &AlarmLine, now: Moment) -> Cell {
    let alarm = &line.kept.content;
    let told: Vec<String> = alarm
        .told
        .iter()
        .filter(|told| told.at >= alarm.raised_at)
        .map(|told| {
            let step = t.say(&format!("step-{}", told.step.code()));
            match told.skipped {
                None => {
                    let facts = [
                        ("step", step.into()),
                        ("name", told.name.clone().into()),
                        ("at", alarm_words::clock(told.at, now).into()),
                    ];
                    fill(t, "alarm-told-step", &facts)
                }
                Some(why) => {
                    let why = t.say(&format!("skipped-{}", why.code()));
                    fill(
                        t,
                        "alarm-told-skipped",
                        &[("step", step.into()), ("name", told.name.clone().into()), ("why", why.into())],
                    )
                }
            }
        })
        .collect();
    let told = told.join(" · ");
    match &alarm.acknowledged {
        Some(by) => {
            let at = alarm_words::clock(by.at, now);
            Cell::text(t.two("alarm-taken", "by", by.by.clone(), "at", at)).toned(Tone::Confirmed).told(told)
        }
        None if alarm.severity.wakes() => Cell::text(t.say("alarm-not-taken")).toned(Tone::Attention).told(told),
        None => Cell::text(t.say("alarm-not-taken")),
    }
}

fn doing(app: &App, t: Say, actor: &Actor, line: &AlarmLine) -> Cell {
    let call = line.contacts.first().map(|contact| phone(&contact.name, &contact.phone));
    let mut cell = Cell { phone: call, ..Cell::default() };
    if !actor.may(Capability::AnswerAlarms) {
        return cell;
    }
    let href = format!("/oxy/canh-bao/{}", line.kept.id);
    if line.kept.content.acknowledged.is_none() {
        let key = server_key(app.office.real_now());
        cell.buttons.push(Form::new(format!("{href}/nhan"), t.say("alarm-take"), key));
    }
    Cell { text: t.say("alarms-open-one"), href, ..cell }
}

/// Messages that reached nobody: somebody has to call.
fn trouble(t: Say, found: &Alarms) -> Option<Section> {
    let shown: Vec<_> = found
        .unsent
        .iter()
        .filter(|kept| kept.content.state != MessageState::Waiting || kept.content.attempts > 0)
        .collect();
    if shown.is_empty() {
        return None;
    }
    let mut section = Section::new("messages", t.say("message-trouble"));
    section.about = t.say("message-trouble-about");
    if !found.sends_sms {
        section.about = format!("{} {}", section.about, t.say("message-no-gateway"));
    }
    let columns = ["message-column-when", "message-column-to", "message-column-text", "message-column-state"]
        .map(|key| Column::words(t.say(key)));
    let rows = shown.into_iter().take(20).map(|kept| {
        let message = &kept.content;
        let state = match message.state {
            MessageState::NoGateway => t.say("message-no-gateway-state"),
            other => t.say(&format!("message-{}", other.code())),
        };
        let tries = if message.attempts > 0 {
            format!("{}: {}", t.say("message-column-tries"), message.attempts)
        } else {
            String::new()
        };
        let error = message.last_error.as_ref().map(|error| t.one("message-error", "error", error)).unwrap_or_default();
        let told = [tries, error].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let mut to = Cell::text(message.name.clone());
        if message.channel == Channel::Sms {
            to.phone = Some(phone(&message.name, &message.to));
        }
        vec![
            Cell::text(alarm_words::clock(message.written_at, found.at)),
            to,
            Cell::default().told(message.text.clone()),
            Cell::text(state).told(told).toned(Tone::Attention),
        ]
    });
    section.table = Some(Table { columns: columns.to_vec(), rows: rows.collect() });
    Some(section)
}

pub(super) fn copied(t: Say, line: &AlarmLine, now: Moment) -> String {
    let alarm = &line.kept.content;
    let facts = [
        ("at", now.to_string().into()),
        ("place", place_of(t, line).into()),
        ("kind", alarm_words::kind(t.0, alarm.kind).into()),
        ("reason", alarm_words::reason(t.0, alarm, now).into()),
    ];
    marked(t, line.simulated, fill(t, "alarm-copy", &facts))
}

fn copied_list(t: Say, found: &Alarms) -> String {
    let waking = found.lines.iter().filter(|line| line.kept.content.severity.wakes());
    let mut lines: Vec<String> = waking.take(12).map(|line| copied(t, line, found.at)).collect();
    if lines.is_empty() {
        lines = found.lines.iter().take(6).map(|line| copied(t, line, found.at)).collect();
    }
    lines.join("\n")
}

/// POST /oxy/canh-bao/{id}/nhan.
pub(super) async fn take(State(app): State<App>, Path(id): Path<Id>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let operation = Acknowledge { key, alarm: desk::record::RecordId::new(id) };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done("/oxy/canh-bao", "done-alarm-taken")),
        Err(failure) => refused_list(&app, &member, failure).await,
    }
}

async fn refused_list(app: &App, member: &Member, failure: Failure) -> Answer {
    let refusal = refusal_of(failure, &member.caller)?;
    let (around, found) = look_up(app, member).await?;
    Ok::<Response, Problem>(answer(&list_page(app, member, &around, &found, "", Some(refusal))))
}
