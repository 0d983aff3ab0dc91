//! Enter the decision that approves the province's oxygen programme, or mend what was written of it (OX01).

use jiff::civil::Date;
use serde::Serialize;

use super::{Attached, read_paper};
use crate::command::programme::Programme;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// The decision. A file that is not sent again stays.
#[derive(Debug, Serialize)]
pub struct ApproveProgramme {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its number; empty while the stamp has not come.
    pub number: String,
    /// Its day.
    pub issued_on: Date,
    /// Who issued it.
    pub issuer: String,
    /// The paper itself.
    pub file: Option<Attached>,
}

impl Operation for ApproveProgramme {
    type Done = RecordId<Programme>;
    const NAME: &'static str = "approve_programme";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        desk.whole_province()?;
        let before = desk.record_of_code::<Programme>(Programme::KIND)?;
        let known = before.as_ref().map(|before| &before.content.decision);
        let decision = read_paper(desk, (&self.number, self.issued_on, &self.issuer), self.file, known)?;
        let id = desk.keep_record(before.as_ref(), &Programme { decision })?;
        desk.about(id.0);
        Ok(id)
    }
}
