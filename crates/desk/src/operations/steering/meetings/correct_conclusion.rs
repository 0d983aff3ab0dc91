//! Correct one conclusion before it is given out: its words, owner, head, last day; or leave it out (DT19).

use serde::Serialize;

use super::being_written;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{LineWords, corrected, refused};
use crate::rights::Capability;
use crate::steering::meeting::MeetingId;
use crate::steering::refused::Refused;

/// A conclusion as it should stand.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectConclusion {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which conclusion, from 0.
    pub line: usize,
    /// What it should say.
    pub words: LineWords,
}

impl Operation for CorrectConclusion {
    type Done = MeetingId;
    const NAME: &'static str = "correct_conclusion";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        let before = being_written(desk, self.meeting)?;
        let mut content = before.content.clone();
        let line = content.conclusions.get_mut(self.line);
        let line = line.ok_or_else(|| refused(Refused::NoLine { line: self.line + 1 }))?;
        *line = corrected(desk, line, &self.words)?;
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
