//! Take a store out of use: its pad stands under water, it is sent away, it is sold (OX07). From today on
//! it is on no list and in no form; what was told of it stays.

use oxygen::StoreId;
use serde::Serialize;
use store::register;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::rights::Capability;
use crate::succession::Refused;

/// A store that is used no longer.
#[derive(Debug, Serialize)]
pub struct CloseStore {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which store.
    pub store: StoreId,
    /// Why, in words for the journal; no names.
    pub reason: String,
}

impl Operation for CloseStore {
    type Done = ();
    const NAME: &'static str = "close_store";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let registry = desk.registry();
        let owner = registry.owner(self.store).map(|facility| facility.id).ok_or(Failure::NotFound)?;
        let facility = desk.facility(owner)?;
        let reason = words_of(Some(self.reason)).ok_or_else(|| Failure::refused(Refused::NoReason))?;
        let (province, today) = (desk.actor().province, desk.now().date());
        if !register::close_store(desk.transaction(), province, self.store, today)? {
            let label = crate::views::facility::label_of(&facility, self.store);
            return Err(Failure::refused(Refused::ClosedAlready { label }));
        }
        desk.about(self.store.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("reason", reason);
        desk.registers_changed();
        Ok(())
    }
}
