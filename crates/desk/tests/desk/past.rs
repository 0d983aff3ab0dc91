//! Looking back (issue 3, 9; design rule 2): every view answers as it was known then, rights are of today.

use desk::clock::DomainClock;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::Told;
use desk::operations::set_clock::SetClock;
use desk::operations::set_state::SetState;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::record;
use desk::rights::Role;
use desk::supply::Supplier;
use desk::views::chain::chains;
use desk::views::command::states::states;
use desk::views::facility::facility;
use desk::views::history::history;
use desk::views::journal::journal;
use desk::views::means::beds;
use desk::views::running_out::{Past, running_out};
use desk::views::supply::{registers, requests};
use desk::{Actor, Office, Outcome};
use oxygen::Census;
use place::body::Ownership;
use protocol::Readiness;
use quantity::{Grams, Moment, Span};
use store::Connection;

use crate::common::{Place, World, code_of, on_both_engines, says};
use crate::supply::supplier_called;

fn at<T>(
    world: &World,
    then: Option<Moment>,
    actor: &Actor,
    look: impl FnOnce(&Office, &mut Connection, &Actor) -> Outcome<T>,
) -> Outcome<T> {
    world.office.look_back_blocking(world.province, then, |office, connection| look(office, connection, actor))
}

fn gauge(place: &Place<'_>, kg: u32, mask: u32) -> Told {
    let told = says(place.store(0), &format!("{kg} kg"), None);
    Told { patients: Some(Census { mask, ..Census::default() }), ..told }
}

/// What the list, a facility, the chains, the beds, the states, the suppliers and the journal say, in words that can be compared.
fn everything(world: &World, then: Option<Moment>, actor: &Actor, place: &Place<'_>) -> Vec<String> {
    let said = at(world, then, actor, |office, connection, actor| {
        let list = running_out(office, connection, actor, Past::default())?;
        let view = facility(office, connection, actor, place.id, Past::default(), None, 50)?;
        let stores: Vec<_> = view.stores.iter().map(|one| (&one.samples, &one.moved, &one.latest)).collect();
        let states = states(office, connection, actor)?;
        let book = registers::suppliers(office, connection, actor)?;
        let suppliers: Vec<_> = book.suppliers.iter().map(|kept| (kept.version, kept.content.clone())).collect();
        let lines = journal(connection, actor, 1_000)?;
        Ok(vec![
            format!("{:?} {:?} {:?}", list.at, list.readiness, list.lines),
            format!("{:?} {:?} {:?} {stores:?} {:?}", view.at, view.outlook, view.census, view.reports),
            format!("{:?}", chains(office, connection, actor)?.lines.len()),
            format!(
                "{:?}",
                beds(office, connection, actor)?.tiers.values().flatten().map(|l| l.on_oxygen).collect::<Vec<_>>()
            ),
            format!("{:?} {:?}", states.state, states.changes),
            format!("{suppliers:?}"),
            format!("{:?}", requests::requests(office, connection, actor)?.open.len()),
            format!("{:?}", lines.iter().map(|line| line.id).collect::<Vec<_>>()),
        ])
    });
    said.expect("looks")
}

#[test]
fn each_moment_says_what_it_said_and_now_says_what_is() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let (officer, duty) = (world.officer_of(&place), world.a(Role::DutyOfficer));
        let first = officer.files(&place, gauge(&place, 2_000, 10)).unwrap();
        let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 40);
        world.seal();
        let mut answered = vec![(world.now(), everything(world, None, &duty.actor, &place))];
        for deed in 0..4 {
            world.pass(Span::hours(2));
            match deed {
                0 => drop(officer.files(&place, gauge(&place, 1_900, 25)).unwrap()),
                1 => {
                    let kept = at(world, None, &duty.actor, |_, connection, actor| {
                        record::one::<Supplier>(connection, actor.province, supplier)
                    });
                    let supplier = Supplier { place: "Hà Tiên".into(), ..kept.unwrap().unwrap().content };
                    let id = Some(record::RecordId::new(kept_id(world, &duty.actor)));
                    world.desk().does(KeepSupplier { key: None, id, body: None, supplier }).unwrap();
                }
                2 => {
                    let state = SetState { state: Readiness::Emergency, facility: None, reason: None };
                    world.program().does(state).unwrap();
                }
                _ => {
                    let reason = "gõ nhầm".into();
                    let correcting = CorrectReport { key: None, report: first.report, reason, instead: None };
                    officer.does(correcting).unwrap();
                }
            }
            world.seal();
            answered.push((world.now(), everything(world, None, &duty.actor, &place)));
        }
        for (moment, said) in &answered {
            for (now, then) in said.iter().zip(everything(world, Some(*moment), &duty.actor, &place)) {
                assert_eq!(*now, then, "at {moment} on {}", world.scratch.database.engine());
            }
        }
        for pair in answered.windows(2) {
            assert_ne!(pair[0].1, pair[1].1, "something was changed");
        }
    });
}

fn kept_id(world: &World, actor: &Actor) -> quantity::Id {
    let all = at(world, None, actor, |_, connection, actor| record::open::<Supplier>(connection, actor.province));
    all.unwrap()[0].id.0
}

#[test]
fn a_moment_that_cannot_be_looked_at_is_refused() {
    on_both_engines(|world| {
        let duty = world.a(Role::DutyOfficer);
        let look = |then: Moment| at(world, Some(then), &duty.actor, |office, connection, _| office.now(connection));
        assert_eq!(look(world.now()).unwrap(), world.now());
        assert_eq!(code_of(look(world.now() + Span::minutes(1))), "PST-001");
        assert_eq!(code_of(look(world.now() - Span::days(1))), "PST-002");
    });
}

/// A facility hidden today is hidden in every past; one that was hidden and is no more is seen.
#[test]
fn rights_are_of_today() {
    on_both_engines(|world| {
        let mut place = world.facility("BV Tư Nhân").with_tank(3_000);
        place.body.ownership = Ownership::Private;
        let place = place.register();
        world.officer_of(&place).files(&place, gauge(&place, 2_000, 3)).unwrap();
        world.seal();
        let (observer, seen) = (world.a(Role::Observer), world.now());
        let names = |then| {
            let list = at(world, Some(then), &observer.actor, |office, connection, actor| {
                running_out(office, connection, actor, Past::default())
            });
            list.unwrap().lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(seen), ["BV Tư Nhân"]);
        world.pass(Span::hours(1));
        let mask = |hidden| MaskFacility { key: None, facility: place.id, hidden, reason: "đề nghị".into() };
        world.desk().does(mask(true)).unwrap();
        assert!(names(seen).is_empty(), "hidden now, hidden then");
        let hidden = world.now();
        world.pass(Span::hours(1));
        world.desk().does(mask(false)).unwrap();
        assert_eq!(names(hidden), ["BV Tư Nhân"], "no more hidden");
    });
}

/// Where the clock of a drill was moved, registers stand as they stood and figures leave out what happened later.
#[test]
fn a_moved_clock_looks_back_by_what_happened() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, gauge(&place, 2_000, 3)).unwrap();
        let then = world.now();
        let clock = DomainClock { real: then, domain: then + Span::hours(6), speed: 1.0, paused: true };
        world.program().does(SetClock { clock }).unwrap();
        let supplier = supplier_called(world, "Khí Công nghiệp Sao Mai", 40);
        officer.files(&place, gauge(&place, 900, 3)).unwrap();
        let duty = world.a(Role::DutyOfficer);
        let grams = |then| {
            let view = at(world, then, &duty.actor, |office, connection, actor| {
                facility(office, connection, actor, place.id, Past::default(), None, 5)
            });
            view.unwrap().stores[0].latest.as_ref().map(|latest| latest.grams)
        };
        assert_eq!(grams(Some(then)), Some(Grams::from_kg(2_000)));
        assert_eq!(grams(None), Some(Grams::from_kg(900)));
        let of_then = |then| {
            at(world, then, &duty.actor, |office, connection, actor| history(office, connection, actor, supplier.0))
        };
        assert_eq!(code_of(of_then(Some(then))), "DSK-001");
        assert_eq!(of_then(None).unwrap().versions.len(), 1);
    });
}
