//! The oxygen that the coming weeks ask for (OX08, OX07, TR01, PR03): by facility and all together, from patients, gauges,
//! admissions and what is on the way.

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::forecasts::watch;
use desk::operations::file_report::Told;
use desk::rights::Role;
use desk::views::oxygen_need::{
    DAYS, Doubted, FacilityAhead, FacilityNeed, Grounds, OxygenNeed, Passed, Supposed, facility_need, oxygen_need,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use oxygen::Census;
use quantity::{Span, Unit};

use crate::common::{Person, Place, World, code_of, on_both_engines, says};
use crate::forecasts::told_on_the_next;
use crate::supply::under_way;

/// The last Saturday before the world's first day.
const LAST: Date = date(2026, 11, 21);

fn ward(mask: u32) -> Census {
    Census { mask, hfnc: mask / 10, ..Census::default() }
}

/// A report of the tank and the patients.
fn files(place: &Place<'_>, kg: i64, patients: Option<Census>) {
    let told = Told { patients, ..says(place.store(0), &kg.to_string(), Some(Unit::Kilogram)) };
    place.world.officer_of(place).files(place, told).expect("is taken");
}

/// So many days with a report each, the last one now: the tank falls by so much a day to what is left.
fn lived(place: &Place<'_>, days: i64, (left, a_day): (i64, i64), patients: Option<Census>) {
    for ago in (0..=days).rev() {
        files(place, left + a_day * ago, patients);
        if ago > 0 {
            place.world.pass(Span::days(1));
        }
    }
}

/// Sixteen weeks of admissions of a place, up to the last Saturday.
fn admitted(world: &World, place: PlaceKey, a_week: u32) {
    for ago in (0..16_i64).rev() {
        let day = LAST.saturating_sub((7 * ago).days());
        let of = CountsKey { signal: Signal::Admissions, day, span: Of::Week, back_fill: false };
        world.desk().does(told_on_the_next(of, &[(place, a_week)])).unwrap();
    }
    watch::run(&world.office, world.province).unwrap();
}

fn whole(person: &Person<'_>, supposed: Supposed) -> desk::Outcome<OxygenNeed> {
    let look = |office: &desk::Office, connection: &mut store::Connection| {
        oxygen_need(office, connection, &person.actor, supposed).map(|need| need.as_ref().clone())
    };
    person.world.office.look_blocking(look)
}

fn ahead(person: &Person<'_>, place: &Place<'_>, supposed: Supposed) -> desk::Outcome<FacilityAhead> {
    let id = place.id;
    let look = |office: &desk::Office, connection: &mut store::Connection| {
        facility_need(office, connection, &person.actor, id, supposed)
    };
    person.world.office.look_blocking(look)
}

fn need(place: &Place<'_>) -> FacilityNeed {
    ahead(&place.world.desk(), place, Supposed::default()).unwrap().need.expect("something is known")
}

/// OX08: without any count those who are there stay, and what they really use is learnt from gauge and patients.
#[test]
fn without_counts_the_patients_stay_and_the_gauge_teaches() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(20_000).register();
        lived(&place, 10, (3_000, 200), Some(ward(20)));
        let told = need(&place);
        assert_eq!(
            (told.grounds, told.other.patients(), told.doubts.as_slice()),
            (Grounds::Nobody, 22, &[Doubted::NoCounts][..])
        );
        assert!((9..=10).contains(&told.coefficient.days), "{:?}", told.coefficient);
        let used = told.used.unwrap().as_kg();
        assert!((190.0..210.0).contains(&used), "{used}");
        for day in [0, 6, 27] {
            let (low, high) = told.course.grams[day].interval(0.9);
            assert!(low < 200e3 && 200e3 < high && high < 5.0 * low, "day {day}: {low} to {high}");
            assert!((told.course.other[day] / told.course.grams[day].median() - 1.0).abs() < 0.1);
        }
        let empty = told.empty.as_ref().unwrap();
        let middle = empty.hours_at(0.5).unwrap() / 24.0;
        assert!((4.0..7.0).contains(&middle), "one tonne above what stays in the tank: {middle} days");
        assert!(told.lasts_as_now.is_some() && told.limits.flow.is_none() && told.risks.len() == DAYS);
        assert_eq!(told.first_day_past(Passed::Flow, 0.1), None, "nobody knows what its pipes let through");
        world.assert_well();
    });
}

/// OX07: a truck on the way makes it less probable to be empty; the same is told without it.
#[test]
fn a_truck_on_the_way_counts() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(5_000).register();
        lived(&place, 6, (700, 400), Some(ward(40)));
        let bare = need(&place);
        assert!(bare.on_the_way.is_empty());
        under_way(world, &place, "3000");
        let told = need(&place);
        assert_eq!(told.on_the_way.len(), 1);
        assert!(told.on_the_way[0].plate.is_some(), "it is loaded");
        let chance =
            |of: &Option<desk::views::oxygen_need::Emptying>| of.as_ref().unwrap().chance_within(72.0).unwrap();
        assert!(chance(&told.empty) + 0.5 < chance(&told.empty_without), "{}", chance(&told.empty));
        assert_eq!(chance(&told.empty_without), chance(&bare.empty));
    });
}

/// OX08, PR03: from a facility's own admissions, and its part of the province's where it tells none; the sum is the sum;
/// more people never need less.
#[test]
fn needs_follow_admissions_and_what_is_supposed() {
    on_both_engines(|world| {
        let desk = world.desk();
        assert!(whole(&desk, Supposed::default()).unwrap().cases.is_empty(), "nothing is known of anybody");
        let one = world.facility("BV Hải Âu").with_tank(20_000).register();
        let other = world.facility("TTYT Sao Biển").with_tank(5_000).register();
        let silent = world.facility("BV Trống").with_tank(5_000).register();
        files(&one, 9_000, Some(ward(60)));
        files(&other, 3_000, Some(ward(20)));
        admitted(world, PlaceKey::Facility(one.id), 70);
        let told = need(&one);
        assert_eq!((told.grounds, told.other.patients()), (Grounds::Own, 0), "seventy a week explain them");
        // The province was told by one facility alone: no sum of places is made of one.
        assert_eq!(need(&other).grounds, Grounds::Nobody);
        admitted(world, PlaceKey::Facility(silent.id), 10);
        assert_eq!(need(&other).grounds, Grounds::Part(Signal::Admissions));
        assert_eq!(need(&silent).patients, None);

        let all = whole(&desk, Supposed::default()).unwrap();
        assert_eq!((all.facilities.len(), all.silent.len(), all.cases.len(), all.patients), (3, 0, 7, 88));
        assert_eq!(all.from, Some(Signal::Admissions));
        let mean: f64 = all.facilities.iter().map(|one| one.course.grams[6].median()).sum();
        let summed = all.asked().unwrap().course.grams[6].median();
        assert!((mean / summed - 1.0).abs() < 0.15, "{mean} beside {summed}");
        let last = |name: &str| {
            let case = all.cases.iter().rfind(|case| case.name == name).expect("every usual case");
            assert_eq!((case.course.grams.len(), case.used_up.len()), (DAYS, DAYS));
            case.course.grams[DAYS - 1].median()
        };
        assert!(last("twice") > 1.5 * last("as-forecast") && last("half") < last("as-forecast"));
        assert!(last("wave") > last("as-forecast") && last("longer") >= last("as-forecast"));
        let supposed = Supposed { people: 175, flow: 120, ..Supposed::default() };
        let more = ahead(&desk, &one, supposed).unwrap().need.unwrap();
        assert!(more.course.grams[20].median() > 1.3 * told.course.grams[20].median());
        assert!(more.soonest() <= told.soonest());
        let wild = ahead(&desk, &one, Supposed { people: u32::MAX, stays: 0, ..Supposed::default() }).unwrap();
        assert_eq!((wild.supposed.people, wild.supposed.stays), (400, 50), "held within what can be moved");
    });
}

/// On a Wednesday three days of the week that runs are over: the days ahead are as many as ever, and the sum holds all.
#[test]
fn in_the_middle_of_a_week_nobody_is_left_out() {
    on_both_engines(|world| {
        let one = world.facility("BV Hải Âu").with_tank(20_000).register();
        admitted(world, PlaceKey::Facility(one.id), 70);
        world.pass(Span::days(3));
        files(&one, 9_000, Some(ward(60)));
        let told = need(&one);
        assert_eq!((told.grounds, told.course.grams.len(), told.risks.len()), (Grounds::Own, DAYS, DAYS));
        let all = whole(&world.desk(), Supposed::default()).unwrap();
        let summed = all.asked().unwrap().course.grams[6].median();
        assert_eq!(summed, told.course.grams[6].median(), "the sum of one is that one");
        assert!(all.cases.iter().all(|case| case.course.grams[DAYS - 1].median() > 0.0));
    });
}

/// A tank that falls where nobody is said to lie goes on falling.
#[test]
fn a_gauge_that_falls_without_patients_is_believed() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(5_000).register();
        lived(&place, 5, (1_100, 200), Some(Census::default()));
        let told = need(&place);
        assert!((100e3..400e3).contains(&told.course.grams[3].median()), "{}", told.course.grams[3].median());
        assert!(told.empty.as_ref().unwrap().chance_within(10.0 * 24.0).unwrap() > 0.8);
    });
}

/// A need is made anew once more is reported.
#[test]
fn a_report_changes_what_is_remembered() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(20_000).register();
        files(&place, 9_000, Some(ward(20)));
        let before = whole(&world.desk(), Supposed::default()).unwrap();
        assert_eq!(whole(&world.desk(), Supposed::default()).unwrap().at, before.at);
        world.pass(Span::hours(1));
        files(&place, 8_990, Some(ward(40)));
        let after = whole(&world.desk(), Supposed::default()).unwrap();
        assert_eq!((before.patients, after.patients), (22, 44));
    });
}

/// Who sees one facility finds its need and no sum; who sees an area finds the sum of that area; nobody finds others.
#[test]
fn everybody_finds_his_own() {
    on_both_engines(|world| {
        let near = world.facility("BV Hải Âu").with_tank(9_000).lying_in(world.commune("91", 1)).register();
        let far = world.facility("TTYT Sao Biển").with_tank(9_000).lying_in(world.commune("91", 5)).register();
        for place in [&near, &far] {
            files(place, 6_000, Some(ward(10)));
        }
        let officer = world.officer_of(&near);
        assert!(ahead(&officer, &near, Supposed::default()).unwrap().need.is_some());
        assert_eq!(code_of(ahead(&officer, &far, Supposed::default())), code_of::<()>(Err(desk::Failure::NotFound)));
        assert!(whole(&officer, Supposed::default()).is_err(), "a sum of what one happens to see is nobody's");
        let local = world.a_local(Role::Observer, world.commune("91", 1));
        let of_area = whole(&local, Supposed::default()).unwrap();
        let names: Vec<&str> = of_area.facilities.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["BV Hải Âu"]);
        assert_eq!(whole(&world.desk(), Supposed::default()).unwrap().facilities.len(), 2);
    });
}
