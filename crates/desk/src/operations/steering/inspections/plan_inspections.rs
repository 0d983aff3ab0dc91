//! Plan inspections: who looks at whom, by which list, in which days (DT12).

use jiff::civil::Date;
use serde::Serialize;

use super::checklist;
use crate::command::{Refused as Wrong, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{body_called, owner_of};
use crate::rights::Capability;
use crate::steering::inspection::{InspectionPlan, InspectionPlanId, Target};
use crate::steering::paste;

/// The most bodies of one plan.
const MOST_TARGETS: usize = 500;

/// A plan as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct PlanInspections {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What it is called.
    pub title: String,
    /// Who inspects.
    pub inspector: String,
    /// By which list.
    pub checklist: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whom, one a line: a body, a group of bodies («Các Trạm Y tế»), or whoever the register does not know.
    pub targets: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for PlanInspections {
    type Done = InspectionPlanId;
    const NAME: &'static str = "plan_inspections";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<InspectionPlanId> {
        desk.whole_province()?;
        if self.to < self.from {
            return Err(Failure::refused(Wrong::EndsBefore { from: self.from, to: self.to }));
        }
        let list = checklist(&self.checklist)?;
        let mut targets: Vec<Target> = Vec::new();
        for name in self.targets.lines().map(paste::bare).filter(|name| !name.is_empty()) {
            for target in targets_of(desk, name) {
                if !targets.contains(&target) && targets.len() < MOST_TARGETS {
                    targets.push(target);
                }
            }
        }
        if targets.is_empty() {
            return Err(Failure::refused(Wrong::Empty { field: "targets" }));
        }
        let content = InspectionPlan {
            title: must_say("title", &self.title)?,
            inspector: must_say("inspector", &self.inspector)?,
            checklist: list.id,
            from: self.from,
            to: self.to,
            targets,
            written_by: desk.actor().display_name.clone(),
            simulated: self.simulated,
        };
        desk.mention("targets", content.targets.len());
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// Whom some words mean: one body, each body of a group, or the words themselves.
fn targets_of(desk: &Desk<'_, '_>, name: &str) -> Vec<Target> {
    let registry = desk.registry();
    let bodies = owner_of(desk, name).bodies;
    let named = bodies.iter().filter_map(|id| registry.bodies().iter().find(|body| body.id == *id));
    let targets: Vec<Target> = named.map(|body| Target { name: body.name.clone(), body: Some(body.id) }).collect();
    if targets.is_empty() {
        let name: String = name.chars().take(200).collect();
        return vec![Target { body: body_called(desk, &name), name }];
    }
    targets
}
