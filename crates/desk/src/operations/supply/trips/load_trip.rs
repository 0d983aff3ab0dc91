//! Load a trip in one step: each order is loaded as it would be by itself, so that «certain to arrive» stays true
//! (OX13, OX15). What a facility lends leaves its store here.

use oxygen::{MovementKind, Source};
use place::BodyId;
use quantity::{Grams, Moment, Typed, Unit};
use serde::Serialize;

use super::super::super::record_movement::RecordMovement;
use super::super::Refused as SupplyRefused;
use super::super::order_loaded::{Loading, load};
use super::accept_trip::kilograms;
use super::{Through, at_trip_step, room, told_at, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Trip, TripSource, TripStage};

/// A trip that was loaded.
#[derive(Debug, Clone, Serialize)]
pub struct LoadTrip {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// Numbers of stops for which another amount was loaded than planned, kilograms as typed.
    pub amounts: Vec<(u32, String)>,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for LoadTrip {
    type Done = ();
    const NAME: &'static str = "load_trip";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, trip.stage.is_open_to_change())?;
        let at = told_at(desk, self.at)?;
        let vehicle = room::vehicle(desk, &trip.plate)?;
        if let TripSource::Supplier(supplier) = trip.source {
            room::supplier(desk, supplier)?;
        }
        for place in 0..trip.stops.len() {
            let stop = &trip.stops[place];
            let told = self.amounts.iter().find(|(number, _)| *number == stop.number).map(|(_, text)| text.trim());
            let grams = match told {
                None | Some("") => stop.grams,
                Some(text) => kilograms(text)?,
            };
            if grams <= Grams::ZERO {
                return Err(Failure::refused(SupplyRefused::NotPositive));
            }
            let loading = Loading {
                vehicle: vehicle.clone(),
                driver: trip.driver.clone(),
                phone: trip.phone.clone(),
                grams,
                at,
                eta: stop.eta,
                starts: false,
            };
            let kept = desk.record(stop.request)?;
            let mut request = kept.content.clone();
            load(desk, kept.id, &mut request, loading)?;
            desk.revise(&kept, &request)?;
            if let TripSource::Lender(_, store) = trip.source {
                RecordMovement {
                    key: None,
                    store,
                    kind: MovementKind::HandedOver,
                    happened_at: at,
                    typed: Typed::measured(grams.as_kg(), Unit::Kilogram),
                    cylinders: None,
                    counterpart: Some(BodyId::from(stop.facility)),
                    source: Source::Form,
                }
                .run(desk)?;
            }
            trip.stops[place].grams = grams;
        }
        trip.stage = TripStage::Loaded;
        trip.loaded_at = Some(at);
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}
