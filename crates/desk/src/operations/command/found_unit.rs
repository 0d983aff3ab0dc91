//! Found the oxygen coordination unit, or mend what was written of its founding (OX02).

use jiff::civil::Date;
use serde::Serialize;

use super::{Attached, keep_paper, not_ahead};
use crate::command::unit::{CoordinationUnit, Paper};
use crate::command::{must_say, said};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// The founding paper. A file that is not sent again stays.
#[derive(Debug, Serialize)]
pub struct FoundUnit {
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

impl Operation for FoundUnit {
    type Done = RecordId<CoordinationUnit>;
    const NAME: &'static str = "found_unit";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        desk.whole_province()?;
        let issuer = must_say("issuer", &self.issuer)?;
        let issued_on = not_ahead(desk, self.issued_on)?;
        let file = keep_paper(desk, self.file)?;
        let founding = Paper { number: said(&self.number).unwrap_or_default(), issued_on, issuer, file };
        desk.mention("number", founding.number.as_str());
        match desk.record_of_code::<CoordinationUnit>(CoordinationUnit::KIND)? {
            Some(before) => {
                let file = founding.file.or_else(|| before.content.founding.file.clone());
                let unit =
                    CoordinationUnit { founding: Paper { file, ..founding }, members: before.content.members.clone() };
                desk.about(before.id.0);
                desk.revise(&before, &unit)?;
                Ok(before.id)
            }
            None => {
                let id = desk.open_record(&CoordinationUnit { founding, members: Vec::new() })?;
                desk.about(id.0);
                Ok(id)
            }
        }
    }
}
