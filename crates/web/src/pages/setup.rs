//! /thiet-lap: the first administrator. There is no default password, and no second first one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::background::aside;
use desk::operations::found_command_post::{FirstAdministrator, FoundCommandPost, Refused, login_is_usable};
use desk::{Actor, Failure, door as desk_door, password};
use jiff::civil::Date;
use place::{AreaCode, Level, ProvinceId, text};
use protocol::Readiness;
use quantity::Coded;

use super::around::door_shell;
use super::door::{HOME, come_in, door_token, hold_back, nobody_yet, with_cookie};
use super::fields::{Fields, Sent, see_other, server_key};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{Choice, Refusal, SetupPage};
use crate::visitor::{Caller, DOOR_COOKIE, keep_cookie, same};

/// Why the set-up is refused before it becomes an operation.
#[derive(Debug, thiserror::Error)]
enum NotSetUp {
    #[error("SEC-015: wrong set-up code")]
    WrongCode,
    #[error("SEC-016: the two passwords differ")]
    PasswordsDiffer,
}

impl Coded for NotSetUp {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongCode => "SEC-015",
            Self::PasswordsDiffer => "SEC-016",
        }
    }
}

/// GET /thiet-lap; once somebody has an account there is nothing to set up.
pub(super) async fn page(State(app): State<App>, caller: Caller) -> Answer {
    if !is_open(&app, &caller).await? {
        return Ok(see_other("/"));
    }
    setup_page(&app, &caller, &Fields::default(), None).await
}

async fn is_open(app: &App, caller: &Caller) -> Result<bool, Problem> {
    if app.demo.is_some() {
        return Ok(false);
    }
    nobody_yet(app).await.map_err(|failure| Problem::of(failure, caller))
}

async fn today(app: &App, caller: &Caller) -> Result<Date, Problem> {
    let now = app.office.look(|office, connection| office.now(connection)).await;
    now.map(|now| now.date()).map_err(|failure| Problem::of(failure, caller))
}

async fn setup_page(app: &App, caller: &Caller, typed: &Fields, refusal: Option<Refusal>) -> Answer {
    let token = door_token(caller);
    let page = SetupPage {
        t: caller.say,
        shell: door_shell(caller, &token),
        key: server_key(app.office.real_now()),
        asks_code: app.setup_code.is_some(),
        name: typed.text("name").to_owned(),
        username: typed.text("username").to_owned(),
        provinces: provinces(app, today(app, caller).await?, typed.text("province")),
        refusal,
    };
    let cookie = keep_cookie(app, DOOR_COOKIE, token, 12);
    Ok(with_cookie(page_of(&page), &cookie))
}

/// The provinces of a day, in Vietnamese order.
fn provinces(app: &App, day: Date, chosen: &str) -> Vec<Choice> {
    let areas = app.office.areas();
    let mut provinces: Vec<_> = areas.level_on(Level::Province, day).collect();
    provinces.sort_by_key(|area| text::sort_key(area.short_name()));
    provinces
        .into_iter()
        .map(|area| Choice {
            value: area.code.to_string(),
            text: area.short_name().to_owned(),
            chosen: area.code.to_string() == chosen,
        })
        .collect()
}

/// POST /thiet-lap.
pub(super) async fn found(State(app): State<App>, caller: Caller, sent: Sent) -> Answer {
    let fields = sent.vouched(&caller)?;
    if !is_open(&app, &caller).await? {
        return Err(Problem::of(Failure::refused(Refused::NotTheFirst), &caller));
    }
    hold_back(&app, &caller, "setup")?;
    match try_to_found(&app, &caller, &fields).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let field = field_of(&failure);
            let refusal = Refusal { field, ..refusal_of(failure, &caller)? };
            let mut response = setup_page(&app, &caller, &fields, Some(refusal)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

fn field_of(failure: &Failure) -> Option<String> {
    let field = match failure.code() {
        "SEC-015" => "setup_code",
        "DSK-010" | "DSK-011" => "province",
        "DSK-013" => "username",
        _ => "password",
    };
    Some(field.to_owned())
}

async fn try_to_found(app: &App, caller: &Caller, fields: &Fields) -> Result<Response, Failure> {
    if let Some(code) = &app.setup_code
        && !same(code, fields.text("setup_code"))
    {
        return Err(Failure::refused(NotSetUp::WrongCode));
    }
    let login = fields.text("username").to_lowercase();
    if !login_is_usable(&login) {
        return Err(Failure::refused(Refused::BadLogin));
    }
    // Not trimmed: a password may begin or end with a blank.
    let typed = |name: &str| fields.0.get(name).cloned().unwrap_or_default();
    let chosen = typed("password");
    if chosen != typed("password_again") {
        return Err(Failure::refused(NotSetUp::PasswordsDiffer));
    }
    password::check(&login, &chosen).map_err(Failure::refused)?;
    let day = app.office.look(|office, connection| office.now(connection)).await?.date();
    let code = fields.text("province");
    let area: AreaCode = code.parse().map_err(|_| {
        Failure::refused(Refused::NotAProvince { code: code.to_owned(), day: quantity::time::show_date(day) })
    })?;
    let hashing = chosen.clone();
    let password_hash = aside(move || password::hash(&hashing)).await?;
    let name = fields.some("name").unwrap_or(&login).to_owned();
    let founding = FoundCommandPost {
        area,
        opened_on: day,
        state: Readiness::default(),
        administrator: Some(FirstAdministrator { login: login.clone(), display_name: name, password_hash }),
    };
    app.office.perform(Actor::program(ProvinceId::NATION), founding).await?;
    tracing::info!(address = caller.address, "the command post is open");
    let key = desk_door::sign_in(&app.office, &login, &chosen).await?;
    Ok(come_in(app, key, HOME))
}
