//! /van-ban: letters that wait to be confirmed, and the doors through which they come in (DT01). What stands in the
//! register is told in one place, /van-ban/so: the list of the newest is not told here again.

mod beside;
mod listed;
mod one;
mod register;
mod relations;
mod shown;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Query, State};
use axum::response::Response;
use desk::background::aside;
use desk::letters::directive::{Directive, Standing};
use desk::letters::intake::Incoming;
use desk::letters::refused::Refused;
use desk::operations::letters::take_in::{File, TakeIn};
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::letters::{Letters, letters};
use desk::{Failure, Outcome};
use quantity::time::show_date;

pub(super) use one::{act, download, page as letter_page, withdraw, write_answer};
pub(super) use register::{page as register_page, stamp};
pub(super) use relations::{attach, decide, deliver, download as enclosure, page as relations_page, pairs};

use super::around::{Around, look};
use super::fields::{Fields, Sent, see_other, server_key, vouch};
use super::inbox::read_parts;
use super::plain::{answer, plain, said_done};
use super::words::fill;
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Letters that wait listed at most: a register brought in may leave hundreds.
const MOST_WAITING: usize = 60;

/// Where the list stands.
const LIST: &str = "/van-ban";

/// GET /van-ban.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, letters).await?;
    let mut page = list_page(&app, &member, &around, &found, &Fields::default(), None);
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /van-ban: a pasted text.
pub(super) async fn paste(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::HandleLetters)?;
    let text = fields.text("text").to_owned();
    let read = aside(move || Incoming::read(text).map_err(Failure::refused)).await.and_then(|read| read);
    take_in(&app, &member, &fields, read.map(|incoming| (incoming, None))).await
}

/// POST /van-ban/tep: a file.
pub(super) async fn file(
    State(app): State<App>,
    member: Member,
    sent: Result<Multipart, MultipartRejection>,
) -> Answer {
    let caller = &member.caller;
    let parts = sent.map_err(|_| Problem::unreadable(caller))?;
    let (fields, bytes, name) = read_parts(parts, caller).await?;
    vouch(caller, &fields)?;
    member.must(Capability::HandleLetters)?;
    let read = aside(move || {
        let (incoming, media_type) = Incoming::of_file(&bytes, &name)?;
        Ok((incoming, Some(File { name, media_type: media_type.to_owned(), bytes: bytes.to_vec() })))
    });
    let read = read.await.and_then(|read| read);
    take_in(&app, &member, &fields, read).await
}

async fn take_in(app: &App, member: &Member, fields: &Fields, read: Outcome<(Incoming, Option<File>)>) -> Answer {
    let key = Some(fields.key(&member.caller)?);
    let party_word = fields.text("party") == "1";
    let taken = match read {
        Ok((incoming, file)) => {
            let operation = TakeIn { key, incoming, file, party_word, simulated: app.demo.is_some() };
            app.office.perform(member.visitor.actor.clone(), operation).await
        }
        Err(failure) => Err(failure),
    };
    match taken {
        Ok(receipt) => Ok(see_other(&format!("{LIST}/{}", receipt.done))),
        Err(failure) => refuse(app, member, fields, failure).await,
    }
}

/// The list again, with why the letter was not taken in, and the way to the one that is there already.
async fn refuse(app: &App, member: &Member, fields: &Fields, failure: Failure) -> Answer {
    let known = match failure.reason() {
        Some(Refused::Known { id, .. }) => Some(id.clone()),
        _ => None,
    };
    let refusal = refusal_of(failure, &member.caller)?;
    let (around, found) = look(app, member, letters).await?;
    let mut page = list_page(app, member, &around, &found, fields, Some(refusal));
    if let Some(id) = known {
        let text = member.caller.say.say("letters-open-known");
        page.links.insert(0, Link { text, href: format!("{LIST}/{id}") });
    }
    Ok(answer(&page))
}

fn list_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Letters,
    typed: &Fields,
    refusal: Option<Refusal>,
) -> PlainPage {
    let t = member.caller.say;
    let sentence = match found.waiting.len() {
        0 => t.say("letters-sentence-none"),
        count => fill(t, "letters-sentence", &[("count", count.into())]),
    };
    let mut page = plain(app, member, around, "letters", sentence);
    page.about = t.say("letters-about");
    page.links.push(Link { text: t.say("letter-register"), href: register::REGISTER.to_owned() });
    if member.visitor.actor.may(Capability::HandleLetters) && member.visitor.actor.may(Capability::ImportRegisters) {
        for (key, name) in [("letters-bring-list", "letters"), ("letters-bring-list-sent", "letters-sent")] {
            page.links.push(Link { text: t.say(key), href: format!("/nhap-so-lieu/{name}") });
        }
    }
    let mut waiting = Section::new("cho", t.say("letters-waiting"));
    waiting.empty = t.say("letters-waiting-none");
    waiting.table = Some(table(t, found.waiting.get(..MOST_WAITING).unwrap_or(&found.waiting)));
    if found.waiting.len() > MOST_WAITING {
        waiting.about = t.one("letters-waiting-more", "count", MOST_WAITING);
        let href = format!("{}?tinh-trang=read", register::REGISTER);
        page.links.push(Link { text: t.say("letters-waiting-all"), href });
    }
    page.sections.push(waiting);
    if member.visitor.actor.may(Capability::HandleLetters) {
        page.sections.push(door(t, app, typed, refusal));
    }
    page
}

/// The two ways in: pasted words and a file.
fn door(t: Say, app: &App, typed: &Fields, refusal: Option<Refusal>) -> Section {
    let key = || server_key(app.office.real_now());
    let party = || Field {
        name: "party".into(),
        label: t.say("letters-party"),
        input: Input::Check,
        value: typed.text("party").to_owned(),
        hint: t.say("letters-party-hint"),
        ..Field::default()
    };
    let pasted = !typed.text("text").is_empty();
    let (of_text, of_file) = if pasted { (refusal, None) } else { (None, refusal) };
    let text = Field {
        name: "text".into(),
        label: t.say("letters-text"),
        input: Input::Lines,
        value: typed.text("text").to_owned(),
        required: true,
        ..Field::default()
    };
    let mut by_text = Form::new(LIST, t.say("letters-read"), key()).field(text).field(party());
    by_text.refusal = of_text;
    by_text.means = t.say("letters-read-means");
    let file = Field {
        name: "file".into(),
        label: t.say("letters-file"),
        input: Input::File(".docx,.pdf,.xlsx,.txt".into()),
        required: true,
        hint: t.say("letters-file-hint"),
        ..Field::default()
    };
    let mut by_file = Form::new(format!("{LIST}/tep"), t.say("letters-file-send"), key()).field(file).field(party());
    by_file.multipart = true;
    by_file.refusal = of_file;
    Section { forms: vec![by_file, by_text], ..Section::new("nhan", t.say("letters-take-in")) }
}

fn table(t: Say, letters: &[Kept<Directive>]) -> Table {
    let columns = ["number", "date", "issuer", "subject", "tasks", "standing"];
    Table {
        columns: columns.iter().map(|name| Column::words(t.say(&format!("letters-column-{name}")))).collect(),
        rows: letters.iter().map(|kept| row(t, kept)).collect(),
    }
}

fn row(t: Say, kept: &Kept<Directive>) -> Vec<Cell> {
    let letter = &kept.content;
    let called = letter.called().map_or_else(|| t.say("letter-no-number"), str::to_owned);
    let number = Cell::link(called, format!("{LIST}/{}", kept.id));
    let known = |text: Option<String>| text.map_or_else(Cell::unknown, Cell::text);
    let tasks = match letter.standing {
        Standing::Read => letter.draft.len(),
        _ => letter.draft.iter().filter(|task| !task.left_out).count(),
    };
    let tone = match letter.standing {
        Standing::Read => Tone::Attention,
        Standing::Confirmed => Tone::Confirmed,
        Standing::Withdrawn => Tone::Old,
    };
    vec![
        number.told(letter.arrival_number.map_or_else(String::new, |number| t.one("letter-arrival", "number", number))),
        known(letter.date.map(show_date).or_else(|| letter.date_words.clone())),
        known(letter.issuer.clone()),
        known(letter.subject.clone()),
        Cell::text(tasks.to_string()),
        Cell::text(listed::standing(t, letter).unwrap_or_else(|| t.say(standing_key(letter.standing))))
            .toned(tone)
            .told(letter.arrived_at.to_string()),
    ]
}

/// The word of where a letter stands.
const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Read => "letter-standing-read",
        Standing::Confirmed => "letter-standing-confirmed",
        Standing::Withdrawn => "letter-standing-withdrawn",
    }
}

fn columns(t: Say, keys: &[&str]) -> Vec<Column> {
    keys.iter().map(|key| Column::words(t.say(key))).collect()
}

/// A page that was sent with a refusal answers 422.
fn refused_status(mut response: Response, refused: bool) -> Response {
    if refused && response.status() == axum::http::StatusCode::OK {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
