//! Say why something is wrong, what mends it, who, until when (DT16). Nothing goes out by this.

use serde::Serialize;

use super::open;
use crate::command::said;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{LineWords, corrected, refused};
use crate::rights::Capability;
use crate::steering::correction::CorrectionId;
use crate::steering::refused::Refused;

/// What mends a shortcoming.
#[derive(Debug, Clone, Serialize)]
pub struct SettleCorrection {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub correction: CorrectionId,
    /// Why it is wrong; may be empty.
    pub cause: String,
    /// What mends it.
    pub remedy: LineWords,
}

impl Operation for SettleCorrection {
    type Done = CorrectionId;
    const NAME: &'static str = "settle_correction";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CorrectionId> {
        let before = open(desk, self.correction)?;
        // What was given out is changed where its tasks are.
        if !before.content.remedy.tasks.is_empty() {
            return Err(refused(Refused::NotNow));
        }
        let mut content = before.content.clone();
        content.cause = said(&self.cause);
        content.remedy = corrected(desk, &content.remedy, &self.remedy)?;
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
