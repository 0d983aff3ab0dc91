//! Change a time during which nothing is loaded or comes in: as it stood it is taken back, the new one stands in
//! its place, both or neither.

use serde::Serialize;

use super::close_supply::{CloseSupply, WithdrawClosure};
use crate::alarms::records::Closure;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A closure that becomes another.
#[derive(Debug, Serialize)]
pub struct ChangeClosure {
    /// Which.
    pub closure: RecordId<Closure>,
    /// What it becomes, with the key of the device.
    pub becomes: CloseSupply,
}

impl Operation for ChangeClosure {
    type Done = RecordId<Closure>;
    const NAME: &'static str = "change_closure";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.becomes.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Closure>> {
        WithdrawClosure { key: None, closure: self.closure }.run(desk)?;
        self.becomes.run(desk)
    }
}
