//! Whether a store works: in service, out of order, under repair, since when and why (OX04).
//!
//! What a store that does not work holds cannot be drawn: it is shown, and counts neither as stock nor as flow.

use oxygen::StoreId;
use place::FacilityId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Whether a store works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Working {
    /// Đang dùng.
    #[default]
    InService,
    /// Hỏng, ngừng dùng.
    OutOfOrder,
    /// Đang sửa.
    UnderRepair,
}

impl Working {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::InService, Self::OutOfOrder, Self::UnderRepair];

    /// Stable text for forms and words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InService => "in-service",
            Self::OutOfOrder => "out-of-order",
            Self::UnderRepair => "under-repair",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether oxygen can be drawn from it.
    pub const fn works(self) -> bool {
        matches!(self, Self::InService)
    }
}

/// What became of a store at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Since when.
    pub at: Moment,
    /// What it is since then.
    pub working: Working,
    /// Why.
    pub reason: String,
    /// Who said so, when somebody else typed it.
    #[serde(default)]
    pub told_by: Option<String>,
}

/// The working states of one store, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Where it stands.
    pub facility: FacilityId,
    /// Which.
    pub store: StoreId,
    /// What became of it.
    pub changes: Vec<Change>,
}

impl Record for Condition {
    const KIND: &'static str = "store_condition";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.store.to_string())
    }
}

impl Condition {
    /// The last change at or before a moment.
    pub fn at(&self, moment: Moment) -> Option<&Change> {
        self.changes.iter().rev().find(|change| change.at <= moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_moment_has_its_state() {
        let id = Id::from_bytes([4; 16]);
        let moment = Moment::from_micros;
        let change = |at, working| Change { at: moment(at), working, reason: "van hỏng".into(), told_by: None };
        let condition = Condition {
            facility: FacilityId(id),
            store: StoreId(id),
            changes: vec![change(10, Working::OutOfOrder), change(20, Working::InService)],
        };
        let at = |micros| condition.at(moment(micros)).map(|change| change.working);
        assert_eq!(
            [at(9), at(10), at(19), at(20)],
            [None, Some(Working::OutOfOrder), Some(Working::OutOfOrder), Some(Working::InService)]
        );
        for working in Working::ALL {
            assert_eq!(Working::from_code(working.code()), Some(working));
        }
    }
}
