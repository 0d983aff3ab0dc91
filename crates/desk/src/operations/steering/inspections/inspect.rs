//! Write a visit down: whom, when, by whom, what was ticked (DT12, GS10). What must be mended is noted after it.

use jiff::civil::Date;
use serde::Serialize;

use super::{checklist, visit};
use crate::command::{Refused as Wrong, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{body_called, refused};
use crate::rights::Capability;
use crate::steering::inspection::{Inspection, InspectionId, InspectionPlanId, Seen, Target, Ticked};
use crate::steering::refused::Refused;

/// A visit as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Inspect {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The plan it belongs to.
    pub plan: Option<InspectionPlanId>,
    /// The visit it looks at again; then target and list are of that one.
    pub again_of: Option<InspectionId>,
    /// By which list, where neither a plan nor an earlier visit says it.
    pub checklist: String,
    /// Whom, by name, where no earlier visit says it.
    pub target: String,
    /// The day.
    pub on: Date,
    /// Who looked.
    pub by: String,
    /// What was ticked: keys of the list.
    pub ticked: Vec<(String, Seen)>,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for Inspect {
    type Done = InspectionId;
    const NAME: &'static str = "inspect";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<InspectionId> {
        desk.whole_province()?;
        if self.on > desk.now().date() {
            return Err(Failure::refused(Wrong::Ahead { day: self.on }));
        }
        let before = self.again_of.map(|id| visit(desk, id)).transpose()?.map(|kept| kept.content);
        let plan_id = self.plan.or(before.as_ref().and_then(|before| before.plan));
        let plan = plan_id.map(|id| desk.record(id)).transpose()?.map(|kept| kept.content);
        let (list, target) = match (before, plan) {
            (Some(before), _) => (before.checklist, before.target),
            (None, plan) => {
                let name = must_say("target", &self.target)?;
                let of_plan = plan.as_ref().and_then(|plan| plan.targets.iter().find(|one| one.name == name)).cloned();
                let target = of_plan.unwrap_or_else(|| Target { body: body_called(desk, &name), name });
                (plan.map_or(self.checklist, |plan| plan.checklist), target)
            }
        };
        let list = checklist(&list)?;
        if let Some((key, _)) = self.ticked.iter().find(|(key, _)| list.item(key).is_none()) {
            return Err(refused(Refused::Unknown { key: key.clone() }));
        }
        // In the order of the list, each line once.
        let ticked = list.items.iter().filter_map(|item| {
            let (key, seen) = self.ticked.iter().rev().find(|(key, _)| *key == item.key)?;
            Some(Ticked { key: key.clone(), seen: *seen })
        });
        let content = Inspection {
            plan: plan_id,
            again_of: self.again_of,
            ticked: ticked.collect(),
            checklist: list.id,
            target,
            on: self.on,
            by: must_say("by", &self.by)?,
            found: Vec::new(),
            written_by: desk.actor().display_name.clone(),
            simulated: self.simulated,
        };
        if content.ticked.is_empty() {
            return Err(refused(Refused::NothingLookedAt));
        }
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}
