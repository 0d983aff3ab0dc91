//! Draft a letter that was composed from records or written by hand. From here it goes the way of every paper: edited,
//! submitted, signed and numbered, revised, the signed PDF beside it.
//!
//! This is the one way in for every other part of the program: put an [`OfficialDocument`] together (most easily by
//! [`crate::letters_out`]), perform [`DraftLetter`], and lead the person to `/chi-dao/bao-cao/{id}/sua`.

use document::official::OfficialDocument;
use quantity::{Id, Moment};
use serde::Serialize;

use super::keep;
use super::letter::{content_of, named};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::layout::ReportKind;
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// What the letter says.
#[derive(Debug, Serialize)]
pub struct DraftLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// As it would be printed; its number and its day are given at the signature and at no other moment.
    pub document: OfficialDocument,
    /// The record that it is about: a letter that came in, a task, a meeting.
    pub about: Option<Id>,
    /// When it must have been signed.
    pub due: Option<Moment>,
    /// Whose name, where the program itself tells the past of a demonstration; an account drafts under its own.
    pub drafter: Option<String>,
}

impl Operation for DraftLetter {
    type Done = RecordId<OfficialReport>;
    const NAME: &'static str = "draft_letter";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<OfficialReport>> {
        desk.whole_province()?;
        let letter = named(&self.document, self.about)?;
        let content = content_of(desk, self.document)?;
        let own = desk.actor().display_name.clone();
        let drafter = self.drafter.filter(|_| desk.actor().user.is_none()).unwrap_or(own);
        desk.mention("kind", letter.name.clone());
        let report = OfficialReport {
            kind: ReportKind::Letter,
            letter: Some(letter),
            period: content.day,
            issue: 1,
            state: State::Drafted,
            due: self.due,
            drafter,
            content: keep(desk, &content)?,
            figures_at: content.at,
            submitted_at: None,
            signed: None,
            returned: None,
            reason: None,
            scan: None,
            earlier: Vec::new(),
        };
        let id = desk.open_record(&report)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// A refusal of a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterRefused {
    /// Parts without which it does not go to the leader.
    #[error("OUT-006: {count} parts are missing")]
    Incomplete {
        /// How many.
        count: usize,
    },
    /// Another body issues it.
    #[error("OUT-007: issued by {issuer}")]
    OfAnother {
        /// Which.
        issuer: String,
    },
    /// Somebody else has edited it meanwhile.
    #[error("OUT-008: edited by somebody else")]
    Edited,
    /// What stands behind its number is not said, or it is far too long.
    #[error("OUT-009: not a letter that can be kept")]
    NotALetter,
}

impl quantity::Coded for LetterRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Incomplete { .. } => "OUT-006",
            Self::OfAnother { .. } => "OUT-007",
            Self::Edited => "OUT-008",
            Self::NotALetter => "OUT-009",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Incomplete { count } => vec![("count", count.to_string())],
            Self::OfAnother { issuer } => vec![("issuer", issuer.clone())],
            Self::Edited | Self::NotALetter => Vec::new(),
        }
    }
}

impl From<LetterRefused> for Failure {
    fn from(refused: LetterRefused) -> Self {
        Self::refused(refused)
    }
}
