//! Count a facility's beds, its intensive care with machines and people (TR01, TR05).

use serde::Serialize;

use crate::failure::Outcome;
use crate::means::{BedCount, Refused};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::check_time;
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// A count.
#[derive(Debug, Clone, Serialize)]
pub struct CountBeds {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What was counted, and when.
    pub content: BedCount,
}

impl Operation for CountBeds {
    type Done = RecordId<BedCount>;
    const NAME: &'static str = "count_beds";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<BedCount>> {
        let facility = desk.facility(self.content.facility)?;
        if self.content.says_nothing() {
            return Err(Refused::Missing.failure());
        }
        let counted_at = check_time(desk.now(), Some(self.content.counted_at))?;
        let content = BedCount { counted_at, ..self.content }.check()?;
        let known = desk.record_of_code::<BedCount>(&content.code().unwrap_or_default())?;
        if let Some(before) = known.as_ref().filter(|before| counted_at < before.content.counted_at) {
            let (on, since) = (counted_at.date(), before.content.counted_at.date());
            return Err(Refused::BeforeTheLast { on, since }.failure());
        }
        let id = desk.keep_record(known.as_ref(), &content)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        Ok(id)
    }
}
