//! Say what became of an item of a plan: done, with what shows it, or not, with the reason (DT20).

use serde::Serialize;

use super::standing;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::refused;
use crate::rights::Capability;
use crate::steering::plan::{Became, PlanId, Standing};
use crate::steering::refused::Refused;

/// What became of an item.
#[derive(Debug, Clone, Serialize)]
pub struct SettleItem {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which plan.
    pub plan: PlanId,
    /// Which item, from 0.
    pub line: usize,
    /// Whether it was done.
    pub done: bool,
    /// What shows it, or why not.
    pub words: String,
}

impl Operation for SettleItem {
    type Done = PlanId;
    const NAME: &'static str = "settle_plan_item";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PlanId> {
        let before = standing(desk, self.plan, Standing::InForce)?;
        let (words, on) = (must_say("words", &self.words)?, desk.now().date());
        let mut content = before.content.clone();
        let item = content.items.get_mut(self.line).filter(|item| !item.line.left_out);
        let item = item.ok_or_else(|| refused(Refused::NoLine { line: self.line + 1 }))?;
        item.became = Some(Became { done: self.done, words, on });
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
