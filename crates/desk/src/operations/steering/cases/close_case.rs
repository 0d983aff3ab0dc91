//! Close a case, with its last words: where it went, or why nothing follows (DT15). It is kept and read no less closely.

use serde::Serialize;

use super::{note_access, open, words};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::steering::case::CaseId;

/// The end of a case.
#[derive(Debug, Clone, Serialize)]
pub struct CloseCase {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub case: CaseId,
    /// Why.
    pub why: String,
}

impl Operation for CloseCase {
    type Done = CaseId;
    const NAME: &'static str = "close_case";
    const NEEDS: Capability = Capability::KeepCases;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CaseId> {
        let before = open(desk, self.case)?;
        let mut content = before.content.clone();
        content.closed = Some((desk.now().date(), words("why", &self.why)?));
        desk.revise(&before, &content)?;
        note_access(desk, before.id, "closed")?;
        Ok(before.id)
    }
}
