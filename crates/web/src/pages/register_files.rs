//! /nhap-so-lieu: the registers that take files, each with its template, what it holds, and a place to send a
//! file to. Nothing is written here: a file is looked at first (`register_file`).

use axum::extract::{Path, Query, State};
use desk::background::aside;
use desk::registers::work::{Listed, list, send, take_out, template};
use desk::registers::{ERASE, Entry, called};
use desk::rights::Capability;
use document::sheet::XLSX;

use super::around::look;
use super::fields::{Fields, see_other, server_key};
use super::plain::{answer, plain, said_done};
use super::words::fill;
use crate::app::App;
use crate::pages::filled::{Sending, Upload};
use crate::respond::{Answer, Problem, attachment, refusal_of};
use crate::view::{Cell, Column, Field, Form, Input, Link, Refusal, Say, Section, Table};
use crate::visitor::Member;

/// Key of the page, and of its name.
pub(super) const HERE: &str = "register-files";

/// The short name of a register.
pub(super) fn name_of(t: Say, entry: &Entry) -> String {
    t.say(&format!("register-{}", entry.name))
}

fn entry_of(name: &str, member: &Member) -> Result<&'static Entry, Problem> {
    called(name).ok_or_else(|| Problem::no_page(&member.caller))
}

/// GET /nhap-so-lieu.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    member.must(Capability::ImportRegisters)?;
    let (around, found) = look(&app, &member, list).await?;
    let t = member.caller.say;
    let rows: usize = found.iter().map(|one| one.rows).sum();
    let facts = [("count", found.len().into()), ("rows", rows.into())];
    let mut page = plain(&app, &member, &around, HERE, fill(t, "register-files-says", &facts));
    page.about = t.say("register-files-about");
    page.done = said_done(t, fields.text("xong"));
    // The registers themselves are taken out, not the list of them.
    page.sheet = String::new();
    let takes_out = member.visitor.actor.may(Capability::ExportFigures);
    page.sections.push(Section {
        table: Some(Table {
            columns: vec![
                Column::words(t.say("register-column-register")),
                Column::number(t.say("register-column-rows")),
                Column::words(t.say("register-column-send")),
                Column::words(t.say("register-column-template")),
                Column::words(t.say("register-column-list")),
            ],
            rows: found.iter().map(|one| row_of(t, one, takes_out)).collect(),
        }),
        empty: t.say("register-files-none"),
        ..Section::new("danh-sach", "")
    });
    page.sections.push(Section {
        about: t.say("register-files-how"),
        ..Section::new("cach-lam", t.say("register-files-how-title"))
    });
    Ok(answer(&page))
}

fn row_of(t: Say, one: &Listed, takes_out: bool) -> Vec<Cell> {
    let name = one.entry.name;
    vec![
        Cell::link(name_of(t, one.entry), one.entry.page),
        Cell::figure(super::words::number(t, one.rows as f64, 0), t.say("register-rows-unit")),
        Cell::link(t.say("register-send"), format!("/nhap-so-lieu/{name}")),
        Cell::link(t.say("register-template"), format!("/nhap-so-lieu/{name}/mau")),
        if takes_out {
            Cell::link(t.say("register-take-out"), format!("/xuat/so/{name}"))
        } else {
            Cell::text(t.say("register-no-take-out"))
        },
    ]
}

/// GET /nhap-so-lieu/{register}.
pub(super) async fn register(State(app): State<App>, Path(name): Path<String>, member: Member) -> Answer {
    member.must(Capability::ImportRegisters)?;
    show(&app, &member, entry_of(&name, &member)?, None).await
}

async fn show(app: &App, member: &Member, entry: &'static Entry, refused: Option<Refusal>) -> Answer {
    member.must(entry.needs)?;
    let (around, found) = look(app, member, list).await?;
    let t = member.caller.say;
    let rows = found.iter().find(|one| one.entry.name == entry.name).map_or(0, |one| one.rows);
    let facts = [("name", name_of(t, entry).into()), ("rows", rows.into())];
    let mut page = plain(app, member, &around, HERE, fill(t, "register-says", &facts));
    page.title = format!("{} · {}", t.say(HERE), name_of(t, entry));
    page.trail = vec![Link { text: t.say(HERE), href: "/nhap-so-lieu".to_owned() }];
    page.about = t.one("register-about", "erase", ERASE);
    page.sheet = String::new();
    page.links = vec![Link { text: t.say("register-template"), href: format!("/nhap-so-lieu/{}/mau", entry.name) }];
    if member.visitor.actor.may(Capability::ExportFigures) {
        page.links.push(Link { text: t.say("register-take-out"), href: format!("/xuat/so/{}", entry.name) });
    }
    page.links.push(Link { text: t.say("register-open"), href: entry.page.to_owned() });
    let path = format!("/nhap-so-lieu/{}", entry.name);
    let mut form = Form::new(path, t.say("register-look"), server_key(app.office.real_now()))
        .field(Field::words("file", t.say("register-file")).input(Input::File(".xlsx,.csv".to_owned())).required());
    form.multipart = true;
    form.means = t.say("register-look-means");
    form.refusal = refused;
    page.sections.push(Section { forms: vec![form], ..Section::new("gui", t.say("register-send-title")) });
    page.sections.push(columns(t, entry)?.unwrap_or_default());
    Ok(answer(&page))
}

/// What the columns are and what stands in them.
fn columns(t: Say, entry: &Entry) -> Result<Option<Section>, Problem> {
    let Ok(layout) = entry.layout() else { return Ok(None) };
    let row = |column: &document::columns::Column| {
        let accepted = column.choice_titles().join(", ");
        let required = if column.required { t.say("register-required") } else { String::new() };
        vec![
            Cell::text(column.title.clone()).told(required),
            Cell::text(column.aliases.iter().take(4).cloned().collect::<Vec<_>>().join(", ")),
            Cell::text(
                [column.help.clone(), accepted]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
        ]
    };
    Ok(Some(Section {
        table: Some(Table {
            columns: vec![
                Column::words(t.say("register-column-title")),
                Column::words(t.say("register-column-aliases")),
                Column::words(t.say("register-column-help")),
            ],
            rows: layout.columns.iter().map(row).collect(),
        }),
        folded: true,
        ..Section::new("cot", t.say("register-columns"))
    }))
}

/// POST /nhap-so-lieu/{register}: a file to be looked at.
pub(super) async fn file(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::ImportRegisters)?;
    let entry = entry_of(&form.id::<String>()?, &form.member)?;
    let Upload { name, bytes } = form.file();
    let (office, actor, key) = (form.app.office.clone(), form.member.visitor.actor.clone(), form.key());
    let sent = aside(move || send(&office, &actor, key, entry, &name, bytes)).await;
    match sent.and_then(|sent| sent) {
        Ok(id) => Ok(see_other(&format!("/nhap-so-lieu/tep/{id}"))),
        Err(failure) => {
            let refusal = refusal_of(failure, &form.member.caller)?;
            show(&form.app, &form.member, entry, Some(refusal)).await
        }
    }
}

/// The lines under the title of a sheet: where, when, by whom, and how it comes back.
fn about(t: Say, place: &str, when: &str, who: &str) -> Vec<String> {
    let facts = [("place", place.into()), ("when", when.into()), ("who", who.into())];
    vec![fill(t, "register-sheet-source", &facts), t.one("register-sheet-how", "erase", ERASE)]
}

/// GET /nhap-so-lieu/{register}/mau.
pub(super) async fn empty_sheet(State(app): State<App>, Path(name): Path<String>, member: Member) -> Answer {
    member.must(Capability::ImportRegisters)?;
    let entry = entry_of(&name, &member)?;
    let now = app.office.real_now();
    let actor = member.visitor.actor.clone();
    let lines = vec![member.caller.say.one("register-sheet-how", "erase", ERASE)];
    let written = aside(move || template(entry, &actor, now, lines)).await.and_then(|written| written);
    let bytes = written.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(attachment(XLSX, &format!("mau-{}.xlsx", entry.name), bytes))
}

/// GET /xuat/so/{register}.
pub(super) async fn download(State(app): State<App>, Path(name): Path<String>, member: Member) -> Answer {
    let entry = entry_of(&name, &member)?;
    let t = member.caller.say;
    let who = member.visitor.actor.display_name.clone();
    let (around, content) = look(&app, &member, move |office, connection, actor| {
        let now = office.now(connection)?;
        let post = office.registry(connection, actor.province)?;
        let area = post.post().and_then(|post| post.area_code.parse().ok());
        let name = area.and_then(|area| post.areas().on(area, now.date()).map(|area| area.name.clone()));
        let lines = about(t, &name.unwrap_or_default(), &now.to_string(), &who);
        take_out(office, connection, actor, entry, lines)
    })
    .await?;
    let written = aside(move || content.write()).await.and_then(|written| written);
    let bytes = written.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(attachment(XLSX, &format!("{}-{}.xlsx", entry.name, around.now.date()), bytes))
}
