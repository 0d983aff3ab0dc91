//! Approve or refuse a request for oxygen (OX13). Nobody approves what he asked for, nor for his own unit.

use serde::Serialize;

use super::trips::{product_of, room};
use super::{Refused, at_step, needed, optional, request_in_scope};
use crate::actor::Scope;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Approved, Contract, Request, Stage, Supplier, Who};

/// A decision on a request.
#[derive(Debug, Clone, Serialize)]
pub struct DecideRequest {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub request: RecordId<Request>,
    /// Yes or no.
    pub approve: bool,
    /// Why; a refusal needs it.
    pub reason: String,
    /// From whom, where the request does not say.
    pub supplier: Option<RecordId<Supplier>>,
    /// Under which contract, where the request does not say.
    pub contract: Option<RecordId<Contract>>,
    /// On what an order without contract rests.
    pub legal_basis: String,
}

impl Operation for DecideRequest {
    type Done = Stage;
    const NAME: &'static str = "decide_request";
    const NEEDS: Capability = Capability::ApproveSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (before, facility) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        at_step(&request, request.stage == Stage::Asked)?;
        if request.asked_by.user == desk.actor().user {
            return Err(Failure::refused(Refused::OwnRequest));
        }
        if matches!(&desk.actor().scope, Scope::Bodies(_)) {
            return Err(Failure::refused(Refused::OwnUnit));
        }
        let (by, at) = (Some(Who::of(desk.actor())), desk.now());
        if self.approve {
            let contract = self.contract.or(request.contract).map(|id| desk.record(id)).transpose()?;
            let legal_basis = optional(&self.legal_basis);
            match &contract {
                Some(contract) => room::contract_room(desk, contract, facility.id, request.grams)?,
                None if legal_basis.is_none() => return Err(Failure::refused(Refused::NoBasis)),
                None => {}
            }
            let named = contract.as_ref().map(|contract| contract.content.supplier).or(self.supplier);
            let supplier = named.or(request.supplier);
            let supplier = supplier.ok_or_else(|| Failure::refused(Refused::Missing { what: "supplier" }))?;
            desk.record(supplier)?;
            if let Some(store) = facility.stores_on(at.date()).find(|store| store.id == request.store) {
                let of = (supplier, product_of(store), request.needed_by.date());
                room::supplier_room(desk, of, request.grams, &[self.request])?;
            }
            request.supplier = Some(supplier);
            request.contract = contract.map(|contract| contract.id);
            request.stage = Stage::Approved;
            request.approved = Some(Approved { by, at, reason: optional(&self.reason), legal_basis });
        } else {
            let reason = Some(needed(&self.reason, "reason")?);
            request.stage = Stage::Refused;
            request.approved = Some(Approved { by, at, reason, legal_basis: None });
        }
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        desk.mention("stage", request.stage.code());
        Ok(request.stage)
    }
}
