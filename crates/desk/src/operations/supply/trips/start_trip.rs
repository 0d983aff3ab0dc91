//! A trip sets off (OX15).

use quantity::Moment;
use serde::Serialize;

use super::super::order_loaded::OrderStarted;
use super::{Through, at_trip_step, told_at, trip_of};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Stage, Trip, TripStage};

/// A trip that set off.
#[derive(Debug, Clone, Serialize)]
pub struct StartTrip {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for StartTrip {
    type Done = ();
    const NAME: &'static str = "start_trip";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let stops = trip_of(desk, self.trip, self.through)?.content.stops;
        let at = told_at(desk, self.at)?;
        for stop in stops.iter().filter(|stop| stop.end.is_none()) {
            if desk.record(stop.request)?.content.stage == Stage::Loaded {
                OrderStarted { key: None, request: stop.request }.run(desk)?;
            }
        }
        let before = desk.record(self.trip)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, !trip.stage.is_open_to_change() && trip.stage != TripStage::CalledOff)?;
        // Told late, after what came next: the earlier moment is the true one.
        trip.started_at = Some(trip.started_at.map_or(at, |before| before.min(at)));
        if trip.stage == TripStage::Loaded {
            trip.stage = TripStage::UnderWay;
        }
        if trip != before.content {
            desk.revise(&before, &trip)?;
        }
        desk.about(self.trip.0);
        Ok(())
    }
}
