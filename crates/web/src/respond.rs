//! Answers: a page, or what went otherwise. One type for every handler's error: [`Problem`].
//!
//! Causes go to the log; the person gets a code, a sentence and the next step.

use askama::Template;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use desk::Failure;
use desk::rights::Role;
use locale::Locale;
use quantity::Coded;

use crate::pages::past;
use crate::view::{Holder, Link, ProblemPage, Refusal, Say, Shell, Theme};
use crate::visitor::Caller;

/// A page, or the problem page.
pub(crate) type Answer = Result<Response, Problem>;

/// What went otherwise, ready to be sent as a page or as JSON.
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    sentence: Box<str>,
    next: Box<str>,
    holders: Box<[Role]>,
    wants_json: bool,
    say: Say,
    shell: Option<Box<Shell>>,
    sign_in: Option<String>,
    retry_after: Option<u64>,
}

/// The name under which a file is offered: of the one that it came with, what every system takes; another where nothing
/// of it is left.
pub(crate) fn file_name(sent: &str, otherwise: &str) -> String {
    let plain: String = sent.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-')).collect();
    if plain.is_empty() { otherwise.to_owned() } else { plain }
}

/// A file to be kept: its kind, the name it is offered under, its bytes.
pub(crate) fn attachment(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::Forbidden(_) => StatusCode::FORBIDDEN,
        Failure::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::KeyReused => StatusCode::CONFLICT,
        Failure::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Problem {
    /// A failure before anything is known of the caller.
    pub(crate) fn bare(failure: Failure, wants_json: bool) -> Self {
        if let Failure::Store(error) = &failure {
            tracing::error!(%error, "a request failed");
        }
        let say = Say(Locale::Vietnamese);
        let sentence = locale::sentence(say.0, &failure);
        Self {
            status: status_of(&failure),
            code: failure.code(),
            sentence: sentence.sentence.into(),
            next: sentence.next.into(),
            holders: failure.who_may().into(),
            wants_json,
            say,
            shell: None,
            sign_in: None,
            retry_after: None,
        }
    }

    /// A failure of somebody's request.
    pub(crate) fn of(failure: Failure, caller: &Caller) -> Self {
        let words = locale::sentence(caller.say.0, &failure);
        let mut problem = Self::bare(failure, caller.wants_json);
        problem.sentence = words.sentence.into();
        problem.next = words.next.into();
        problem.say = caller.say;
        problem.shell = Some(Box::new(bare_shell(caller)));
        problem
    }

    fn from_code(caller: &Caller, status: StatusCode, code: &'static str) -> Self {
        #[derive(Debug, thiserror::Error)]
        #[error("{0}")]
        struct Code(&'static str);
        impl Coded for Code {
            fn code(&self) -> &'static str {
                self.0
            }
        }
        let mut problem = Self::of(Failure::refused(Code(code)), caller);
        problem.status = status;
        problem
    }

    /// The same with another status than its kind of failure usually has.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Nobody is signed in: a page leads to the door, a program is told.
    pub(crate) fn signed_out(caller: &Caller) -> Self {
        let mut problem = Self::from_code(caller, StatusCode::UNAUTHORIZED, "SEC-012");
        problem.sign_in = Some(caller.path.clone());
        problem
    }

    /// A program's token opens nothing: revoked, ended or mistyped.
    pub(crate) fn token_refused(caller: &Caller) -> Self {
        Self::from_code(caller, StatusCode::UNAUTHORIZED, "INB-023")
    }

    /// The form did not come from a page of ours, or the page is older than its session.
    pub(crate) fn forged(caller: &Caller) -> Self {
        Self::from_code(caller, StatusCode::FORBIDDEN, "SEC-013")
    }

    /// Too many tries.
    pub(crate) fn too_often(caller: &Caller, seconds: u64) -> Self {
        let mut problem = Self::from_code(caller, StatusCode::TOO_MANY_REQUESTS, "SEC-014");
        problem.retry_after = Some(seconds);
        problem
    }

    /// The request cannot be read as what it should be.
    pub(crate) fn unreadable(caller: &Caller) -> Self {
        Self::from_code(caller, StatusCode::BAD_REQUEST, "WEB-001")
    }

    /// More bytes than are taken.
    pub(crate) fn too_large(caller: &Caller) -> Self {
        Self::from_code(caller, StatusCode::PAYLOAD_TOO_LARGE, "WEB-002")
    }

    /// There is no such page.
    pub(crate) fn no_page(caller: &Caller) -> Self {
        Self::of(Failure::NotFound, caller)
    }
}

/// The bar of a problem page: no data, so that it can be shown whatever failed.
fn bare_shell(caller: &Caller) -> Shell {
    let then = past::asked_of(caller).filter(|_| caller.reads);
    Shell {
        t: caller.say,
        theme: caller.theme,
        csrf: caller.csrf().unwrap_or_default().to_owned(),
        place: String::new(),
        state: None,
        clock: None,
        duty: None,
        user: None,
        rooms: caller
            .visitor
            .as_ref()
            .map_or_else(Vec::new, |visitor| Shell::rooms("", |capability| visitor.actor.may(capability))),
        pages: Vec::new(),
        alarms: 0,
        demo: None,
        path: caller.path.clone(),
        past: then.map(|then| past::band(then, String::new(), &caller.path)),
        look_back: None,
    }
}

/// The key of a role's name in the locale.
pub(crate) fn role_key(role: Role) -> String {
    format!("role-{}", role.code().replace('_', "-"))
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, code, sentence, next, holders, wants_json, say, shell, sign_in, retry_after } = self;
        let no_such_past = ["PST-001", "PST-002", "PST-003"].contains(&code);
        let holders: Vec<String> = holders.iter().map(|role| say.say(&role_key(*role))).collect();
        let mut response = if wants_json {
            let body = serde_json::json!({ "code": code, "sentence": sentence, "next": next, "who_may": holders });
            (status, Json(body)).into_response()
        } else if let Some(path) = sign_in {
            let next: String = form_urlencoded(&path);
            return Redirect::to(&format!("/dang-nhap?next={next}")).into_response();
        } else {
            let mut shell = shell.map_or_else(
                || Shell {
                    t: say,
                    theme: Theme::default(),
                    csrf: String::new(),
                    place: String::new(),
                    state: None,
                    clock: None,
                    duty: None,
                    user: None,
                    rooms: Vec::new(),
                    pages: Vec::new(),
                    alarms: 0,
                    demo: None,
                    path: "/".into(),
                    past: None,
                    look_back: None,
                },
                |shell| *shell,
            );
            let mut links = vec![Link { text: say.say("room-oxygen"), href: "/oxy".into() }];
            if no_such_past {
                shell.past = None;
                links.insert(0, Link { text: say.say("past-back"), href: past::present_href(&shell.path) });
            }
            let page = ProblemPage {
                t: say,
                shell,
                status: status.as_u16(),
                sentence: sentence.into(),
                next: next.into(),
                code: code.to_owned(),
                holders: holders.into_iter().map(|name| Holder { name, phone: None }).collect(),
                links,
            };
            let mut response = page_of(&page);
            *response.status_mut() = status;
            response
        };
        if no_such_past {
            response.extensions_mut().insert(past::NoSuchPast);
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Escapes a path for a query parameter.
pub(crate) fn form_urlencoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Sends a page. A template that fails to render is a fault of ours, and logged as one.
pub(crate) fn page_of(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page was not rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The polite refusal above a form that keeps what was typed; anything else becomes its page.
pub(crate) fn refusal_of(failure: Failure, caller: &Caller) -> Result<Refusal, Problem> {
    match failure {
        Failure::Refused(reason) => {
            let words = locale::sentence(caller.say.0, reason.as_ref());
            Ok(Refusal {
                sentence: words.sentence,
                next: words.next,
                code: reason.code().to_owned(),
                field: None,
                suggestions: Vec::new(),
            })
        }
        other => Err(Problem::of(other, caller)),
    }
}
