//! Note the decision of a case (DT15).

use jiff::civil::Date;
use serde::Serialize;

use super::{note_access, open, words};
use crate::command::Refused as Wrong;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::refused;
use crate::rights::Capability;
use crate::steering::case::{CaseId, Decision};
use crate::steering::refused::Refused;

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecideCase {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which case.
    pub case: CaseId,
    /// The day.
    pub on: Date,
    /// Number of the decision.
    pub number: String,
    /// What was decided.
    pub what: String,
}

impl Operation for DecideCase {
    type Done = CaseId;
    const NAME: &'static str = "decide_case";
    const NEEDS: Capability = Capability::KeepCases;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CaseId> {
        let before = open(desk, self.case)?;
        if before.content.decision.is_some() {
            return Err(refused(Refused::NotNow));
        }
        if self.on > desk.now().date() {
            return Err(Failure::refused(Wrong::Ahead { day: self.on }));
        }
        let (number, what) = (words("number", &self.number)?, words("what", &self.what)?);
        let mut content = before.content.clone();
        content.decision = Some(Decision { on: self.on, number, what });
        desk.revise(&before, &content)?;
        note_access(desk, before.id, "wrote")?;
        Ok(before.id)
    }
}
