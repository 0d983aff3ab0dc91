//! Record oxygen that came into a store or left it otherwise than through the pipes (OX07).

use oxygen::{CylinderChange, Movement, MovementId, MovementKind, Settings, Source, Store, StoreId};
use place::BodyId;
use quantity::{Coded, Grams, Moment, Typed, Unit};
use serde::Serialize;
use store::ledger::MovementRow;
use store::projection::States;

use super::file_report::check_time;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A movement as it was told.
#[derive(Debug, Serialize)]
pub struct RecordMovement {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which store.
    pub store: StoreId,
    /// Why stock changed.
    pub kind: MovementKind,
    /// When it was so.
    pub happened_at: Moment,
    /// As typed; its mass is computed.
    pub typed: Typed,
    /// Full ones and shells that came or went, for cylinders.
    pub cylinders: Option<CylinderChange>,
    /// The other body: supplier or facility.
    pub counterpart: Option<BodyId>,
    /// Where it came from.
    pub source: Source,
}

/// Why a movement is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The figure is no amount of oxygen.
    #[error(transparent)]
    Figure(#[from] quantity::ConversionProblem),
    /// The amount cannot be of this store.
    #[error(transparent)]
    Balance(#[from] oxygen::BalanceProblem),
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Figure(problem) => problem.code(),
            Self::Balance(problem) => problem.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Figure(problem) => problem.facts(),
            Self::Balance(problem) => problem.facts(),
        }
    }
}

impl Operation for RecordMovement {
    type Done = MovementId;
    const NAME: &'static str = "record_movement";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MovementId> {
        let id = MovementId(desk.new_id());
        self.record(desk, id)
    }
}

impl RecordMovement {
    /// Records it under a key that is known already: a reversal names what stands in its place.
    pub(crate) fn record(self, desk: &mut Desk<'_, '_>, id: MovementId) -> Outcome<MovementId> {
        let registry = desk.registry();
        let owner = registry.owner(self.store).map(|facility| facility.id).ok_or(Failure::NotFound)?;
        let facility = desk.facility(owner)?;
        let happened_at = check_time(desk.now(), Some(self.happened_at))?;
        let day = happened_at.date();
        let settings = registry.settings(&facility, day)?;
        let store = facility.stores_on(day).find(|store| store.id == self.store).ok_or(Failure::NotFound)?;
        let amount = amount_of(store, &self.typed, &settings)?;
        let movement = Movement {
            id,
            store: self.store,
            kind: self.kind,
            amount,
            cylinders: self.cylinders,
            typed: self.typed,
            happened_at,
        };
        movement.check(store, &settings).map_err(|problem| Failure::refused(Refused::Balance(problem)))?;
        let row = MovementRow {
            id,
            report: None,
            store: movement.store,
            happened_at: movement.happened_at,
            kind: movement.kind.code(),
            grams: movement.effect(),
            typed: Some(movement.typed),
            cylinders: movement.cylinders,
            counterpart: self.counterpart.map(|body| body.0),
            source: self.source.code(),
        };
        desk.append_movement(&row)?;
        let province = desk.actor().province;
        let mut states = States::of_facility(desk.transaction(), province, facility.id)?;
        states.move_(facility.id, &row);
        states.save(desk.transaction(), province)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// The mass of an amount: cylinders by their size, everything else by its unit.
pub(crate) fn amount_of(store: &Store, typed: &Typed, settings: &Settings) -> Outcome<Grams> {
    if let (Unit::Cylinder, Some(vessels)) = (typed.unit, store.vessels) {
        return Ok(Grams::from_f64(vessels.spec.full().as_f64() * typed.value));
    }
    typed.grams(settings.assumed).map_err(|problem| Failure::refused(Refused::Figure(problem)))
}
