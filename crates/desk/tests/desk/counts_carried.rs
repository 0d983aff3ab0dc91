//! Weekly cases that an earlier build kept in a ledger of their own go on in the register of counts (F010, DT04): a snapshot
//! of such a build is put into each engine.

use desk::counts::carried::carry_all;
use desk::counts::place::PlaceKey;
use desk::counts::weeks::WeekTold;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::carry_weekly_cases::CarriedWeeks;
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::rights::Role;
use desk::views::counts::{ProvinceWeek, board, known, province_weeks};
use desk::{Actor, Office};
use jiff::civil::{Date, date};
use oxygen::Source;
use place::ProvinceId;
use quantity::{Moment, Span};

use crate::common::{Scratch, World, eight_o_clock, wait_for};

/// Written by the build before: of An Giang four weeks on 22/11/2026, of which one ends on a Wednesday; two days later one
/// of them again, and one that is invented; an hour later a week of a commune.
const OLD: &[u8] = include_bytes!("old/weekly-cases.snapshot");

fn restored(test: impl Fn(&World)) {
    for scratch in Scratch::of_each_engine() {
        println!("on {}", scratch.database.engine());
        store::migrate::migrate(&scratch.database, eight_o_clock()).expect("migrates");
        store::snapshot::restore(&scratch.database, OLD, &mut |_, _| {}).expect("restores");
        let mut world = World::bare(scratch);
        world.province = ProvinceId::new(1);
        world.pass(Span::days(5));
        test(&world);
        world.assert_well();
    }
}

fn first_day() -> Date {
    date(2026, 11, 22)
}

fn weeks(world: &World) -> Vec<ProvinceWeek> {
    let actor = Actor::program(world.province);
    let look =
        |office: &Office, connection: &mut store::Connection| province_weeks(office, connection, &actor, Signal::Cases);
    world.office.look_blocking(look).expect("reads")
}

fn published(ends: Date, count: u32, source: Source) -> ProvinceWeek {
    ProvinceWeek { ends, count, source: Some(source), simulated: source == Source::Simulation, summed: false }
}

fn all() -> Vec<ProvinceWeek> {
    vec![
        published(date(2026, 10, 31), 210, Source::File),
        published(date(2026, 11, 7), 260, Source::File),
        published(date(2026, 11, 11), 280, Source::File),
        published(date(2026, 11, 14), 321, Source::Phone),
        published(date(2026, 11, 21), 350, Source::Simulation),
    ]
}

/// F010: nothing is lost, each figure keeps its source and the day on which it was told; a second start changes nothing.
#[test]
fn weeks_of_an_earlier_build_go_on_in_the_register() {
    restored(|world| {
        assert!(weeks(world).is_empty(), "not carried over yet");
        assert_eq!(carry_all(&world.office).unwrap(), CarriedWeeks { told: 7, known: 0, left: 0 });
        assert_eq!(weeks(world), all());
        let done = world.operations();
        assert_eq!(carry_all(&world.office).unwrap(), CarriedWeeks::default(), "once");
        assert_eq!(carry_all(&world.another_office()).unwrap(), CarriedWeeks::default(), "of all processes");
        assert_eq!(world.operations(), done);

        // What a forecast reads: as it was known when; a week that ends on a Wednesday is no week of it.
        let duty = world.a(Role::DutyOfficer);
        let found = world.office.look_blocking(|o, c| known(o, c, &duty.actor, Signal::Cases)).unwrap();
        let own = world.office.areas().on("91".parse().unwrap(), first_day()).unwrap().key();
        let own = found.places.iter().position(|place| place.key == PlaceKey::Area(own)).unwrap();
        let of_own: Vec<&WeekTold> = found.told.iter().filter(|told| told.place == own).collect();
        let (first, again) = (first_day(), date(2026, 11, 24));
        let told = |told_on, week_end, count| WeekTold { told_on, place: own, week_end, count: Some(count) };
        assert_eq!(
            of_own,
            [
                &told(first, date(2026, 10, 31), 210),
                &told(first, date(2026, 11, 7), 260),
                &told(first, date(2026, 11, 14), 300),
                &told(again, date(2026, 11, 14), 321),
                &told(again, date(2026, 11, 21), 350),
            ]
        );
        assert_eq!(found.told.len(), 6, "and the week of the commune");
        assert!(found.simulated);
        // The Wednesday is seen with its own last day.
        let board = world.office.look_blocking(|o, c| board(o, c, &duty.actor, Signal::Cases)).unwrap();
        let odd = board.others.iter().find(|(of, ..)| of.is_odd_week()).unwrap();
        assert_eq!((odd.0.day, odd.3.count), (date(2026, 11, 11), 280));
        assert_eq!(board.weeks, all());
        world.pass(Span::minutes(1));
        assert!(carry_all(&world.office).unwrap() == CarriedWeeks::default());
        // Looking back, a week reads as it was published then.
        world.seal();
        let actor = duty.actor.clone();
        let then: Moment = eight_o_clock() + Span::days(1);
        let past =
            world.office.look_back(world.province, Some(then), move |o, c| province_weeks(o, c, &actor, Signal::Cases));
        let past = wait_for(past).unwrap();
        let counts: Vec<u32> = past.iter().map(|week| week.count).collect();
        assert_eq!(counts, [210, 260, 280, 300], "as it was published first, and without what came later");
    });
}

/// What was told to the register of counts before the weeks were carried over stays: it is newer.
#[test]
fn what_the_register_knows_already_stays() {
    restored(|world| {
        let own = world.office.areas().on("91".parse().unwrap(), date(2026, 11, 14)).unwrap().key();
        let of = CountsKey { span: Of::Week, ..CountsKey::of_day(Signal::Cases, date(2026, 11, 14)) };
        let figure = ToldFigure { place: PlaceKey::Area(own), told: Told::Count(333), reported_on: None };
        let source = Some(Source::Form);
        let telling = ReportCounts { key: None, of, figures: vec![figure], sure: true, simulated: false, source };
        world.program().does(telling).unwrap();
        assert_eq!(carry_all(&world.office).unwrap(), CarriedWeeks { told: 5, known: 2, left: 0 });
        let found = weeks(world);
        assert_eq!(found[3], published(date(2026, 11, 14), 333, Source::Form));
        assert_eq!(found.len(), 5);
    });
}

/// A database of this build holds no such weeks, and nothing is written for them.
#[test]
fn a_new_database_has_nothing_to_carry() {
    crate::common::on_both_engines(|world| {
        let before = world.operations();
        assert_eq!(carry_all(&world.office).unwrap(), CarriedWeeks::default());
        assert_eq!(world.operations(), before);
    });
}
