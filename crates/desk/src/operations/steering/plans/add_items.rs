//! Add items to a plan, one a line, with owner and deadline as they are written (DT20). Nothing goes out by this.

use serde::Serialize;

use super::standing;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::pasted;
use crate::rights::Capability;
use crate::steering::plan::{Item, PlanId, Standing};

/// Items as they were typed.
#[derive(Debug, Clone, Serialize)]
pub struct AddItems {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which plan.
    pub plan: PlanId,
    /// One a line, «Đơn vị: việc, trước ngày …».
    pub text: String,
}

impl Operation for AddItems {
    type Done = PlanId;
    const NAME: &'static str = "add_plan_items";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PlanId> {
        let before = standing(desk, self.plan, Standing::Draft)?;
        let lines = pasted(desk, &self.text, before.content.items.len())?;
        let mut content = before.content.clone();
        content.items.extend(lines.into_iter().map(|line| Item { line, ..Item::default() }));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
