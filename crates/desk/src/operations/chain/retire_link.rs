//! Say that a part of a facility's chain is no more there, and why.

use serde::Serialize;

use crate::failure::Outcome;
use crate::means::{Link, Refused};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A part that is gone.
#[derive(Debug, Clone, Serialize)]
pub struct RetireLink {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub link: RecordId<Link>,
    /// Why.
    pub reason: String,
}

impl Operation for RetireLink {
    type Done = ();
    const NAME: &'static str = "retire_link";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.link)?;
        let facility = desk.facility(before.content.facility)?;
        if before.content.gone.is_some() {
            return Err(Refused::Closed.failure());
        }
        let reason = super::reason(&self.reason)?;
        desk.revise(&before, &Link { gone: Some(reason), ..before.content.clone() })?;
        desk.about(before.id.0);
        desk.mention("facility", facility.code.as_str());
        desk.registers_changed();
        Ok(())
    }
}
