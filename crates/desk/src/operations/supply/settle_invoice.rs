//! Say whether both sides agree on an invoice (OX14). Whoever entered it may dispute it, never agree to it: that takes a
//! second person, as approvals do.

use serde::Serialize;

use super::{Refused, needed, optional};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Invoice, Settlement, Who};

/// Agreed or disputed.
#[derive(Debug, Clone, Serialize)]
pub struct SettleInvoice {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub invoice: RecordId<Invoice>,
    /// Whether both agree.
    pub agreed: bool,
    /// What was said; a dispute needs it.
    pub remark: String,
}

impl Operation for SettleInvoice {
    type Done = Settlement;
    const NAME: &'static str = "settle_invoice";
    const NEEDS: Capability = Capability::AskSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Settlement> {
        let before = desk.record(self.invoice)?;
        desk.facility(before.content.facility)?;
        if self.agreed && before.content.by.user == desk.actor().user {
            return Err(Failure::refused(Refused::OwnInvoice));
        }
        let mut invoice = before.content.clone();
        invoice.settlement = if self.agreed { Settlement::Agreed } else { Settlement::Disputed };
        invoice.remark =
            if self.agreed { optional(&self.remark).unwrap_or_default() } else { needed(&self.remark, "reason")? };
        invoice.settled_by = Some(Who::of(desk.actor()));
        desk.revise(&before, &invoice)?;
        desk.about(self.invoice.0);
        desk.mention("settlement", invoice.settlement.code());
        Ok(invoice.settlement)
    }
}
