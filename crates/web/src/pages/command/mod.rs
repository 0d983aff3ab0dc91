//! The command room «Chỉ đạo»: one module a page. What they share: a form that comes back with what was typed,
//! a file that travels with it, the choices of a list.

pub(super) mod courtesy;
pub(super) mod map;
mod map_words;
pub(super) mod matrix;
pub(super) mod nation;
pub(super) mod programme;
pub(super) mod readiness;
pub(super) mod recount;
pub(super) mod recounts;
pub(super) mod states;
pub(super) mod steering;
pub(super) mod unit;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;
use desk::operations::command::Attached;
use desk::{Failure, Operation};
use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

use super::fields::{Fields, Sent, day_of, server_key, vouch};
use super::plain::{done, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Field, Form, Input, PlainPage, Refusal, Say, Tone};
use crate::visitor::{Caller, Member};

/// Fields of a form of this room at most, and bytes of each.
const MOST_FIELDS: usize = 200;
const LONGEST_FIELD: usize = 8_000;

/// What was sent, to be shown again where it was refused.
#[derive(Default)]
pub(super) struct Typed {
    fields: Fields,
    refusal: Option<Refusal>,
    done: String,
}

impl Typed {
    /// After a form that was done: its word.
    fn after(t: Say, asked: &Fields) -> Self {
        Self { done: said_done(t, asked.text("xong")), ..Self::default() }
    }

    /// Fills a form with what was typed into it, if it is the one that was refused.
    fn form(&mut self, mut form: Form) -> Form {
        let act = form.hidden.iter().find(|(name, _)| name == "do").map(|(_, value)| value.as_str());
        if act.is_some_and(|act| act == self.fields.text("do")) && self.refusal.is_some() {
            for field in &mut form.fields {
                if let Some(value) = self.fields.0.get(&field.name) {
                    field.value.clone_from(value);
                }
            }
            form.refusal = self.refusal.take();
        }
        form
    }

    /// Puts what belongs to no form onto the page.
    fn onto(self, mut page: PlainPage) -> PlainPage {
        page.refusal = self.refusal;
        page.done = self.done;
        page
    }
}

/// What became of a form: the word of what was done, or what was typed with the reason.
enum Acted {
    Done(Response),
    Refused(Typed),
}

/// Does what a form asks; back to `path`, or the page again with the reason.
async fn act<O: Operation>(
    app: &App,
    member: &Member,
    fields: Fields,
    operation: Result<O, Failure>,
    path: &str,
    word: &str,
) -> Result<Acted, Problem> {
    let outcome = match operation {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => Ok(Acted::Done(done(path, word))),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(Acted::Refused(Typed { fields, refusal: Some(refusal), done: String::new() }))
        }
    }
}

/// A form of this room as it arrives, with a file or without.
pub(super) struct SentFile(Result<(Fields, Option<Upload>), Unread>);

/// A file as it was sent.
pub(super) struct Upload {
    /// Its name on the sender's machine; shown, never used as a path.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

enum Unread {
    TooLarge,
    Broken,
}

impl FromRequest<App> for SentFile {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            let sent = axum::extract::Form::<Fields>::from_request(request, app).await;
            return Ok(Self(sent.map(|axum::extract::Form(fields)| (fields, None)).map_err(|_| Unread::Broken)));
        }
        Ok(Self(match Multipart::from_request(request, app).await {
            Ok(parts) => read_parts(parts).await,
            Err(_) => Err(Unread::Broken),
        }))
    }
}

async fn read_parts(mut parts: Multipart) -> Result<(Fields, Option<Upload>), Unread> {
    let refuse = |error: axum::extract::multipart::MultipartError| match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Unread::TooLarge,
        _ => Unread::Broken,
    };
    let (mut fields, mut upload) = (Fields::default(), None);
    while let Some(part) = parts.next_field().await.map_err(refuse)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(refuse)?;
        if let Some(name) = file_name {
            if !bytes.is_empty() {
                upload = Some(Upload { name: name.chars().take(200).collect(), bytes: bytes.to_vec() });
            }
            continue;
        }
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| Unread::Broken)?;
        if text.len() > LONGEST_FIELD || fields.0.len() >= MOST_FIELDS {
            return Err(Unread::Broken);
        }
        fields.0.insert(name, text);
    }
    Ok((fields, upload))
}

impl SentFile {
    /// Its fields and file, once they carry the token of the caller's own page.
    pub(super) fn vouched(self, caller: &Caller) -> Result<(Fields, Option<Upload>), Problem> {
        let (fields, upload) = self.0.map_err(|unread| match unread {
            Unread::TooLarge => Problem::too_large(caller),
            Unread::Broken => Problem::unreadable(caller),
        })?;
        vouch(caller, &fields)?;
        Ok((fields, upload))
    }
}

impl Upload {
    fn attached(self) -> Attached {
        Attached::new(self.bytes)
    }
}

/// A day that the form must have; an empty or unreadable one is refused politely.
fn day(fields: &Fields, name: &'static str) -> Result<Date, Failure> {
    day_of(fields.text(name)).ok_or_else(|| Failure::refused(desk::command::Refused::Empty { field: name }))
}

/// A form of this room: `act` says what it does.
fn form(app: &App, action: &str, act: &str, submit: String) -> Form {
    Form::new(action, submit, server_key(app.office.real_now())).hidden("do", act)
}

/// A field that must be filled.
fn asked(name: &str, label: String) -> Field {
    Field::words(name, label).required()
}

/// A field for a day.
fn day_field(name: &str, label: String, value: Option<Date>) -> Field {
    Field::words(name, label).input(Input::Day).value(value.map_or_else(String::new, |day| day.to_string()))
}

/// A list to choose from.
fn choices(name: &str, label: String, all: impl IntoIterator<Item = (String, String)>) -> Field {
    let choice = |(value, text)| Choice { value, text, chosen: false };
    Field::words(name, label).input(Input::Choices(all.into_iter().map(choice).collect())).required()
}

/// The facilities in scope, the province first where `province` names it.
fn facility_choices(label: String, province: Option<String>, facilities: &[desk::views::command::Named]) -> Field {
    let whole = province.map(|name| (String::new(), name));
    let named = facilities.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let mut field = choices("facility", label, whole.into_iter().chain(named));
    // The province itself is sent as nothing.
    field.required = false;
    field
}

/// A facility of a form; none for the province.
fn facility_of(fields: &Fields, caller: &Caller) -> Result<Option<place::FacilityId>, Problem> {
    fields.some("facility").map(str::parse).transpose().map_err(|_| Problem::no_page(caller))
}

/// A cell with a day.
fn day_cell(day: Option<Date>) -> Cell {
    Cell::known(day.map(show_date), "")
}

/// A share between 0 and 1 as a figure in per cent.
fn share(t: Say, value: f64) -> Cell {
    Cell::figure(super::words::number(t, value * 100.0, 0), "%")
}

/// A cell that says that somebody must look.
fn attention(text: String) -> Cell {
    Cell::text(text).toned(Tone::Attention)
}

/// What a refusal outside an operation looks like on the page.
fn refused(reason: impl Coded + Send + Sync + 'static, member: &Member, fields: Fields) -> Result<Typed, Problem> {
    let refusal = refusal_of(Failure::refused(reason), &member.caller)?;
    Ok(Typed { fields, refusal: Some(refusal), done: String::new() })
}

/// Answers a form: the way back, or the page once more.
macro_rules! answered {
    ($acted:expr, $again:expr) => {
        match $acted {
            Acted::Done(response) => Ok(response),
            Acted::Refused(typed) => $again(typed).await,
        }
    };
}
use answered;

/// A form that names nothing that this page does.
fn unknown(member: &Member) -> Answer {
    Err(Problem::unreadable(&member.caller))
}

/// The fields of a form without file.
fn vouched(sent: Sent, member: &Member) -> Result<Fields, Problem> {
    sent.vouched(&member.caller)
}
