//! Say whether a store works: in service, out of order, under repair (OX04).

use oxygen::StoreId;
use quantity::Moment;
use serde::Serialize;

use super::Refused;
use crate::failure::{Failure, Outcome};
use crate::means::{Change, Condition, Working};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::{check_time, words_of};
use crate::record::RecordId;
use crate::rights::Capability;

/// What a store is since a moment.
#[derive(Debug, Serialize)]
pub struct SetCondition {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub store: StoreId,
    /// What it is.
    pub working: Working,
    /// Since when; now when nobody said.
    pub since: Option<Moment>,
    /// Why; only a store that works again needs none.
    pub reason: String,
    /// Who said so, when somebody else typed it.
    pub told_by: Option<String>,
}

impl Operation for SetCondition {
    type Done = RecordId<Condition>;
    const NAME: &'static str = "set_condition";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Condition>> {
        let registry = desk.registry();
        let owner = registry.owner(self.store).map(|facility| facility.id).ok_or(Failure::NotFound)?;
        let facility = desk.facility(owner)?;
        let at = check_time(desk.now(), self.since)?;
        let reason = words_of(Some(self.reason));
        if reason.is_none() && !self.working.works() {
            return Err(Failure::refused(Refused::NoReason));
        }
        let known = desk.record_of_code::<Condition>(&self.store.to_string())?;
        let mut changes = known.as_ref().map(|known| known.content.changes.clone()).unwrap_or_default();
        if let Some(last) = changes.last().filter(|last| at < last.at) {
            return Err(Failure::refused(Refused::SomethingNewer { since: last.at.to_string() }));
        }
        let told_by = words_of(self.told_by);
        changes.push(Change { at, working: self.working, reason: reason.unwrap_or_default(), told_by });
        let content = Condition { facility: facility.id, store: self.store, changes };
        let id = desk.keep_record(known.as_ref(), &content)?;
        desk.about(self.store.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("state", self.working.code());
        desk.registers_changed();
        Ok(id)
    }
}
