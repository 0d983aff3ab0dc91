//! What a program sends, read before any operation sees it: key, body, parameters, times. What
//! cannot be read is refused with a code and the place where reading stopped.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use desk::{Failure, IdempotencyKey};
use quantity::{Coded, Moment};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::respond::Problem;
use crate::visitor::{Caller, Member};

/// Longest piece of what was sent that a refusal repeats, in characters.
const REPEATED: usize = 120;

/// Why a request is not taken. Each variant has its sentence and next step in `locales/`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// A write without a usable key.
    #[error("WEB-003: no idempotency key")]
    NoKey,
    /// Not RFC 3339 with its offset.
    #[error("WEB-004: {field} is not a moment")]
    NotAMoment { field: &'static str, text: String },
    /// Not JSON.
    #[error("WEB-005: not JSON at {line}:{column}")]
    NotJson { line: usize, column: usize },
    /// JSON of another shape.
    #[error("WEB-006: not the expected shape")]
    Shape { detail: String },
    /// Unknown or unreadable parameters.
    #[error("WEB-007: a parameter cannot be read")]
    Parameter { detail: String },
    /// People waiting without patients.
    #[error("WEB-008: waiting without patients")]
    WaitingAlone,
    /// There is such a path, but not with this method.
    #[error("WEB-009: {method} is not taken here")]
    Method { method: String },
}

impl Coded for NotTaken {
    fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "WEB-003",
            Self::NotAMoment { .. } => "WEB-004",
            Self::NotJson { .. } => "WEB-005",
            Self::Shape { .. } => "WEB-006",
            Self::Parameter { .. } => "WEB-007",
            Self::WaitingAlone => "WEB-008",
            Self::Method { .. } => "WEB-009",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoKey | Self::WaitingAlone => Vec::new(),
            Self::NotAMoment { field, text } => vec![("field", (*field).to_owned()), ("text", shortened(text))],
            Self::NotJson { line, column } => vec![("line", line.to_string()), ("column", column.to_string())],
            Self::Shape { detail } | Self::Parameter { detail } => vec![("detail", shortened(detail))],
            Self::Method { method } => vec![("method", method.clone())],
        }
    }
}

impl NotTaken {
    const fn status(&self) -> StatusCode {
        match self {
            Self::WaitingAlone => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The answer to a caller.
    pub(crate) fn of(self, caller: &Caller) -> Problem {
        let status = self.status();
        Problem::of(Failure::refused(self), caller).with_status(status)
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(REPEATED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A read by somebody who has signed in, with its parameters.
pub(crate) struct Asked<Q> {
    pub member: Member,
    pub query: Q,
}

impl<Q: DeserializeOwned> FromRequestParts<App> for Asked<Q> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let member = Member::from_request_parts(parts, app).await?;
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self { member, query }),
            Err(error) => {
                let source = std::error::Error::source(&error).map(ToString::to_string);
                let detail = source.unwrap_or_else(|| error.to_string());
                Err(NotTaken::Parameter { detail }.of(&member.caller))
            }
        }
    }
}

/// A write by somebody who has signed in, with its key and its body.
pub(crate) struct Sent<T> {
    pub member: Member,
    pub key: IdempotencyKey,
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let member = Member::from_request_parts(&mut parts, app).await?;
        let caller = &member.caller;
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        let key = key.and_then(IdempotencyKey::new).ok_or_else(|| NotTaken::NoKey.of(caller))?;
        let bytes = Bytes::from_request(Request::from_parts(parts, body), app).await.map_err(|refused| {
            if refused.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::too_large(caller)
            } else {
                Problem::unreadable(caller)
            }
        })?;
        let body = serde_json::from_slice(&bytes).map_err(|error| not_read(&error).of(caller))?;
        Ok(Self { member, key, body })
    }
}

fn not_read(error: &serde_json::Error) -> NotTaken {
    match error.classify() {
        serde_json::error::Category::Data => NotTaken::Shape { detail: error.to_string() },
        _ => NotTaken::NotJson { line: error.line(), column: error.column() },
    }
}

/// The id in a path. A text that is no id names nothing.
pub(crate) fn id_in<T: FromStr>(path: Result<Path<String>, PathRejection>, caller: &Caller) -> Result<T, Problem> {
    path.ok().and_then(|Path(text)| text.parse().ok()).ok_or_else(|| Problem::no_page(caller))
}

/// A moment as RFC 3339 writes it. A plus that nobody escaped arrives as a space, and no moment has
/// a space.
pub(crate) fn moment(field: &'static str, text: &str, caller: &Caller) -> Result<Moment, Problem> {
    read_moment(text).ok_or_else(|| NotTaken::NotAMoment { field, text: text.to_owned() }.of(caller))
}

/// The same where it may be missing.
pub(crate) fn moment_if(
    field: &'static str,
    text: Option<&String>,
    caller: &Caller,
) -> Result<Option<Moment>, Problem> {
    text.map(|text| moment(field, text, caller)).transpose()
}

fn read_moment(text: &str) -> Option<Moment> {
    let (day, time) = text.trim().split_once('T')?;
    let text = format!("{day}T{}", time.replace(' ', "+"));
    text.parse::<jiff::Timestamp>().ok().map(|stamp| Moment::from_micros(stamp.as_microsecond()))
}

/// `2026-11-22T02:14:00+07:00`: what Vietnam's clocks show.
pub(crate) fn written(moment: Moment) -> String {
    format!("{}+07:00", moment.local())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_same_after_writing_it() {
        for text in ["2026-11-22T02:14:00+07:00", "2021-12-31T23:59:59.5+07:00", "2026-11-22T02:14:00.123456+07:00"] {
            assert_eq!(read_moment(text).map(written).as_deref(), Some(text));
        }
        assert_eq!(read_moment("2026-11-21T19:14:00Z"), read_moment("2026-11-22T02:14:00+07:00"));
        assert_eq!(read_moment("2026-11-22T02:14:00 07:00"), read_moment("2026-11-22T02:14:00+07:00"));
    }

    #[test]
    fn a_time_without_its_offset_is_no_moment() {
        for text in ["2026-11-22T02:14:00", "22/11/2026 02:14", "2026-11-22", "", "T", "now"] {
            assert_eq!(read_moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_repeats_little_and_cuts_no_letter() {
        let long = "ồ".repeat(400);
        assert_eq!(shortened(&long).chars().count(), REPEATED + 1);
        assert_eq!(shortened("ngắn"), "ngắn");
    }
}
