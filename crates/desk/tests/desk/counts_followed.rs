//! What an office remembers of counts is what the database holds (F010): through every writer, every correction, another
//! process, and a snapshot that was put back; and what came in on which day.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::rights::Role;
use desk::views::counts::{Known, Reported, ReportedDay, known, reported};
use desk::{Actor, Office};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use quantity::Span;

use crate::common::{World, on_both_engines};

const TODAY: Date = date(2026, 11, 22);

fn commune(world: &World, index: usize) -> PlaceKey {
    let code = world.commune("91", index);
    PlaceKey::Area(world.office.areas().on(code, TODAY).expect("valid").key())
}

fn back(days: i64) -> Date {
    TODAY.checked_sub(days.days()).expect("a day")
}

fn says(of: CountsKey, place: PlaceKey, told: Told, reported_on: Date) -> ReportCounts {
    let figures = vec![ToldFigure { place, told, reported_on: Some(reported_on) }];
    ReportCounts { key: None, of, figures, sure: true, simulated: false, source: None }
}

fn cases(day: Date) -> CountsKey {
    CountsKey::of_day(Signal::Cases, day)
}

fn knows(office: &Office, world: &World) -> Known {
    let actor = Actor::program(world.province);
    office.look_blocking(|office, connection| known(office, connection, &actor, Signal::Cases)).expect("reads")
}

/// Two processes on one database write in turns: each knows at once what the other has told, and both know what one
/// that has just started reads.
#[test]
fn two_processes_know_the_same() {
    on_both_engines(|world| {
        let other = world.another_office();
        let offices = [&world.office, &other];
        let strategy = proptest::collection::vec((0_usize..2, 0_usize..3, 0_i64..9, 0_i64..3, -1_i64..30), 1..12);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 12, ..Default::default() });
        let run = runner.run(&strategy, |steps| {
            for (writer, place, day, late, count) in steps {
                let told = if count < 0 { Told::Unknown } else { Told::Count(count) };
                let day = back(day);
                let on = day.checked_add(late.days()).unwrap().min(TODAY);
                let actor = Actor::program(world.province);
                // Something newer may be known, or nothing to take back: refused, and nothing is written.
                let _ = offices[writer].perform_blocking(actor, says(cases(day), commune(world, place), told, on));
                world.pass(Span::seconds(1));
                prop_assert_eq!(knows(offices[1 - writer], world), knows(offices[writer], world));
            }
            prop_assert_eq!(knows(&world.office, world), knows(&world.another_office(), world));
            Ok(())
        });
        run.unwrap();
        world.assert_well();
    });
}

/// A snapshot that is put back under a process that goes on: another past with the same numbers of versions is noticed,
/// and what is gone is gone.
#[test]
fn a_past_that_was_put_back_is_noticed() {
    on_both_engines(|world| {
        let (first, second) = (commune(world, 0), commune(world, 1));
        let tells = |place, count| {
            world.program().does(says(cases(back(1)), place, Told::Count(count), back(1))).expect("tells");
            world.pass(Span::seconds(1));
        };
        tells(first, 5);
        tells(first, 6);
        tells(second, 8);
        world.program().does(says(cases(back(2)), first, Told::Count(3), back(2))).expect("tells");
        assert_eq!(knows(&world.office, world).days.len(), 3);
        let put_back = |transaction: &mut store::Transaction<'_>| {
            for sql in [
                "DELETE FROM record WHERE kind = 'day_counts' AND (version > 1 OR code = 'cases/2026-11-20')",
                "DELETE FROM record_state WHERE kind = 'day_counts' AND code = 'cases/2026-11-20'",
                "UPDATE record_state SET version = 1, (recorded_at, content) =
                    (SELECT r.recorded_at, r.content FROM record r WHERE r.record = record_state.record)
                    WHERE kind = 'day_counts'",
            ] {
                transaction.write(sql, Vec::new())?;
            }
            Ok::<_, desk::Failure>(())
        };
        world.office.store().write_blocking(put_back).unwrap();
        let counts = |known: &Known| known.days.iter().map(|day| (day.place, day.count)).collect::<Vec<_>>();
        assert_eq!(counts(&knows(&world.office, world)), [(0, Some(5))]);
        tells(second, 20);
        tells(second, 21);
        assert_eq!(counts(&knows(&world.office, world)), [(0, Some(5)), (1, Some(21))], "versions 2 and 3 anew");
        assert_eq!(knows(&world.office, world), knows(&world.another_office(), world));
    });
}

fn shown(world: &World, actor: &Actor) -> Reported {
    world.office.look_blocking(|office, c| reported(office, c, actor, Signal::Cases)).expect("reads")
}

/// F010: the day of the report and the day of the event stand apart: what came in on a day, on time or late, taken back
/// or of days that nobody knows.
#[test]
fn what_came_in_is_told_by_day_of_report() {
    on_both_engines(|world| {
        let (first, second) = (commune(world, 0), commune(world, 1));
        let tells = |of, place, told, on| world.program().does(says(of, place, told, on)).map(drop).unwrap();
        assert!(shown(world, &Actor::program(world.province)).days.is_empty());
        tells(cases(back(4)), first, Told::Count(10), back(4));
        tells(cases(back(4)), second, Told::Count(7), back(2));
        tells(cases(back(9)), second, Told::Count(4), back(2));
        tells(cases(back(4)), first, Told::Count(8), back(2));
        tells(cases(back(2)), first, Told::Count(1), back(2));
        tells(CountsKey { back_fill: true, ..cases(back(1)) }, first, Told::Count(90), back(1));
        // A week told as such is none of a day's report.
        tells(CountsKey { span: Of::Week, ..cases(back(1)) }, first, Told::Count(50), back(1));
        let found = shown(world, &Actor::program(world.province));
        let day = |told_on| ReportedDay {
            told_on,
            same_day: 0,
            little_late: 0,
            late: 0,
            fewer: 0,
            back_fill: 0,
            places: 1,
            of_days: None,
        };
        let late = ReportedDay {
            same_day: 1,
            little_late: 7,
            late: 4,
            fewer: 2,
            places: 2,
            of_days: Some((back(9), back(2))),
            ..day(back(2))
        };
        let on_time = ReportedDay { same_day: 10, of_days: Some((back(4), back(4))), ..day(back(4)) };
        assert_eq!(found.days, [ReportedDay { back_fill: 90, ..day(back(1)) }, late, on_time]);
        assert_eq!(late.known_more(), 10);
        assert!(!found.simulated);

        // Who works for one commune sees what it told.
        let local = world.a_local(Role::DutyOfficer, world.commune("91", 1));
        let seen = shown(world, &local.actor);
        assert_eq!(
            seen.days,
            [ReportedDay { same_day: 0, fewer: 0, places: 1, ..late }]
                .map(|day| ReportedDay { of_days: Some((back(9), back(4))), ..day })
        );
        // The province tells one of those days itself: nobody is counted twice.
        let own = world.office.areas().on("91".parse().unwrap(), TODAY).unwrap().key();
        tells(cases(back(4)), PlaceKey::Area(own), Told::Count(30), TODAY);
        let found = shown(world, &Actor::program(world.province));
        let more: Vec<i64> = found.days.iter().map(ReportedDay::known_more).collect();
        assert_eq!(more, [30, 90, 5, 0]);
    });
}

/// However figures come and go, what the days of report brought sums to what stands.
#[test]
fn what_came_in_sums_to_what_stands() {
    let world = World::on_sqlite();
    let step = (0_usize..3, 0_i64..6, 0_i64..4, prop_oneof![5 => (0_i64..40).prop_map(Some), 1 => Just(None)]);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 16, ..Default::default() });
    let run = runner.run(&proptest::collection::vec(step, 1..14), |steps| {
        for (place, day, late, count) in steps {
            let (day, told) = (back(day), count.map_or(Told::Unknown, Told::Count));
            let on = day.checked_add(late.days()).unwrap().min(TODAY);
            let _ = world.program().does(says(cases(day), commune(&world, place), told, on));
        }
        let stands = world.office.look_blocking(|_, c| desk::counts::telling::all_standing(c, world.province)).unwrap();
        let stands: i64 = stands.iter().flat_map(|day| day.counts.values()).map(|figure| i64::from(figure.count)).sum();
        let came: i64 = shown(&world, &Actor::program(world.province)).days.iter().map(ReportedDay::known_more).sum();
        prop_assert_eq!(came, stands);
        Ok(())
    });
    run.unwrap();
}
