//! Mend the weight or the cylinders of a receipt (OX07, OX13): its movement is taken back by a reversal, another receipt
//! with another movement takes its place, with the reason and by a second person. Nothing is overwritten.

use oxygen::{CylinderChange, MovementId, MovementKind, Source};
use place::BodyId;
use quantity::{Grams, Moment};
use serde::Serialize;
use store::ledger::ReversalRow;
use store::projection::States;
use store::series::{self, Horizon};

use super::super::record_movement::RecordMovement;
use super::receive_oxygen::{Delivery, Received, refuse_repeated, weighed};
use super::trips::follow;
use super::{Refused, needed, norm, optional, reason_of, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Kept, RecordId};
use crate::registry::Facility;
use crate::rights::Capability;
use crate::supply::{Corrected, Part, Receipt, Request, Signed, Stage, Who};

/// A receipt as it should have been. Who signed and when it came stay as they were.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectReceipt {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The wrong one.
    pub receipt: RecordId<Receipt>,
    /// Why.
    pub reason: String,
    /// Weight, cylinders, note and ticket as they stand on the papers; the rest of it is not looked at.
    pub delivery: Delivery,
}

impl Operation for CorrectReceipt {
    type Done = Received;
    const NAME: &'static str = "correct_receipt";
    const NEEDS: Capability = Capability::CorrectReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        let wrong = desk.record(self.receipt)?;
        let facility = desk.facility(wrong.content.facility)?;
        if let Some(corrected) = &wrong.content.corrected {
            let (by, at) = (corrected.by.name.clone(), corrected.at);
            return Err(Failure::refused(Refused::CorrectedBefore { by, at }));
        }
        if recorded_by(&wrong.content, desk.actor().user) {
            return Err(Failure::refused(Refused::SecondPerson));
        }
        let reason = reason_of(&self.reason)?;
        let before = desk.record(wrong.content.request)?;
        let right = RecordId::new(desk.new_id());
        let content = put_in_place(desk, &facility, &wrong, (right, reason), &self.delivery)?;
        desk.open_record_as(right, &content)?;
        let part = Part { receipt: right, grams: content.grams, at: content.received_at, note: content.note.clone() };
        let request = settled(desk, &before, wrong.id, part)?;
        if let Some(trip) = content.trip {
            follow::corrected(desk, trip, wrong.id, (right, &content, request.stage == Stage::Received))?;
        }
        desk.revise(&before, &request)?;
        desk.about(wrong.id.0);
        desk.mention("facility", facility.code.as_str());
        Ok(Received { receipt: right, grams: content.grams, stage: request.stage })
    }
}

/// Whether an account recorded a receipt itself.
pub(crate) fn recorded_by(receipt: &Receipt, user: Option<place::UserId>) -> bool {
    match (&receipt.by, &receipt.receiver.how) {
        (Some(who), _) => who.user == user,
        // Receipts of before it was kept who wrote them: who signed for them did.
        (None, Signed::Account(account)) => Some(*account) == user,
        (None, _) => false,
    }
}

/// Takes the wrong movement back and records the right one; gives the receipt that stands in the place of the wrong one.
fn put_in_place(
    desk: &mut Desk<'_, '_>,
    facility: &Facility,
    wrong: &Kept<Receipt>,
    (right, reason): (RecordId<Receipt>, String),
    delivery: &Delivery,
) -> Outcome<Receipt> {
    let old = &wrong.content;
    let note = needed(&delivery.note, "note")?;
    if oxygen::supply::note_key(&note) != oxygen::supply::note_key(&old.note) {
        refuse_repeated(desk, old.supplier, &note)?;
    }
    let settings = desk.registry().settings(facility, old.received_at.date())?;
    let store = facility.stores_on(old.received_at.date()).find(|store| store.id == old.store);
    let store = store.cloned().ok_or(Failure::NotFound)?;
    let (typed, scale) = weighed(delivery)?;
    let (grams, count) = weigh(&store, &typed, &settings)?;
    let cylinders = count.map(|full| (full, delivery.empties));
    let (by, at) = (Who::of(desk.actor()), desk.now());
    let corrected = Some(Corrected { reason: reason.clone(), by: by.clone(), at, instead: right });
    desk.revise(wrong, &Receipt { corrected, ..old.clone() })?;
    let movement = MovementId(desk.new_id());
    take_back(desk, facility, old, movement, reason)?;
    RecordMovement {
        key: None,
        store: store.id,
        kind: if old.lender.is_some() { MovementKind::TakenOver } else { MovementKind::Received },
        happened_at: old.received_at,
        typed: typed.clone(),
        cylinders: cylinders.map(change_of),
        counterpart: old.lender.map(BodyId::from).or(old.supplier.map(|supplier| BodyId(supplier.0))),
        source: Source::Form,
    }
    .record(desk, movement)?;
    Ok(Receipt {
        note,
        ticket: optional(&delivery.ticket),
        scale,
        typed,
        grams,
        cylinders,
        movement,
        by: Some(by),
        corrects: Some(wrong.id),
        corrected: None,
        ..old.clone()
    })
}

/// What full cylinders that came and shells that went back do to the count of a store.
pub(super) fn change_of((full, empty): (u32, u32)) -> CylinderChange {
    CylinderChange {
        full: i32::try_from(full).unwrap_or(i32::MAX),
        empty: i32::try_from(empty).map_or(i32::MIN, |empty| -empty),
        ..CylinderChange::default()
    }
}

/// The counter-entry: from here on the ledger counts without the wrong movement.
fn take_back(
    desk: &mut Desk<'_, '_>,
    facility: &Facility,
    old: &Receipt,
    replacement: MovementId,
    reason: String,
) -> Outcome<()> {
    let (id, target) = (desk.new_id(), old.movement.0);
    desk.append_reversal(&ReversalRow { id, target, replacement: Some(replacement.0), reason })?;
    let province = desk.actor().province;
    let ever = Horizon::now(Moment::from_micros(i64::MAX - 1));
    let mut states = States::of_facility(desk.transaction(), province, facility.id)?;
    let (latest, recent) = series::store_at(desk.transaction(), province, old.store, ever)?;
    states.replace(facility.id, old.store, latest, recent);
    states.save(desk.transaction(), province)?;
    Ok(())
}

/// The request with the right part in the place of the wrong one, at the step that follows from it.
fn settled(desk: &mut Desk<'_, '_>, before: &Kept<Request>, wrong: RecordId<Receipt>, right: Part) -> Outcome<Request> {
    let mut request = before.content.clone();
    let part = request.parts.iter_mut().find(|part| part.receipt == wrong).ok_or(Failure::NotFound)?;
    *part = right;
    if request.unordered.is_some() {
        request.grams = request.received();
        return Ok(request);
    }
    // What was loaded since, or ended for a reason, stays where it stands.
    if matches!(request.stage, Stage::Received | Stage::PartlyReceived) {
        let short: Grams = request.grams.share(norm(&desk.registry(), "supply.receipt", "short", desk.now())?.value);
        request.stage = if request.outstanding() <= short { Stage::Received } else { Stage::PartlyReceived };
    }
    Ok(request)
}
