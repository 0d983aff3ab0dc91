//! Ask for oxygen (OX13, OX21). In the quiet state and within a contract the request is approved by itself.

use oxygen::{Store, StoreId};
use place::FacilityId;
use protocol::Readiness;
use quantity::{Moment, Unit};
use serde::{Deserialize, Serialize};
use store::projection::States;

use super::{Refused, check_contract, fillable, needed, next_number, optional, read_amount, trips, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Approved, Contract, Priority, Request, Stage, Supplier, Who};

/// A need as it was told.
#[derive(Debug, Clone, Serialize)]
pub struct AskOxygen {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// For whom.
    pub facility: FacilityId,
    /// For which of its stores.
    pub store: StoreId,
    /// How much, as typed.
    pub amount: String,
    /// The unit beside it; none refuses a bare number.
    pub unit: Option<Unit>,
    /// By when.
    pub needed_by: Moment,
    /// How urgent.
    pub priority: Priority,
    /// Why.
    pub reason: String,
    /// Who said it, when somebody else types it.
    pub told_by: String,
    /// From whom, where that is known.
    pub supplier: Option<RecordId<Supplier>>,
    /// Under which contract, where there is one.
    pub contract: Option<RecordId<Contract>>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The request.
    pub request: RecordId<Request>,
    /// Its number.
    pub number: u32,
    /// Approved by itself.
    pub approved: bool,
}

impl Operation for AskOxygen {
    type Done = Asked;
    const NAME: &'static str = "ask_oxygen";
    const NEEDS: Capability = Capability::AskSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Asked> {
        let (facility, store) = fillable(desk, self.facility, self.store)?;
        let now = desk.now();
        if self.needed_by < now {
            return Err(Failure::refused(Refused::TooLate { needed_by: self.needed_by }));
        }
        let registry = desk.registry();
        let settings = registry.settings(&facility, now.date())?;
        let typed = read_amount(&self.amount, self.unit)?;
        let (grams, cylinders) = weigh(&store, &typed, &settings)?;
        let reason = needed(&self.reason, "reason")?;
        let contract = self.contract.map(|id| desk.record(id)).transpose()?;
        let supplier = contract.as_ref().map(|contract| contract.content.supplier).or(self.supplier);
        if let Some(cylinders) = cylinders {
            check_shells(desk, &facility.id, &store, cylinders, supplier)?;
        }
        if let Some(contract) = &contract {
            check_contract(desk, contract, facility.id, grams)?;
        }
        let quiet = registry.readiness().max(facility.readiness) == Readiness::Routine;
        // What a supplier has given away already is for a person to decide.
        let of = supplier.map(|supplier| (supplier, trips::product_of(&store), self.needed_by.date()));
        let free = match of {
            Some(of) => match trips::room::supplier_room(desk, of, grams, &[]) {
                Err(Failure::Refused(_)) => false,
                outcome => outcome.map(|()| true)?,
            },
            None => true,
        };
        let by_itself = quiet && contract.is_some() && free;
        let number = next_number::<Request>(desk, |request| request.number)?;
        let request = desk.open_record(&Request {
            number,
            facility: facility.id,
            store: store.id,
            typed,
            grams,
            cylinders,
            needed_by: self.needed_by,
            priority: self.priority,
            reason,
            asked_by: Who::of(desk.actor()),
            told_by: optional(&self.told_by),
            asked_at: now,
            supplier,
            contract: contract.as_ref().map(|contract| contract.id),
            stage: if by_itself { Stage::Approved } else { Stage::Asked },
            approved: by_itself.then_some(Approved { by: None, at: now, reason: None, legal_basis: None }),
            accepted: None,
            load: None,
            parts: Vec::new(),
            ended: None,
            unordered: None,
            trip: None,
            lender: None,
            terms: None,
        })?;
        desk.about(request.0);
        desk.mention("number", number);
        Ok(Asked { request, number, approved: by_itself })
    }
}

/// Cylinders are filled in exchange for shells: those that stand empty at the facility, and the supplier's own. Where
/// either was never told, nobody is stopped.
fn check_shells(
    desk: &mut Desk<'_, '_>,
    facility: &FacilityId,
    store: &Store,
    asked: u32,
    supplier: Option<RecordId<Supplier>>,
) -> Outcome<()> {
    let Some(vessels) = store.vessels else { return Ok(()) };
    let province = desk.actor().province;
    let states = States::of_facility(desk.transaction(), province, *facility)?;
    let counts = states.get(store.id).and_then(|state| state.latest.as_ref()?.counts);
    let Some(empty) = counts.map(|counts| counts.empty) else { return Ok(()) };
    let theirs = match supplier {
        Some(supplier) => desk.record(supplier)?.content.shells_of(vessels.spec.water_volume_ml),
        None => Some(0),
    };
    let Some(theirs) = theirs else { return Ok(()) };
    let shells = empty.saturating_add(theirs);
    if asked > shells { Err(Failure::refused(Refused::NoShells { asked, shells })) } else { Ok(()) }
}
