//! Write down a part of a facility's chain, with its test and the day of it (OX04, OX10).

use oxygen::chain::Part;
use place::FacilityId;
use serde::Serialize;

use crate::failure::Outcome;
use crate::means::Link;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;

/// More parts than any facility has.
const MOST_PARTS: i64 = 500;

/// A part as it is now. One of the same kind and name is written over by a new version; of power
/// there is one.
#[derive(Debug, Clone, Serialize)]
pub struct RecordLink {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Whose.
    pub facility: FacilityId,
    /// As people there call it.
    pub name: String,
    /// What it is and carries.
    pub part: Part,
    /// Who said so.
    pub told_by: Option<String>,
}

impl Operation for RecordLink {
    type Done = RecordId<Link>;
    const NAME: &'static str = "record_link";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Link>> {
        let facility = desk.facility(self.facility)?;
        let link = Link { facility: facility.id, name: self.name, part: self.part, told_by: self.told_by, gone: None };
        let link = link.check(desk.now().date())?;
        let province = desk.actor().province;
        let known = record::of_owner::<Link>(desk.transaction(), province, facility.id.0, MOST_PARTS)?;
        let same = |kept: &record::Kept<Link>| {
            let one = matches!(link.part, Part::Power(_)) || kept.content.name == link.name;
            kept.content.gone.is_none() && kept.content.part.code() == link.part.code() && one
        };
        let id = desk.keep_record(known.iter().find(|kept| same(kept)), &link)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("part", link.part.code());
        desk.registers_changed();
        Ok(id)
    }
}
