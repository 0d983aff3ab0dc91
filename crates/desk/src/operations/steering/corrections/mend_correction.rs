//! Note that a shortcoming has been mended, and what shows it (DT16).

use jiff::civil::Date;
use serde::Serialize;

use super::open;
use crate::command::{Refused as Wrong, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::steering::correction::CorrectionId;

/// A shortcoming that is mended.
#[derive(Debug, Clone, Serialize)]
pub struct MendCorrection {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub correction: CorrectionId,
    /// When.
    pub on: Date,
    /// What shows it.
    pub evidence: String,
}

impl Operation for MendCorrection {
    type Done = CorrectionId;
    const NAME: &'static str = "mend_correction";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CorrectionId> {
        let before = open(desk, self.correction)?;
        if self.on > desk.now().date() {
            return Err(Failure::refused(Wrong::Ahead { day: self.on }));
        }
        let mut content = before.content.clone();
        content.mended = Some((self.on, must_say("evidence", &self.evidence)?));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
