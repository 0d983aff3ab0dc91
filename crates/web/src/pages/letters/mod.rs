//! /van-ban: letters that wait to be confirmed, and the doors through which they come in (DT01). What stands in the
//! register is told in one place, /van-ban/so: the list of the newest is not told here again.

mod beside;
mod exchange;
mod exchange_rows;
mod listed;
mod one;
mod parent;
mod proposed;
mod register;
mod relations;
mod shown;

use axum::extract::{Query, State};
use axum::response::Response;
use desk::background::aside;
use desk::letters::directive::{Directive, Standing};
use desk::letters::intake::Incoming;
use desk::letters::refused::Refused;
use desk::operations::letters::take_in::{File, TakeIn};
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::letters::{Letters, letters};
use desk::views::rules::office::is_entered_late;
use desk::{Failure, Outcome};
use quantity::time::show_date;

pub(super) use exchange::{
    PATH as EXCHANGE, download as exchange_file, ended as exchange_ended, file as exchange_take,
    matched as exchange_match, page as exchange_page, recall as exchange_recall, set_aside as exchange_aside,
};
pub(super) use exchange_rows::states as exchange_states;
pub(super) use one::{act, download, page as letter_page, withdraw, write_answer};
pub(super) use register::{page as register_page, stamp};
pub(super) use relations::{
    attach, called, decide, deliver, download as enclosure, page as relations_page, pairs, role_words,
};

use super::around::{Around, look};
use super::fields::{Fields, see_other, server_key};
use super::plain::{answer, done, plain, said_done};
use super::words::fill;
use crate::app::App;
use crate::pages::filled::{Filled, Sending, Upload};
use crate::respond::{Answer, refusal_of};
use crate::view::{Cell, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Letters that wait listed at most: a register brought in may leave hundreds.
const MOST_WAITING: usize = 60;

/// Where the list stands.
const LIST: &str = "/van-ban";

/// GET /van-ban.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, letters).await?;
    let mut page = list_page(&app, &member, &around, &found, &parent::asked(&fields), None);
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /van-ban: a pasted text.
pub(super) async fn paste(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let text = form.text("text");
    let read = aside(move || Incoming::read(text).map_err(Failure::refused)).await.and_then(|read| read);
    take_in(&form, read.map(|incoming| (incoming, None))).await
}

/// POST /van-ban/tep: a file.
pub(super) async fn file(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let Upload { name, bytes } = form.file();
    // A package of the document system comes in by the same door.
    if desk::exchange::parcel::is_one(&bytes) {
        return match exchange::take(&form, bytes, name).await {
            Ok(taken) => Ok(taken),
            Err(failure) => refuse(&form.app, &form.member, &form.fields, failure).await,
        };
    }
    let read = aside(move || {
        let (incoming, media_type) = Incoming::of_file(&bytes, &name)?;
        Ok((incoming, Some(File { name, media_type: media_type.to_owned(), bytes })))
    });
    let read = read.await.and_then(|read| read);
    take_in(&form, read).await
}

async fn take_in(form: &Filled, read: Outcome<(Incoming, Option<File>)>) -> Answer {
    let Filled { app, member, fields, .. } = form;
    let (key, party_word) = (form.key(), fields.text("party") == "1");
    let mut taken_as = None;
    let taken = match read {
        Ok((incoming, file)) => {
            let incoming = Incoming { told: parent::told(fields), ..incoming };
            taken_as = parent::taken_as(&incoming);
            let operation = TakeIn { key, incoming, file, party_word, simulated: app.demo.is_some() };
            app.office.perform(member.visitor.actor.clone(), operation).await
        }
        Err(failure) => Err(failure),
    };
    match taken {
        Ok(receipt) => {
            let path = format!("{LIST}/{}", receipt.done);
            Ok(taken_as.map_or_else(|| see_other(&path), |key| done(&path, key)))
        }
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
    let mut listed = table(t, found.waiting.get(..MOST_WAITING).unwrap_or(&found.waiting));
    for (row, by) in listed.rows.iter_mut().zip(&found.enter_by) {
        if let Some(cell) = row.last_mut() {
            let late = is_entered_late(*by, found.now);
            let key = if late { "rules-entered-late" } else { "rules-enter-by" };
            cell.told = format!("{} · {}", cell.told, t.one(key, "day", show_date(*by)));
            cell.tone = if late { Tone::Danger } else { cell.tone };
        }
    }
    waiting.table = Some(listed);
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
    let of_parent = parent::fields(t, typed);
    let mut by_text = Form::new(LIST, t.say("letters-read"), key()).field(text).field(party());
    by_text.fields.extend(of_parent.iter().cloned());
    by_text.refusal = of_text;
    by_text.means = t.say("letters-read-means");
    let file = Field {
        name: "file".into(),
        label: t.say("letters-file"),
        input: Input::File(".docx,.pdf,.xlsx,.txt,.xml,.edxml,.zip".into()),
        required: true,
        hint: t.say("letters-file-hint"),
        ..Field::default()
    };
    let mut by_file = Form::new(format!("{LIST}/tep"), t.say("letters-file-send"), key()).field(file).field(party());
    by_file.fields.extend(of_parent);
    by_file.multipart = true;
    by_file.refusal = of_file;
    Section {
        forms: vec![by_file, by_text],
        about: parent::about(t, typed),
        ..Section::new("nhan", t.say("letters-take-in"))
    }
}

fn table(t: Say, letters: &[Kept<Directive>]) -> Table {
    let columns = ["number", "date", "issuer", "subject", "tasks", "standing"];
    let column = |name: &&str| {
        let column = Column::words(t.say(&format!("letters-column-{name}")));
        match *name {
            "subject" => column.lead(),
            "tasks" => column.aside(),
            _ => column,
        }
    };
    Table { columns: columns.iter().map(column).collect(), rows: letters.iter().map(|kept| row(t, kept)).collect() }
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
