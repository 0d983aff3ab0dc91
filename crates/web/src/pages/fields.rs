//! What a form sends: its fields by name, the token that vouches for it, where it may lead back to.

use std::collections::HashMap;
use std::str::FromStr;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use axum::response::{IntoResponse, Redirect, Response};
use desk::IdempotencyKey;
use jiff::civil::{Date, DateTime};
use quantity::Moment;

use crate::app::App;
use crate::respond::Problem;
use crate::visitor::{Caller, same};

/// Begins the key of a form that no script has touched: the script makes its own keys.
const SERVER_KEY: &str = "server-";

/// The fields of a form or of an address, by name; a name sent twice keeps its last value.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(pub HashMap<String, String>);

impl Fields {
    /// A field without blanks around it; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// A field that says something.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// What is ticked of the boxes whose names begin alike, in order: a repeated request must be the same one.
    pub fn ticked<T: FromStr + Ord>(&self, begins: &str) -> Vec<T> {
        let boxes = self.0.iter().filter(|(_, value)| *value == "1");
        let mut ticked: Vec<T> = boxes.filter_map(|(name, _)| name.strip_prefix(begins)?.parse().ok()).collect();
        ticked.sort_unstable();
        ticked
    }

    /// The key made on the device, or by the server for a browser without script.
    pub fn key(&self, caller: &Caller) -> Result<IdempotencyKey, Problem> {
        IdempotencyKey::new(self.text("key")).ok_or_else(|| Problem::unreadable(caller))
    }

    /// Whether a script ran on the page that sent this.
    pub fn is_scripted(&self) -> bool {
        !self.text("key").starts_with(SERVER_KEY)
    }
}

/// A form of a page as it arrives: not yet vouched for.
pub(crate) struct Sent(Result<Fields, FormRejection>);

impl FromRequest<App> for Sent {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(Form::<Fields>::from_request(request, app).await.map(|Form(fields)| fields)))
    }
}

impl Sent {
    /// Its fields as they stand, for a page that vouches for them otherwise.
    pub fn unvouched(self, caller: &Caller) -> Result<Fields, Problem> {
        self.0.map_err(|_| Problem::unreadable(caller))
    }

    /// Its fields, once they carry the token of the caller's own page.
    pub fn vouched(self, caller: &Caller) -> Result<Fields, Problem> {
        let fields = self.0.map_err(|_| Problem::unreadable(caller))?;
        vouch(caller, &fields)?;
        Ok(fields)
    }
}

/// Refuses what was not sent by a page of ours. A form of the door may have been opened before its
/// sender signed in beside it: then the token of the door still vouches for it, at the door alone,
/// because another host of the same site could plant that cookie.
pub(crate) fn vouch(caller: &Caller, fields: &Fields) -> Result<(), Problem> {
    let shown = fields.text("csrf");
    let at_the_door =
        ["/dang-nhap", "/ngon-ngu", "/demo/vao", "/ma-pin"].iter().any(|door| caller.path.starts_with(door));
    let tokens = [caller.csrf(), caller.door_token.as_deref().filter(|_| at_the_door)];
    let known = tokens.into_iter().flatten().any(|token| !token.is_empty() && same(token, shown));
    if known { Ok(()) } else { Err(Problem::forged(caller)) }
}

/// A new key for a browser without script.
pub(crate) fn server_key(now: Moment) -> String {
    format!("{SERVER_KEY}{}", desk::random::id(now))
}

/// A path of this site, nothing else: a link in a message must not lead from our door to a stranger's.
pub(crate) fn local_path(asked: &str) -> Option<&str> {
    let own = asked.starts_with('/') && !asked.starts_with("//");
    let plain = !asked.contains('\\') && !asked.chars().any(char::is_control) && asked.len() <= 1_000;
    (own && plain).then_some(asked)
}

/// Leads to another page with GET, after something was done.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// `2026-11-22T02:14` of a field for date and time, by Vietnam's clocks.
pub(crate) fn local_moment(text: &str) -> Option<Moment> {
    text.parse::<DateTime>().ok().map(Moment::from_local)
}

/// The value of a field for date and time.
pub(crate) fn field_of(at: Moment) -> String {
    let local = at.local();
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", local.year(), local.month(), local.day(), local.hour(), local.minute())
}

/// `2026-11-22`.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/oxy?q=h%E1%BA%A3i"), Some("/oxy?q=h%E1%BA%A3i"));
        for foreign in
            ["//evil.example", "/\\evil.example", "https://evil.example", "oxy", "", "/oxy\r\nSet-Cookie: a=b"]
        {
            assert_eq!(local_path(foreign), None, "{foreign:?}");
        }
    }

    #[test]
    fn a_moment_of_a_field_is_vietnams() {
        let at = local_moment("2026-11-22T02:14").unwrap();
        assert_eq!(at.to_string(), "22/11/2026 02:14");
        assert_eq!(field_of(at), "2026-11-22T02:14");
        assert_eq!(local_moment("hôm qua"), None);
    }
}
