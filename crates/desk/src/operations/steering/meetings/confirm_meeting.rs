//! Confirm a meeting: its conclusions become tasks of bodies (DT19). Before this nothing has gone out.

use serde::Serialize;

use super::being_written;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{give_out, refused, tell};
use crate::rights::Capability;
use crate::steering::meeting::{MeetingId, Standing};
use crate::steering::refused::Refused;

/// A meeting whose conclusions go out.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmMeeting {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub meeting: MeetingId,
    /// The version that the person saw: what somebody else changed since does not go out unseen.
    pub version: i64,
}

impl Operation for ConfirmMeeting {
    type Done = MeetingId;
    const NAME: &'static str = "confirm_meeting";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        let before = being_written(desk, self.meeting)?;
        if before.version != self.version {
            return Err(refused(Refused::NotNow));
        }
        let mut content = before.content.clone();
        let (from, simulated) = (content.held_at.date(), content.simulated);
        let mut tasks = 0;
        let mut given = Vec::new();
        for (place, line) in content.conclusions.iter_mut().enumerate() {
            let of_line = give_out(desk, line, (OriginKind::Meeting, self.meeting.0, place), from, simulated)?;
            tasks += of_line;
            given.extend(line.tasks.iter().copied().filter(|_| of_line > 0));
        }
        if tasks == 0 {
            return Err(refused(Refused::NothingWaits));
        }
        content.standing = Standing::Confirmed;
        content.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", tasks);
        desk.revise(&before, &content)?;
        tell::of_tasks(desk, before.id.0, &content.subject, &given)?;
        Ok(before.id)
    }
}
