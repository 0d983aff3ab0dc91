//! What reaches the command post: reports of facilities and deliveries of suppliers.

use oxygen::{Census, CylinderChange, MovementId, ReportId, Shown, StoreId};
use place::{BodyId, FacilityId, PersonId};
use quantity::{Grams, Moment, Typed};

/// How a figure went wrong on its way from the gauge to the form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Slip {
    /// Last time's figure was sent again.
    Copied,
    /// One mark of a tenth was misread.
    Misread,
}

/// What one store showed.
#[derive(Clone, PartialEq, Debug)]
pub struct SimulatedReading {
    /// The store.
    pub store: StoreId,
    /// As it was typed.
    pub shown: Shown,
    /// Why it is not what the gauge showed; `None` for an honest figure.
    pub slip: Option<Slip>,
}

/// What one person sent in one go.
#[derive(Clone, PartialEq, Debug)]
pub struct SimulatedReport {
    /// Its identifier, also the key that makes it count once.
    pub id: ReportId,
    /// From where.
    pub facility: FacilityId,
    /// When gauges were read and patients counted.
    pub happened_at: Moment,
    /// When it arrived.
    pub recorded_at: Moment,
    /// Every store of the facility.
    pub readings: Vec<SimulatedReading>,
    /// Patients by device.
    pub census: Census,
    /// Who sent it.
    pub by: PersonId,
}

/// Oxygen that a supplier brought.
#[derive(Clone, PartialEq, Debug)]
pub struct SimulatedDelivery {
    /// Its identifier, also the key that makes it count once.
    pub id: MovementId,
    /// To where.
    pub facility: FacilityId,
    /// Into which store.
    pub store: StoreId,
    /// When it was filled in or exchanged.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// How much.
    pub amount: Grams,
    /// As it was typed: kg of liquid, or number of cylinders.
    pub typed: Typed,
    /// Full ones for empty shells.
    pub cylinders: Option<CylinderChange>,
    /// Who brought it.
    pub supplier: BodyId,
    /// Who wrote it down.
    pub by: PersonId,
}

/// One thing that reaches the command post.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A report of a facility.
    Report(SimulatedReport),
    /// A delivery.
    Delivery(SimulatedDelivery),
}

impl Event {
    /// When it arrived: the order of events.
    pub const fn recorded_at(&self) -> Moment {
        match self {
            Self::Report(report) => report.recorded_at,
            Self::Delivery(delivery) => delivery.recorded_at,
        }
    }

    /// When it happened.
    pub const fn happened_at(&self) -> Moment {
        match self {
            Self::Report(report) => report.happened_at,
            Self::Delivery(delivery) => delivery.happened_at,
        }
    }

    /// Of which facility.
    pub const fn facility(&self) -> FacilityId {
        match self {
            Self::Report(report) => report.facility,
            Self::Delivery(delivery) => delivery.facility,
        }
    }

    /// The key that makes it count once.
    pub const fn key(&self) -> quantity::Id {
        match self {
            Self::Report(report) => report.id.0,
            Self::Delivery(delivery) => delivery.id.0,
        }
    }
}
