//! Write a meeting down: when, where, who was in the chair, who came, what it found (DT19).

use quantity::Moment;
use serde::Serialize;

use super::being_written;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::check_time;
use crate::operations::steering::{body_called, kept_words, person_called};
use crate::rights::Capability;
use crate::steering::meeting::{Attendee, Meeting, MeetingId, Standing};
use crate::steering::paste;

/// A meeting as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct KeepMeeting {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The meeting that is written anew; none begins one.
    pub meeting: Option<MeetingId>,
    /// What it was about.
    pub subject: String,
    /// When it began.
    pub held_at: Moment,
    /// Where.
    pub place: String,
    /// Who was in the chair, with his post.
    pub chair: String,
    /// Who came, one a line; names of persons or of bodies.
    pub attendees: String,
    /// What it found of the situation.
    pub assessment: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for KeepMeeting {
    type Done = MeetingId;
    const NAME: &'static str = "keep_meeting";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        desk.whole_province()?;
        let before = self.meeting.map(|id| being_written(desk, id)).transpose()?;
        let known = before.as_ref().map(|kept| kept.content.clone());
        let content = Meeting {
            standing: Standing::Draft,
            subject: must_say("subject", &self.subject)?,
            held_at: check_time(desk.now(), Some(self.held_at))?,
            place: must_say("place", &self.place)?,
            chair: must_say("chair", &self.chair)?,
            attendees: self.attendees.lines().filter_map(|line| attendee(desk, line)).take(400).collect(),
            assessment: kept_words(&self.assessment),
            heard: known.as_ref().map(|known| known.heard.clone()).unwrap_or_default(),
            conclusions: known.as_ref().map(|known| known.conclusions.clone()).unwrap_or_default(),
            confirmed: None,
            led_to: known.as_ref().and_then(|known| known.led_to.clone()),
            written_by: desk.actor().display_name.clone(),
            simulated: self.simulated,
        };
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        desk.mention("attendees", content.attendees.len());
        Ok(id)
    }
}

/// Somebody of a line: «BS. Nguyễn Văn A – Giám đốc», «Trạm Y tế xã B».
fn attendee(desk: &Desk<'_, '_>, line: &str) -> Option<Attendee> {
    let name: String = paste::bare(line).chars().take(300).collect();
    if name.is_empty() {
        return None;
    }
    let bare = name.split([',', '–', '(']).next().unwrap_or_default();
    let bare = bare.split(" - ").next().unwrap_or_default().trim();
    // A person is looked for as written and without «BS.», «Ông» before the name.
    let person = person_called(desk, bare).or_else(|| person_called(desk, bare.split_once(' ')?.1));
    let body = if person.is_none() { body_called(desk, &name) } else { None };
    Some(Attendee { name, person, body })
}
