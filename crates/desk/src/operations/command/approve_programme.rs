//! Enter the decision that approves the province's oxygen programme, or mend what was written of it (OX01).

use jiff::civil::Date;
use serde::Serialize;

use super::{Attached, keep_paper, not_ahead};
use crate::command::programme::Programme;
use crate::command::unit::Paper;
use crate::command::{must_say, said};
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
        let issuer = must_say("issuer", &self.issuer)?;
        let issued_on = not_ahead(desk, self.issued_on)?;
        let file = keep_paper(desk, self.file)?;
        let decision = Paper { number: said(&self.number).unwrap_or_default(), issued_on, issuer, file };
        desk.mention("number", decision.number.as_str());
        match desk.record_of_code::<Programme>(Programme::KIND)? {
            Some(before) => {
                let file = decision.file.or_else(|| before.content.decision.file.clone());
                desk.about(before.id.0);
                desk.revise(&before, &Programme { decision: Paper { file, ..decision } })?;
                Ok(before.id)
            }
            None => {
                let id = desk.open_record(&Programme { decision })?;
                desk.about(id.0);
                Ok(id)
            }
        }
    }
}
