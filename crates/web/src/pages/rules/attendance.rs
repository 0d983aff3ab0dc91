//! /chi-dao/cuoc-hop/{id}/co-mat: who came to a meeting, by the list that was signed there; who came knows the letters that
//! were made known there (DT09).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::background::aside;
use desk::letters::attendance::{AttendanceList, bare, is_scan, read_file};
use desk::letters::directive::DirectiveId;
use desk::letters::spread::{DisseminationId, read_list};
use desk::operations::command::Attached;
use desk::operations::rules::take_attendance::TakeAttendance;
use desk::record::Kept;
use desk::rights::Capability;
use desk::steering::meeting::MeetingId;
use desk::views::rules::attendance::{Attendance, attendance, list_file, spread_file};

use super::columns;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::command::{SentFile, Upload};
use crate::pages::fields::Fields;
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::tasks::{Typed, form};
use crate::pages::words::marked;
use crate::respond::{Answer, Problem, attachment};
use crate::view::{Cell, Field, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const MEETINGS: &str = "/chi-dao/cuoc-hop";
/// What a list may be: a workbook, a text, a picture of the signed one.
pub(in crate::pages) const KINDS: &str = ".xlsx,.csv,.txt,.pdf,image/jpeg,image/png";

/// The names of a list as it was sent: those of the file, then those that were typed. A picture has none by itself.
pub(in crate::pages) async fn names_of(
    typed: &str,
    upload: Option<Upload>,
) -> Result<(Vec<(String, String)>, Option<(String, Attached)>), Failure> {
    let typed: Vec<(String, String)> = read_list(typed).into_iter().map(|(name, unit)| (bare(&name), unit)).collect();
    let Some(upload) = upload else { return Ok((typed, None)) };
    let mut people = Vec::new();
    if !is_scan(&upload.bytes) {
        // What it is follows from its bytes: a text under whatever name is read as one.
        let is_text = !upload.bytes.starts_with(b"PK") && !upload.bytes.contains(&0);
        let name = if is_text { "danh-sach.csv".to_owned() } else { upload.name.clone() };
        let bytes = upload.bytes.clone();
        people = aside(move || read_file(&bytes, &name)).await.and_then(|read| read)?;
    }
    people.extend(typed);
    Ok((people, Some((upload.name, Attached::new(upload.bytes)))))
}

/// GET /chi-dao/cuoc-hop/{id}/co-mat.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Fields>,
    member: Member,
) -> Answer {
    show(&app, &member, &id, Typed::default(), asked.text("xong")).await
}

async fn show(app: &App, member: &Member, id: &str, typed: Typed, said: &str) -> Answer {
    let t = member.caller.say;
    let key: MeetingId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, found) =
        look(app, member, move |office, connection, actor| attendance(office, connection, actor, key)).await?;
    let meeting = &found.meeting.content;
    let sentence = match found.lists.first() {
        None => t.say("attendance-none"),
        Some(list) => {
            let unknown = list.content.people.iter().filter(|one| one.person.is_none() && one.body.is_none()).count();
            t.two("attendance-sentence", "count", list.content.people.len(), "unknown", unknown)
        }
    };
    let mut page = plain(app, member, &around, "steering-meetings", sentence);
    page.title = t.say("rules-attendance");
    page.trail = vec![
        Link { text: t.say("steering-meetings"), href: MEETINGS.to_owned() },
        Link { text: marked(t, meeting.simulated, meeting.subject.clone()), href: format!("{MEETINGS}/{id}") },
    ];
    page.about = t.two("meeting-about", "when", meeting.held_at.to_string(), "place", meeting.place.clone());
    page.done = said_done(t, said);
    for (place, list) in found.lists.iter().enumerate() {
        sections(t, list, (id, place), &mut page.sections);
    }
    if found.may_add && around.past.is_none() {
        page.sections.push(list_form(app, t, &found, id));
    }
    typed.onto(&mut page);
    Ok(answer(&page))
}

fn sections(t: Say, list: &Kept<AttendanceList>, (id, place): (&str, usize), sections: &mut Vec<Section>) {
    let content = &list.content;
    let rows = content.people.iter().map(|one| {
        let known = match (one.person, one.body) {
            (Some(_), _) => Cell::text(t.say("meeting-known-person")).toned(Tone::Confirmed),
            (None, Some(_)) => Cell::text(t.say("attendance-known-unit")).toned(Tone::Confirmed),
            (None, None) => Cell::text(t.say("meeting-not-in-register")).toned(Tone::Attention),
        };
        vec![Cell::text(one.name.clone()), Cell::text(one.unit.clone()), known]
    });
    let keys = ["spread-name", "spread-unit", "meeting-register"];
    let mut table = Table { columns: columns(t, &keys), rows: rows.collect() };
    if let Some((_, name)) = &content.file {
        let file = Cell::link(name.clone(), format!("{MEETINGS}/{id}/co-mat/{place}"));
        table.rows.insert(0, vec![file, Cell::default(), Cell::text(t.say("attendance-as-it-came"))]);
    }
    sections.push(Section {
        about: t.two("attendance-noted", "by", content.by.name.clone(), "at", content.at.to_string()),
        table: Some(table),
        ..Section::new(format!("danh-sach-{}", place + 1), t.one("attendance-list", "count", content.people.len()))
    });
    for (number, letter) in content.letters.iter().enumerate() {
        let row =
            |name: &String, key: &str| vec![Cell::text(name.clone()).toned(Tone::Attention), Cell::text(t.say(key))];
        let unknown = letter.noted.unknown.iter().map(|name| row(name, "spread-unknown"));
        let several = letter.noted.several.iter().map(|name| row(name, "spread-several"));
        sections.push(Section {
            about: t.two("attendance-letter-noted", "count", letter.noted.noted, "letter", letter.called.clone()),
            table: Some(Table {
                columns: columns(t, &["spread-name", "spread-why"]),
                rows: unknown.chain(several).collect(),
            }),
            empty: t.say("attendance-all-matched"),
            ..Section::new(
                format!("van-ban-{}-{}", place + 1, number + 1),
                t.one("attendance-letter", "letter", letter.called.clone()),
            )
        });
    }
}

fn list_form(app: &App, t: Say, found: &Attendance, id: &str) -> Section {
    let mut form = form(app, &format!("{MEETINGS}/{id}/co-mat"), "list", t.say("attendance-send"))
        .field(
            Field::words("file", t.say("attendance-file"))
                .input(Input::File(KINDS.to_owned()))
                .hint(t.say("attendance-file-hint")),
        )
        .field(
            Field::words("names", t.say("attendance-names")).input(Input::Lines).hint(t.say("attendance-names-hint")),
        );
    for (letter, called, bodies) in &found.letters {
        let label = t.two("attendance-for-letter", "letter", called.clone(), "bodies", *bodies);
        form = form.field(Field::words(format!("letter-{letter}"), label).input(Input::Check));
    }
    form.multipart = true;
    form.means = t.say("attendance-means");
    Section { forms: vec![form], ..Section::new("gui", t.say("attendance-new")) }
}

/// POST /chi-dao/cuoc-hop/{id}/co-mat: a list.
pub(in crate::pages) async fn take(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: SentFile,
) -> Answer {
    let (fields, upload) = sent.vouched(&member.caller)?;
    member.must(Capability::HandleLetters)?;
    let meeting: MeetingId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let key = Some(fields.key(&member.caller)?);
    let ticked = fields.0.iter().filter(|(_, value)| *value == "1");
    let mut letters: Vec<DirectiveId> =
        ticked.filter_map(|(name, _)| name.strip_prefix("letter-")?.parse().ok()).collect();
    letters.sort();
    let performed = match names_of(fields.text("names"), upload).await {
        Ok((people, list)) => {
            let operation = TakeAttendance { key, meeting, people, list, letters };
            app.office.perform(member.visitor.actor.clone(), operation).await.map(drop)
        }
        Err(failure) => Err(failure),
    };
    match performed {
        Ok(()) => Ok(done(&format!("{MEETINGS}/{id}/co-mat"), "done-attendance-taken")),
        Err(failure) => {
            let typed = Typed::refused(fields, failure, &member.caller)?;
            show(&app, &member, &id, typed, "").await
        }
    }
}

pub(super) fn kept((name, kind, bytes): (String, String, Vec<u8>)) -> Response {
    let plain: String = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-')).collect();
    attachment(&kind, if plain.is_empty() { "danh-sach" } else { &plain }, bytes)
}

/// GET /chi-dao/cuoc-hop/{id}/co-mat/{place}: a list as it came.
pub(in crate::pages) async fn file(
    State(app): State<App>,
    Path((id, place)): Path<(String, usize)>,
    member: Member,
) -> Answer {
    let id: MeetingId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let look_up =
        look(&app, &member, move |office, connection, actor| list_file(office, connection, actor, (id, place)));
    Ok(kept(look_up.await?.1))
}

/// GET /viec/pho-bien/{id}/danh-sach/{place}: a list that was noted where a letter is made known.
pub(in crate::pages) async fn of_spread(
    State(app): State<App>,
    Path((id, place)): Path<(String, usize)>,
    member: Member,
) -> Answer {
    let id: DisseminationId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let look_up =
        look(&app, &member, move |office, connection, actor| spread_file(office, connection, actor, (id, place)));
    Ok(kept(look_up.await?.1))
}
