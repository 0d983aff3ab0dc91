//! Register a producer or refill station, or change what is known of it (OX12).

use quantity::Id;
use serde::Serialize;

use super::{Refused, needed};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Supplier, name_key};

/// A supplier as it is from now on.
#[derive(Debug, Serialize)]
pub struct KeepSupplier {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; none for a new one.
    pub id: Option<RecordId<Supplier>>,
    /// The key of its body, for a new one whose body is registered: deliveries name the body.
    pub body: Option<Id>,
    /// What is known of it.
    pub supplier: Supplier,
}

impl Operation for KeepSupplier {
    type Done = RecordId<Supplier>;
    const NAME: &'static str = "keep_supplier";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Supplier>> {
        desk.whole_province()?;
        let supplier = Supplier { name: needed(&self.supplier.name, "name")?, ..self.supplier };
        let same = desk.record_of_code::<Supplier>(&name_key(&supplier.name))?;
        if same.is_some_and(|other| Some(other.id) != self.id) {
            return Err(Failure::refused(Refused::NameTaken { name: supplier.name }));
        }
        let id = match (self.id, self.body) {
            (Some(id), _) => {
                let before = desk.record(id)?;
                desk.revise(&before, &supplier)?;
                id
            }
            (None, Some(body)) => {
                let id = RecordId::new(body);
                desk.open_record_as(id, &supplier)?;
                id
            }
            (None, None) => desk.open_record(&supplier)?,
        };
        desk.about(id.0);
        Ok(id)
    }
}
