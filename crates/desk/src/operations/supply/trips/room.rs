//! That nothing is promised twice: a vehicle's hours, a supplier's day, a lender's stock, a contract (OX13, OX15).
//!
//! The single writer lets no other operation in between, so what is free here is free until it is written.

use jiff::civil::Date;
use oxygen::StoreId;
use oxygen::supply::{ContractProblem, plate_key};
use place::FacilityId;
use quantity::{Coded, Grams, Moment, Span};
use store::projection::States;

use super::super::{Refused as SupplyRefused, check_contract};
use super::{Holder, Refused};
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::{self, Kept, RecordId};
use crate::supply::{Contract, Offer, Product, Request, Supplier, Trip, TripSource, Vehicle, offer_code};

/// Requests that are looked through for what was taken on a day: a fortnight of a large province.
const MOST_REQUESTS: i64 = 2_000;
/// How long after its arrival a vehicle that came by itself is taken to be away.
const BACK_AFTER: Span = Span::hours(1);

/// The vehicle of a plate, in service.
pub fn vehicle(desk: &mut Desk<'_, '_>, plate: &str) -> Outcome<Vehicle> {
    if plate.trim().is_empty() {
        return Err(Failure::refused(Refused::NoVehicle));
    }
    let key = plate_key(plate).map_err(|problem| Failure::refused(SupplyRefused::Plate(problem)))?;
    let unknown = || Failure::refused(SupplyRefused::UnknownPlate { plate: plate.to_owned() });
    let vehicle = desk.record_of_code::<Vehicle>(&key)?.ok_or_else(unknown)?.content;
    if vehicle.retired {
        return Err(Failure::refused(Refused::Retired { plate: vehicle.plate }));
    }
    Ok(vehicle)
}

/// A supplier that delivers, and whose oxygen nobody has said not to be for patients.
pub fn supplier(desk: &mut Desk<'_, '_>, id: RecordId<Supplier>) -> Outcome<Supplier> {
    let supplier = desk.record(id)?.content;
    if supplier.closed {
        return Err(Failure::NotFound);
    }
    if supplier.medical_release == Some(false) {
        return Err(Failure::refused(Refused::NotReleased { supplier: supplier.name }));
    }
    Ok(supplier)
}

/// That a vehicle is on no other trip at that time.
pub fn not_on_trip(
    desk: &mut Desk<'_, '_>,
    vehicle: &Vehicle,
    (from, to): (Moment, Moment),
    except: Option<RecordId<Trip>>,
) -> Outcome<()> {
    let (province, key) = (desk.actor().province, vehicle.key());
    let trips = record::open::<Trip>(desk.transaction(), province)?;
    let other = trips.iter().filter(|kept| Some(kept.id) != except).map(|kept| &kept.content);
    let held = other.into_iter().find(|trip| trip.plate_key() == key && trip.overlaps(from, to));
    held.map_or(Ok(()), |held| {
        let (plate, trip) = (vehicle.plate.clone(), held.number);
        Err(Failure::refused(Refused::VehicleHeld { plate, trip, from: held.starts_at, to: held.ends_at }))
    })
}

/// That a vehicle is on no other trip at that time, and carries no order that came by itself. `own` are the orders of
/// the trip itself.
pub fn vehicle_free(
    desk: &mut Desk<'_, '_>,
    vehicle: &Vehicle,
    (from, to): (Moment, Moment),
    except: Option<RecordId<Trip>>,
    own: &[RecordId<Request>],
) -> Outcome<()> {
    let (province, key) = (desk.actor().province, vehicle.key());
    not_on_trip(desk, vehicle, (from, to), except)?;
    for kept in record::open::<Request>(desk.transaction(), province)? {
        let request = &kept.content;
        let Some(load) = request.load.as_ref().filter(|_| request.stage.is_loaded() && request.trip.is_none()) else {
            continue;
        };
        let same = plate_key(&load.plate).is_ok_and(|plate| plate == key);
        if same && !own.contains(&kept.id) && load.at < to && from < load.eta + BACK_AFTER {
            let (plate, order, eta) = (vehicle.plate.clone(), request.number, load.eta);
            return Err(Failure::refused(Refused::VehicleCarries { plate, order, eta }));
        }
    }
    Ok(())
}

/// What orders and trips take of a supplier's product on a day, the orders of `except` left out.
fn taken(
    desk: &mut Desk<'_, '_>,
    (supplier, product, day): (RecordId<Supplier>, Product, Date),
    except: &[RecordId<Request>],
) -> Outcome<Vec<Holder>> {
    let province = desk.actor().province;
    let trips = record::newest::<Trip>(desk.transaction(), province, 400)?;
    let requests = record::newest::<Request>(desk.transaction(), province, MOST_REQUESTS)?;
    let registry = desk.registry();
    let mut held = Vec::new();
    for kept in requests.iter().filter(|kept| kept.content.supplier == Some(supplier) && !except.contains(&kept.id)) {
        let request = &kept.content;
        let of_product = registry.owner(request.store).is_none_or(|facility| {
            facility.stores.iter().any(|one| one.store.id == request.store && super::product_of(&one.store) == product)
        });
        let trip = request.trip.and_then(|id| trips.iter().find(|kept| kept.id == id)).map(|kept| &kept.content);
        let promised = request.accepted.as_ref().and_then(|accepted| accepted.promised_for);
        let leaves = trip.map_or(promised.unwrap_or(request.needed_by), |trip| trip.starts_at).date();
        let open = if leaves == day { request.promised() } else { Grams::ZERO };
        let came: Grams = request.parts.iter().filter(|part| part.at.date() == day).map(|part| part.grams).sum();
        let grams = open + came;
        if of_product && grams > Grams::ZERO {
            let facility = desk.facility(request.facility).ok().map(|facility| facility.body.name);
            held.push(Holder { trip: trip.map(|trip| trip.number), order: request.number, facility, grams });
        }
    }
    Ok(held)
}

/// What a supplier can give of a product on a day: as he said for that day, else his usual output; none where nobody
/// ever said.
pub fn can_give(
    desk: &mut Desk<'_, '_>,
    (id, product, day): (RecordId<Supplier>, Product, Date),
) -> Outcome<Option<Grams>> {
    if let Some(offer) = desk.record_of_code::<Offer>(&offer_code(id, product, day))? {
        return Ok(Some(offer.content.grams));
    }
    let supplier = desk.record(id)?.content;
    let outputs: Vec<_> = supplier.outputs.iter().filter(|output| output.product == product).collect();
    Ok((!outputs.is_empty()).then(|| outputs.iter().map(|output| output.grams).sum()))
}

/// That a supplier has so much left on a day. One of whom nobody knows what he makes is not held back: he says himself
/// what he can give when he accepts.
pub fn supplier_room(
    desk: &mut Desk<'_, '_>,
    (id, product, day): (RecordId<Supplier>, Product, Date),
    asked: Grams,
    except: &[RecordId<Request>],
) -> Outcome<()> {
    let Some(has) = can_give(desk, (id, product, day))? else { return Ok(()) };
    let holders = taken(desk, (id, product, day), except)?;
    let others: Grams = holders.iter().map(|holder| holder.grams).sum();
    if others + asked <= has {
        return Ok(());
    }
    let supplier = desk.record(id)?.content.name;
    Err(Failure::refused(Refused::SupplierTaken { supplier, day, has, asked, holders }))
}

/// That a lender has so much, other trips from the same store left out. A store that never reported lends nothing: what
/// is not known is not given away.
pub fn lender_room(
    desk: &mut Desk<'_, '_>,
    (facility, store): (FacilityId, StoreId),
    asked: Grams,
    except: Option<RecordId<Trip>>,
) -> Outcome<()> {
    let province = desk.actor().province;
    let name = desk.facility(facility)?.body.name;
    let states = States::of_facility(desk.transaction(), province, facility)?;
    let has = states.get(store).and_then(|state| state.latest.as_ref()).map_or(Grams::ZERO, |latest| latest.grams);
    let source = TripSource::Lender(facility, store);
    let mut holders = Vec::new();
    for kept in record::open::<Trip>(desk.transaction(), province)? {
        // What is loaded has left the store already.
        let waits = kept.content.source == source && kept.content.stage.is_open_to_change();
        if Some(kept.id) == except || !waits {
            continue;
        }
        for stop in &kept.content.stops {
            let order = desk.record(stop.request)?.content.number;
            let name = desk.facility(stop.facility).ok().map(|facility| facility.body.name);
            holders.push(Holder { trip: Some(kept.content.number), order, facility: name, grams: stop.grams });
        }
    }
    let others: Grams = holders.iter().map(|holder| holder.grams).sum();
    if others + asked <= has {
        return Ok(());
    }
    Err(Failure::refused(Refused::LenderTaken { lender: name, has, asked, holders }))
}

/// That a contract serves the facility and allows so much; who holds the rest is named.
pub fn contract_room(
    desk: &mut Desk<'_, '_>,
    contract: &Kept<Contract>,
    facility: FacilityId,
    asked: Grams,
) -> Outcome<()> {
    let outcome = check_contract(desk, contract, facility, asked);
    let Err(Failure::Refused(reason)) = &outcome else { return outcome };
    if reason.code() != (ContractProblem::Overdrawn { asked, left: Grams::ZERO }).code() {
        return outcome;
    }
    let province = desk.actor().province;
    let open = record::open::<Request>(desk.transaction(), province)?;
    let drawn = super::super::drawn(desk.transaction(), province, contract.id, &open)?;
    let mut holders = Vec::new();
    for kept in open.iter().filter(|kept| kept.content.contract == Some(contract.id)) {
        let request = &kept.content;
        let grams = request.promised();
        if grams > Grams::ZERO {
            let trip = request.trip.map(|id| desk.record(id)).transpose()?.map(|kept| kept.content.number);
            let facility = desk.facility(request.facility).ok().map(|facility| facility.body.name);
            holders.push(Holder { trip, order: request.number, facility, grams });
        }
    }
    let (number, left) = (contract.content.number.clone(), contract.content.terms.left(drawn).max(Grams::ZERO));
    Err(Failure::refused(Refused::ContractTaken { number, left, asked, holders }))
}
