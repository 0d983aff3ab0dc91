//! How oxygen comes to each facility, as a sheet.

use oxygen::alarm::DayHours;

use super::change::Change;
use super::means::{facility_key, facility_label, of_facility};
use super::row::{Cells, Read, Row, settle_hours};
use super::{Look, Register};
use crate::alarms::records::RefillTerms;
use crate::failure::Outcome;
use crate::operations::alarm::set_refill_terms::SetRefillTerms;
use crate::record::Kept;
use crate::registry::Facility;

/// Terms of refill.
pub(super) struct Refills;

fn hours(hours: Option<DayHours>) -> String {
    hours.map(|hours| hours.to_string()).unwrap_or_default()
}

impl Register for Refills {
    type Held = (Kept<RefillTerms>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-refills.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let terms = &kept.content;
        let bans: Vec<String> = terms.bans.iter().map(ToString::to_string).collect();
        of_facility(facility)
            .text("supplier", &terms.supplier)
            .number("lead_hours", Some(terms.lead_minutes as f64 / 60.0))
            .text("station", hours(terms.station))
            .text("bans", bans.join(", "))
            .text("ferry", hours(terms.ferry))
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
        settle_hours(told, &["station", "bans", "ferry"]);
    }

    fn key(cells: &Cells) -> String {
        facility_key(cells)
    }

    fn label(cells: &Cells) -> String {
        facility_label(cells)
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, _: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?.id;
        let lead_hours = row.need(row.number("lead_hours"), "lead_hours")?;
        let [supplier, station, bans, ferry] = ["supplier", "station", "bans", "ferry"].map(|key| row.text(key));
        Ok(Change::of(move |key| SetRefillTerms {
            key,
            facility,
            supplier: supplier.clone(),
            lead_hours,
            station: station.clone(),
            bans: bans.clone(),
            ferry: ferry.clone(),
        }))
    }
}
