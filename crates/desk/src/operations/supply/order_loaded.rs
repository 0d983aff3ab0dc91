//! Mark an order as loaded, with plate and driver: from now on its oxygen is certain to arrive (OX13, OX15). And that
//! it has set off.

use oxygen::supply::plate_key;
use quantity::{Grams, Moment, Unit};
use serde::{Deserialize, Serialize};

use super::trips::{self, follow};
use super::{Refused, at_step, needed, read_amount, request_in_scope, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;
use crate::supply::{Load, Request, Stage, Vehicle};

/// What was loaded.
#[derive(Debug, Clone, Serialize)]
pub struct OrderLoaded {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which order.
    pub request: RecordId<Request>,
    /// On which vehicle.
    pub plate: String,
    /// Who drives; empty takes the vehicle's usual driver.
    pub driver: String,
    /// His number; empty takes the vehicle's.
    pub phone: String,
    /// How much, as typed; empty takes all that is outstanding.
    pub amount: String,
    /// The unit beside it.
    pub unit: Option<Unit>,
    /// When it should arrive.
    pub eta: Moment,
    /// It sets off at once.
    pub starts: bool,
}

/// An order that was loaded sets off.
#[derive(Debug, Clone, Serialize)]
pub struct OrderStarted {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which order.
    pub request: RecordId<Request>,
}

/// Signs that are not mistaken for each other when read aloud.
const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";

/// What a driver says at the gate: five signs, 25 bits, for one delivery.
fn driver_code() -> String {
    crate::random::bytes::<5>().iter().map(|byte| char::from(SIGNS[usize::from(*byte & 31)])).collect()
}

/// A driver whose code no longer signs: the delivery was given to another vehicle or driver. Somebody must tell him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// His plate.
    pub plate: String,
    /// Who he is.
    pub driver: String,
    /// His number.
    pub phone: String,
}

impl Voided {
    fn of(load: &Load) -> Self {
        Self { plate: load.plate.clone(), driver: load.driver.clone(), phone: load.phone.clone() }
    }
}

impl Operation for OrderLoaded {
    type Done = Option<Voided>;
    const NAME: &'static str = "order_loaded";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Option<Voided>> {
        let (before, facility) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        if request.lender.is_some() {
            return Err(Failure::refused(trips::Refused::GoesWithTrip { order: request.number }));
        }
        at_step(&request, !request.stage.is_over() && request.stage != Stage::Asked)?;
        let now = desk.now();
        let grams = if self.amount.trim().is_empty() {
            request.outstanding()
        } else {
            let settings = desk.registry().settings(&facility, now.date())?;
            let store = facility.stores_on(now.date()).find(|store| store.id == request.store);
            weigh(store.ok_or(Failure::NotFound)?, &read_amount(&self.amount, self.unit)?, &settings)?.0
        };
        let key = plate_key(&self.plate).map_err(|problem| Failure::refused(Refused::Plate(problem)))?;
        let vehicle = desk.record_of_code::<Vehicle>(&key)?.filter(|vehicle| !vehicle.content.retired);
        let unknown = || Failure::refused(Refused::UnknownPlate { plate: self.plate.clone() });
        let vehicle = vehicle.ok_or_else(unknown)?.content;
        trips::room::not_on_trip(desk, &vehicle, (now, self.eta.max(now)), request.trip)?;
        let or = |typed: &str, usual: &str| if typed.trim().is_empty() { usual.to_owned() } else { typed.to_owned() };
        let loading = Loading {
            driver: or(&self.driver, &vehicle.driver),
            phone: or(&self.phone, &vehicle.phone),
            vehicle,
            grams,
            at: now,
            eta: self.eta,
            starts: self.starts,
        };
        let voided = load(desk, self.request, &mut request, loading)?;
        follow::loaded(desk, self.request, &mut request, self.starts)?;
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        Ok(voided)
    }
}

/// What is loaded for one order, by itself or with its trip.
pub(super) struct Loading {
    pub vehicle: Vehicle,
    pub driver: String,
    pub phone: String,
    pub grams: Grams,
    pub at: Moment,
    pub eta: Moment,
    pub starts: bool,
}

/// Loads an order that is approved; gives the driver whose code signs no longer.
pub(super) fn load(
    desk: &mut Desk<'_, '_>,
    id: RecordId<Request>,
    request: &mut Request,
    loading: Loading,
) -> Outcome<Option<Voided>> {
    at_step(request, !request.stage.is_over() && request.stage != Stage::Asked)?;
    let Loading { vehicle, driver, phone, grams, at, eta, starts } = loading;
    let key = vehicle.key();
    check_room(desk, id, &vehicle, &key, grams)?;
    let driver = needed(&driver, "driver")?;
    let waiting = request.load.take().filter(|_| request.stage.is_loaded());
    // Who has a code and drives the same vehicle keeps it: he may be on the road already.
    let same = waiting.as_ref().filter(|load| plate_key(&load.plate).is_ok_and(|plate| plate == key));
    let same = same.filter(|load| load.driver == driver);
    let code = same.map_or_else(driver_code, |load| load.code.clone());
    let gate_code = same.map(|load| load.gate_code.clone()).filter(|code| !code.is_empty());
    let voided = waiting.as_ref().filter(|load| load.code != code).map(Voided::of);
    request.load = Some(Load {
        plate: vehicle.plate,
        driver,
        phone: phone.trim().to_owned(),
        grams,
        at,
        eta,
        started_at: starts.then_some(at),
        code,
        gate_code: gate_code.unwrap_or_else(driver_code),
    });
    request.stage = if starts { Stage::UnderWay } else { Stage::Loaded };
    Ok(voided)
}

/// A vehicle may carry for several, never more than it holds.
fn check_room(
    desk: &mut Desk<'_, '_>,
    own: RecordId<Request>,
    vehicle: &Vehicle,
    key: &str,
    grams: Grams,
) -> Outcome<()> {
    let province = desk.actor().province;
    let others = record::open::<Request>(desk.transaction(), province)?;
    let on_it = |request: &Request| {
        request.load.as_ref().is_some_and(|load| plate_key(&load.plate).is_ok_and(|plate| plate == key))
    };
    let others = others.iter().filter(|other| other.id != own && on_it(&other.content));
    let taken: Grams = others.map(|other| other.content.on_the_road()).sum();
    let (plate, capacity) = (vehicle.plate.clone(), vehicle.capacity);
    if grams + taken > capacity {
        return Err(Failure::refused(Refused::TooMuchForVehicle { plate, asked: grams, capacity, taken }));
    }
    Ok(())
}

impl Operation for OrderStarted {
    type Done = ();
    const NAME: &'static str = "order_started";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let (before, _) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        at_step(&request, request.stage == Stage::Loaded)?;
        let now = desk.now();
        if let Some(load) = &mut request.load {
            load.started_at = Some(now);
        }
        request.stage = Stage::UnderWay;
        if let Some(trip) = request.trip {
            follow::started(desk, trip, now)?;
        }
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        Ok(())
    }
}
