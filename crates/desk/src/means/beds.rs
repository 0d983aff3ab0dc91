//! Beds counted at a facility: open, in use, intensive care with its machines and people (TR01, TR05).

use place::FacilityId;
use place::body::Beds;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::refused::{optional, within};
use crate::failure::{Failure, Outcome};
use crate::record::Record;

/// More of anything than any hospital has.
const MOST: u32 = 20_000;

/// Intensive care: machines and people. What nobody counted is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Intensive {
    /// Ventilators that work.
    #[serde(default)]
    pub ventilators: Option<u32>,
    /// High-flow devices that work.
    #[serde(default)]
    pub hfnc: Option<u32>,
    /// ECMO machines that work.
    #[serde(default)]
    pub ecmo: Option<u32>,
    /// Doctors trained in intensive care.
    #[serde(default)]
    pub doctors: Option<u32>,
    /// Nurses trained in intensive care.
    #[serde(default)]
    pub nurses: Option<u32>,
}

/// One count of a facility's beds; the next is the next version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BedCount {
    /// Whose.
    pub facility: FacilityId,
    /// When they were counted.
    pub counted_at: Moment,
    /// Who said so, when somebody else typed it.
    #[serde(default)]
    pub told_by: Option<String>,
    /// Planned, open, with oxygen, intensive care.
    pub beds: Beds,
    /// In use, of the open ones.
    #[serde(default)]
    pub occupied: Option<u32>,
    /// Intensive-care beds in use.
    #[serde(default)]
    pub occupied_icu: Option<u32>,
    /// Intensive care.
    #[serde(default)]
    pub intensive: Intensive,
}

impl Record for BedCount {
    const KIND: &'static str = "bed_count";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.facility.to_string())
    }
}

impl BedCount {
    /// The same, tidied, when it can be true. More people than open beds is a fact of epidemics.
    pub(crate) fn check(self) -> Outcome<Self> {
        self.beds.check().map_err(Failure::refused)?;
        within(self.occupied_icu, self.occupied)?;
        let Intensive { ventilators, hfnc, ecmo, doctors, nurses } = self.intensive;
        let beds = [self.beds.planned, self.beds.open, self.beds.oxygen, self.beds.icu, self.occupied];
        for count in beds.into_iter().chain([ventilators, hfnc, ecmo, doctors, nurses]) {
            within(count, Some(MOST))?;
        }
        Ok(Self { told_by: optional(self.told_by), ..self })
    }

    /// Whether it says anything.
    pub fn says_nothing(&self) -> bool {
        self.beds == Beds::default() && self.occupied.is_none() && self.intensive == Intensive::default()
    }
}
