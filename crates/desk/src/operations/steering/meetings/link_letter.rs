//! Note the letter or notice that a meeting led to (DT19).

use serde::Serialize;

use super::meeting;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::letters::Directive;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::steering::meeting::MeetingId;

/// A letter of a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct LinkLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which meeting.
    pub meeting: MeetingId,
    /// The letter, where it is in the register.
    pub directive: Option<RecordId<Directive>>,
    /// Its number or name, where it is not.
    pub number: String,
}

impl Operation for LinkLetter {
    type Done = MeetingId;
    const NAME: &'static str = "link_meeting_letter";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MeetingId> {
        let before = meeting(desk, self.meeting)?;
        let number = match self.directive {
            Some(id) => {
                let letter = desk.record(id)?.content;
                letter.number.or(letter.subject).unwrap_or_default()
            }
            None => must_say("number", &self.number)?,
        };
        let mut content = before.content.clone();
        content.led_to = Some((number, self.directive));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
