//! POST /chuyen/{id}: the next step of a trip as the desk writes it down, by the name of its form.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::operations::supply::trips::Refused as Reason;
use desk::operations::supply::trips::accept_trip::{DriverAccepts, SupplierAccepts};
use desk::operations::supply::trips::call_off_trip::CallOffTrip;
use desk::operations::supply::trips::change_trip::{MoveStop, ReorderStops};
use desk::operations::supply::trips::close_trip::CloseTrip;
use desk::operations::supply::trips::load_trip::LoadTrip;
use desk::operations::supply::trips::start_trip::StartTrip;
use desk::operations::supply::trips::stop_arrived::StopArrived;
use desk::operations::supply::trips::stop_delivered::StopDelivered;
use desk::operations::supply::trips::stop_failed::StopFailed;
use desk::record::RecordId;
use desk::supply::{LinkTo, Trip, WhyFailed};
use desk::{Actor, Failure, IdempotencyKey};
use quantity::Moment;

use super::super::forms::delivery_of;
use super::super::{Refused, count_of};
use super::board::{given, moment_of};
use super::trip::show;
use crate::app::App;
use crate::pages::fields::{Fields, Sent, local_moment};
use crate::pages::plain::done;
use crate::respond::{Answer, Problem};
use crate::visitor::Member;

/// The steps by the names of their forms, and what is said when one is done.
const STEPS: [(&str, &str); 11] = [
    ("supplier", "done-trip-supplier"),
    ("driver", "done-trip-driver"),
    ("load", "done-trip-load"),
    ("start", "done-trip-start"),
    ("arrived", "done-trip-arrived"),
    ("deliver", "done-trip-delivered"),
    ("fail", "done-trip-failed"),
    ("close", "done-trip-closed"),
    ("reorder", "done-trip-changed"),
    ("move", "done-trip-changed"),
    ("calloff", "done-trip-called-off"),
];

/// POST /chuyen/{id}.
pub(in crate::pages) async fn step(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let trip: RecordId<Trip> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let path = format!("/chuyen/{id}");
    // A form without a name asks for the driver's link: what the desk needs first.
    let asked = fields.some("form").unwrap_or("link");
    if asked == "link" {
        let address = given(&app, &member, &headers, LinkTo::Trip(trip), key).await?;
        return match address {
            None => Ok(done(&path, "done-link-before")),
            Some(address) => show(&app, &member, &id, None, Some(address), "").await,
        };
    }
    let (name, said) =
        STEPS.into_iter().find(|(name, _)| *name == asked).ok_or_else(|| Problem::unreadable(&member.caller))?;
    match perform(&app, member.visitor.actor.clone(), name, trip, &fields, key).await {
        Ok(()) => Ok(done(&path, said)),
        Err(failure) => {
            let refused = Refused::of(name, fields, failure, &member.caller)?;
            show(&app, &member, &id, Some(refused), None, "").await
        }
    }
}

/// The number of a stop.
pub(in super::super) fn stop_of(fields: &Fields) -> Result<u32, Failure> {
    fields.text("stop").parse().map_err(|_| Failure::refused(Reason::Missing { what: "stop" }))
}

/// Why a stop failed.
pub(in super::super) fn why_of(fields: &Fields) -> Result<WhyFailed, Failure> {
    WhyFailed::from_code(fields.text("why")).ok_or_else(|| Failure::refused(Reason::Missing { what: "why" }))
}

/// Numbers of stops with what a form says of each.
pub(in super::super) fn of_stops(fields: &Fields, begins: &str) -> Vec<(u32, String)> {
    let one = |(name, value): (&String, &String)| Some((name.strip_prefix(begins)?.parse().ok()?, value.clone()));
    let mut all: Vec<(u32, String)> = fields.0.iter().filter_map(one).collect();
    all.sort_unstable();
    all
}

async fn perform(
    app: &App,
    actor: Actor,
    name: &str,
    trip: RecordId<Trip>,
    fields: &Fields,
    key: IdempotencyKey,
) -> Result<(), Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let (key, through, at) = (Some(key), None, None);
    let office = &app.office;
    match name {
        "supplier" => {
            let (said_by, ready_at, amount) = (text("said_by"), moment_of(fields, "ready_at"), text("amount"));
            let operation = SupplierAccepts { key, through, trip, said_by, ready_at, amount };
            office.perform(actor, operation).await.map(drop)
        }
        "driver" => {
            let operation = DriverAccepts { key, through, trip, said_by: text("said_by"), at };
            office.perform(actor, operation).await.map(drop)
        }
        "load" => {
            let operation = LoadTrip { key, through, trip, amounts: of_stops(fields, "boc."), at };
            office.perform(actor, operation).await.map(drop)
        }
        "start" => office.perform(actor, StartTrip { key, through, trip, at }).await.map(drop),
        "arrived" => {
            let operation = StopArrived { key, through, trip, stop: stop_of(fields)?, at };
            office.perform(actor, operation).await.map(drop)
        }
        "deliver" => {
            let (stop, delivery) = (stop_of(fields)?, delivery_of(fields));
            office.perform(actor, StopDelivered { key, through, trip, stop, delivery, at }).await.map(drop)
        }
        "fail" => {
            let (stop, why, words) = (stop_of(fields)?, why_of(fields)?, text("words"));
            office.perform(actor, StopFailed { key, through, trip, stop, why, words, at }).await.map(drop)
        }
        "close" => {
            let (empties, remainder) = (count_of(fields.text("empties")), text("remainder"));
            let operation = CloseTrip { key, through, trip, empties, remainder, note: text("note_of_trip"), at };
            office.perform(actor, operation).await.map(drop)
        }
        "reorder" => {
            let missing = || Failure::refused(Reason::Missing { what: "eta" });
            let read = |(number, text): (u32, String)| Ok((number, local_moment(text.trim()).ok_or_else(missing)?));
            let stops = of_stops(fields, "den.").into_iter().map(read).collect::<Result<Vec<_>, Failure>>();
            let mut stops: Vec<(u32, Moment)> = stops?;
            stops.sort_by_key(|(number, at)| (*at, *number));
            office.perform(actor, ReorderStops { key, trip, stops }).await.map(drop)
        }
        "move" => {
            let to = fields.text("to_trip").parse().map_err(|_| Failure::NotFound)?;
            let missing = || Failure::refused(Reason::Missing { what: "eta" });
            let eta = moment_of(fields, "eta").ok_or_else(missing)?;
            let operation = MoveStop { key, from: trip, stop: stop_of(fields)?, to, eta };
            office.perform(actor, operation).await.map(drop)
        }
        _ => office.perform(actor, CallOffTrip { key, trip, reason: text("reason") }).await.map(drop),
    }
}
