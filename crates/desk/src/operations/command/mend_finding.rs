//! Note that what a drill or a recount found has been mended, and what shows it (PR01, DT12).

use jiff::civil::Date;
use serde::Serialize;

use super::not_ahead;
use crate::command::finding::Finding;
use crate::command::{Refused, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which, when, by what it is seen.
#[derive(Debug, Clone, Serialize)]
pub struct MendFinding {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub finding: RecordId<Finding>,
    /// When.
    pub on: Date,
    /// What shows it.
    pub evidence: String,
}

impl Operation for MendFinding {
    type Done = ();
    const NAME: &'static str = "mend_finding";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.finding)?;
        match before.content.facility {
            Some(facility) => drop(desk.facility(facility)?),
            None => desk.whole_province()?,
        }
        if let Some(day) = before.content.mended_on {
            return Err(Failure::refused(Refused::MendedAlready { day }));
        }
        let mended_on = Some(not_ahead(desk, self.on)?);
        let evidence = Some(must_say("evidence", &self.evidence)?);
        desk.about(before.id.0);
        desk.revise(&before, &Finding { mended_on, evidence, ..before.content.clone() })
    }
}
