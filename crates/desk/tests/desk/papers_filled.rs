//! What the registers give a paper: works, suppliers, contracts, distances and scenario demand in the report to the
//! ministry (OX18), the coordination unit in the letter about it (OX03).

use desk::Outcome;
use desk::means::Work;
use desk::operations::chain::plan_work::PlanWork;
use desk::operations::command::found_unit::FoundUnit;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::command::notify_ministry::NotifyMinistry;
use desk::operations::command::seat_member::SeatMember;
use desk::operations::papers::draft_report::DraftReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::operations::supply::lend_oxygen::LendOxygen;
use desk::papers::content::{Content, Kept as Cell, Row};
use desk::papers::layout::ReportKind;
use desk::papers::signer::SignsAs;
use desk::rights::Role;
use desk::views::papers::{Format, compose, file, report};
use desk::views::supply::loans::loans;
use desk::views::supply::registers::contracts;
use document::official::{Block, Kind};
use jiff::civil::{Date, date};
use place::body::Ownership;
use quantity::Unit;

use crate::common::{Place, World, code_of, on_both_engines, says};
use crate::supply::{contract_of, keep, supplier_called};

fn today() -> Date {
    date(2026, 11, 22)
}

fn composed(world: &World, kind: ReportKind) -> Outcome<Content> {
    let actor = world.desk().actor;
    world.office.look_blocking(|office, connection| compose(office, connection, &actor, kind, today()))
}

fn work(place: &Place<'_>, item: &str, cost: Option<i64>) -> PlanWork {
    let content = Work {
        facility: place.id,
        item: item.to_owned(),
        cost,
        funding: Some("ngân sách tỉnh".to_owned()),
        due: date(2026, 12, 20),
        percent: 40,
        percent_on: date(2026, 11, 20),
        before: None,
        after: None,
        dropped: None,
    };
    PlanWork { key: None, work: None, content }
}

fn row<'c>(content: &'c Content, name: &str) -> &'c Row {
    content.rows.iter().find(|row| row["facility"] == Cell::Text(name.to_owned())).expect("stands in the report")
}

/// OX18: what the registers know stands in the report, what they do not know is unknown and never 0.
#[test]
fn the_report_to_the_ministry_is_fed_from_the_registers() {
    on_both_engines(|world| {
        let near = world.facility("BV An Lành").with_tank(3_000).register();
        let silent = world.facility("BV Bến Đò").with_tank(3_000).register();
        let empty = composed(world, ReportKind::Ministry).unwrap();
        let without = row(&empty, "BV An Lành");
        for key in ["supplier", "contract_number", "lead_time_hours", "distance_km", "upgrade_item", "scenario_demand"]
        {
            assert_eq!(without[key], Cell::Unknown(None), "{key}: nothing is known, and that is said");
        }
        assert!(empty.registers["suppliers"].rows.is_empty() && empty.registers["works"].rows.is_empty());

        world.does_daily_use(&near);
        let supplier = supplier_called(world, "Khí Sao Mai", 10);
        let mut contract = contract_of(supplier, "12/HĐ-2026", 50_000);
        contract.buyers = vec![near.id];
        world.desk().does(keep(contract)).unwrap();
        world.desk().does(work(&near, "Nâng cấp giàn hóa hơi", Some(1_500_000_000))).unwrap();
        world.desk().does(work(&near, "Thêm ổ khí", None)).unwrap();
        let content = composed(world, ReportKind::Ministry).unwrap();
        let told = row(&content, "BV An Lành");
        assert_eq!(told["supplier"], Cell::Text("Khí Sao Mai".into()));
        assert_eq!(told["contract_number"], Cell::Text("12/HĐ-2026".into()));
        assert_eq!(told["lead_time_hours"], Cell::Decimal(12.0));
        assert_eq!(told["upgrade_cost"], Cell::Unknown(None), "one of two costs is not known, so the sum is not");
        let Cell::Text(items) = &told["upgrade_item"] else { panic!("{told:?}") };
        assert!(items.contains("Nâng cấp giàn hóa hơi (40 %)") && items.contains("Thêm ổ khí"), "{items}");
        // The plant stands in Rạch Giá, the hospital in the first commune: some distance, and a plausible one.
        let away = told["distance_km"].number().expect("both places are known");
        assert!((1.0..250.0).contains(&away), "{away}");
        let (now, then) = (told["use_per_day"].number().unwrap(), told["scenario_demand"].number().unwrap());
        assert!((then - now * 2.0).abs() < 1e-6, "the norm doubles it");
        let other = row(&content, &silent.name);
        assert_eq!(other["contract_number"], Cell::Text("chưa có".into()), "others have one, it has none");
        assert_eq!((&other["supplier"], &other["distance_km"]), (&Cell::Unknown(None), &Cell::Unknown(None)));

        let contracts = &content.registers["contracts"].rows;
        assert_eq!(contracts[0]["ceiling"], Cell::Decimal(50.0));
        assert_eq!((&contracts[0]["drawn"], &contracts[0]["left"]), (&Cell::Decimal(0.0), &Cell::Decimal(50.0)));
        assert_eq!(contracts[0]["buyers"], Cell::Text("BV An Lành".into()));
        let works = &content.registers["works"].rows;
        assert_eq!((works.len(), &works[0]["percent"]), (2, &Cell::Integer(40)));
        let scenarios = &content.registers["scenarios"];
        assert_eq!(scenarios.rows.len(), 2, "no beds are known, so that line is not made up");
        assert!(scenarios.notes[0].contains("không phải dự báo"), "{scenarios:?}");
        assert_eq!(scenarios.rows[1]["source"], Cell::Text("report.scenario/1".into()));
        let printed = format!("{:?}", content.document.body);
        assert!(!printed.contains("Chưa có số liệu"), "{printed}");
        for format in [Format::Docx, Format::Pdf, Format::Xlsx] {
            file(&content, format).unwrap();
        }
    });
}

fn seat(seat: &str, name: &str) -> SeatMember {
    SeatMember {
        key: None,
        seat: seat.to_owned(),
        name: name.to_owned(),
        post: "Phó Chủ tịch UBND tỉnh".to_owned(),
        phone: String::new(),
        field: String::new(),
        from: date(2026, 11, 3),
        vice_chair: true,
        exception: String::new(),
    }
}

/// OX03: the letter takes the unit from its register, is signed with a number of its own row, and goes with the notice.
#[test]
fn the_unit_is_told_to_the_ministry_by_a_signed_letter() {
    on_both_engines(|world| {
        assert!(composed(world, ReportKind::UnitNotice).is_err(), "no unit, no letter");
        let founding = FoundUnit {
            key: None,
            number: "15/QĐ-UBND".into(),
            issued_on: date(2026, 11, 2),
            issuer: "Chủ tịch UBND tỉnh An Giang".into(),
            file: None,
        };
        world.desk().does(founding).unwrap();
        world.desk().does(seat("head", "Nguyễn Văn Bưởi")).unwrap();
        let content = composed(world, ReportKind::UnitNotice).unwrap();
        let Kind::Letter { subject } = &content.document.kind else { panic!("a letter has no name") };
        assert_eq!(subject, "thông báo Bộ phận điều phối oxy y tế của tỉnh An Giang");
        let words = format!("{:?}", content.document.body);
        assert!(words.contains("15/QĐ-UBND ngày 02/11/2026") && words.contains("7559/BYT-TB-CT"), "{words}");
        assert!(words.contains("Nguyễn Văn Bưởi") && words.contains("chưa rõ"), "a missing telephone is said: {words}");
        assert!(words.contains("Vị trí chưa có người"), "{words}");
        assert!(!content.document.body.iter().any(|block| matches!(block, Block::Heading { .. })));
        assert_eq!(content.document.symbol, "SYT-NVY");
        assert!(file(&content, Format::Docx).unwrap().starts_with(b"PK"));
        assert!(file(&content, Format::Pdf).unwrap().starts_with(b"%PDF-"));
        assert_eq!(code_of(file(&content, Format::Xlsx)), "PAP-017");

        let drafting = DraftReport { key: None, kind: ReportKind::UnitNotice, due: None, content, drafter: None };
        let id = world.desk().does(drafting).unwrap();
        world.desk().does(SubmitReport { key: None, report: id }).unwrap();
        let head = world.a_signer(SignsAs::Head);
        let actor = head.actor.clone();
        let read = || world.office.look_blocking(|office, connection| report(office, connection, &actor, id, None));
        let seen = read().unwrap().report.content.content;
        assert_eq!(head.does(SignReport { key: None, report: id, seen, name: None }).unwrap(), "01/SYT-NVY");
        assert_eq!(read().unwrap().content.document.number.as_deref(), Some("01/SYT-NVY"));
        let sent = NotifyMinistry { key: None, sent_on: today(), way: "trục liên thông".into() };
        let notice = world.desk().does(sent).unwrap();
        let kept = world.office.look_blocking(|_, connection| desk::record::one(connection, world.province, notice));
        assert_eq!(kept.unwrap().unwrap().content.number.as_deref(), Some("01/SYT-NVY"));
        world.assert_well();
    });
}

/// Who asked to be hidden is hidden as lender and as buyer too (design rule 8).
#[test]
fn a_hidden_facility_has_no_name_in_loans_and_contracts_of_others() {
    on_both_engines(|world| {
        let lender = world.facility("BV Quân Dân").owned_by(Ownership::Military).with_tank(3_000).register();
        let borrower = world.facility("BV An Lành").with_tank(3_000).register();
        world.officer_of(&lender).files(&lender, says(lender.store(0), "2.000 kg", None)).unwrap();
        let supplier = supplier_called(world, "Khí Sao Mai", 10);
        let mut contract = contract_of(supplier, "7/HĐ", 50_000);
        contract.buyers = vec![lender.id, borrower.id];
        world.desk().does(keep(contract)).unwrap();
        let lending = LendOxygen {
            key: None,
            lender: lender.id,
            from: lender.store(0),
            borrower: borrower.id,
            into: borrower.store(0),
            amount: "100".into(),
            unit: Some(Unit::Kilogram),
            at: None,
            due: date(2026, 12, 1),
            signed: ["Trung tá Sậy".into(), "Lê Thị Mận".into()],
        };
        world.desk().does(lending).unwrap();
        let hide = MaskFacility { key: None, facility: lender.id, hidden: true, reason: "theo đề nghị".into() };
        world.desk().does(hide).unwrap();
        let shown = |actor: &desk::Actor| {
            let look = |office: &desk::Office, connection: &mut store::Connection| {
                let found = loans(office, connection, actor)?;
                let loan = &found.open[0].content;
                let bought = contracts(office, connection, actor)?;
                let names = [found.book.facility_name(loan.lender), found.book.facility_name(loan.borrower)];
                Ok(format!("{names:?} {:?} {:?}", loan.signed, bought.lines[0].buyers))
            };
            world.office.look_blocking(look).unwrap()
        };
        let officer = shown(&world.officer_of(&borrower).actor);
        assert!(!officer.contains("Quân Dân") && !officer.contains("Sậy"), "{officer}");
        assert!(officer.contains("không nêu tên") && officer.contains("BV An Lành"), "{officer}");
        assert!(!shown(&world.a(Role::Observer).actor).contains("Quân Dân"));
        assert!(shown(&world.desk().actor).contains("Quân Dân"), "who keeps the command room sees it");
    });
}

impl World {
    /// Patients and a gauge, so that a use a day can be told.
    fn does_daily_use(&self, place: &Place<'_>) {
        let told = desk::operations::file_report::Told {
            patients: Some(oxygen::Census { mask: 30, hfnc: 4, ..oxygen::Census::default() }),
            ..says(place.store(0), "2.000 kg", None)
        };
        self.officer_of(place).files(place, told).unwrap();
    }
}
