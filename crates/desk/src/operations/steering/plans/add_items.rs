//! Add items to a plan, one a line, with owner and deadline as they are written (DT20). Nothing goes out by this.

use serde::Serialize;

use super::standing;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{pasted, refused};
use crate::rights::Capability;
use crate::steering::paste::MOST_LINES;
use crate::steering::plan::{Item, PlanId, Standing};
use crate::steering::refused::Refused;

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
        let lines = pasted(desk, &self.text);
        if lines.is_empty() || before.content.items.len() + lines.len() > MOST_LINES {
            return Err(refused(Refused::NothingWaits));
        }
        let mut content = before.content.clone();
        content.items.extend(lines.into_iter().map(|line| Item { line, ..Item::default() }));
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
