//! Confirm a meeting: its conclusions become tasks of bodies (DT19). Before this nothing has gone out.

use serde::Serialize;

use super::being_written;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{as_seen, give_all_out, refused, tell};
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
        as_seen(&before, self.version)?;
        let mut content = before.content.clone();
        let (from, simulated) = (content.held_at.date(), content.simulated);
        let lines = content.conclusions.iter_mut();
        let given = give_all_out(desk, lines, (OriginKind::Meeting, self.meeting.0), from, simulated)?;
        if given.is_empty() {
            return Err(refused(Refused::NothingWaits));
        }
        content.standing = Standing::Confirmed;
        content.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", given.len());
        desk.revise(&before, &content)?;
        tell::of_tasks(desk, before.id.0, &content.subject, &given)?;
        Ok(before.id)
    }
}
