//! /oxy/truc: who is on duty, the roster with its gaps, the handover note, the screens on walls.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::alarms::escalate::Addressee;
use desk::alarms::records::{DutyPerson, DutyShift};
use desk::alarms::words as alarm_words;
use desk::door::digest_of;
use desk::operations::alarm::hand_over::HandOver;
use desk::operations::alarm::refused::Refused;
use desk::operations::alarm::set_display::{SetDisplay, WithdrawDisplay};
use desk::operations::alarm::set_duty::{SetDuty, WithdrawDuty};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::duty::{Duty, RosterLine, duty};
use desk::{Actor, Failure, random};
use oxygen::alarm::AlarmKind;
use quantity::{Id, Moment, Span};

use super::alarm::call_words;
use super::alarms::place_of;
use super::around::{Around, look};
use super::fields::{Fields, Sent, field_of, local_moment, server_key};
use super::plain::{answer, done, plain, said_done};
use super::shift::Shift;
use super::supply::stage_words;
use super::words::phone;
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Key of the page in its room.
const HERE: &str = "duty-page";

/// What a form of the page left behind.
#[derive(Default)]
struct After {
    said: String,
    typed: Fields,
    refused: Option<(&'static str, Refusal)>,
    display: Option<String>,
}

async fn look_up(app: &App, member: &Member) -> Result<(Around, (Duty, i64)), Problem> {
    look(app, member, |office, connection, actor| {
        let found = duty(office, connection, actor)?;
        let registry = office.registry(connection, actor.province)?;
        let pause = desk::alarms::watch::settings(&registry, found.at)?.escalate_after;
        Ok((found, pause.as_minutes()))
    })
    .await
}

/// GET /oxy/truc.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let after = After { said: fields.text("xong").to_owned(), ..After::default() };
    whole(&app, &member, after).await
}

async fn whole(app: &App, member: &Member, after: After) -> Answer {
    let (around, (found, minutes)) = look_up(app, member).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, HERE, sentence(t, &found));
    page.about = t.one("duty-about", "minutes", minutes.to_string());
    page.done = said_done(t, &after.said);
    page.links = vec![
        Link { text: t.say("alarms"), href: "/oxy/canh-bao".to_owned() },
        Link { text: t.say("wall-page"), href: "/tuong".to_owned() },
    ];
    let may = member.visitor.actor.may(Capability::AnswerAlarms);
    page.sections = vec![handover_section(app, t, &found, may, &after), roster_section(app, t, &found, may)];
    if may {
        page.sections.push(add_section(app, t, &found, &after));
        page.sections.push(displays_section(app, t, &found, &after));
    }
    page.sections.push(notes_section(t, &found));
    Ok::<Response, Problem>(answer(&page))
}

fn sentence(t: Say, found: &Duty) -> String {
    let told =
        |one: &Option<Addressee>| one.as_ref().filter(|one| one.skipped.is_none()).map(|one| one.person.name.clone());
    match (told(&found.now.duty), told(&found.now.deputy), found.now.until) {
        (Some(who), _, Some(until)) => t.two("duty-sentence", "who", who, "until", alarm_words::clock(until, found.at)),
        (Some(who), _, None) => t.one("duty-sentence-open", "who", who),
        (None, Some(who), _) => t.one("duty-sentence-deputy", "who", who),
        (None, None, _) => t.say("duty-sentence-nobody"),
    }
}

fn person_cell(t: Say, one: &Addressee) -> Cell {
    // The button to call says the name.
    let mut cell =
        Cell { phone: one.person.phone.as_ref().map(|number| phone(&one.person.name, number)), ..Cell::default() };
    if cell.phone.is_none() {
        cell.text = one.person.name.clone();
    }
    match one.skipped {
        Some(why) => cell.told(t.say(&format!("skipped-{}", why.code()))).toned(Tone::Danger),
        None => cell,
    }
}

fn roster_section(app: &App, t: Say, found: &Duty, may: bool) -> Section {
    let mut section = Section::new("roster", t.say("duty-roster"));
    section.about = t.say("duty-roster-about");
    let span = |from: Moment, to: Moment| {
        format!("{} – {}", alarm_words::clock(from, found.at), alarm_words::clock(to, found.at))
    };
    let rows = found.roster.iter().map(|line| match line {
        RosterLine::Gap(from, to) => {
            vec![
                Cell::text(span(*from, *to)),
                Cell::text(t.say("duty-gap")).toned(Tone::Danger),
                Cell::default(),
                Cell::default(),
            ]
        }
        RosterLine::Shift(kept, on_duty, deputy) => {
            let mut withdraw = Cell::default();
            if may {
                let key = server_key(app.office.real_now());
                withdraw.buttons.push(Form::new(format!("/oxy/truc/{}/rut", kept.id), t.say("duty-withdraw"), key));
            }
            vec![
                Cell::text(span(kept.content.from, kept.content.to)),
                person_cell(t, on_duty),
                deputy.as_ref().map_or_else(Cell::default, |deputy| person_cell(t, deputy)),
                withdraw,
            ]
        }
    });
    let columns = ["duty-column-when", "duty-column-duty", "duty-column-deputy", "alarm-column-do"];
    let columns = columns.map(|key| Column::words(t.say(key))).to_vec();
    section.table = Some(Table { columns, rows: rows.collect() });
    section
}

/// The next shift that nobody has taken yet, as the form proposes it.
fn proposed(found: &Duty) -> (Moment, Moment) {
    let gap = found.roster.iter().find_map(|line| match line {
        RosterLine::Gap(from, _) => Some(*from),
        RosterLine::Shift(..) => None,
    });
    let from = gap.unwrap_or(found.at);
    (from, Shift::at(from + Span::seconds(1)).ends)
}

fn add_section(app: &App, t: Say, found: &Duty, after: &After) -> Section {
    let (from, to) = proposed(found);
    let typed = |name: &str, otherwise: String| after.typed.some(name).map_or(otherwise, str::to_owned);
    let people = |name: &str| {
        let chosen = after.typed.text(name).to_owned();
        let other = Choice { value: String::new(), text: t.say("duty-other"), chosen: chosen.is_empty() };
        let all = found.candidates.iter().map(|one| {
            let value = one.person.to_string();
            let phone = one.phone.clone().unwrap_or_else(|| t.say("skipped-no-phone"));
            Choice { chosen: value == chosen, value, text: format!("{} · {phone}", one.name) }
        });
        Input::Choices(all.chain([other]).collect())
    };
    let mut form = Form::new("/oxy/truc", t.say("duty-save"), server_key(app.office.real_now()))
        .field(
            Field::words("from", t.say("duty-from"))
                .input(Input::Moment)
                .value(typed("from", field_of(from)))
                .required(),
        )
        .field(Field::words("to", t.say("duty-to")).input(Input::Moment).value(typed("to", field_of(to))).required())
        .field(Field::words("person", t.say("duty-person")).input(people("person")))
        .field(
            Field::words("phone", t.say("duty-phone-field"))
                .input(Input::Phone)
                .value(typed("phone", String::new()))
                .hint(t.say("duty-phone-hint")),
        )
        .field(Field::words("deputy", t.say("duty-deputy")).input(people("deputy")))
        .field(
            Field::words("deputy_phone", t.say("duty-deputy-phone"))
                .input(Input::Phone)
                .value(typed("deputy_phone", String::new())),
        )
        .field(Field::words("name", t.say("duty-name")).value(typed("name", String::new())))
        .field(Field::words("deputy_name", t.say("duty-deputy-name")).value(typed("deputy_name", String::new())))
        .field(Field::words("email", t.say("duty-email")).value(typed("email", String::new())));
    form.refusal = refused_in(after, "add");
    let mut section = Section::new("add", t.say("duty-add"));
    section.forms = vec![form];
    section.folded = true;
    section
}

fn refused_in(after: &After, form: &str) -> Option<Refusal> {
    after.refused.as_ref().filter(|(name, _)| *name == form).map(|(_, refusal)| refusal.clone())
}

fn handover_section(app: &App, t: Say, found: &Duty, may: bool, after: &After) -> Section {
    let mut section = Section::new("handover", t.say("handover"));
    section.about = t.say("handover-about");
    let composed = composed(t, found);
    section.copy = composed.clone();
    if may {
        let note = after.typed.text("note").to_owned();
        let mut form = Form::new("/oxy/truc/giao-ban", t.say("handover-save"), server_key(app.office.real_now()))
            .hidden("text", composed)
            .field(Field::words("note", t.say("handover-note")).input(Input::Lines).value(note));
        form.refusal = refused_in(after, "handover");
        section.forms = vec![form];
    }
    section
}

/// The note as the program composes it: who is on, what is open, what waits, who is silent, who was called.
fn composed(t: Say, found: &Duty) -> String {
    let mut lines = vec![t.one("handover-head", "at", found.at.to_string())];
    let on_duty = found.now.duty.as_ref().map_or_else(|| t.say("duty-gap"), |one| one.person.name.clone());
    lines.push(t.one("handover-on-duty", "who", on_duty));
    let of =
        |silent: bool| found.alarms.iter().filter(move |line| (line.kept.content.kind == AlarmKind::Silence) == silent);
    let mut part = |key: &str, all: Vec<String>| {
        lines.push(t.one(key, "count", all.len()));
        let shown = if all.is_empty() { vec![t.say("handover-nothing")] } else { all };
        lines.extend(shown.into_iter().map(|line| format!("- {line}")));
    };
    let described = |line: &desk::views::alarms::AlarmLine| {
        let alarm = &line.kept.content;
        format!(
            "{}: {}. {}",
            place_of(t, line),
            alarm_words::kind(t.0, alarm.kind),
            alarm_words::reason(t.0, alarm, found.at)
        )
    };
    let waits = |line: &&desk::views::alarms::AlarmLine| {
        line.kept.content.severity.wakes() && line.kept.content.acknowledged.is_none()
    };
    part("handover-alarms", of(false).map(described).collect());
    let untaken = of(false).filter(waits).map(|line| format!("{}: {}", place_of(t, line), t.say("alarm-not-taken")));
    let requests = found.requests.iter().map(|line| {
        let number = t.one("handover-request", "number", line.request.number.to_string());
        format!("{number} · {}: {}", line.facility, stage_words(t, line.request.stage))
    });
    part("handover-waits", untaken.chain(requests).collect());
    part("handover-silent", of(true).map(|line| place_of(t, line)).collect());
    let calls = found.calls.iter().map(|(kept, name)| format!("{name}: {}", call_words(t, &kept.content, found.at)));
    part("handover-calls", calls.collect());
    lines.join("\n")
}

fn notes_section(t: Say, found: &Duty) -> Section {
    let mut section = Section::new("notes", t.say("handover-last"));
    let rows = found.handovers.iter().map(|kept| {
        let note = &kept.content;
        // What the program itself told has no name.
        let by = if note.by.is_empty() { t.say("simulated") } else { note.by.clone() };
        vec![Cell::text(t.two("handover-by", "by", by, "at", note.at.to_string())), Cell::text(note.text.clone())]
    });
    let columns = vec![Column::words(t.say("handover")), Column::words(t.say("handover-text"))];
    section.table = Some(Table { columns, rows: rows.collect() });
    section.empty = t.say("handover-none");
    section
}

fn displays_section(app: &App, t: Say, found: &Duty, after: &After) -> Section {
    let key = || server_key(app.office.real_now());
    let mut section = Section::new("displays", t.say("displays"));
    section.about = match &after.display {
        Some(_) => t.say("display-made"),
        None => t.say("displays-about"),
    };
    section.copy = after.display.clone().unwrap_or_default();
    let rows = found.displays.iter().map(|kept| {
        let mut withdraw = Cell::default();
        withdraw.buttons.push(Form::new(
            format!("/oxy/truc/man-hinh/{}/rut", kept.id),
            t.say("display-withdraw"),
            key(),
        ));
        let since = quantity::time::show_date(kept.content.since);
        vec![Cell::text(kept.content.label.clone()), Cell::text(kept.content.by.clone()).told(since), withdraw]
    });
    let columns = ["display-column-label", "display-column-by", "alarm-column-do"].map(|key| Column::words(t.say(key)));
    section.table = Some(Table { columns: columns.to_vec(), rows: rows.collect() });
    section.empty = t.say("displays-none");
    section.forms = vec![
        Form::new("/oxy/truc/man-hinh", t.say("display-add"), key())
            .field(Field::words("label", t.say("display-label")).required()),
    ];
    section.folded = after.display.is_none();
    section
}

fn person_of(fields: &Fields, person: &str, name: &str, phone: &str, email: &str) -> DutyPerson {
    DutyPerson {
        name: fields.text(name).to_owned(),
        phone: fields.some(phone).map(str::to_owned),
        email: fields.some(email).map(str::to_owned),
        person: fields.text(person).parse().ok(),
    }
}

/// After an operation: back to the page, or the same page with why not.
async fn settled<T>(
    app: &App,
    member: &Member,
    fields: Fields,
    form: &'static str,
    key: &str,
    outcome: Result<T, Failure>,
) -> Answer {
    match outcome {
        Ok(_) => Ok(done("/oxy/truc", key)),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            whole(app, member, After { typed: fields, refused: Some((form, refusal)), ..After::default() }).await
        }
    }
}

/// POST /oxy/truc: a shift.
pub(super) async fn add(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let duty = person_of(&fields, "person", "name", "phone", "email");
    let deputy = person_of(&fields, "deputy", "deputy_name", "deputy_phone", "");
    let deputy = Some(deputy).filter(|one| one.person.is_some() || !one.name.is_empty());
    let moments = (local_moment(fields.text("from")), local_moment(fields.text("to")));
    let outcome = match moments {
        (Some(from), Some(to)) => {
            let operation = SetDuty { key, from, to, duty, deputy };
            app.office.perform(member.visitor.actor.clone(), operation).await.map(drop)
        }
        _ => refuse_unless_may(&member.visitor.actor, Refused::EndsBeforeItBegins),
    };
    settled(&app, &member, fields, "add", "done-duty-set", outcome).await
}

/// What the form itself shows to be wrong is told to whoever may send it; the others have no right.
pub(super) fn refuse_unless_may(actor: &Actor, why: Refused) -> Result<(), Failure> {
    if actor.may(Capability::AnswerAlarms) {
        Err(Failure::refused(why))
    } else {
        Err(Failure::Forbidden(Capability::AnswerAlarms))
    }
}

/// POST /oxy/truc/{id}/rut.
pub(super) async fn withdraw(State(app): State<App>, Path(id): Path<Id>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let shift: RecordId<DutyShift> = RecordId::new(id);
    let operation = WithdrawDuty { key: Some(fields.key(&member.caller)?), shift };
    let outcome = app.office.perform(member.visitor.actor.clone(), operation).await;
    settled(&app, &member, fields, "roster", "done-duty-withdrawn", outcome).await
}

/// POST /oxy/truc/giao-ban.
pub(super) async fn hand_over(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let note = fields.some("note").map(|note| format!("{}\n{note}", member.caller.say.say("handover-note")));
    let text = [Some(fields.text("text").to_owned()), note].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let operation = HandOver { key: Some(fields.key(&member.caller)?), text };
    let outcome = app.office.perform(member.visitor.actor.clone(), operation).await;
    settled(&app, &member, fields, "handover", "done-handed-over", outcome).await
}

/// POST /oxy/truc/man-hinh: the address of the screen stands on this answer and never again.
pub(super) async fn add_display(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let secret = random::secret();
    let operation = SetDisplay { key, label: fields.text("label").to_owned(), digest: digest_of(&secret) };
    let actor = member.visitor.actor.clone();
    let province = actor.province.number();
    let receipt = app.office.perform(actor, operation).await;
    if receipt.map_err(|failure| Problem::of(failure, &member.caller))?.replayed {
        // The address stood on the answer to the first press, and is kept nowhere.
        return Ok(done("/oxy/truc", "done-display-made-before"));
    }
    let display = Some(format!("/tuong?ma={province}.{secret}"));
    whole(&app, &member, After { display, ..After::default() }).await
}

/// POST /oxy/truc/man-hinh/{id}/rut.
pub(super) async fn withdraw_display(State(app): State<App>, Path(id): Path<Id>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let operation = WithdrawDisplay { key: Some(fields.key(&member.caller)?), display: RecordId::new(id) };
    let outcome = app.office.perform(member.visitor.actor.clone(), operation).await;
    settled(&app, &member, fields, "displays", "done-display-withdrawn", outcome).await
}
