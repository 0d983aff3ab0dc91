//! Supply: from a need to a receipt that moves the stock once; contracts, vehicles, loans, machines, invoices
//! (OX12, OX13, OX14, OX15, OX17, OX21).

use desk::operations::supply::ask_oxygen::{AskOxygen, Asked};
use desk::operations::supply::decide_request::DecideRequest;
use desk::operations::supply::keep_contract::KeepContract;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::operations::supply::order_accepted::OrderAccepted;
use desk::operations::supply::order_loaded::OrderLoaded;
use desk::operations::supply::receive_oxygen::{Delivery, ReceiveOxygen};
use desk::operations::supply::receive_unordered::ReceiveUnordered;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{Contract, Plant, Priority, Request, Shells, Stage, Supplier, Vehicle, VehicleKind};
use desk::views::supply::{registers, requests};
use desk::{IdempotencyKey, Outcome};
use jiff::civil::date;
use oxygen::supply::{Ceiling, Price, Terms};
use quantity::{Coded, Grams, Span, Unit};

use crate::common::{Person, Place, World, code_of, on_both_engines, says};

pub fn kg(kilograms: i64) -> Grams {
    Grams::from_kg(kilograms)
}

pub fn supplier_named(name: &str, shells: u32) -> KeepSupplier {
    let supplier = Supplier {
        name: name.to_owned(),
        plant: Plant::Both,
        place: "Rạch Giá".to_owned(),
        outputs: Vec::new(),
        open: None,
        medical_release: Some(true),
        commitment: None,
        shells: vec![Shells { water_volume_ml: 40_000, count: shells }],
        contacts: Vec::new(),
        closed: false,
    };
    KeepSupplier { key: None, id: None, body: None, supplier }
}

pub fn supplier_called(world: &World, name: &str, shells: u32) -> RecordId<Supplier> {
    world.desk().does(supplier_named(name, shells)).expect("keeps the supplier")
}

pub fn contract_of(supplier: RecordId<Supplier>, number: &str, ceiling: i64) -> Contract {
    Contract {
        number: number.to_owned(),
        supplier,
        buyers: Vec::new(),
        joint_buyer: Some("Sở Y tế".to_owned()),
        legal_basis: "Luật Đấu thầu".to_owned(),
        payer: "BV".to_owned(),
        signer: "Giám đốc".to_owned(),
        signed_on: None,
        terms: Terms {
            from: date(2026, 1, 1),
            to: date(2026, 12, 31),
            ceiling: Ceiling::Mass(kg(ceiling)),
            price: Price::PerKg { dong: 6_000 },
        },
        lead_hours: 12,
        ended: false,
    }
}

pub fn keep(contract: Contract) -> KeepContract {
    KeepContract { key: None, id: None, contract }
}

pub fn truck(plate: &str, capacity: i64) -> KeepVehicle {
    let vehicle = Vehicle {
        plate: plate.to_owned(),
        kind: VehicleKind::LiquidTanker,
        capacity: kg(capacity),
        cylinders: Vec::new(),
        owner: "Khí Công nghiệp Sao Mai".to_owned(),
        roads: String::new(),
        ferry: Some(true),
        driver: "Lâm Văn Cá".to_owned(),
        phone: "0903 555 001".to_owned(),
        inspected_until: Some(date(2027, 1, 1)),
        retired: false,
    };
    KeepVehicle { key: None, id: None, vehicle }
}

pub fn need(place: &Place<'_>, amount: &str, contract: Option<RecordId<Contract>>) -> AskOxygen {
    AskOxygen {
        key: None,
        facility: place.id,
        store: place.store(0),
        amount: amount.to_owned(),
        unit: Some(Unit::Kilogram),
        needed_by: place.world.now() + Span::hours(8),
        priority: Priority::Severe,
        reason: "còn dưới 12 giờ".to_owned(),
        told_by: String::new(),
        supplier: None,
        contract,
    }
}

pub fn decide(asked: Asked, approve: bool) -> DecideRequest {
    let (request, reason) = (asked.request, "đủ căn cứ".to_owned());
    DecideRequest { key: None, request, approve, reason, supplier: None, contract: None, legal_basis: String::new() }
}

pub fn load(world: &World, request: RecordId<Request>, plate: &str) -> OrderLoaded {
    OrderLoaded {
        key: None,
        request,
        plate: plate.to_owned(),
        driver: String::new(),
        phone: String::new(),
        amount: String::new(),
        unit: None,
        eta: world.now() + Span::hours(2),
        starts: true,
    }
}

pub fn papers(amount: &str, note: &str) -> Delivery {
    Delivery {
        amount: amount.to_owned(),
        unit: Some(Unit::Kilogram),
        note: note.to_owned(),
        deliverer: "Lâm Văn Cá".to_owned(),
        receiver: "Điều dưỡng trực".to_owned(),
        ..Delivery::default()
    }
}

/// An order on the road: the request, with everything that it needs.
pub fn under_way(world: &World, place: &Place<'_>, amount: &str) -> (RecordId<Request>, RecordId<Contract>) {
    let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 40);
    let contract = world.desk().does(keep(contract_of(supplier, "01/2026/HĐ", 20_000))).unwrap();
    let asked = world.officer_of(place).does(need(place, amount, Some(contract))).unwrap();
    assert!(!asked.approved, "in the reinforced state somebody decides");
    world.a(Role::Leader).does(decide(asked, true)).unwrap();
    let accepted = OrderAccepted { key: None, request: asked.request, said_by: "anh Tư".into(), promised_for: None };
    world.desk().does(accepted).unwrap();
    world.desk().does(truck("68C-123.45", 6_000)).unwrap();
    world.desk().does(load(world, asked.request, "68c 12345")).unwrap();
    (asked.request, contract)
}

pub fn stock(place: &Place<'_>) -> Grams {
    place.world.desk().line(place).outlook.stock
}

pub fn look<T: Send + 'static>(
    person: &Person<'_>,
    view: impl FnOnce(&desk::Office, &mut store::Connection, &desk::Actor) -> Outcome<T>,
) -> Outcome<T> {
    person.world.office.look_blocking(|office, connection| view(office, connection, &person.actor))
}

/// OX13: need → approval → word → load → receipt → ledger; the board shows what is certain to arrive, and only that.
#[test]
fn a_request_becomes_a_receipt_that_raises_the_stock_once() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        let (request, contract) = under_way(world, &place, "3.000");
        let line = world.desk().line(&place);
        assert_eq!(line.outlook.in_transit, kg(3_000));
        assert_eq!(line.road.as_ref().and_then(|road| road.plate.as_deref()), Some("68C-123.45"));
        assert_eq!(line.outlook.stock, kg(1_000), "what is on the road is no stock");

        world.pass(Span::hours(2));
        let weighed =
            Delivery { gross: "14.020".into(), tare: "11.020".into(), ticket: "PC-77".into(), ..papers("", "PX-001") };
        let receive = ReceiveOxygen { key: None, request, delivery: weighed };
        let received = officer.does(receive.clone()).unwrap();
        assert_eq!((received.grams, received.stage), (kg(3_000), Stage::Received));
        assert_eq!(stock(&place), kg(4_000));
        // Bad input: the same delivery note again.
        let again = officer.does(receive).unwrap_err();
        assert_eq!(again.code(), "SUP-031");
        let other_note = ReceiveOxygen { key: None, request, delivery: papers("3.000", "PX-002") };
        assert_eq!(code_of(officer.does(other_note)), "SUP-012");
        assert_eq!(stock(&place), kg(4_000));
        assert_eq!(world.desk().line(&place).outlook.in_transit, Grams::ZERO);
        let view = look(&officer, |office, connection, actor| registers::contract(office, connection, actor, contract));
        let line = view.unwrap().line;
        assert_eq!((line.drawn.received, line.drawn.promised), (kg(3_000), Grams::ZERO));
        world.assert_well();
    });
}

/// Two tabs press at once: one raises the stock, the other is told.
#[test]
fn two_posts_at_once_raise_the_stock_once() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        let (request, _) = under_way(world, &place, "2.000");
        world.pass(Span::hours(1));
        let same_key = IdempotencyKey::new("cung-mot-lan-bam");
        let with = |key, note: &str| ReceiveOxygen { key, request, delivery: papers("2.000", note) };
        let posts = [
            with(same_key.clone(), "PX-9"),
            with(same_key, "PX-9"),
            with(IdempotencyKey::new("tab-thu-hai"), "PX-9"),
            with(None, "PX-10"),
        ];
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = posts
                .into_iter()
                .map(|post| {
                    let (office, actor) = (world.office.clone(), officer.actor.clone());
                    scope.spawn(move || office.perform_blocking(actor, post))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let moved = outcomes.iter().filter(|outcome| outcome.as_ref().is_ok_and(|receipt| !receipt.replayed)).count();
        assert_eq!(moved, 1, "{outcomes:?}");
        for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert!(["SUP-031", "SUP-012"].contains(&refused.code()), "{refused}");
        }
        assert_eq!(stock(&place), kg(3_000));
        world.assert_well();
    });
}

/// A delivery in parts: short, then the rest on another vehicle, then more than was ordered.
#[test]
fn an_order_comes_in_parts() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        let (request, _) = under_way(world, &place, "3.000");
        let receive = |amount: &str, note: &str| {
            officer.does(ReceiveOxygen { key: None, request, delivery: papers(amount, note) })
        };
        assert_eq!(receive("1.800", "P1").unwrap().stage, Stage::PartlyReceived);
        assert_eq!(code_of(receive("1.200", "P2")), "SUP-012", "the rest has not been loaded");
        world.desk().does(load(world, request, "68C12345")).unwrap();
        let line = world.desk().line(&place);
        assert_eq!(line.outlook.in_transit, kg(1_200), "the rest only");
        assert_eq!(receive("1.500", "P2").unwrap().stage, Stage::Received);
        let view = look(&officer, |office, connection, actor| requests::request(office, connection, actor, request));
        let shown = view.unwrap();
        assert_eq!(shown.line.request.received(), kg(3_300), "over-delivery is kept as it was");
        assert_eq!(shown.receipts.len(), 2);
    });
}

/// Bad input: approve one's own request, or one for one's own unit.
#[test]
fn nobody_approves_for_himself() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let desk = world.desk();
        let asked = desk.does(need(&place, "500", None)).unwrap();
        assert_eq!(code_of(desk.does(decide(asked, true))), "SUP-010");
        assert_eq!(code_of(desk.does(decide(asked, false))), "SUP-010");
        let mut insider = world.a(Role::Leader);
        insider.actor.scope = desk::Scope::Bodies(vec![place.id.into()]);
        assert_eq!(code_of(insider.does(decide(asked, true))), "SUP-011");
        assert_eq!(code_of(world.officer_of(&place).does(decide(asked, true))), "DSK-002");
        let refused = DecideRequest { reason: String::new(), ..decide(asked, false) };
        assert_eq!(code_of(world.a(Role::Leader).does(refused)), "SUP-002", "a refusal says why");
        assert_eq!(world.a(Role::Leader).does(decide(asked, false)).unwrap(), Stage::Refused);
        assert_eq!(code_of(world.a(Role::Leader).does(decide(asked, true))), "SUP-012");
    });
}

/// Bad input: unit missing, nothing asked, an hour that has passed, a machine, no shells.
#[test]
fn a_need_that_cannot_be_is_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_cylinders(40.0, 60).with_tank(3_000).with_plant(20.0).register();
        let officer = world.officer_of(&place);
        let tank = |amount: &str| AskOxygen { store: place.store(1), ..need(&place, amount, None) };
        assert_eq!(code_of(officer.does(AskOxygen { unit: None, ..tank("500") })), "QTY-010");
        assert_eq!(code_of(officer.does(tank("0"))), "SUP-015");
        assert_eq!(code_of(officer.does(tank("nhiều"))), "QTY-001");
        let late = AskOxygen { needed_by: world.now() - Span::hours(1), ..tank("500") };
        assert_eq!(code_of(officer.does(late)), "SUP-016");
        let plant = AskOxygen { store: place.store(2), ..tank("500") };
        assert_eq!(code_of(officer.does(plant)), "SUP-018");
        let silent = AskOxygen { reason: " ".into(), ..tank("500") };
        assert_eq!(code_of(officer.does(silent)), "SUP-002");
        // Twelve shells stand empty, the supplier has ten of his own.
        let cylinders = desk::operations::file_report::Cylinders {
            store: place.store(0),
            full: 20,
            part: 0,
            empty: 12,
            damaged: 0,
        };
        officer
            .files(
                &place,
                desk::operations::file_report::Told { cylinders: vec![cylinders], ..crate::common::nothing() },
            )
            .unwrap();
        let supplier = Some(supplier_called(world, "Sao Mai", 10));
        let chai = |amount: &str| AskOxygen { unit: Some(Unit::Cylinder), supplier, ..need(&place, amount, None) };
        assert_eq!(code_of(officer.does(chai("23"))), "SUP-014");
        officer.does(chai("22")).unwrap();
        let stranger = world.facility("BV Sao Biển").with_tank(3_000).register();
        assert_eq!(code_of(world.officer_of(&stranger).does(tank("500"))), "DSK-001");
    });
}

/// OX15, bad input: a plate of another vehicle, in the register and at the gate; more than it carries.
#[test]
fn a_plate_is_one_vehicles() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let (request, _) = under_way(world, &place, "3.000");
        let desk = world.desk();
        assert_eq!(code_of(desk.does(truck("68C 123.45", 9_000))), "SUP-003");
        assert_eq!(code_of(desk.does(truck("xe bồn", 9_000))), "SUP-001");
        assert_eq!(code_of(desk.does(load(world, request, "68C-999.99"))), "SUP-024");
        let officer = world.officer_of(&place);
        let gate = |plate: &str, code: &str| ReceiveOxygen {
            key: None,
            request,
            delivery: Delivery { plate: plate.into(), code: code.into(), ..papers("3.000", "P1") },
        };
        assert_eq!(code_of(officer.does(gate("68C-543.21", ""))), "SUP-030");
        assert_eq!(code_of(officer.does(gate("68C 12345", "sai"))), "SUP-032");
        let second = officer.does(need(&place, "4.000", None)).unwrap();
        let basis = DecideRequest {
            supplier: Some(supplier_called(world, "Khác", 0)),
            legal_basis: "khẩn cấp".into(),
            ..decide(second, true)
        };
        world.a(Role::Leader).does(basis).unwrap();
        let over = desk.does(load(world, second.request, "68C-123.45")).unwrap_err();
        assert_eq!(over.code(), "SUP-023", "3 t are on it already");
        let vehicles = look(&desk, registers::vehicles).unwrap();
        assert_eq!(vehicles.lines[0].carries, [("BV Hải Âu".to_owned(), kg(3_000))]);
        // Where a load goes is told to whoever sees that facility; another one's officer learns no more than that the
        // vehicle is not free.
        let far = world.facility("BV Sao Biển").with_tank(3_000).register();
        let seen = look(&world.officer_of(&far), registers::vehicles).unwrap();
        assert_eq!(seen.lines[0].carries, []);
        assert_eq!(look(&officer, registers::vehicles).unwrap().lines[0].carries.len(), 1);
        // The driver says the code of his order: then he has signed by it.
        let view = look(&desk, |office, connection, actor| requests::request(office, connection, actor, request));
        let code = view.unwrap().line.request.load.unwrap().code;
        officer.does(gate("68C 12345", &code.to_uppercase())).unwrap();
    });
}

/// Bad input: a receipt without an order is a recorded emergency with its reason, or nothing.
#[test]
fn a_receipt_without_an_order_is_an_emergency() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "500 kg", None)).unwrap();
        let came = |reason: &str, delivery| ReceiveUnordered {
            key: None,
            facility: place.id,
            store: place.store(0),
            supplier: None,
            reason: reason.to_owned(),
            delivery,
        };
        world.pass(Span::hours(1));
        assert_eq!(code_of(officer.does(came("", papers("800", "P1")))), "SUP-002");
        assert_eq!(code_of(officer.does(came("cứu trợ đêm bão", papers("800", "")))), "SUP-002");
        let scale = Delivery { gross: "9.000".into(), tare: "9.100".into(), ..papers("", "P1") };
        assert_eq!(code_of(officer.does(came("cứu trợ đêm bão", scale))), "SUP-033");
        let received = officer.does(came("cứu trợ đêm bão", papers("800", "P1"))).unwrap();
        assert_eq!(received.grams, kg(800));
        assert_eq!(code_of(officer.does(came("cứu trợ đêm bão", papers("800", "p-1")))), "SUP-031");
        assert_eq!(stock(&place), kg(1_300));
        let list = look(&officer, requests::requests).unwrap();
        assert!(list.open.is_empty() && list.over[0].request.unordered.is_some());
        world.assert_well();
    });
}
