//! Two clocks: a drill's can be paused, hastened and moved forwards; real life's cannot.

use desk::clock::{ClockChange, DomainClock};
use desk::operations::move_clock::MoveClock;
use desk::operations::set_clock::SetClock;
use quantity::{Moment, Span};

use crate::common::{Scratch, World, code_of, eight_o_clock, on_both_engines, says};

fn domain_now(world: &World) -> Moment {
    world.office.look_blocking(|office, connection| office.now(connection)).unwrap()
}

fn drill(world: &World) -> Moment {
    let opening = eight_o_clock() - Span::days(100);
    let clock = DomainClock { real: world.now(), domain: opening, speed: 60.0, paused: false };
    world.program().does(SetClock { clock }).unwrap();
    opening
}

#[test]
fn a_drill_can_be_paused_hastened_and_moved() {
    on_both_engines(|world| {
        let opening = drill(world);
        let duty = world.desk();
        let moved = |change| duty.does(MoveClock { change });
        assert_eq!(domain_now(world), opening);
        world.pass(Span::minutes(1));
        assert_eq!(domain_now(world), opening + Span::hours(1));
        moved(ClockChange::Pause).unwrap();
        world.pass(Span::hours(5));
        assert_eq!(domain_now(world), opening + Span::hours(1));
        moved(ClockChange::Jump(Span::hours(2))).unwrap();
        assert_eq!(domain_now(world), opening + Span::hours(3));
        moved(ClockChange::Speed(3_600.0)).unwrap();
        world.pass(Span::seconds(1));
        assert_eq!(domain_now(world), opening + Span::hours(4));
        moved(ClockChange::Speed(f64::NAN)).unwrap();
        world.pass(Span::hours(1));
        assert_eq!(domain_now(world), opening + Span::hours(5), "no number is life, and the drill goes on");
        assert_eq!(code_of(moved(ClockChange::Jump(Span::seconds(-1)))), "DSK-021");
        assert_eq!(code_of(moved(ClockChange::Jump(Span::micros(i64::MAX)))), "DSK-025");

        // What is told is told at the drill's time; the stored clock serves every process.
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let stores_exist = domain_now(world);
        world.officer_of(&place).files(&place, says(place.store(0), "310 kg", None)).unwrap();
        assert_eq!(place.reports()[0].happened_at, stores_exist);
        let elsewhere = world.another_office();
        let now = elsewhere.look_blocking(|office, connection| office.now(connection)).unwrap();
        assert_eq!(now, domain_now(world));
    });
}

#[test]
fn a_real_installation_refuses() {
    on_both_engines(|world| {
        let duty = world.desk();
        for change in
            [ClockChange::Pause, ClockChange::Resume, ClockChange::Speed(2.0), ClockChange::Jump(Span::hours(1))]
        {
            assert_eq!(code_of(duty.does(MoveClock { change })), "DSK-020", "{change:?}");
        }
        assert_eq!(domain_now(world), world.now());
    });
}

#[test]
fn a_clock_is_given_once_and_by_the_program_alone() {
    on_both_engines(|world| {
        let clock = DomainClock { real: world.now(), domain: eight_o_clock(), speed: 2.0, paused: true };
        assert_eq!(code_of(world.desk().does(SetClock { clock })), "DSK-002");
        drill(world);
        assert_eq!(code_of(world.program().does(SetClock { clock })), "DSK-026");
    });
}

/// Sessions and leases follow the real clock: a drill that leaps signs nobody out.
#[test]
fn a_leap_of_the_drill_ends_no_session() {
    for scratch in Scratch::of_each_engine() {
        let mut world = World::bare(scratch);
        world.province = world.found("91");
        drill(&world);
        let account = world.desk().actor.user.unwrap();
        let key = crate::common::wait_for(desk::door::open(
            &world.office,
            world.province,
            account,
            "browser",
            desk::door::BROWSER_SESSION,
        ));
        world.desk().does(MoveClock { change: ClockChange::Jump(Span::days(30)) }).unwrap();
        let visitor = crate::common::wait_for(desk::door::recognise(&world.office, key.unwrap().token)).unwrap();
        assert!(visitor.is_some());
    }
}
