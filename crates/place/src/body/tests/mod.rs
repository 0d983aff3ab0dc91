use jiff::civil::{Date, date};
use quantity::{Coded, Id};

use super::*;
use crate::{AreaBook, AreaCode, BodyId, FacilityId, Level, ProvinceId};

mod facility;
mod staff;

const S0: Date = date(2021, 9, 11);
const S2: Date = date(2021, 11, 22);
const S3: Date = date(2022, 1, 14);
const S1: Date = date(2022, 9, 13);
const TODAY: Date = date(2026, 11, 22);

const FOUNDED: Date = date(2000, 1, 1);
const MERGED: Date = date(2025, 7, 1);

fn id(number: u16) -> BodyId {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    BodyId(Id::from_bytes(bytes))
}

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

/// A country with a command post for every province and the bodies of four of them.
struct Country {
    posts: Vec<CommandPost>,
    bodies: Vec<Body>,
}

impl Country {
    fn of(areas: &AreaBook) -> Self {
        let mut country = Self { posts: Vec::new(), bodies: Vec::new() };
        country.add("Bộ Y tế", BodyKind::Ministry, BodyLevel::Central, ProvinceId::NATION, None);
        let eve = date(2025, 6, 30);
        for area in areas.level_on(Level::Province, S2) {
            country.province(area.code, &area.name, FOUNDED, Some(MERGED), area.code.to_string().parse().unwrap());
        }
        for area in areas.level_on(Level::Province, TODAY) {
            let number: i64 = area.code.to_string().parse().unwrap();
            country.province(area.code, &area.name, MERGED, None, 1_000 + number);
        }
        for (province, of) in [("91", "Kiên Giang"), ("12", "Lai Châu"), ("01", "Hà Nội"), ("26", "Vĩnh Phúc")] {
            country.districts(areas, code(province), of, eve);
        }
        country
    }

    fn add(
        &mut self,
        name: &str,
        kind: BodyKind,
        level: BodyLevel,
        province: ProvinceId,
        area: Option<AreaCode>,
    ) -> &mut Body {
        let id = id(u16::try_from(self.bodies.len()).unwrap() + 1);
        self.bodies.push(Body {
            id,
            province,
            name: name.to_owned(),
            kind,
            level,
            parent: None,
            area,
            valid_from: FOUNDED,
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        });
        self.bodies.last_mut().unwrap()
    }

    fn province(&mut self, area: AreaCode, name: &str, from: Date, to: Option<Date>, number: i64) {
        let id = ProvinceId::new(number);
        self.posts.push(CommandPost { id, area: Some(area), valid_from: from, valid_to: to });
        let lower = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
        let committee = self.add(
            &format!("Ủy ban nhân dân {lower}"),
            BodyKind::PeoplesCommittee,
            BodyLevel::Province,
            id,
            Some(area),
        );
        (committee.valid_from, committee.valid_to) = (from, to);
        let parent = committee.id;
        for (name, kind) in [
            ("Sở Y tế", BodyKind::HealthDepartment),
            ("Sở Tài chính", BodyKind::Department),
            ("Sở Thông tin và Truyền thông", BodyKind::Department),
            ("Sở Giáo dục và Đào tạo", BodyKind::Department),
            ("Ban Chỉ đạo phòng, chống dịch Covid-19", BodyKind::SteeringCommittee),
        ] {
            let body = self.add(&format!("{name} {lower}"), kind, BodyLevel::Province, id, Some(area));
            (body.valid_from, body.valid_to, body.parent) = (from, to, Some(parent));
        }
        let health = self.bodies.iter().rfind(|body| body.kind == BodyKind::HealthDepartment).unwrap().id;
        for (name, kind, owner) in [
            (format!("Trung tâm Kiểm soát bệnh tật {lower}"), BodyKind::Cdc, Ownership::Public),
            (format!("Bệnh viện Đa khoa {lower}"), BodyKind::GeneralHospital, Ownership::Public),
            (format!("Bệnh viện Lao {lower}"), BodyKind::SpecialisedHospital, Ownership::Public),
            (format!("Bệnh viện Nhi {lower}"), BodyKind::SpecialisedHospital, Ownership::Public),
            (format!("Bệnh viện Tư nhân Hải Âu {lower}"), BodyKind::GeneralHospital, Ownership::Private),
        ] {
            let body = self.add(&name, kind, BodyLevel::Province, id, Some(area));
            (body.valid_from, body.valid_to, body.ownership) = (from, to, owner);
            body.parent = (owner == Ownership::Public).then_some(health);
        }
    }

    fn districts(&mut self, areas: &AreaBook, province: AreaCode, of: &str, day: Date) {
        let number = ProvinceId::new(province.to_string().parse().unwrap());
        let health = self
            .bodies
            .iter()
            .find(|body| body.kind == BodyKind::HealthDepartment && body.province == number)
            .unwrap()
            .id;
        let committee = self
            .bodies
            .iter()
            .find(|body| body.kind == BodyKind::PeoplesCommittee && body.province == number)
            .unwrap()
            .id;
        assert!(self.bodies.iter().any(|body| body.id == health && body.name.contains(of)));
        let districts: Vec<_> = areas
            .within(province, Level::District, S2.min(day))
            .into_iter()
            .map(|area| (area.code, area.name.to_lowercase()))
            .collect();
        for (area, name) in districts {
            let body = self.add(
                &format!("Trung tâm Y tế {name}"),
                BodyKind::MedicalCentre,
                BodyLevel::District,
                number,
                Some(area),
            );
            (body.parent, body.valid_to) = (Some(health), Some(MERGED));
            let body = self.add(
                &format!("Ủy ban nhân dân {name}"),
                BodyKind::PeoplesCommittee,
                BodyLevel::District,
                number,
                Some(area),
            );
            (body.parent, body.valid_to) = (Some(committee), Some(MERGED));
        }
    }

    fn named(&self, name: &str) -> BodyId {
        self.bodies.iter().find(|body| body.name == name).unwrap_or_else(|| panic!("{name}")).id
    }
}

fn with_country(test: impl FnOnce(&Directory<'_>, &dyn Fn(&str) -> BodyId)) {
    let areas = AreaBook::shipped();
    let country = Country::of(&areas);
    let names = Country { posts: country.posts.clone(), bodies: country.bodies.clone() };
    test(&Directory::new(&areas, country.posts, country.bodies), &|name| names.named(name));
}

/// DT04: the addressees of the five letters, on the days of the letters.
#[test]
fn addressees_of_the_five_letters_expand_to_the_bodies_of_their_day() {
    with_country(|directory, _| {
        let nation = ProvinceId::NATION;
        let [kien_giang, lai_chau, ha_noi, vinh_phuc] = [91, 12, 1, 26].map(ProvinceId::new);
        for (phrase, issuer, day, count) in [
            ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", nation, S0, 63),
            ("Sở Y tế các tỉnh, thành phố", nation, S0, 63),
            ("Các Bệnh viện chuyên khoa tuyến tỉnh", kien_giang, S1, 2),
            ("Các Trung tâm Y tế tuyến huyện, thành phố trên địa bàn tỉnh Kiên Giang", kien_giang, S1, 15),
            ("Trung tâm kiểm soát bệnh tật", lai_chau, S2, 1),
            ("Các Bệnh viện tuyến tỉnh", lai_chau, S2, 3),
            ("Trung tâm Y tế các huyện, thành phố", lai_chau, S2, 8),
            ("TTYT các huyện, thành phố", lai_chau, S2, 8),
            ("UBND các huyện, thành phố", lai_chau, S2, 8),
            ("UBND tỉnh", lai_chau, S2, 1),
            ("Ban chỉ đạo PCD Covid-19 tỉnh", lai_chau, S2, 1),
            ("Sở Y tế", ha_noi, S3, 1),
            ("Sở Tài chính", ha_noi, S3, 1),
            ("Sở Thông tin và Truyền thông", ha_noi, S3, 1),
            ("Sở Giáo dục và Đào tạo", ha_noi, S3, 1),
            ("Ủy ban nhân dân các quận, huyện, thị xã.", ha_noi, S3, 30),
            ("UBND các quận, huyện, thị xã", ha_noi, S3, 30),
            ("các cơ sở điều trị người nhiễm Covid-19 trên địa bàn Thành phố", ha_noi, S3, 34),
            ("Các huyện, thành phố", vinh_phuc, S3, 9),
            ("Ban Chỉ đạo phòng, chống dịch Covid-19 của tỉnh", vinh_phuc, S3, 1),
            ("Bệnh viện Đa khoa tỉnh", kien_giang, S1, 1),
            ("Các bệnh viện tư nhân", kien_giang, S1, 1),
            ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", nation, TODAY, 34),
        ] {
            let found = directory.expand(phrase, issuer, day).map_or(0, |expansion| expansion.bodies.len());
            assert_eq!(found, count, "{phrase}: {:?}", directory.expand(phrase, issuer, day).err());
        }
    });
}

#[test]
fn nothing_is_guessed() {
    with_country(|directory, _| {
        let kien_giang = ProvinceId::new(91);
        for (phrase, code) in [
            ("Các đơn vị liên quan", "PLA-040"),
            ("Các Bệnh viện tuyến tỉnh và một số nơi khác", "PLA-040"),
            ("Như trên", "PLA-040"),
            ("Các bệnh viện tuyến huyện, xã", "PLA-040"),
            ("Bệnh viện", "PLA-040"),
            ("UBND cấp xã", "PLA-043"),
            ("Các Trạm Y tế xã, phường, thị trấn", "PLA-043"),
            ("", "PLA-040"),
            ("Bệnh viện Số 9", "PLA-043"),
            ("Các trạm y tế lưu động", "PLA-043"),
            ("Các Bệnh viện tuyến tỉnh trên địa bàn tỉnh Cửu Long", "PLA-044"),
        ] {
            let error = directory.expand(phrase, kien_giang, S1).unwrap_err();
            assert_eq!(error.code(), code, "{phrase}");
            assert!(error.facts().iter().any(|(name, value)| *name == "phrase" && value == phrase));
        }
    });
}

#[test]
fn where_districts_no_longer_exist_it_is_said_so() {
    with_country(|directory, _| {
        let an_giang = ProvinceId::new(1_091);
        for phrase in
            ["Trung tâm Y tế các huyện, thành phố", "Ủy ban nhân dân các quận, huyện, thị xã", "Các huyện, thành phố"]
        {
            let error = directory.expand(phrase, an_giang, TODAY).unwrap_err();
            assert_eq!(error, GroupError::NoDistricts { phrase: phrase.to_owned(), since: MERGED });
            assert_eq!(error.code(), "PLA-041");
        }
        assert_eq!(directory.expand("Các Bệnh viện tuyến tỉnh", an_giang, TODAY).unwrap().bodies.len(), 3);
        // A province of before is not read as the one that bears its code today.
        let error =
            directory.expand("Các Bệnh viện tuyến tỉnh trên địa bàn tỉnh Kiên Giang", an_giang, TODAY).unwrap_err();
        assert_eq!(error.code(), "PLA-044");
    });
}

#[test]
fn what_a_list_lacks_stands_beside_it() {
    let areas = AreaBook::shipped();
    let mut country = Country::of(&areas);
    country.bodies.retain(|body| body.name != "Trung tâm Y tế huyện an biên");
    let directory = Directory::new(&areas, country.posts, country.bodies);
    let kien_giang = ProvinceId::new(91);
    let list = directory.expand("Trung tâm Y tế các huyện, thành phố", kien_giang, S2).unwrap();
    assert_eq!(list.bodies.len(), 14);
    assert_eq!(list.notes, [GroupNote::NoBodyFor(areas.on(code("908"), S2).unwrap().key())]);

    let list = directory.expand("UBND các huyện", ProvinceId::new(1), S3).unwrap();
    assert_eq!(list.bodies.len(), 17);
    assert_eq!(
        list.notes,
        [
            GroupNote::TypeNotNamed { unit_type: "Quận", count: 12 },
            GroupNote::TypeNotNamed { unit_type: "Thị xã", count: 1 }
        ]
    );
    let list = directory.expand("Các huyện, thành phố", kien_giang, S2).unwrap();
    assert_eq!(list.notes, [GroupNote::CommitteesForAreas]);
}

#[test]
fn one_body_is_meant_and_several_bear_the_name() {
    let areas = AreaBook::shipped();
    let mut country = Country::of(&areas);
    for _ in 0..2 {
        country.add("Hội Chữ thập đỏ", BodyKind::MassOrganisation, BodyLevel::Province, ProvinceId::new(91), None);
    }
    let directory = Directory::new(&areas, country.posts, country.bodies);
    let error = directory.expand("Hội Chữ thập đỏ", ProvinceId::new(91), S2).unwrap_err();
    assert_eq!(error, GroupError::Several { phrase: "Hội Chữ thập đỏ".into(), count: 2 });
}

/// Rule 8 of the house: a body orders its own units and asks all others.
#[test]
fn a_body_orders_its_own_units_and_asks_all_others() {
    let areas = AreaBook::shipped();
    let mut country = Country::of(&areas);
    let number = ProvinceId::new(91);
    for (name, owner, level) in [
        ("Bệnh viện Quân y 9", Ownership::Military, BodyLevel::Province),
        ("Bệnh xá Công an", Ownership::Police, BodyLevel::Province),
        ("Bệnh viện ngành Bưu điện", Ownership::OtherBranch, BodyLevel::Province),
        ("Bệnh viện Trung ương", Ownership::Public, BodyLevel::Central),
    ] {
        let ministry = country.named("Bộ Y tế");
        let body = country.add(name, BodyKind::GeneralHospital, level, number, None);
        (body.ownership, body.parent) = (owner, (level == BodyLevel::Central).then_some(ministry));
    }
    let health = "Sở Y tế tỉnh Kiên Giang";
    let cases = [
        (health, "Bệnh viện Đa khoa tỉnh Kiên Giang", Authority::Orders),
        (health, "Trung tâm Y tế huyện an biên", Authority::Orders),
        ("Ủy ban nhân dân tỉnh Kiên Giang", "Trung tâm Y tế huyện an biên", Authority::Orders),
        ("Ủy ban nhân dân tỉnh Kiên Giang", "Ủy ban nhân dân huyện an biên", Authority::Orders),
        ("Bộ Y tế", "Bệnh viện Trung ương", Authority::Orders),
        (health, "Ủy ban nhân dân huyện an biên", Authority::Asks(WhyAsk::NotItsUnit)),
        (health, "Ủy ban nhân dân tỉnh Kiên Giang", Authority::Asks(WhyAsk::Superior)),
        (health, "Bệnh viện Tư nhân Hải Âu tỉnh Kiên Giang", Authority::Asks(WhyAsk::Private)),
        (health, "Bệnh viện Quân y 9", Authority::Asks(WhyAsk::Military)),
        (health, "Bệnh xá Công an", Authority::Asks(WhyAsk::Police)),
        (health, "Bệnh viện ngành Bưu điện", Authority::Asks(WhyAsk::OtherBranch)),
        (health, "Bệnh viện Trung ương", Authority::Asks(WhyAsk::Central)),
        (health, "Bệnh viện Đa khoa tỉnh Lai Châu", Authority::Asks(WhyAsk::OtherProvince)),
        (health, health, Authority::Asks(WhyAsk::NotItsUnit)),
        ("Bộ Y tế", "Ủy ban nhân dân tỉnh Lai Châu", Authority::Asks(WhyAsk::NotItsUnit)),
    ]
    .map(|(from, to, expected)| (country.named(from), country.named(to), expected));
    let directory = Directory::new(&areas, country.posts, country.bodies);
    for (from, to, expected) in cases {
        assert_eq!(directory.authority(from, to, S2), Ok(expected), "{:?}", directory.body(to).map(|body| &body.name));
    }
    assert_eq!(Authority::Orders.verbs(), ["chỉ đạo", "yêu cầu"]);
    assert_eq!(Authority::Asks(WhyAsk::Private).verbs(), ["đề nghị", "phối hợp"]);
    assert!(Authority::Orders.may_be_late() && !Authority::Asks(WhyAsk::Military).may_be_late());
    // On a day after the merger neither exists any more.
    let (from, to, _) = cases[0];
    assert_eq!(directory.authority(from, to, TODAY), Err(BodyError::NotOnThatDay { day: TODAY }));
}

/// A private body inside a public chain breaks the right to order.
#[test]
fn an_order_does_not_pass_through_a_body_of_another_owner() {
    let areas = AreaBook::shipped();
    let mut country = Country { posts: Vec::new(), bodies: Vec::new() };
    let number = ProvinceId::new(91);
    let top = country.add("Sở Y tế", BodyKind::HealthDepartment, BodyLevel::Province, number, None).id;
    let private = country.add("Tập đoàn", BodyKind::Enterprise, BodyLevel::Province, number, None);
    (private.parent, private.ownership) = (Some(top), Ownership::Private);
    let private = private.id;
    let below = country.add("Phòng khám", BodyKind::TreatmentSite, BodyLevel::Province, number, None);
    below.parent = Some(private);
    let below = below.id;
    // A circle of superiors, as a slip of typing makes it, must not loop.
    country.bodies[0].parent = Some(below);
    let directory = Directory::new(&areas, country.posts, country.bodies);
    assert!(matches!(directory.authority(top, below, S2), Ok(Authority::Asks(_))));
    assert_eq!(directory.superiors(below, S2).len(), 3);
}

#[test]
fn bodies_are_followed_through_their_successors() {
    let areas = AreaBook::shipped();
    let mut country = Country { posts: Vec::new(), bodies: Vec::new() };
    let number = ProvinceId::new(91);
    let old =
        country.add("Trung tâm Y tế huyện An Biên", BodyKind::MedicalCentre, BodyLevel::District, number, None).id;
    let (main, other) = (
        country.add("Trung tâm Y tế khu vực An Biên", BodyKind::MedicalCentre, BodyLevel::District, number, None).id,
        country.add("Trạm Y tế xã An Biên", BodyKind::CommuneStation, BodyLevel::Commune, number, None).id,
    );
    for body in &mut country.bodies {
        if body.id == old {
            (body.valid_to, body.successors) = (Some(MERGED), vec![main, other]);
        } else {
            body.valid_from = MERGED;
        }
    }
    let directory = Directory::new(&areas, country.posts, country.bodies);
    let ids = |day| directory.successors(old, day).iter().map(|body| body.id).collect::<Vec<_>>();
    assert_eq!(ids(S2), [old]);
    assert_eq!(ids(TODAY), [main, other]);
    assert!(ids(date(1990, 1, 1)).is_empty());
}

#[test]
fn a_command_post_of_before_reads_its_code_in_its_own_days() {
    with_country(|directory, _| {
        let name = |post, day| directory.province_area(ProvinceId::new(post), day).map(|area| &*area.name);
        assert_eq!(name(91, S2), Some("Tỉnh Kiên Giang"));
        assert_eq!(name(91, TODAY), Some("Tỉnh Kiên Giang"));
        assert_eq!(name(1_091, TODAY), Some("Tỉnh An Giang"));
        assert_eq!(name(0, TODAY), None);
        assert_eq!(directory.post_of_area(code("91"), S2), Some(ProvinceId::new(91)));
        assert_eq!(directory.post_of_area(code("91"), TODAY), Some(ProvinceId::new(1_091)));
    });
}
