//! /nhap-so-lieu/tep/{id}: what a file would change, in plain words, before anything is written; afterwards the
//! receipt. The button writes what was shown and nothing else.

use axum::extract::{Path, Query, State};
use desk::background::aside;
use desk::record::RecordId;
use desk::registers::file::{Counts, FileState, PreviewRow, RegisterFile, Verdict};
use desk::registers::work::{Opened, given_back, open, write};
use desk::rights::Capability;
use document::sheet::{ReturnForm, XLSX};
use quantity::time::show_date;

use super::around::look;
use super::fields::{Fields, Sent, server_key};
use super::plain::{answer, done, plain, said_done};
use super::register_files::{HERE, name_of};
use super::words::{fill, number};
use crate::app::App;
use crate::respond::{Answer, Problem, attachment, refusal_of};
use crate::view::{Cell, Column, Form, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Rows of a kind that a page shows; the rest is counted.
const SHOWN: usize = 200;

fn id_of(text: &str, member: &Member) -> Result<RecordId<RegisterFile>, Problem> {
    text.parse().map_err(|_| Problem::no_page(&member.caller))
}

/// GET /nhap-so-lieu/tep/{id}.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    member.must(Capability::ImportRegisters)?;
    show(&app, &member, id_of(&id, &member)?, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, id: RecordId<RegisterFile>, refused: Option<Refusal>, done: &str) -> Answer {
    let (around, found) = look(app, member, move |_, connection, actor| open(connection, actor, id)).await?;
    let t = member.caller.say;
    let content = &found.kept.content;
    let mut page = plain(app, member, &around, HERE, sentence(t, &found));
    page.title = format!("{} · {}", name_of(t, found.entry), content.name);
    page.trail = vec![
        Link { text: t.say(HERE), href: "/nhap-so-lieu".to_owned() },
        Link { text: name_of(t, found.entry), href: format!("/nhap-so-lieu/{}", found.entry.name) },
    ];
    page.about = about(t, &found);
    page.done = said_done(t, done);
    page.refusal = refused;
    // The list is taken out from its register, and what came back as a file of its own.
    page.sheet = String::new();
    let written = matches!(content.state, FileState::Written(_));
    if written {
        page.links.push(Link { text: t.say("register-open"), href: found.entry.page.to_owned() });
    }
    if content.counts.refused > 0 {
        page.links.push(Link { text: t.say("register-given-back"), href: format!("/nhap-so-lieu/tep/{id}/tra-lai") });
    }
    if !written {
        page.links
            .push(Link { text: t.say("register-other-file"), href: format!("/nhap-so-lieu/{}", found.entry.name) });
        button(t, &mut page, &found, &server_key(app.office.real_now()));
    }
    sections(t, &mut page, &found);
    Ok(answer(&page))
}

fn sentence(t: Say, found: &Opened) -> String {
    let Counts { new, changed, same, refused } = found.kept.content.counts;
    let facts = [
        ("file", found.kept.content.name.as_str().into()),
        ("new", new.into()),
        ("changed", changed.into()),
        ("same", same.into()),
        ("refused", refused.into()),
    ];
    let key = match found.kept.content.state {
        FileState::Previewed => "register-file-previewed",
        FileState::Writing(_) => "register-file-writing",
        FileState::Written(_) => "register-file-written",
    };
    fill(t, key, &facts)
}

fn about(t: Say, found: &Opened) -> String {
    let content = &found.kept.content;
    let by = [("name", content.by.name.as_str().into()), ("at", content.sent_at.to_string().into())];
    let mut parts = vec![fill(t, "register-file-by", &by)];
    if let Some(shape) = &found.preview.shape {
        let facts = [
            ("days", shape.days.into()),
            ("from", show_date(shape.first).into()),
            ("to", show_date(shape.last).into()),
            ("rows", shape.rows.into()),
        ];
        parts.push(fill(t, "register-file-wide", &facts));
        if shape.assumed_year {
            parts.push(t.say("register-file-wide-year"));
        }
    }
    if !found.preview.unknown.is_empty() {
        let titles = found.preview.unknown.iter().map(|(place, title)| format!("«{title}» ({place})"));
        parts.push(t.one("register-file-unknown", "titles", titles.collect::<Vec<_>>().join(", ")));
    }
    parts.join(" ")
}

fn button(t: Say, page: &mut PlainPage, found: &Opened, key: &str) {
    let counts = found.kept.content.counts;
    if counts.written() == 0 {
        let about = t.say(if counts.refused > 0 { "register-nothing-but-refused" } else { "register-nothing" });
        page.sections.push(Section { about, ..Section::new("ghi", "") });
        return;
    }
    let submit = t.one("register-write", "count", counts.written());
    let mut form = Form::new(format!("/nhap-so-lieu/tep/{}", found.kept.id), submit, key);
    form.means = fill(t, "register-write-means", &[("same", counts.same.into()), ("refused", counts.refused.into())]);
    page.sections.push(Section { forms: vec![form], ..Section::new("ghi", "") });
}

fn sections(t: Say, page: &mut PlainPage, found: &Opened) {
    let rows = |verdict| found.preview.rows.iter().filter(move |row| row.verdict == verdict);
    let of = |verdict| rows(verdict).take(SHOWN).collect::<Vec<_>>();
    let rest = |verdict, title: String| match rows(verdict).count() {
        count if count > SHOWN => (title, t.one("register-rest", "count", count - SHOWN)),
        _ => (title, String::new()),
    };
    let title = |key: &str, count: usize| t.one(key, "count", count);
    let counts = found.kept.content.counts;
    let written = matches!(found.kept.content.state, FileState::Written(_));
    if counts.refused > 0 {
        let (title, about) = rest(Verdict::Refused, title("register-refused-title", counts.refused));
        page.sections.push(Section {
            about,
            table: Some(refused_table(t, &of(Verdict::Refused))),
            ..Section::new("chua-nhan", title)
        });
    }
    if counts.changed > 0 {
        let (title, about) = rest(Verdict::Changed, title("register-changed-title", counts.changed));
        page.sections.push(Section {
            about,
            table: Some(changed_table(t, &of(Verdict::Changed), written)),
            ..Section::new("thay-doi", title)
        });
    }
    if counts.new > 0 {
        let (title, about) = rest(Verdict::New, title("register-new-title", counts.new));
        page.sections.push(Section {
            about,
            table: Some(new_table(t, &of(Verdict::New))),
            ..Section::new("moi", title)
        });
    }
}

fn row_cell(t: Say, row: &PreviewRow) -> Cell {
    Cell::text(number(t, f64::from(row.number), 0))
}

fn refused_table(t: Say, rows: &[&PreviewRow]) -> Table {
    let cells = |row: &&PreviewRow| {
        let (sentence, next) = row.reason.as_ref().map(|reason| reason.words(t.0)).unwrap_or_default();
        let code = row.reason.as_ref().map(|reason| reason.code.clone()).unwrap_or_default();
        vec![
            row_cell(t, row),
            Cell::text(row.label.clone()),
            Cell::text(sentence).toned(Tone::Attention).told(code),
            Cell::text(next),
        ]
    };
    Table {
        columns: vec![
            Column::words(t.say("register-column-row")),
            Column::words(t.say("register-column-about")),
            Column::words(t.say("register-column-reason")),
            Column::words(t.say("register-column-next")),
        ],
        rows: rows.iter().map(cells).collect(),
    }
}

/// One line a cell: what stands, what will stand.
fn changed_table(t: Say, rows: &[&PreviewRow], written: bool) -> Table {
    let [before, after] = if written {
        ["register-column-was", "register-column-is"]
    } else {
        ["register-column-before", "register-column-after"]
    };
    let or_none = |text: &str| if text.is_empty() { t.say("register-blank") } else { text.to_owned() };
    let cells = |row: &&PreviewRow| {
        let each = row.fields.iter().enumerate().map(|(place, field)| {
            let first = |cell: Cell| if place == 0 { cell } else { Cell::default() };
            vec![
                first(row_cell(t, row)),
                first(Cell::text(row.label.clone())),
                Cell::text(field.title.clone()),
                Cell::text(or_none(&field.before)),
                Cell::text(or_none(&field.after)).toned(Tone::Attention),
            ]
        });
        each.collect::<Vec<_>>()
    };
    Table {
        columns: vec![
            Column::words(t.say("register-column-row")),
            Column::words(t.say("register-column-about")),
            Column::words(t.say("register-column-title")),
            Column::words(t.say(before)),
            Column::words(t.say(after)),
        ],
        rows: rows.iter().flat_map(cells).collect(),
    }
}

fn new_table(t: Say, rows: &[&PreviewRow]) -> Table {
    let cells = |row: &&PreviewRow| {
        let said = row.fields.iter().map(|field| format!("{}: {}", field.title, field.after));
        vec![row_cell(t, row), Cell::text(row.label.clone()), Cell::text(said.collect::<Vec<_>>().join(" · "))]
    };
    Table {
        columns: vec![
            Column::words(t.say("register-column-row")),
            Column::words(t.say("register-column-about")),
            Column::words(t.say("register-column-content")),
        ],
        rows: rows.iter().map(cells).collect(),
    }
}

/// POST /nhap-so-lieu/tep/{id}: writes what was shown.
pub(super) async fn commit(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    sent.vouched(&member.caller)?;
    member.must(Capability::ImportRegisters)?;
    let id = id_of(&id, &member)?;
    let (office, actor) = (app.office.clone(), member.visitor.actor.clone());
    match aside(move || write(&office, &actor, id)).await.and_then(|written| written) {
        Ok(_) => Ok(done(&format!("/nhap-so-lieu/tep/{id}"), "done-register-written")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            show(&app, &member, id, Some(refusal), "").await
        }
    }
}

/// GET /nhap-so-lieu/tep/{id}/tra-lai: the rows that were given back, to be mended and sent again.
pub(super) async fn returned(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    member.must(Capability::ImportRegisters)?;
    let id = id_of(&id, &member)?;
    let (office, actor, locale) = (app.office.clone(), member.visitor.actor.clone(), member.caller.say.0);
    let found = aside(move || given_back(&office, &actor, id, locale)).await.and_then(|found| found);
    let found = found.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(match found.form {
        ReturnForm::Xlsx => attachment(XLSX, "dong-can-xem-lai.xlsx", found.bytes),
        ReturnForm::Csv { .. } => attachment("text/csv; charset=utf-8", "dong-can-xem-lai.csv", found.bytes),
    })
}
