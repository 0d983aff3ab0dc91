//! Write the note from one shift to the next.

use serde::Serialize;

use super::refused::Refused;
use crate::alarms::records::Handover;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::record::RecordId;
use crate::rights::Capability;

/// The note.
#[derive(Debug, Serialize)]
pub struct HandOver {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The note as it stood on the page.
    pub text: String,
}

impl Operation for HandOver {
    type Done = RecordId<Handover>;
    const NAME: &'static str = "hand_over";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Handover>> {
        desk.whole_province()?;
        let Some(text) = words_of(Some(self.text)) else { return Err(Failure::refused(Refused::EmptyNote)) };
        let (at, by) = (desk.now(), desk.actor().display_name.clone());
        desk.open_record(&Handover { at, by, text })
    }
}
