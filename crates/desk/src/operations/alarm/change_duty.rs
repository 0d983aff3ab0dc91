//! Change who is on duty in a shift of the roster: the shift as it stood is taken back, the new one stands in its
//! place, both or neither.

use serde::Serialize;

use super::set_duty::{SetDuty, WithdrawDuty};
use crate::alarms::records::DutyShift;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A shift that becomes another.
#[derive(Debug, Serialize)]
pub struct ChangeDuty {
    /// Which.
    pub shift: RecordId<DutyShift>,
    /// What it becomes, with the key of the device.
    pub becomes: SetDuty,
}

impl Operation for ChangeDuty {
    type Done = RecordId<DutyShift>;
    const NAME: &'static str = "change_duty";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.becomes.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<DutyShift>> {
        WithdrawDuty { key: None, shift: self.shift }.run(desk)?;
        self.becomes.run(desk)
    }
}
