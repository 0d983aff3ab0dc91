//! Open a case of liability: what happened, where, which subjective cause, on which legal basis (DT15). It names posts,
//! not persons, and leads to no entry.

use jiff::civil::Date;
use serde::Serialize;

use super::{note_access, words};
use crate::command::{Refused as Wrong, said};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::steering::{next_number, refused};
use crate::rights::Capability;
use crate::steering::case::{Case, CaseId, OutcomeKind, check_words};

/// A case as a form tells it.
#[derive(Debug, Clone, Serialize)]
pub struct OpenCase {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What happened to the patient.
    pub outcome: OutcomeKind,
    /// The day.
    pub happened_on: Date,
    /// Where.
    pub unit: String,
    /// The subjective cause.
    pub cause: String,
    /// Posts concerned, one a line.
    pub posts: String,
    /// On what it rests.
    pub legal_basis: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for OpenCase {
    type Done = CaseId;
    const NAME: &'static str = "open_case";
    const NEEDS: Capability = Capability::KeepCases;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CaseId> {
        desk.whole_province()?;
        if self.happened_on > desk.now().date() {
            return Err(Failure::refused(Wrong::Ahead { day: self.happened_on }));
        }
        let posts: Vec<String> = self.posts.lines().filter_map(said).take(20).collect();
        for post in &posts {
            check_words(post).map_err(refused)?;
        }
        let content = Case {
            number: next_number(desk, "case")?,
            outcome: self.outcome,
            happened_on: self.happened_on,
            unit: words("unit", &self.unit)?,
            cause: words("cause", &self.cause)?,
            posts,
            legal_basis: words("legal_basis", &self.legal_basis)?,
            steps: Vec::new(),
            decision: None,
            closed: None,
            simulated: self.simulated,
        };
        let id = desk.open_record(&content)?;
        note_access(desk, id, "opened")?;
        Ok(id)
    }
}
