//! Trips: orders to stops to receipts; nothing is promised twice, nothing moves a stock twice (OX13, OX15).

use desk::operations::supply::trips::accept_trip::{DriverAccepts, SupplierAccepts};
use desk::operations::supply::trips::call_off_trip::CallOffTrip;
use desk::operations::supply::trips::close_trip::CloseTrip;
use desk::operations::supply::trips::load_trip::LoadTrip;
use desk::operations::supply::trips::make_trip::{MakeTrip, StopPlan, TripPlan};
use desk::operations::supply::trips::offer::TellOffer;
use desk::operations::supply::trips::order_trip::{OrderTrip, PlannedLine};
use desk::operations::supply::trips::start_trip::StartTrip;
use desk::operations::supply::trips::stop_arrived::StopArrived;
use desk::operations::supply::trips::stop_delivered::StopDelivered;
use desk::operations::supply::trips::stop_failed::StopFailed;
use desk::record::{self, RecordId};
use desk::rights::Role;
use desk::supply::{
    Authority, Contract, Priority, Product, Request, Stage, Supplier, Trip, TripSource, TripStage, WhyFailed,
};
use desk::views::supply::trips::trip as trip_view;
use desk::{IdempotencyKey, Outcome};
use quantity::{Coded, Grams, Span, Unit};

use crate::common::{Place, World, code_of, on_both_engines, says};
use crate::supply::{contract_of, decide, keep, kg, load, look, need, papers, stock, supplier_called, truck};

/// A supplier with a contract and a tanker of six tonnes.
pub fn source(world: &World) -> (RecordId<Supplier>, RecordId<Contract>) {
    let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 40);
    let contract = world.desk().does(keep(contract_of(supplier, "01/2026/HĐ", 20_000))).unwrap();
    world.desk().does(truck("68C-123.45", 6_000)).unwrap();
    (supplier, contract)
}

/// An order that a leader has approved.
pub fn order(world: &World, place: &Place<'_>, amount: &str, contract: RecordId<Contract>) -> RecordId<Request> {
    let asked = world.officer_of(place).does(need(place, amount, Some(contract))).unwrap();
    world.a(Role::Leader).does(decide(asked, true)).unwrap();
    asked.request
}

pub fn plan(world: &World, plate: &str, supplier: RecordId<Supplier>) -> TripPlan {
    TripPlan {
        plate: plate.to_owned(),
        driver: String::new(),
        phone: String::new(),
        source: TripSource::Supplier(supplier),
        starts_at: world.now() + Span::hours(1),
        ends_at: None,
    }
}

pub fn stops(requests: &[RecordId<Request>]) -> Vec<StopPlan> {
    let stop = |request: &RecordId<Request>| StopPlan { request: *request, eta: None, empties: 0, note: String::new() };
    requests.iter().map(stop).collect()
}

pub fn make(
    world: &World,
    plate: &str,
    supplier: RecordId<Supplier>,
    of: &[RecordId<Request>],
) -> Outcome<RecordId<Trip>> {
    world.desk().does(MakeTrip { key: None, plan: plan(world, plate, supplier), stops: stops(of) })
}

pub fn the<T: desk::record::Record>(world: &World, id: RecordId<T>) -> T {
    let province = world.province;
    let found = world.office.look_blocking(move |_, connection| record::one(connection, province, id));
    found.unwrap().expect("is there").content
}

/// Loaded by the desk.
pub fn loaded(world: &World, trip: RecordId<Trip>) {
    let loading = LoadTrip { key: None, through: None, trip, amounts: Vec::new(), at: None };
    world.desk().does(loading).unwrap();
}

pub fn delivered(trip: RecordId<Trip>, stop: u32, amount: &str, note: &str) -> StopDelivered {
    StopDelivered { key: None, through: None, trip, stop, delivery: papers(amount, note), at: None }
}

/// OX15: three stops, three stocks, once each, although everything is sent twice and out of order.
#[test]
fn a_trip_with_three_stops_raises_three_stocks_once_each() {
    on_both_engines(|world| {
        let names = ["BV Hải Âu", "BV Cửa Sông", "BV Đồng Xanh"];
        let places: Vec<_> = names.iter().map(|name| world.facility(name).with_tank(10_000).register()).collect();
        for place in &places {
            world.officer_of(place).files(place, says(place.store(0), "500 kg", None)).unwrap();
        }
        let (supplier, contract) = source(world);
        let orders: Vec<_> = places.iter().map(|place| order(world, place, "1.000", contract)).collect();
        let trip = make(world, "68c 12345", supplier, &orders).unwrap();
        let key = |name: &str| IdempotencyKey::new(name);
        let desk = world.desk();
        let said = "anh Tư".to_owned();
        let accepts = SupplierAccepts {
            key: key("nha-cung-ung-1"),
            through: None,
            trip,
            said_by: said.clone(),
            ready_at: None,
            amount: String::new(),
        };
        desk.does(accepts.clone()).unwrap();
        assert_eq!(the(world, trip).stage, TripStage::Planned, "the driver has not said yes");
        desk.does(accepts).unwrap();
        let drives = DriverAccepts { key: None, through: None, trip, said_by: said, at: None };
        desk.does(drives.clone()).unwrap();
        assert_eq!(the(world, trip).stage, TripStage::Told);
        loaded(world, trip);
        for place in &places {
            assert_eq!(desk.line(place).outlook.in_transit, kg(1_000), "certain to arrive");
        }
        world.pass(Span::hours(3));
        // The queue of a telephone: what came last arrives first, everything twice, the times are those of the telephone.
        let now = world.now();
        let at = |minutes| Some(now - Span::minutes(minutes));
        let deliver = |stop: u32, note: &str| StopDelivered {
            key: key(&format!("giao-diem-so-{stop}")),
            at: at(60 - i64::from(stop)),
            ..delivered(trip, stop, "1.000", note)
        };
        for _ in 0..2 {
            for (stop, note) in [(3, "P3"), (1, "P1"), (2, "P2")] {
                desk.does(deliver(stop, note)).unwrap();
                let arrived =
                    StopArrived { key: key(&format!("den-diem-so-{stop}")), through: None, trip, stop, at: at(70) };
                desk.does(arrived).unwrap();
            }
            desk.does(StartTrip { key: key("xuat-phat-1"), through: None, trip, at: at(120) }).unwrap();
        }
        for (place, request) in places.iter().zip(&orders) {
            assert_eq!(stock(place), kg(1_500), "once");
            assert_eq!(the(world, *request).stage, Stage::Received);
            assert_eq!(desk.line(place).outlook.in_transit, Grams::ZERO);
        }
        // Under another key and another note: the stop has ended.
        assert_eq!(code_of(desk.does(delivered(trip, 1, "1.000", "P9"))), "TRP-021");
        let kept = the(world, trip);
        assert_eq!((kept.stage, kept.delivered(), kept.on_board()), (TripStage::UnderWay, kg(3_000), Grams::ZERO));
        assert_eq!(kept.started_at, at(120));
        assert!(kept.stops.iter().all(|stop| stop.arrived_at == at(70)), "{:?}", kept.stops);
        let close = CloseTrip {
            key: None,
            through: None,
            trip,
            empties: 0,
            remainder: String::new(),
            note: String::new(),
            at: None,
        };
        desk.does(close).unwrap();
        assert_eq!(the(world, trip).stage, TripStage::Closed);
        world.assert_well();
    });
}

/// OX13: two requests or trips never claim the same stock of a supplier, the same vehicle, the same contract; who holds it
/// is named.
#[test]
fn nothing_is_promised_twice() {
    on_both_engines(|world| {
        let near = world.facility("BV Hải Âu").with_tank(10_000).register();
        let far = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let (supplier, contract) = source(world);
        let desk = world.desk();
        // The supplier has two tonnes today, whatever he usually makes.
        let offer = TellOffer {
            key: None,
            through: None,
            supplier,
            product: Product::Liquid,
            day: world.now().date(),
            amount: "2 tấn".to_owned(),
            said_by: "anh Tư".to_owned(),
        };
        desk.does(offer.clone()).unwrap();
        let first = order(world, &near, "1.500", contract);
        // A second request for the same stock is refused, and who holds it is named.
        let asked = world.officer_of(&far).does(need(&far, "1.000", Some(contract))).unwrap();
        let refused = world.a(Role::Leader).does(decide(asked, true)).unwrap_err();
        assert_eq!(refused.code(), "TRP-012");
        let said = locale::sentence(locale::Locale::Vietnamese, &refused);
        assert!(said.sentence.contains("BV Hải Âu") && said.sentence.contains("1.500 kg"), "{said:?}");
        // He says that he can give more: now there is room.
        desk.does(TellOffer { amount: "3.000".to_owned(), ..offer }).unwrap();
        world.a(Role::Leader).does(decide(asked, true)).unwrap();
        let trip = make(world, "68C-123.45", supplier, &[first]).unwrap();
        // The vehicle is away.
        let refused = make(world, "68C-123.45", supplier, &[asked.request]).unwrap_err();
        assert_eq!(refused.code(), "TRP-010");
        assert!(locale::sentence(locale::Locale::Vietnamese, &refused).sentence.contains("chuyến số 1"));
        // The order is on a trip; nobody else takes it along.
        desk.does(truck("68C-999.99", 6_000)).unwrap();
        assert_eq!(code_of(make(world, "68C-999.99", supplier, &[first])), "TRP-015");
        // A vehicle that is on a trip loads nothing else meanwhile.
        world.pass(Span::minutes(30));
        assert_eq!(code_of(desk.does(load(world, asked.request, "68C-123.45"))), "TRP-010");
        make(world, "68C-999.99", supplier, &[asked.request]).unwrap();
        // Called off, the order waits again and the vehicle is free.
        desk.does(CallOffTrip { key: None, trip, reason: "xe hỏng".to_owned() }).unwrap();
        assert_eq!(the(world, first).trip, None);
        make(world, "68C-123.45", supplier, &[first]).unwrap();
        world.assert_well();
    });
}

/// OX13: a plan becomes orders and a trip in one step; all of it or nothing, once; a contract is not overdrawn by it.
#[test]
fn a_plan_becomes_orders_and_a_trip_or_nothing() {
    on_both_engines(|world| {
        let own = world.facility("BV Hải Âu").with_tank(10_000).register();
        let other = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let (supplier, contract) = source(world);
        let line = |place: &Place<'_>, amount: &str, contract| PlannedLine {
            facility: place.id,
            store: place.store(0),
            amount: amount.to_owned(),
            unit: Some(Unit::Kilogram),
            contract,
            needed_by: world.now() + Span::hours(10),
            eta: None,
            priority: Priority::Severe,
            reason: "còn 9 giờ, xe này giữ được đến ngày mai".to_owned(),
            empties: 0,
            note: String::new(),
        };
        let ordering = OrderTrip {
            key: IdempotencyKey::new("ke-hoach-so-1"),
            plan: plan(world, "68C-123.45", supplier),
            lines: vec![line(&own, "2.000", Some(contract)), line(&other, "1.500", Some(contract))],
            legal_basis: String::new(),
            planned_by: None,
        };
        let done = world.a(Role::Leader).does(ordering.clone()).unwrap();
        let kept = the(world, done.trip);
        assert_eq!((kept.stops.len(), kept.grams()), (2, kg(3_500)));
        let first = the(world, done.orders[0]);
        let terms = first.terms.expect("an order rests on something");
        assert_eq!((terms.authority, terms.payer.as_str()), (Authority::Order, "BV"));
        assert!(terms.basis.contains("01/2026/HĐ") && !terms.signer.is_empty(), "{terms:?}");
        // More than is left of the contract: nothing of it stands, and who holds the rest is named.
        desk_knows(world, "68C-999.99", 20_000);
        let before = world.operations();
        let too_much = OrderTrip {
            key: None,
            plan: plan(world, "68C-999.99", supplier),
            lines: vec![line(&own, "2.000", Some(contract)), line(&other, "16.000", Some(contract))],
            ..ordering.clone()
        };
        let refused = world.a(Role::Leader).does(too_much.clone()).unwrap_err();
        assert_eq!(refused.code(), "TRP-014");
        assert!(locale::sentence(locale::Locale::Vietnamese, &refused).sentence.contains("01/2026/HĐ"));
        assert_eq!(world.operations(), before + 1, "an account was added, no order");
        // Bad input, each with its code.
        let with = |lines: Vec<PlannedLine>| OrderTrip { lines, ..too_much.clone() };
        let tried = |trip: OrderTrip| code_of(world.a(Role::Leader).does(trip));
        assert_eq!(tried(with(vec![line(&own, "500", None)])), "SUP-013");
        assert_eq!(tried(with(Vec::new())), "TRP-006");
        let outside = PlannedLine { facility: place::FacilityId(world.id()), ..line(&own, "500", Some(contract)) };
        assert_eq!(tried(with(vec![outside])), "TRP-005");
        let mut no_vehicle = with(vec![line(&own, "500", Some(contract))]);
        no_vehicle.plan.plate = " ".to_owned();
        assert_eq!(tried(no_vehicle), "TRP-002");
        world.assert_well();
    });
}

pub fn desk_knows(world: &World, plate: &str, capacity: i64) {
    world.desk().does(truck(plate, capacity)).unwrap();
}

/// OX15: what may not drive does not drive, and says why.
#[test]
fn a_trip_that_cannot_be_is_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(20_000).with_cylinders(40.0, 60).register();
        let (supplier, contract) = source(world);
        let request = order(world, &place, "7.000", contract);
        assert_eq!(code_of(make(world, "68C-123.45", supplier, &[request])), "SUP-023");
        assert_eq!(code_of(make(world, "68C-000.00", supplier, &[request])), "SUP-024");
        let retired = truck("68C-777.77", 9_000);
        let vehicle = desk::supply::Vehicle { retired: true, ..retired.vehicle };
        let keeping = desk::operations::supply::keep_vehicle::KeepVehicle { key: None, id: None, vehicle };
        world.desk().does(keeping).unwrap();
        assert_eq!(code_of(make(world, "68C-777.77", supplier, &[request])), "TRP-003");
        desk_knows(world, "68C-888.88", 9_000);
        // Stops before the start.
        let late = TripPlan { starts_at: world.now() + Span::hours(9), ..plan(world, "68C-888.88", supplier) };
        let early = vec![StopPlan { eta: Some(world.now()), ..stops(&[request]).remove(0) }];
        assert_eq!(code_of(world.desk().does(MakeTrip { key: None, plan: late, stops: early })), "TRP-008");
        // A supplier whose oxygen is not for patients.
        let kept = the(world, supplier);
        let unfit = Supplier { medical_release: Some(false), ..kept };
        let keeping = desk::operations::supply::keep_supplier::KeepSupplier {
            key: None,
            id: Some(supplier),
            body: None,
            supplier: unfit,
        };
        world.desk().does(keeping).unwrap();
        assert_eq!(code_of(make(world, "68C-888.88", supplier, &[request])), "TRP-004");
        // An order that nobody has approved is on no trip; a stranger's office knows nothing of it.
        let asked = world.officer_of(&place).does(need(&place, "100", Some(contract))).unwrap();
        assert_eq!(code_of(make(world, "68C-888.88", supplier, &[asked.request])), "SUP-012");
    });
}

/// OX13, OX15: a failed stop gives its order back, and what is left on the vehicle is named.
#[test]
fn a_failed_stop_gives_its_order_back() {
    on_both_engines(|world| {
        let near = world.facility("BV Hải Âu").with_tank(10_000).register();
        let island = world.facility("TTYT Hòn Én").with_tank(10_000).register();
        for place in [&near, &island] {
            world.officer_of(place).files(place, says(place.store(0), "500 kg", None)).unwrap();
        }
        let (supplier, contract) = source(world);
        let orders = [order(world, &near, "2.000", contract), order(world, &island, "1.000", contract)];
        let trip = make(world, "68C-123.45", supplier, &orders).unwrap();
        loaded(world, trip);
        world.pass(Span::hours(3));
        let desk = world.desk();
        // More than lies on the vehicle.
        assert_eq!(code_of(desk.does(delivered(trip, 1, "3.200", "P1"))), "TRP-020");
        // A part only: the rest of the order waits again.
        let got = desk.does(delivered(trip, 1, "1.500", "P1")).unwrap();
        assert_eq!((got.stage, the(world, orders[0]).trip), (Stage::PartlyReceived, None));
        let failed = StopFailed {
            key: None,
            through: None,
            trip,
            stop: 2,
            why: WhyFailed::Ferry,
            words: "phà nghỉ vì gió cấp 7".to_owned(),
            at: None,
        };
        desk.does(failed.clone()).unwrap();
        assert_eq!(code_of(desk.does(failed)), "TRP-021");
        let back = the(world, orders[1]);
        assert_eq!((back.stage, back.trip, back.load), (Stage::Approved, None, None));
        let kept = the(world, trip);
        assert_eq!(kept.on_board(), kg(1_500));
        let view = look(&desk, |office, connection, actor| trip_view(office, connection, actor, trip)).unwrap();
        assert_eq!(view.line.trip.on_board(), kg(1_500));
        assert_eq!(stock(&near), kg(2_000));
        assert_eq!(stock(&island), kg(500));
        let close = |remainder: &str| CloseTrip {
            key: None,
            through: None,
            trip,
            empties: 4,
            remainder: remainder.to_owned(),
            note: String::new(),
            at: None,
        };
        assert_eq!(code_of(desk.does(close("9.000"))), "TRP-026");
        desk.does(close("1.480")).unwrap();
        let closing = the(world, trip).closed.unwrap();
        assert_eq!((closing.remainder, closing.empties), (kg(1_480), 4));
        // Both orders go on another trip.
        world.pass(Span::hours(2));
        make(world, "68C-123.45", supplier, &orders).unwrap();
        world.assert_well();
    });
}
