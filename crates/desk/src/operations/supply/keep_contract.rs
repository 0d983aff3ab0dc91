//! Register a contract, or change what is known of it (OX14).

use oxygen::supply::{Ceiling, Price};
use quantity::Grams;
use serde::Serialize;

use super::{Refused, needed};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Contract, name_key};

/// A contract as it is from now on. What has been drawn on it is computed, never told.
#[derive(Debug, Serialize)]
pub struct KeepContract {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; none for a new one.
    pub id: Option<RecordId<Contract>>,
    /// What is known of it.
    pub contract: Contract,
}

impl Operation for KeepContract {
    type Done = RecordId<Contract>;
    const NAME: &'static str = "keep_contract";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Contract>> {
        desk.whole_province()?;
        let contract = checked(desk, self.contract, self.id)?;
        let before = self.id.map(|id| desk.record(id)).transpose()?;
        let id = desk.keep_record(before.as_ref(), &contract)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// A contract whose words, days, prices and parties can be; `id` is its own, where it has one.
pub(super) fn checked(
    desk: &mut Desk<'_, '_>,
    contract: Contract,
    id: Option<RecordId<Contract>>,
) -> Outcome<Contract> {
    let contract = Contract {
        number: needed(&contract.number, "number")?,
        legal_basis: needed(&contract.legal_basis, "legal_basis")?,
        payer: needed(&contract.payer, "payer")?,
        signer: needed(&contract.signer, "signer")?,
        ..contract
    };
    desk.record(contract.supplier)?;
    for buyer in &contract.buyers {
        desk.facility(*buyer)?;
    }
    let terms = contract.terms;
    let has_ceiling = match terms.ceiling {
        Ceiling::Mass(mass) => mass > Grams::ZERO,
        Ceiling::Money(dong) => dong > 0,
    };
    let (Price::PerKg { dong } | Price::PerCylinder { dong, .. }) = terms.price;
    if terms.to < terms.from || !has_ceiling || dong <= 0 {
        return Err(Failure::refused(Refused::BadTerms));
    }
    let same = desk.record_of_code::<Contract>(&name_key(&contract.number))?;
    if same.is_some_and(|other| Some(other.id) != id) {
        return Err(Failure::refused(Refused::NameTaken { name: contract.number }));
    }
    Ok(contract)
}
