//! A vessel or machine with its number and its inspections (OX10).

use jiff::civil::Date;
use oxygen::StoreId;
use place::FacilityId;
use quantity::{Id, Moment, Span};
use serde::{Deserialize, Serialize};

use super::Refused;
use super::refused::{believable, has_come, needed, optional};
use crate::failure::Outcome;
use crate::record::Record;

/// What is inspected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VesselKind {
    /// Bồn.
    Tank,
    /// Bình lỏng.
    Dewar,
    /// Lô chai.
    Cylinders,
    /// Giàn hóa hơi.
    Vaporiser,
    /// Hệ thống PSA.
    Plant,
    /// Van an toàn.
    Valve,
}

impl VesselKind {
    /// All.
    pub const ALL: [Self; 6] = [Self::Tank, Self::Dewar, Self::Cylinders, Self::Vaporiser, Self::Plant, Self::Valve];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tank => "tank",
            Self::Dewar => "dewar",
            Self::Cylinders => "cylinders",
            Self::Vaporiser => "vaporiser",
            Self::Plant => "plant",
            Self::Valve => "valve",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A vessel or machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vessel {
    /// Where it stands.
    pub facility: FacilityId,
    /// The store that it belongs to.
    #[serde(default)]
    pub store: Option<StoreId>,
    /// What it is.
    pub kind: VesselKind,
    /// Its maker's number, or that of the lot.
    pub serial: String,
    /// Volume, litres of water.
    #[serde(default)]
    pub volume_litres: Option<f64>,
    /// Working pressure, bar.
    #[serde(default)]
    pub pressure_bar: Option<f64>,
    /// To whom it belongs, when not to the facility.
    #[serde(default)]
    pub owner: Option<String>,
    /// Whether its owner has agreed that others may fill it; `None` is "not asked".
    #[serde(default)]
    pub others_may_fill: Option<bool>,
    /// Last inspection (kiểm định).
    #[serde(default)]
    pub inspected_on: Option<Date>,
    /// Next inspection; `None` is «chưa rõ».
    #[serde(default)]
    pub next_inspection: Option<Date>,
    /// Purity of what a plant makes, per cent, as last measured.
    #[serde(default)]
    pub purity_percent: Option<f64>,
    /// The day of that measurement.
    #[serde(default)]
    pub purity_on: Option<Date>,
    /// What its hour counter shows.
    #[serde(default)]
    pub running_hours: Option<f64>,
    /// Why it is taken out; `None` while it is in use.
    #[serde(default)]
    pub gone: Option<String>,
}

impl Record for Vessel {
    const KIND: &'static str = "vessel";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(code_of(self.kind, &self.serial))
    }

    /// At the end of the day of the next inspection.
    fn due_at(&self) -> Option<Moment> {
        self.next_inspection.map(|day| Moment::start_of(day) + Span::days(1))
    }

    fn is_open(&self) -> bool {
        self.gone.is_none()
    }
}

/// A valve may bear the number of its tank, so the kind belongs to the code.
pub(crate) fn code_of(kind: VesselKind, serial: &str) -> String {
    format!("{}/{}", kind.code(), serial.trim().to_uppercase())
}

impl Vessel {
    /// The same, tidied, when it can be true.
    pub(crate) fn check(self, today: Date) -> Outcome<Self> {
        believable(self.volume_litres, 500_000.0)?;
        believable(self.pressure_bar, 400.0)?;
        believable(self.purity_percent, 100.0)?;
        believable(self.running_hours, 500_000.0)?;
        for day in [self.inspected_on, self.purity_on].into_iter().flatten() {
            has_come(day, today)?;
        }
        if let (Some(last), Some(next)) = (self.inspected_on, self.next_inspection)
            && next <= last
        {
            return Err(Refused::InspectionsReversed { last, next }.failure());
        }
        Ok(Self { serial: needed(&self.serial)?, owner: optional(self.owner), gone: optional(self.gone), ..self })
    }
}
