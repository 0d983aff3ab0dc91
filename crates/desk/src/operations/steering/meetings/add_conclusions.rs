//! Add conclusions of a meeting, one a line, with owner and deadline as they were said (DT19). Nothing goes out by this.

use serde::Serialize;

use super::being_written;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::pasted;
use crate::rights::Capability;
use crate::steering::meeting::MeetingId;

/// Conclusions as they were typed.
#[derive(Debug, Clone, Serialize)]
pub struct AddConclusions {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which meeting.
    pub meeting: MeetingId,
    /// One a line, «Đơn vị: việc, trước ngày …».
    pub text: String,
}

impl Operation for AddConclusions {
    type Done = MeetingId;
    const NAME: &'static str = "add_conclusions";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        let before = being_written(desk, self.meeting)?;
        let lines = pasted(desk, &self.text, before.content.conclusions.len())?;
        let mut content = before.content.clone();
        content.conclusions.extend(lines);
        desk.mention("conclusions", content.conclusions.len());
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
