//! Change what a drafted letter says, before it is submitted.

use document::official::OfficialDocument;
use quantity::Moment;
use serde::Serialize;

use super::draft_letter::LetterRefused;
use super::letter::{content_of, named};
use super::{Refused, keep, standing};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// The letter and what it says now.
#[derive(Debug, Serialize)]
pub struct EditLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub letter: RecordId<OfficialReport>,
    /// What the writer had before him, by its digest: nobody writes over what he has not seen.
    pub seen: String,
    /// As it would be printed.
    pub document: OfficialDocument,
    /// When it must have been signed; none leaves what stands there.
    pub due: Option<Moment>,
}

impl Operation for EditLetter {
    type Done = ();
    const NAME: &'static str = "edit_letter";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = standing(desk, self.letter, State::Drafted)?;
        let Some(old) = &before.content.letter else { return Err(Failure::refused(Refused::NotNow)) };
        if self.seen != before.content.content {
            return Err(LetterRefused::Edited.into());
        }
        let letter = named(&self.document, old.about)?;
        let content = content_of(desk, self.document)?;
        let edited = OfficialReport {
            letter: Some(letter),
            due: self.due.or(before.content.due),
            drafter: desk.actor().display_name.clone(),
            content: keep(desk, &content)?,
            figures_at: content.at,
            ..before.content.clone()
        };
        desk.revise(&before, &edited)
    }
}
