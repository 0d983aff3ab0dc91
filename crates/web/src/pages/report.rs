//! /co-so/{id}/bao-cao: what a facility says, typed on a phone by its officer or by the desk for it.

use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::operations::file_report::{FileReport, Photo};
use desk::rights::Capability;
use desk::views::facility::{FacilityView, facility};
use desk::views::running_out::Past;
use desk::{Actor, Failure};
use place::FacilityId;

use super::around::{Around, look};
use super::fields::{Fields, see_other, vouch};
use super::oxygen_board::may_report;
use super::report_form::{Filling, size_key};
use super::report_meant::suggest;
use super::report_told::{LOOKED_FIELD, Unread, apply_meant, read_form};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::Refusal;
use crate::visitor::{Caller, Member};

/// Fields of a form at most, and bytes of each: a facility has tens of vessels, not thousands.
const MOST_FIELDS: usize = 400;
const LONGEST_FIELD: usize = 4_000;

/// A facility as its form needs it, for somebody who may enter for it.
pub(super) async fn look_up(app: &App, member: &Member, id: &str) -> Result<(Around, FacilityView), Problem> {
    let id: FacilityId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    look(app, member, move |office, connection, actor| {
        let registry = office.registry(connection, actor.province)?;
        let seen = registry.facility(id).is_some_and(|facility| actor.sees(facility, &registry));
        if !seen && actor.may(Capability::ReportOxygen) {
            return Err(Failure::NotFound);
        }
        may_enter(actor, id)?;
        facility(office, connection, actor, id, Past::default(), None, 5)
    })
    .await
}

/// Names the right that is missing: to report at all, or to report for others.
fn may_enter(actor: &Actor, id: FacilityId) -> Result<(), Failure> {
    if may_report(actor, id) {
        return Ok(());
    }
    let reports = actor.may(Capability::ReportOxygen);
    Err(Failure::Forbidden(if reports { Capability::ReportOnBehalf } else { Capability::ReportOxygen }))
}

/// GET /co-so/{id}/bao-cao.
pub(super) async fn form(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let (around, view) = look_up(&app, &member, &id).await?;
    Ok(form_page(&app, &member, &around, &view, None, None))
}

fn form_page(
    app: &App,
    member: &Member,
    around: &Around,
    view: &FacilityView,
    typed: Option<&Fields>,
    refusal: Option<Refusal>,
) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let filling = Filling {
        t: member.caller.say,
        actor: &member.visitor.actor,
        view,
        typed,
        refusal,
        real_now: app.office.real_now(),
    };
    let mut response = page_of(&filling.form(around.shell(app, member, "room-oxygen")));
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// POST /co-so/{id}/bao-cao.
pub(super) async fn file(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Result<Multipart, MultipartRejection>,
) -> Answer {
    let sent = sent.map_err(|_| Problem::unreadable(&member.caller))?;
    let (mut fields, photo) = read_parts(sent, &member.caller).await?;
    vouch(&member.caller, &fields)?;
    let key = fields.key(&member.caller)?;
    let confirmed = apply_meant(&mut fields);
    let (around, view) = look_up(&app, &member, &id).await?;
    let actor = &member.visitor.actor;
    let had_photo = photo.is_some();
    let filed = match read_form(member.caller.say, actor, &view, &fields, photo, confirmed) {
        Ok(told) => {
            let report = FileReport { key: Some(key), facility: view.facility.id, told };
            app.office.perform(actor.clone(), report).await.map_err(|failure| (None, failure))
        }
        Err(Unread { field, failure }) => Err((Some(field), failure)),
    };
    match filed {
        Ok(receipt) => {
            let again = if receipt.replayed { "?lai=1" } else { "" };
            let beside = receipt.done.conflicts_with.filter(|_| !receipt.replayed);
            let beside = beside.map_or_else(String::new, |other| format!("?trai={other}"));
            Ok(see_other(&format!("/bien-nhan/{}{again}{beside}", receipt.done.report)))
        }
        Err((field, failure)) => {
            let looked = fields.text(LOOKED_FIELD);
            let refusal = refuse(&member, &view, (field, looked), failure, had_photo)?;
            Ok(form_page(&app, &member, &around, &view, Some(&fields), Some(refusal)))
        }
    }
}

fn refuse(
    member: &Member,
    view: &FacilityView,
    (field, looked): (Option<String>, &str),
    failure: Failure,
    had_photo: bool,
) -> Result<Refusal, Problem> {
    let t = member.caller.say;
    let (about, suggestions) = suggest(t, &failure, looked, |store| {
        let counted = view.stores.iter().find(|each| each.store.id == store && each.store.vessels.is_some());
        counted.map_or_else(
            || format!("tank.{store}"),
            |each| format!("full.{}", size_key(&view.facility, view.at, &each.store)),
        )
    });
    let mut refusal = refusal_of(failure, &member.caller)?;
    // A browser does not fill a file in again.
    if had_photo {
        refusal.next = format!("{} {}", refusal.next, t.say("photo-again")).trim().to_owned();
    }
    Ok(Refusal { field: field.or(about), suggestions, ..refusal })
}

/// The fields and the photo of a form sent in parts.
pub(super) async fn read_parts(mut parts: Multipart, caller: &Caller) -> Result<(Fields, Option<Photo>), Problem> {
    let refuse = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(caller),
        _ => Problem::unreadable(caller),
    };
    let mut fields = Fields::default();
    let mut photo = None;
    while let Some(part) = parts.next_field().await.map_err(refuse)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(refuse)?;
        if name == "photo" {
            photo = photo_of(bytes);
            continue;
        }
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| Problem::unreadable(caller))?;
        if text.len() > LONGEST_FIELD || fields.0.len() >= MOST_FIELDS {
            return Err(Problem::unreadable(caller));
        }
        fields.0.insert(name, text);
    }
    Ok((fields, photo))
}

/// A photo by what it is, not by what its sender calls it: it is shown again to others.
fn photo_of(bytes: Bytes) -> Option<Photo> {
    if bytes.is_empty() {
        return None;
    }
    let media_type = match bytes.as_ref() {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "application/octet-stream",
    };
    Some(Photo { media_type: media_type.to_owned(), digest: store::sha256(&bytes), bytes: bytes.to_vec() })
}
