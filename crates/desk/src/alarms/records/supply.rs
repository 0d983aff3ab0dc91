//! How oxygen comes to a facility, and when it does not.

use oxygen::alarm::{DayHours, Terms};
use place::{AreaCode, FacilityId};
use quantity::{Id, Moment, Span};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// How oxygen comes to a facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefillTerms {
    /// Which facility.
    pub facility: FacilityId,
    /// Who brings it.
    pub supplier: String,
    /// Minutes from the loading to the arrival.
    pub lead_minutes: i64,
    /// When the refill station loads; none is day and night.
    pub station: Option<DayHours>,
    /// When trucks may not drive in.
    #[serde(default)]
    pub bans: Vec<DayHours>,
    /// When a ferry that takes dangerous goods sails; none where no ferry is needed.
    #[serde(default)]
    pub ferry: Option<DayHours>,
}

impl RefillTerms {
    /// As the rules take them.
    pub fn terms(&self) -> Terms {
        let (station, ferry) = (self.station, self.ferry);
        Terms { lead: Span::minutes(self.lead_minutes), station, bans: self.bans.clone(), ferry }
    }
}

impl Record for RefillTerms {
    const KIND: &'static str = "refill_terms";
    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }
}

/// Why nothing is loaded or nothing comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureWhy {
    /// Tết and other holidays: stations do not load.
    Holiday,
    /// The refill station stands still.
    Station,
    /// A storm or flood: nothing drives or sails.
    Storm,
    /// A road is cut.
    Road,
    /// The ferry does not sail, or takes no dangerous goods.
    Ferry,
}

impl ClosureWhy {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Holiday, Self::Station, Self::Storm, Self::Road, Self::Ferry];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Station => "station",
            Self::Storm => "storm",
            Self::Road => "road",
            Self::Ferry => "ferry",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    /// Whether it stops the loading; otherwise it stops the arrival.
    pub const fn stops_loading(self) -> bool {
        matches!(self, Self::Holiday | Self::Station)
    }
}

/// A time during which no refill is loaded, or none comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// One facility only.
    pub facility: Option<FacilityId>,
    /// One area only; neither means the whole province.
    pub area: Option<AreaCode>,
    /// From.
    pub from: Moment,
    /// To.
    pub to: Moment,
    /// Why.
    pub why: ClosureWhy,
    /// In words: the storm's name, the road.
    pub note: String,
    /// Taken back, or long over.
    #[serde(default)]
    pub closed: bool,
}

impl Record for Closure {
    const KIND: &'static str = "closure";
    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }
    fn due_at(&self) -> Option<Moment> {
        Some(self.from)
    }
    fn is_open(&self) -> bool {
        !self.closed
    }
}
