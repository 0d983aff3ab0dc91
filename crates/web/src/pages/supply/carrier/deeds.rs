//! What is told through a link: the same operations as the desk's, with the link as who speaks.
//!
//! | `do` | fields |
//! |---|---|
//! | `accept` | `said_by`; a supplier also `trip ready_at amount` |
//! | `load` | a supplier also `trip`; `boc.{stop}` kilograms |
//! | `start`, `arrived`, `close` | `stop`; `empties remainder` |
//! | `delivered` | `stop` and the fields of a receipt with the two hands or codes |
//! | `failed` | `stop why words` |
//! | `offer` | a supplier: `product day amount said_by` |

use desk::operations::supply::trips::accept_trip::{DriverAccepts, SupplierAccepts};
use desk::operations::supply::trips::close_trip::CloseTrip;
use desk::operations::supply::trips::load_trip::LoadTrip;
use desk::operations::supply::trips::start_trip::StartTrip;
use desk::operations::supply::trips::stop_arrived::StopArrived;
use desk::operations::supply::trips::stop_delivered::StopDelivered;
use desk::operations::supply::trips::stop_failed::StopFailed;
use desk::record::RecordId;
use desk::supply::{LinkTo, Trip};
use desk::{Failure, IdempotencyKey};
use quantity::Moment;

use super::super::count_of;
use super::super::forms::delivery_of;
use super::super::trips::{of_stops, offer_of, stop_of, why_of};
use super::{Carrier, supplier_of};
use crate::app::App;
use crate::pages::fields::{Fields, local_moment};

/// Does what a form says; gives the key of what is said then.
pub(super) async fn perform(
    app: &App,
    carrier: &Carrier,
    fields: &Fields,
    key: IdempotencyKey,
    at: Option<Moment>,
) -> Result<&'static str, Failure> {
    let actor = carrier.entered.actor.clone();
    let office = &app.office;
    let (through, text) = (Some(carrier.id), |name: &str| fields.text(name).to_owned());
    let supplier = supplier_of(carrier);
    if let Some(supplier) = supplier
        && fields.text("do") == "offer"
    {
        let operation = offer_of(fields, key, supplier, through)?;
        return office.perform(actor, operation).await.map(|_| "done-trip-offer");
    }
    let trip: RecordId<Trip> = match carrier.entered.link.content.to {
        LinkTo::Trip(trip) => trip,
        LinkTo::Supplier(_) => fields.text("trip").parse().map_err(|_| Failure::NotFound)?,
    };
    let key = Some(key);
    match (fields.text("do"), supplier) {
        ("accept", Some(_)) => {
            let (said_by, amount) = (text("said_by"), text("amount"));
            let ready_at = local_moment(fields.text("ready_at"));
            let operation = SupplierAccepts { key, through, trip, said_by, ready_at, amount };
            office.perform(actor, operation).await.map(|_| "done-trip-supplier")
        }
        ("accept", None) => {
            let operation = DriverAccepts { key, through, trip, said_by: text("said_by"), at };
            office.perform(actor, operation).await.map(|_| "done-trip-driver")
        }
        ("load", _) => {
            let operation = LoadTrip { key, through, trip, amounts: of_stops(fields, "boc."), at };
            office.perform(actor, operation).await.map(|_| "done-trip-load")
        }
        ("start", None) => office.perform(actor, StartTrip { key, through, trip, at }).await.map(|_| "done-trip-start"),
        ("arrived", None) => {
            let operation = StopArrived { key, through, trip, stop: stop_of(fields)?, at };
            office.perform(actor, operation).await.map(|_| "done-trip-arrived")
        }
        ("delivered", None) => {
            let (stop, delivery) = (stop_of(fields)?, delivery_of(fields));
            let operation = StopDelivered { key, through, trip, stop, delivery, at };
            office.perform(actor, operation).await.map(|_| "done-trip-delivered")
        }
        ("failed", None) => {
            let (stop, why, words) = (stop_of(fields)?, why_of(fields)?, text("words"));
            let operation = StopFailed { key, through, trip, stop, why, words, at };
            office.perform(actor, operation).await.map(|_| "done-trip-failed")
        }
        ("close", None) => {
            let (empties, remainder) = (count_of(fields.text("empties")), text("remainder"));
            let operation = CloseTrip { key, through, trip, empties, remainder, note: String::new(), at };
            office.perform(actor, operation).await.map(|_| "done-trip-closed")
        }
        _ => Err(Failure::NotFound),
    }
}
