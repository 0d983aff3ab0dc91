//! Read a case: who and when is written down before anything is shown (DT15).

use serde::Serialize;

use super::note_access;
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::rights::Capability;
use crate::steering::case::CaseId;

/// A case that is read.
#[derive(Debug, Clone, Serialize)]
pub struct LookInCase {
    /// Which.
    pub case: CaseId,
}

impl Operation for LookInCase {
    type Done = ();
    const NAME: &'static str = "look_in_case";
    const NEEDS: Capability = Capability::KeepCases;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let case = desk.record(self.case)?;
        note_access(desk, case.id, "read")
    }
}
