//! /viec/bao-cao-nhanh: incidents reported to several levels at once, with when each has seen them (DT11).

use axum::extract::{Query, State};
use desk::letters::incident::{Incident, Level};
use desk::operations::tasks::note_seen::NoteSeen;
use desk::operations::tasks::report_incident::ReportIncident;
use desk::record::Kept;
use desk::views::tasks::known::{Incidents, incidents};
use place::BodyId;

use super::{form, under};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, field_of, local_moment};
use crate::pages::filled::{Sending, id_of};
use crate::pages::plain::{answer, plain};
use crate::pages::typed::Typed;
use crate::pages::words::{duration, marked};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Choice, Column, Field, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/viec/bao-cao-nhanh";

/// GET /viec/bao-cao-nhanh.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

async fn show(app: &App, member: &Member, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, incidents).await?;
    let unseen = found.lines.iter().filter(|kept| kept.content.levels.iter().any(|level| level.seen.is_none())).count();
    let sentence = match found.lines.len() {
        0 => t.say("incident-none"),
        _ if unseen == 0 => t.say("incident-all-seen"),
        _ => t.one("incident-sentence", "count", unseen),
    };
    let mut page = under(t, plain(app, member, &around, "tasks", sentence), "incidents");
    page.about = t.say("incident-about");
    if found.answers && !found.bodies.is_empty() {
        page.sections.push(report(app, t, &found));
    }
    for (place, kept) in found.lines.iter().enumerate() {
        page.sections.push(incident(app, t, &found, place, kept));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn level_words(t: Say, level: Level) -> String {
    t.say(&format!("incident-level-{}", level.code()))
}

fn report(app: &App, t: Say, found: &Incidents) -> Section {
    let bodies =
        found.bodies.iter().map(|(id, name)| Choice { value: id.to_string(), text: name.clone(), chosen: false });
    let mut form = form(app, PATH, "report", t.say("incident-send"))
        .field(Field::words("body", t.say("task-column-body")).input(Input::Choices(bodies.collect())))
        .field(
            Field::words("words", t.say("incident-words"))
                .input(Input::Lines)
                .hint(t.say("incident-words-hint"))
                .required(),
        )
        .field(Field::words("at", t.say("incident-when")).input(Input::Moment).value(field_of(found.now)));
    for level in Level::ALL {
        let usual = if level.is_own() { "1" } else { "" };
        let field = Field::words(format!("level-{}", level.code()), level_words(t, level)).input(Input::Check);
        form = form.field(field.value(usual));
    }
    Section { forms: vec![form], folded: !found.lines.is_empty(), ..Section::new("bao", t.say("incident-new")) }
}

fn incident(app: &App, t: Say, found: &Incidents, place: usize, kept: &Kept<Incident>) -> Section {
    let incident = &kept.content;
    let rows = incident.levels.iter().map(|told| {
        let seen = match &told.seen {
            Some((at, by)) => Cell::text(at.to_string())
                .told(t.two("incident-seen-by", "who", by.clone(), "span", duration(t, *at - told.sent_at)))
                .toned(Tone::Confirmed),
            None => Cell::text(t.one("incident-unseen", "span", duration(t, found.now - told.sent_at)))
                .toned(Tone::Attention),
        };
        vec![Cell::text(level_words(t, told.level)), Cell::text(told.sent_at.to_string()), seen]
    });
    let keys = ["incident-level", "incident-sent", "incident-seen"];
    let title = t.two("incident-title", "body", incident.body_name.clone(), "at", incident.happened_at.to_string());
    let mut section = Section {
        about: String::new(),
        table: Some(Table { columns: keys.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        copy: marked(t, incident.simulated, format!("{title}: {}", incident.words)),
        ..Section::new(format!("su-viec-{place}"), title)
    };
    let open = incident.levels.iter().filter(|told| told.seen.is_none() && (found.whole || !told.level.is_own()));
    let levels: Vec<Choice> = open
        .map(|told| Choice { value: told.level.code().to_owned(), text: level_words(t, told.level), chosen: false })
        .collect();
    if found.answers && !levels.is_empty() {
        section.forms.push(
            form(app, PATH, "seen", t.say("incident-note-seen"))
                .hidden("about", kept.id.to_string())
                .field(Field::words("level", t.say("incident-level")).input(Input::Choices(levels)))
                .field(Field::words("by", t.say("incident-by")).hint(t.say("incident-by-hint"))),
        );
    }
    section
}

/// POST /viec/bao-cao-nhanh.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let form = sending.open()?;
    let (key, caller) = (form.key(), &form.member.caller);
    let acted = match form.wants() {
        "report" => {
            let chosen = |level: &Level| form.fields.text(&format!("level-{}", level.code())) == "1";
            let report = ReportIncident {
                key,
                body: BodyId(id_of(form.fields.text("body"), caller)?),
                words: form.text("words"),
                happened_at: local_moment(form.fields.text("at")),
                levels: Level::ALL.into_iter().filter(chosen).collect(),
            };
            form.act(Ok(report), PATH, "done-incident-report").await
        }
        "seen" => {
            let seen = NoteSeen {
                key,
                incident: id_of(form.fields.text("about"), caller)?,
                level: Level::from_code(form.fields.text("level")).ok_or_else(|| Problem::no_page(caller))?,
                by: form.text("by"),
            };
            form.act(Ok(seen), PATH, "done-incident-seen").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}
