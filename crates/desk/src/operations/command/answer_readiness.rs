//! Answer a line of the readiness check «bốn tại chỗ», with what shows it (PR01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::Checklist;
use serde::Serialize;

use super::{check_line, not_ahead};
use crate::command::must_say;
use crate::command::programme::code_of;
use crate::command::readiness::{Answer, Met};
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
        let list = Checklist::four_on_the_spot().map_err(Failure::refused)?;
        check_line(desk, &list, &self.line, self.facility)?;
        let content = Answer {
            key: self.line.clone(),
            facility: self.facility,
            met: self.met,
            evidence: must_say("evidence", &self.evidence)?,
            seen_on: not_ahead(desk, self.seen_on)?,
            by: must_say("by", &self.by)?,
        };
        desk.mention("line", self.line.as_str());
        desk.mention("met", self.met.code());
        let before = desk.record_of_code::<Answer>(&code_of(&self.line, self.facility))?;
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        Ok(id)
    }
}
