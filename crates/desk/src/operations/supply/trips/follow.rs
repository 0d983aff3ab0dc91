//! How a trip follows what happens to its orders, whichever page it was told on.

use quantity::Moment;

use super::{Refused, set_off};
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::RecordId;
use crate::supply::{Ended, Receipt, Request, Stage, StopEnd, Trip, TripStage, Who, WhyFailed};

/// An order that waits for a vehicle again: nothing of it lies on one.
pub(crate) fn give_back(request: &mut Request) {
    request.load = None;
    request.trip = None;
    request.lender = None;
    request.stage = match (&request.parts[..], &request.accepted) {
        ([_, ..], _) => Stage::PartlyReceived,
        ([], Some(_)) => Stage::Accepted,
        ([], None) => Stage::Approved,
    };
}

/// The stop of an order ends with its receipt.
pub(crate) fn delivered(
    desk: &mut Desk<'_, '_>,
    trip: RecordId<Trip>,
    request: RecordId<Request>,
    end: StopEnd,
) -> Outcome<()> {
    let before = desk.record(trip)?;
    let mut trip = before.content.clone();
    let Some(stop) = trip.stops.iter_mut().find(|stop| stop.request == request && stop.end.is_none()) else {
        return Ok(());
    };
    stop.arrived_at.get_or_insert(end.at());
    let at = end.at();
    stop.end = Some(end);
    set_off(&mut trip, at);
    desk.revise(&before, &trip)
}

/// A receipt was mended: the stop says the right figure.
pub(crate) fn corrected(
    desk: &mut Desk<'_, '_>,
    trip: RecordId<Trip>,
    wrong: RecordId<Receipt>,
    right: (RecordId<Receipt>, &Receipt, bool),
) -> Outcome<()> {
    let before = desk.record(trip)?;
    let mut trip = before.content.clone();
    for stop in &mut trip.stops {
        if let Some(StopEnd::Delivered { receipt, grams, empties, whole, .. }) = &mut stop.end
            && *receipt == wrong
        {
            (*receipt, *grams, *whole) = (right.0, right.1.grams, right.2);
            *empties = right.1.cylinders.map_or(0, |(_, empty)| empty);
        }
    }
    if trip == before.content { Ok(()) } else { desk.revise(&before, &trip) }
}

/// An order ended on its own page: its stop failed where it was loaded, else it is on the trip no more.
pub(crate) fn ended(
    desk: &mut Desk<'_, '_>,
    trip: RecordId<Trip>,
    request: RecordId<Request>,
    (loaded, reason): (bool, &str),
) -> Outcome<()> {
    if !loaded {
        return taken_off(desk, trip, request, reason);
    }
    let before = desk.record(trip)?;
    let mut trip = before.content.clone();
    let (by, at) = (Who::of(desk.actor()), desk.now());
    if let Some(stop) = trip.stops.iter_mut().find(|stop| stop.request == request && stop.end.is_none()) {
        stop.end = Some(StopEnd::Failed { why: WhyFailed::Other, words: reason.to_owned(), by, at });
    }
    if trip == before.content { Ok(()) } else { desk.revise(&before, &trip) }
}

/// An order leaves a trip; one without stops is called off. What was loaded for it stays on the vehicle.
pub(crate) fn taken_off(
    desk: &mut Desk<'_, '_>,
    trip: RecordId<Trip>,
    request: RecordId<Request>,
    reason: &str,
) -> Outcome<()> {
    let before = desk.record(trip)?;
    let mut trip = before.content.clone();
    if !trip.stage.is_open_to_change() {
        let left = trip.stops.iter().filter(|stop| stop.request == request && stop.end.is_none());
        trip.left_over += left.map(|stop| stop.grams).sum();
    }
    trip.stops.retain(|stop| stop.request != request || stop.end.is_some());
    if trip.stops.is_empty() {
        trip.stage = TripStage::CalledOff;
        trip.ended = Some(Ended { reason: reason.to_owned(), by: Who::of(desk.actor()), at: desk.now() });
    }
    if trip == before.content { Ok(()) } else { desk.revise(&before, &trip) }
}

/// An order of a trip was loaded by itself: on the trip's vehicle the trip goes on, on another one the order has left it.
pub(crate) fn loaded(
    desk: &mut Desk<'_, '_>,
    id: RecordId<Request>,
    request: &mut Request,
    starts: bool,
) -> Outcome<()> {
    let (Some(of), Some(load)) = (request.trip, request.load.clone()) else { return Ok(()) };
    let before = desk.record(of)?;
    let key = oxygen::supply::plate_key(&load.plate).unwrap_or_else(|_| load.plate.clone());
    if before.content.plate_key() != key {
        request.trip = None;
        return taken_off(desk, of, id, &load.plate);
    }
    let mut trip = before.content.clone();
    for stop in trip.stops.iter_mut().filter(|stop| stop.request == id && stop.end.is_none()) {
        stop.grams = load.grams;
        stop.eta = load.eta;
    }
    let mut waits = false;
    for stop in trip.stops.iter().filter(|stop| stop.request != id && stop.end.is_none()) {
        waits |= !desk.record(stop.request)?.content.stage.is_loaded();
    }
    if !waits && trip.stage.is_open_to_change() {
        trip.stage = TripStage::Loaded;
        trip.loaded_at = Some(load.at);
    }
    if starts {
        set_off(&mut trip, load.at);
    }
    desk.revise(&before, &trip)
}

/// An order of a trip set off by itself: so did the trip.
pub(crate) fn started(desk: &mut Desk<'_, '_>, trip: RecordId<Trip>, at: Moment) -> Outcome<()> {
    let before = desk.record(trip)?;
    let mut trip = before.content.clone();
    set_off(&mut trip, at);
    if trip == before.content { Ok(()) } else { desk.revise(&before, &trip) }
}

/// That no more is received of a trip than lies on its vehicle, but for what scales differ by: it would be missing at the
/// next stop. Of an order that came by itself the whole vehicle is its own, and what came is kept as it was.
pub(crate) fn check_carried(
    desk: &mut Desk<'_, '_>,
    request: &Request,
    received: quantity::Grams,
    tolerance: f64,
) -> Outcome<()> {
    let Some(trip) = request.trip.map(|id| desk.record(id)).transpose()? else { return Ok(()) };
    let (loaded, carried) = (trip.content.grams(), trip.content.grams() - trip.content.delivered());
    if received > carried + loaded.share(tolerance) {
        return Err(Failure::refused(Refused::MoreThanLoaded { received, carried }));
    }
    Ok(())
}
