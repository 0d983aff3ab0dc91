//! Note a step of a case (DT15).

use jiff::civil::Date;
use serde::Serialize;

use super::{note_access, open, words};
use crate::command::Refused as Wrong;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::steering::case::{CaseId, Step};

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct AddStep {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which case.
    pub case: CaseId,
    /// The day.
    pub on: Date,
    /// What was done.
    pub what: String,
}

impl Operation for AddStep {
    type Done = CaseId;
    const NAME: &'static str = "add_case_step";
    const NEEDS: Capability = Capability::KeepCases;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CaseId> {
        let before = open(desk, self.case)?;
        if self.on > desk.now().date() {
            return Err(Failure::refused(Wrong::Ahead { day: self.on }));
        }
        let mut content = before.content.clone();
        content.steps.push(Step { on: self.on, what: words("what", &self.what)? });
        desk.revise(&before, &content)?;
        note_access(desk, before.id, "wrote")?;
        Ok(before.id)
    }
}
