//! Meetings: written down, concluded, confirmed into tasks (DT19).

pub mod add_conclusions;
pub mod confirm_meeting;
pub mod correct_conclusion;
pub mod keep_meeting;
pub mod link_letter;
pub mod note_heard;

use super::refused;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::meeting::{Meeting, MeetingId, Standing};
use crate::steering::refused::Refused;

/// A meeting of the actor's province. Meetings are the whole province's.
fn meeting(desk: &mut Desk<'_, '_>, id: MeetingId) -> Outcome<Kept<Meeting>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    desk.about(id.0);
    Ok(found)
}

/// A meeting whose record is still being written.
fn being_written(desk: &mut Desk<'_, '_>, id: MeetingId) -> Outcome<Kept<Meeting>> {
    let found = meeting(desk, id)?;
    if found.content.standing == Standing::Draft { Ok(found) } else { Err(refused(Refused::NotNow)) }
}
