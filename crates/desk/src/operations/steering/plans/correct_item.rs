//! Correct an item of a plan before it is given out (DT20).

use serde::Serialize;

use super::standing;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{LineWords, corrected, refused};
use crate::rights::Capability;
use crate::steering::plan::{PlanId, Standing};
use crate::steering::refused::Refused;

/// An item as it should stand.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectItem {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which plan.
    pub plan: PlanId,
    /// Which item, from 0.
    pub line: usize,
    /// What it should say.
    pub words: LineWords,
}

impl Operation for CorrectItem {
    type Done = PlanId;
    const NAME: &'static str = "correct_plan_item";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PlanId> {
        let before = standing(desk, self.plan, Standing::Draft)?;
        let mut content = before.content.clone();
        let item = content.items.get_mut(self.line);
        let item = item.ok_or_else(|| refused(Refused::NoLine { line: self.line + 1 }))?;
        // What goes on from the period before is with its owner already.
        if !item.line.tasks.is_empty() {
            return Err(refused(Refused::NotNow));
        }
        item.line = corrected(desk, &item.line, &self.words)?;
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
