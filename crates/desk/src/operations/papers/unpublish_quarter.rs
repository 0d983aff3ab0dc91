//! Take the published notice of a quarter back, with the reason (PR06). The paper stays as it was signed.

use serde::Serialize;

use super::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::publication::{NotPublished, PublicationId, TaskPublication};
use crate::rights::Capability;
use crate::steering::bulletin::Hand;

/// What nobody outside reads any more.
#[derive(Debug, Serialize)]
pub struct UnpublishQuarter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub publication: PublicationId,
    /// Why.
    pub reason: String,
}

impl Operation for UnpublishQuarter {
    type Done = PublicationId;
    const NAME: &'static str = "unpublish_task_quarter";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PublicationId> {
        desk.whole_province()?;
        let before = desk.record(self.publication)?;
        if before.content.open.is_none() {
            return Err(NotPublished::NotPublic.into());
        }
        let reason = self.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Failure::refused(Refused::NoReason));
        }
        let hand = Hand { user: desk.actor().user, name: desk.actor().display_name.clone(), at: desk.now() };
        let closed = TaskPublication { open: None, taken_back: Some((hand, reason)), ..before.content.clone() };
        desk.about(before.id.0);
        desk.revise(&before, &closed)?;
        Ok(before.id)
    }
}
