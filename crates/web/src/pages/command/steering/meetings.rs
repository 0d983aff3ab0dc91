//! /chi-dao/cuoc-hop: meetings, how far their conclusions are (DT19).

use axum::extract::{Query, State};
use desk::Failure;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::rights::Capability;
use desk::views::steering::meetings::{Held, Meetings, meetings};

use super::super::{Typed, asked};
use super::{form, lines_field, marked, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, field_of, local_moment};
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::respond::Answer;
use crate::view::{Cell, Form, Input, Say, Section, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/cuoc-hop";

/// GET /chi-dao/cuoc-hop.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/cuoc-hop: a meeting is begun.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let acted = match form.wants() {
        "meeting" => {
            let operation = meeting_of(&form.fields).map(|meeting| KeepMeeting { key: form.key(), ..meeting });
            form.make(operation, |id| format!("{PATH}/{id}"), "done-steering-meeting").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

/// A meeting as the form tells it.
pub(super) fn meeting_of(fields: &Fields) -> Result<KeepMeeting, Failure> {
    let held_at = local_moment(fields.text("held_at"));
    Ok(KeepMeeting {
        key: None,
        meeting: None,
        subject: fields.text("subject").to_owned(),
        held_at: held_at.ok_or_else(|| Failure::refused(desk::command::Refused::Empty { field: "held_at" }))?,
        place: fields.text("place").to_owned(),
        chair: fields.text("chair").to_owned(),
        attendees: fields.text("attendees").to_owned(),
        assessment: fields.text("assessment").to_owned(),
        simulated: fields.text("simulated") == "1",
    })
}

/// The fields of a meeting; empty ones for a new one.
pub(super) fn meeting_fields(t: Say, form: Form, held_at: quantity::Moment) -> Form {
    form.field(asked("subject", t.say("meeting-subject")).hint(t.say("meeting-subject-hint")))
        .field(asked("held_at", t.say("meeting-held-at")).input(Input::Moment).value(field_of(held_at)))
        .field(asked("place", t.say("meeting-place")))
        .field(asked("chair", t.say("meeting-chair")).hint(t.say("meeting-chair-hint")))
        .field(lines_field("attendees", t.say("meeting-attendees")).hint(t.say("meeting-attendees-hint")))
        .field(lines_field("assessment", t.say("meeting-assessment")).hint(t.say("meeting-assessment-hint")))
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, meetings).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "steering-meetings", sentence(t, &found));
    page.about = t.say("meetings-about");
    let mut section = Section::new("cuoc-hop", t.say("steering-meetings"));
    section.empty = t.say("meetings-empty");
    let columns = [
        ("meeting-held-at", false),
        ("meeting-subject", false),
        ("meeting-chair", false),
        ("meetings-conclusions", false),
        ("meetings-led-to", false),
    ];
    section.table = Some(table(t, &columns, found.held.iter().map(|held| row(t, held)).collect()));
    page.sections.push(section);
    if member.visitor.actor.may(Capability::HandleLetters) {
        let mut section = Section::new("ghi", t.say("meetings-new"));
        section.folded = !found.held.is_empty();
        let form = meeting_fields(t, form(app, PATH, "meeting", t.say("meetings-begin")), found.now);
        section.forms.push(typed.form(form));
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &Meetings) -> String {
    let sum = |count: fn(&Held) -> usize| found.held.iter().map(count).sum::<usize>();
    let waiting = found.held.iter().filter(|held| held.meeting.content.confirmed.is_none()).count();
    match found.held.len() {
        0 => t.say("meetings-none"),
        _ if waiting > 0 => t.two("meetings-waiting", "waiting", waiting, "open", sum(|held| held.given - held.done)),
        _ => {
            t.two("meetings-sentence", "open", sum(|held| held.given - held.done), "overdue", sum(|held| held.overdue))
        }
    }
}

fn row(t: Say, held: &Held) -> Vec<Cell> {
    let meeting = &held.meeting.content;
    let conclusions = if meeting.confirmed.is_none() {
        Cell::text(t.one("meetings-draft", "count", meeting.conclusions.len())).toned(Tone::Attention)
    } else {
        let done = Cell::text(t.two("meetings-done", "done", held.done, "given", held.given));
        if held.overdue > 0 {
            done.told(t.one("meetings-overdue", "count", held.overdue)).toned(Tone::Attention)
        } else if held.done == held.given {
            done.toned(Tone::Confirmed)
        } else {
            done
        }
    };
    vec![
        Cell::text(meeting.held_at.to_string()),
        Cell::link(marked(t, meeting.simulated, &meeting.subject), format!("{PATH}/{}", held.meeting.id)),
        Cell::text(&meeting.chair),
        conclusions,
        meeting.led_to.as_ref().map_or_else(Cell::default, |(number, _)| Cell::text(number)),
    ]
}
