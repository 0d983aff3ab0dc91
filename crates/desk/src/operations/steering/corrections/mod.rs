//! Shortcomings: listed, settled, given out, mended (DT16).

pub mod list_corrections;
pub mod mend_correction;
pub mod order_correction;
pub mod settle_correction;

use super::refused;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::correction::{Correction, CorrectionId};
use crate::steering::refused::Refused;

/// A shortcoming that is not mended yet.
fn open(desk: &mut Desk<'_, '_>, id: CorrectionId) -> Outcome<Kept<Correction>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    desk.about(id.0);
    if found.content.mended.is_none() { Ok(found) } else { Err(refused(Refused::NotNow)) }
}
