//! End somebody's seat in the oxygen coordination unit (OX02).

use jiff::civil::Date;
use quantity::Id;
use serde::Serialize;

use crate::command::Refused;
use crate::command::unit::CoordinationUnit;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::Record;
use crate::rights::Capability;

/// Who, from when.
#[derive(Debug, Clone, Serialize)]
pub struct RelieveMember {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which member.
    pub member: Id,
    /// First day on which he no longer sits.
    pub on: Date,
}

impl Operation for RelieveMember {
    type Done = ();
    const NAME: &'static str = "relieve_member";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let before = desk.record_of_code::<CoordinationUnit>(CoordinationUnit::KIND)?.ok_or(Failure::NotFound)?;
        let mut unit = before.content.clone();
        let member = unit.members.iter_mut().find(|one| one.id == self.member && one.to.is_none());
        let member = member.ok_or(Failure::NotFound)?;
        if self.on < member.from {
            return Err(Failure::refused(Refused::EndsBefore { from: member.from, to: self.on }));
        }
        member.to = Some(self.on);
        desk.about(before.id.0);
        desk.mention("seat", member.seat.as_str());
        desk.revise(&before, &unit)
    }
}
