//! What a handler is given: a page as somebody asks for it, a form as somebody sends it. Who sends, the record that the
//! address names, the fields, the file and the key are read here once; a handler says what is done with them.

use std::str::FromStr;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use desk::operations::command::Attached;
use desk::rights::Capability;
use desk::{Failure, IdempotencyKey, Operation};

use super::fields::{Fields, vouch};
use crate::app::App;
use crate::respond::{Problem, refusal_of};
use crate::view::Refusal;
use crate::visitor::{Caller, Member};

/// Fields of a form with a file at most, and bytes of each.
const MOST_FIELDS: usize = 200;
const LONGEST_FIELD: usize = 8_000;

/// What an address names; one that cannot be read leads nowhere.
pub(super) fn id_of<T: FromStr>(text: &str, caller: &Caller) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::no_page(caller))
}

/// One of several files of a record: an address that ends with its place.
pub(super) struct Placed<T> {
    /// Which record.
    pub id: T,
    /// Which of its files, from 0.
    pub place: usize,
}

impl<T: FromStr> FromStr for Placed<T> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, place) = text.split_once('/').ok_or(())?;
        Ok(Self { id: id.parse().map_err(|_| ())?, place: place.parse().map_err(|_| ())? })
    }
}

/// The page of one record as it is asked for.
pub(super) struct Wanted<T> {
    pub app: App,
    pub member: Member,
    /// Which record.
    pub id: T,
    /// What the address says behind the question mark.
    pub fields: Fields,
}

impl<T: FromStr> FromRequestParts<App> for Wanted<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let member = Member::from_request_parts(parts, app).await?;
        let id = Path::<Vec<String>>::from_request_parts(parts, app).await.ok().map(|Path(id)| id.join("/"));
        let fields = Query::<Fields>::from_request_parts(parts, app).await;
        let Query(fields) = fields.map_err(|_| Problem::unreadable(&member.caller))?;
        Ok(Self { app: app.clone(), id: id_of(&id.unwrap_or_default(), &member.caller)?, member, fields })
    }
}

/// A form as it arrives, with a file or without: not yet vouched for.
pub(super) struct SentFile(Result<(Fields, Option<Upload>), Unread>);

/// A file as it was sent.
#[derive(Default)]
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
    let refuse = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Unread::TooLarge,
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
    /// As an operation keeps it.
    pub(super) fn attached(self) -> Attached {
        Attached::new(self.bytes)
    }
}

/// A form on its way to a handler: who sends it and to which record, before anything of it is believed.
pub(super) struct Sending {
    pub member: Member,
    app: App,
    id: String,
    sent: SentFile,
}

impl FromRequest<App> for Sending {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let member = Member::from_request_parts(&mut parts, app).await?;
        let id = Path::<String>::from_request_parts(&mut parts, app).await.ok().map(|Path(id)| id);
        let Ok(sent) = SentFile::from_request(Request::from_parts(parts, body), app).await;
        Ok(Self { member, app: app.clone(), id: id.unwrap_or_default(), sent })
    }
}

impl Sending {
    /// What was filled in, by somebody who may do what the page does: who may not is told so first.
    pub(super) fn by_whom(self, may: Capability) -> Result<Filled, Problem> {
        self.member.must(may)?;
        self.open()
    }

    /// What was filled in; whether the sender may, the operation says.
    pub(super) fn open(self) -> Result<Filled, Problem> {
        let (fields, upload) = self.sent.vouched(&self.member.caller)?;
        let key = fields.key(&self.member.caller)?;
        Ok(Filled { app: self.app, member: self.member, id: self.id, fields, upload, key })
    }
}

/// A form that carries the token of its sender's own page.
pub(super) struct Filled {
    pub app: App,
    pub member: Member,
    pub fields: Fields,
    pub upload: Option<Upload>,
    id: String,
    key: IdempotencyKey,
}

impl Filled {
    /// The record that it was sent to.
    pub(super) fn id<T: FromStr>(&self) -> Result<T, Problem> {
        id_of(&self.id, &self.member.caller)
    }

    /// A record that a field names; none where it is empty.
    pub(super) fn named<T: FromStr>(&self, field: &str) -> Result<Option<T>, Problem> {
        self.fields.some(field).map(|text| id_of(text, &self.member.caller)).transpose()
    }

    /// What the sender wants of those things that the page does.
    pub(super) fn wants(&self) -> &str {
        self.fields.text("do")
    }

    /// A field's words.
    pub(super) fn text(&self, name: &str) -> String {
        self.fields.text(name).to_owned()
    }

    /// The file that was sent. Nothing chosen is read as an empty file, and refused as one.
    pub(super) fn file(&mut self) -> Upload {
        self.upload.take().unwrap_or_default()
    }

    /// The key of one of several things that a form does: none of them answers for another.
    pub(super) fn key_of(&self, step: &str) -> Option<IdempotencyKey> {
        IdempotencyKey::new(&format!("{}-{step}", self.key.as_str()))
    }

    /// The key of what is asked for.
    pub(super) fn key(&self) -> Option<IdempotencyKey> {
        Some(self.key.clone())
    }

    /// No page of ours sends such a form.
    pub(super) fn unreadable(&self) -> Problem {
        Problem::unreadable(&self.member.caller)
    }

    /// Does what is asked for: what came of it, or why it was refused.
    pub(super) async fn perform<O: Operation>(
        &self,
        operation: Result<O, Failure>,
    ) -> Result<Result<O::Done, Refusal>, Problem> {
        let outcome = match operation {
            Ok(operation) => self.app.office.perform(self.member.visitor.actor.clone(), operation).await,
            Err(failure) => Err(failure),
        };
        match outcome {
            Ok(receipt) => Ok(Ok(receipt.done)),
            Err(failure) => refusal_of(failure, &self.member.caller).map(Err),
        }
    }
}
