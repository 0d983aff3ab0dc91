//! Write down who waits for a bed or for oxygen, as somebody said when the desk called (OX07, TR01).

use place::FacilityId;
use quantity::Coded;
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::means::{WaitingCall, waiting_code};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::record::RecordId;
use crate::rights::Capability;

/// What was said.
#[derive(Debug, Clone, Serialize)]
pub struct CountWaiting {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where they wait; none for those who called the desk itself.
    pub facility: Option<FacilityId>,
    /// Waiting for a bed; none when that was not asked.
    pub for_bed: Option<u32>,
    /// Waiting for oxygen; none when that was not asked.
    pub for_oxygen: Option<u32>,
    /// Who said so.
    pub said_by: String,
}

/// Why it is not written down.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Neither figure: then nobody asked.
    #[error("INB-050: neither figure")]
    NothingAsked,
    /// Nobody said so.
    #[error("INB-051: who said so?")]
    NoSpeaker,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingAsked => "INB-050",
            Self::NoSpeaker => "INB-051",
        }
    }
}

impl Operation for CountWaiting {
    type Done = RecordId<WaitingCall>;
    const NAME: &'static str = "count_waiting";
    const NEEDS: Capability = Capability::ReportOnBehalf;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<WaitingCall>> {
        match self.facility {
            Some(facility) => desk.facility(facility).map(drop)?,
            None => desk.whole_province()?,
        }
        if self.for_bed.is_none() && self.for_oxygen.is_none() {
            return Err(Failure::refused(Refused::NothingAsked));
        }
        let said_by = words_of(Some(self.said_by)).ok_or_else(|| Failure::refused(Refused::NoSpeaker))?;
        let before = desk.record_of_code::<WaitingCall>(&waiting_code(self.facility))?;
        let call = WaitingCall {
            facility: self.facility,
            for_bed: self.for_bed,
            for_oxygen: self.for_oxygen,
            said_by: said_by.chars().take(120).collect(),
            by: desk.actor().display_name.clone(),
            at: desk.now(),
        };
        let id = desk.keep_record(before.as_ref(), &call)?;
        desk.about(id.0);
        Ok(id)
    }
}
