//! Make a trip from orders that are approved: vehicle, driver, source, stops in their order (OX13, OX15). What is promised
//! to somebody else is refused, and who holds it is named.

use std::collections::BTreeMap;

use oxygen::Store;
use quantity::{Grams, Moment, Span};
use serde::Serialize;

use super::super::{Refused as SupplyRefused, at_step, needed, next_number, request_in_scope};
use super::{Refused, product_of, room};
use crate::command::courtesy::by_courtesy;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Kept, RecordId};
use crate::registry::Facility;
use crate::rights::Capability;
use crate::supply::{
    Authority, Contract, OrderTerms, Product, Request, Stage, Stop, Trip, TripSource, TripStage, Vehicle, VehicleKind,
    Who,
};

/// More stops than this no driver makes in a day.
pub const MOST_STOPS: usize = 12;
/// From stop to stop where nobody says when it arrives.
const USUAL_LEG: Span = Span::minutes(90);
/// From the last stop until the vehicle is free again, where nobody says.
const USUAL_RETURN: Span = Span::minutes(90);
/// A trip may be written down so long after it should have set off.
const LATEST: Span = Span::hours(24);

/// Vehicle, source and hours of a trip.
#[derive(Debug, Clone, Serialize)]
pub struct TripPlan {
    /// Which vehicle.
    pub plate: String,
    /// Who drives; empty takes the vehicle's usual driver.
    pub driver: String,
    /// His number; empty takes the vehicle's.
    pub phone: String,
    /// From where.
    pub source: TripSource,
    /// When it sets off.
    pub starts_at: Moment,
    /// When the vehicle is free again; none lets the program reckon.
    pub ends_at: Option<Moment>,
}

/// A stop as planned.
#[derive(Debug, Clone, Serialize)]
pub struct StopPlan {
    /// Which order.
    pub request: RecordId<Request>,
    /// When it should arrive; none lets the program reckon an hour and a half a leg.
    pub eta: Option<Moment>,
    /// Empty shells to bring back.
    pub empties: u32,
    /// What the driver should know.
    pub note: String,
}

/// A trip from orders.
#[derive(Debug, Clone, Serialize)]
pub struct MakeTrip {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Vehicle, source, hours.
    pub plan: TripPlan,
    /// Its stops, the first first.
    pub stops: Vec<StopPlan>,
}

impl Operation for MakeTrip {
    type Done = RecordId<Trip>;
    const NAME: &'static str = "make_trip";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Trip>> {
        make(desk, &self.plan, &self.stops)
    }
}

/// An order that goes on a trip, with its facility and store.
pub(super) struct Order {
    kept: Kept<Request>,
    facility: Facility,
    store: Store,
}

/// Makes the trip, once everything that it claims is free.
pub(super) fn make(desk: &mut Desk<'_, '_>, plan: &TripPlan, stops: &[StopPlan]) -> Outcome<RecordId<Trip>> {
    let vehicle = room::vehicle(desk, &plan.plate)?;
    if stops.is_empty() {
        return Err(Failure::refused(Refused::NoStops));
    }
    if stops.len() > MOST_STOPS {
        return Err(Failure::refused(Refused::TooManyStops { stops: stops.len(), most: MOST_STOPS }));
    }
    let etas = reckoned(plan, stops);
    let ends_at = plan.ends_at.unwrap_or_else(|| etas.last().copied().unwrap_or(plan.starts_at) + USUAL_RETURN);
    check_times(desk.now(), plan.starts_at, &etas, ends_at)?;
    let mut orders = Vec::with_capacity(stops.len());
    for stop in stops {
        let order = order_of(desk, stop.request, plan.source)?;
        if orders.iter().any(|other: &Order| other.kept.id == order.kept.id) {
            let order = order.kept.content.number;
            return Err(Failure::refused(Refused::OrderTaken { order, trip: 0 }));
        }
        orders.push(order);
    }
    check_fits(&vehicle, &orders)?;
    let own: Vec<RecordId<Request>> = orders.iter().map(|order| order.kept.id).collect();
    room::vehicle_free(desk, &vehicle, (plan.starts_at, ends_at), None, &own)?;
    check_source(desk, plan, &orders, None)?;
    let or =
        |typed: &str, usual: &str| if typed.trim().is_empty() { usual.to_owned() } else { typed.trim().to_owned() };
    let number = next_number::<Trip>(desk, |trip| trip.number)?;
    let id = RecordId::new(desk.new_id());
    let trip = Trip {
        number,
        driver: needed(&or(&plan.driver, &vehicle.driver), "driver")?,
        phone: or(&plan.phone, &vehicle.phone),
        plate: vehicle.plate,
        source: plan.source,
        starts_at: plan.starts_at,
        ends_at,
        stops: stops.iter().zip(&orders).zip(etas).enumerate().map(stop_of).collect(),
        stage: TripStage::Planned,
        made_by: Who::of(desk.actor()),
        made_at: desk.now(),
        supplier_word: None,
        driver_word: None,
        loaded_at: None,
        started_at: None,
        closed: None,
        ended: None,
        left_over: Grams::ZERO,
    };
    desk.open_record_as(id, &trip)?;
    for order in &orders {
        put_on(desk, order, id, plan.source)?;
    }
    desk.about(id.0);
    desk.mention("number", number);
    Ok(id)
}

fn stop_of((place, ((plan, order), eta)): (usize, ((&StopPlan, &Order), Moment))) -> Stop {
    let request = &order.kept.content;
    Stop {
        number: u32::try_from(place + 1).unwrap_or(u32::MAX),
        request: order.kept.id,
        facility: request.facility,
        store: request.store,
        grams: request.outstanding(),
        cylinders: cylinders_of(order),
        empties: plan.empties,
        eta,
        note: plan.note.trim().chars().take(300).collect(),
        arrived_at: None,
        end: None,
    }
}

/// Full cylinders that are still to come, where it is cylinders.
fn cylinders_of(order: &Order) -> Option<u32> {
    let full = order.store.vessels.map(|vessels| vessels.spec.full().as_f64().max(1.0))?;
    Some((order.kept.content.outstanding().as_f64() / full - 1e-6).ceil().max(0.0) as u32)
}

/// The arrival at each stop: as told, else an hour and a half after what comes before it.
fn reckoned(plan: &TripPlan, stops: &[StopPlan]) -> Vec<Moment> {
    let mut last = plan.starts_at;
    let leg = |stop: &StopPlan| {
        last = stop.eta.unwrap_or(last + USUAL_LEG);
        last
    };
    stops.iter().map(leg).collect()
}

/// That the stops come one after the other, after the start and before the end.
pub(super) fn check_times(now: Moment, starts: Moment, etas: &[Moment], ends: Moment) -> Outcome<()> {
    let line: Vec<Moment> = std::iter::once(starts).chain(etas.iter().copied()).chain([ends]).collect();
    let fits = line.windows(2).all(|pair| pair[0] <= pair[1]) && starts < ends && ends + LATEST >= now;
    if fits { Ok(()) } else { Err(Failure::refused(Refused::BadTimes)) }
}

/// An order that waits for a vehicle and is of this source.
pub(super) fn order_of(desk: &mut Desk<'_, '_>, id: RecordId<Request>, source: TripSource) -> Outcome<Order> {
    let (kept, facility) = request_in_scope(desk, id)?;
    let request = &kept.content;
    if let Some(trip) =
        request.trip.map(|trip| desk.record(trip)).transpose()?.filter(|kept| !kept.content.stage.is_over())
    {
        let (order, trip) = (request.number, trip.content.number);
        return Err(Failure::refused(Refused::OrderTaken { order, trip }));
    }
    at_step(request, matches!(request.stage, Stage::Approved | Stage::Accepted | Stage::PartlyReceived))?;
    if let TripSource::Supplier(supplier) = source
        && request.supplier.is_some_and(|of| of != supplier)
    {
        return Err(Failure::refused(Refused::OtherSource { order: request.number }));
    }
    let store = facility.stores_on(desk.now().date()).find(|store| store.id == request.store).cloned();
    let store = store.ok_or(Failure::NotFound)?;
    if matches!(source, TripSource::Lender(lender, _) if lender == facility.id) {
        return Err(Failure::refused(SupplyRefused::SameFacility));
    }
    Ok(Order { kept, facility, store })
}

/// That the vehicle carries this kind of oxygen, and so much of it.
pub(super) fn check_fits(vehicle: &Vehicle, orders: &[Order]) -> Outcome<()> {
    let plate = || vehicle.plate.clone();
    for order in orders {
        let liquid = product_of(&order.store) == Product::Liquid;
        let carries = match vehicle.kind {
            VehicleKind::LiquidTanker => liquid,
            VehicleKind::CylinderTruck | VehicleKind::Motorbike => !liquid,
            VehicleKind::Boat => true,
        };
        if !carries {
            let order = order.kept.content.number;
            return Err(Failure::refused(Refused::WrongVehicle { plate: plate(), order }));
        }
    }
    let asked: Grams = orders.iter().map(|order| order.kept.content.outstanding()).sum();
    if asked > vehicle.capacity {
        let (capacity, taken) = (vehicle.capacity, Grams::ZERO);
        return Err(Failure::refused(SupplyRefused::TooMuchForVehicle { plate: plate(), asked, capacity, taken }));
    }
    let mut cylinders: BTreeMap<u32, u32> = BTreeMap::new();
    for order in orders {
        if let (Some(count), Some(vessels)) = (cylinders_of(order), order.store.vessels) {
            *cylinders.entry(vessels.spec.water_volume_ml).or_default() += count;
        }
    }
    for (size, asked) in cylinders {
        let most = vehicle.cylinders.iter().find(|(of, _)| *of == size).map(|(_, most)| *most);
        if let Some(most) = most.filter(|most| asked > *most) {
            return Err(Failure::refused(Refused::TooManyCylinders { plate: plate(), asked, most }));
        }
    }
    Ok(())
}

/// That the source has it, and may deliver it. `trip` is the trip itself where it stands already.
pub(super) fn check_source(
    desk: &mut Desk<'_, '_>,
    plan: &TripPlan,
    orders: &[Order],
    trip: Option<RecordId<Trip>>,
) -> Outcome<()> {
    match plan.source {
        TripSource::Supplier(supplier) => {
            room::supplier(desk, supplier)?;
            let own: Vec<RecordId<Request>> = orders.iter().map(|order| order.kept.id).collect();
            for product in Product::ALL {
                let of_it = orders.iter().filter(|order| product_of(&order.store) == product);
                let asked: Grams = of_it.map(|order| order.kept.content.outstanding()).sum();
                if asked > Grams::ZERO {
                    room::supplier_room(desk, (supplier, product, plan.starts_at.date()), asked, &own)?;
                }
            }
            Ok(())
        }
        TripSource::Lender(facility, store) => {
            super::super::fillable(desk, facility, store)?;
            let asked = orders.iter().map(|order| order.kept.content.outstanding()).sum();
            room::lender_room(desk, (facility, store), asked, trip)
        }
    }
}

/// Puts an order on a trip, with what it rests on.
pub(super) fn put_on(desk: &mut Desk<'_, '_>, order: &Order, trip: RecordId<Trip>, source: TripSource) -> Outcome<()> {
    let mut request = order.kept.content.clone();
    let contract = request.contract.map(|id| desk.record(id)).transpose()?;
    request.trip = Some(trip);
    match source {
        TripSource::Supplier(supplier) => request.supplier = Some(supplier),
        TripSource::Lender(facility, store) => request.lender = Some((facility, store)),
    }
    request.terms = Some(terms_of(&request, &order.facility, contract.as_ref().map(|kept| &kept.content)));
    desk.revise(&order.kept, &request)
}

/// What an order rests on. A unit of the department is ordered, all others are asked.
fn terms_of(request: &Request, facility: &Facility, contract: Option<&Contract>) -> OrderTerms {
    let contract = contract.filter(|_| request.lender.is_none());
    let legal = request.approved.as_ref().and_then(|approved| approved.legal_basis.clone());
    let by = request.approved.as_ref().and_then(|approved| approved.by.as_ref()).map(|who| who.name.clone());
    let of_contract = contract.map(|contract| format!("{} – {}", contract.number, contract.legal_basis));
    OrderTerms {
        authority: if by_courtesy(&facility.body).is_none() { Authority::Order } else { Authority::Ask },
        basis: of_contract.or(legal).unwrap_or_default(),
        payer: contract.map_or_else(|| facility.body.name.clone(), |contract| contract.payer.clone()),
        signer: by.or_else(|| contract.map(|contract| contract.signer.clone())).unwrap_or_default(),
    }
}
