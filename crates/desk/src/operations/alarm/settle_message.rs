//! Note what came of a try to send a message.

use serde::Serialize;

use crate::alarms::deliver::{TRIES, Tried, pause_after};
use crate::alarms::records::{Message, MessageState};
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// What came of it.
#[derive(Debug, Serialize)]
pub struct SettleMessage {
    /// Which message.
    pub id: RecordId<Message>,
    /// How often it had been tried before: another worker's note in between makes this one void.
    pub attempts: u32,
    /// What came of it.
    pub outcome: Tried,
}

impl Operation for SettleMessage {
    type Done = MessageState;
    const NAME: &'static str = "settle_message";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<MessageState> {
        desk.whole_province()?;
        let kept = desk.record(self.id)?;
        let before = &kept.content;
        if before.state != MessageState::Waiting || before.attempts != self.attempts {
            return Ok(before.state);
        }
        let tried = before.attempts + 1;
        let mut after = Message { attempts: tried, last_error: None, ..before.clone() };
        match self.outcome {
            Tried::Taken => after.state = MessageState::Sent,
            Tried::NoGateway => (after.state, after.attempts) = (MessageState::NoGateway, before.attempts),
            Tried::TooOld => (after.state, after.attempts) = (MessageState::Expired, before.attempts),
            Tried::NotTaken(why) => {
                after.last_error = Some(why);
                after.next_try = desk.real_now() + pause_after(tried);
                if tried >= TRIES {
                    after.state = MessageState::Dead;
                }
            }
        }
        desk.about(self.id.0);
        desk.mention("state", after.state.code());
        desk.revise(&kept, &after)?;
        Ok(after.state)
    }
}
