//! What somebody does about trips (OX13, OX15): one operation, one file. What they share stands here: who may speak for a
//! trip, that nothing is promised twice ([`room`]), and how a trip follows what happens to its orders (`follow`).
//!
//! The usual way of an order is a trip: made from orders that are approved, or with them in one step by a plan
//! ([`order_trip`]). `order_loaded` stays for the vehicle that comes by itself with one order; where that order belongs to
//! a trip, the trip follows.

pub mod accept_trip;
pub mod call_off_trip;
pub mod change_trip;
pub mod close_trip;
pub(crate) mod follow;
pub mod link;
pub mod load_trip;
pub mod make_trip;
pub mod offer;
pub mod order_trip;
pub mod room;
pub mod start_trip;
pub mod stop_arrived;
pub mod stop_delivered;
pub mod stop_failed;

mod refused;

pub use refused::{Holder, Refused};

use oxygen::{Store, StoreKind};
use quantity::Moment;

use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::{Kept, RecordId};
use crate::rights::Capability;
use crate::supply::{CarrierLink, LinkTo, Product, Stop, Trip, TripStage};

/// Who speaks: somebody of the desk, or whoever came in by a link.
pub type Through = Option<RecordId<CarrierLink>>;

/// The trip that somebody speaks for: the desk for every trip whose stops it sees, a link for its own trip or for those
/// of its supplier. Anything else there is not.
pub(crate) fn trip_of(desk: &mut Desk<'_, '_>, id: RecordId<Trip>, through: Through) -> Outcome<Kept<Trip>> {
    let kept = desk.record(id)?;
    match through {
        None if desk.actor().may(Capability::KeepSupply) => {
            for stop in &kept.content.stops {
                desk.facility(stop.facility)?;
            }
        }
        None => return Err(Failure::NotFound),
        Some(link) => {
            let link = desk.record(link)?.content;
            link::check_open(&link, desk.real_now())?;
            let own = match link.to {
                LinkTo::Trip(trip) => trip == id,
                LinkTo::Supplier(supplier) => kept.content.source.supplier() == Some(supplier),
            };
            if !own {
                return Err(Failure::NotFound);
            }
        }
    }
    Ok(kept)
}

/// Refuses what comes at the wrong step of a trip.
pub(crate) fn at_trip_step(trip: &Trip, fits: bool) -> Outcome<()> {
    if fits { Ok(()) } else { Err(Failure::refused(Refused::WrongStep { number: trip.number, stage: trip.stage })) }
}

/// A stop that has not ended.
pub(crate) fn open_stop(trip: &Trip, number: u32) -> Outcome<Stop> {
    let stop = trip.stop(number).ok_or(Failure::NotFound)?;
    match &stop.end {
        None => Ok(stop.clone()),
        Some(end) => Err(Failure::refused(Refused::StopEnded { stop: number, at: end.at() })),
    }
}

/// A moment told by a device: as written, never ahead of now; now where nobody says.
pub(crate) fn told_at(desk: &Desk<'_, '_>, at: Option<Moment>) -> Outcome<Moment> {
    super::super::file_report::check_time(desk.now(), at)
}

/// That a trip is on the road: a delivery tells that it set off, where nobody pressed the button.
pub(crate) fn set_off(trip: &mut Trip, at: Moment) {
    if trip.stage == TripStage::Loaded {
        trip.stage = TripStage::UnderWay;
        trip.started_at.get_or_insert(at);
    }
}

/// What a store is filled with.
pub(crate) fn product_of(store: &Store) -> Product {
    if store.kind == StoreKind::Cylinders { Product::Cylinders } else { Product::Liquid }
}
