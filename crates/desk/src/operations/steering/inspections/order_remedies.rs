//! Give the remedies of a visit out as tasks (DT12). Those given out before stay as they are.

use serde::Serialize;

use super::visit;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{give_out, refused, tell};
use crate::rights::Capability;
use crate::steering::inspection::InspectionId;
use crate::steering::refused::Refused;

/// Remedies to be given out.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRemedies {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which visit.
    pub inspection: InspectionId,
    /// The version that the person saw.
    pub version: i64,
}

impl Operation for OrderRemedies {
    type Done = InspectionId;
    const NAME: &'static str = "order_remedies";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<InspectionId> {
        let before = visit(desk, self.inspection)?;
        if before.version != self.version {
            return Err(refused(Refused::NotNow));
        }
        let mut content = before.content.clone();
        let (from, simulated) = (content.on, content.simulated);
        let mut tasks = 0;
        let mut given = Vec::new();
        for (place, found) in content.found.iter_mut().enumerate() {
            let origin = (OriginKind::Inspection, self.inspection.0, place);
            let of_line = give_out(desk, &mut found.remedy, origin, from, simulated)?;
            tasks += of_line;
            given.extend(found.remedy.tasks.iter().copied().filter(|_| of_line > 0));
        }
        if tasks == 0 {
            return Err(refused(Refused::NothingWaits));
        }
        desk.mention("tasks", tasks);
        desk.revise(&before, &content)?;
        let called = locale::say(locale::Locale::Vietnamese, "rules-message-inspection", &[]);
        tell::of_tasks(desk, before.id.0, &called, &given)?;
        Ok(before.id)
    }
}
