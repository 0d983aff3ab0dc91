//! Meetings: written down, concluded, confirmed into tasks (DT19).

pub mod add_conclusions;
pub mod confirm_meeting;
pub mod correct_conclusion;
pub mod keep_meeting;
pub mod link_letter;
pub mod note_heard;

use super::found;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::meeting::{Meeting, MeetingId, Standing};

/// A meeting of the actor's province. Meetings are the whole province's.
fn meeting(desk: &mut Desk<'_, '_>, id: MeetingId) -> Outcome<Kept<Meeting>> {
    found(desk, id, |_| true)
}

/// A meeting whose record is still being written.
fn being_written(desk: &mut Desk<'_, '_>, id: MeetingId) -> Outcome<Kept<Meeting>> {
    found(desk, id, |meeting| meeting.standing == Standing::Draft)
}
