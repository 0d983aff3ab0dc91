//! Receive an order, whole or in part: weighbridge ticket, delivery note, two signatures (OX13, OX15). The receipt
//! moves the stock, once.

use jiff::ToSpan;
use oxygen::supply::plate_key;
use oxygen::{MovementKind, Source, StoreId};
use place::{BodyId, FacilityId};
use quantity::{Convention, Grams, Moment, Typed, Unit};
use serde::{Deserialize, Serialize};
use store::blob;

use super::super::file_report::check_time;
use super::super::record_movement::RecordMovement;
use super::correct_receipt::change_of;
use super::trips::{self, follow};
use super::{Refused, at_step, needed, next_number, norm, optional, read_amount, request_in_scope, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::registry::Facility;
use crate::rights::Capability;
use crate::supply::{
    Loan, Part, Receipt, Request, Signature, Signed, Stage, StopEnd, Supplier, Who, drawing, receipt_code,
};

/// Days until what a facility lent should be given back, where nobody agreed on another day.
const LENT_DAYS: i64 = 30;

/// A delivery as it stands on its papers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Delivery {
    /// When it was received; now if nobody says.
    pub received_at: Option<Moment>,
    /// Weight of the loaded vehicle in kilograms, as typed; empty without a weighbridge.
    pub gross: String,
    /// Weight of the same vehicle afterwards.
    pub tare: String,
    /// How much, where there was no weighbridge.
    pub amount: String,
    /// The unit beside it; none refuses a bare number.
    pub unit: Option<Unit>,
    /// Number of the weighbridge ticket.
    pub ticket: String,
    /// Number of the delivery note.
    pub note: String,
    /// The plate at the gate; empty takes the one that was loaded.
    pub plate: String,
    /// Empty shells that went back.
    pub empties: u32,
    /// Who delivered.
    pub deliverer: String,
    /// What he said to sign; empty when he signed on paper.
    pub code: String,
    /// Who received.
    pub receiver: String,
    /// What the receiver said to sign: the code that only his facility was told.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gate_code: String,
    /// The hand of who delivered, as drawn on a screen (`crate::supply::drawing`); empty where nobody drew.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub deliverer_drawn: String,
    /// The hand of who received.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receiver_drawn: String,
}

/// Receives an order.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveOxygen {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which order.
    pub request: RecordId<Request>,
    /// The papers.
    pub delivery: Delivery,
}

/// What was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The receipt.
    pub receipt: RecordId<Receipt>,
    /// How much.
    pub grams: Grams,
    /// Where the request stands now.
    pub stage: Stage,
}

impl Operation for ReceiveOxygen {
    type Done = Received;
    const NAME: &'static str = "receive_oxygen";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        let (before, facility) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        // Said before the step is looked at: the second of two tabs is to read that it was received, and when.
        refuse_repeated(desk, request.supplier, &self.delivery.note)?;
        at_step(&request, request.stage.is_loaded())?;
        let part = receive(desk, self.request, &request, &facility, &self.delivery)?;
        let short = norm(&desk.registry(), "supply.receipt", "short", desk.now())?.value;
        follow::check_carried(desk, &request, part.grams, short)?;
        request.parts.push(part.clone());
        let whole = request.outstanding() <= request.grams.share(short);
        request.stage = if whole { Stage::Received } else { Stage::PartlyReceived };
        if let Some(trip) = request.trip {
            let empties = if request.cylinders.is_some() { self.delivery.empties } else { 0 };
            let end = StopEnd::Delivered { receipt: part.receipt, grams: part.grams, empties, at: part.at, whole };
            follow::delivered(desk, trip, self.request, end)?;
        }
        if !whole {
            // The rest waits for another trip.
            (request.trip, request.lender) = (None, None);
        }
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        desk.mention("stage", request.stage.code());
        Ok(Received { receipt: part.receipt, grams: part.grams, stage: request.stage })
    }
}

/// Refuses a delivery note that was received before. When and where is told within the actor's scope only: outside it
/// there is nothing to know of.
pub(super) fn refuse_repeated(
    desk: &mut Desk<'_, '_>,
    supplier: Option<RecordId<Supplier>>,
    note: &str,
) -> Outcome<()> {
    let note = needed(note, "note")?;
    let Some(other) = desk.record_of_code::<Receipt>(&receipt_code(supplier, &note))? else { return Ok(()) };
    let seen = desk.facility(other.content.facility).is_ok();
    let at = other.content.received_at;
    Err(Failure::refused(if seen { Refused::ReceivedBefore { note, at } } else { Refused::OtherNote { note } }))
}

/// Keeps the receipt of a delivery and moves the stock by it.
pub(super) fn receive(
    desk: &mut Desk<'_, '_>,
    id: RecordId<Request>,
    request: &Request,
    facility: &Facility,
    delivery: &Delivery,
) -> Outcome<Part> {
    // What a facility lends is none of the supplier's: its note, its contract and its movement are the lender's.
    let lent = request.lender;
    let supplier = request.supplier.filter(|_| lent.is_none());
    refuse_repeated(desk, supplier, &delivery.note)?;
    let note = needed(&delivery.note, "note")?;
    let received_at = check_time(desk.now(), delivery.received_at)?;
    let settings = desk.registry().settings(facility, received_at.date())?;
    let store = facility.stores_on(received_at.date()).find(|store| store.id == request.store);
    let store = store.cloned().ok_or(Failure::NotFound)?;
    let (typed, scale) = weighed(delivery)?;
    let (grams, count) = weigh(&store, &typed, &settings)?;
    let cylinders = count.map(|full| (full, delivery.empties));
    let plate = plate_at_gate(request, delivery)?;
    let deliverer = Signature {
        name: needed(&delivery.deliverer, "deliverer")?,
        at: received_at,
        how: deliverer_signed(desk, request, delivery)?,
    };
    let receiver = Signature {
        name: needed(&delivery.receiver, "receiver")?,
        at: desk.now(),
        how: receiver_signed(desk, request, delivery)?,
    };
    let change = cylinders.map(change_of);
    let movement = RecordMovement {
        key: None,
        store: store.id,
        kind: if lent.is_some() { MovementKind::TakenOver } else { MovementKind::Received },
        happened_at: received_at,
        typed: typed.clone(),
        cylinders: change,
        counterpart: lent.map(|(lender, _)| BodyId::from(lender)).or(supplier.map(|supplier| BodyId(supplier.0))),
        source: Source::Form,
    };
    let movement = movement.run(desk)?;
    if let Some((lender, from)) = lent {
        let signed = [deliverer.name.clone(), receiver.name.clone()];
        lend(desk, request, (lender, from), (&typed, grams, received_at), signed)?;
    }
    let receipt = desk.open_record(&Receipt {
        request: id,
        facility: facility.id,
        store: store.id,
        supplier,
        contract: request.contract.filter(|_| lent.is_none()),
        note: note.clone(),
        ticket: optional(&delivery.ticket),
        scale,
        typed,
        grams,
        cylinders,
        movement,
        received_at,
        plate,
        deliverer,
        receiver,
        by: Some(Who::of(desk.actor())),
        lender: lent.map(|(lender, _)| lender),
        trip: request.trip,
        corrects: None,
        corrected: None,
    })?;
    Ok(Part { receipt, grams, at: received_at, note })
}

/// What came: by the weighbridge where there was one, else as told.
pub(super) fn weighed(delivery: &Delivery) -> Outcome<(Typed, Option<(Grams, Grams)>)> {
    if delivery.gross.trim().is_empty() && delivery.tare.trim().is_empty() {
        return Ok((read_amount(&delivery.amount, delivery.unit)?, None));
    }
    let kilograms = |text: &str| {
        Typed::read(text, Some(Convention::DecimalComma), Some(Unit::Kilogram))
            .and_then(|typed| typed.grams(None))
            .map_err(|problem| Failure::refused(Refused::Figure(problem)))
    };
    let (gross, tare) = (kilograms(&delivery.gross)?, kilograms(&delivery.tare)?);
    if gross <= tare {
        return Err(Failure::refused(Refused::Scale { gross, tare }));
    }
    Ok((Typed::measured((gross - tare).as_kg(), Unit::Kilogram), Some((gross, tare))))
}

fn plate_at_gate(request: &Request, delivery: &Delivery) -> Outcome<String> {
    let loaded = request.load.as_ref().map(|load| load.plate.clone()).unwrap_or_default();
    if delivery.plate.trim().is_empty() {
        return Ok(loaded);
    }
    let plate = plate_key(&delivery.plate).map_err(|problem| Failure::refused(Refused::Plate(problem)))?;
    let fits = loaded.is_empty() || plate_key(&loaded).is_ok_and(|known| known == plate);
    let told = delivery.plate.trim().to_owned();
    if fits { Ok(told) } else { Err(Failure::refused(Refused::OtherPlate { plate: told, loaded })) }
}

/// What a facility lent is owed to it: the lender's ledger fell when it was loaded.
fn lend(
    desk: &mut Desk<'_, '_>,
    request: &Request,
    (lender, from): (FacilityId, StoreId),
    (typed, grams, at): (&Typed, Grams, Moment),
    signed: [String; 2],
) -> Outcome<()> {
    let number = next_number::<Loan>(desk, |loan| loan.number)?;
    let due = at.date().checked_add(LENT_DAYS.days()).unwrap_or(at.date());
    let by = Who::of(desk.actor());
    desk.open_record(&Loan {
        number,
        lender,
        from,
        borrower: request.facility,
        into: request.store,
        typed: typed.clone(),
        grams,
        at,
        due,
        signed,
        by,
        returned: Vec::new(),
    })?;
    Ok(())
}

/// The hand that was drawn, kept under the digest of its text.
fn drawn(desk: &mut Desk<'_, '_>, text: &str) -> Outcome<Option<Signed>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let strokes = drawing::read(text).ok_or_else(|| Failure::refused(trips::Refused::BadDrawing))?;
    let (province, at) = (desk.actor().province, desk.now());
    let digest = blob::keep(desk.transaction(), province, drawing::MEDIA_TYPE, drawing::write(&strokes).into(), at)?;
    Ok(Some(Signed::Drawn(store::hex(&digest))))
}

fn receiver_signed(desk: &mut Desk<'_, '_>, request: &Request, delivery: &Delivery) -> Outcome<Signed> {
    let told = delivery.gate_code.trim().to_lowercase();
    if !told.is_empty() {
        let fits = request.load.as_ref().is_some_and(|load| load.gate_code == told);
        return if fits { Ok(Signed::GateCode) } else { Err(Failure::refused(trips::Refused::WrongGateCode)) };
    }
    let drawn = drawn(desk, &delivery.receiver_drawn)?;
    Ok(drawn.unwrap_or_else(|| desk.actor().user.map_or(Signed::Paper, Signed::Account)))
}

fn deliverer_signed(desk: &mut Desk<'_, '_>, request: &Request, delivery: &Delivery) -> Outcome<Signed> {
    let told: String = delivery.code.trim().to_lowercase();
    if told.is_empty() {
        return Ok(drawn(desk, &delivery.deliverer_drawn)?.unwrap_or(Signed::Paper));
    }
    let fits = request.load.as_ref().is_some_and(|load| load.code == told);
    if fits { Ok(Signed::Code) } else { Err(Failure::refused(Refused::WrongCode)) }
}
