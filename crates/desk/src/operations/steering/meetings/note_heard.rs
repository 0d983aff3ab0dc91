//! Note a report that a meeting heard, with its file (DT19).

use serde::Serialize;

use super::being_written;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::command::Attached;
use crate::operations::steering::keep_file;
use crate::rights::Capability;
use crate::steering::meeting::{Heard, Meeting, MeetingId};

/// A report.
#[derive(Debug, Clone, Serialize)]
pub struct NoteHeard {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who reported.
    pub by: String,
    /// About what.
    pub about: String,
    /// Its file, with its name.
    pub file: Option<(String, Attached)>,
}

impl Operation for NoteHeard {
    type Done = MeetingId;
    const NAME: &'static str = "note_heard";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        let before = being_written(desk, self.meeting)?;
        let (by, about) = (must_say("by", &self.by)?, must_say("about", &self.about)?);
        let file = match self.file {
            Some((name, file)) => keep_file(desk, Some(file))?.map(|digest| (digest, name)),
            None => None,
        };
        let mut content: Meeting = before.content.clone();
        content.heard.push(Heard { by, about, file });
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
