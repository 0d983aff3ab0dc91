//! Put an edition of the administrative areas in the place of the one before.

use place::Area;
use serde::Serialize;
use store::register;

use crate::areas::row_of;
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The whole edition.
#[derive(Debug, Serialize)]
pub struct ImportAreas {
    /// Every area with its days.
    pub areas: Vec<Area>,
}

impl Operation for ImportAreas {
    type Done = usize;
    const NAME: &'static str = "import_areas";
    const NEEDS: Capability = Capability::ImportAreas;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        desk.whole_province()?;
        let rows: Vec<register::AreaRow> = self.areas.iter().map(row_of).collect();
        register::replace_areas(desk.transaction(), &rows)?;
        desk.mention("areas", rows.len());
        desk.registers_changed();
        Ok(rows.len())
    }
}
