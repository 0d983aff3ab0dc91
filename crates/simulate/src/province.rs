//! The province of a chapter: bodies, facilities, stores, people. All invented but its areas.

use std::collections::HashMap;

use jiff::civil::Date;
use oxygen::Store;
use place::{
    Absence, AreaCode, Beds, Body, BodyId, BodyKind, BodyLevel, Facility, FacilityId, Opening, Ownership, Post,
    ProvinceId,
};
use protocol::Readiness;
use quantity::{Moment, Span};

use crate::Chapter;
use crate::dice::Dice;
use crate::installation::Vessel;
use crate::spec::Spec;
use crate::staff::{Officers, Staff};

const SUPPLIERS: [&str; 5] = [
    "Công ty Khí y tế Cầu Vồng",
    "Công ty Oxy Đảo Mây",
    "Trạm chiết nạp Đồi Gió",
    "Công ty Khí Sông Trăng",
    "Hợp tác xã Oxy Bèo Tây",
];

/// A facility with its state and its stores.
#[derive(Clone, PartialEq, Debug)]
pub struct SimulatedFacility {
    /// The body with tier and beds.
    pub facility: Facility,
    /// Its state at the opening.
    pub readiness: Readiness,
    /// Its stores, the one most is drawn from first.
    pub stores: Vec<Store>,
    /// Who usually fills its stores.
    pub supplier: BodyId,
    /// On an island.
    pub island: bool,
}

/// A synthetic province as its registers would hold it at the opening.
#[derive(Clone, PartialEq, Debug)]
pub struct Province {
    /// The command post that the bodies belong to.
    pub id: ProvinceId,
    /// The province's name without the word for province.
    pub name: &'static str,
    /// Its code on the day of the opening.
    pub area: Option<AreaCode>,
    /// Its state at the opening.
    pub readiness: Readiness,
    /// Every body, superiors first: committee, department, coordination unit, suppliers, facilities.
    pub bodies: Vec<Body>,
    /// Sở Y tế.
    pub health_department: BodyId,
    /// Bộ phận điều phối oxy.
    pub coordination_unit: BodyId,
    /// The suppliers' bodies.
    pub suppliers: Vec<BodyId>,
    /// The facilities.
    pub facilities: Vec<SimulatedFacility>,
    /// Heads, oxygen officers and their deputies, duty phones. No phone can be dialled.
    pub posts: Vec<Post>,
    /// Who is away around the opening.
    pub absences: Vec<Absence>,
}

/// The province, and who reports for each facility in their order.
pub(crate) fn found(
    chapter: Chapter,
    seed: u64,
    id: ProvinceId,
    specs: &[Spec],
    vessels: &[Vec<Vessel>],
) -> (Province, Vec<Officers>) {
    let founded = (chapter.history_from() - Span::days(200)).date();
    let mut office = Office { seed, province: id, founded, area: chapter.area_code().parse().ok(), count: 0 };
    let mut staff = Staff::new(chapter, seed);
    let title = |words: &str| format!("{words} {} (mô phỏng)", chapter.province_name());

    let committee = office.open(title("UBND tỉnh"), BodyKind::PeoplesCommittee, None);
    let department = office.open(title("Sở Y tế"), BodyKind::HealthDepartment, Some(committee.id));
    let unit = office.open(title("Bộ phận điều phối oxy"), BodyKind::OxygenCoordinationUnit, Some(department.id));
    let (health_department, coordination_unit) = (department.id, unit.id);
    for (body, rank) in [(committee.id, "Ông/Bà"), (department.id, "BS."), (unit.id, "DS.")] {
        staff.of_office(body, rank);
    }
    let mut bodies = vec![committee, department, unit];
    for name in SUPPLIERS {
        let supplier = Body { ownership: Ownership::Private, ..office.open(name.to_owned(), BodyKind::Supplier, None) };
        staff.of_office(supplier.id, "Ông/Bà");
        bodies.push(supplier);
    }
    let suppliers: Vec<BodyId> = bodies[3..].iter().map(|body| body.id).collect();

    let mut officers = Vec::with_capacity(specs.len());
    let mut facilities = Vec::with_capacity(specs.len());
    for (spec, vessels) in specs.iter().zip(vessels) {
        let body = treating(&mut office, spec, health_department);
        officers.push(staff.of_facility(body.id));
        bodies.push(body.clone());
        facilities.push(SimulatedFacility {
            facility: with_beds(body, spec),
            readiness: state_of(chapter, spec, chapter.opening()),
            stores: vessels.iter().map(|vessel| vessel.store.clone()).collect(),
            supplier: suppliers[spec.supplier % suppliers.len()],
            island: spec.island,
        });
    }
    let province = Province {
        id,
        name: chapter.province_name(),
        area: office.area,
        readiness: chapter.readiness(chapter.opening()),
        bodies,
        health_department,
        coordination_unit,
        suppliers,
        facilities,
        posts: staff.posts,
        absences: staff.absences,
    };
    (province, officers)
}

/// A facility's state: commune stations stay a step below the emergency of the hospitals.
pub(crate) fn state_of(chapter: Chapter, spec: &Spec, at: Moment) -> Readiness {
    match chapter.readiness(at) {
        Readiness::Emergency if spec.kind == BodyKind::CommuneStation => Readiness::Heightened,
        state => state,
    }
}

impl Province {
    /// Places of the facilities in their list.
    pub(crate) fn places(&self) -> HashMap<FacilityId, usize> {
        self.facilities.iter().enumerate().map(|(place, known)| (known.facility.id, place)).collect()
    }
}

fn treating(office: &mut Office, spec: &Spec, department: BodyId) -> Body {
    let parent = (spec.ownership == Ownership::Public).then_some(department);
    Body {
        level: spec.level,
        area: spec.area.parse().ok(),
        ownership: spec.ownership,
        ..office.open(spec.name.to_owned(), spec.kind, parent)
    }
}

fn with_beds(body: Body, spec: &Spec) -> Facility {
    let [planned, open, oxygen, icu] = spec.beds.map(Some);
    Facility {
        id: FacilityId::of_body(body.id),
        valid_from: body.valid_from,
        tier: Some(spec.tier),
        opening: Opening::Open,
        beds: Beds { planned, open, oxygen, icu },
        body,
    }
}

/// Opens bodies with identifiers that rise in their order.
struct Office {
    seed: u64,
    province: ProvinceId,
    founded: Date,
    area: Option<AreaCode>,
    count: u64,
}

impl Office {
    /// A public body of the province's level, in its area.
    fn open(&mut self, name: String, kind: BodyKind, parent: Option<BodyId>) -> Body {
        self.count += 1;
        let at = Moment::start_of(self.founded) + Span::seconds(self.count as i64);
        Body {
            id: BodyId(Dice::of(self.seed, "body", self.count, 0).id(at)),
            province: self.province,
            name,
            kind,
            level: BodyLevel::Province,
            parent,
            area: self.area,
            valid_from: self.founded,
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        }
    }
}
