//! Begin the plan of a period, with what the period before left undone (DT20). The plan before is settled by it.

use jiff::civil::Date;
use serde::Serialize;

use super::standing;
use crate::command::{Refused as Wrong, must_say};
use crate::failure::{Failure, Outcome};
use crate::letters::Task;
use crate::letters::task::Stage;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record;
use crate::rights::Capability;
use crate::steering::plan::{ForwardPlan, Item, PlanId, Standing};

/// A plan as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct OpenPlan {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What it is called.
    pub title: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The plan whose undone items go on in this one.
    pub after: Option<PlanId>,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for OpenPlan {
    type Done = PlanId;
    const NAME: &'static str = "open_plan";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PlanId> {
        desk.whole_province()?;
        if self.to < self.from {
            return Err(Failure::refused(Wrong::EndsBefore { from: self.from, to: self.to }));
        }
        let mut items = Vec::new();
        if let Some(id) = self.after {
            let before = standing(desk, id, Standing::InForce)?;
            for (place, item) in (0..).zip(&before.content.items) {
                if !item.line.left_out && !is_done(desk, item)? {
                    // Its tasks go on; nobody is ordered twice.
                    items.push(Item { line: item.line.clone(), carried_from: Some((id, place)), became: None });
                }
            }
            let settled = ForwardPlan { standing: Standing::Settled, ..before.content.clone() };
            desk.revise(&before, &settled)?;
        }
        let content = ForwardPlan {
            standing: Standing::Draft,
            title: must_say("title", &self.title)?,
            from: self.from,
            to: self.to,
            items,
            confirmed: None,
            written_by: desk.actor().display_name.clone(),
            simulated: self.simulated,
        };
        desk.mention("carried", content.items.len());
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// As a person said, otherwise as its tasks say.
fn is_done(desk: &mut Desk<'_, '_>, item: &Item) -> Outcome<bool> {
    if let Some(became) = &item.became {
        return Ok(became.done);
    }
    let province = desk.actor().province;
    let mut done = !item.line.tasks.is_empty();
    for id in &item.line.tasks {
        let task = record::one::<Task>(desk.transaction(), province, *id)?;
        done &= task.is_some_and(|kept| kept.content.stage == Stage::Done);
    }
    Ok(done)
}
