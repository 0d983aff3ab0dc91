//! Hide a facility that reports by courtesy from whoever only watches, or show it again (design rule 8).

use place::FacilityId;
use serde::Serialize;

use crate::command::courtesy::{Mask, by_courtesy};
use crate::command::{Refused, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// Which, whether, who asked for it.
#[derive(Debug, Clone, Serialize)]
pub struct MaskFacility {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub facility: FacilityId,
    /// Whether it is hidden from now on.
    pub hidden: bool,
    /// Who asked for it, and why.
    pub reason: String,
}

impl Operation for MaskFacility {
    type Done = ();
    const NAME: &'static str = "mask_facility";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let facility = desk.facility(self.facility)?;
        if by_courtesy(&facility.body).is_none() {
            return Err(Failure::refused(Refused::NotByCourtesy));
        }
        let content = Mask { facility: facility.id, hidden: self.hidden, reason: must_say("reason", &self.reason)? };
        desk.about(facility.id.0);
        desk.mention("hidden", self.hidden);
        // Who sees what is remembered with the registers.
        desk.registers_changed();
        let before = desk.record_of_code::<Mask>(&facility.id.to_string())?;
        desk.keep_record(before.as_ref(), &content).map(drop)
    }
}
