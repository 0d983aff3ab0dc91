//! Give the remedies of a visit out as tasks (DT12). Those given out before stay as they are.

use serde::Serialize;

use super::visit;
use crate::failure::Outcome;
use crate::letters::task::OriginKind;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{as_seen, give_all_out, refused, tell};
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
        as_seen(&before, self.version)?;
        let mut content = before.content.clone();
        let (from, simulated) = (content.on, content.simulated);
        let lines = content.found.iter_mut().map(|found| &mut found.remedy);
        let given = give_all_out(desk, lines, (OriginKind::Inspection, self.inspection.0), from, simulated)?;
        if given.is_empty() {
            return Err(refused(Refused::NothingWaits));
        }
        desk.mention("tasks", given.len());
        desk.revise(&before, &content)?;
        let called = locale::say(locale::Locale::Vietnamese, "rules-message-inspection", &[]);
        tell::of_tasks(desk, before.id.0, &called, &given)?;
        Ok(before.id)
    }
}
