//! The vehicle stands before the gate of a stop (OX15).

use quantity::Moment;
use serde::Serialize;

use super::{Through, at_trip_step, set_off, told_at, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Trip, TripStage};

/// An arrival.
#[derive(Debug, Clone, Serialize)]
pub struct StopArrived {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Of which trip.
    pub trip: RecordId<Trip>,
    /// Number of the stop.
    pub stop: u32,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for StopArrived {
    type Done = ();
    const NAME: &'static str = "stop_arrived";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, !trip.stage.is_open_to_change() && trip.stage != TripStage::CalledOff)?;
        let at = told_at(desk, self.at)?;
        let stop = trip.stop_mut(self.stop).ok_or(Failure::NotFound)?;
        // Told twice, or after the delivery: the earlier moment is the true one.
        stop.arrived_at = Some(stop.arrived_at.map_or(at, |before| before.min(at)));
        set_off(&mut trip, at);
        if trip != before.content {
            desk.revise(&before, &trip)?;
        }
        desk.about(self.trip.0);
        Ok(())
    }
}
