//! Note that the ministry has the notice about the oxygen coordination unit (OX03).

use jiff::civil::Date;
use serde::Serialize;

use super::not_ahead;
use crate::command::unit::UnitNotice;
use crate::command::{Refused, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which notice, when, who said so.
#[derive(Debug, Clone, Serialize)]
pub struct AcknowledgeNotice {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub notice: RecordId<UnitNotice>,
    /// When.
    pub on: Date,
    /// Who said so, and how.
    pub by: String,
}

impl Operation for AcknowledgeNotice {
    type Done = ();
    const NAME: &'static str = "acknowledge_notice";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let on = not_ahead(desk, self.on)?;
        let by = must_say("by", &self.by)?;
        let before = desk.record(self.notice)?;
        if on < before.content.sent_on {
            return Err(Failure::refused(Refused::EndsBefore { from: before.content.sent_on, to: on }));
        }
        if before.content.answered_on.is_some() {
            return Err(Failure::NotFound);
        }
        desk.about(before.id.0);
        let answered = UnitNotice { answered_on: Some(on), answered_by: Some(by), ..before.content.clone() };
        desk.revise(&before, &answered)
    }
}
