//! Receive oxygen that nobody ordered: only as a recorded emergency, with its reason (OX13, OX21).

use oxygen::StoreId;
use place::FacilityId;
use serde::Serialize;

use super::receive_oxygen::{Delivery, Received, receive};
use super::{fillable, needed, next_number, optional, read_amount};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Priority, Request, Stage, Supplier, Who};

/// A delivery without an order.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveUnordered {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where.
    pub facility: FacilityId,
    /// Into which store.
    pub store: StoreId,
    /// From whom, where that is known.
    pub supplier: Option<RecordId<Supplier>>,
    /// Why it came without an order.
    pub reason: String,
    /// The papers.
    pub delivery: Delivery,
}

impl Operation for ReceiveUnordered {
    type Done = Received;
    const NAME: &'static str = "receive_unordered";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        let (facility, store) = fillable(desk, self.facility, self.store)?;
        let reason = needed(&self.reason, "unordered_reason")?;
        if let Some(supplier) = self.supplier {
            desk.record(supplier)?;
        }
        let now = desk.now();
        // A weighbridge speaks for itself; otherwise what was told stands on the request as well.
        let typed = if self.delivery.gross.trim().is_empty() && self.delivery.tare.trim().is_empty() {
            read_amount(&self.delivery.amount, self.delivery.unit)?
        } else {
            quantity::Typed::measured(0.0, quantity::Unit::Kilogram)
        };
        let mut request = Request {
            number: next_number::<Request>(desk, |request| request.number)?,
            facility: facility.id,
            store: store.id,
            typed,
            grams: quantity::Grams::ZERO,
            cylinders: None,
            needed_by: self.delivery.received_at.unwrap_or(now),
            priority: Priority::Emergency,
            reason: reason.clone(),
            asked_by: Who::of(desk.actor()),
            told_by: optional(&self.delivery.receiver),
            asked_at: now,
            supplier: self.supplier,
            contract: None,
            stage: Stage::Received,
            approved: None,
            accepted: None,
            load: None,
            parts: Vec::new(),
            ended: None,
            unordered: Some(reason),
            trip: None,
            lender: None,
            terms: None,
        };
        let id = RecordId::new(desk.new_id());
        let part = receive(desk, id, &request, &facility, &self.delivery)?;
        request.grams = part.grams;
        request.parts.push(part.clone());
        desk.open_record_as(id, &request)?;
        desk.about(id.0);
        desk.mention("without_order", true);
        Ok(Received { receipt: part.receipt, grams: part.grams, stage: Stage::Received })
    }
}
