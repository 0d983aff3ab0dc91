//! Reject a message: nothing comes of it, and why stays beside it. It is not lost.

use serde::Serialize;

use super::confirm_message::{Refused, waiting};
use super::{InboxMessage, MessageState};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::record::RecordId;
use crate::rights::Capability;

/// The message and the reason.
#[derive(Debug, Clone, Serialize)]
pub struct RejectMessage {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub message: RecordId<InboxMessage>,
    /// Why.
    pub reason: String,
}

impl Operation for RejectMessage {
    type Done = ();
    const NAME: &'static str = "reject_message";
    const NEEDS: Capability = Capability::ReportOnBehalf;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let kept = waiting(desk, self.message)?;
        let reason = words_of(Some(self.reason)).ok_or_else(|| Failure::refused(Refused::NoReason))?;
        desk.about(kept.id.0);
        let settled = InboxMessage { state: MessageState::Rejected, reason: Some(reason), ..kept.content.clone() };
        desk.revise(&kept, &settled)
    }
}
