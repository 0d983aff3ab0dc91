//! What somebody does about supply: one operation, one file. What they share stands here: the refusals, and the
//! questions that several of them ask.

pub mod ask_oxygen;
pub mod attach_letter;
pub mod change_contract;
pub mod correct_receipt;
pub mod decide_request;
pub mod decide_return;
pub mod end_contract;
pub mod end_request;
pub mod keep_asset;
pub mod keep_contract;
pub mod keep_supplier;
pub mod keep_vehicle;
pub mod lend_oxygen;
pub mod order_accepted;
pub mod order_loaded;
pub mod receive_oxygen;
pub mod receive_unordered;
pub mod record_invoice;
pub mod return_oxygen;
pub mod settle_invoice;
pub mod trips;

mod refused;

pub use refused::Refused;

use oxygen::supply::Drawn;
use oxygen::{Settings, Store, StoreId};
use place::{FacilityId, ProvinceId};
use protocol::Figure;
use quantity::{Convention, Grams, Moment, Typed, Unit};
use store::Connection;

use super::file_report::words_of;
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::{self, Kept, Record, RecordId};
use crate::registry::{Facility, Registry};
use crate::supply::{Contract, Receipt, Request};

/// More receipts of one contract than this are not added up: a truck a day for fifty years.
const MOST_RECEIPTS: i64 = 20_000;

/// A norm of supply on the day of a moment.
pub(crate) fn norm(registry: &Registry, table: &str, key: &str, at: Moment) -> Outcome<Figure> {
    Ok(registry.norms().lookup(table, key, at.date()).map_err(Failure::refused)?.figure)
}

/// What a contract has been drawn on: its receipts, and what is promised of it by open requests.
pub(crate) fn drawn(
    connection: &mut Connection,
    province: ProvinceId,
    contract: RecordId<Contract>,
    open: &[Kept<Request>],
) -> Outcome<Drawn> {
    let receipts = record::of_owner::<Receipt>(connection, province, contract.0, MOST_RECEIPTS)?;
    let counts = receipts.iter().filter(|receipt| receipt.content.corrected.is_none());
    let received = counts.map(|receipt| receipt.content.grams).sum();
    let promised = open.iter().filter(|one| one.content.contract == Some(contract) && one.content.lender.is_none());
    Ok(Drawn { received, promised: promised.map(|one| one.content.promised()).sum() })
}

/// Words that may not be missing.
pub(crate) fn needed(words: &str, what: &'static str) -> Outcome<String> {
    words_of(Some(words.to_owned())).ok_or_else(|| Failure::refused(Refused::Missing { what }))
}

/// Words that may be missing.
pub(crate) fn optional(words: &str) -> Option<String> {
    words_of(Some(words.to_owned()))
}

/// An amount as it was typed beside its unit.
pub(crate) fn read_amount(text: &str, unit: Option<Unit>) -> Outcome<Typed> {
    Typed::read(text, Some(Convention::DecimalComma), unit)
        .map_err(|problem| Failure::refused(Refused::Figure(problem)))
}

/// The mass of an amount for a store, and how many cylinders it is where the store is of cylinders.
pub(crate) fn weigh(store: &Store, typed: &Typed, settings: &Settings) -> Outcome<(Grams, Option<u32>)> {
    let grams = super::record_movement::amount_of(store, typed, settings)?;
    if grams <= Grams::ZERO {
        return Err(Failure::refused(Refused::NotPositive));
    }
    let full = store.vessels.map(|vessels| vessels.spec.full().as_f64().max(1.0));
    Ok((grams, full.map(|full| (grams.as_f64() / full - 1e-6).ceil().max(0.0) as u32)))
}

/// A facility in the actor's scope with one of its stores that can be filled.
pub(crate) fn fillable(desk: &Desk<'_, '_>, facility: FacilityId, store: StoreId) -> Outcome<(Facility, Store)> {
    let facility = desk.facility(facility)?;
    let found = facility.stores_on(desk.now().date()).find(|one| one.id == store).cloned().ok_or(Failure::NotFound)?;
    if !found.kind.holds_stock() {
        return Err(Failure::refused(Refused::NotFillable { label: found.label }));
    }
    Ok((facility, found))
}

/// The next number of a kind that counts from 1; the single writer lets no other one in between.
pub(crate) fn next_number<T: Record>(desk: &mut Desk<'_, '_>, number_of: impl Fn(&T) -> u32) -> Outcome<u32> {
    let province = desk.actor().province;
    // Keys made in one millisecond are in no order among themselves.
    let newest = record::newest::<T>(desk.transaction(), province, 64)?;
    Ok(newest.iter().map(|one| number_of(&one.content)).max().unwrap_or(0).saturating_add(1))
}

/// A request of a facility in the actor's scope.
pub(crate) fn request_in_scope(desk: &mut Desk<'_, '_>, id: RecordId<Request>) -> Outcome<(Kept<Request>, Facility)> {
    let kept = desk.record(id)?;
    let facility = desk.facility(kept.content.facility)?;
    Ok((kept, facility))
}

/// Refuses what comes at the wrong step.
pub(crate) fn at_step(request: &Request, fits: bool) -> Outcome<()> {
    if fits { Ok(()) } else { Err(Failure::refused(Refused::WrongStep { stage: request.stage })) }
}

/// That a contract serves the facility, and allows so much today.
pub(crate) fn check_contract(
    desk: &mut Desk<'_, '_>,
    contract: &Kept<Contract>,
    facility: FacilityId,
    asked: Grams,
) -> Outcome<()> {
    if !contract.content.serves(facility) || contract.content.ended {
        return Err(Failure::refused(Refused::NotItsContract { number: contract.content.number.clone() }));
    }
    let (province, today) = (desk.actor().province, desk.now().date());
    let open = record::open::<Request>(desk.transaction(), province)?;
    let drawn = drawn(desk.transaction(), province, contract.id, &open)?;
    contract.content.terms.allows(today, drawn, asked).map_err(|problem| Failure::refused(Refused::Contract(problem)))
}

/// A reason that tells something, at least three letters of it.
pub(crate) fn reason_of(words: &str) -> Outcome<String> {
    needed(words, "reason").and_then(|reason| {
        let missing = || Failure::refused(Refused::Missing { what: "reason" });
        (reason.chars().count() >= 3).then_some(reason).ok_or_else(missing)
    })
}
