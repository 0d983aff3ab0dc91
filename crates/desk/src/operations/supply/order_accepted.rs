//! Write down that the supplier has accepted an order, and who said so (OX13).

use quantity::Moment;
use serde::Serialize;

use super::{at_step, needed, request_in_scope};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Accepted, Request, Stage, Who};

/// The supplier's word.
#[derive(Debug, Clone, Serialize)]
pub struct OrderAccepted {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which order.
    pub request: RecordId<Request>,
    /// Who said it.
    pub said_by: String,
    /// When he says that it arrives.
    pub promised_for: Option<Moment>,
}

impl Operation for OrderAccepted {
    type Done = ();
    const NAME: &'static str = "order_accepted";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let (before, _) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        at_step(&request, matches!(request.stage, Stage::Approved | Stage::Accepted))?;
        request.accepted = Some(Accepted {
            said_by: needed(&self.said_by, "said_by")?,
            by: Who::of(desk.actor()),
            at: desk.now(),
            promised_for: self.promised_for,
        });
        request.stage = Stage::Accepted;
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        Ok(())
    }
}
