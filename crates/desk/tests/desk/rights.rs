//! Who may do what (AC): the golden table, and every operation against it.

use std::collections::BTreeSet;

use desk::clock::{ClockChange, DomainClock};
use desk::operations::add_account::AddAccount;
use desk::operations::appoint::{Appoint, NoteAbsence};
use desk::operations::bring_store::BringStore;
use desk::operations::close_account::CloseAccount;
use desk::operations::close_day::CloseDay;
use desk::operations::close_store::CloseStore;
use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::FileReport;
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::import_areas::ImportAreas;
use desk::operations::import_readings::{ImportReadings, ImportedReading};
use desk::operations::merge_facility::MergeFacility;
use desk::operations::move_clock::MoveClock;
use desk::operations::override_norm::OverrideNorm;
use desk::operations::record_movement::RecordMovement;
use desk::operations::set_clock::SetClock;
use desk::operations::set_password::SetPassword;
use desk::operations::set_state::SetState;
use desk::rights::{self, Capability, Role, allows, who_may};
use desk::views;
use desk::{Failure, Outcome};
use jiff::civil::date;
use oxygen::{MovementKind, ReportId, Source};
use place::body::{Absence, BodyKind, BodyLevel, Post, PostKind};
use place::{BodyId, PersonId, UserId};
use protocol::Readiness;
use quantity::{Grams, Typed, Unit};

use crate::common::{Person, Place, World, is_added_by_hand, on_both_engines, says};
use crate::norms::seven_bar;

#[test]
fn the_table_of_rights_is_golden() {
    insta::assert_snapshot!(rights::table());
}

type Try = Box<dyn Fn(&Person<'_>) -> Outcome<()>>;

/// What an operation is done to.
struct Target<'w> {
    place: &'w Place<'w>,
    report: ReportId,
    account: UserId,
    person: PersonId,
}

/// An operation with its name, what it needs, and how it is tried.
fn row<O: desk::Operation>(make: impl Fn(&World) -> O + 'static) -> (&'static str, Capability, Try) {
    (O::NAME, O::NEEDS, Box::new(move |person| person.does(make(person.world)).map(drop)))
}

/// Every operation of the desk, aimed at one facility of one province.
fn operations(target: &Target<'_>) -> Vec<(&'static str, Capability, Try)> {
    let (facility, tank, report) = (target.place.id, target.place.store(0), target.report);
    let (account, person, body) = (target.account, target.person, BodyId::from(facility));
    vec![
        row(move |world| AddAccount {
            key: None,
            login: format!("x{}", &world.id().to_string()[24..]),
            display_name: "Người mới".into(),
            password_hash: "none".into(),
            roles: vec![Role::FocalOfficer],
            facility: Some(facility),
            area: None,
        }),
        row(move |world| Appoint {
            post: Post {
                body,
                kind: PostKind::DutyOfficer,
                person: PersonId(world.id()),
                name: "Trực".into(),
                phone: None,
                from: world.now(),
                to: None,
            },
        }),
        row(move |world| NoteAbsence { body, absence: Absence { person, from: world.now(), to: None } }),
        row(move |_| CloseAccount { account }),
        row(move |world| CloseDay {
            key: None,
            store: tank,
            happened_at: world.now(),
            opening: "2.000".into(),
            received: "0".into(),
            used: "100".into(),
            lost: String::new(),
            opened_at: None,
            reason: None,
            closing: "1.900".into(),
            gauge_unit: Unit::Kilogram,
            amount_unit: Unit::Kilogram,
            source: Source::Phone,
            told_by: Some("Đầu mối".into()),
        }),
        row(move |_| CorrectReport { key: None, report, reason: "gõ nhầm".into(), instead: None }),
        row(move |_| FileReport {
            key: None,
            facility,
            told: desk::operations::file_report::Told {
                told_by: Some("Đầu mối".into()),
                ..says(tank, "1.900 kg", None)
            },
        }),
        row(|_| FoundCommandPost {
            area: "01".parse().unwrap(),
            opened_on: date(2026, 11, 22),
            state: Readiness::Routine,
            administrator: None,
        }),
        row(|world| ImportAreas { areas: world.office.areas().all().to_vec() }),
        row(move |world| ImportReadings {
            key: None,
            rows: vec![ImportedReading {
                facility,
                store: tank,
                happened_at: world.now(),
                grams: Grams::from_kg(1_800),
                made_per_hour: None,
                typed: None,
                counts: None,
                source: Source::File,
                told_by: None,
            }],
        }),
        row(move |world| BringStore {
            key: None,
            facility,
            store: oxygen::Store::tank(oxygen::StoreId(world.id()), "Bồn mới", Grams::from_kg(1_000)),
        }),
        // A store that is not there: the others still need theirs.
        row(|world| CloseStore { key: None, store: oxygen::StoreId(world.id()), reason: "ngập".into() }),
        row(move |_| MergeFacility { key: None, facility, into: facility }),
        row(|_| MoveClock { change: ClockChange::Pause }),
        row(|world| OverrideNorm { own: seven_bar(world.now().date()) }),
        row(move |world| RecordMovement {
            key: None,
            store: tank,
            kind: MovementKind::Received,
            happened_at: world.now(),
            typed: Typed::measured(100.0, Unit::Kilogram),
            cylinders: None,
            counterpart: None,
            source: Source::Form,
        }),
        row(|world| {
            let name = format!("Trạm {}", &world.id().to_string()[24..]);
            world.facility(&name).being(BodyKind::CommuneStation, BodyLevel::Commune).operation()
        }),
        row(|_| SetClock { clock: DomainClock::REAL }),
        row(move |_| SetPassword { account, password_hash: "other".into() }),
        row(|_| SetState { state: Readiness::Emergency, ..SetState::default() }),
    ]
}

fn target<'w>(world: &'w World, place: &'w Place<'w>) -> Target<'w> {
    let told = world.officer_of(place).files(place, says(place.store(0), "2.000 kg", None)).unwrap();
    let account = world.officer_of(place).actor.user.unwrap();
    Target { place, report: told.report, account, person: PersonId(world.id()) }
}

/// The names of the operations that stand in the top folder: each has a row above, and is tried.
fn names_at_the_top() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/operations");
    let mut names = BTreeSet::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter_map(|line| line.trim().strip_prefix("const NAME: &'static str = \"")) {
            names.insert(line.trim_end_matches("\";").to_owned());
        }
    }
    names
}

#[test]
fn every_operation_has_a_row_and_a_file() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let rows: BTreeSet<String> =
            operations(&target(world, &place)).iter().map(|(name, ..)| (*name).to_owned()).collect();
        assert_eq!(rows, names_at_the_top());
        assert!(rows.len() >= 18);
    });
}

#[test]
fn every_operation_asks_the_table() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        for role in Role::ALL {
            let person = world.one_of(*role, &place);
            for (name, needs, attempt) in operations(&target(world, &place)) {
                let outcome = attempt(&person);
                let forbidden = matches!(&outcome, Err(Failure::Forbidden(asked)) if *asked == needs);
                // Only the program itself gives an installation its clock.
                let allowed = allows(*role, needs) && name != "set_clock";
                assert_eq!(forbidden, !allowed, "{name} by {}: {outcome:?}", role.code());
                if let Err(failure @ Failure::Forbidden(_)) = &outcome {
                    assert_eq!(failure.who_may(), who_may(needs), "{name} names who may");
                }
            }
        }
        world.assert_well();
    });
}

#[test]
fn what_is_forbidden_leaves_no_trace() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let target = target(world, &place);
        let observer = world.a(Role::Observer);
        let before = world.operations();
        for (name, _, attempt) in operations(&target) {
            assert!(matches!(attempt(&observer), Err(Failure::Forbidden(_))), "{name}");
        }
        assert_eq!(world.operations(), before);
    });
}

/// Design rule 7: outside one's scope one learns nothing, not even that it is forbidden.
#[test]
fn outside_the_scope_there_is_nothing() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let target = target(world, &place);
        let elsewhere = world.found("92");
        let far_commune = world.commune("91", 5);
        let aimed = [
            "appoint",
            "bring_store",
            "merge_facility",
            "note_absence",
            "close_day",
            "correct_report",
            "file_report",
            "import_readings",
            "record_movement",
        ];
        let who = [
            world.officer_of(&other),
            world.a_local(Role::DutyOfficer, far_commune),
            world.a_stranger(Role::DutyOfficer, elsewhere),
        ];
        for person in &who {
            for (name, needs, attempt) in operations(&target) {
                if aimed.contains(&name) && person.actor.may(needs) {
                    let outcome = attempt(person);
                    let shown = format!("{name} by {}: {outcome:?}", person.actor.display_name);
                    assert!(matches!(outcome, Err(Failure::NotFound)), "{shown}");
                }
            }
        }
        let administrator = world.a_stranger(Role::Administrator, elsewhere);
        for (name, _, attempt) in operations(&target) {
            if ["close_account", "set_password"].contains(&name) {
                assert!(matches!(attempt(&administrator), Err(Failure::NotFound)), "{name}");
            }
        }
    });
}

/// Who sees a part of the province decides nothing for all of it, and makes nobody who could.
#[test]
fn a_part_of_the_province_decides_nothing_for_all_of_it() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let target = target(world, &place);
        let provincial = [
            "add_account",
            "close_account",
            "found_command_post",
            "import_areas",
            "move_clock",
            "override_norm",
            "set_password",
            "set_state",
        ];
        let before = world.operations();
        let mut accounts = 0;
        // An officer or sensor of a facility always has his facility, never an area.
        for role in Role::ALL.iter().filter(|role| !role.needs_facility()) {
            let local = world.a_local(*role, world.commune("91", 0));
            accounts += usize::from(is_added_by_hand(*role));
            for (name, needs, attempt) in operations(&target) {
                if provincial.contains(&name) && local.actor.may(needs) {
                    let outcome = attempt(&local);
                    assert!(matches!(outcome, Err(Failure::NotFound)), "{name} by {}: {outcome:?}", role.code());
                }
            }
            let look = |actor: &desk::Actor| {
                let look = |_: &desk::Office, connection: &mut store::Connection| {
                    let journal = views::journal::journal(connection, actor, 10).map(drop);
                    Ok([journal, views::journal::accounts(connection, actor).map(drop)])
                };
                world.office.look_blocking(look).unwrap()
            };
            assert!(look(&local.actor).iter().all(Result::is_err), "{}", role.code());
        }
        assert_eq!(world.operations(), before + accounts);
        // Nor does it register outside itself.
        let far = world.facility("BV Xa").lying_in(world.commune("91", 5)).operation();
        let local = world.a_local(Role::DutyOfficer, world.commune("91", 0));
        assert!(matches!(local.does(far), Err(Failure::NotFound)));
        local.does(world.facility("BV Gần").operation()).unwrap();
    });
}

#[test]
fn pages_outside_the_scope_are_not_there_either() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let report = target(world, &place).report;
        let stranger = world.officer_of(&other);
        let past = views::running_out::Past::default();
        let tried = [
            world
                .office
                .look_blocking(|office, connection| {
                    views::facility::facility(office, connection, &stranger.actor, place.id, past, None, 10)
                })
                .map(drop),
            world
                .office
                .look_blocking(|office, connection| {
                    views::facility::report(office, connection, &stranger.actor, report)
                })
                .map(drop),
            world
                .office
                .look_blocking(|office, connection| views::facility::photo(office, connection, &stranger.actor, report))
                .map(drop),
            world
                .office
                .look_blocking(|office, connection| {
                    views::reports::reports(office, connection, &stranger.actor, place.id, None, 10)
                })
                .map(drop),
        ];
        for outcome in tried {
            assert!(matches!(outcome, Err(Failure::NotFound)), "{outcome:?}");
        }
    });
}
