//! F010, TT09: what days tell beyond weeks, and what the world does to them.

use forecast::{Ahead, DayTold, Days, Doubt, Forecaster, FromDays, Told, Vintages, WEEKS_AHEAD};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A Sunday: the first day.
const FIRST: Date = date(2021, 5, 2);
/// Days of whole weeks before the running one.
const WHOLE: i64 = 20 * 7;

fn day(since: i64) -> Date {
    FIRST.saturating_add(since.days())
}

/// The last day of the running week.
fn target() -> Date {
    day(WHOLE + 6)
}

/// Days of a place, each told the day after; not a number where nothing was told.
fn told(place: usize, counts: impl IntoIterator<Item = f64>) -> Vec<DayTold> {
    let told = |(since, count): (i64, f64)| DayTold { on: day(since + 1), place, day: day(since), count };
    (0..).zip(counts).filter(|(_, count)| !count.is_nan()).map(told).collect()
}

/// Weeks as they follow from days: once all seven are known.
fn weeks(places: usize, told: &[DayTold], on: Date) -> Vintages {
    let mut weeks = Vec::new();
    for place in 0..places {
        for week in 0..40 {
            let last = |since: i64| {
                let of = told.iter().rev().find(|told| told.place == place && told.day == day(since) && told.on <= on);
                of.map_or(f64::NAN, |told| told.count)
            };
            let count: f64 = (7 * week..7 * week + 7).map(last).sum();
            let ends = day(7 * week + 6);
            if count.is_finite() && ends < on {
                weeks.push(Told { on: ends.saturating_add(1.days()), place, week: ends, count });
            }
        }
    }
    Vintages::new(places, weeks)
}

/// The forecast of so many places at the end of a day, from what was told by then.
fn made(places: usize, all: &[DayTold], on: Date) -> FromDays {
    let days = Days::new(places, all.iter().copied().filter(|told| told.on <= on));
    Forecaster::shipped().forecast_daily(&weeks(places, all, on), &days, on, target())
}

fn weekly(places: usize, all: &[DayTold], on: Date) -> Vec<Ahead> {
    Forecaster::shipped().ahead(&weeks(places, all, on), on, target())
}

fn median(made: &FromDays, place: usize, week: usize) -> f64 {
    let of = made.forecast.ahead.iter().find(|ahead| ahead.place == place && ahead.weeks == week);
    of.expect("a forecast").quantiles.median()
}

/// About a hundred a week, with a scatter that does not repeat.
fn steady(days: i64) -> impl Iterator<Item = f64> {
    (0..days).map(|since| 14.0 + ((since * since) % 5) as f64 - 2.0)
}

#[test]
fn without_days_it_is_the_forecast_of_weeks() {
    let on = day(WHOLE + 4);
    assert_eq!(made(1, &[], on), FromDays::default());
    let all = told(0, steady(WHOLE));
    let (vintages, none) = (weeks(1, &all, on), Days::new(1, []));
    assert!(none.is_empty());
    let from_weeks = Forecaster::shipped().forecast_daily(&vintages, &none, on, target());
    assert_eq!(from_weeks.forecast, Forecaster::shipped().forecast(&vintages, on, target()));
    assert!(from_weeks.begun.is_empty() && from_weeks.led.is_empty());
}

/// Saturday was the last day: windows are weeks. Their last days still tell where it goes.
#[test]
fn the_last_days_of_a_week_tell_where_it_goes() {
    // Large places: where few are counted, the last days are chance.
    let large = |days: i64| steady(days).map(|count| 100.0 * count);
    let calm = told(0, large(WHOLE));
    // The same week, but its cases came at its end.
    let mut late: Vec<f64> = large(WHOLE).collect();
    let week = &mut late[WHOLE as usize - 7..];
    week[..4].iter_mut().for_each(|count| *count -= 600.0);
    week[4..].iter_mut().for_each(|count| *count += 800.0);
    let (calm_made, late_made) = (made(1, &calm, day(WHOLE)), made(1, &told(0, late), day(WHOLE)));
    assert_eq!((calm_made.begun[0].days, calm_made.begun[0].last), (0, day(WHOLE - 1)));
    let (late, calm_week) = (median(&late_made, 0, 1), median(&calm_made, 0, 1));
    assert!(late > 1.05 * calm_week, "{late} {calm_week}");
    let from_weeks = weekly(1, &calm, day(WHOLE))[0].quantiles.median();
    assert!((median(&calm_made, 0, 1) / from_weeks - 1.0).abs() < 0.1, "calm days change little");
}

#[test]
fn days_that_are_known_enter_as_they_are() {
    let all = told(0, steady(WHOLE + 4));
    let on = day(WHOLE + 4);
    let made = made(1, &all, on);
    let known: f64 = all.iter().filter(|told| told.day >= day(WHOLE)).map(|told| told.count).sum();
    let begun = made.begun[0];
    assert_eq!((begun.place, begun.last, begun.days), (0, day(WHOLE + 3), 4));
    assert!((begun.count - known).abs() < 1e-9, "{begun:?}");
    let ahead = &made.forecast.ahead;
    assert_eq!((ahead.len(), ahead[0].day), (WEEKS_AHEAD, target()));
    assert!(ahead[0].quantiles.figures()[0] >= known, "what was counted does not come back");
    let width = |ahead: &Ahead| ahead.quantiles.interval(0.9).1 - ahead.quantiles.interval(0.9).0;
    assert!(width(&ahead[0]) < 0.7 * width(&weekly(1, &all, on)[0]), "four of seven days are sure");
}

#[test]
fn a_rise_in_the_running_week_is_seen_before_the_week_ends() {
    let calm = told(0, steady(WHOLE + 5));
    let rising = told(0, steady(WHOLE).chain([25.0, 30.0, 35.0, 40.0, 45.0]));
    let (calm, rising) = (made(1, &calm, day(WHOLE + 5)), made(1, &rising, day(WHOLE + 5)));
    assert!(median(&rising, 0, 1) > 230.0, "{}", median(&rising, 0, 1));
    for week in 1..=WEEKS_AHEAD {
        assert!(median(&rising, 0, week) > 1.5 * median(&calm, 0, week), "week {week}");
    }
}

#[test]
fn on_the_first_days_of_a_week_days_of_the_last_count_too() {
    // Saturday's count came to nobody yet: the last week is not known, its days are.
    let all = told(0, steady(WHOLE - 7).chain([20.0, 22.0, 26.0, 30.0, 34.0, 40.0]));
    let made = made(1, &all, day(WHOLE));
    assert_eq!((made.begun[0].days, made.begun[0].last, made.begun[0].count), (0, day(WHOLE - 2), 0.0));
    assert_eq!(made.forecast.ahead.len(), WEEKS_AHEAD);
    assert!(median(&made, 0, 1) > 200.0, "{}", median(&made, 0, 1));
    assert!(median(&made, 0, 1) > weekly(1, &all, day(WHOLE))[0].quantiles.median());
}

/// «khoảng dự báo rộng hơn do thiếu số liệu»: a few missing days are filled, and the range is wider for it.
#[test]
fn a_gap_of_days_is_filled_and_widens() {
    let whole: Vec<f64> = steady(WHOLE + 4).collect();
    let mut holed = whole.clone();
    holed[WHOLE as usize + 1] = f64::NAN;
    holed[WHOLE as usize + 2] = f64::NAN;
    let on = day(WHOLE + 4);
    let (whole, holed) = (made(1, &told(0, whole), on), made(1, &told(0, holed), on));
    assert_eq!((whole.begun.len(), holed.begun.len()), (1, 1));
    let (filled, known) = (holed.begun[0].count, whole.begun[0].count);
    assert!((filled / known - 1.0).abs() < 0.25, "{filled} {known}");
    let width = |made: &FromDays| {
        let (low, high) = made.forecast.ahead[0].quantiles.interval(0.9);
        high - low
    };
    assert_eq!(holed.forecast.grounds[0].doubts, [Doubt::MissingDays { days: 2 }], "and it says so");
    assert!(whole.forecast.grounds[0].doubts.is_empty());
    assert!(width(&holed) > width(&whole), "{} {}", width(&holed), width(&whole));
}

#[test]
fn who_fell_behind_and_who_tells_weeks_is_forecast_from_weeks() {
    let on = day(WHOLE + 4);
    let mut all: Vec<DayTold> = (0..3).flat_map(|place| told(place, steady(WHOLE + 4))).collect();
    // The fourth has told nothing since Saturday; the fifth tells weeks alone.
    all.extend(told(3, steady(WHOLE)));
    let only = told(4, steady(WHOLE));
    let both: Vec<DayTold> = all.iter().chain(&only).copied().collect();
    let vintages = weeks(5, &both, on);
    let days = Days::new(5, all);
    let made = Forecaster::shipped().forecast_daily(&vintages, &days, on, target());
    let served: Vec<usize> = made.begun.iter().map(|begun| begun.place).collect();
    assert_eq!(served, [0, 1, 2]);
    let from_weeks = Forecaster::shipped().ahead(&vintages, on, target());
    for place in [3, 4] {
        let of = |ahead: &[Ahead]| ahead.iter().filter(|one| one.place == place).cloned().collect::<Vec<_>>();
        assert_eq!(of(&made.forecast.ahead), of(&from_weeks), "{place}");
    }
    let places: Vec<usize> = made.forecast.grounds.iter().map(|grounds| grounds.place).collect();
    assert_eq!(places, [0, 1, 2, 3, 4]);
}

/// A place of a year of weeks that has told days for a fortnight keeps its year.
#[test]
fn a_fortnight_of_days_does_not_replace_a_year_of_weeks() {
    let on = day(WHOLE + 4);
    let all = told(0, steady(WHOLE + 4));
    let vintages = weeks(1, &all, on);
    let late = Days::new(1, all.iter().copied().filter(|told| told.day >= day(WHOLE - 10)));
    let made = Forecaster::shipped().forecast_daily(&vintages, &late, on, target());
    assert!(made.begun.is_empty());
    assert_eq!(made.forecast.ahead, Forecaster::shipped().ahead(&vintages, on, target()));
}

#[test]
fn the_first_days_of_all_have_a_wide_forecast_once_a_window_is_known() {
    let wednesday = day(3);
    let of = |days: i64, on: Date| {
        let all = told(0, steady(days));
        let days = Days::new(1, all.iter().copied().filter(|told| told.on <= on));
        Forecaster::shipped().forecast_daily(&weeks(1, &all, on), &days, on, day(13))
    };
    assert!(of(3, wednesday).forecast.ahead.is_empty(), "three days are no window");
    let made = of(9, day(9));
    assert_eq!(made.forecast.ahead.len(), WEEKS_AHEAD);
    assert!(made.forecast.grounds[0].doubts.contains(&forecast::Doubt::FewWeeks { weeks: 1 }));
}

/// Every day is first told as half of what it is the day after.
#[test]
fn late_reports_of_days_are_made_up_for() {
    let mut all = Vec::new();
    for since in 0..WHOLE + 4 {
        let told = |after: i64, count: f64| DayTold { on: day(since + after), place: 0, day: day(since), count };
        all.extend([told(1, 50.0), told(2, 100.0)]);
    }
    all.sort_by_key(|told| told.on);
    let made = made(1, &all, day(WHOLE + 4));
    let begun = made.begun[0].count;
    assert!((begun - 400.0).abs() < 12.0, "350 were told, 400 will be: {begun}");
    assert!((median(&made, 0, 1) - 700.0).abs() < 40.0, "{}", median(&made, 0, 1));
}

#[test]
fn a_day_taken_back_a_back_fill_and_a_day_to_come() {
    let on = day(WHOLE + 4);
    let plain: Vec<DayTold> = (0..8).flat_map(|place| told(place, steady(WHOLE + 4))).collect();
    let with = |place: usize, since: i64, count: f64| {
        let mut all = plain.clone();
        all.push(DayTold { on, place, day: day(since), count });
        made(8, &all, on)
    };
    let before = made(8, &plain, on);
    let taken = with(0, WHOLE + 2, f64::NAN);
    assert!((taken.begun[0].count / before.begun[0].count - 1.0).abs() < 0.2, "filled from the week before");
    // 25,112 old cases in a day of March 2022.
    let filled = with(0, WHOLE + 2, 25_112.0);
    assert!(filled.begun[0].count > 25_000.0, "what was told for this week stands");
    // A week ago it leaves the others alone.
    let moved = median(&with(0, WHOLE - 6, 25_112.0), 1, 2) / median(&before, 1, 2);
    assert!((moved - 1.0).abs() < 0.5, "{moved}");
    assert_eq!(with(0, WHOLE + 9, 1e6), before, "a day that has not come");
    assert_eq!(with(0, -30_000, 1e6), before, "a day of another century");
}

#[test]
fn what_is_told_later_is_not_seen_before() {
    let mut all = told(0, steady(WHOLE + 4));
    let on = day(WHOLE + 4);
    let days = |all: &[DayTold]| Days::new(1, all.iter().copied());
    let vintages = weeks(1, &all, on);
    let before = Forecaster::shipped().forecast_daily(&vintages, &days(&all), on, target());
    all.push(DayTold { on: day(WHOLE + 5), place: 0, day: day(WHOLE + 3), count: 9_999.0 });
    assert_eq!(Forecaster::shipped().forecast_daily(&vintages, &days(&all), on, target()), before);
}

fn a_count() -> impl Strategy<Value = f64> {
    prop_oneof![
        12 => 0.0_f64..80.0,
        1 => Just(f64::NAN),
        1 => -1e3_f64..1e12,
        1 => Just(f64::INFINITY),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is told, late, again or never: quantiles are whole, finite, rising, from 0, four weeks a place, and the
    /// same each time to the byte.
    #[test]
    fn any_days_give_sound_quantiles(
        places in prop::collection::vec(prop::collection::vec(a_count(), 100..145), 1..4),
        again in prop::collection::vec((0..4_usize, 0..150_i64, 0..40_i64, a_count()), 0..40),
        weekday in 0..7_i64,
    ) {
        let number = places.len();
        let mut all: Vec<DayTold> = Vec::new();
        for (place, counts) in places.iter().enumerate() {
            // The last of them is told on the last day, whatever their number.
            let first = WHOLE + weekday - counts.len() as i64;
            let told = |(since, count): (i64, &f64)| DayTold { on: day(first + since + 1), place, day: day(first + since), count: *count };
            all.extend((0..).zip(counts).map(told));
        }
        all.extend(again.into_iter().map(|(place, since, late, count)| DayTold { on: day(since + late), place, day: day(since), count }));
        let on = day(WHOLE + weekday);
        let days = Days::new(number, all.iter().copied());
        let vintages = weeks(number, &all, on);
        let make = || Forecaster::shipped().forecast_daily(&vintages, &days, on, target());
        let made = make();
        for one in &made.forecast.ahead {
            let figures = one.quantiles.figures();
            let sound = figures.iter().all(|figure| figure.is_finite() && *figure >= 0.0 && figure.fract() == 0.0);
            prop_assert!(sound, "{one:?}");
            prop_assert!(figures.windows(2).all(|two| two[0] <= two[1]));
        }
        for of_place in made.forecast.ahead.chunk_by(|one, other| one.place == other.place) {
            prop_assert_eq!(of_place.len(), WEEKS_AHEAD);
            let days: Vec<Date> = of_place.iter().map(|ahead| ahead.day).collect();
            prop_assert_eq!(days[0], target());
        }
        prop_assert_eq!(made.forecast.grounds.len() * WEEKS_AHEAD, made.forecast.ahead.len());
        prop_assert_eq!(format!("{made:?}"), format!("{:?}", make()));
    }
}
