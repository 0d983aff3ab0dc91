//! The supplier says that he delivers, and when; the driver says that he drives (OX13). Either through his link or told
//! to the desk.

use quantity::{Convention, Grams, Moment, Typed, Unit};
use serde::Serialize;

use super::super::order_accepted::OrderAccepted;
use super::super::{Refused as SupplyRefused, needed};
use super::{Through, at_trip_step, told_at, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Stage, Trip, TripStage, Who, Word};

/// The supplier's word.
#[derive(Debug, Clone, Serialize)]
pub struct SupplierAccepts {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// Who said it.
    pub said_by: String,
    /// From when it can be loaded; none as planned.
    pub ready_at: Option<Moment>,
    /// How much he gives, kilograms as typed; empty for all of it.
    pub amount: String,
}

/// Kilograms as they are typed.
pub(super) fn kilograms(text: &str) -> Outcome<Grams> {
    Typed::read(text, Some(Convention::DecimalComma), Some(Unit::Kilogram))
        .and_then(|typed| typed.grams(None))
        .map_err(|problem| Failure::refused(SupplyRefused::Figure(problem)))
}

impl Operation for SupplierAccepts {
    type Done = ();
    const NAME: &'static str = "supplier_accepts";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, trip.stage.is_open_to_change())?;
        let grams = match self.amount.trim() {
            "" => trip.grams(),
            text => kilograms(text)?,
        };
        if grams <= Grams::ZERO {
            return Err(Failure::refused(SupplyRefused::NotPositive));
        }
        let said_by = needed(&self.said_by, "said_by")?;
        // Ready later, everything arrives later.
        let later = self.ready_at.filter(|ready| *ready > trip.starts_at).map(|ready| ready - trip.starts_at);
        for stop in &trip.stops {
            let stage = desk.record(stop.request)?.content.stage;
            if matches!(stage, Stage::Approved | Stage::Accepted) {
                let promised_for = Some(later.map_or(stop.eta, |later| stop.eta + later));
                let accepted =
                    OrderAccepted { key: None, request: stop.request, said_by: said_by.clone(), promised_for };
                accepted.run(desk)?;
            }
        }
        let (by, at) = (Who::of(desk.actor()), desk.now());
        trip.supplier_word = Some(Word { said_by, by, at, ready_at: self.ready_at, grams: Some(grams) });
        told(&mut trip);
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}

/// The driver's word.
#[derive(Debug, Clone, Serialize)]
pub struct DriverAccepts {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Which trip.
    pub trip: RecordId<Trip>,
    /// Who said it.
    pub said_by: String,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for DriverAccepts {
    type Done = ();
    const NAME: &'static str = "driver_accepts";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        // His queue may bring it after what he did next.
        at_trip_step(&trip, trip.stage != TripStage::CalledOff)?;
        let (by, at) = (Who::of(desk.actor()), told_at(desk, self.at)?);
        let said_by = needed(&self.said_by, "said_by")?;
        trip.driver_word = Some(Word { said_by, by, at, ready_at: None, grams: None });
        told(&mut trip);
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        Ok(())
    }
}

/// Both have said yes.
fn told(trip: &mut Trip) {
    if trip.stage == TripStage::Planned && trip.supplier_word.is_some() && trip.driver_word.is_some() {
        trip.stage = TripStage::Told;
    }
}
