//! Bring a store of oxygen to a facility that is registered: dewars by boat after a flood, a new tank, a
//! tank that is used again under a new key (OX05, OX07).

use oxygen::{Store, StoreId};
use place::FacilityId;
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::register_body::add_store;
use crate::rights::Capability;
use crate::succession::Refused;

/// A store that is used from today on.
#[derive(Debug, Serialize)]
pub struct BringStore {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where it is used.
    pub facility: FacilityId,
    /// What it is.
    pub store: Store,
}

impl Operation for BringStore {
    type Done = StoreId;
    const NAME: &'static str = "bring_store";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<StoreId> {
        let facility = desk.facility(self.facility)?;
        let today = desk.now().date();
        if !facility.body.valid_on(today) {
            return Err(Failure::refused(Refused::HasEnded { name: facility.body.name }));
        }
        let (province, id) = (desk.actor().province, self.store.id);
        // A replay finds it there, and is answered from its key; the registry may be a second old.
        if store::register::store(desk.transaction(), province, id)?.is_some() {
            return Err(Failure::refused(Refused::StoreThere));
        }
        let position = facility.stores.iter().map(|entry| entry.position + 1).max().unwrap_or(0);
        add_store(desk, facility.id, position, &self.store, today)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        desk.registers_changed();
        Ok(id)
    }
}
