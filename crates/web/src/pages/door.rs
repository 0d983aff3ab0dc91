//! The door: where `/` leads, signing in and out, the language of the pages.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use desk::door;
use desk::{Failure, Outcome, random};
use locale::Locale;

use super::around::door_shell;
use super::fields::{Fields, Sent, local_path, see_other};
use crate::app::App;
use crate::respond::{Answer, Problem, form_urlencoded, page_of, refusal_of, role_key};
use crate::view::{DemoBar, DemoRole, Refusal, SignInPage};
use crate::visitor::{Caller, DOOR_COOKIE, Member, PHONE_COOKIE, SESSION_COOKIE, cookie_of, keep_cookie};

/// The first page of somebody who has come in.
pub(super) const HOME: &str = "/oxy";
/// How long a form of the door may stay open before it is sent.
const DOOR_HOURS: i64 = 12;
/// A chosen language is kept for a year.
const LANGUAGE_HOURS: i64 = 24 * 365;

/// GET /: to the set-up where nobody has an account yet, else to the list or the door.
pub(super) async fn first(State(app): State<App>, caller: Caller) -> Answer {
    if app.demo.is_none() && nobody_yet(&app).await.map_err(|failure| Problem::of(failure, &caller))? {
        return Ok(see_other("/thiet-lap"));
    }
    Ok(see_other(caller.visitor.as_ref().map_or("/dang-nhap", |visitor| home_of(&visitor.actor))))
}

/// Where somebody begins: the ministry at the nation, the clerk at his letters, everybody else at the list.
pub(super) fn home_of(actor: &desk::Actor) -> &'static str {
    use desk::rights::Capability as C;
    if actor.province.is_nation() && actor.may(C::SeeNation) {
        "/quoc-gia"
    } else if actor.may(C::HandleLetters) && !actor.may(C::SeeOxygen) {
        "/van-ban"
    } else {
        HOME
    }
}

/// Whether nobody has ever had an account here.
pub(super) async fn nobody_yet(app: &App) -> Outcome<bool> {
    app.office.look(|_, connection| Ok(store::account::is_empty(connection)?)).await
}

/// The token of a form of the door: the caller's own, or a new one for his cookie.
pub(super) fn door_token(caller: &Caller) -> String {
    caller.door_token.clone().unwrap_or_else(random::secret)
}

/// Sends an answer that also keeps a cookie.
pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// GET /dang-nhap.
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<Fields>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer {
    if caller.visitor.is_some() {
        return Ok(see_other(local_path(asked.text("next")).unwrap_or(HOME)));
    }
    // A trusted phone asks for its PIN, unless somebody wants to type his password.
    if cookie_of(&headers, PHONE_COOKIE).is_some() && asked.text("mat-khau").is_empty() {
        let next = form_urlencoded(local_path(asked.text("next")).unwrap_or_default());
        return Ok(see_other(&format!("/ma-pin?next={next}")));
    }
    Ok(door_page(&app, &caller, &asked, None))
}

fn door_page(app: &App, caller: &Caller, fields: &Fields, refusal: Option<Refusal>) -> Response {
    let token = door_token(caller);
    let mut shell = door_shell(caller, &token);
    "/dang-nhap".clone_into(&mut shell.path);
    shell.demo = app.demo.as_ref().map(|demo| DemoBar {
        chapter: caller.say.say(demo.chapter),
        paused: false,
        speed: 1,
        may_move: false,
        back: "/dang-nhap".to_owned(),
    });
    let page = SignInPage {
        t: caller.say,
        shell,
        username: fields.text("username").to_owned(),
        next: local_path(fields.text("next")).unwrap_or_default().to_owned(),
        roles: demo_roles(app, caller),
        refusal,
    };
    with_cookie(page_of(&page), &keep_cookie(app, DOOR_COOKIE, token, DOOR_HOURS))
}

fn demo_roles(app: &App, caller: &Caller) -> Vec<DemoRole> {
    let roles = app.demo.iter().flat_map(|demo| &demo.roles);
    roles
        .map(|(code, ..)| {
            let key = desk::rights::Role::from_code(code).map_or_else(|| format!("role-{code}"), role_key);
            DemoRole {
                role: (*code).to_owned(),
                name: caller.say.say(&key),
                does: caller.say.say(&format!("{key}.does")),
            }
        })
        .collect()
}

/// POST /dang-nhap. Tries are counted by address, by name and address, and widely by name: one address
/// may not try all names, nor many addresses one name for long.
pub(super) async fn sign_in(State(app): State<App>, caller: Caller, sent: Sent) -> Answer {
    let fields = sent.vouched(&caller)?;
    let login = fields.text("username").to_lowercase();
    hold_back(&app, &caller, &format!("name/{}", login.chars().take(80).collect::<String>()))?;
    // A password may begin or end with a blank.
    let password = fields.0.get("password").cloned().unwrap_or_default();
    let opened = if password.len() > desk::password::LONGEST {
        Err(Failure::refused(door::Refused::WrongNameOrPassword))
    } else {
        door::sign_in(&app.office, &login, &password).await
    };
    match opened {
        Ok(key) => Ok(come_in(&app, key, local_path(fields.text("next")).unwrap_or(HOME))),
        Err(failure) => {
            let refusal = Refusal { field: Some("password".to_owned()), ..refusal_of(failure, &caller)? };
            let mut response = door_page(&app, &caller, &fields, Some(refusal));
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// Takes one try from the caller's address and one from what he tries.
pub(super) fn hold_back(app: &App, caller: &Caller, what: &str) -> Result<(), Problem> {
    let now = app.office.real_now();
    let too_often = |seconds| Problem::too_often(caller, seconds);
    for bucket in [format!("address/{}", caller.address), format!("{what} from {}", caller.address)] {
        app.sign_in_limit.take(&bucket, now).map_err(too_often)?;
    }
    // Wide: a stranger elsewhere must not be able to keep the duty officer out.
    app.name_limit.take(what, now).map_err(too_often)
}

/// The browser is recognised from now on.
pub(super) fn come_in(app: &App, key: door::Key, path: &str) -> Response {
    let hours = door::BROWSER_SESSION.as_minutes() / 60;
    with_cookie(see_other(path), &keep_cookie(app, SESSION_COOKIE, key.token, hours))
}

/// POST /dang-xuat.
pub(super) async fn sign_out(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    sent.vouched(&member.caller)?;
    if let Some(token) = member.caller.token.clone() {
        door::sign_out(&app.office, token).await.map_err(|failure| Problem::of(failure, &member.caller))?;
    }
    Ok(with_cookie(see_other("/dang-nhap"), &keep_cookie(&app, SESSION_COOKIE, String::new(), 0)))
}

/// POST /ngon-ngu.
pub(super) async fn speak(State(app): State<App>, caller: Caller, sent: Sent) -> Answer {
    let fields = sent.vouched(&caller)?;
    let locale = Locale::from_tag(fields.text("locale")).ok_or_else(|| Problem::unreadable(&caller))?;
    let back = local_path(fields.text("back")).unwrap_or("/");
    Ok(with_cookie(see_other(back), &keep_cookie(&app, "locale", locale.tag().to_owned(), LANGUAGE_HOURS)))
}
