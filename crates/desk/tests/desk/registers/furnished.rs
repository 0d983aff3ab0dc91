//! Something in every register, and sheets as a person sees and changes them.

use std::collections::BTreeMap;

use desk::Outcome;
use desk::alarms::records::{ClosureWhy, DutyPerson};
use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal};
use desk::letters::directive::Direction;
use desk::letters::listed::ListRow;
use desk::means::{BedCount, Intensive, Vessel, VesselKind, Work};
use desk::operations::alarm::close_supply::CloseSupply;
use desk::operations::alarm::set_duty::SetDuty;
use desk::operations::alarm::set_refill_terms::SetRefillTerms;
use desk::operations::chain::count_beds::CountBeds;
use desk::operations::chain::plan_site::PlanSite;
use desk::operations::chain::plan_work::PlanWork;
use desk::operations::chain::record_vessel::RecordVessel;
use desk::operations::command::set_milestone::SetMilestone;
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::operations::letters::list_letter::ListLetter;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::record::RecordId;
use desk::registers::file::{Counts, Preview, RegisterFile};
use desk::registers::{Entry, called, work};
use desk::supply::{Asset, Condition, Given};
use document::columns::{Columns, Layout};
use document::sheet::{RegisterContent, Value, write_register};
use document::table::{Limits, read_table};
use jiff::civil::date;
use oxygen::chain::{Outlets, Part, Power, Rated};
use place::body::{Beds, PostKind};
use quantity::{Moment, Span, Typed, Unit};

use crate::chain::{link, pipe, tested};
use crate::common::{Person, Place, World};
use crate::supply::{contract_of, keep, supplier_called, truck};

pub type Row = BTreeMap<String, Value>;

pub fn entry(name: &str) -> &'static Entry {
    called(name).expect("a register")
}

pub fn taken_out(person: &Person<'_>, entry: &'static Entry) -> Outcome<Vec<u8>> {
    let about = vec!["Sở Y tế An Giang".to_owned(), "Lấy ra lúc 22/11/2026 08:00".to_owned()];
    let content = person
        .world
        .office
        .look_blocking(|office, connection| work::take_out(office, connection, &person.actor, entry, about))?;
    content.write()
}

/// A sheet as a person sees it, by column.
pub fn rows_of(bytes: &[u8], layout: &Layout) -> Vec<Row> {
    let table = read_table(bytes, "so.xlsx", &Limits::UPLOAD, &|| false).expect("a table");
    let columns = Columns::find(&table, layout).expect("its columns");
    let cell = |fields: &document::columns::Fields<'_>, key: &str| {
        let cell = fields.cell(columns.column(key).expect("a column")).expect("stands in the sheet");
        Value::of_cell(&cell)
    };
    let row = |fields: document::columns::Fields<'_>| {
        layout.columns.iter().map(|column| (column.key.clone(), cell(&fields, &column.key))).collect()
    };
    columns.rows(&table).map(row).collect()
}

pub fn sheet(layout: &Layout, rows: Vec<Row>) -> Vec<u8> {
    write_register(layout, &RegisterContent { rows, ..RegisterContent::default() }, Moment::from_micros(0)).unwrap()
}

pub fn sends(person: &Person<'_>, entry: &Entry, name: &str, bytes: Vec<u8>) -> Outcome<RecordId<RegisterFile>> {
    work::send(&person.world.office, &person.actor, None, entry, name, bytes)
}

pub fn opened(person: &Person<'_>, id: RecordId<RegisterFile>) -> work::Opened {
    person.world.office.look_blocking(|_, connection| work::open(connection, &person.actor, id)).expect("opens")
}

pub fn preview(person: &Person<'_>, id: RecordId<RegisterFile>) -> Preview {
    opened(person, id).preview
}

pub fn writes(person: &Person<'_>, id: RecordId<RegisterFile>) -> Outcome<Counts> {
    work::write(&person.world.office, &person.actor, id)
}

pub fn codes(preview: &Preview) -> Vec<(u32, String)> {
    let reason = |row: &desk::registers::file::PreviewRow| Some((row.number, row.reason.as_ref()?.code.clone()));
    preview.rows.iter().filter_map(reason).collect()
}

/// Something in every register.
pub fn furnish<'w>(world: &'w World) -> Place<'w> {
    let place = world
        .facility("BV Hải Âu")
        .with_tank(3_000)
        .with_cylinders(40.0, 60)
        .with_plant(20.0)
        .with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111")
        .register();
    world.facility("TTYT Sao Biển").register();
    let desk = world.desk();
    let beds = Beds { planned: Some(120), open: Some(110), oxygen: Some(60), icu: Some(12) };
    let intensive = Intensive { ventilators: Some(8), ..Intensive::default() };
    let (counted_at, facility) = (world.now() - Span::micros(7_000_001), place.id);
    let content =
        BedCount { facility, counted_at, told_by: None, beds, occupied: Some(90), occupied_icu: Some(9), intensive };
    desk.does(CountBeds { key: None, content }).unwrap();
    let of = CountsKey::of_day(Signal::Admissions, world.now().date());
    let figures = vec![ToldFigure { place: PlaceKey::Facility(facility), told: Told::Count(12), reported_on: None }];
    desk.does(ReportCounts { key: None, of, figures, sure: false, simulated: false, source: None }).unwrap();
    let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 400);
    desk.does(keep(contract_of(supplier, "12/2026/HĐ-OXY", 50_000))).unwrap();
    desk.does(truck("68C-123.45", 12_500)).unwrap();
    let content = Vessel {
        facility,
        store: Some(place.store(0)),
        kind: VesselKind::Tank,
        serial: "VN-0017".to_owned(),
        volume_litres: Some(3_000.5),
        pressure_bar: Some(16.0),
        owner: None,
        others_may_fill: Some(false),
        inspected_on: Some(date(2025, 3, 1)),
        next_inspection: Some(date(2027, 3, 1)),
        purity_percent: None,
        purity_on: None,
        running_hours: None,
        gone: None,
    };
    desk.does(RecordVessel { key: None, vessel: None, content }).unwrap();
    desk.does(link(&place, "Ống chính", pipe(tested(3_000.0, date(2026, 6, 1))))).unwrap();
    let outlets = Outlets { installed: 40, working: Some(38), flow: Rated::default() };
    desk.does(link(&place, "Khoa Nội", Part::Outlets(outlets))).unwrap();
    desk.does(link(&place, "Nguồn điện", Part::Power(Power { generator_kva: Some(250.0), ..Power::default() })))
        .unwrap();
    let content = Work {
        facility,
        item: "Lắp bồn 10 m³".to_owned(),
        cost: Some(2_450_000_000),
        funding: None,
        due: date(2026, 12, 31),
        percent: 40,
        percent_on: date(2026, 11, 1),
        before: Some(Typed::measured(500.0, Unit::LitrePerMinute)),
        after: None,
        dropped: None,
    };
    desk.does(PlanWork { key: None, work: None, content }).unwrap();
    desk.does(PlanSite {
        key: None,
        name: "Nhà thi đấu".to_owned(),
        facility: Some(facility),
        tier: Some(2),
        beds: (200, Some(80), None),
        basis: None,
        planned_on: date(2026, 12, 15),
    })
    .unwrap();
    let asset = Asset {
        name: "Máy thở".to_owned(),
        serial: "MT-9".to_owned(),
        facility,
        store: None,
        given: Given::Lent,
        giver: "Hội Chữ thập đỏ".to_owned(),
        condition: Condition::Works,
        flow: None,
        makes: None,
        due: Some(date(2027, 1, 1)),
        decider: "Giám đốc Sở".to_owned(),
        letters: Vec::new(),
        decisions: Vec::new(),
        gone: false,
    };
    desk.does(KeepAsset { key: None, id: None, asset, flow: "10".to_owned(), unit: Some(Unit::LitrePerMinute) })
        .unwrap();
    desk.does(SetRefillTerms {
        key: None,
        facility,
        supplier: "Sao Mai".to_owned(),
        lead_hours: 5.5,
        station: "07:00-17:00".to_owned(),
        bans: "06:00-08:00, 16:00-19:00".to_owned(),
        ferry: String::new(),
    })
    .unwrap();
    desk.does(CloseSupply {
        key: None,
        facility: Some(facility),
        area: None,
        from: world.now() + Span::days(2),
        to: world.now() + Span::days(3),
        why: ClosureWhy::Storm,
        note: "bão số 8".to_owned(),
    })
    .unwrap();
    desk.does(SetMilestone {
        key: None,
        line: "decision".to_owned(),
        facility: None,
        planned_on: Some(date(2026, 12, 1)),
        reached_on: None,
        evidence: String::new(),
        holder: "Sở Y tế".to_owned(),
    })
    .unwrap();
    let duty =
        DutyPerson {
            name: "Lê Trực".to_owned(), phone: Some("0297 386 1111".to_owned()), email: None, person: None
        };
    let (from, to) = (world.now(), world.now() + Span::hours(12));
    desk.does(SetDuty { key: None, from, to, duty, deputy: None }).unwrap();
    for (direction, number) in [(Direction::Incoming, "148/UBND-KGVX"), (Direction::Outgoing, "12/SYT-NVY")] {
        let row = ListRow {
            number: number.to_owned(),
            issuer: "Cơ quan A".to_owned(),
            date: Some(date(2026, 3, 4)),
            subject: "Báo cáo oxy".to_owned(),
            arrived_on: (direction == Direction::Incoming).then(|| date(2026, 3, 5)),
            ..ListRow::default()
        };
        desk.does(ListLetter { key: None, direction, row, known: None, simulated: false }).unwrap();
    }
    place
}

pub fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// For every register a cell of its first filled row, and what somebody types there.
pub fn edits() -> Vec<(&'static str, Vec<(&'static str, Value)>)> {
    vec![
        ("facilities", vec![("officer_phone", text("0913 000 222")), ("deputy_name", text("ĐD. Bưởi"))]),
        ("beds", vec![("occupied", Value::Decimal(95.0)), ("told_by", text("ĐD. Hoa")), ("ventilators", text("xóa"))]),
        (
            "suppliers",
            vec![
                ("liquid", Value::Decimal(12_500.5)),
                ("shells40", Value::Decimal(410.0)),
                ("shells10", Value::Decimal(20.0)),
                ("open", text("6h - 18h")),
                ("phone", text("0297 386 0000")),
                ("release", text("chưa")),
                ("closed", text("có")),
            ],
        ),
        (
            "contracts",
            vec![
                ("ceiling_dong", Value::Decimal(300_000_000.0)),
                ("price_kg", Value::Decimal(6_250.0)),
                ("to", Value::Date(date(2027, 6, 30))),
                ("buyers", text("TTYT Sao Biển")),
                ("signed_on", Value::Date(date(2025, 12, 20))),
            ],
        ),
        (
            "vehicles",
            vec![
                ("capacity", Value::Decimal(9_000.0)),
                ("cylinders40", Value::Decimal(100.0)),
                ("ferry", text("không")),
                ("driver", text("Trần Văn Sông")),
                ("inspected_until", text("xóa")),
            ],
        ),
        (
            "vessels",
            vec![
                ("next_inspection", Value::Date(date(2027, 9, 1))),
                ("owner", text("Khí Sao Mai")),
                ("volume", Value::Decimal(3_100.25)),
                ("others", text("xóa")),
                ("store", text("xóa")),
            ],
        ),
        (
            "links",
            vec![("tested", text("2800 L/phút")), ("diameter", Value::Decimal(50.0)), ("told_by", text("Tổ kỹ thuật"))],
        ),
        (
            "works",
            vec![
                ("percent", Value::Decimal(60.0)),
                ("after", text("1500 L/phút")),
                ("cost", text("xóa")),
                ("funding", text("Ngân sách tỉnh")),
            ],
        ),
        (
            "sites",
            vec![
                ("beds", Value::Decimal(240.0)),
                ("basis", text("QĐ 15/QĐ-UBND")),
                ("planned_on", Value::Date(date(2026, 12, 20))),
                ("oxygen_beds", text("xóa")),
            ],
        ),
        (
            "machines",
            vec![
                ("flow", text("15 L/phút")),
                ("condition", text("hỏng")),
                ("due", Value::Date(date(2027, 2, 1))),
                ("giver", text("Hội Thầy thuốc trẻ")),
            ],
        ),
        (
            "refills",
            vec![("lead_hours", Value::Decimal(7.25)), ("ferry", text("06:00–15:00")), ("station", text("xóa"))],
        ),
        ("closures", vec![("note", text("bão số 9")), ("why", text("phà ngừng"))]),
        (
            "letters",
            vec![("subject", text("Báo cáo oxy y tế")), ("handler", text("BV Hải Âu")), ("state", text("Lưu"))],
        ),
        ("counts", vec![("count", Value::Decimal(31.0))]),
        ("letters-sent", vec![("recipients", text("UBND tỉnh")), ("signer", text("Hà Văn Phúc"))]),
        ("milestones", vec![("planned_on", Value::Date(date(2027, 3, 31))), ("holder", text("Phòng Nghiệp vụ Y"))]),
        (
            "roster",
            vec![("phone", text("0297 386 2222")), ("email", text("truc@example.vn")), ("name", text("Lê Khác"))],
        ),
    ]
}
