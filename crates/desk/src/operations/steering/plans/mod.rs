//! Forward plans: begun, filled, put in force, settled (DT20).

pub mod add_items;
pub mod confirm_plan;
pub mod correct_item;
pub mod open_plan;
pub mod settle_item;

use super::found;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::plan::{ForwardPlan, PlanId, Standing};

/// A plan that stands at a place. Plans are the whole province's.
fn standing(desk: &mut Desk<'_, '_>, id: PlanId, wanted: Standing) -> Outcome<Kept<ForwardPlan>> {
    found(desk, id, |plan| plan.standing == wanted)
}
