//! /viec/bao-cao-nhanh: incidents reported to several levels at once, with when each has seen them (DT11).

use axum::extract::{Query, State};
use desk::letters::incident::{Incident, Level};
use desk::operations::tasks::note_seen::NoteSeen;
use desk::operations::tasks::report_incident::ReportIncident;
use desk::record::Kept;
use desk::views::tasks::known::{Incidents, incidents};
use place::BodyId;

use super::{LIST, Typed, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, field_of, local_moment};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::{duration, marked};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Choice, Column, Field, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/viec/bao-cao-nhanh";

/// GET /viec/bao-cao-nhanh.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::default(), fields.text("xong")).await
}

async fn show(app: &App, member: &Member, typed: Typed, said: &str) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, incidents).await?;
    let unseen = found.lines.iter().filter(|kept| kept.content.levels.iter().any(|level| level.seen.is_none())).count();
    let sentence = match found.lines.len() {
        0 => t.say("incident-none"),
        _ if unseen == 0 => t.say("incident-all-seen"),
        _ => t.one("incident-sentence", "count", unseen),
    };
    let mut page = plain(app, member, &around, "incidents", sentence);
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    page.about = t.say("incident-about");
    page.done = said_done(t, said);
    if found.answers && !found.bodies.is_empty() {
        page.sections.push(report(app, t, &found));
    }
    for (place, kept) in found.lines.iter().enumerate() {
        page.sections.push(incident(app, t, &found, place, kept));
    }
    typed.onto(&mut page);
    Ok(answer(&page))
}

fn level_words(t: Say, level: Level) -> String {
    t.say(&format!("incident-level-{}", level.code()))
}

fn report(app: &App, t: Say, found: &Incidents) -> Section {
    let bodies = found.bodies.iter().map(|(id, name)| Choice {
        value: id.to_string(),
        text: name.clone(),
        chosen: false,
    });
    let mut form = form(app, PATH, "report", t.say("incident-send"))
        .field(Field::words("body", t.say("task-column-body")).input(Input::Choices(bodies.collect())))
        .field(Field::words("words", t.say("incident-words")).input(Input::Lines).hint(t.say("incident-words-hint")).required())
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
pub(in crate::pages) async fn act(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let unreadable = || Problem::no_page(&member.caller);
    let actor = member.visitor.actor.clone();
    let outcome = match fields.text("do") {
        "report" => {
            let chosen = |level: &Level| fields.text(&format!("level-{}", level.code())) == "1";
            let report = ReportIncident {
                key,
                body: BodyId(fields.text("body").parse().map_err(|_| unreadable())?),
                words: fields.text("words").to_owned(),
                happened_at: local_moment(fields.text("at")),
                levels: Level::ALL.into_iter().filter(chosen).collect(),
            };
            app.office.perform(actor, report).await.map(drop)
        }
        "seen" => {
            let seen = NoteSeen {
                key,
                incident: fields.text("about").parse().map_err(|_| unreadable())?,
                level: Level::from_code(fields.text("level")).ok_or_else(unreadable)?,
                by: fields.text("by").to_owned(),
            };
            app.office.perform(actor, seen).await
                .map(drop)
        }
        _ => return Err(Problem::unreadable(&member.caller)),
    };
    match outcome {
        Ok(()) => Ok(done(PATH, &format!("done-incident-{}", fields.text("do")))),
        Err(failure) => {
            let typed = Typed::refused(fields, failure, &member.caller)?;
            show(&app, &member, typed, "").await
        }
    }
}
