//! Who is at the other end of a request: language, look, session.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use cookie::{Cookie, SameSite};
use desk::Failure;
use desk::door::{self, Visitor};
use desk::rights::Capability;
use locale::Locale;

use crate::app::App;
use crate::respond::Problem;
use crate::view::{Say, Theme};

/// The cookie that holds a browser's session.
pub(crate) const SESSION_COOKIE: &str = "phien";
/// The cookie that holds the secret of a trusted phone.
pub(crate) const PHONE_COOKIE: &str = "may";
/// The cookie that protects the forms of somebody who has not signed in.
pub(crate) const DOOR_COOKIE: &str = "cua";

/// What is known of every request.
pub(crate) struct Caller {
    pub say: Say,
    pub theme: Theme,
    pub visitor: Option<Visitor>,
    /// Protects the forms of the door, before there is a session.
    pub door_token: Option<String>,
    /// The session's secret, to end it.
    pub token: Option<String>,
    /// Where the request comes from, for limits.
    pub address: String,
    /// Path and query as asked for.
    pub path: String,
    /// Whether a program asks, which wants JSON and not a page.
    pub wants_json: bool,
    /// Whether it only asks: a page that answers a form has no address of its own.
    pub reads: bool,
}

/// Somebody who has signed in.
pub(crate) struct Member {
    pub caller: Caller,
    pub visitor: Visitor,
}

impl Member {
    /// Who may not is told so, and who may, before what he sent is read.
    pub(crate) fn must(&self, needed: Capability) -> Result<(), Problem> {
        if self.visitor.actor.may(needed) {
            return Ok(());
        }
        Err(Problem::of(Failure::Forbidden(needed), &self.caller))
    }
}

pub(crate) fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| Cookie::split_parse(text.to_owned()))
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// A cookie that only this site gets back.
pub(crate) fn keep_cookie(app: &App, name: &'static str, value: String, hours: i64) -> String {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.secure_cookies)
        .max_age(cookie::time::Duration::hours(hours))
        .build()
        .to_string()
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|token| token.trim().to_owned())
}

/// The address as the caller wrote it: inside a nested router the rest of it has lost its beginning.
fn uri_of(parts: &Parts) -> &Uri {
    parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0)
}

/// Whether a program asks, which wants JSON and not a page.
fn wants_json(parts: &Parts) -> bool {
    is_api(parts) || uri_of(parts).path().starts_with("/nhap/")
}

/// Whether the JSON API is asked, whose language follows the program that asks; the entry app's follows its pages.
fn is_api(parts: &Parts) -> bool {
    uri_of(parts).path().starts_with("/api/")
}

fn address_of(parts: &Parts, behind_proxy: bool) -> String {
    if behind_proxy {
        // The last address was added by the administrator's own proxy; those before it by anybody.
        let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        if let Some(address) = forwarded.and_then(|text| text.rsplit(',').next()) {
            return address.trim().to_owned();
        }
    }
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| info.0.ip().to_string())
}

impl Caller {
    async fn of(parts: &Parts, app: &App) -> Result<Self, Failure> {
        let headers = &parts.headers;
        let locale = cookie_of(headers, "locale").and_then(|tag| Locale::from_tag(&tag)).unwrap_or_else(|| {
            let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            // Many hospitals run English Windows: a page speaks Vietnamese until somebody asks otherwise.
            accepts.filter(|_| is_api(parts)).map_or(Locale::Vietnamese, Locale::from_accept_language)
        });
        let token = bearer(headers).or_else(|| cookie_of(headers, SESSION_COOKIE));
        let visitor = match &token {
            Some(token) => door::recognise(&app.office, token.clone()).await?,
            None => None,
        };
        Ok(Self {
            say: Say(locale),
            theme: Theme::from_cookie(&cookie_of(headers, "theme").unwrap_or_default()),
            visitor,
            door_token: cookie_of(headers, DOOR_COOKIE).filter(|token| token.len() == 64),
            token,
            address: address_of(parts, app.behind_proxy),
            path: uri_of(parts).path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            wants_json: wants_json(parts),
            reads: matches!(parts.method, Method::GET | Method::HEAD),
        })
    }

    /// The token that a form of this caller must carry.
    pub fn csrf(&self) -> Option<&str> {
        self.visitor.as_ref().map(|visitor| visitor.csrf.as_str()).or(self.door_token.as_deref())
    }
}

/// Compares in a time that does not tell how much was right.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(parts, app).await.map_err(|failure| Problem::bare(failure, wants_json(parts)))
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut caller = Caller::from_request_parts(parts, app).await?;
        let Some(visitor) = caller.visitor.take() else {
            let by_token = caller.wants_json && bearer(&parts.headers).is_some();
            return Err(if by_token { Problem::token_refused(&caller) } else { Problem::signed_out(&caller) });
        };
        let writes = !matches!(parts.method, Method::GET | Method::HEAD);
        if writes {
            let whose = format!("{}/{}", visitor.actor.province.number(), visitor.login);
            let limit = if visitor.is_browser { &app.write_limit } else { &app.program_limit };
            if let Err(seconds) = limit.take(&whose, app.office.real_now()) {
                return Err(Problem::too_often(&caller, seconds));
            }
            // A page's form carries its token in a field, which its handler checks. A program that
            // borrows a browser's cookie must show that it can read the page.
            let shown = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
            if caller.wants_json && visitor.is_browser && !same(shown, &visitor.csrf) {
                return Err(Problem::forged(&caller));
            }
        }
        caller.visitor = Some(visitor.clone());
        Ok(Self { caller, visitor })
    }
}
