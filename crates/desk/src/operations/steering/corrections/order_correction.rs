//! Give the remedy of a shortcoming out as a task (DT16).

use serde::Serialize;

use super::open;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{as_seen, give_out, refused, tell};
use crate::rights::Capability;
use crate::steering::correction::CorrectionId;
use crate::steering::refused::Refused;

/// A remedy that goes out.
#[derive(Debug, Clone, Serialize)]
pub struct OrderCorrection {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub correction: CorrectionId,
    /// The version that the person saw.
    pub version: i64,
}

impl Operation for OrderCorrection {
    type Done = CorrectionId;
    const NAME: &'static str = "order_correction";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CorrectionId> {
        let before = open(desk, self.correction)?;
        as_seen(&before, self.version)?;
        let mut content = before.content.clone();
        let (today, simulated) = (desk.now().date(), content.simulated);
        let origin = (OriginKind::Correction, self.correction.0, 0);
        let tasks = give_out(desk, &mut content.remedy, origin, today, simulated)?;
        if tasks == 0 {
            return Err(refused(Refused::NothingWaits));
        }
        desk.mention("tasks", tasks);
        desk.revise(&before, &content)?;
        let called = crate::operations::tasks::short(&content.remedy.text);
        tell::of_tasks(desk, before.id.0, &called, &content.remedy.tasks)?;
        Ok(before.id)
    }
}
