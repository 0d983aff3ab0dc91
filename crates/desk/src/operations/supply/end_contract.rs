//! End a contract before its time, with the reason (OX14). Its receipts and invoices stay; nothing new is drawn on it.

use serde::Serialize;

use super::change_contract::note;
use super::{Refused, reason_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::Contract;

/// The end of a contract.
#[derive(Debug, Clone, Serialize)]
pub struct EndContract {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub contract: RecordId<Contract>,
    /// Why.
    pub reason: String,
}

impl Operation for EndContract {
    type Done = ();
    const NAME: &'static str = "end_contract";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let before = desk.record(self.contract)?;
        if before.content.ended {
            return Err(Failure::refused(Refused::ContractEnded { number: before.content.number }));
        }
        let reason = reason_of(&self.reason)?;
        desk.revise(&before, &Contract { ended: true, ..before.content.clone() })?;
        note(desk, self.contract, before.version + 1, true, reason)
    }
}
