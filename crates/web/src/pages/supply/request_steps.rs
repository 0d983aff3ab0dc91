//! POST /cung-ung/yeu-cau/{id}: the next step of a request, by the name of its form.

use axum::extract::{Path, State};
use desk::operations::supply::Refused as Reason;
use desk::operations::supply::decide_request::DecideRequest;
use desk::operations::supply::end_request::EndRequest;
use desk::operations::supply::order_accepted::OrderAccepted;
use desk::operations::supply::order_loaded::{OrderLoaded, OrderStarted};
use desk::operations::supply::receive_oxygen::ReceiveOxygen;
use desk::record::RecordId;
use desk::supply::Request;
use desk::{Actor, Failure, IdempotencyKey};

use super::forms::delivery_of;
use super::request::show;
use super::{Refused, key_of, unit_of};
use crate::app::App;
use crate::pages::fields::{Fields, Sent, local_moment};
use crate::pages::plain::done;
use crate::respond::{Answer, Problem};
use crate::visitor::Member;

/// The steps by the names of their forms, and what is said when one is done.
const STEPS: [(&str, &str); 7] = [
    ("approve", "done-supply-approve"),
    ("refuse", "done-supply-refuse"),
    ("accept", "done-supply-accept"),
    ("load", "done-supply-load"),
    ("start", "done-supply-start"),
    ("receive", "done-supply-received"),
    ("end", "done-supply-end"),
];

/// POST /cung-ung/yeu-cau/{id}.
pub(in crate::pages) async fn step(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let request: RecordId<Request> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    // A form without a name is the receipt: what most people send here.
    let asked = fields.some("form").unwrap_or("receive");
    let (name, said) =
        STEPS.into_iter().find(|(name, _)| *name == asked).ok_or_else(|| Problem::unreadable(&member.caller))?;
    let actor = member.visitor.actor.clone();
    match perform(&app, actor, name, request, &fields, key).await {
        Ok(true) => Ok(done(&format!("/cung-ung/yeu-cau/{id}"), "done-supply-load-voided")),
        Ok(false) => Ok(done(&format!("/cung-ung/yeu-cau/{id}"), said)),
        Err(failure) => {
            let refused = Refused::of(name, fields, failure, &member.caller)?;
            show(&app, &member, &id, Some(refused), "").await
        }
    }
}

/// Does a step; whether a driver was left with a code that signs no longer.
async fn perform(
    app: &App,
    actor: Actor,
    name: &str,
    request: RecordId<Request>,
    fields: &Fields,
    key: IdempotencyKey,
) -> Result<bool, Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let key = Some(key);
    let office = &app.office;
    match name {
        "approve" | "refuse" => {
            let operation = DecideRequest {
                key,
                request,
                approve: name == "approve",
                reason: text("reason"),
                supplier: key_of(fields, "supplier")?,
                contract: key_of(fields, "contract")?,
                legal_basis: text("legal_basis"),
            };
            office.perform(actor, operation).await.map(drop)
        }
        "accept" => {
            let promised_for = local_moment(fields.text("promised_for"));
            let operation = OrderAccepted { key, request, said_by: text("said_by"), promised_for };
            office.perform(actor, operation).await.map(drop)
        }
        "load" => {
            let missing = || Failure::refused(Reason::Missing { what: "eta" });
            let operation = OrderLoaded {
                key,
                request,
                plate: text("plate"),
                driver: text("driver"),
                phone: text("phone"),
                amount: text("amount"),
                unit: unit_of(fields, "unit"),
                eta: local_moment(fields.text("eta")).ok_or_else(missing)?,
                starts: fields.text("starts") == "1",
            };
            return Ok(office.perform(actor, operation).await?.done.is_some());
        }
        "start" => office.perform(actor, OrderStarted { key, request }).await.map(drop),
        "end" => office.perform(actor, EndRequest { key, request, reason: text("reason") }).await.map(drop),
        _ => {
            let operation = ReceiveOxygen { key, request, delivery: delivery_of(fields) };
            office.perform(actor, operation).await.map(drop)
        }
    }?;
    Ok(false)
}
