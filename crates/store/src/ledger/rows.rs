//! What each ledger keeps, before it is a row.

use oxygen::{CensusId, CylinderChange, MovementId, ReadingId, ReportId, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Id, Moment, Typed};

use crate::OperationId;

/// Which operation writes, and when: the same for every row it appends.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Command post.
    pub province: ProvinceId,
    /// The operation.
    pub operation: OperationId,
    /// When, by the domain clock: what «recorded at» means on screens.
    pub recorded_at: Moment,
}

/// What a facility said at once: one visit to the form, one message, one row of a file.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Key.
    pub id: ReportId,
    /// Which facility.
    pub facility: FacilityId,
    /// When it was so.
    pub happened_at: Moment,
    /// Stable code of where it came from.
    pub source: &'static str,
    /// Who said it, when somebody else typed it.
    pub told_by: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// Photo of the gauge, by its content.
    pub photo: Option<[u8; 32]>,
}

/// Vessels counted by what is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Full.
    pub full: u32,
    /// Begun.
    pub part: u32,
    /// Empty shells.
    pub empty: u32,
    /// Not to be filled.
    pub damaged: u32,
}

/// What one store of oxygen showed.
#[derive(Debug, Clone)]
pub struct ReadingRow {
    /// Key.
    pub id: ReadingId,
    /// The report it came with.
    pub report: Option<ReportId>,
    /// Which store.
    pub store: StoreId,
    /// When it was so.
    pub happened_at: Moment,
    /// Pure oxygen in it.
    pub grams: Grams,
    /// Pure oxygen made in an hour, by a plant or concentrators.
    pub made_per_hour: Option<Grams>,
    /// As typed.
    pub typed: Option<Typed>,
    /// Vessels, where the store is counted.
    pub counts: Option<Counts>,
    /// Stable code of where it came from.
    pub source: &'static str,
}

/// Oxygen that came into a store or left it otherwise than through the pipes.
#[derive(Debug, Clone)]
pub struct MovementRow {
    /// Key.
    pub id: MovementId,
    /// The report it came with.
    pub report: Option<ReportId>,
    /// Which store.
    pub store: StoreId,
    /// When it was so.
    pub happened_at: Moment,
    /// Stable code of the kind of movement.
    pub kind: &'static str,
    /// Pure oxygen; positive into the store.
    pub grams: Grams,
    /// As typed.
    pub typed: Option<Typed>,
    /// Cylinders moved.
    pub cylinders: Option<CylinderChange>,
    /// The other body.
    pub counterpart: Option<Id>,
    /// Stable code of where it came from.
    pub source: &'static str,
}

/// People on oxygen, by device.
#[derive(Debug, Clone)]
pub struct CensusRow {
    /// Key.
    pub id: CensusId,
    /// The report it came with.
    pub report: Option<ReportId>,
    /// Which facility.
    pub facility: FacilityId,
    /// When it was so.
    pub happened_at: Moment,
    /// On mask, high-flow, non-invasive, invasive ventilation, ECMO.
    pub by_device: [u32; 5],
    /// People who need a bed or oxygen; none means that nobody asked.
    pub waiting: Option<u32>,
    /// Stable code of where it came from.
    pub source: &'static str,
}

/// A row taken back, with its reason.
#[derive(Debug, Clone)]
pub struct ReversalRow {
    /// Key.
    pub id: Id,
    /// The report, reading, movement or census taken back.
    pub target: Id,
    /// What stands in its place.
    pub replacement: Option<Id>,
    /// Why.
    pub reason: String,
}

/// Confirmed cases of a week in an area.
#[derive(Debug, Clone)]
pub struct CaseCountRow {
    /// Key.
    pub id: Id,
    /// Which area.
    pub area_code: String,
    /// Last day of the week.
    pub week_ending: jiff::civil::Date,
    /// How many.
    pub cases: i64,
    /// Stable code of where it came from.
    pub source: &'static str,
}
