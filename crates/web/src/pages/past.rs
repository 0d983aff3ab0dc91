//! Looking back, for every page at once. An address that carries `biet=2026-11-12T07:00` asks for the page as it was
//! known then: `around::look` lends the view a reading of that moment, and here, on the way out, its links keep
//! the moment, its forms are left out and it stands still. Nothing is written into the past.

mod rewrite;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::Failure;
use desk::past::NotThen;
use quantity::Moment;

use super::fields::{field_of, local_moment};
use crate::app::App;
use crate::respond::{Problem, form_urlencoded};
use crate::view::{LookBack, PastBand, Say};
use crate::visitor::Caller;

/// The field of an address that names the moment.
pub(crate) const FIELD: &str = "biet";

/// A page larger than this is sent as it stands: none is.
const LARGEST_PAGE: usize = 64 << 20;

/// Pages of this moment, of this device or of accounts, of which no past is kept, and pages that are one form.
const NO_HISTORY: &[&str] = &[
    "/thiet-lap",
    "/dang-nhap",
    "/ma-pin",
    "/dien-thoai",
    "/nhap",
    "/tuong",
    "/tuong/bang",
    "/nguoi-dung",
    "/nguoi-dung/ma",
    "/chi-dao/van-ban-di",
];

/// Whether a page keeps no past.
pub(crate) fn has_no_history(path: &str) -> bool {
    NO_HISTORY.contains(&path) || is_form(path) || is_public(path) || is_closed(path) || path.starts_with("/giao/")
}

/// Whether a page stands in the closed register, whose reading is itself written down: its course has its own days.
fn is_closed(path: &str) -> bool {
    path == "/chi-dao/vu-viec" || path.starts_with("/chi-dao/vu-viec/")
}

/// Whether anybody may read a page without an account: what was taken back must not come back with a look into the past.
fn is_public(path: &str) -> bool {
    ["/ban-tin", "/cong-bo"]
        .iter()
        .any(|public| path.strip_prefix(public).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Whether a page is one form: to report, to correct.
fn is_form(path: &str) -> bool {
    (path.starts_with("/co-so/") && path.ends_with("/bao-cao"))
        || path.ends_with("/dinh-chinh")
        || path.ends_with("/sua")
}

fn pairs(uri: &Uri) -> Vec<(String, String)> {
    Query::<Vec<(String, String)>>::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

/// The moment that an address asks for: none for the present, the text where it is no moment.
fn moment_of(uri: &Uri) -> Result<Option<Moment>, String> {
    if uri.query().is_none_or(|query| !query.contains(FIELD)) {
        return Ok(None);
    }
    let asked = pairs(uri).into_iter().rev().find(|(name, _)| name == FIELD).map(|(_, value)| value);
    match asked.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => local_moment(text).map(Some).ok_or_else(|| text.to_owned()),
    }
}

/// The moment that a caller's address asks for; what cannot be read was refused before ([`layer`]).
pub(crate) fn asked_of(caller: &Caller) -> Option<Moment> {
    let uri: Uri = caller.path.parse().ok()?;
    moment_of(&uri).ok().flatten()
}

/// The same page of now: its address without the moment, and without the word of what was just done.
pub(crate) fn present_href(path: &str) -> String {
    let Ok(uri) = path.parse::<Uri>() else { return "/".to_owned() };
    let kept = pairs(&uri).into_iter().filter(|(name, _)| name != FIELD && name != "xong");
    let kept: Vec<String> =
        kept.map(|(name, value)| format!("{}={}", form_urlencoded(&name), form_urlencoded(&value))).collect();
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) }
}

/// The band of a page that shows a moment of the past; `means` may be empty.
pub(crate) fn band(then: Moment, means: String, path: &str) -> PastBand {
    PastBand { time: then.show_time(), date: then.show_date(), means, back_href: present_href(path) }
}

/// What a page of the past leaves out; where the clock of a drill was moved, only what happened later.
pub(crate) fn means(t: Say, moved: bool) -> String {
    t.say(if moved { "past-means-drill" } else { "past-means" })
}

/// The field by which one looks back from a page; none where no past is kept.
pub(crate) fn look_back(path: &str, then: Option<Moment>, now: Moment) -> Option<LookBack> {
    let uri: Uri = path.parse().ok()?;
    if has_no_history(uri.path()) {
        return None;
    }
    let kept = pairs(&uri).into_iter().filter(|(name, _)| name != FIELD && name != "xong" && name != "truoc");
    Some(LookBack {
        action: uri.path().to_owned(),
        kept: kept.collect(),
        value: field_of(then.unwrap_or(now)),
        latest: field_of(now),
    })
}

/// Stands around all pages: refuses what cannot be looked at, and turns answers into answers of the past.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = moment_of(request.uri());
    if asked == Ok(None) {
        return next.run(request).await;
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let refused = match &asked {
        _ if !reads => Some(NotThen::Writing),
        Err(text) => Some(NotThen::Unreadable { text: text.clone() }),
        _ if has_no_history(request.uri().path()) => Some(NotThen::NoHistory),
        Ok(_) => None,
    };
    let Some(refused) = refused else {
        let response = next.run(request).await;
        return match asked {
            Ok(Some(then)) => as_past(response, then).await,
            _ => response,
        };
    };
    let (mut parts, _) = request.into_parts();
    match Caller::from_request_parts(&mut parts, &app).await {
        Ok(caller) => {
            let said = Problem::of(Failure::refused(refused), &caller).into_response();
            match asked {
                Ok(Some(then)) if reads => as_past(said, then).await,
                _ => said,
            }
        }
        Err(problem) => problem.into_response(),
    }
}

/// Marks an answer that says there is no such past: its links lead to the present.
#[derive(Clone, Copy)]
pub(crate) struct NoSuchPast;

/// Turns an answer into one of the past: a page keeps its moment, a file says it in its name.
async fn as_past(response: Response, then: Moment) -> Response {
    let (mut head, body) = response.into_parts();
    let value = form_urlencoded(&field_of(then));
    let text = |name: &HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok());
    let to = text(&header::LOCATION).and_then(|to| rewrite::with_moment(to, &value));
    let named = text(&header::CONTENT_DISPOSITION).and_then(|named| name_of_then(named, then));
    let is_page = text(&header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"));
    for (name, said) in [(header::LOCATION, to), (header::CONTENT_DISPOSITION, named)] {
        if let Some(said) = said.and_then(|said| HeaderValue::from_str(&said).ok()) {
            head.headers.insert(name, said);
        }
    }
    if !is_page || head.extensions.get::<NoSuchPast>().is_some() {
        return Response::from_parts(head, body);
    }
    let Ok(bytes) = to_bytes(body, LARGEST_PAGE).await else {
        tracing::error!("a page of the past was not read");
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = rewrite::page(&String::from_utf8_lossy(&bytes), &value);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(page))
}

/// `attachment; filename="bao-cao.xlsx"` of then: `bao-cao-xem-lai-20261112-0700.xlsx`.
fn name_of_then(disposition: &str, then: Moment) -> Option<String> {
    let (before, rest) = disposition.split_once("filename=\"")?;
    let (name, after) = rest.split_once('"')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let local = then.local();
    let (day, hour) = (local.date(), (local.hour(), local.minute()));
    let said = format!("{:04}{:02}{:02}-{:02}{:02}", day.year(), day.month(), day.day(), hour.0, hour.1);
    Some(format!("{before}filename=\"{stem}-xem-lai-{said}.{ending}\"{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_moment() {
        let moment = |path: &str| moment_of(&path.parse().unwrap());
        assert_eq!(moment("/oxy"), Ok(None));
        assert_eq!(moment("/oxy?q=biet"), Ok(None));
        assert_eq!(moment("/oxy?biet="), Ok(None));
        assert_eq!(moment("/oxy?biet=h%C3%B4m+qua"), Err("hôm qua".to_owned()));
        let seven = local_moment("2026-11-12T07:00");
        assert_eq!(moment("/oxy?q=a&biet=2026-11-12T07%3A00"), Ok(seven));
    }

    #[test]
    fn the_way_back_keeps_what_else_was_asked() {
        assert_eq!(present_href("/oxy?q=h%E1%BA%A3i&biet=2026-11-12T07:00"), "/oxy?q=h%E1%BA%A3i");
        assert_eq!(present_href("/oxy/truc?biet=2026-11-12T07:00&xong=done-shift"), "/oxy/truc");
    }

    #[test]
    fn a_file_of_the_past_says_so_in_its_name() {
        let then = local_moment("2026-11-12T07:00").unwrap();
        let named = name_of_then("attachment; filename=\"oxy.xlsx\"", then);
        assert_eq!(named.as_deref(), Some("attachment; filename=\"oxy-xem-lai-20261112-0700.xlsx\""));
        assert_eq!(name_of_then("inline", then), None);
    }
}
