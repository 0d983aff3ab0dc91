//! Change the order of a trip's stops, or move a stop to another trip, before anything is loaded (OX15).

use quantity::Moment;
use serde::Serialize;

use super::make_trip::{MOST_STOPS, TripPlan, check_fits, check_source, check_times, order_of, put_on};
use super::{Refused, at_trip_step, follow, open_stop, room, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Stop, Trip, TripStage};

/// The stops in another order, each with its arrival.
#[derive(Debug, Clone, Serialize)]
pub struct ReorderStops {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which trip.
    pub trip: RecordId<Trip>,
    /// Numbers of its stops in their new order, with when each should be reached; all of them.
    pub stops: Vec<(u32, Moment)>,
}

impl Operation for ReorderStops {
    type Done = ();
    const NAME: &'static str = "reorder_stops";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, None)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, trip.stage.is_open_to_change())?;
        let mut stops: Vec<Stop> = Vec::with_capacity(self.stops.len());
        for (number, eta) in &self.stops {
            let stop = trip.stop(*number).filter(|stop| stops.iter().all(|other| other.number != stop.number));
            stops.push(Stop { eta: *eta, ..stop.cloned().ok_or(Failure::NotFound)? });
        }
        if stops.len() != trip.stops.len() {
            return Err(Failure::NotFound);
        }
        let etas: Vec<Moment> = stops.iter().map(|stop| stop.eta).collect();
        let ends_at = trip.ends_at.max(etas.last().copied().unwrap_or(trip.ends_at));
        check_times(desk.now(), trip.starts_at, &etas, ends_at)?;
        if ends_at > trip.ends_at {
            let vehicle = room::vehicle(desk, &trip.plate)?;
            room::vehicle_free(desk, &vehicle, (trip.starts_at, ends_at), Some(self.trip), &[])?;
        }
        (trip.stops, trip.ends_at) = (stops, ends_at);
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}

/// A stop goes to another trip, at its end.
#[derive(Debug, Clone, Serialize)]
pub struct MoveStop {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// From which trip.
    pub from: RecordId<Trip>,
    /// Number of the stop there.
    pub stop: u32,
    /// To which trip.
    pub to: RecordId<Trip>,
    /// When it should be reached there.
    pub eta: Moment,
}

impl Operation for MoveStop {
    type Done = ();
    const NAME: &'static str = "move_stop";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let from = trip_of(desk, self.from, None)?.content;
        at_trip_step(&from, from.stage.is_open_to_change())?;
        let moved = open_stop(&from, self.stop)?;
        let target = trip_of(desk, self.to, None)?;
        let mut to = target.content.clone();
        at_trip_step(&to, to.stage.is_open_to_change() && self.to != self.from)?;
        if to.stops.len() >= MOST_STOPS {
            return Err(Failure::refused(Refused::TooManyStops { stops: to.stops.len() + 1, most: MOST_STOPS }));
        }
        // Off the one first: what it held there is free for the other.
        let kept = desk.record(moved.request)?;
        let mut request = kept.content.clone();
        follow::give_back(&mut request);
        desk.revise(&kept, &request)?;
        follow::taken_off(desk, self.from, moved.request, &to.plate)?;
        let plan = TripPlan {
            plate: to.plate.clone(),
            driver: String::new(),
            phone: String::new(),
            source: to.source,
            starts_at: to.starts_at,
            ends_at: None,
        };
        let mut orders = Vec::with_capacity(to.stops.len() + 1);
        for stop in &to.stops {
            let kept = desk.record(stop.request)?;
            let mut waiting = kept.content.clone();
            follow::give_back(&mut waiting);
            desk.revise(&kept, &waiting)?;
            orders.push(order_of(desk, stop.request, to.source)?);
        }
        orders.push(order_of(desk, moved.request, to.source)?);
        let vehicle = room::vehicle(desk, &to.plate)?;
        check_fits(&vehicle, &orders)?;
        check_source(desk, &plan, &orders, Some(self.to))?;
        let etas: Vec<Moment> = to.stops.iter().map(|stop| stop.eta).chain([self.eta]).collect();
        let ends_at = to.ends_at.max(self.eta);
        check_times(desk.now(), to.starts_at, &etas, ends_at)?;
        room::vehicle_free(desk, &vehicle, (to.starts_at, ends_at), Some(self.to), &[])?;
        let number = to.stops.iter().map(|stop| stop.number).max().unwrap_or(0) + 1;
        to.stops.push(Stop { number, eta: self.eta, arrived_at: None, ..moved });
        to.ends_at = ends_at;
        // Whoever said yes said it to another load.
        (to.stage, to.supplier_word) = (TripStage::Planned, None);
        desk.revise(&target, &to)?;
        for order in &orders {
            put_on(desk, order, self.to, to.source)?;
        }
        desk.about(self.to.0);
        Ok(())
    }
}
