//! Note what a drill or a recount found, who mends it and until when (PR01, DT12).

use jiff::civil::Date;
use quantity::Id;
use serde::Serialize;

use crate::command::finding::{Drill, Finding};
use crate::command::must_say;
use crate::command::recount::Recount;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct NoteFinding {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The drill or recount.
    pub of: Id,
    /// What.
    pub what: String,
    /// How it will be mended.
    pub remedy: String,
    /// By whom.
    pub holder: String,
    /// Until when.
    pub due_on: Date,
}

impl Operation for NoteFinding {
    type Done = RecordId<Finding>;
    const NAME: &'static str = "note_finding";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        let province = desk.actor().province;
        let recount = record::one::<Recount>(desk.transaction(), province, RecordId::new(self.of))?;
        let facility = match recount {
            Some(recount) => Some(desk.facility(recount.content.facility)?.id),
            None => {
                desk.whole_province()?;
                let drill = record::one::<Drill>(desk.transaction(), province, RecordId::new(self.of))?;
                drill.ok_or(Failure::NotFound)?;
                None
            }
        };
        let content = Finding {
            of: self.of,
            facility,
            what: must_say("what", &self.what)?,
            remedy: must_say("remedy", &self.remedy)?,
            holder: must_say("holder", &self.holder)?,
            due_on: self.due_on,
            mended_on: None,
            evidence: None,
        };
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}
