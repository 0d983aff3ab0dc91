//! Trips, further: how they follow their orders, change, lend, and stand on the board (OX13, OX15, OX16).

use desk::operations::supply::receive_oxygen::{Delivery, ReceiveOxygen};
use desk::operations::supply::trips::change_trip::{MoveStop, ReorderStops};
use desk::operations::supply::trips::close_trip::CloseTrip;
use desk::operations::supply::trips::make_trip::{MakeTrip, TripPlan};
use desk::operations::supply::trips::start_trip::StartTrip;
use desk::operations::supply::trips::stop_failed::StopFailed;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{Stage, StopEnd, TripSource, TripStage, WhyFailed};
use desk::views::supply::trips::{board, trip as trip_view};
use quantity::Span;

use crate::common::{code_of, on_both_engines, says};
use crate::supply::{kg, load, look, papers, stock};
use crate::trips::{delivered, desk_knows, loaded, make, order, plan, source, stops, the};

/// A step on the order's own page is followed by the trip: the receipt, another vehicle, the end.
#[test]
fn a_trip_follows_what_is_told_of_its_orders() {
    on_both_engines(|world| {
        let places: Vec<_> =
            ["A", "B", "C"].iter().map(|name| world.facility(name).with_tank(10_000).register()).collect();
        let (supplier, contract) = source(world);
        let orders: Vec<_> = places.iter().map(|place| order(world, place, "500", contract)).collect();
        let trip = make(world, "68C-123.45", supplier, &orders).unwrap();
        desk_knows(world, "68C-999.99", 5_000);
        let desk = world.desk();
        // One goes by itself on another vehicle.
        desk.does(load(world, orders[2], "68C-999.99")).unwrap();
        assert_eq!(the(world, trip).stops.len(), 2);
        loaded(world, trip);
        world.pass(Span::hours(1));
        let receipt = ReceiveOxygen { key: None, request: orders[0], delivery: papers("500", "P1") };
        let receipt = world.officer_of(&places[0]).does(receipt).unwrap().receipt;
        let kept = the(world, trip);
        assert_eq!(kept.stage, TripStage::UnderWay);
        assert!(
            matches!(&kept.stops[0].end, Some(StopEnd::Delivered { receipt: of, whole: true, .. }) if *of == receipt)
        );
        // The receipt was wrong: the stop says the right figure.
        let mend = desk::operations::supply::correct_receipt::CorrectReceipt {
            key: None,
            receipt,
            reason: "đọc nhầm phiếu".to_owned(),
            delivery: Delivery { ..papers("490", "P1") },
        };
        desk.does(mend).unwrap();
        assert_eq!(the(world, trip).delivered(), kg(490));
        let end = desk::operations::supply::end_request::EndRequest {
            key: None,
            request: orders[1],
            reason: "cơ sở không nhận".to_owned(),
        };
        desk.does(end).unwrap();
        let kept = the(world, trip);
        assert!(matches!(&kept.stops[1].end, Some(StopEnd::Failed { .. })));
        assert_eq!(kept.on_board(), kg(510));
        world.assert_well();
    });
}

/// OX15: stops change their order, and go to another trip, before anything is loaded.
#[test]
fn stops_change_places_and_trips() {
    on_both_engines(|world| {
        let places: Vec<_> =
            ["A", "B", "C"].iter().map(|name| world.facility(name).with_tank(10_000).register()).collect();
        let (supplier, contract) = source(world);
        desk_knows(world, "68C-999.99", 1_200);
        let orders: Vec<_> = places.iter().map(|place| order(world, place, "1.000", contract)).collect();
        let first = make(world, "68C-123.45", supplier, &orders[..2]).unwrap();
        let second = make(world, "68C-999.99", supplier, &orders[2..]).unwrap();
        let desk = world.desk();
        let at = |hours| world.now() + Span::hours(hours);
        desk.does(ReorderStops { key: None, trip: first, stops: vec![(2, at(2)), (1, at(5))] }).unwrap();
        let kept = the(world, first);
        assert_eq!(kept.stops.iter().map(|stop| stop.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(kept.stops[1].eta, at(5));
        let not_all = ReorderStops { key: None, trip: first, stops: vec![(2, at(2))] };
        assert_eq!(code_of(desk.does(not_all)), "DSK-001");
        let moving = MoveStop { key: None, from: first, stop: 1, to: second, eta: at(6) };
        assert_eq!(code_of(desk.does(moving)), "SUP-023", "the small one is full");
        let moving = MoveStop { key: None, from: second, stop: 1, to: first, eta: at(7) };
        desk.does(moving).unwrap();
        let kept = the(world, first);
        assert_eq!((kept.stops.len(), kept.grams()), (3, kg(3_000)));
        assert_eq!(the(world, orders[2]).trip, Some(first));
        assert_eq!(the(world, second).stage, TripStage::CalledOff, "nothing is left of it");
        world.assert_well();
    });
}

/// OX16: what a facility lends leaves its store when it is loaded, is owed to it when it is received, and what nobody took
/// comes back.
#[test]
fn a_facility_that_lends_is_a_source() {
    on_both_engines(|world| {
        let lender = world.facility("BV Hải Âu").with_tank(10_000).register();
        let places: Vec<_> = ["B", "C"].iter().map(|name| world.facility(name).with_tank(10_000).register()).collect();
        world.officer_of(&lender).files(&lender, says(lender.store(0), "2.000 kg", None)).unwrap();
        for place in &places {
            world.officer_of(place).files(place, says(place.store(0), "100 kg", None)).unwrap();
        }
        let (_, contract) = source(world);
        let orders: Vec<_> = places.iter().map(|place| order(world, place, "600", contract)).collect();
        let plan = TripPlan {
            source: TripSource::Lender(lender.id, lender.store(0)),
            ..plan(world, "68C-123.45", RecordId::new(world.id()))
        };
        let desk = world.desk();
        let trip = desk.does(MakeTrip { key: None, plan: plan.clone(), stops: stops(&orders) }).unwrap();
        // The rest of its stock may be lent once more, and no more than that.
        desk_knows(world, "68C-999.99", 5_000);
        let another = order(world, &places[0], "900", contract);
        let greedy = TripPlan { plate: "68C-999.99".to_owned(), ..plan };
        assert_eq!(code_of(desk.does(MakeTrip { key: None, plan: greedy, stops: stops(&[another]) })), "TRP-013");
        world.pass(Span::hours(1));
        loaded(world, trip);
        assert_eq!(stock(&lender), kg(800));
        assert_eq!(code_of(desk.does(load(world, orders[0], "68C-999.99"))), "TRP-019");
        world.pass(Span::hours(2));
        desk.does(delivered(trip, 1, "600", "BG-1")).unwrap();
        let failed = StopFailed {
            key: None,
            through: None,
            trip,
            stop: 2,
            why: WhyFailed::NoRoom,
            words: String::new(),
            at: None,
        };
        desk.does(failed).unwrap();
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
        assert_eq!((stock(&lender), stock(&places[0]), stock(&places[1])), (kg(1_400), kg(700), kg(100)));
        let back = the(world, orders[1]);
        assert_eq!((back.lender, back.contract, back.stage), (None, Some(contract), Stage::Approved));
        world.assert_well();
    });
}

/// OX15: who is late is named, by how many minutes, worst first; whose oxygen it is not sees nothing of it.
#[test]
fn the_board_names_who_is_late() {
    on_both_engines(|world| {
        let near = world.facility("BV Hải Âu").with_tank(10_000).register();
        let far = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let (supplier, contract) = source(world);
        desk_knows(world, "68C-999.99", 6_000);
        let (one, two) = (order(world, &near, "1.000", contract), order(world, &far, "1.000", contract));
        let on_time = make(world, "68C-123.45", supplier, &[one]).unwrap();
        let late = make(world, "68C-999.99", supplier, &[two]).unwrap();
        world.pass(Span::hours(1));
        for trip in [on_time, late] {
            loaded(world, trip);
        }
        world.desk().does(StartTrip { key: None, through: None, trip: on_time, at: None }).unwrap();
        world.pass(Span::minutes(25));
        let shown = look(&world.desk(), board).unwrap();
        assert_eq!(shown.open.iter().map(|line| line.trip.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(shown.open[0].late, Some(Span::minutes(25)), "it has not set off");
        assert_eq!(shown.open[0].stops[0].late, Some(Span::minutes(25)), "so it arrives later");
        assert_eq!(shown.open[1].late, None);
        // The officer of one hospital sees his own truck, with the code that he says at the gate; the observer no code.
        let officer = world.officer_of(&near);
        let his = look(&officer, board).unwrap();
        assert_eq!(his.open.iter().map(|line| line.trip.number).collect::<Vec<_>>(), [1]);
        assert!(his.open[0].stops[0].gate_code.is_some());
        let hidden = look(&officer, |office, connection, actor| trip_view(office, connection, actor, late));
        assert_eq!(code_of(hidden.map(|_| ())), "DSK-001");
        let watched = look(&world.a(Role::Observer), board).unwrap();
        assert!(watched.open.iter().all(|line| line.stops[0].gate_code.is_none()));
    });
}
