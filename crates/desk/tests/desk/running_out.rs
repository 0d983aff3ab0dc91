//! *Cơ sở sắp hết oxy* (OX07, OX11): worst first, silence marked, nobody sees another's rows.

use desk::Failure;
use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::{Confirmed, Cylinders, Told};
use desk::operations::set_state::SetState;
use desk::rights::Role;
use desk::views::facilities::facilities;
use desk::views::running_out::{Line, Past, RunningOut, running_out};
use oxygen::Census;
use oxygen::outlook::Standing;
use protocol::Readiness;
use quantity::{Grams, Span};

use crate::common::{Place, nothing, on_both_engines, says};

fn with_patients(told: Told, mask: u32) -> Told {
    Told { patients: Some(Census { mask, ..Census::default() }), ..told }
}

fn gauge(place: &Place<'_>, kg: u32, mask: u32) -> Told {
    with_patients(says(place.store(0), &format!("{kg} kg"), None), mask)
}

#[test]
fn zero_stands_first_and_the_shortest_next() {
    on_both_engines(|world| {
        let long = world.facility("BV An Lành").with_tank(9_000).register();
        let short = world.facility("BV Bến Đò").with_tank(9_000).register();
        let zero = world.facility("BV Cồn Cát").with_cylinders(40.0, 10).register();
        world.officer_of(&long).files(&long, gauge(&long, 9_000, 5)).unwrap();
        world.officer_of(&short).files(&short, gauge(&short, 1_200, 60)).unwrap();
        let empty = Cylinders { store: zero.store(0), full: 0, part: 0, empty: 10, damaged: 0 };
        let told = Told { cylinders: vec![empty], ..nothing() };
        world.officer_of(&zero).files(&zero, told).unwrap();
        assert_eq!(world.desk().names(), ["BV Cồn Cát", "BV Bến Đò", "BV An Lành"]);
        let list = world.desk().list();
        assert_eq!(list.lines[0].outlook.rank.standing, Standing::Empty);
        let hours: Vec<f64> = list.lines[1..].iter().map(|line| line.outlook.hours.unwrap().low).collect();
        assert!(hours[0] < hours[1], "{hours:?}");
        assert_eq!((list.province.as_str(), list.readiness), ("An Giang", Readiness::Heightened));
    });
}

#[test]
fn silence_is_an_alarm() {
    on_both_engines(|world| {
        let silent = world.facility("BV An Lành").with_tank(9_000).register();
        let heard = world.facility("BV Bến Đò").with_tank(9_000).register();
        let never = world.facility("BV Cồn Cát").with_tank(9_000).register();
        world.officer_of(&silent).files(&silent, gauge(&silent, 9_000, 5)).unwrap();
        assert!(!world.desk().line(&silent).outlook.silence.heard.is_silent());
        world.pass(Span::hours(37));
        world.officer_of(&heard).files(&heard, gauge(&heard, 9_000, 5)).unwrap();
        let desk = world.desk();
        assert!(desk.line(&silent).outlook.silence.heard.is_silent(), "36 hours in the reinforced state");
        assert!(!desk.line(&heard).outlook.silence.heard.is_silent());
        assert_eq!(desk.line(&never).outlook.rank.standing, Standing::Lost);
        assert_eq!(desk.names(), ["BV Cồn Cát", "BV An Lành", "BV Bến Đò"]);

        // On quiet days a week and a half may pass; in an emergency half a day.
        world.a(Role::Leader).does(SetState { state: Readiness::Routine, ..SetState::default() }).unwrap();
        assert!(!desk.line(&silent).outlook.silence.heard.is_silent());
        world.a(Role::Leader).does(SetState { state: Readiness::Emergency, ..SetState::default() }).unwrap();
        world.pass(Span::hours(13));
        assert!(desk.line(&heard).outlook.silence.heard.is_silent());
    });
}

/// One list is made for all and cut for each: nobody gets what was made for another.
#[test]
fn each_sees_his_own_part() {
    on_both_engines(|world| {
        let (near, far) = (world.commune("91", 0), world.commune("91", 5));
        let here = world.facility("BV Hải Âu").with_tank(3_000).lying_in(near).register();
        let there = world.facility("BV Sao Biển").with_tank(3_000).lying_in(far).register();
        let other = world.found("92");
        world.facility_in(other, "92", "BV Tỉnh Khác").with_tank(3_000).register();

        let all = world.desk();
        let mut names = all.names();
        names.sort();
        assert_eq!(names, ["BV Hải Âu", "BV Sao Biển"]);
        assert_eq!(world.a_local(Role::DutyOfficer, far).names(), ["BV Sao Biển"]);
        assert_eq!(world.officer_of(&here).names(), ["BV Hải Âu"]);
        assert_eq!(world.a_stranger(Role::DutyOfficer, other).names(), ["BV Tỉnh Khác"]);
        assert_eq!(all.names().len(), 2, "the cut list was not kept for the next");
        let administrator = world.a(Role::Administrator).list_of(Past::default());
        assert!(matches!(administrator, Err(Failure::Forbidden(_))), "{administrator:?}");

        // The past is cut in the same way, and so is the choice of the form.
        let past = Past { at: Some(world.now()), known: None };
        let seen = world.officer_of(&there).list_of(past).unwrap();
        assert_eq!(seen.lines.len(), 1);
        let officer = world.officer_of(&there);
        let listed =
            world.office.look_blocking(|office, connection| facilities(office, connection, &officer.actor)).unwrap();
        assert_eq!(listed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["BV Sao Biển"]);
    });
}

#[test]
fn the_past_shows_what_was_so_then() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let then = world.now();
        world.pass(Span::hours(10));
        officer.files(&place, says(place.store(0), "1.900 kg", None)).unwrap();
        let stock = |at| officer.list_of(Past { at: Some(at), known: None }).unwrap().lines[0].outlook.stock;
        assert_eq!(stock(then), Grams::from_kg(2_000));
        assert_eq!(stock(then - Span::hours(1)), Grams::ZERO);
        assert_eq!(stock(world.now()), Grams::from_kg(1_900));
    });
}

/// What another process of the same database writes shows within a moment.
#[test]
fn two_processes_show_the_same_list() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let other = world.another_office();
        let desk = world.desk();
        let stock = || {
            let list = other
                .look_blocking(|office, connection| {
                    desk::views::running_out::running_out(office, connection, &desk.actor, Past::default())
                })
                .unwrap();
            list.lines.iter().map(|line| line.outlook.stock.as_kg()).collect::<Vec<_>>()
        };
        assert_eq!(stock(), [0.0]);
        world.officer_of(&place).files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        world.pass(Span::seconds(1));
        assert_eq!(stock(), [2_000.0]);
        world.facility("BV Sao Biển").with_tank(3_000).register();
        world.pass(Span::seconds(2));
        assert_eq!(stock().len(), 2);
    });
}

/// Only what changed is computed anew; whoever comes for the first time sees the same.
#[test]
fn a_renewed_list_is_the_list_made_anew() {
    on_both_engines(|world| {
        let places: Vec<_> = (0..6)
            .map(|number| {
                world.facility(&format!("BV Số {number}")).with_tank(3_000).with_cylinders(40.0, 20).register()
            })
            .collect();
        let desk = world.desk();
        let officers: Vec<_> = places.iter().map(|place| world.officer_of(place)).collect();
        let mut last = None;
        for step in 0..24_i64 {
            let (number, kg) = ((step * 5 % 6) as usize, 2_900 - 60 * step);
            let told = says(places[number].store(0), &format!("{kg} kg"), None);
            let patients = oxygen::Census { mask: step as u32, ..oxygen::Census::default() };
            let filed = officers[number]
                .files(&places[number], Told { patients: Some(patients), confirmed: Confirmed::Everything, ..told })
                .unwrap();
            if step % 7 == 6 {
                let back = CorrectReport { key: None, report: filed.report, reason: "nhầm".into(), instead: None };
                officers[number].does(back).unwrap();
            }
            // Now within the ten seconds in which lines stand, now beyond them.
            world.pass(if step % 5 == 4 { Span::minutes(40) } else { Span::seconds(1) });
            let renewed = desk.list();
            let other = world.another_office();
            let anew = other
                .look_blocking(|office, connection| running_out(office, connection, &desk.actor, Past::default()))
                .unwrap();
            let shown = |list: &RunningOut| -> Vec<_> {
                let line = |line: &Line| {
                    let told = &line.outlook;
                    (line.name.clone(), told.stock, told.usable, told.read_at, line.census, told.rank.standing)
                };
                list.lines.iter().map(line).collect()
            };
            assert_eq!(shown(&renewed), shown(&anew), "step {step}");
            assert!(
                renewed.at <= world.now() && world.now() - renewed.at <= Span::seconds(10),
                "never older than it says"
            );
            assert!(last.is_none_or(|before| before <= renewed.at));
            last = Some(renewed.at);
        }
    });
}
