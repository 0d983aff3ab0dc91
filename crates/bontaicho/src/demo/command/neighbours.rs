//! A few neighbouring provinces for the ministry's page: three invented hospitals each.

use desk::operations::command::found_unit::FoundUnit;
use desk::operations::command::seat_member::SeatMember;
use desk::operations::file_report::{Confirmed, FileReport, Level, Told};
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::register_body::{NewFacility, RegisterBody};
use desk::{Office, Outcome, random};
use oxygen::{Census, Source, Store, StoreId};
use place::body::{Beds, Body, BodyKind, BodyLevel, Ownership};
use place::{BodyId, FacilityId, ProvinceId};
use protocol::Readiness;
use quantity::{Grams, Moment, Span, Unit};

/// Code of a province, its state, whether its unit is founded, and for each hospital: name, kilograms used an
/// hour, kilograms at the opening (a tenth of the tank cannot be drawn); none where it has never reported.
type Neighbour = (&'static str, Readiness, bool, [(&'static str, i64, Option<i64>); 3]);

const NEIGHBOURS: [Neighbour; 4] = [
    (
        "92",
        Readiness::Heightened,
        true,
        [
            ("BV Đa khoa Bến Ghe", 40, Some(2_900)),
            ("BV Đa khoa Cồn Lá", 25, Some(1_600)),
            ("TTYT Rạch Bần", 6, Some(960)),
        ],
    ),
    (
        "82",
        Readiness::Heightened,
        true,
        [
            ("BV Đa khoa Sen Hồng", 30, Some(1_050)),
            ("BV Đa khoa Bông Lau", 18, Some(1_500)),
            ("TTYT Gò Trắng", 5, None),
        ],
    ),
    (
        "86",
        Readiness::Routine,
        false,
        [
            ("BV Đa khoa Chuông Gió", 22, Some(2_000)),
            ("TTYT Dừa Nước", 5, Some(1_100)),
            ("TTYT Cầu Khỉ", 4, Some(1_250)),
        ],
    ),
    (
        "96",
        Readiness::Heightened,
        false,
        [("BV Đa khoa Mũi Đước", 26, Some(910)), ("TTYT Vuông Tôm", 7, Some(1_340)), ("TTYT Gió Chướng", 5, None)],
    ),
];

/// Founds them, registers their hospitals, tells what these reported.
pub async fn found(office: &Office, opening: Moment) -> Outcome<()> {
    let founded = opening - Span::days(60);
    for (code, state, has_unit, hospitals) in NEIGHBOURS {
        let Ok(area) = code.parse() else { continue };
        let opened_on = founded.date();
        let post = FoundCommandPost { area, opened_on, state, administrator: None };
        let province = office.perform_at(ProvinceId::NATION, founded, post).await?;
        if has_unit {
            unit(office, province, opening).await?;
        }
        for (number, (name, used, left)) in (1..).zip(hospitals) {
            let (facility, tank) = register(office, province, area, founded, name, number).await?;
            if let Some(left) = left {
                reports(office, province, (facility, tank), opening, (used, left)).await?;
            }
        }
    }
    Ok(())
}

async fn unit(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let at = opening - Span::days(30);
    let paper = FoundUnit {
        key: None,
        number: "905/QĐ-UBND".to_owned(),
        issued_on: at.date(),
        issuer: "Ủy ban nhân dân tỉnh (mô phỏng)".to_owned(),
        file: None,
    };
    office.perform_at(province, at, paper).await?;
    let head = SeatMember {
        key: None,
        seat: "head".to_owned(),
        name: "Huỳnh Văn Bần".to_owned(),
        post: "Phó Chủ tịch UBND tỉnh".to_owned(),
        phone: "0297 3 555 400".to_owned(),
        field: String::new(),
        from: at.date(),
        vice_chair: true,
        exception: String::new(),
    };
    office.perform_at(province, at, head).await.map(drop)
}

async fn register(
    office: &Office,
    province: ProvinceId,
    area: place::AreaCode,
    at: Moment,
    name: &str,
    number: usize,
) -> Outcome<(FacilityId, StoreId)> {
    let (id, tank) = (BodyId(random::id(at)), StoreId(random::id(at)));
    let body = Body {
        id,
        province,
        name: name.to_owned(),
        kind: BodyKind::GeneralHospital,
        level: BodyLevel::Province,
        parent: None,
        area: Some(area),
        valid_from: at.date(),
        valid_to: None,
        ownership: Ownership::Public,
        successors: Vec::new(),
    };
    let facility = NewFacility {
        tier: Some(2),
        readiness: Readiness::Routine,
        beds: Beds::default(),
        stores: vec![Store::tank(tank, "Bồn oxy lỏng", Grams::from_kg(6_000))],
        stores_from: at.date(),
    };
    let registering = RegisterBody {
        body,
        code: format!("CS{number:02}"),
        facility: Some(facility),
        posts: Vec::new(),
        absences: Vec::new(),
        simulated: true,
    };
    let id = office.perform_at(province, at, registering).await?;
    Ok((FacilityId::of_body(id), tank))
}

/// Three days of reports every eight hours, the last one two hours before the opening.
async fn reports(
    office: &Office,
    province: ProvinceId,
    (facility, store): (FacilityId, StoreId),
    opening: Moment,
    (used, left): (i64, i64),
) -> Outcome<()> {
    for step in (0..9).rev() {
        let hours = 2 + 8 * step;
        let at = opening - Span::hours(hours);
        let kg = left + used * hours;
        let level = Level { store, text: kg.to_string(), unit: Some(Unit::Kilogram), reference: None, running: None };
        let patients = u32::try_from(used * 2).unwrap_or(0);
        let told = Told {
            happened_at: Some(at),
            source: Source::Simulation,
            told_by: None,
            note: None,
            photo: None,
            levels: vec![level],
            cylinders: Vec::new(),
            patients: Some(Census { mask: patients, ..Census::default() }),
            confirmed: Confirmed::Everything,
        };
        office.perform_at(province, at, FileReport { key: None, facility, told }).await?;
    }
    Ok(())
}
