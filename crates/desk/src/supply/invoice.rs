//! A supplier's invoice for a month.

use jiff::civil::Date;
use oxygen::supply::{NoteLine, note_key};
use place::FacilityId;
use quantity::{Grams, Id, Moment};
use serde::{Deserialize, Serialize};

use super::{Supplier, Who};
use crate::record::{Record, RecordId};

/// Whether both sides agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Nobody has said.
    Open,
    /// Both agree.
    Agreed,
    /// They do not.
    Disputed,
}

impl Settlement {
    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Disputed => "disputed",
        }
    }
}

/// An invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number, as written on it.
    pub number: String,
    /// Who sent it.
    pub supplier: RecordId<Supplier>,
    /// To whom.
    pub facility: FacilityId,
    /// First day of the month it is for.
    pub month: Date,
    /// How much it says.
    pub grams: Grams,
    /// How much it costs, in đồng.
    pub dong: i64,
    /// Its deliveries, where it lists them.
    pub lines: Vec<NoteLine>,
    /// Whether both sides agree.
    pub settlement: Settlement,
    /// What was said about it.
    pub remark: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
    /// Who said last whether both agree.
    #[serde(default)]
    pub settled_by: Option<Who>,
}

impl Record for Invoice {
    const KIND: &'static str = "oxygen_invoice";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(format!("{} {} {}", self.supplier, self.month.year(), note_key(&self.number)))
    }

    fn is_open(&self) -> bool {
        self.settlement != Settlement::Agreed
    }
}
