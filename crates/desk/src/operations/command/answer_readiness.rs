//! Answer a line of the readiness check «bốn tại chỗ», with what shows it (PR01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use serde::Serialize;

use super::not_ahead;
use crate::command::programme::code_of;
use crate::command::readiness::{Answer, Met};
use crate::command::{Refused, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerReadiness {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Key of the line.
    pub line: String,
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// What was found.
    pub met: Met,
    /// What shows it.
    pub evidence: String,
    /// When somebody looked.
    pub seen_on: Date,
    /// Who looked.
    pub by: String,
}

impl Operation for AnswerReadiness {
    type Done = RecordId<Answer>;
    const NAME: &'static str = "answer_readiness";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        match self.facility {
            Some(facility) => drop(desk.facility(facility)?),
            None => desk.whole_province()?,
        }
        let level = if self.facility.is_some() { Asks::Facility } else { Asks::Province };
        let list = Checklist::four_on_the_spot().map_err(Failure::refused)?;
        let line = list.item(&self.line).filter(|item| item.level == level);
        let Some(line) = line else { return Err(Failure::refused(Refused::NoSuchLine { key: self.line })) };
        let content = Answer {
            key: line.key.clone(),
            facility: self.facility,
            met: self.met,
            evidence: must_say("evidence", &self.evidence)?,
            seen_on: not_ahead(desk, self.seen_on)?,
            by: must_say("by", &self.by)?,
        };
        desk.mention("line", line.key.as_str());
        desk.mention("met", self.met.code());
        match desk.record_of_code::<Answer>(&code_of(&line.key, self.facility))? {
            Some(before) => {
                desk.about(before.id.0);
                desk.revise(&before, &content)?;
                Ok(before.id)
            }
            None => {
                let id = desk.open_record(&content)?;
                desk.about(id.0);
                Ok(id)
            }
        }
    }
}
