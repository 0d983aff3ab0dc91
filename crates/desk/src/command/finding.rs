//! What a drill or a recount found, who mends it by when (PR01, DT12).

use jiff::civil::Date;
use place::FacilityId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// A drill of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// The day.
    pub held_on: Date,
    /// What was played: «bão, phà ngừng chạy hai ngày».
    pub scenario: String,
    /// Who took part.
    pub took_part: String,
}

impl Record for Drill {
    const KIND: &'static str = "drill";
}

/// Something that was found and must be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The drill or recount.
    pub of: Id,
    /// Where, if at one facility.
    pub facility: Option<FacilityId>,
    /// What.
    pub what: String,
    /// How it will be mended.
    pub remedy: String,
    /// By whom.
    pub holder: String,
    /// Until when.
    pub due_on: Date,
    /// When it was.
    pub mended_on: Option<Date>,
    /// What shows it.
    pub evidence: Option<String>,
}

impl Record for Finding {
    const KIND: &'static str = "finding";

    fn owner(&self) -> Option<Id> {
        Some(self.of)
    }

    fn due_at(&self) -> Option<Moment> {
        self.due_on.tomorrow().ok().map(Moment::start_of)
    }

    fn is_open(&self) -> bool {
        self.mended_on.is_none()
    }
}
