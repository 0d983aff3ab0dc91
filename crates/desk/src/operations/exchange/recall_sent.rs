//! Take a paper back that went out to be signed: another text will go, or it is signed elsewhere.

use serde::Serialize;

use crate::exchange::kept::{Ended, SentOut};
use crate::exchange::refused::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which, and why.
#[derive(Debug, Serialize)]
pub struct RecallSent {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub sent: RecordId<SentOut>,
    /// Why.
    pub reason: String,
}

impl Operation for RecallSent {
    type Done = RecordId<SentOut>;
    const NAME: &'static str = "recall_sent";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<SentOut>> {
        desk.whole_province()?;
        let before = desk.record(self.sent)?;
        desk.about(before.content.paper);
        let reason: String = self.reason.trim().chars().take(500).collect();
        if reason.is_empty() {
            return Err(Failure::refused(Refused::NoReason));
        }
        if before.content.ended.is_some() {
            return Err(Failure::refused(Refused::NotOut));
        }
        let ended = Some(Ended::Recalled(desk.now(), reason));
        desk.revise(&before, &SentOut { ended, ..before.content.clone() })?;
        Ok(self.sent)
    }
}
