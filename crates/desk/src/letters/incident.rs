//! An incident reported to several levels at once, with who has seen it and when (DT11).

use place::BodyId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::{Record, RecordId};
use crate::supply::Who;

/// A level that it goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The committee of the commune or ward; before 1/7/2025 of the district too.
    Commune,
    /// The steering committee of the district or region.
    District,
    /// The steering committee of the city.
    City,
    /// The health department.
    Department,
    /// The steering committee of the province.
    Province,
    /// The ministry.
    Ministry,
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Self; 6] =
        [Self::Commune, Self::District, Self::City, Self::Department, Self::Province, Self::Ministry];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::District => "district",
            Self::City => "city",
            Self::Department => "department",
            Self::Province => "province",
            Self::Ministry => "ministry",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// Whether the command post itself answers for it; the others are told by telephone or letter.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Department | Self::Province)
    }
}

/// One level with its stamps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which level.
    pub level: Level,
    /// When it was sent there.
    pub sent_at: Moment,
    /// When it was seen there, and who said so.
    #[serde(default)]
    pub seen: Option<(Moment, String)>,
}

/// An incident. It belongs to its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Whose.
    pub body: BodyId,
    /// Whose, in words.
    pub body_name: String,
    /// What happened.
    pub words: String,
    /// When it happened.
    pub happened_at: Moment,
    /// When it was reported.
    pub reported_at: Moment,
    /// Who reported it.
    pub by: Who,
    /// The levels it went to.
    pub levels: Vec<Told>,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Incident {
    const KIND: &'static str = "incident_report";

    fn owner(&self) -> Option<Id> {
        Some(self.body.0)
    }

    /// Open until every level has seen it.
    fn is_open(&self) -> bool {
        self.levels.iter().any(|level| level.seen.is_none())
    }
}

/// The key of an incident.
pub type IncidentId = RecordId<Incident>;
