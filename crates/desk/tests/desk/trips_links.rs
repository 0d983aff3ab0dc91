//! The links of suppliers and drivers: bound to one thing, ended by themselves, opened on few devices (OX13).

use desk::door::digest_of;
use desk::operations::supply::receive_oxygen::Delivery;
use desk::operations::supply::trips::accept_trip::{DriverAccepts, SupplierAccepts};
use desk::operations::supply::trips::link::{GiveLink, OpenLink, ShutLink};
use desk::operations::supply::trips::load_trip::LoadTrip;
use desk::operations::supply::trips::offer::TellOffer;
use desk::operations::supply::trips::stop_delivered::StopDelivered;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{CarrierLink, LinkTo, Product, Signed, Stage, TripStage};
use desk::views::supply::trips::{ByLink, Entered, by_link, entered};
use desk::{Actor, Outcome, Scope};
use quantity::{Coded, Span};

use crate::common::{World, code_of, on_both_engines, says};
use crate::supply::{kg, papers, stock, truck};
use crate::trips::{delivered, loaded, make, order, source, the};

/// Whoever has come by a link that he has not opened yet.
fn visitor(world: &World) -> Actor {
    Actor {
        province: world.province,
        user: None,
        display_name: String::new(),
        roles: vec![Role::Carrier],
        scope: Scope::Bodies(Vec::new()),
    }
}

fn opens(world: &World, link: RecordId<CarrierLink>, secret: &str, device: &str) -> Outcome<()> {
    let opening = OpenLink { link, secret_digest: digest_of(secret), device_digest: digest_of(device) };
    world.office.perform_blocking(visitor(world), opening).map(drop)
}

fn enters(world: &World, link: RecordId<CarrierLink>, device: &str) -> Outcome<Entered> {
    let (province, digest) = (world.province, digest_of(device));
    world.office.look_blocking(move |office, connection| entered(office, connection, province, link, &digest))
}

fn given(world: &World, to: LinkTo, secret: &str) -> RecordId<CarrierLink> {
    world.desk().does(GiveLink { key: None, to, digest: digest_of(secret) }).unwrap()
}

/// OX13: accepted by link, delivered by link with two signatures; the stock rises once.
#[test]
fn a_supplier_and_a_driver_come_by_link() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        world.officer_of(&place).files(&place, says(place.store(0), "500 kg", None)).unwrap();
        let (supplier, contract) = source(world);
        let request = order(world, &place, "1.000", contract);
        let trip = make(world, "68C-123.45", supplier, &[request]).unwrap();
        let his = given(world, LinkTo::Supplier(supplier), "1.nha-cung-ung");
        opens(world, his, "1.nha-cung-ung", "1.may-tinh").unwrap();
        let supplies = enters(world, his, "1.may-tinh").unwrap().actor;
        let does = |accepts: SupplierAccepts| world.office.perform_blocking(supplies.clone(), accepts).map(drop);
        let accepts = SupplierAccepts {
            key: None,
            through: Some(his),
            trip,
            said_by: "anh Tư".to_owned(),
            ready_at: Some(world.now() + Span::hours(2)),
            amount: "1.000".to_owned(),
        };
        does(accepts.clone()).unwrap();
        assert_eq!(the(world, request).stage, Stage::Accepted);
        // Without his link he is nobody.
        assert_eq!(code_of(does(SupplierAccepts { through: None, ..accepts.clone() })), "DSK-001");
        let offer = TellOffer {
            key: None,
            through: Some(his),
            supplier,
            product: Product::Liquid,
            day: world.now().date(),
            amount: "8.000".to_owned(),
            said_by: "anh Tư".to_owned(),
        };
        world.office.perform_blocking(supplies.clone(), offer).unwrap();

        let drives = given(world, LinkTo::Trip(trip), "1.lai-xe");
        opens(world, drives, "1.lai-xe", "1.dien-thoai").unwrap();
        let driver = enters(world, drives, "1.dien-thoai").unwrap().actor;
        let said = DriverAccepts { key: None, through: Some(drives), trip, said_by: "Cá".to_owned(), at: None };
        world.office.perform_blocking(driver.clone(), said).unwrap();
        assert_eq!(the(world, trip).stage, TripStage::Told);
        let loading = LoadTrip { key: None, through: Some(his), trip, amounts: Vec::new(), at: None };
        world.office.perform_blocking(supplies, loading).unwrap();
        world.pass(Span::hours(2));
        let deliver = |delivery: Delivery| {
            let operation = StopDelivered { through: Some(drives), delivery, ..delivered(trip, 1, "", "") };
            world.office.perform_blocking(driver.clone(), operation).map(|receipt| receipt.done)
        };
        let hand = "10,10 20,30 30,20 40,60 50,50 60,80".to_owned();
        assert_eq!(code_of(deliver(papers("1.000", "P1"))), "TRP-022");
        let one_hand = Delivery { deliverer_drawn: hand.clone(), ..papers("1.000", "P1") };
        assert_eq!(code_of(deliver(one_hand.clone())), "TRP-022");
        let scrawl = Delivery { receiver_drawn: "<svg>".to_owned(), ..one_hand.clone() };
        assert_eq!(code_of(deliver(scrawl)), "TRP-023");
        let wrong_code = Delivery { gate_code: "zzzzz".to_owned(), ..one_hand.clone() };
        assert_eq!(code_of(deliver(wrong_code)), "TRP-024");
        let gate_code = the(world, request).load.unwrap().gate_code;
        let done = deliver(Delivery { gate_code: gate_code.to_uppercase(), ..one_hand }).unwrap();
        let receipt = the(world, done.receipt);
        assert!(matches!(receipt.deliverer.how, Signed::Drawn(_)), "{receipt:?}");
        assert_eq!(receipt.receiver.how, Signed::GateCode);
        assert_eq!(stock(&place), kg(1_500));
        // The month of his contract, ready for payment.
        let entered = enters(world, his, "1.may-tinh").unwrap();
        let shown = world.office.look_blocking(move |office, connection| by_link(office, connection, &entered, None));
        let ByLink::Supplier(side) = shown.unwrap() else { panic!("a supplier's") };
        assert_eq!((side.months[0].grams, side.months[0].dong), (kg(1_000), 6_000_000));
        world.assert_well();
    });
}

/// OX13: a link opens its own trip only, on two telephones, for its time, until it is shut; each says why it does not open.
#[test]
fn a_link_that_was_passed_on_or_has_ended_says_so() {
    on_both_engines(|world| {
        let places: Vec<_> = ["A", "B"].iter().map(|name| world.facility(name).with_tank(10_000).register()).collect();
        let (supplier, contract) = source(world);
        world.desk().does(truck("68C-999.99", 6_000)).unwrap();
        let one = make(world, "68C-123.45", supplier, &[order(world, &places[0], "500", contract)]).unwrap();
        let two = make(world, "68C-999.99", supplier, &[order(world, &places[1], "500", contract)]).unwrap();
        let link = given(world, LinkTo::Trip(one), "1.mot");
        assert_eq!(code_of(opens(world, link, "1.hai", "1.may")), "TRP-033");
        assert_eq!(code_of(enters(world, link, "1.may").map(drop)), "TRP-033");
        opens(world, link, "1.mot", "1.may-a").unwrap();
        opens(world, link, "1.mot", "1.may-b").unwrap();
        assert_eq!(code_of(opens(world, link, "1.mot", "1.may-c")), "TRP-031");
        // Another trip is none of his, whatever he sends.
        loaded(world, two);
        let driver = enters(world, link, "1.may-a").unwrap().actor;
        let other = StopDelivered { through: Some(link), ..delivered(two, 1, "500", "P1") };
        assert_eq!(code_of(world.office.perform_blocking(driver.clone(), other).map(drop)), "DSK-001");
        // A new link shuts the old one; a link that is shut or has ended opens nothing.
        let newer = given(world, LinkTo::Trip(one), "1.ba");
        assert_eq!(enters(world, link, "1.may-a").unwrap_err().code(), "TRP-032");
        opens(world, newer, "1.ba", "1.may-a").unwrap();
        let said =
            |link| DriverAccepts { key: None, through: Some(link), trip: one, said_by: "Cá".to_owned(), at: None };
        assert_eq!(code_of(world.office.perform_blocking(driver.clone(), said(link)).map(drop)), "TRP-032");
        world.office.perform_blocking(driver, said(newer)).unwrap();
        let last = given(world, LinkTo::Trip(one), "1.bon");
        opens(world, last, "1.bon", "1.may-a").unwrap();
        world.pass(Span::days(3));
        assert_eq!(enters(world, last, "1.may-a").unwrap_err().code(), "TRP-030");
        assert_eq!(code_of(opens(world, last, "1.bon", "1.may-d")), "TRP-030");
        world.desk().does(ShutLink { key: None, link: last, reason: "xe đã về".to_owned() }).unwrap();
        // Nobody but the desk gives links out.
        let giving = GiveLink { key: None, to: LinkTo::Supplier(supplier), digest: digest_of("1.x") };
        assert_eq!(code_of(world.officer_of(&places[0]).does(giving.clone())), "DSK-002");
        assert_eq!(code_of(world.a(Role::Leader).does(giving)), "DSK-002");
        world.assert_well();
    });
}
