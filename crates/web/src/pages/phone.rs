//! /dien-thoai: make this phone trusted; /ma-pin: open it with its PIN.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use desk::background::aside;
use desk::operations::phone::trust_phone::TrustPhone;
use desk::operations::phone::{Refused, Standing, TrustedPhone, check_pin};
use desk::{Actor, Failure, IdempotencyKey, door, password};

use super::around::{door_shell, look};
use super::door::{HOME, come_in, door_token, hold_back, with_cookie};
use super::fields::{Fields, Sent, local_path, see_other};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{PhonePage, PinPage, Refusal};
use crate::visitor::{Caller, DOOR_COOKIE, Member, PHONE_COOKIE, cookie_of, keep_cookie};

/// How long a form of the door may stay open before it is sent.
const DOOR_HOURS: i64 = 12;
/// A phone keeps its secret for a year; shut before, it opens nothing.
const PHONE_HOURS: i64 = 24 * 365;

/// The phone whose secret came with a request, if it is known here.
async fn phone_of(app: &App, caller: &Caller, headers: &HeaderMap) -> Result<Option<TrustedPhone>, Problem> {
    let Some(secret) = cookie_of(headers, PHONE_COOKIE) else { return Ok(None) };
    door::trusted_phone(&app.office, &secret).await.map_err(|failure| Problem::of(failure, caller))
}

/// GET /dien-thoai.
pub(super) async fn page(State(app): State<App>, member: Member, headers: HeaderMap) -> Answer {
    phone_page(&app, &member, &headers, None).await
}

async fn phone_page(app: &App, member: &Member, headers: &HeaderMap, refusal: Option<Refusal>) -> Answer {
    let (around, ()) = look(app, member, |_, _, actor| may_trust(actor)).await?;
    let t = member.caller.say;
    let known = phone_of(app, &member.caller, headers).await?;
    let own = known.filter(|phone| Some(phone.account) == member.visitor.actor.user);
    let trusted = own.filter(|phone| phone.standing() == Standing::Trusted);
    let refused = refusal.is_some();
    let mut response = page_of(&PhonePage {
        t,
        shell: around.shell(app, member, "room-oxygen"),
        trusted_since: trusted.map(|phone| phone.trusted_at.to_string()),
        key: super::fields::server_key(app.office.real_now()),
        refusal,
    });
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Whoever reports for one facility; the desk signs in with its password.
fn may_trust(actor: &Actor) -> Result<(), Failure> {
    let needs = desk::rights::Capability::ReportOxygen;
    if !actor.may(needs) {
        return Err(Failure::Forbidden(needs));
    }
    actor.own_facility().map(drop).ok_or_else(|| Failure::refused(Refused::NoFacility))
}

/// POST /dien-thoai.
pub(super) async fn trust(State(app): State<App>, member: Member, headers: HeaderMap, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let actor = &member.visitor.actor;
    may_trust(actor).map_err(|failure| Problem::of(failure, &member.caller))?;
    let key = fields.key(&member.caller)?;
    match try_to_trust(&app, actor, &fields, &headers, key).await {
        // The secret went out with the answer to the first press: the page says whether it has arrived.
        Ok(None) => {
            let known = phone_of(&app, &member.caller, &headers).await?;
            let own = known.filter(|phone| Some(phone.account) == member.visitor.actor.user);
            if own.is_some_and(|phone| phone.standing() == Standing::Trusted) {
                return Ok(see_other("/dien-thoai"));
            }
            let refusal = refusal_of(Failure::refused(Refused::TrustedBefore), &member.caller)?;
            phone_page(&app, &member, &headers, Some(refusal)).await
        }
        Ok(Some(secret)) => {
            let cookie = keep_cookie(&app, PHONE_COOKIE, secret, PHONE_HOURS);
            Ok(with_cookie(see_other("/dien-thoai"), &cookie))
        }
        Err(failure) => {
            let refusal = Refusal { field: Some("pin".to_owned()), ..refusal_of(failure, &member.caller)? };
            phone_page(&app, &member, &headers, Some(refusal)).await
        }
    }
}

/// The secret that the phone keeps from now on; none when the same form came before.
async fn try_to_trust(
    app: &App,
    actor: &Actor,
    fields: &Fields,
    headers: &HeaderMap,
    key: IdempotencyKey,
) -> Result<Option<String>, Failure> {
    let pin = fields.text("pin").to_owned();
    check_pin(&pin).map_err(Failure::refused)?;
    if pin != fields.text("pin_again") {
        return Err(Failure::refused(Refused::PinsDiffer));
    }
    let pin_hash = aside(move || password::hash(&pin)).await?;
    let (secret, secret_digest) = door::phone_secret(actor.province);
    let instead_of = cookie_of(headers, PHONE_COOKIE).map(|before| door::digest_of(&before));
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let trusting = TrustPhone { key: Some(key), label: label_of(agent), secret_digest, pin_hash, instead_of };
    let receipt = app.office.perform(actor.clone(), trusting).await?;
    Ok((!receipt.replayed).then_some(secret))
}

/// What a desk tells a phone by: system and browser, as far as the browser says them.
fn label_of(agent: &str) -> String {
    let first = |names: &[(&str, &str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map_or_else(String::new, |(_, name)| (*name).to_owned())
    };
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    let browser = first(&[
        ("CocCoc", "Cốc Cốc"),
        ("coc_coc", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    [system, browser].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// GET /ma-pin.
pub(super) async fn pin_page(
    State(app): State<App>,
    Query(asked): Query<Fields>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer {
    if caller.visitor.is_some() {
        return Ok(see_other(local_path(asked.text("next")).unwrap_or(HOME)));
    }
    let phone = phone_of(&app, &caller, &headers).await?;
    let Some(phone) = phone else { return Ok(see_other(&password_path(asked.text("next")))) };
    let refusal = match phone.check_open() {
        Ok(()) => None,
        Err(refused) => Some(refusal_of(Failure::refused(refused), &caller)?),
    };
    Ok(door_page(&app, &caller, &asked, phone.standing() == Standing::Trusted, refusal))
}

fn password_path(next: &str) -> String {
    let next = local_path(next).unwrap_or_default();
    format!("/dang-nhap?mat-khau=1&next={}", crate::respond::form_urlencoded(next))
}

fn door_page(app: &App, caller: &Caller, fields: &Fields, opens: bool, refusal: Option<Refusal>) -> Response {
    let token = door_token(caller);
    let mut shell = door_shell(caller, &token);
    "/ma-pin".clone_into(&mut shell.path);
    let refused = refusal.is_some();
    let mut response = page_of(&PinPage {
        t: caller.say,
        shell,
        opens,
        next: local_path(fields.text("next")).unwrap_or_default().to_owned(),
        password_href: password_path(fields.text("next")),
        refusal,
    });
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    with_cookie(response, &keep_cookie(app, DOOR_COOKIE, token, DOOR_HOURS))
}

/// POST /ma-pin. Tries are counted on the phone's record, and held back by address like those of a password.
pub(super) async fn enter(State(app): State<App>, caller: Caller, headers: HeaderMap, sent: Sent) -> Answer {
    let fields = sent.vouched(&caller)?;
    let secret = cookie_of(&headers, PHONE_COOKIE).unwrap_or_default();
    hold_back(&app, &caller, &format!("phone/{}", door::digest_of(&secret)))?;
    match door::enter_with_pin(&app.office, &secret, fields.text("pin")).await {
        Ok(key) => Ok(come_in(&app, key, local_path(fields.text("next")).unwrap_or(HOME))),
        Err(failure) => {
            let wrong = matches!(failure.reason::<Refused>(), Some(Refused::WrongPin { .. }));
            let refusal = Refusal { field: Some("pin".to_owned()), ..refusal_of(failure, &caller)? };
            Ok(door_page(&app, &caller, &fields, wrong, Some(refusal)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::label_of;

    #[test]
    fn a_phone_is_told_by_what_it_says_of_itself() {
        let android = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
        assert_eq!(label_of(android), "Android · Chrome");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(label_of(iphone), "iPhone · Safari");
        assert_eq!(label_of("curl/8"), "");
    }
}
