//! Submit a draft for signature («Trình ký»).

use serde::Serialize;

use super::draft_letter::LetterRefused;
use super::{content, standing};
use crate::failure::Outcome;
use crate::letters_out::check::check;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// The draft.
#[derive(Debug, Serialize)]
pub struct SubmitReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub report: RecordId<OfficialReport>,
}

impl Operation for SubmitReport {
    type Done = ();
    const NAME: &'static str = "submit_report";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = standing(desk, self.report, State::Drafted)?;
        if before.content.letter.is_some() {
            let document = content(desk, &before.content.content)?.document;
            let count = check(&document).iter().filter(|finding| finding.must).count();
            if count > 0 {
                return Err(LetterRefused::Incomplete { count }.into());
            }
        }
        let submitted = OfficialReport {
            state: State::Submitted,
            submitted_at: Some(desk.now()),
            returned: None,
            ..before.content.clone()
        };
        desk.revise(&before, &submitted)
    }
}
