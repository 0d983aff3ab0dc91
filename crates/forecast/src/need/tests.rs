//! The whole way, from counts to litres a minute.

use jiff::civil::date;
use oxygen::{Census, Device};
use proptest::prelude::*;
use quantity::convert::rate_of_l_per_min;
use quantity::{Grams, GramsPerHour, Moment, Purity, ReferenceTemperature, Span};

use super::norms::tests::shipped;
use super::*;
use crate::{LEVEL, Quantiles};

fn weeks(size: f64) -> [Quantiles; 4] {
    [Quantiles::rising(LEVEL.map(|level| size * (0.5 + level))); 4]
}

fn known(weeks: &[Quantiles]) -> Known<'_> {
    Known {
        census: Some(Census { mask: 40, hfnc: 9, niv: 2, invasive: 7, ecmo: 1, waiting: Some(2) }),
        base: Base { daily: Grams::from_kg(90), deviation: Grams::from_kg(20), per_coefficient: Grams::ZERO },
        ..Known::new(17, date(2021, 12, 20), Weeks::Quantiles(weeks), Coefficient { log: 0.0, deviation: 0.4, days: 0 })
    }
}

fn drawn(known: &Known<'_>, scenario: Scenario) -> Need {
    need(known, &scenario, &shipped(), &Draws { paths: 60, ..Draws::default() }).unwrap()
}

fn never_less(more: &Need, less: &Need) -> bool {
    (0..less.paths()).all(|path| {
        (0..less.days()).all(|day| {
            more.grams_on(Line::All, path, day) >= less.grams_on(Line::All, path, day)
                && more.peak_on(path, day) >= less.peak_on(path, day)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// OX08: more cases never need less oxygen on any path or day, and what supposes nothing changes nothing.
    #[test]
    fn more_cases_never_need_less(
        size in 0.0..400.0, times in 1.0..4.0, of_cases: bool, first in 0.0..30.0, place: u64,
    ) {
        let weeks = weeks(size);
        let counted = if of_cases { Counted::Cases } else { Counted::Admissions };
        let known = Known { counted, place, before: &[size / 7.0; 20], ..known(&weeks) };
        let plain = drawn(&known, Scenario::default());
        prop_assert_eq!(&plain, &drawn(&known, Scenario { cases: 1.0, ..Scenario::default() }));
        let more = drawn(&known, Scenario { cases: times, ..Scenario::default() });
        prop_assert!(never_less(&more, &plain));
        let needier = drawn(&known, Scenario { on_oxygen: times, ..Scenario::default() });
        prop_assert!(never_less(&needier, &plain));
        let wave = Wave { starts: 5, first, doubling_days: 7.0 };
        let later = drawn(&known, Scenario { wave: Some(wave), ..Scenario::default() });
        prop_assert!(never_less(&later, &plain));
    }

    /// Patients of every path: there or come is there, discharged or dead.
    #[test]
    fn patients_are_conserved_on_every_path(size in 0.0..3_000.0, of_cases: bool, counted: bool, graver in 0.0..5.0) {
        let weeks = weeks(size);
        let known = Known {
            counted: if of_cases { Counted::Cases } else { Counted::Admissions },
            census: counted.then_some(Census { mask: 700, hfnc: 20, niv: 1, invasive: 30, ecmo: 0, waiting: None }),
            before: &[12.0; 40],
            ..known(&weeks)
        };
        let told = drawn(&known, Scenario { graver, ..Scenario::default() });
        for path in 0..told.paths() {
            let (mut came, mut went) = (u64::from(told.at_start(path)), 0);
            for day in 0..told.days() {
                let (admitted, discharged, died) = told.moved(path, day);
                came += u64::from(admitted);
                went += u64::from(discharged) + u64::from(died);
                let there: u32 = Level::ALL.into_iter().map(|level| told.at_level(level, path, day)).sum();
                prop_assert_eq!(came, u64::from(there) + went);
            }
        }
    }

    /// Hours to empty: more stock never empties earlier, and a delivery never hurts.
    #[test]
    fn more_stock_never_empties_earlier(kg in 0_i64..60_000, more in 0_i64..20_000, day in 0_i64..30, late in -40_i64..40) {
        let weeks = weeks(60.0);
        let told = drawn(&known(&weeks), Scenario::default());
        let now = Moment::start_of(told.first()) + Span::hours(late);
        let truck = [Arrival { at: now + Span::days(day), grams: Grams::from_kg(more), probability: 0.8 }];
        let hours = |usable: i64, arrivals: &[Arrival]| {
            let stock = Stock { now, usable: Grams::from_kg(usable), production: GramsPerHour::ZERO, holds: None, arrivals };
            hours_to_empty(&stock, &told, 3)
        };
        let (bare, helped, richer) = (hours(kg, &[]), hours(kg, &truck), hours(kg + more, &[]));
        for share in [0.05, 0.5, 0.95] {
            let or_never = |emptying: &Emptying| emptying.hours_at(share).unwrap_or(f64::INFINITY);
            prop_assert!(or_never(&bare) <= or_never(&helped) && or_never(&helped) <= or_never(&richer) + 1e-6);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let weeks = weeks(80.0);
    let told = drawn(&known(&weeks), Scenario::default());
    assert_eq!(told, drawn(&known(&weeks), Scenario::default()));
    let other =
        need(&known(&weeks), &Scenario::default(), &shipped(), &Draws { paths: 60, seed: 2, ..Draws::default() });
    assert_ne!(Some(told), other);
}

/// facts §2: many patients on masks take the mean of the shipped distribution, with the share of the piping on top.
#[test]
fn grams_are_patients_times_mean_flow() {
    let weeks = weeks(0.0);
    let mut norms = shipped();
    norms.stays.ward = protocol::Figure { low: 4_000.0, value: 4_000.0, high: 4_000.0 };
    (norms.day_deviation, norms.stray_per_day) = (0.0, 0.0);
    let census = Census { mask: 5_000, ..Census::default() };
    let still = Known { census: Some(census), coefficient: Coefficient::NORM, base: Base::NONE, ..known(&weeks) };
    let told = need(&still, &Scenario::default(), &norms, &Draws::default()).unwrap();
    let grams = told.grams(Line::Epidemic, 0).median();
    assert!((grams / norms.norm_use(&census).as_f64() - 1.0).abs() < 0.01, "{grams}");
    let (low, high) = told.grams(Line::Epidemic, 0).interval(0.9);
    assert!((high / low - 1.0) < 0.12, "only the losses are unsure: {low} to {high}");
    assert_eq!(told.grams(Line::Other, 0).median(), 0.0);
}

#[test]
fn the_epidemic_and_other_diseases_stand_apart() {
    let weeks = weeks(80.0);
    let plain = drawn(&known(&weeks), Scenario::default());
    let none = drawn(&known(&weeks), Scenario { flow: 0.0, ..Scenario::default() });
    let other = plain.grams(Line::Other, 10).median() / 1_000.0;
    assert!((other - 90.0).abs() < 15.0, "{other}");
    for path in 0..plain.paths() {
        assert_eq!(none.grams_on(Line::Epidemic, path, 10), Grams::ZERO);
        assert_eq!(none.grams_on(Line::All, path, 10), plain.grams_on(Line::Other, path, 10));
    }
    let tank = Base::boil_off(Grams::from_kg(20_000), &shipped());
    assert_eq!(tank.daily, Grams::from_kg(70), "0.35 % a day");
}

#[test]
fn scenarios_move_what_they_name() {
    let weeks = weeks(80.0);
    let known = known(&weeks);
    let plain = drawn(&known, Scenario::default());
    let icu = |need: &Need| need.patients(Level::Icu, 20).median();
    let ward = |need: &Need| need.patients(Level::Ward, 20).median();
    let all = |need: &Need| need.on_oxygen(20).median();
    let graver = drawn(&known, Scenario { graver: 3.0, ..Scenario::default() });
    assert!(icu(&graver) > 1.3 * icu(&plain) && ward(&graver) < ward(&plain));
    let longer = drawn(&known, Scenario { stays: 1.5, ..Scenario::default() });
    assert!(all(&longer) > 1.15 * all(&plain));
    let wave = Wave { starts: 7, first: 10.0, doubling_days: 7.0 };
    let later = drawn(&known, Scenario { wave: Some(wave), ..Scenario::default() });
    assert!(all(&later) > 1.5 * all(&plain));
    assert_eq!(later.on_oxygen(6), plain.on_oxygen(6), "not before it begins");
    let odd = Scenario { cases: f64::NAN, stays: f64::INFINITY, ..Scenario::default() };
    assert_eq!(drawn(&known, odd), plain, "what is no number supposes nothing");
}

/// Coherent totals: the same path number is the same scenario.
#[test]
fn facilities_are_added_path_by_path() {
    let weeks = weeks(80.0);
    let one = drawn(&known(&weeks), Scenario::default());
    let other = drawn(&Known { place: 18, ..known(&weeks) }, Scenario::default());
    let sum = Need::sum([&one, &other]).unwrap();
    for path in 0..sum.paths() {
        assert_eq!(
            sum.grams_on(Line::All, path, 9),
            one.grams_on(Line::All, path, 9) + other.grams_on(Line::All, path, 9)
        );
        assert_eq!(
            sum.on_device(Device::Hfnc, path, 9),
            one.on_device(Device::Hfnc, path, 9) + other.on_device(Device::Hfnc, path, 9)
        );
    }
    let high = |need: &Need| need.grams(Line::All, 9).interval(0.9).1;
    assert!(high(&sum) < high(&one) + high(&other), "quantiles of sums are no sums of quantiles");
    let short = drawn(&Known { days: 7, ..known(&weeks) }, Scenario::default());
    assert_eq!(Need::sum([&one, &short]), None);
    assert_eq!(Need::sum([]), None);
}

/// Paths that were made to agree elsewhere are followed as they are.
#[test]
fn given_paths_are_followed() {
    let weeks = weeks(80.0);
    let draws = Draws { paths: 60, ..Draws::default() };
    let paths = weekly_paths(&weeks, 17, &draws);
    let along = Known { weeks: Weeks::Paths(&paths), ..known(&weeks) };
    assert_eq!(drawn(&along, Scenario::default()), drawn(&known(&weeks), Scenario::default()));
    let odd = [vec![f64::NAN; 4], vec![-3.0, 5.0, 9.0]];
    let told = drawn(&Known { weeks: Weeks::Paths(&odd), ..known(&weeks) }, Scenario::default());
    assert_eq!((told.paths(), told.days()), (2, 21), "as many weeks as every path has");
}

/// A forecast of whole weeks, told in the middle of one.
#[test]
fn days_that_are_gone_bring_nobody() {
    let weeks = weeks(70.0);
    let whole = drawn(&known(&weeks), Scenario::default());
    let later = drawn(&Known { gone: 5, first: date(2021, 12, 25), ..known(&weeks) }, Scenario::default());
    assert_eq!((whole.days(), later.days()), (28, 23));
    let came = |need: &Need, days: std::ops::Range<usize>| {
        need.quantiles(|path| days.clone().map(|day| f64::from(need.moved(path, day).0)).sum()).median()
    };
    assert!((came(&later, 0..2) / came(&whole, 5..7) - 1.0).abs() < 0.35, "two days of a week, and who waits");
    assert!((came(&later, 2..23) / came(&whole, 7..28) - 1.0).abs() < 0.05, "and three whole weeks");
}

#[test]
fn bad_input_is_no_need_or_a_bounded_one() {
    let none: [Quantiles; 0] = [];
    let norms = shipped();
    assert_eq!(need(&known(&none), &Scenario::default(), &norms, &Draws::default()), None, "no week is no forecast");
    let weeks = weeks(80.0);
    assert_eq!(need(&Known { days: 0, ..known(&weeks) }, &Scenario::default(), &norms, &Draws::default()), None);
    assert_eq!(drawn(&known(&weeks[..1]), Scenario::default()).days(), 7);
    let none = Known { weeks: Weeks::Paths(&[]), ..known(&weeks) };
    assert_eq!(need(&none, &Scenario::default(), &norms, &Draws::default()), None);
    let odd = [Quantiles::rising([f64::NAN; crate::LEVELS]); 4];
    assert_eq!(drawn(&known(&odd), Scenario::default()).days(), 28);
    let vast = [Quantiles::rising([f64::INFINITY; crate::LEVELS]); 1];
    assert!(drawn(&known(&vast), Scenario { cases: 1e9, ..Scenario::default() }).on_oxygen(6).median() > 1e6);
    // One path in sixty that is no count of people, and a wave beyond all bounds.
    let mut wild = vec![vec![30.0; 4]; 60];
    wild[59] = vec![f64::INFINITY; 4];
    let wave = Wave { starts: 0, first: 1e300, doubling_days: 0.1 };
    let supposed = Scenario { cases: 1e300, wave: Some(wave), ..Scenario::default() };
    assert_eq!(drawn(&Known { weeks: Weeks::Paths(&wild), ..known(&weeks) }, supposed).paths(), 60);
    let odd = Known { share: f64::NAN, before: &[f64::NAN, -4.0, 3.0], counted: Counted::Cases, ..known(&weeks) };
    assert_eq!(drawn(&odd, Scenario::default()).days(), 28);
    let one = need(&known(&weeks), &Scenario::default(), &norms, &Draws { paths: 0, ..Draws::default() }).unwrap();
    assert_eq!(one.paths(), 1);
}

/// Without a census those who came in the last weeks are there.
#[test]
fn admissions_of_the_last_weeks_stand_in_for_a_census() {
    let weeks = weeks(70.0);
    let unknown = Known { census: None, ..known(&weeks) };
    let bare = drawn(&unknown, Scenario::default());
    assert_eq!(bare.at_start(0), 0);
    let told = drawn(&Known { before: &[10.0; 60], ..unknown }, Scenario::default());
    let there = told.quantiles(|path| f64::from(told.at_start(path))).median();
    assert!(there > 45.0 && there < 95.0, "ten a day, six of them on oxygen for ten days: {there}");
}

#[test]
fn days_beyond_storage_flow_and_beds_are_told_and_the_unknown_is_not() {
    let weeks = weeks(200.0);
    let told = drawn(&known(&weeks), Scenario::default());
    let mid = told.grams(Line::All, 27).median();
    let rate = |litres| rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE);
    let limits = Limits {
        storage: Some(Grams::from_f64(7.0 * mid)),
        days_of_cover: 7.0,
        flow: Some(rate(told.peak_l_per_min(27).median())),
        oxygen_beds: Some(0),
        production: GramsPerHour::ZERO,
        beds: [Some(10_000), None, Some(0)],
    };
    let days = risks(&told, &limits);
    assert_eq!(days.len(), 28);
    let last = days[27];
    assert!((last.storage.unwrap() - 0.5).abs() < 0.02 && (last.flow.unwrap() - 0.5).abs() < 0.02);
    assert_eq!((last.oxygen_beds, last.beds[0], last.beds[1]), (Some(1.0), Some(0.0), None));
    assert!(last.beds[2].unwrap() > 0.95 && last.worst().unwrap() > 0.95);
    assert!(days[0].storage.unwrap() < last.storage.unwrap(), "admissions outgrow the patients there");
    let made = Limits { production: GramsPerHour(mid / 24.0), ..limits };
    assert!(risks(&told, &made)[27].storage.unwrap() < 0.3, "what machines make comes out of no vessel");
    let any = risk_of_any_day(&told, &limits, 28);
    assert!(any.flow.unwrap() >= days.iter().filter_map(|day| day.flow).fold(0.0, f64::max));
    assert_eq!(risks(&told, &Limits::default())[0].worst(), None);
    let peak = told.peak_l_per_min(3).median();
    let mean = told.grams(Line::All, 3).median() / 24.0 / rate(1.0).0;
    assert!(peak > 1.15 * mean && peak < 1.7 * mean, "{peak} L/min at most, {mean} on average");
}

#[test]
fn hours_to_empty_follow_the_stock() {
    let weeks = weeks(60.0);
    let told = drawn(&known(&weeks), Scenario::default());
    let now = Moment::start_of(told.first()) + Span::hours(9);
    let usable = Grams::from_f64(told.grams(Line::All, 1).median() * 2.0);
    let stock = Stock { now, usable, production: GramsPerHour::ZERO, holds: None, arrivals: &[] };
    let bare = hours_to_empty(&stock, &told, 1);
    let mid = bare.hours_at(0.5).unwrap();
    assert!((mid - 48.0).abs() < 6.0, "two days of use: {mid}");
    assert!(bare.hours_at(0.05).unwrap() < mid && bare.chance_within(24.0).unwrap() < 0.5);
    assert_eq!((bare.chance(), bare.looked()), (1.0, 28.0 * 24.0 - 9.0));
    assert_eq!(bare.chance_within(5_000.0), None, "nobody looked so far ahead");
    assert_eq!((bare.left().len(), bare.left()[4].median()), (28, 0.0));
    assert!(bare.left()[0].median() > 0.5 * usable.as_f64() && bare.left()[0].median() < usable.as_f64());
    let made = Stock { production: GramsPerHour(1e9), ..stock };
    assert_eq!(hours_to_empty(&made, &told, 1).chance(), 0.0, "what machines make empties no vessel");
    // A truck that surely comes after a day with enough for the month, and one that never comes.
    let trucks = [
        Arrival { at: now + Span::days(1), grams: Grams::from_kg(900_000), probability: 1.0 },
        Arrival { at: now - Span::days(1), grams: Grams::from_kg(900_000), probability: 0.0 },
    ];
    let helped = hours_to_empty(&Stock { arrivals: &trucks, ..stock }, &told, 1);
    assert!(helped.chance() < 0.1, "only what is empty within the day: {}", helped.chance());
    assert!(helped.hours_at(0.5).is_none());
    assert!(helped.left()[1].median() > bare.left()[1].median());
    let full = Stock { holds: Some(usable), arrivals: &trucks, ..stock };
    assert!(hours_to_empty(&full, &told, 1).chance() > 0.9, "the tank does not hold more");
    let empty = Stock { usable: Grams::ZERO, ..stock };
    assert_eq!(hours_to_empty(&empty, &told, 1).hours_at(0.5), Some(0.0));
}

/// Printed, and bounded widely: the machine that tests is not the one that measures.
#[test]
fn a_facility_is_drawn_in_milliseconds() {
    let norms = shipped();
    for a_week in [140.0, 7_000.0] {
        let weeks = weeks(a_week);
        let times = a_week as u32 / 140;
        let census =
            Census { mask: 40 * times, hfnc: 9 * times, niv: 2 * times, invasive: 7 * times, ecmo: 1, waiting: None };
        let known = Known { before: &[a_week / 7.0; 60], census: Some(census), ..known(&weeks) };
        let start = std::time::Instant::now();
        let rounds = 20;
        for seed in 0..rounds {
            assert!(need(&known, &Scenario::default(), &norms, &Draws { seed, ..Draws::default() }).is_some());
        }
        let each = start.elapsed() / rounds as u32;
        println!("28 days × 200 paths, {a_week} admissions a week: {each:?}");
        assert!(each.as_millis() < 300, "{each:?}");
    }
}
