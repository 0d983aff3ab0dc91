//! Change what a contract says, with the reason (OX14): an annex, a slip of the pen. What it said before stays.

use serde::Serialize;

use super::keep_contract::checked;
use super::{Refused, reason_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;
use crate::supply::{Contract, ContractStep, Receipt, Who};

/// A contract as it is from now on.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeContract {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub contract: RecordId<Contract>,
    /// What it says. That it was ended is kept as it is.
    pub content: Contract,
    /// Why.
    pub reason: String,
}

impl Operation for ChangeContract {
    type Done = RecordId<Contract>;
    const NAME: &'static str = "change_contract";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Contract>> {
        desk.whole_province()?;
        let before = desk.record(self.contract)?;
        if before.content.ended {
            return Err(Failure::refused(Refused::ContractEnded { number: before.content.number }));
        }
        let reason = reason_of(&self.reason)?;
        let content = Contract { ended: false, ..checked(desk, self.content, Some(self.contract))? };
        let province = desk.actor().province;
        // What was received under it was received from its supplier: another one is another contract.
        let drawn = record::of_owner::<Receipt>(desk.transaction(), province, self.contract.0, 1)?;
        if content.supplier != before.content.supplier && !drawn.is_empty() {
            return Err(Failure::refused(Refused::ContractDrawn { number: before.content.number }));
        }
        desk.revise(&before, &content)?;
        note(desk, self.contract, before.version + 1, false, reason)?;
        Ok(self.contract)
    }
}

/// Keeps why a version of a contract was written.
pub(super) fn note(
    desk: &mut Desk<'_, '_>,
    contract: RecordId<Contract>,
    version: i64,
    ended: bool,
    reason: String,
) -> Outcome<()> {
    let step = ContractStep { contract, version, ended, reason, by: Who::of(desk.actor()), at: desk.now() };
    desk.open_record(&step)?;
    desk.about(contract.0);
    Ok(())
}
