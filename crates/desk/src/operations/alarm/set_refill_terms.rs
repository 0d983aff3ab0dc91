//! Enter how oxygen comes to a facility: lead time, opening hours, truck bans, ferry.

use oxygen::alarm::DayHours;
use place::FacilityId;
use serde::Serialize;

use super::refused::Refused;
use crate::alarms::records::RefillTerms;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;

/// Terms as typed.
#[derive(Debug, Serialize)]
pub struct SetRefillTerms {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which facility.
    pub facility: FacilityId,
    /// Who brings it.
    pub supplier: String,
    /// Hours from the loading to the arrival.
    pub lead_hours: f64,
    /// `07:00-17:00`; empty is day and night.
    pub station: String,
    /// `06:00-08:00, 16:00-19:00`.
    pub bans: String,
    /// `06:00-15:00`; empty where no ferry is needed.
    pub ferry: String,
}

impl Operation for SetRefillTerms {
    type Done = RecordId<RefillTerms>;
    const NAME: &'static str = "set_refill_terms";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<RefillTerms>> {
        let facility = desk.facility(self.facility)?;
        if !(0.0..=240.0).contains(&self.lead_hours) {
            return Err(Failure::refused(Refused::Lead));
        }
        let terms = RefillTerms {
            facility: facility.id,
            supplier: self.supplier.trim().chars().take(160).collect(),
            lead_minutes: (self.lead_hours * 60.0).round() as i64,
            station: hours(&self.station)?,
            bans: DayHours::read_all(&self.bans).ok_or_else(|| unreadable(&self.bans))?,
            ferry: hours(&self.ferry)?,
        };
        desk.about(facility.id.0);
        let province = desk.actor().province;
        let before = record::of_owner::<RefillTerms>(desk.transaction(), province, facility.id.0, 1)?;
        desk.keep_record(before.first(), &terms)
    }
}

fn unreadable(text: &str) -> Failure {
    Failure::refused(Refused::Hours { text: text.trim().chars().take(40).collect() })
}

fn hours(text: &str) -> Outcome<Option<DayHours>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    DayHours::read(text).map(Some).ok_or_else(|| unreadable(text))
}
