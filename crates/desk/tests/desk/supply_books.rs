//! Supply on paper: contracts, loans, machines, invoices, the book (OX12, OX14, OX17).

use desk::operations::set_state::SetState;
use desk::operations::supply::attach_letter::AttachLetter;
use desk::operations::supply::decide_request::DecideRequest;
use desk::operations::supply::decide_return::DecideReturn;
use desk::operations::supply::end_request::EndRequest;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::operations::supply::lend_oxygen::LendOxygen;
use desk::operations::supply::receive_oxygen::ReceiveOxygen;
use desk::operations::supply::record_invoice::RecordInvoice;
use desk::operations::supply::return_oxygen::ReturnOxygen;
use desk::operations::supply::settle_invoice::SettleInvoice;
use desk::rights::Role;
use desk::supply::{Asset, Condition, Contract, Given, Stage, Verdict};
use desk::views::supply::{assets, book, loans, reconcile, registers, requests};
use jiff::civil::{Date, date};
use oxygen::supply::{Finding, Standing};
use protocol::Readiness;
use quantity::{Coded, Grams, Span, Unit};

use crate::common::{Person, Place, code_of, on_both_engines, says};
use crate::supply::*;

fn machine(place: &Place<'_>, due: Date) -> KeepAsset {
    let asset = Asset {
        name: "Máy tạo oxy PSA 20 Nm³/giờ".to_owned(),
        serial: "MP-0001".to_owned(),
        facility: place.id,
        store: Some(place.store(1)),
        given: Given::Lent,
        giver: "Quỹ Cánh Buồm".to_owned(),
        condition: Condition::Works,
        flow: None,
        makes: None,
        due: Some(due),
        decider: "Phó Giám đốc Sở".to_owned(),
        letters: Vec::new(),
        decisions: Vec::new(),
        gone: false,
    };
    KeepAsset { key: None, id: None, asset, flow: "20".to_owned(), unit: Some(Unit::NormalCubicMetrePerHour) }
}

/// Bad input: contract overdrawn, expired, of another; neither contract nor basis.
#[test]
fn a_contract_is_not_overdrawn() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(30_000).register();
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let supplier = supplier_called(world, "Sao Mai", 0);
        let small = world.desk().does(keep(contract_of(supplier, "01", 5_000))).unwrap();
        let first = officer.does(need(&place, "4.000", Some(small))).unwrap();
        world.a(Role::Leader).does(decide(first, true)).unwrap();
        let over = officer.does(need(&place, "1.500", Some(small))).unwrap_err();
        assert_eq!(over.code(), "SUP-022", "what is promised is not there twice");
        assert!(over.facts().contains(&("left", "1.000 kg".to_owned())));
        let mut old = contract_of(supplier, "02", 5_000);
        old.terms.to = date(2026, 11, 21);
        let old = world.desk().does(keep(old)).unwrap();
        assert_eq!(code_of(officer.does(need(&place, "100", Some(old)))), "SUP-020");
        let theirs = Contract { buyers: vec![other.id], ..contract_of(supplier, "03", 5_000) };
        let theirs = world.desk().does(keep(theirs)).unwrap();
        assert_eq!(code_of(officer.does(need(&place, "100", Some(theirs)))), "SUP-017");
        assert_eq!(code_of(world.desk().does(keep(contract_of(supplier, "01", 9)))), "SUP-004");
        let mut reversed = contract_of(supplier, "04", 9);
        reversed.terms.to = date(2025, 1, 1);
        assert_eq!(code_of(world.desk().does(keep(reversed))), "SUP-006");
        // Without a contract an order needs what it rests on.
        let bare = officer.does(need(&place, "100", None)).unwrap();
        assert_eq!(code_of(world.a(Role::Leader).does(decide(bare, true))), "SUP-013");
        let basis = DecideRequest {
            supplier: Some(supplier),
            legal_basis: "mua sắm khẩn cấp, điều 23".into(),
            ..decide(bare, true)
        };
        assert_eq!(world.a(Role::Leader).does(basis).unwrap(), Stage::Approved);
        let contracts = look(&world.desk(), registers::contracts).unwrap();
        let standings: Vec<_> = contracts.lines.iter().map(|line| line.standing).collect();
        assert!(standings.contains(&Standing::Low) && standings.contains(&Standing::Expired), "{standings:?}");
        assert_eq!(contracts.median, Some(6_000));
    });
}

/// On quiet days a request within the contract is approved by itself, and it is said so.
#[test]
fn on_quiet_days_a_request_within_the_contract_approves_itself() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        world.a(Role::Leader).does(SetState { state: Readiness::Routine, ..SetState::default() }).unwrap();
        let supplier = supplier_called(world, "Sao Mai", 0);
        let contract = world.desk().does(keep(contract_of(supplier, "01", 5_000))).unwrap();
        let officer = world.officer_of(&place);
        let asked = officer.does(need(&place, "500", Some(contract))).unwrap();
        assert!(asked.approved);
        assert!(!officer.does(need(&place, "500", None)).unwrap().approved, "without a contract somebody decides");
        let view =
            look(&officer, |office, connection, actor| requests::request(office, connection, actor, asked.request));
        let approved = view.unwrap().line.request.approved.unwrap();
        assert_eq!(approved.by, None);
    });
}

/// A loan moves both ledgers, and its return moves them back.
#[test]
fn a_loan_is_given_back_in_kind() {
    on_both_engines(|world| {
        let lender = world.facility("BV Hải Âu").with_tank(5_000).register();
        let borrower = world.facility("BV Sao Biển").with_tank(5_000).register();
        for place in [&lender, &borrower] {
            world.officer_of(place).files(place, says(place.store(0), "2.000 kg", None)).unwrap();
        }
        world.pass(Span::hours(1));
        let signed = || ["ông Bảy".to_owned(), "bà Tám".to_owned()];
        let lend = LendOxygen {
            key: None,
            lender: lender.id,
            from: lender.store(0),
            borrower: borrower.id,
            into: borrower.store(0),
            amount: "600".into(),
            unit: Some(Unit::Kilogram),
            at: None,
            due: date(2026, 12, 1),
            signed: signed(),
        };
        let same = LendOxygen { borrower: lender.id, into: lender.store(0), ..lend.clone() };
        assert_eq!(code_of(world.desk().does(same)), "SUP-044");
        assert_eq!(code_of(world.officer_of(&lender).does(lend.clone())), "DSK-002");
        let loan = world.desk().does(lend).unwrap();
        assert_eq!((stock(&lender), stock(&borrower)), (kg(1_400), kg(2_600)));
        let back = |amount: &str| ReturnOxygen {
            key: None,
            loan,
            amount: amount.into(),
            unit: Some(Unit::Kilogram),
            at: None,
            signed: signed(),
        };
        assert_eq!(code_of(world.desk().does(back("601"))), "SUP-043");
        assert!(!world.desk().does(back("200")).unwrap());
        let open = look(&world.officer_of(&borrower), loans::loans).unwrap().open;
        assert_eq!(open[0].content.outstanding(), kg(400));
        assert!(world.desk().does(back("400")).unwrap());
        assert_eq!((stock(&lender), stock(&borrower)), (kg(2_000), kg(2_000)));
        world.assert_well();
    });
}

/// OX17: both letters stand where the return is decided; the decision is recorded and locks nothing.
#[test]
fn the_return_of_a_machine_is_decided_before_its_letters() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_plant(20.0).register();
        let officer = world.officer_of(&place);
        for (hour, text) in [(0, "2.000 kg"), (2, "1.900 kg"), (2, "1.800 kg")] {
            world.pass(Span::hours(hour));
            officer.files(&place, says(place.store(0), text, None)).unwrap();
        }
        let asset = world.desk().does(machine(&place, date(2026, 12, 15))).unwrap();
        let attach = |number: &str, bytes: &[u8]| AttachLetter {
            key: None,
            asset,
            number: number.into(),
            subject: "về việc hoàn trả".into(),
            file: "cong-van.pdf".into(),
            digest: [0; 32],
            bytes: bytes.to_vec(),
        };
        assert_eq!(code_of(world.desk().does(attach("1", b"MZ"))), "SUP-045");
        for number in ["s1", "3109/SYT-KHTC"] {
            world.desk().does(attach(number, b"%PDF-1.7 mo phong")).unwrap();
        }
        let decide = |reason: &str| DecideReturn {
            key: None,
            asset,
            verdict: Verdict::AskForTime,
            reason: reason.into(),
            decider: String::new(),
            gone: false,
        };
        assert_eq!(code_of(world.a(Role::Leader).does(decide(""))), "SUP-002");
        world.a(Role::Leader).does(decide("còn 41 giường thở oxy")).unwrap();
        let view = look(&officer, |office, connection, actor| assets::asset(office, connection, actor, asset)).unwrap();
        assert_eq!(view.kept.content.letters.len(), 2);
        assert_eq!(view.kept.content.decisions[0].decider, "Phó Giám đốc Sở");
        assert_eq!(view.cases.len(), 4);
        let hours: Vec<_> = view.cases.iter().filter_map(|case| case.expected?.hours).collect();
        assert!(hours.windows(2).all(|pair| pair[1] <= pair[0]) && hours.len() == 4, "{hours:?}");
        let letter = look(&officer, |office, connection, actor| assets::letter(connection, office, actor, asset, 1));
        assert_eq!(letter.unwrap().0, "application/pdf");
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let hidden = look(&world.officer_of(&other), |office, connection, actor| {
            assets::letter(connection, office, actor, asset, 0)
        });
        assert_eq!(code_of(hidden), "DSK-001");
    });
}

/// OX14: a month's ledger beside the invoice, delivery by delivery; the book of the month; next year.
#[test]
fn an_invoice_is_laid_beside_the_ledger() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        let (request, _) = under_way(world, &place, "3.000");
        world.pass(Span::hours(1));
        officer.does(ReceiveOxygen { key: None, request, delivery: papers("3.000", "PX-001") }).unwrap();
        let month = |person: &Person<'_>| {
            let view = move |office: &desk::Office, connection: &mut store::Connection, actor: &desk::Actor| {
                reconcile::month(office, connection, actor, None, None)
            };
            look(person, view)
        };
        let supplier = month(&officer).unwrap().suppliers[0].supplier.unwrap();
        let invoice = |number: &str, amount: &str, lines: &str| RecordInvoice {
            key: None,
            facility: place.id,
            supplier,
            month: date(2026, 11, 1),
            number: number.into(),
            amount: amount.into(),
            dong: 18_780_000,
            lines: lines.into(),
        };
        assert_eq!(code_of(officer.does(invoice("0012", "3.130", "PX-001 3130"))), "SUP-041");
        assert_eq!(code_of(officer.does(invoice("0012", "3.130", "PX-001; 3.000"))), "SUP-042");
        let kept = officer.does(invoice("0012", "3.130", "px 001; 3.130")).unwrap();
        assert_eq!(code_of(officer.does(invoice("00-12", "3.130", ""))), "SUP-004");
        let shown = month(&officer).unwrap();
        let sao_mai = &shown.suppliers[0];
        assert_eq!((sao_mai.gap(), sao_mai.has_gap, sao_mai.contract_price), (Some(kg(130)), true, Some(6_000)));
        assert_eq!((sao_mai.lines[0].finding, sao_mai.lines[0].gap()), (Finding::Differs, kg(130)));
        let settle = |agreed, remark: &str| SettleInvoice { key: None, invoice: kept, agreed, remark: remark.into() };
        assert_eq!(code_of(officer.does(settle(false, ""))), "SUP-002");
        officer.does(settle(false, "cân trạm và cân bệnh viện lệch 130 kg")).unwrap();

        let read = look(&officer, |office, connection, actor| book::oxygen_book(office, connection, actor, None, None));
        let read = read.unwrap();
        assert_eq!(read.days.len(), 22, "up to today");
        let today = read.days.last().unwrap();
        assert_eq!(
            (today.closing, today.received, today.opening, today.used),
            (Some(kg(4_000)), kg(3_000), None, None)
        );
        assert_eq!(read.totals.days_missing, 21);
        let next = look(&officer, |office, connection, actor| reconcile::next_year_of(office, connection, actor, None));
        assert!(next.unwrap().estimate.is_none(), "too few months are known");
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let hidden = look(&world.officer_of(&other), |office, connection, actor| {
            reconcile::month(office, connection, actor, Some(place.id), None)
        });
        assert_eq!(code_of(hidden), "DSK-001");
        world.assert_well();
    });
}

/// A delivery fails, a request is called off: with a reason, and by whom it may be.
#[test]
fn what_does_not_come_says_why() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(10_000).register();
        let (request, contract) = under_way(world, &place, "3.000");
        let officer = world.officer_of(&place);
        let end = |reason: &str| EndRequest { key: None, request, reason: reason.into() };
        assert_eq!(code_of(officer.does(end("thôi"))), "DSK-002", "it is on the road: the desk answers for it");
        assert_eq!(code_of(world.desk().does(end(""))), "SUP-002");
        assert_eq!(world.desk().does(end("phà ngừng vì bão")).unwrap(), Stage::Failed);
        assert_eq!(world.desk().line(&place).outlook.in_transit, Grams::ZERO);
        let view = look(&officer, |office, connection, actor| registers::contract(office, connection, actor, contract));
        assert_eq!(view.unwrap().line.drawn.all(), Grams::ZERO, "the contract is free again");
        let early = officer.does(need(&place, "100", None)).unwrap();
        let cancel = EndRequest { key: None, request: early.request, reason: "bệnh nhân đã chuyển".into() };
        assert_eq!(officer.does(cancel).unwrap(), Stage::Cancelled);
    });
}
