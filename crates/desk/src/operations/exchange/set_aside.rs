//! Set a signed PDF aside that is none of ours. It stays, with the reason.

use serde::Serialize;

use crate::exchange::kept::{Found, SignedPdf};
use crate::exchange::refused::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which, and why.
#[derive(Debug, Serialize)]
pub struct SetAside {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub signed: RecordId<SignedPdf>,
    /// Why.
    pub reason: String,
}

impl Operation for SetAside {
    type Done = RecordId<SignedPdf>;
    const NAME: &'static str = "set_signed_aside";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<SignedPdf>> {
        desk.whole_province()?;
        let before = desk.record(self.signed)?;
        desk.about(self.signed.0);
        if before.content.found != Found::Waiting {
            return Err(Failure::refused(Refused::Decided));
        }
        let reason: String = self.reason.trim().chars().take(500).collect();
        if reason.is_empty() {
            return Err(Failure::refused(Refused::NoReason));
        }
        let by = desk.actor().display_name.clone();
        desk.revise(&before, &SignedPdf { found: Found::SetAside { reason, by }, ..before.content.clone() })?;
        Ok(self.signed)
    }
}
