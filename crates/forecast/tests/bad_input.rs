//! F010: what the world does to counts, and what a forecast makes of it: never nothing, never not a number, wider where less
//! is known.

use forecast::{Ahead, Doubt, Forecaster, Told, Vintages, WEEKS_AHEAD};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const FIRST: Date = date(2021, 5, 1);

fn day(week: usize) -> Date {
    FIRST.saturating_add((7 * week as i64).days())
}

/// Every week told two days after its end; not a number where it was not.
fn told(place: usize, first: usize, counts: &[f64]) -> Vec<Told> {
    let told = |(week, count): (usize, &f64)| {
        let week = day(first + week);
        Told { on: week.saturating_add(2.days()), place, week, count: *count }
    };
    counts.iter().enumerate().filter(|(_, count)| !count.is_nan()).map(told).collect()
}

/// The forecast of one place after so many weeks.
fn after(weeks: usize, told: Vec<Told>) -> Vec<Ahead> {
    Forecaster::shipped().ahead(&Vintages::new(1, told), day(weeks - 1).saturating_add(2.days()), day(weeks))
}

fn doubts(weeks: usize, told: Vec<Told>) -> Vec<Doubt> {
    let vintages = Vintages::new(1, told);
    let forecast = Forecaster::shipped().forecast(&vintages, day(weeks - 1).saturating_add(2.days()), day(weeks));
    forecast.grounds[0].doubts.clone()
}

fn width(ahead: &Ahead) -> f64 {
    let (low, high) = ahead.quantiles.interval(0.9);
    high - low
}

fn steady() -> Vec<f64> {
    (0..20).map(|week| 100.0 + 10.0 * f64::from(week % 3)).collect()
}

#[test]
fn one_two_and_three_counts_give_a_wide_forecast_that_says_so() {
    let mut widths = Vec::new();
    for known in [1, 2, 3, 20] {
        let told = told(0, 20 - known, &steady()[20 - known..]);
        let ahead = after(20, told.clone());
        assert_eq!(ahead.len(), WEEKS_AHEAD, "{known} counts");
        assert_eq!(doubts(20, told).contains(&Doubt::FewWeeks { weeks: known }), known < 20);
        widths.push(width(&ahead[0]));
    }
    assert!(widths[..3].iter().all(|width| *width > widths[3]), "{widths:?}");
}

#[test]
fn nothing_known_gives_nothing_and_no_panic() {
    assert!(after(4, Vec::new()).is_empty());
    assert!(after(4, told(0, 0, &[f64::NAN; 4])).is_empty());
}

#[test]
fn weeks_of_silence_widen_and_are_named() {
    let mut counts = steady();
    let heard = after(20, told(0, 0, &counts));
    counts[17..].fill(f64::NAN);
    let silent = after(20, told(0, 0, &counts));
    assert_eq!(silent.len(), WEEKS_AHEAD);
    assert!(width(&silent[0]) > width(&heard[0]), "{} {}", width(&silent[0]), width(&heard[0]));
    assert!(doubts(20, told(0, 0, &counts)).contains(&Doubt::Silent { weeks: 3 }));
}

#[test]
fn zeros_stay_near_zero_and_are_not_taken_for_unknown() {
    let ahead = after(20, told(0, 0, &[0.0; 20]));
    assert_eq!(ahead[0].quantiles.median(), 0.0);
    assert!(ahead[0].quantiles.interval(0.9).1 <= 5.0, "{:?}", ahead[0].quantiles);
}

/// Vĩnh Phúc added 25,112 old cases in one day of March 2022: the forecast of others does not follow.
#[test]
fn a_back_fill_of_thousands_leaves_the_others_alone() {
    let both = |filled: bool| {
        let mut counts = steady();
        if filled {
            counts[18] += 25_112.0;
        }
        let all = [told(0, 0, &counts), told(1, 0, &steady())].concat();
        Forecaster::shipped().ahead(&Vintages::new(2, all), day(19).saturating_add(2.days()), day(20))
    };
    let (plain, filled) = (both(false), both(true));
    let median = |all: &[Ahead], place: usize| all.iter().find(|one| one.place == place).unwrap().quantiles.median();
    let moved = median(&filled, 1) / median(&plain, 1);
    assert!((moved - 1.0).abs() < 0.35, "{moved}");
    assert!(median(&filled, 0) < 5_000.0, "the next week is not taken for thousands more: {}", median(&filled, 0));
}

#[test]
fn negative_corrections_count_as_no_case() {
    let mut counts = steady();
    counts[19] = -40.0;
    let ahead = after(20, told(0, 0, &counts));
    assert!(ahead.iter().all(|one| one.quantiles.figures()[0] >= 0.0));
}

#[test]
fn what_is_told_later_is_not_seen_before() {
    let mut all = told(0, 0, &steady());
    let before = after(20, all.clone());
    all.push(Told { on: day(30), place: 0, week: day(21), count: 1e6 });
    assert_eq!(after(20, all), before);
}

/// Figures a hundred times as large from a week on: whole numbers, finite, wide.
#[test]
fn a_switched_unit_ends_in_a_wide_forecast() {
    let mut counts = steady();
    counts[18] *= 100.0;
    counts[19] *= 100.0;
    let switched = after(20, told(0, 0, &counts));
    assert!(width(&switched[0]) > 10.0 * width(&after(20, told(0, 0, &steady()))[0]));
}

fn a_count() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => 0.0_f64..500.0,
        1 => Just(f64::NAN),
        1 => -1e3_f64..1e12,
        1 => Just(0.0),
        1 => Just(f64::INFINITY),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is told: quantiles are whole, finite, rising, from 0; and the same each time, to the byte.
    #[test]
    fn any_counts_give_sound_quantiles(
        places in prop::collection::vec(prop::collection::vec(a_count(), 1..40), 1..5),
    ) {
        let all: Vec<Told> = places.iter().enumerate().flat_map(|(place, counts)| told(place, 0, counts)).collect();
        let vintages = Vintages::new(places.len(), all);
        let last = places.iter().map(Vec::len).max().unwrap_or(1);
        let forecaster = Forecaster::shipped();
        let make = || forecaster.ahead(&vintages, day(last - 1).saturating_add(2.days()), day(last));
        let ahead = make();
        for one in &ahead {
            let figures = one.quantiles.figures();
            let sound = figures.iter().all(|figure| figure.is_finite() && *figure >= 0.0 && figure.fract() == 0.0);
            prop_assert!(sound, "{one:?}");
            prop_assert!(figures.windows(2).all(|two| two[0] <= two[1]));
        }
        prop_assert_eq!(format!("{ahead:?}"), format!("{:?}", make()));
    }
}
