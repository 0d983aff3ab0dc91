//! Allow a screen on the wall, or take it back. Its token is shown once and kept as a digest only.

use serde::Serialize;

use crate::alarms::records::Display;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A screen.
#[derive(Debug, Serialize)]
pub struct SetDisplay {
    /// Key of the form: a second press gives no second screen.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where it hangs.
    pub label: String,
    /// The digest of its token; another one each time that the form is sent, so no part of what is asked.
    #[serde(skip)]
    pub digest: String,
}

impl Operation for SetDisplay {
    type Done = RecordId<Display>;
    const NAME: &'static str = "set_display";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Display>> {
        desk.whole_province()?;
        let (by, since) = (desk.actor().display_name.clone(), desk.now().date());
        let label = self.label.trim().chars().take(80).collect();
        desk.open_record(&Display { label, digest: self.digest, by, since, withdrawn: false })
    }
}

/// A screen that is taken back.
#[derive(Debug, Serialize)]
pub struct WithdrawDisplay {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub display: RecordId<Display>,
}

impl Operation for WithdrawDisplay {
    type Done = ();
    const NAME: &'static str = "withdraw_display";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let kept = desk.record(self.display)?;
        desk.about(self.display.0);
        desk.revise(&kept, &Display { withdrawn: true, ..kept.content.clone() })
    }
}
