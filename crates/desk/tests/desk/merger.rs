//! The merger of provinces of 1/7/2025, with the successors that are shipped: Kiên Giang (91) and An Giang (89) became
//! An Giang (91).

use desk::import::{Imported, facilities};
use desk::merger::records::RULES;
use desk::merger::{Became, place_today, plan};
use desk::operations::add_account::AddAccount;
use desk::operations::appoint::NoteAbsence;
use desk::operations::bodies::merge_command_post::{MergeCommandPost, Merged};
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::register_body::RegisterBody;
use desk::rights::Role;
use desk::supply::Contract;
use desk::views::running_out::{Past, running_out};
use desk::{Actor, Failure, Outcome, record};
use jiff::civil::{Date, date};
use place::body::{Absence, PostKind};
use place::{AreaCode, BodyId, Level, ProvinceId};
use protocol::Readiness;
use quantity::{Coded, Grams, Span};

use crate::common::{Person, Place, World, code_of, on_both_engines, says};
use crate::supply::{contract_of, keep, supplier_named};

const BEFORE: Date = date(2025, 6, 30);
pub const TODAY: Date = date(2026, 11, 22);
const HEAD: &str = "Mã cơ sở;Tên cơ sở;Loại;Tuyến;Mã xã;Tên xã;Huyện;Mã xã hiện nay\n";

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

/// A commune of an old province by how many heirs it has today.
fn commune_with_heirs(world: &World, province: &str, heirs: impl Fn(usize) -> bool, nth: usize) -> AreaCode {
    let areas = world.office.areas();
    let communes = areas.within(code(province), Level::Commune, BEFORE);
    let mut found = communes.into_iter().filter(|area| heirs(areas.heirs(area.key(), TODAY).len()));
    found.nth(nth).expect("there is one").code
}

/// «Mã xã;Tên xã;Huyện» as an old list has them.
fn as_listed(world: &World, commune: AreaCode) -> String {
    let areas = world.office.areas();
    let area = areas.on(commune, BEFORE).unwrap();
    let district = areas.on(area.parent.unwrap(), BEFORE).unwrap();
    format!("{commune};{};{}", area.name, district.name)
}

fn import(person: &Person<'_>, rows: &[String], listed: Option<Date>) -> Outcome<Imported> {
    let text = format!("{HEAD}{}\n", rows.join("\n"));
    facilities::import_listed(&person.world.office, &person.actor, text.as_bytes(), "cu.csv", TODAY, listed)
}

pub fn codes(imported: &Imported) -> Vec<(u32, &'static str)> {
    imported.bad.iter().map(|bad| (bad.row.number, bad.reason.as_coded().code())).collect()
}

/// Issue 3, item 9: an old district list with real successors; nothing is guessed.
#[test]
fn an_old_district_list_finds_its_successors_or_says_the_candidates() {
    on_both_engines(|world| {
        let keeper = world.a(Role::Administrator);
        let one = commune_with_heirs(world, "91", |heirs| heirs == 1, 0);
        let other = commune_with_heirs(world, "89", |heirs| heirs == 1, 3);
        let split = commune_with_heirs(world, "89", |heirs| heirs > 1, 0);
        let areas = world.office.areas();
        let heirs: Vec<_> = areas.heirs(areas.on(split, BEFORE).unwrap().key(), TODAY);
        let name = |commune: AreaCode| areas.on(commune, BEFORE).unwrap().name.to_string();
        let listed = |commune| as_listed(world, commune);
        let no_code = listed(one).split_once(';').unwrap().1.to_owned();
        let far = commune_with_heirs(world, "01", |heirs| heirs == 1, 0);
        let rows = [
            format!("A;BV Một;BVĐK;Huyện;{};", listed(one)),
            format!("B;BV Hai;BVĐK;Huyện;{};", listed(other)),
            format!("C;BV Ba;BVĐK;Huyện;{};", listed(split)),
            format!("D;BV Bốn;BVĐK;Huyện;;{no_code};"),
            format!("E;BV Năm;BVĐK;Huyện;{one};{};Huyện Không Có;", name(one)),
            format!("F;BV Sáu;BVĐK;Huyện;{one};Xã Không Có;Huyện Hòn Đất;"),
            "G;BV Bảy;BVĐK;Huyện;;Xã Không Có;Huyện Hòn Đất;".to_owned(),
            format!("H;BV Tám;BVĐK;Huyện;{};", listed(far)),
            format!("I;BV Chín;BVĐK;Huyện;{};{}", listed(split), heirs[1].code),
            format!("K;BV Mười;BVĐK;Huyện;{};{}", listed(split), world.commune("01", 0)),
        ];
        let imported = import(&keeper, &rows, None).unwrap();
        let mut told = codes(&imported);
        told.sort_unstable();
        assert_eq!(imported.good, 4, "{told:?}");
        assert_eq!(
            told,
            [(4, "MRG-010"), (6, "MRG-011"), (7, "MRG-011"), (8, "MRG-013"), (9, "MRG-014"), (11, "MRG-005")]
        );
        let split_told = imported.bad.iter().find(|bad| bad.row.number == 4).unwrap().reason.as_coded().facts();
        let candidates = &split_told.iter().find(|(name, _)| *name == "candidates").unwrap().1;
        assert!(heirs.iter().all(|heir| candidates.contains(&heir.code.to_string())), "{candidates}");

        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        let lies = |facility: &str| registry.facility_called(facility).unwrap().area_code;
        let heir = |commune: AreaCode| Some(areas.heirs(areas.on(commune, BEFORE).unwrap().key(), TODAY)[0].code);
        assert_eq!((lies("A"), lies("B"), lies("D")), (heir(one), heir(other), heir(one)));
        assert_eq!(lies("I"), Some(heirs[1].code), "as somebody who knows the place wrote beside it");

        // The same codes without districts: the day of the list says what they mean.
        let row = [format!("L;BV Mười Một;BVĐK;Huyện;{one};;;")];
        assert_eq!(import(&keeper, &row, Some(BEFORE)).unwrap().good, 1);
        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        assert_eq!(registry.facility_called("L").unwrap().area_code, heir(one));
    });
}

/// A code of today beside the name of another place is not taken in silence.
#[test]
fn a_code_and_a_name_that_disagree_are_told() {
    on_both_engines(|world| {
        let keeper = world.a(Role::Administrator);
        let today = world.commune("91", 0);
        let rows = [format!("A;BV Một;BVĐK;Huyện;{today};Xã Không Phải;;")];
        assert_eq!(codes(&import(&keeper, &rows, None).unwrap()), [(2, "MRG-011")]);
    });
}

/// Bad input of the issue: a province under its old code after the merger.
#[test]
fn a_province_under_its_old_code_is_told_what_it_has_become() {
    on_both_engines(|world| {
        let founding = |area: &str| FoundCommandPost {
            area: code(area),
            opened_on: TODAY,
            state: Readiness::Routine,
            administrator: None,
        };
        let found = |area| world.office.perform_blocking(Actor::program(ProvinceId::NATION), founding(area));
        let refused = found("89").unwrap_err();
        assert_eq!(refused.code(), "MRG-001");
        let facts = refused.facts();
        let fact = |name: &str| facts.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        assert_eq!((fact("old"), fact("ended")), (Some("Tỉnh An Giang"), Some("01/07/2025")));
        assert_eq!(fact("now"), Some("Tỉnh An Giang (91)"));
        // The post of the old Kiên Giang bears the code that is An Giang's today: nothing is imported into it.
        let old = found_on(world, "91", date(2024, 1, 1));
        let text = format!("{HEAD}A;BV Một;BVĐK;Huyện;{};;;\n", world.commune("91", 0));
        let program = Actor::program(old);
        let refused = facilities::import(&world.office, &program, text.as_bytes(), "cu.csv", TODAY).unwrap_err();
        assert_eq!(refused.code(), "MRG-001");
        assert!(refused.facts().contains(&("now", "Tỉnh An Giang (91)".to_owned())));
        assert_eq!(code_of(found("97")), "DSK-010", "never a province");
        assert_eq!(code_of(found("91")), "DSK-011", "the An Giang of today has its post");
    });
}

/// Two command posts of the old provinces, and what each has.
struct Old<'w> {
    kien_giang: ProvinceId,
    an_giang: ProvinceId,
    hospital: Place<'w>,
    centre: Place<'w>,
}

pub fn found_on(world: &World, area: &str, day: Date) -> ProvinceId {
    let founding = FoundCommandPost {
        area: code(area),
        opened_on: day,
        state: if area == "91" { Readiness::Emergency } else { Readiness::Routine },
        administrator: None,
    };
    world.office.perform_blocking(Actor::program(ProvinceId::NATION), founding).unwrap().done
}

fn register<'w>(world: &'w World, province: ProvinceId, name: &str, commune: AreaCode) -> Place<'w> {
    let described = world.facility_in(province, "91", name).with_tank(9_000).lying_in(commune).with_post(
        PostKind::FocalOfficer,
        "DS. Mận",
        "0913 000 111",
    );
    let operation = described.operation();
    let body = place::body::Body { valid_from: date(2024, 1, 1), ..operation.body };
    let operation = RegisterBody { body, code: "BV1".into(), ..operation };
    let (id, stores) = (operation.body.id, described.stores.clone());
    world.office.perform_blocking(Actor::program(province), operation).unwrap();
    Place { world, id: place::FacilityId::of_body(id), code: "BV1".into(), name: name.into(), stores }
}

fn account(world: &World, province: ProvinceId, login: &str, role: Role, at: Option<&Place<'_>>) -> Actor {
    let account = AddAccount {
        key: None,
        login: login.into(),
        display_name: login.into(),
        password_hash: "none".into(),
        roles: vec![role],
        facility: at.map(|place| place.id),
        area: None,
    };
    world.office.perform_blocking(Actor::program(province), account).unwrap();
    signed_in(world, province, login).unwrap()
}

fn signed_in(world: &World, province: ProvinceId, login: &str) -> Option<Actor> {
    let login = login.to_owned();
    let known = world.office.look_blocking(|_, connection| Ok(store::account::by_login(connection, &login)?)).unwrap();
    known.iter().find(|account| account.province == province).map(Actor::of_account)
}

fn prepare(world: &World) -> Old<'_> {
    let (kien_giang, an_giang) = (found_on(world, "91", date(2024, 1, 1)), found_on(world, "89", date(2024, 1, 1)));
    let hospital = register(world, kien_giang, "BV Hải Âu", commune_with_heirs(world, "91", |heirs| heirs == 1, 0));
    let centre = register(world, an_giang, "TTYT Cồn Én", commune_with_heirs(world, "89", |heirs| heirs == 1, 0));
    Old { kien_giang, an_giang, hospital, centre }
}

fn merge(world: &World, into: ProvinceId, from: &[ProvinceId]) -> Outcome<Merged> {
    let operation = MergeCommandPost { from: from.to_vec(), places: Vec::new() };
    world.office.perform_blocking(Actor::program(into), operation).map(|receipt| receipt.done)
}

fn list(world: &World, actor: &Actor, past: Past) -> Vec<(String, Grams)> {
    world.pass(Span::seconds(2));
    let list = world.office.look_blocking(|office, connection| running_out(office, connection, actor, past)).unwrap();
    let mut lines: Vec<_> = list.lines.iter().map(|line| (line.name.clone(), line.outlook.stock)).collect();
    lines.sort();
    lines
}

/// Two command posts in one database become one; ledgers, digests, seals and the past stay true.
#[test]
fn two_command_posts_go_on_in_one_and_both_pasts_stay() {
    on_both_engines(|bare| {
        let world = bare;
        let old = prepare(world);
        let mut told = Vec::new();
        for (province, place, login) in [(old.kien_giang, &old.hospital, "truc"), (old.an_giang, &old.centre, "truc")] {
            let duty = account(world, province, login, Role::DutyOfficer, None);
            let officer = Person {
                world,
                actor: account(world, province, &format!("{login}.kho"), Role::FocalOfficer, Some(place)),
            };
            for step in 0..3 {
                officer.files(place, says(place.store(0), &format!("{} kg", 5_000 - 400 * step), None)).unwrap();
                world.pass(Span::hours(4));
            }
            let wrong = officer.files(place, says(place.store(0), "3.000 kg", None)).unwrap();
            let back = desk::operations::correct_report::CorrectReport {
                key: None,
                report: wrong.report,
                reason: "gõ nhầm".into(),
                instead: Some(says(place.store(0), "3.700 kg", None)),
            };
            officer.does(back).unwrap();
            let absence = Absence { person: duty_person(world, province), from: world.now(), to: None };
            let noted = NoteAbsence { body: BodyId::from(place.id), absence };
            world.office.perform_blocking(duty.clone(), noted).unwrap();
            told.push(list(world, &duty, Past::default()));
        }
        // Who saw a district, which is no more, and who saw a commune that has one heir.
        let areas = world.office.areas();
        let commune = commune_with_heirs(world, "91", |heirs| heirs == 1, 0);
        let district = areas.on(commune, BEFORE).unwrap().parent;
        for (login, area) in [("huyen", district), ("xa", Some(commune))] {
            let local = AddAccount {
                key: None,
                login: login.into(),
                display_name: login.into(),
                password_hash: "none".into(),
                roles: vec![Role::Observer],
                facility: None,
                area,
            };
            world.office.perform_blocking(Actor::program(old.kien_giang), local).unwrap();
        }
        // One supplier of both, each with a contract for all of its province.
        let mut suppliers = Vec::new();
        for (province, number) in [(old.kien_giang, "12/HĐ"), (old.an_giang, "13/HĐ")] {
            let program = Actor::program(province);
            let supplier = supplier_named("Khí Sao Mai", 0);
            let supplier = world.office.perform_blocking(program.clone(), supplier).unwrap().done;
            world.office.perform_blocking(program, keep(contract_of(supplier, number, 90_000))).unwrap();
            suppliers.push(supplier);
        }
        world.seal();
        let before = world.now();
        world.pass(Span::minutes(10));

        assert_eq!(code_of(merge(world, world.province, &[old.kien_giang, ProvinceId::new(77)])), "MRG-004");
        let mine = world.a(Role::Administrator);
        let taking = MergeCommandPost { from: vec![old.kien_giang], places: Vec::new() };
        assert!(matches!(mine.does(taking), Err(Failure::NotFound)), "the command line alone");
        let elsewhere = world.found("92");
        assert_eq!(code_of(merge(world, elsewhere, &[old.kien_giang])), "MRG-002");
        assert_eq!(list(world, &Actor::program(world.province), Past::default()), [], "nothing was left half done");

        let merged = merge(world, world.province, &[old.kien_giang, old.an_giang]).unwrap();
        assert_eq!(
            (merged.facilities, merged.stores, merged.ledgers.readings, merged.ledgers.reversals),
            (2, 2, 10, 2)
        );
        let both: Vec<_> = told.concat();
        let desk = Actor::program(world.province);
        let mut expected = both.clone();
        expected.sort();
        assert_eq!(list(world, &desk, Past::default()), expected);
        assert_eq!(list(world, &desk, Past { at: Some(before), known: None }), expected, "a past day, in the new one");
        let archive = Actor::program(old.kien_giang);
        assert_eq!(list(world, &archive, Past { at: Some(before), known: None }), told[0], "and in the old one");

        // One name for two: the second bears the code of its old province.
        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        assert_eq!(registry.readiness(), Readiness::Emergency, "the stricter state");
        let codes: Vec<_> = ["BV1", "BV1.89"].map(|code| registry.facility_called(code).unwrap().id).into();
        assert_eq!(codes, [old.hospital.id, old.centre.id]);
        assert!(
            registry
                .facilities()
                .iter()
                .all(|facility| { areas.inside(facility.area_code.unwrap(), code("91"), TODAY) })
        );
        assert!(signed_in(world, old.kien_giang, "truc").is_none(), "closed there");
        assert!(signed_in(world, world.province, "truc").is_some());
        assert!(signed_in(world, world.province, "truc.89").is_some());
        assert!(signed_in(world, world.province, "huyen").is_none(), "no wider scope comes of a merger");
        let heir = areas.heirs(areas.on(commune, BEFORE).unwrap().key(), TODAY)[0].code;
        assert_eq!(signed_in(world, world.province, "xa").unwrap().scope, desk::Scope::Area(heir));
        let contracts =
            world.office.look_blocking(|_, connection| record::open::<Contract>(connection, world.province)).unwrap();
        assert!(contracts.iter().all(|kept| kept.content.supplier == suppliers[0] && kept.content.buyers.len() == 1));
        assert_eq!(contracts.len(), 2);

        // Work goes on, and what waited on a phone is not filed twice.
        let officer = signed_in(world, world.province, "truc.kho").unwrap();
        let officer = Person { world, actor: officer };
        officer.files(&old.hospital, says(old.hospital.store(0), "3.500 kg", None)).unwrap();
        assert_eq!(code_of(merge(world, world.province, &[old.kien_giang])), "MRG-004", "once");
        world.seal();
        world.assert_well();
    });
}

fn duty_person(world: &World, province: ProvinceId) -> place::PersonId {
    let rows =
        world.office.look_blocking(|_, connection| Ok(store::register::appointments(connection, province)?)).unwrap();
    rows[0].person
}

/// A facility in a commune that was split: nobody guesses, the officer says it.
#[test]
fn a_place_that_was_split_is_asked_about() {
    on_both_engines(|world| {
        let old = found_on(world, "89", date(2024, 1, 1));
        let split = commune_with_heirs(world, "89", |heirs| heirs > 1, 0);
        let place = register(world, old, "BV Hải Âu", split);
        let refused = merge(world, world.province, &[old]).unwrap_err();
        assert_eq!(refused.code(), "MRG-003");
        let areas = world.office.areas();
        let Became::Several(heirs) = place_today(&areas, split, BEFORE, TODAY) else { panic!("{split}") };
        let wrong = MergeCommandPost { from: vec![old], places: vec![("BV1".into(), world.commune("01", 0))] };
        let refused = world.office.perform_blocking(Actor::program(world.province), wrong);
        assert_eq!(code_of(refused.map(|receipt| receipt.done)), "MRG-005");
        let places = vec![("bv1".to_owned(), heirs[1])];
        let into = world
            .office
            .look_blocking(|office, connection| office.registry(connection, world.province))
            .unwrap()
            .post()
            .cloned()
            .unwrap();
        let told = world
            .office
            .look_blocking(|_, connection| plan(connection, &areas, &into, &[old], &places, TODAY))
            .unwrap();
        assert_eq!((told.split.len(), told.from[0].at_work()), (0, 1));
        let operation = MergeCommandPost { from: vec![old], places };
        world.office.perform_blocking(Actor::program(world.province), operation).unwrap();
        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        assert_eq!(registry.facility(place.id).unwrap().area_code, Some(heirs[1]));
        world.assert_well();
    });
}

/// Every kind of record has its rule: one that is added later is not lost in silence.
#[test]
fn every_kind_of_record_has_its_rule() {
    fn kinds_in(folder: &std::path::Path, kinds: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                kinds_in(&path, kinds);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let named = text.split("const KIND: &'static str = \"").skip(1);
                kinds.extend(named.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            }
        }
    }
    let mut kinds = Vec::new();
    kinds_in(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut kinds);
    assert!(kinds.len() > 30, "{kinds:?}");
    let without: Vec<_> = kinds.iter().filter(|kind| !RULES.iter().any(|(known, _)| known == kind)).collect();
    assert!(without.is_empty(), "without a line in desk::merger::records: {without:?}");
}
