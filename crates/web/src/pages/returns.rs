//! /quoc-gia/tong-hop: the returns of the provinces taken in, who is missing or late, the sum and its files (OX19).

use axum::extract::{Path, Query, State};
use desk::background::aside;
use desk::operations::papers::take_return::TakeReturn;
use desk::rights::Capability;
use desk::views::national::{Received, read, received, sum_file, who};
use desk::views::papers::Format;
use desk::{Failure, IdempotencyKey};
use jiff::civil::Date;
use quantity::time::show_date;

use super::around::look;
use super::command::SentFile;
use super::fields::{Fields, day_of, server_key};
use super::plain::{answer, done, plain, said_done};
use super::words::fill;
use crate::app::App;
use crate::respond::{Answer, Problem, attachment, refusal_of};
use crate::view::{Cell, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/quoc-gia/tong-hop";

/// The day asked for; none is yesterday.
fn day_asked(fields: &Fields, member: &Member) -> Result<Option<Date>, Problem> {
    match fields.some("ngay") {
        None => Ok(None),
        Some(text) => day_of(text).map(Some).ok_or_else(|| Problem::unreadable(&member.caller)),
    }
}

/// GET /quoc-gia/tong-hop?ngay=2026-11-21.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let day = day_asked(&fields, &member)?;
    let mut page = show(&app, &member, day, "", None).await?;
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /quoc-gia/tong-hop: the file of a province.
pub(super) async fn take(State(app): State<App>, member: Member, sent: SentFile) -> Answer {
    let (fields, upload) = sent.vouched(&member.caller)?;
    member.must(Capability::TakeReturns)?;
    let key = fields.key(&member.caller)?;
    let reason = fields.text("reason").to_owned();
    // Nothing chosen is read as an empty file, and refused as one.
    let (name, bytes) = upload.map_or_else(|| (String::new(), Vec::new()), |upload| (upload.name, upload.bytes));
    match taken(&app, &member, key, name, bytes, reason.clone()).await {
        Ok((day, known)) => {
            let word = if known { "done-returns-known" } else { "done-returns-taken" };
            Ok(done(&format!("{PATH}?ngay={day}"), word))
        }
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let day = day_asked(&fields, &member)?;
            Ok(answer(&show(&app, &member, day, &reason, Some(refusal)).await?))
        }
    }
}

async fn taken(
    app: &App,
    member: &Member,
    key: IdempotencyKey,
    name: String,
    bytes: Vec<u8>,
    reason: String,
) -> Result<(Date, bool), Failure> {
    let file_name = name.clone();
    let told = aside(move || read(&name, &bytes)).await??;
    let day = told.day;
    let operation = TakeReturn { key: Some(key), file_name, told, reason };
    let receipt = app.office.perform(member.visitor.actor.clone(), operation).await?;
    Ok((day, receipt.done.known))
}

/// GET /quoc-gia/tong-hop/tai/{format}?ngay=2026-11-21.
pub(super) async fn download(
    State(app): State<App>,
    Path(format): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let caller = &member.caller;
    let day = day_asked(&fields, &member)?;
    let format = Format::from_code(&format).ok_or_else(|| Problem::no_page(caller))?;
    let (_, found) =
        look(&app, &member, move |office, connection, actor| received(office, connection, actor, day)).await?;
    let (ending, media_type) = format.kind();
    let name = format!("tong-hop-oxy-{}.{ending}", found.sum.day);
    let written = aside(move || sum_file(&found.sum, format, found.now)).await.and_then(|written| written);
    Ok(attachment(media_type, &name, written.map_err(|failure| Problem::of(failure, caller))?))
}

async fn show(
    app: &App,
    member: &Member,
    day: Option<Date>,
    reason: &str,
    refusal: Option<Refusal>,
) -> Result<PlainPage, Problem> {
    let (around, found) =
        look(app, member, move |office, connection, actor| received(office, connection, actor, day)).await?;
    let t = member.caller.say;
    let sum = &found.sum;
    let facts = [
        ("day", show_date(sum.day).into()),
        ("came", sum.provinces.len().into()),
        ("all", sum.expected.into()),
        ("late", sum.after_due.len().into()),
    ];
    let sentence = if sum.provinces.len() == sum.expected { "returns-sentence-all" } else { "returns-sentence" };
    let mut page = plain(app, member, &around, "returns", fill(t, sentence, &facts));
    page.trail = vec![Link { text: t.say("nation"), href: "/quoc-gia".to_owned() }];
    page.about = match found.due {
        Some(due) => t.one("returns-about", "due", due.to_string()),
        None => String::new(),
    };
    if !sum.provinces.is_empty() {
        let link = |format: &str| Link {
            text: t.say(&format!("papers-download-{format}")),
            href: format!("{PATH}/tai/{format}?ngay={}", sum.day),
        };
        page.links = ["xlsx", "docx", "pdf", "json"].map(link).to_vec();
    }
    if member.visitor.actor.may(Capability::TakeReturns) {
        let mut form = Form::new(PATH, t.say("returns-take"), server_key(app.office.real_now()))
            .hidden("ngay", sum.day.to_string())
            .field(Field::words("file", t.say("returns-file")).input(Input::File(".json,.xlsx".to_owned())).required())
            .field(Field::words("reason", t.say("returns-reason")).value(reason).hint(t.say("returns-reason-hint")));
        form.multipart = true;
        form.means = t.say("returns-take-means");
        form.refusal = refusal;
        page.sections.push(Section { forms: vec![form], ..Section::new("nhan", t.say("returns-take-section")) });
    }
    page.sections.push(provinces(t, &found));
    if !sum.missing.is_empty() {
        let over = found.due.is_some_and(|due| found.now > due);
        let about = t.one(if over { "returns-missing-late" } else { "returns-missing" }, "count", sum.missing.len());
        let copy = who(sum)[1].clone();
        page.sections.push(Section { about, copy, ..Section::new("don-doc", t.say("returns-remind")) });
    }
    page.sections.push(totals(t, &found));
    page.sections.push(days(t, &found));
    Ok(page)
}

/// The day before and the day after: the page of another day.
fn days(t: Say, found: &Received) -> Section {
    let link = |day: Option<Date>| {
        day.filter(|day| *day <= found.now.date())
            .map(|day| vec![Cell::link(t.one("returns-of-day", "day", show_date(day)), format!("{PATH}?ngay={day}"))])
    };
    let day = found.sum.day;
    let rows = [day.yesterday().ok(), day.tomorrow().ok()].into_iter().filter_map(link).collect();
    let table = Table { columns: vec![Column::words(t.say("returns-other-days"))], rows };
    Section { table: Some(table), ..Section::new("ngay-khac", String::new()) }
}

/// One line a figure of the layout: the sum, and how many facilities told it.
fn totals(t: Say, found: &Received) -> Section {
    let mut section = Section::new("tong", t.say("returns-totals"));
    section.about = t.say("returns-totals-about");
    section.empty = t.say("returns-totals-empty");
    let rows = desk::views::national::figures(&found.sum).into_iter().map(|figure| {
        let sum = figure.shown.map_or_else(Cell::unknown, Cell::text);
        vec![
            Cell::text(figure.title),
            sum,
            Cell::text(figure.known.to_string()),
            Cell::text(figure.unknown.to_string()),
        ]
    });
    let rows = if found.sum.provinces.is_empty() { Vec::new() } else { rows.collect() };
    let number = |key: &str| Column::number(t.say(key));
    let columns = vec![
        Column::words(t.say("returns-column-figure")),
        number("returns-column-sum"),
        number("returns-column-known"),
        number("returns-column-unknown"),
    ];
    Section { table: Some(Table { columns, rows }), ..section }
}

/// What came: when, in which issue, late or not. Who is missing is told below, to be copied.
fn provinces(t: Say, found: &Received) -> Section {
    let rows = found.provinces.iter().filter_map(|(name, kept)| {
        let told = &kept.as_ref()?.content;
        let taken = &told.taken;
        let came = Cell::text(taken.at.to_string());
        let came = if told.is_late() {
            came.told(t.say("returns-late")).toned(Tone::Attention)
        } else {
            came.toned(Tone::Confirmed)
        };
        let issue = Cell::text(t.one("papers-issue", "issue", i64::from(taken.issue)));
        let issue = match &taken.reason {
            Some(reason) => issue.told(t.one("papers-reason", "reason", reason.clone())),
            None => issue,
        };
        let facilities = Cell::figure(taken.facilities.to_string(), t.say("unit-facilities"));
        Some(vec![Cell::text(name.clone()), came, issue, facilities.told(taken.file_name.clone())])
    });
    let columns =
        ["command-column-province", "returns-column-came", "returns-column-issue", "returns-column-facilities"];
    let table = Table { columns: columns.iter().map(|key| Column::words(t.say(key))).collect(), rows: rows.collect() };
    let empty = t.say("returns-totals-empty");
    Section { table: Some(table), empty, ..Section::new("tinh", t.say("returns-provinces")) }
}
