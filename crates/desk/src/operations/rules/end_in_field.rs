//! End the charge of an officer over a field with a last day (DT07). What was given to him stays his until it is given to
//! another.

use jiff::civil::Date;
use quantity::Moment;
use serde::Serialize;

use super::refused;
use crate::failure::{Failure, Outcome};
use crate::letters::field::OfficerFieldId;
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// The end of a charge.
#[derive(Debug, Serialize)]
pub struct EndInField {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub field: OfficerFieldId,
    /// The last day.
    pub on: Date,
}

impl Operation for EndInField {
    type Done = OfficerFieldId;
    const NAME: &'static str = "end_in_field";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<OfficerFieldId> {
        desk.whole_province()?;
        let before = desk.record(self.field)?;
        desk.about(before.id.0);
        if before.content.to.is_some() {
            return Err(refused(RulesRefused::Ended));
        }
        let to = Moment::start_of(self.on.tomorrow().map_err(|_| Failure::NotFound)?);
        if to <= before.content.from {
            return Err(refused(RulesRefused::EndsBefore));
        }
        let mut after = before.content.clone();
        after.to = Some(to);
        desk.revise(&before, &after)?;
        Ok(before.id)
    }
}
