//! Shortcomings: listed, settled, given out, mended (DT16).

pub mod list_corrections;
pub mod mend_correction;
pub mod order_correction;
pub mod settle_correction;

use super::found;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::correction::{Correction, CorrectionId};

/// A shortcoming that is not mended yet.
fn open(desk: &mut Desk<'_, '_>, id: CorrectionId) -> Outcome<Kept<Correction>> {
    found(desk, id, |correction| correction.mended.is_none())
}
