//! File a report and read reports back.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::operations::file_report::{CLOCK_SKEW, FileReport, Filed};
use desk::views::reports::{happened_at_of_key, reports};
use desk::{Actor, Failure, IdempotencyKey, Receipt};
use place::FacilityId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::document::{ReadRefusals, WriteRefusals};
use super::json;
use super::sent::{Asked, Sent, id_in, moment_if};
use super::told::{KeptAnswer, ReceiptAnswer, ReportBody};
use crate::app::App;
use crate::respond::{Answer, Problem};

/// Reports given back when nobody says how many.
const USUAL: u32 = 100;
/// Reports given back at most.
const MOST: u32 = 20_000;

/// Which reports.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only those that happened at this moment or later, RFC 3339.
    #[param(example = "2026-11-22T00:00:00+07:00")]
    since: Option<String>,
    /// At most so many, newest first: 100 when left out, all (20,000 at most) when `since` is given.
    #[param(minimum = 1, maximum = 20_000)]
    limit: Option<u32>,
}

/// Files what a facility says at once: gauges, cylinders, patients.
///
/// The same request under the same key changes nothing twice and gets the same receipt; a key is
/// kept for 90 days.
#[utoipa::path(post, path = "/facilities/{id}/reports", tag = "reports", operation_id = "file_report",
    params(
        ("id" = String, Path, description = "Facility", format = "uuid"),
        ("Idempotency-Key" = String, Header, description = "Made on the device for this report: 8 to 80 letters, digits or hyphens", min_length = 8, max_length = 80),
    ),
    request_body = ReportBody,
    responses(
        (status = 201, description = "Recorded and durable", body = ReceiptAnswer),
        (status = 200, description = "Had been recorded under this key before", body = ReceiptAnswer),
        WriteRefusals,
    ))]
pub(super) async fn file(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    Sent { member, key, body }: Sent<ReportBody>,
) -> Answer {
    let caller = &member.caller;
    let facility: FacilityId = id_in(path, caller)?;
    let actor = &member.visitor.actor;
    let fail = |failure| Problem::of(failure, caller);
    let by_age = body.device_now.is_some();
    let now = app.office.look(|office, connection| office.now(connection)).await.map_err(fail)?;
    let told = body.told(&member, now, actor.own_facility() != Some(facility))?;
    let report = Again { facility, told, key };
    let receipt = match report.send(&app, actor).await {
        Err(Failure::KeyReused) if by_age => report.send_as_before(&app, actor).await,
        answer => answer,
    };
    let Receipt { done, replayed } = receipt.map_err(fail)?;
    json(status_of(replayed), &ReceiptAnswer::of(done, replayed))
}

/// 201 for what was done, 200 for what had been done.
pub(super) const fn status_of(replayed: bool) -> StatusCode {
    if replayed { StatusCode::OK } else { StatusCode::CREATED }
}

/// A report that may have to be sent a second time.
struct Again {
    facility: FacilityId,
    told: desk::operations::file_report::Told,
    key: IdempotencyKey,
}

impl Again {
    async fn send(&self, app: &App, actor: &Actor) -> Result<Receipt<Filed>, Failure> {
        let operation = FileReport { key: Some(self.key.clone()), facility: self.facility, told: self.told.clone() };
        app.office.perform(actor.clone(), operation).await
    }

    /// Dated by its age, the same report is a little younger or older each time it is sent. When it
    /// is about where it was the first time, it is taken as that one; otherwise the key was reused.
    async fn send_as_before(mut self, app: &App, actor: &Actor) -> Result<Receipt<Filed>, Failure> {
        let first = happened_at_of_key(&app.office, actor, &self.key).await?.ok_or(Failure::KeyReused)?;
        if self.told.happened_at.is_some_and(|again| (again - first).abs() > CLOCK_SKEW) {
            return Err(Failure::KeyReused);
        }
        self.told.happened_at = Some(first);
        self.send(app, actor).await
    }
}

/// The reports of a facility, newest first, those taken back included and marked.
#[utoipa::path(get, path = "/facilities/{id}/reports", tag = "reports", operation_id = "list_reports",
    params(("id" = String, Path, description = "Facility", format = "uuid"), Which),
    responses((status = 200, description = "Reports, newest first", body = Vec<KeptAnswer>), ReadRefusals))]
pub(super) async fn list(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    Asked { member, query }: Asked<Which>,
) -> Answer {
    let caller = &member.caller;
    let facility: FacilityId = id_in(path, caller)?;
    let since = moment_if("since", query.since.as_ref(), caller)?;
    let usual = if since.is_some() { MOST } else { USUAL };
    let limit = i64::from(query.limit.unwrap_or(usual).clamp(1, MOST));
    let actor = member.visitor.actor;
    let found = app
        .office
        .look(move |office, connection| reports(office, connection, &actor, facility, since, limit))
        .await
        .map_err(|failure| Problem::of(failure, caller))?;
    json(StatusCode::OK, &found.into_iter().map(KeptAnswer::from).collect::<Vec<_>>())
}
