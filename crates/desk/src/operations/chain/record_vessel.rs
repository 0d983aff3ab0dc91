//! Write down a vessel or machine with its number, owner and inspections (OX10).

use serde::Serialize;

use crate::failure::Outcome;
use crate::means::{Refused, Vessel};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// A vessel as it is now.
#[derive(Debug, Clone, Serialize)]
pub struct RecordVessel {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; `None` is a new one.
    pub vessel: Option<RecordId<Vessel>>,
    /// What it is.
    pub content: Vessel,
}

impl Operation for RecordVessel {
    type Done = RecordId<Vessel>;
    const NAME: &'static str = "record_vessel";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Vessel>> {
        let facility = desk.facility(self.content.facility)?;
        let content = self.content.check(desk.now().date())?;
        if let Some(store) = content.store
            && !facility.stores.iter().any(|entry| entry.store.id == store)
        {
            return Err(Refused::NoGauge.failure());
        }
        let code = content.code().unwrap_or_default();
        let taken = desk.record_of_code::<Vessel>(&code)?;
        if let Some(other) = taken.filter(|taken| Some(taken.id) != self.vessel) {
            let (seen, serial) = (desk.facility(other.content.facility).is_ok(), content.serial);
            let refused = if seen { Refused::SerialTaken { serial } } else { Refused::OtherSerial { serial } };
            return Err(refused.failure());
        }
        let before = self.vessel.map(|id| desk.record(id)).transpose()?;
        if let Some(before) = &before {
            // Where it stood must lie in the actor's scope too.
            desk.facility(before.content.facility)?;
        }
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("kind", content.kind.code());
        Ok(id)
    }
}
