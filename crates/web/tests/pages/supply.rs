//! The pages of supply: a request to its receipt through forms, what each page says, sheets (OX12–OX15, OX17).

use axum::http::StatusCode;
use desk::Operation;
use desk::operations::supply::ask_oxygen::AskOxygen;
use desk::operations::supply::attach_letter::AttachLetter;
use desk::operations::supply::decide_request::DecideRequest;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::operations::supply::keep_contract::KeepContract;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::operations::supply::lend_oxygen::LendOxygen;
use desk::operations::supply::order_loaded::OrderLoaded;
use desk::operations::supply::record_invoice::RecordInvoice;
use desk::rights::Role;
use desk::supply::{Asset, Condition, Contract, Given, Plant, Priority, Supplier, Vehicle, VehicleKind};
use jiff::civil::date;
use oxygen::supply::{Ceiling, Price, Terms};
use quantity::{Grams, Unit};

use crate::world::{Answer, Browser, Hospital, World, apart, at, device_key};

/// The records of supply of a hospital.
pub struct Ids {
    request: String,
    supplier: String,
    contract: String,
    loan: String,
    asset: String,
    invoice: String,
}

impl Ids {
    /// A path of the routes' list with the ids of these records.
    pub fn concrete(&self, pattern: &str) -> Option<String> {
        let id = [
            ("/cung-ung/yeu-cau/", &self.request),
            ("/cung-ung/nha-cung-ung/", &self.supplier),
            ("/cung-ung/hop-dong/", &self.contract),
            ("/lich-su/", &self.contract),
            ("/cung-ung/phieu-nhan/", &self.contract),
            ("/cung-ung/muon-tra/", &self.loan),
            ("/cung-ung/hoa-don/", &self.invoice),
            ("/phuong-tien/may-muon/", &self.asset),
            ("/xuat/cung-ung/", &"de-nghi".to_owned()),
        ]
        .into_iter()
        .find(|(path, _)| pattern.starts_with(path))
        .map(|(_, id)| id.clone())?;
        Some(pattern.replace("{id}", &id).replace("{kind}", &id).replace("{place}", "0"))
    }
}

fn does<O: Operation>(world: &World, operation: O) -> O::Done {
    apart(|| world.office.perform_blocking(world.program(), operation)).unwrap().done
}

/// A supplier with a contract for the hospital, a truck, a request, a loan, a machine with a letter, an invoice.
pub fn prepare(world: &World, own: Hospital) -> Ids {
    let supplier = Supplier {
        name: "Khí Công nghiệp Sao Mai".into(),
        plant: Plant::Both,
        place: "Rạch Giá".into(),
        outputs: Vec::new(),
        open: None,
        medical_release: None,
        commitment: None,
        shells: Vec::new(),
        contacts: Vec::new(),
        closed: false,
    };
    let supplier = does(world, KeepSupplier { key: None, id: None, body: None, supplier });
    let contract = Contract {
        number: "01/2026/HĐ-OXY".into(),
        supplier,
        buyers: vec![own.id],
        joint_buyer: None,
        legal_basis: "QĐ 12 (mô phỏng)".into(),
        payer: "BV Hải Âu".into(),
        signer: "BS. Hai".into(),
        signed_on: None,
        terms: Terms {
            from: date(2026, 1, 1),
            to: date(2026, 12, 31),
            ceiling: Ceiling::Mass(Grams::from_kg(20_000)),
            price: Price::PerKg { dong: 6_000 },
        },
        lead_hours: 12,
        ended: false,
    };
    let contract = does(world, KeepContract { key: None, id: None, contract });
    let vehicle = Vehicle {
        plate: "68C-123.45".into(),
        kind: VehicleKind::LiquidTanker,
        capacity: Grams::from_kg(6_000),
        cylinders: Vec::new(),
        owner: "Sao Mai".into(),
        roads: String::new(),
        ferry: None,
        driver: "Lâm Văn Cá".into(),
        phone: "0903 555 001".into(),
        inspected_until: Some(date(2026, 11, 1)),
        retired: false,
    };
    does(world, KeepVehicle { key: None, id: None, vehicle });
    let need = AskOxygen {
        key: None,
        facility: own.id,
        store: own.tank,
        amount: "1.500".into(),
        unit: Some(Unit::Kilogram),
        needed_by: at(10, 0),
        priority: Priority::Emergency,
        reason: "còn dưới 12 giờ".into(),
        told_by: String::new(),
        supplier: None,
        contract: Some(contract),
    };
    let request = does(world, need).request;
    // Approved by somebody, not by the program that asked.
    let leader = world.somebody(Role::Leader, None);
    let office = world.office.clone();
    let token = leader.token;
    let actor = apart(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(desk::door::recognise(&office, token.clone())).unwrap().unwrap().actor
    });
    let approval = DecideRequest {
        key: None,
        request,
        approve: true,
        reason: String::new(),
        supplier: None,
        contract: None,
        legal_basis: String::new(),
    };
    apart(|| world.office.perform_blocking(actor, approval)).unwrap();
    let load = OrderLoaded {
        key: None,
        request,
        plate: "68C12345".into(),
        driver: String::new(),
        phone: String::new(),
        amount: String::new(),
        unit: None,
        eta: at(4, 20),
        starts: true,
    };
    does(world, load);
    let other = world.hospital_in_kilograms("BV Láng Giềng");
    let lend = LendOxygen {
        key: None,
        lender: other.id,
        from: other.tank,
        borrower: own.id,
        into: own.tank,
        amount: "100".into(),
        unit: Some(Unit::Kilogram),
        at: None,
        due: date(2026, 12, 1),
        signed: ["ông Bảy".into(), "bà Tám".into()],
    };
    let loan = does(world, lend);
    let asset = Asset {
        name: "Máy tạo oxy PSA".into(),
        serial: "MP-1".into(),
        facility: own.id,
        store: None,
        given: Given::Lent,
        giver: "Quỹ Cánh Buồm".into(),
        condition: Condition::Works,
        flow: None,
        makes: None,
        due: Some(date(2026, 12, 5)),
        decider: "Phó Giám đốc Sở".into(),
        letters: Vec::new(),
        decisions: Vec::new(),
        gone: false,
    };
    let asset = does(world, KeepAsset { key: None, id: None, asset, flow: String::new(), unit: None });
    let letter = AttachLetter {
        key: None,
        asset,
        number: "3109/SYT-KHTC".into(),
        subject: "về việc hoàn trả".into(),
        file: "a.pdf".into(),
        digest: [0; 32],
        bytes: b"%PDF-1.7".to_vec(),
    };
    does(world, letter);
    let invoice = RecordInvoice {
        key: None,
        facility: own.id,
        supplier,
        month: date(2026, 11, 1),
        number: "0012".into(),
        amount: "1.600".into(),
        dong: 9_600_000,
        lines: "PX-1; 1.600".into(),
    };
    let invoice = does(world, invoice).to_string();
    Ids {
        request: request.to_string(),
        supplier: supplier.to_string(),
        contract: contract.to_string(),
        loan: loan.to_string(),
        asset: asset.to_string(),
        invoice,
    }
}

async fn receive(world: &World, browser: &Browser, ids: &Ids, note: &str) -> Answer {
    let key = device_key();
    let fields = [
        ("csrf", browser.csrf.as_str()),
        ("key", &key),
        ("form", "receive"),
        ("note", note),
        ("gross", "12.500"),
        ("tare", "11.000"),
        ("ticket", "PC-7"),
        ("plate", "68C 123.45"),
        ("deliverer", "Lâm Văn Cá"),
        ("receiver", "Điều dưỡng trực"),
    ];
    world.post(browser, &format!("/cung-ung/yeu-cau/{}", ids.request), &fields).await
}

/// OX13: the board shows the truck; the receipt moves the stock once and the second tab is told.
#[tokio::test]
async fn a_truck_on_the_road_becomes_a_receipt_once() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let ids = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let board = world.get(&duty, "/oxy").await.text();
    assert!(board.contains("68C-123.45 · 1,5 t · 04:20"), "the row shows plate and arrival");
    assert!(board.contains("1 xe đã bốc"), "so does the number");
    let page = world.get(&focal, &format!("/cung-ung/yeu-cau/{}", ids.request)).await.text();
    assert!(page.contains("Đề nghị số 1 của BV Hải Âu: 1.500 kg, đang trên đường."));
    assert!(page.contains("LỆNH ĐIỀU XE") && page.contains("hợp đồng số 01/2026/HĐ-OXY"));
    assert!(!page.contains("Mã ký nhận của lái xe:"), "the driver's code is not for the facility");

    let first = receive(&world, &focal, &ids, "PX-1").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    let second = receive(&world, &focal, &ids, "PX-1").await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text().contains("SUP-031"), "{}", second.text());
    let page = world.get(&focal, &format!("/cung-ung/yeu-cau/{}", ids.request)).await.text();
    assert!(page.contains("PHIẾU GIAO NHẬN OXY số PX-1"));
    assert!(page.contains("Phiếu cân PC-7: cả xe 12.500 kg, xe không 11.000 kg."));
    let reconciled = world.get(&focal, "/cung-ung/doi-chieu").await.text();
    assert!(reconciled.contains("1 nhà cung ứng có chênh lệch"), "1.600 invoiced, 1.500 received");
    assert!(reconciled.contains("100 kg"));
    let contract = world.get(&duty, &format!("/cung-ung/hop-dong/{}", ids.contract)).await.text();
    assert!(contract.contains("còn 18.500 kg"));
}

/// A refusal keeps what was typed, with its sentence and next step.
#[tokio::test]
async fn a_refused_need_keeps_what_was_typed() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let key = device_key();
    let store = format!("{}/{}", own.id, own.tank);
    let fields = [
        ("csrf", focal.csrf.as_str()),
        ("key", &key),
        ("store", &store),
        ("amount", "1.234"),
        ("unit", ""),
        ("needed_by", "2026-11-22T10:00"),
        ("reason", "sắp hết"),
    ];
    let refused = world.post(&focal, "/cung-ung", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("QTY-010") && page.contains("value=\"1.234\"") && page.contains("sắp hết"), "{page}");
}

/// Every page says its answer in words, in both languages: no key of a text is left standing.
#[tokio::test]
async fn every_page_of_supply_is_worded() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let ids = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let paths = [
        "/cung-ung",
        "/cung-ung/yeu-cau/{id}",
        "/cung-ung/nha-cung-ung",
        "/cung-ung/nha-cung-ung/{id}",
        "/cung-ung/hop-dong",
        "/cung-ung/hop-dong/{id}",
        "/cung-ung/muon-tra",
        "/cung-ung/doi-chieu",
        "/cung-ung/so-oxy",
        "/cung-ung/du-toan",
        "/phuong-tien",
        "/phuong-tien/may-muon",
        "/phuong-tien/may-muon/{id}",
    ];
    for pattern in paths {
        let path = ids.concrete(pattern).unwrap_or_else(|| pattern.to_owned());
        let answer = world.get(&duty, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let page = answer.text();
        for key in [">supply-", ">machine", ">vehicle", ">verdict-", "\"supply-", ">column-", ">norm-"] {
            let found = page.find(key).map(|place| page[place..].chars().take(60).collect::<String>());
            assert_eq!(found, None, "{path}");
        }
    }
    for kind in ["nha-cung-ung", "phuong-tien", "hop-dong", "de-nghi", "doi-chieu", "so-oxy"] {
        let answer = world.get(&duty, &format!("/xuat/cung-ung/{kind}")).await;
        assert!(answer.status == StatusCode::OK && answer.bytes.starts_with(b"PK"), "{kind}");
    }
}
