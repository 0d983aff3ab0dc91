//! /chi-dao/cuoc-hop/{id}/co-mat: who came to a meeting, by the list that was signed there; who came knows the letters that
//! were made known there (DT09).

use axum::response::Response;
use desk::Failure;
use desk::background::aside;
use desk::letters::attendance::{AttendanceList, bare, is_scan, read_file};
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
use crate::pages::filled::{Placed, Sending, Upload, Wanted};
use crate::pages::plain::{answer, plain};
use crate::pages::typed::{Typed, form};
use crate::pages::words::marked;
use crate::respond::{Answer, attachment, file_name};
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
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<MeetingId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

async fn show(app: &App, member: &Member, id: MeetingId, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) =
        look(app, member, move |office, connection, actor| attendance(office, connection, actor, id)).await?;
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
    for (place, list) in found.lists.iter().enumerate() {
        sections(t, list, (id, place), &mut page.sections);
    }
    if found.may_add && around.past.is_none() {
        page.sections.push(list_form(app, t, &found, id));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn sections(t: Say, list: &Kept<AttendanceList>, (id, place): (MeetingId, usize), sections: &mut Vec<Section>) {
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

fn list_form(app: &App, t: Say, found: &Attendance, id: MeetingId) -> Section {
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
pub(in crate::pages) async fn take(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let (key, meeting): (_, MeetingId) = (form.key(), form.id()?);
    let letters = form.fields.ticked("letter-");
    let upload = form.upload.take();
    let named = names_of(form.fields.text("names"), upload).await;
    let operation = named.map(|(people, list)| TakeAttendance { key, meeting, people, list, letters });
    let acted = form.act(operation, &format!("{MEETINGS}/{meeting}/co-mat"), "done-attendance-taken").await?;
    acted.or(|typed| show(&form.app, &form.member, meeting, typed)).await
}

pub(super) fn kept((name, kind, bytes): (String, String, Vec<u8>)) -> Response {
    attachment(&kind, &file_name(&name, "danh-sach"), bytes)
}

/// GET /chi-dao/cuoc-hop/{id}/co-mat/{place}: a list as it came.
pub(in crate::pages) async fn file(
    Wanted { app, member, id: Placed { id, place }, .. }: Wanted<Placed<MeetingId>>,
) -> Answer {
    let look_up =
        look(&app, &member, move |office, connection, actor| list_file(office, connection, actor, (id, place)));
    Ok(kept(look_up.await?.1))
}

/// GET /viec/pho-bien/{id}/danh-sach/{place}: a list that was noted where a letter is made known.
pub(in crate::pages) async fn of_spread(
    Wanted { app, member, id: Placed { id, place }, .. }: Wanted<Placed<DisseminationId>>,
) -> Answer {
    let look_up =
        look(&app, &member, move |office, connection, actor| spread_file(office, connection, actor, (id, place)));
    Ok(kept(look_up.await?.1))
}
