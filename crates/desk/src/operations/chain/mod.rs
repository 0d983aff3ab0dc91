//! What is written down of installations, vessels, works, sites and beds: the officer of a facility
//! for his own, the desk for all.

pub mod chart_gauge;
pub mod count_beds;
pub mod move_site;
pub mod plan_site;
pub mod plan_work;
pub mod record_link;
pub mod record_vessel;
pub mod retire_link;
pub mod revise_site;

use crate::failure::Outcome;
use crate::means::Refused;

/// Why something ends: it must be said.
fn reason(text: &str) -> Outcome<String> {
    super::file_report::words_of(Some(text.to_owned())).ok_or_else(|| Refused::NoReason.failure())
}
