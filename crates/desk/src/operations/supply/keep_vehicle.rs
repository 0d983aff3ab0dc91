//! Register a vehicle, or change what is known of it (OX15). A plate is one vehicle's.

use oxygen::supply::plate_key;
use quantity::Grams;
use serde::Serialize;

use super::{Refused, needed};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::Vehicle;

/// A vehicle as it is from now on.
#[derive(Debug, Serialize)]
pub struct KeepVehicle {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; none for a new one.
    pub id: Option<RecordId<Vehicle>>,
    /// What is known of it.
    pub vehicle: Vehicle,
}

impl Operation for KeepVehicle {
    type Done = RecordId<Vehicle>;
    const NAME: &'static str = "keep_vehicle";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Vehicle>> {
        desk.whole_province()?;
        let plate = plate_key(&self.vehicle.plate).map_err(|problem| Failure::refused(Refused::Plate(problem)))?;
        let vehicle = Vehicle { owner: needed(&self.vehicle.owner, "owner")?, ..self.vehicle };
        if vehicle.capacity <= Grams::ZERO {
            return Err(Failure::refused(Refused::NotPositive));
        }
        if let Some(other) = desk.record_of_code::<Vehicle>(&plate)?.filter(|other| Some(other.id) != self.id) {
            let (plate, owner) = (other.content.plate, other.content.owner);
            return Err(Failure::refused(Refused::PlateTaken { plate, owner }));
        }
        let before = self.id.map(|id| desk.record(id)).transpose()?;
        let id = desk.keep_record(before.as_ref(), &vehicle)?;
        desk.about(id.0);
        Ok(id)
    }
}
