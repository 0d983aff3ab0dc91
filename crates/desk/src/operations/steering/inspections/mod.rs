//! Inspections: planned, done, what was found, what mends it (DT12, GS10).

pub mod inspect;
pub mod note_shortcoming;
pub mod order_remedies;
pub mod plan_inspections;

use protocol::Checklist;

use super::{found, refused};
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::inspection::{Inspection, InspectionId};
use crate::steering::refused::Refused;

/// A visit of the actor's province.
fn visit(desk: &mut Desk<'_, '_>, id: InspectionId) -> Outcome<Kept<Inspection>> {
    found(desk, id, |_| true)
}

/// The list of a stable name.
fn checklist(id: &str) -> Outcome<Checklist> {
    let lists = Checklist::inspections().map_err(Failure::refused)?;
    let found = lists.into_iter().find(|list| list.id == id);
    found.ok_or_else(|| refused(Refused::Unknown { key: id.to_owned() }))
}
