//! Note why a report came late or not at all (DT17). It changes nothing of what was received when.

use place::FacilityId;
use serde::Serialize;

use crate::command::must_say;
use crate::command::submission::LateReason;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// Why.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainLate {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which facility.
    pub facility: FacilityId,
    /// Which period, by its stable name.
    pub period: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub told_by: String,
}

impl Operation for ExplainLate {
    type Done = RecordId<LateReason>;
    const NAME: &'static str = "explain_late";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        let facility = desk.facility(self.facility)?;
        let content = LateReason {
            facility: facility.id,
            period: must_say("period", &self.period)?,
            reason: must_say("reason", &self.reason)?,
            told_by: must_say("told_by", &self.told_by)?,
        };
        desk.mention("period", content.period.as_str());
        let before = desk.record_of_code::<LateReason>(&content.code().unwrap_or_default())?;
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        Ok(id)
    }
}
