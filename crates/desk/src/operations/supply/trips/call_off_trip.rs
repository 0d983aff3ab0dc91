//! Call a trip off before it sets off: its orders wait for another one (OX15).

use oxygen::{MovementKind, Source};
use place::BodyId;
use quantity::{Typed, Unit};
use serde::Serialize;

use super::super::super::record_movement::RecordMovement;
use super::super::reason_of;
use super::follow::give_back;
use super::{at_trip_step, trip_of};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Ended, Trip, TripSource, TripStage, Who};

/// A trip that is called off.
#[derive(Debug, Clone, Serialize)]
pub struct CallOffTrip {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// Why.
    pub reason: String,
}

impl Operation for CallOffTrip {
    type Done = ();
    const NAME: &'static str = "call_off_trip";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, None)?;
        let mut trip = before.content.clone();
        let loaded = trip.stage == TripStage::Loaded;
        at_trip_step(&trip, trip.stage.is_open_to_change() || loaded)?;
        let reason = reason_of(&self.reason)?;
        for stop in trip.stops.iter().filter(|stop| stop.end.is_none()) {
            let kept = desk.record(stop.request)?;
            if kept.content.trip == Some(self.trip) && !kept.content.stage.is_over() {
                let mut request = kept.content.clone();
                give_back(&mut request);
                desk.revise(&kept, &request)?;
            }
        }
        let back = trip.on_board();
        if let TripSource::Lender(lender, store) = trip.source
            && loaded
        {
            RecordMovement {
                key: None,
                store,
                kind: MovementKind::TakenOver,
                happened_at: desk.now(),
                typed: Typed::measured(back.as_kg(), Unit::Kilogram),
                cylinders: None,
                counterpart: Some(BodyId::from(lender)),
                source: Source::Form,
            }
            .run(desk)?;
        }
        trip.stage = TripStage::CalledOff;
        trip.ended = Some(Ended { reason, by: Who::of(desk.actor()), at: desk.now() });
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}
