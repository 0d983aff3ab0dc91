//! A trip ends: the vehicle is back, with empty shells and with what was left on it (OX15). What a facility lent and
//! nobody took goes back into its store.

use oxygen::{MovementKind, Source};
use place::BodyId;
use quantity::{Grams, Moment, Typed, Unit};
use serde::Serialize;

use super::super::super::record_movement::RecordMovement;
use super::accept_trip::kilograms;
use super::{Refused, Through, at_trip_step, told_at, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Closing, Trip, TripSource, TripStage, Who};

/// The end of a trip.
#[derive(Debug, Clone, Serialize)]
pub struct CloseTrip {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// Empty shells that came back.
    pub empties: u32,
    /// Oxygen that came back, kilograms as typed; empty for what should be on the vehicle.
    pub remainder: String,
    /// Anything else.
    pub note: String,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for CloseTrip {
    type Done = ();
    const NAME: &'static str = "close_trip";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, matches!(trip.stage, TripStage::Loaded | TripStage::UnderWay))?;
        let open = trip.stops.iter().filter(|stop| stop.end.is_none()).count();
        if open > 0 {
            return Err(Failure::refused(Refused::StopsOpen { open }));
        }
        let on_board = trip.on_board();
        let remainder = match self.remainder.trim() {
            "" => on_board,
            text => kilograms(text)?,
        };
        if remainder < Grams::ZERO || remainder > on_board {
            return Err(Failure::refused(Refused::TooMuchBack { back: remainder, on_board }));
        }
        let at = told_at(desk, self.at)?;
        if let TripSource::Lender(lender, store) = trip.source
            && remainder > Grams::ZERO
        {
            RecordMovement {
                key: None,
                store,
                kind: MovementKind::TakenOver,
                happened_at: at,
                typed: Typed::measured(remainder.as_kg(), Unit::Kilogram),
                cylinders: None,
                counterpart: Some(BodyId::from(lender)),
                source: Source::Form,
            }
            .run(desk)?;
        }
        let note = self.note.trim().chars().take(500).collect();
        trip.closed = Some(Closing { by: Who::of(desk.actor()), at, empties: self.empties, remainder, note });
        trip.stage = TripStage::Closed;
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}
