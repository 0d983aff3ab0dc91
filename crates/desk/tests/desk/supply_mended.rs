//! What is mended after it was entered: contracts changed and ended, receipts corrected by a second person, invoices
//! settled by one, a load that changes hands, numbers that lie outside the scope (OX07, OX10, OX13, OX14, OX17).

use desk::IdempotencyKey;
use desk::operations::inbox::tell_position::TellPosition;
use desk::operations::supply::change_contract::ChangeContract;
use desk::operations::supply::correct_receipt::CorrectReceipt;
use desk::operations::supply::end_contract::EndContract;
use desk::operations::supply::receive_oxygen::ReceiveOxygen;
use desk::operations::supply::receive_unordered::ReceiveUnordered;
use desk::operations::supply::record_invoice::RecordInvoice;
use desk::operations::supply::settle_invoice::SettleInvoice;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{Contract, Receipt, Settlement, Stage};
use desk::views::supply::{reconcile, registers, requests};
use jiff::civil::date;
use oxygen::supply::{Ceiling, Terms};
use quantity::{Coded, Span};

use crate::common::{World, code_of, on_both_engines, says};
use crate::supply::{keep, kg, load, look, papers, stock, supplier_called, truck, under_way};

fn mended(receipt: RecordId<Receipt>, amount: &str, note: &str) -> CorrectReceipt {
    CorrectReceipt { key: None, receipt, reason: "ghi nhầm cân".to_owned(), delivery: papers(amount, note) }
}

/// OX07, OX13: the wrong weight is taken back and the right one counted, by a second person, once; the ledger keeps both.
#[test]
fn a_receipt_is_corrected_once_by_a_second_person() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        let (request, contract) = under_way(world, &place, "3.000");
        world.pass(Span::hours(2));
        let wrong = officer.does(ReceiveOxygen { key: None, request, delivery: papers("3.300", "PX-001") }).unwrap();
        assert_eq!(stock(&place), kg(4_300));
        world.pass(Span::hours(1));
        let own = officer.does(mended(wrong.receipt, "3.000", "PX-001")).unwrap_err();
        assert_eq!(own.code(), "SUP-036", "who recorded it does not correct it");
        let no_reason = CorrectReceipt { reason: " ".into(), ..mended(wrong.receipt, "3.000", "PX-001") };
        assert_eq!(code_of(world.desk().does(no_reason)), "SUP-002");

        // Two tabs of the desk press at once: one mends, the other is told.
        let tabs: Vec<_> = std::thread::scope(|scope| {
            let tab = || scope.spawn(|| world.desk().does(mended(wrong.receipt, "2.900", "PX-001")));
            let tabs = [tab(), tab()];
            tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
        });
        assert_eq!(tabs.iter().filter(|tab| tab.is_ok()).count(), 1);
        let told = tabs.iter().find_map(|tab| tab.as_ref().err()).unwrap();
        assert_eq!(told.code(), "SUP-035");
        let right = *tabs.iter().find_map(|tab| tab.as_ref().ok()).unwrap();
        assert_eq!((right.grams, right.stage), (kg(2_900), Stage::PartlyReceived), "a hundred have not come");
        assert_eq!(stock(&place), kg(3_900));
        let view = look(&officer, |office, connection, actor| registers::contract(office, connection, actor, contract));
        assert_eq!(view.unwrap().line.drawn.received, kg(2_900), "the contract is drawn once");
        let view = look(&officer, |office, connection, actor| requests::request(office, connection, actor, request));
        let view = view.unwrap();
        assert_eq!(view.receipts[0].content.grams, kg(2_900));
        let wrong = &view.wrong[0].content;
        assert_eq!((wrong.grams, wrong.corrected.as_ref().unwrap().reason.as_str()), (kg(3_300), "ghi nhầm cân"));
        assert_eq!(view.correctable, [right.receipt], "the desk mended it: the officer may mend that again");
        // The same note is not received again.
        let again = ReceiveUnordered {
            key: None,
            facility: place.id,
            store: place.store(0),
            supplier: view.line.request.supplier,
            reason: "đến gấp".into(),
            delivery: papers("100", "px-001"),
        };
        assert_eq!(code_of(officer.does(again)), "SUP-031");
        let month = look(&officer, |office, connection, actor| reconcile::month(office, connection, actor, None, None));
        let month = month.unwrap();
        assert_eq!(month.suppliers[0].received, kg(2_900));
        assert_eq!(month.suppliers[0].deliveries[0].note.as_deref(), Some("PX-001"));
        world.assert_well();
    });
}

/// OX13: a receipt is corrected by the key of the device only once; the desk of another area finds none.
#[test]
fn a_correction_is_sent_twice_and_done_once() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_cylinders(40.0, 100).register();
        let officer = world.officer_of(&place);
        let unordered = ReceiveUnordered {
            key: None,
            facility: place.id,
            store: place.store(0),
            supplier: None,
            reason: "đoàn thiện nguyện".into(),
            delivery: papers("60", "TN-1"),
        };
        let received = officer.does(unordered).unwrap();
        let key = IdempotencyKey::new("dinh-chinh-01");
        let once = CorrectReceipt { key, ..mended(received.receipt, "58", "TN-1") };
        let duty = world.desk();
        let (first, second) = (duty.does(once.clone()).unwrap(), duty.does(once).unwrap());
        assert_eq!(first, second);
        assert_eq!(first.grams, kg(58));
        assert_eq!(first.stage, Stage::Received, "nobody ordered it: nothing is outstanding");
        let elsewhere = world.facility("BV Cửa Sông").with_tank(1_000).register();
        let stranger = world.officer_of(&elsewhere);
        let unknown = code_of(stranger.does(mended(RecordId::new(place.id.0), "57", "TN-1")));
        assert_eq!(code_of(stranger.does(mended(first.receipt, "57", "TN-1"))), unknown, "like one that is not there");
        world.assert_well();
    });
}

/// OX13: a delivery note of a place that one does not see is refused without a word of where and when.
#[test]
fn a_note_received_elsewhere_is_not_told() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let other = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 0);
        let come = |place: &crate::common::Place<'_>| ReceiveUnordered {
            key: None,
            facility: place.id,
            store: place.store(0),
            supplier: Some(supplier),
            reason: "đến gấp".into(),
            delivery: papers("100", "PX-9"),
        };
        world.officer_of(&place).does(come(&place)).unwrap();
        let refused = world.officer_of(&other).does(come(&other)).unwrap_err();
        assert_eq!(refused.code(), "SUP-034");
        assert!(refused.facts().iter().all(|(name, _)| *name == "note"), "{:?}", refused.facts());
        assert_eq!(code_of(world.desk().does(come(&other))), "SUP-031", "the desk sees both");
    });
}

fn changed(
    world: &World,
    id: RecordId<Contract>,
    content: Contract,
    reason: &str,
) -> desk::Outcome<RecordId<Contract>> {
    world.desk().does(ChangeContract { key: None, contract: id, content, reason: reason.to_owned() })
}

/// OX14: terms are changed with a reason, for several facilities; a contract that ended keeps its receipts and prices.
#[test]
fn a_contract_is_changed_and_ended_with_its_history() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let other = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let third = world.facility("BV Núi Sam").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        let (request, id) = under_way(world, &place, "3.000");
        world.pass(Span::hours(1));
        officer.does(ReceiveOxygen { key: None, request, delivery: papers("3.000", "PX-1") }).unwrap();
        let kept = look(&world.desk(), |office, connection, actor| registers::contract(office, connection, actor, id));
        let before = kept.unwrap().line.kept.content;
        assert_eq!(code_of(changed(world, id, before.clone(), "")), "SUP-002", "why is asked");
        let rival = supplier_called(world, "Khí Y tế Cánh Buồm", 0);
        let elsewhere = Contract { supplier: rival, ..before.clone() };
        assert_eq!(code_of(changed(world, id, elsewhere, "đổi nhà cung ứng")), "SUP-008");
        let terms = Terms { ceiling: Ceiling::Mass(kg(25_000)), to: date(2027, 3, 31), ..before.terms };
        let two = Contract { buyers: vec![place.id, other.id], terms, ..before };
        changed(world, id, two.clone(), "phụ lục 01").unwrap();
        let seen = |person: &crate::common::Person<'_>| {
            look(person, |office, connection, actor| registers::contract(office, connection, actor, id))
        };
        let view = seen(&world.officer_of(&other)).unwrap();
        assert_eq!(view.line.buyers.len(), 2);
        assert_eq!((view.versions.len(), view.steps[0].content.reason.as_str()), (2, "phụ lục 01"));
        assert!(seen(&world.officer_of(&third)).is_err(), "who does not buy under it does not see it");

        let end = |reason: &str| EndContract { key: None, contract: id, reason: reason.into() };
        assert_eq!(code_of(officer.does(end("x"))), code_of(officer.does(keep(two.clone()))), "not the facility's");
        world.desk().does(end("nhà cung ứng ngừng hoạt động")).unwrap();
        assert_eq!(code_of(world.desk().does(end("lần nữa"))), "SUP-007");
        assert_eq!(code_of(changed(world, id, two, "sửa sau")), "SUP-007");
        let list = look(&world.desk(), registers::contracts);
        let list = list.unwrap();
        assert!(list.lines.is_empty());
        assert_eq!(list.ended[0].drawn.received, kg(3_000));
        let month = look(&officer, |office, connection, actor| reconcile::month(office, connection, actor, None, None));
        let supplier = &month.unwrap().suppliers[0];
        assert_eq!((supplier.received, supplier.contract_price), (kg(3_000), Some(6_000)), "still reconciled");
        assert_eq!(supplier.deliveries[0].note.as_deref(), Some("PX-1"));
        world.assert_well();
    });
}

/// OX14: whoever entered an invoice may dispute it; that both agree says a second person.
#[test]
fn an_invoice_is_settled_by_a_second_person() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 0);
        let officer = world.officer_of(&place);
        let invoice = RecordInvoice {
            key: None,
            facility: place.id,
            supplier,
            month: date(2026, 11, 1),
            number: "0012".into(),
            amount: "1.600".into(),
            dong: 9_600_000,
            lines: String::new(),
        };
        let invoice = officer.does(invoice).unwrap();
        let settle = |agreed| SettleInvoice { key: None, invoice, agreed, remark: "đã xem".into() };
        assert_eq!(code_of(officer.does(settle(true))), "SUP-046");
        assert_eq!(officer.does(settle(false)).unwrap(), Settlement::Disputed);
        assert_eq!(code_of(officer.does(settle(true))), "SUP-046", "a dispute makes him no second person");
        assert_eq!(world.one_of(Role::FocalOfficer, &place).does(settle(true)).unwrap(), Settlement::Agreed);
    });
}

/// OX15: a driver who only takes more keeps his code; when another carries it, the desk is told whose code is void.
#[test]
fn a_driver_keeps_his_code_until_another_carries() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let (request, _) = under_way(world, &place, "3.000");
        let code = || {
            let view =
                look(&world.desk(), |office, connection, actor| requests::request(office, connection, actor, request));
            view.unwrap().line.request.load.unwrap().code
        };
        let first = code();
        assert_eq!(world.desk().does(load(world, request, "68C-123.45")).unwrap(), None);
        assert_eq!(code(), first, "he is on the road with it");
        world.desk().does(truck("68H-555.55", 6_000)).unwrap();
        let voided = world.desk().does(load(world, request, "68H-555.55")).unwrap().unwrap();
        assert_eq!((voided.plate.as_str(), voided.driver.as_str()), ("68C-123.45", "Lâm Văn Cá"));
        assert_ne!(code(), first);
    });
}

/// OX15: where a vehicle last was is seen by who waits for it and by the desk, with its age and the way that is left.
#[test]
fn a_vehicle_tells_how_far_it_is() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let other = world.facility("BV Cửa Sông").with_tank(10_000).register();
        let (request, _) = under_way(world, &place, "3.000");
        let here = {
            let registry = world.office.look_blocking(|office, connection| office.registry(connection, world.province));
            desk::views::supply::positions::place_of(&registry.unwrap(), place.id, world.now()).expect("has a centre")
        };
        // A tenth of a degree north of the hospital's commune: 11.1 km.
        let tell = TellPosition {
            key: None,
            plate: "68c12345".into(),
            lat: here[1] + 0.1,
            lon: here[0],
            at: Some(world.now() - Span::minutes(12)),
        };
        world.a(Role::Tracker).does(tell).unwrap();
        let seen = |person: &crate::common::Person<'_>| look(person, registers::vehicles).unwrap().lines.remove(0);
        let line = seen(&world.officer_of(&place));
        let position = line.position.unwrap();
        assert!(position.age >= Span::minutes(12) && !position.old && !position.near.is_empty(), "{position:?}");
        assert!((line.distances[0].1 - 11.12).abs() < 0.02, "{:?}", line.distances);
        assert!(seen(&world.officer_of(&other)).position.is_none(), "it does not carry for him");
        assert!(seen(&world.desk()).position.is_some());
        world.pass(Span::hours(1));
        let view = look(&world.officer_of(&place), |office, connection, actor| {
            requests::request(office, connection, actor, request)
        });
        let (position, km) = view.unwrap().position.unwrap();
        assert!(position.old && km.is_some());
    });
}
