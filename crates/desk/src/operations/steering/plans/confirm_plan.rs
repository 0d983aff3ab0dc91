//! Put a plan in force: its items become tasks; those carried over keep theirs (DT20).

use serde::Serialize;

use super::standing;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{as_seen, give_all_out, refused, tell};
use crate::rights::Capability;
use crate::steering::plan::{PlanId, Standing};
use crate::steering::refused::Refused;

/// A plan that goes out.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmPlan {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub plan: PlanId,
    /// The version that the person saw.
    pub version: i64,
}

impl Operation for ConfirmPlan {
    type Done = PlanId;
    const NAME: &'static str = "confirm_plan";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PlanId> {
        let before = standing(desk, self.plan, Standing::Draft)?;
        as_seen(&before, self.version)?;
        let mut content = before.content.clone();
        let (today, simulated) = (desk.now().date(), content.simulated);
        let lines = content.items.iter_mut().map(|item| &mut item.line);
        let given = give_all_out(desk, lines, (OriginKind::Plan, self.plan.0), today, simulated)?;
        if content.items.iter().all(|item| item.line.tasks.is_empty()) {
            return Err(refused(Refused::NothingWaits));
        }
        content.standing = Standing::InForce;
        content.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", given.len());
        desk.revise(&before, &content)?;
        tell::of_tasks(desk, before.id.0, &content.title, &given)?;
        Ok(before.id)
    }
}
