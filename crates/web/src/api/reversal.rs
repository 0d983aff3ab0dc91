//! Take a report back and put another in its place, with the reason.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use desk::operations::correct_report::CorrectReport;
use desk::views::facility::report;
use desk::{Failure, Receipt};
use oxygen::ReportId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::WriteRefusals;
use super::json;
use super::reports::status_of;
use super::sent::{Sent, id_in};
use super::told::{ReceiptAnswer, ReportBody};
use crate::app::App;
use crate::respond::{Answer, Problem};

/// Why a report is taken back, and what stands in its place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reversal)]
pub(super) struct ReversalBody {
    /// Why, at least three letters. It stays beside the report for good.
    reason: String,
    /// The report in its place; null when it should never have been filed. Without `happened_at` it
    /// is of the same moment as the one taken back.
    instead: Option<ReportBody>,
}

/// A report was taken back.
#[derive(Serialize, ToSchema)]
#[schema(as = ReversalReceipt)]
pub(super) struct ReversalAnswer {
    /// The report that no longer counts.
    #[schema(value_type = String, format = "uuid")]
    reversed: ReportId,
    /// The report in its place.
    instead: Option<ReceiptAnswer>,
    /// The same key came before; nothing was changed this time.
    replayed: bool,
}

/// Takes a report back; every sum follows. Nothing is overwritten: it stays, marked, with its reason.
#[utoipa::path(post, path = "/reports/{id}/reversal", tag = "reports", operation_id = "reverse_report",
    params(
        ("id" = String, Path, description = "Report", format = "uuid"),
        ("Idempotency-Key" = String, Header, description = "Made on the device for this reversal: 8 to 80 letters, digits or hyphens", min_length = 8, max_length = 80),
    ),
    request_body = ReversalBody,
    responses(
        (status = 201, description = "Taken back, durable", body = ReversalAnswer),
        (status = 200, description = "Had been taken back under this key before", body = ReversalAnswer),
        WriteRefusals,
    ))]
pub(super) async fn reverse(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    Sent { member, key, body }: Sent<ReversalBody>,
) -> Answer {
    let caller = &member.caller;
    let id: ReportId = id_in(path, caller)?;
    let fail = |failure: Failure| Problem::of(failure, caller);
    let actor = member.visitor.actor.clone();
    let instead = match body.instead {
        None => None,
        Some(instead) => {
            let asks = actor.clone();
            let (now, facility) = app
                .office
                .look(move |office, connection| {
                    let (_, facility) = report(office, connection, &asks, id)?;
                    Ok((office.now(connection)?, facility.id))
                })
                .await
                .map_err(fail)?;
            Some(instead.told(&member, now, actor.own_facility() != Some(facility))?)
        }
    };
    let operation = CorrectReport { key: Some(key), report: id, reason: body.reason, instead };
    let Receipt { done, replayed } = app.office.perform(actor, operation).await.map_err(fail)?;
    let instead = done.map(|filed| ReceiptAnswer::of(filed, replayed));
    json(status_of(replayed), &ReversalAnswer { reversed: id, instead, replayed })
}
