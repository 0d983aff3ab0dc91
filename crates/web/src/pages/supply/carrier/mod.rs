//! /giao/{id}: what a supplier or a driver does through his link, without an account (OX13, OX15).
//!
//! The address carries a secret once; opened with a button, the device gets one of its own in a cookie, and the secret of
//! the address opens nothing more once as many devices have it as it is meant for. A look at the address, as messengers
//! take one for a preview, opens nothing.

mod deeds;
mod driver;
mod supplier;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use cookie::{Cookie, SameSite};
use desk::door::{digest_of, province_of};
use desk::operations::supply::trips::Refused;
use desk::operations::supply::trips::link::OpenLink;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{CarrierLink, LinkTo};
use desk::views::supply::trips::{ByLink, Entered, by_link, entered};
use desk::{Actor, Failure, Scope, random};
use place::ProvinceId;
use quantity::Moment;

use crate::app::App;
use crate::pages::door::{door_token, with_cookie};
use crate::pages::fields::{Fields, Sent, see_other};
use crate::pages::offline::written_at;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{LinkDoorPage, Refusal};
use crate::visitor::{Caller, DOOR_COOKIE, cookie_of, keep_cookie, same};

/// How long the page before the button may stay open.
const DOOR_HOURS: i64 = 12;

/// What the queue of a driver's telephone sends; it answers in JSON.
pub(in crate::pages) fn routes() -> Router<App> {
    Router::new().route("/nhap/giao/{id}", post(queued))
}

/// Whoever came in by a link, with what stands around his page.
pub(super) struct Carrier {
    pub id: RecordId<CarrierLink>,
    pub entered: Entered,
    pub csrf: String,
}

/// What stands around his page.
struct Stands {
    /// Whom to call at the desk.
    desk: Option<(String, String)>,
    /// Whether the figures are invented.
    simulated: bool,
    /// Now, by the domain clock.
    now: Moment,
    /// How fast that clock runs.
    speed: f64,
    /// Key of a form for a browser without script.
    key: String,
}

fn cookie_name(id: RecordId<CarrierLink>) -> String {
    format!("giao-{id}")
}

/// What a form of the page must carry: a page elsewhere cannot know it.
fn csrf_of(device: &str) -> String {
    digest_of(&format!("giao/{device}"))
}

fn unknown() -> Failure {
    Failure::refused(Refused::LinkUnknown)
}

fn slow_down(app: &App, caller: &Caller, what: &str) -> Result<(), Problem> {
    let whose = format!("{what}/{}", caller.address);
    app.link_limit.take(&whose, app.office.real_now()).map_err(|seconds| Problem::too_often(caller, seconds))
}

/// The link of an address, for the device that opened it.
async fn carrier_of(app: &App, id: &str, headers: &HeaderMap) -> Result<Carrier, Failure> {
    let id: RecordId<CarrierLink> = id.parse().map_err(|_| unknown())?;
    let device = cookie_of(headers, &cookie_name(id)).ok_or_else(unknown)?;
    let province = province_of(&device).filter(|_| device.len() < 120).ok_or_else(unknown)?;
    let (digest, csrf) = (digest_of(&device), csrf_of(&device));
    let looking = app.office.look(move |office, connection| entered(office, connection, province, id, &digest));
    Ok(Carrier { id, entered: looking.await?, csrf })
}

/// A page that says why a link does not open, or opens it with a button.
fn door(caller: &Caller, action: String, secret: &str, csrf: &str, refusal: Option<Refusal>) -> Response {
    let status = if refusal.is_some() { StatusCode::GONE } else { StatusCode::OK };
    let (secret, csrf) = (secret.to_owned(), csrf.to_owned());
    let page = LinkDoorPage { t: caller.say, theme: caller.theme, action, secret, csrf, refusal };
    let mut response = page_of(&page);
    *response.status_mut() = status;
    response
}

fn shut(caller: &Caller, failure: Failure) -> Answer {
    Ok(door(caller, String::new(), "", "", Some(refusal_of(failure, caller)?)))
}

/// GET /giao/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer {
    slow_down(&app, &caller, "giao")?;
    match (carrier_of(&app, &id, &headers).await, fields.some("ma")) {
        // The secret leaves the address.
        (Ok(_), Some(_)) => Ok(see_other(&format!("/giao/{id}"))),
        (Ok(carrier), None) => show(&app, &caller, &carrier, None, fields.text("xong"), fields.text("thang")).await,
        (Err(Failure::Refused(_)), Some(secret)) => {
            let token = caller.csrf().map_or_else(|| door_token(&caller), str::to_owned);
            let response = door(&caller, format!("/giao/{id}"), secret, &token, None);
            let known = caller.visitor.is_some();
            let cookie = keep_cookie(&app, DOOR_COOKIE, token, DOOR_HOURS);
            Ok(if known { response } else { with_cookie(response, &cookie) })
        }
        (Err(failure), _) => shut(&caller, failure),
    }
}

/// POST /giao/{id}: opens the link on this device.
pub(in crate::pages) async fn open(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
    sent: Sent,
) -> Answer {
    slow_down(&app, &caller, "mo")?;
    let fields = sent.vouched(&caller)?;
    let secret = fields.text("ma").to_owned();
    match try_to_open(&app, &id, &secret).await {
        Ok((link, device, ends)) => {
            // The cookie goes with the link: a driver of many trips does not carry them all.
            let hours = (ends - app.office.real_now()).as_micros() / 3_600_000_000 + 1;
            let cookie = Cookie::build((cookie_name(link), device))
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(app.secure_cookies)
                .max_age(cookie::time::Duration::hours(hours));
            Ok(with_cookie(see_other(&format!("/giao/{link}")), &cookie.build().to_string()))
        }
        Err(failure) => shut(&caller, failure),
    }
}

async fn try_to_open(app: &App, id: &str, secret: &str) -> Result<(RecordId<CarrierLink>, String, Moment), Failure> {
    let link: RecordId<CarrierLink> = id.parse().map_err(|_| unknown())?;
    let province = province_of(secret).filter(|_| secret.len() < 120).ok_or_else(unknown)?;
    let device = format!("{}.{}", province.number(), random::secret());
    let opening = OpenLink { link, secret_digest: digest_of(secret), device_digest: digest_of(&device) };
    let ends = app.office.perform(nobody(province), opening).await?.done;
    Ok((link, device, ends))
}

/// Whoever has not opened his link yet: he sees nothing.
fn nobody(province: ProvinceId) -> Actor {
    let (roles, scope) = (vec![Role::Carrier], Scope::Bodies(Vec::new()));
    Actor { province, user: None, display_name: String::new(), roles, scope }
}

async fn show(
    app: &App,
    caller: &Caller,
    carrier: &Carrier,
    refusal: Option<Refusal>,
    done: &str,
    month: &str,
) -> Answer {
    let (entered, month) = (carrier.entered.clone(), super::month_of(month));
    let key = crate::pages::fields::server_key(app.office.real_now());
    let found = app.office.look(move |office, connection| {
        let shown = by_link(office, connection, &entered, month)?;
        let registry = office.registry(connection, entered.actor.province)?;
        let (now, clock) = (office.now(connection)?, office.clock(connection)?);
        let stands = Stands {
            desk: driver::desk_phone(&registry, now),
            simulated: registry.facilities().iter().any(|one| one.simulated),
            now,
            speed: if clock.paused { 0.0 } else { clock.speed },
            key,
        };
        Ok((shown, stands))
    });
    let (shown, stands) = found.await.map_err(|failure| Problem::of(failure, caller))?;
    let refused = refusal.is_some();
    let mut response = match shown {
        ByLink::Trip(line) => driver::page(caller, carrier, &line, (refusal, done), stands),
        ByLink::Supplier(side) => supplier::page(caller, carrier, &side, (refusal, done), stands),
    };
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The fields of a form of his page, once they carry its token.
fn vouched(caller: &Caller, carrier: &Carrier, sent: Sent) -> Result<Fields, Problem> {
    let fields = sent.unvouched(caller)?;
    if same(fields.text("csrf"), &carrier.csrf) { Ok(fields) } else { Err(Problem::forged(caller)) }
}

/// POST /giao/{id}/viec: a form of his page.
pub(in crate::pages) async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    slow_down(&app, &caller, &id)?;
    let carrier = match carrier_of(&app, &id, &headers).await {
        Ok(carrier) => carrier,
        Err(failure) => {
            sent.vouched(&caller)?;
            return shut(&caller, failure);
        }
    };
    let fields = vouched(&caller, &carrier, sent)?;
    let key = fields.key(&caller)?;
    match deeds::perform(&app, &carrier, &fields, key, None).await {
        Ok(said) => Ok(see_other(&format!("/giao/{id}?xong={said}"))),
        Err(failure) => {
            let refusal = refusal_of(failure, &caller)?;
            show(&app, &caller, &carrier, Some(refusal), "", "").await
        }
    }
}

/// POST /nhap/giao/{id}: the same out of the queue of his telephone, sent later; answers in JSON.
async fn queued(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    slow_down(&app, &caller, &id)?;
    let problem = |failure| Problem::of(failure, &caller);
    let carrier = carrier_of(&app, &id, &headers).await.map_err(problem)?;
    let fields = vouched(&caller, &carrier, sent)?;
    let key = fields.key(&caller)?;
    let now = app.office.look(|office, connection| office.now(connection)).await.map_err(problem)?;
    let at: Moment = written_at(&fields, now).ok_or_else(|| Problem::unreadable(&caller))?;
    let said = deeds::perform(&app, &carrier, &fields, key, Some(at)).await.map_err(problem)?;
    let answer = serde_json::json!({ "said": caller.say.say(said), "time": at.show_time() });
    Ok((StatusCode::OK, Json(answer)).into_response())
}

/// Whether a link is a supplier's.
pub(super) fn supplier_of(carrier: &Carrier) -> Option<RecordId<desk::supply::Supplier>> {
    match carrier.entered.link.content.to {
        LinkTo::Supplier(id) => Some(id),
        LinkTo::Trip(_) => None,
    }
}
