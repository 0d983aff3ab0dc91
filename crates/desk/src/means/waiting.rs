//! People who wait for a bed or for oxygen, as the desk was told when it called: without a reading of oxygen and without
//! a count of patients (OX07, TR01). What nobody asked is no zero.

use place::FacilityId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// What a call has told. Each call is another version of the record of its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingCall {
    /// Where they wait; none for those who wait at no facility and called the desk itself.
    pub facility: Option<FacilityId>,
    /// Waiting for a bed; none when that was not asked.
    pub for_bed: Option<u32>,
    /// Waiting for oxygen, at home or on the way; none when that was not asked.
    pub for_oxygen: Option<u32>,
    /// Who said so.
    pub said_by: String,
    /// Who wrote it down.
    pub by: String,
    /// When it was so.
    pub at: Moment,
}

impl WaitingCall {
    /// All who wait, as far as somebody asked.
    pub fn people(&self) -> u32 {
        self.for_bed.unwrap_or(0).saturating_add(self.for_oxygen.unwrap_or(0))
    }
}

/// The code of a place's record.
pub(crate) fn code_of(facility: Option<FacilityId>) -> String {
    facility.map_or_else(|| "desk".to_owned(), |facility| facility.to_string())
}

impl Record for WaitingCall {
    const KIND: &'static str = "waiting_call";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(code_of(self.facility))
    }
}
