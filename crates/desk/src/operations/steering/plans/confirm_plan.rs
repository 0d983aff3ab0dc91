//! Put a plan in force: its items become tasks; those carried over keep theirs (DT20).

use serde::Serialize;

use super::standing;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{give_out, refused, tell};
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
        if before.version != self.version {
            return Err(refused(Refused::NotNow));
        }
        let mut content = before.content.clone();
        let (today, simulated) = (desk.now().date(), content.simulated);
        let mut tasks = 0;
        let mut given = Vec::new();
        for (place, item) in content.items.iter_mut().enumerate() {
            let origin = (OriginKind::Plan, self.plan.0, place);
            let of_line = give_out(desk, &mut item.line, origin, today, simulated)?;
            tasks += of_line;
            given.extend(item.line.tasks.iter().copied().filter(|_| of_line > 0));
        }
        if content.items.iter().all(|item| item.line.tasks.is_empty()) {
            return Err(refused(Refused::NothingWaits));
        }
        content.standing = Standing::InForce;
        content.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", tasks);
        desk.revise(&before, &content)?;
        tell::of_tasks(desk, before.id.0, &content.title, &given)?;
        Ok(before.id)
    }
}
