//! Found the oxygen coordination unit, or mend what was written of its founding (OX02).

use jiff::civil::Date;
use serde::Serialize;

use super::{Attached, read_paper};
use crate::command::unit::CoordinationUnit;
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
        let before = desk.record_of_code::<CoordinationUnit>(CoordinationUnit::KIND)?;
        let known = before.as_ref().map(|before| &before.content.founding);
        let founding = read_paper(desk, (&self.number, self.issued_on, &self.issuer), self.file, known)?;
        let members = before.as_ref().map_or_else(Vec::new, |before| before.content.members.clone());
        let id = desk.keep_record(before.as_ref(), &CoordinationUnit { founding, members })?;
        desk.about(id.0);
        Ok(id)
    }
}
