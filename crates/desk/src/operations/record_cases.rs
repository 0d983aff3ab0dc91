//! Record weekly confirmed cases of areas, as a health department publishes them.

use jiff::civil::Date;
use oxygen::Source;
use place::AreaCode;
use serde::Serialize;
use store::ledger::CaseCountRow;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// Weeks of one area.
#[derive(Debug, Serialize)]
pub struct RecordCases {
    /// Which area.
    pub area: AreaCode,
    /// Last day of each week, cases, and where the figure came from.
    pub weeks: Vec<(Date, i64, Source)>,
}

impl Operation for RecordCases {
    type Done = usize;
    const NAME: &'static str = "record_cases";
    const NEEDS: Capability = Capability::ImportReadings;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        in_scope(desk, self.area)?;
        for (week_ending, cases, source) in &self.weeks {
            let row = CaseCountRow {
                id: desk.new_id(),
                area_code: self.area.to_string(),
                week_ending: *week_ending,
                cases: *cases,
                source: source.code(),
            };
            desk.append_case_count(&row)?;
        }
        desk.mention("area", self.area.to_string());
        desk.mention("weeks", self.weeks.len());
        Ok(self.weeks.len())
    }
}

/// The area must lie in the command post's own, and in what the actor sees.
fn in_scope(desk: &Desk<'_, '_>, area: AreaCode) -> Outcome<()> {
    let registry = desk.registry();
    let own: Option<AreaCode> = registry.post().and_then(|post| post.area_code.parse().ok());
    let inside = own.is_some_and(|own| registry.lies_within(&Some(area), &own));
    if inside && desk.actor().sees_area(&Some(area), &registry) { Ok(()) } else { Err(Failure::NotFound) }
}
