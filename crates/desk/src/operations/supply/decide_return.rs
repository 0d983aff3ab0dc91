//! Record what was decided about a given or lent machine, by whom and why (OX17). It locks nothing.

use serde::Serialize;

use super::needed;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Asset, ReturnDecision, Verdict, Who};

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecideReturn {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which machine.
    pub asset: RecordId<Asset>,
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided; empty takes who was named.
    pub decider: String,
    /// It has gone back.
    pub gone: bool,
}

impl Operation for DecideReturn {
    type Done = ();
    const NAME: &'static str = "decide_return";
    const NEEDS: Capability = Capability::ApproveSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.asset)?;
        desk.facility(before.content.facility)?;
        let mut asset = before.content.clone();
        let decider = if self.decider.trim().is_empty() { asset.decider.clone() } else { self.decider };
        asset.decisions.push(ReturnDecision {
            verdict: self.verdict,
            reason: needed(&self.reason, "reason")?,
            decider: needed(&decider, "decider")?,
            by: Who::of(desk.actor()),
            at: desk.now(),
        });
        asset.gone = self.gone && self.verdict == Verdict::Return;
        desk.revise(&before, &asset)?;
        desk.about(self.asset.0);
        desk.mention("verdict", self.verdict.code());
        Ok(())
    }
}
