//! Whom to call (OX11), and whom a letter means (DT04).

use desk::operations::appoint::{Appoint, NoteAbsence};
use desk::operations::register_body::RegisterBody;
use desk::rights::Role;
use jiff::civil::date;
use place::body::{Absence, Authority, Body, BodyKind, BodyLevel, Ownership, Post, PostKind};
use place::{BodyId, FacilityId, PersonId};
use quantity::Span;

use crate::common::{World, code_of, on_both_engines};

fn called(world: &World, place: &crate::common::Place<'_>) -> Option<String> {
    world.desk().line(place).call.map(|(name, _)| name)
}

#[test]
fn the_deputy_is_called_while_the_officer_is_away() {
    on_both_engines(|world| {
        let described = world
            .facility("BV Hải Âu")
            .with_tank(3_000)
            .with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111")
            .with_post(PostKind::FocalDeputy, "ĐD. Bưởi", "0913 000 222");
        let officer = described.posts[0].person;
        let place = described.register();
        let body = BodyId::from(place.id);
        assert_eq!(called(world, &place).as_deref(), Some("DS. Mận"));

        let (from, to) = (world.now(), Some(world.now() + Span::days(3)));
        let duty = world.desk();
        duty.does(NoteAbsence { body, absence: Absence { person: officer, from, to } }).unwrap();
        assert_eq!(called(world, &place).as_deref(), Some("ĐD. Bưởi"));
        world.pass(Span::days(3));
        assert_eq!(called(world, &place).as_deref(), Some("DS. Mận"), "back again");

        let night = Post {
            body,
            kind: PostKind::DutyOfficer,
            person: PersonId(world.id()),
            name: "BS. Ổi".into(),
            phone: Some("0913 000 333".into()),
            from: world.now(),
            to: Some(world.now() + Span::hours(12)),
        };
        duty.does(Appoint { post: night.clone() }).unwrap();
        assert_eq!(called(world, &place).as_deref(), Some("BS. Ổi"), "who is on duty comes first");
        world.pass(Span::hours(12));
        assert_eq!(called(world, &place).as_deref(), Some("DS. Mận"));

        let reversed = Post { to: Some(night.from - Span::hours(1)), ..night.clone() };
        assert!(code_of(duty.does(Appoint { post: reversed })).starts_with("PLA-033"), "ends before it begins");
        let unknown = Post { body: BodyId(world.id()), ..night };
        assert_eq!(code_of(duty.does(Appoint { post: unknown })), "DSK-001");
    });
}

fn register(world: &World, name: &str, kind: BodyKind, level: BodyLevel, change: impl FnOnce(&mut Body)) -> BodyId {
    let mut body = Body {
        id: BodyId(world.id()),
        province: world.province,
        name: name.to_owned(),
        kind,
        level,
        parent: None,
        area: Some("91".parse().unwrap()),
        valid_from: date(2026, 1, 1),
        valid_to: None,
        ownership: Ownership::Public,
        successors: Vec::new(),
    };
    change(&mut body);
    let id = body.id;
    let code = place::text::ascii_fold(name).replace(' ', "-");
    let operation =
        RegisterBody { body, code, facility: None, posts: Vec::new(), absences: Vec::new(), simulated: false };
    world.a(Role::Administrator).does(operation).unwrap();
    id
}

/// DT04: a group addressee is the bodies of a date; the registry's own bodies answer.
#[test]
fn a_group_addressee_means_the_bodies_of_a_date() {
    on_both_engines(|world| {
        use BodyKind::{GeneralHospital, HealthDepartment, MedicalCentre, SpecialisedHospital};
        use BodyLevel::{District, Province};
        let department = register(world, "Sở Y tế An Giang", HealthDepartment, Province, |_| {});
        let of_department = |body: &mut Body| body.parent = Some(department);
        let general = register(world, "Bệnh viện Đa khoa Hải Âu", GeneralHospital, Province, of_department);
        let women = register(world, "Bệnh viện Sản Nhi Bình Minh", SpecialisedHospital, Province, of_department);
        let closed = register(world, "Bệnh viện Lao Cồn Cát", SpecialisedHospital, Province, |body| {
            body.valid_to = Some(date(2026, 7, 1));
        });
        register(world, "Trung tâm Y tế khu vực Bến Đò", MedicalCentre, District, of_department);
        let private = register(world, "Bệnh viện Tư Thiện Tâm", GeneralHospital, Province, |body| {
            body.ownership = Ownership::Private;
        });
        let other = world.found("92");
        world.facility_in(other, "92", "Bệnh viện Đa khoa Xa").being(GeneralHospital, Province).register();

        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        let directory = registry.directory();
        let meant = |day| {
            let mut bodies = directory.expand("Các Bệnh viện tuyến tỉnh", world.province, day).unwrap().bodies;
            bodies.retain(|body| *body != private);
            bodies
        };
        assert_eq!(meant(date(2026, 11, 22)), [general, women], "in Vietnamese order, none closed, none elsewhere");
        assert_eq!(meant(date(2026, 6, 30)), [general, closed, women]);

        // A body orders its own units and asks all others (design rule 8).
        let day = date(2026, 11, 22);
        assert!(matches!(directory.authority(department, general, day).unwrap(), Authority::Orders));
        assert!(matches!(directory.authority(department, private, day).unwrap(), Authority::Asks(_)));
        assert!(registry.facility(FacilityId::of_body(general)).is_none(), "a body without beds is no facility");
    });
}

#[test]
fn a_body_that_does_not_fit_is_refused() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        world.facility("BV Hải Âu").with_tank(3_000).register();
        let described = || world.facility("BV Sao Biển").operation();
        let taken = RegisterBody { code: "bv-hai-au".into(), ..described() };
        assert_eq!(code_of(administrator.does(taken)), "DSK-022");
        assert_eq!(code_of(administrator.does(RegisterBody { code: "  ".into(), ..described() })), "DSK-023");
        let department = world.facility("Sở Y tế").being(BodyKind::HealthDepartment, BodyLevel::Province).operation();
        assert_eq!(code_of(administrator.does(department)), "DSK-023");
        let mut crowded = world.facility("BV Đông");
        crowded.beds.open = Some(10);
        crowded.beds.icu = Some(20);
        assert!(code_of(administrator.does(crowded.operation())) == "PLA-032");
        assert_eq!(world.desk().names(), ["BV Hải Âu"]);
    });
}
