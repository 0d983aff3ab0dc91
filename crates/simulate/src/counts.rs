//! Counts by place and day as they reach the command post: invented, late, corrected, sometimes never told.
//!
//! The weeks of Kiên Giang are the published ones, and invented ones after them; how they fall on places and days is invented.
//! Those of the drill are invented altogether, and so are the few admissions of the quiet province.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use quantity::{Moment, Span};

use crate::chapter::Chapter;
use crate::dice::Dice;

/// A figure as it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ToldCount {
    /// The day on which it is told.
    pub told_on: Date,
    /// The day it is of.
    pub day: Date,
    /// Of which place: its index among the weights.
    pub place: usize,
    /// People.
    pub count: u32,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// New confirmed cases.
    Cases,
    /// Admissions: of nine cases two, four days later.
    Admissions,
}

/// Weeks that a chapter tells of before its opening.
const WEEKS: i64 = 26;
/// A figure of a week may be told, or corrected, so many weeks after it at most.
const LATEST: i64 = 2;
/// People of a quiet week who come with a fever and a cough, the fewest and the most.
const QUIET: (f64, f64) = (22.0, 46.0);
/// The drill's cases a day without a wave, and at its top.
const DRILL: (f64, f64) = (40.0, 900.0);
/// Days from a case to its admission.
const TO_ADMISSION: f64 = 4.0;
/// Cases of which one is admitted.
const CASES_AN_ADMISSION: f64 = 4.5;
/// What is told of each day of a week, Sunday first: laboratories rest, and Monday makes up for it.
const WEEKDAYS: [f64; 7] = [0.72, 1.16, 1.10, 1.06, 1.04, 1.02, 0.90];
/// Of how many figures one is told on its own day, on the next, and later.
const ON_TIME: f64 = 0.78;
const NEXT_DAY: f64 = 0.93;
/// Of figures so many are never told, and so many are corrected some days later.
const NEVER: f64 = 0.003;
const CORRECTED: f64 = 0.10;

/// Everything told until a day, that day included, in the order in which it is told. Places have the shares of their
/// weights. A quiet chapter tells of admissions only.
pub fn told_counts(chapter: Chapter, seed: u64, counted: Counted, weights: &[f64], until: Date) -> Vec<ToldCount> {
    let opening = chapter.opening_day();
    told_between(chapter, seed, counted, weights, (before(week_of(opening), 7 * WEEKS), until))
}

/// What is told after one day and until another, in the same order: what was told until the first, and then this, is what
/// is told until the second.
pub fn told_between(
    chapter: Chapter,
    seed: u64,
    counted: Counted,
    weights: &[f64],
    (after, until): (Date, Date),
) -> Vec<ToldCount> {
    let mut told = Vec::new();
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return told;
    }
    let first = before(week_of(chapter.opening_day()), 7 * (WEEKS - 1));
    let mut week_end = week_of(before(after, 7 * LATEST)).max(first);
    while week_end <= week_of(until) {
        if let Some(total) = total_of(chapter, seed, counted, week_end) {
            tell_week(&mut told, (seed, counted), weights, week_end, total);
        }
        let Ok(next) = week_end.checked_add(7.days()) else { break };
        week_end = next;
    }
    told.retain(|one| one.told_on > after && one.told_on <= until && one.day <= until);
    told.sort_by_key(|one| (one.told_on, one.day, one.place));
    told
}

/// The Saturday that ends the week of a day.
fn week_of(day: Date) -> Date {
    let ahead = i64::from(day.weekday().until(Weekday::Saturday));
    day.checked_add(ahead.days()).unwrap_or(day)
}

fn before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

/// The people of a week.
fn total_of(chapter: Chapter, seed: u64, counted: Counted, week_end: Date) -> Option<u32> {
    if chapter == Chapter::Quiet2026 {
        let week = u64::from(week_end.year().unsigned_abs()) * 1_000 + u64::from(week_end.day_of_year().unsigned_abs());
        let people = Dice::of(seed, "counts-quiet", week, 0).between(QUIET.0, QUIET.1);
        return (counted == Counted::Admissions).then_some(people.round() as u32);
    }
    let cases = |week_end: Date| match chapter {
        Chapter::Delta2021 => {
            let weeks = chapter.weeks_until(week_end);
            weeks.iter().find(|week| week.week_ending == week_end).map(|week| f64::from(week.cases))
        }
        Chapter::Drill2026 => {
            let noon = Moment::start_of(before(week_end, 3)) + Span::hours(12);
            // Who is admitted was a case some days before: cases run ahead of the wave in the wards.
            let wave = chapter.wave(0, noon + Span::days(4), 1).first().copied().unwrap_or_default();
            Some(7.0 * (DRILL.0 + DRILL.1 * wave))
        }
        Chapter::Quiet2026 => None,
    };
    let this = cases(week_end)?;
    let total = match counted {
        Counted::Cases => this,
        Counted::Admissions => {
            let late = TO_ADMISSION / 7.0;
            (cases(before(week_end, 7)).unwrap_or(this) * late + this * (1.0 - late)) / CASES_AN_ADMISSION
        }
    };
    Some(total.round().max(0.0) as u32)
}

/// Tells a week day by day: the figures sum to its total, once everything is told.
fn tell_week(told: &mut Vec<ToldCount>, (seed, counted): (u64, Counted), weights: &[f64], week_end: Date, total: u32) {
    let purpose = match counted {
        Counted::Cases => "counts-cases",
        Counted::Admissions => "counts-admissions",
    };
    let week = u64::from(week_end.year().unsigned_abs()) * 1_000 + u64::from(week_end.day_of_year().unsigned_abs());
    let mut dice = Dice::of(seed, purpose, week, 0);
    let mut cells = Vec::with_capacity(weights.len() * 7);
    for (place, weight) in weights.iter().enumerate() {
        let local = weight * dice.between(0.75, 1.25);
        for (weekday, usual) in WEEKDAYS.iter().enumerate() {
            cells.push((place, weekday, local * usual * dice.between(0.85, 1.15)));
        }
    }
    let figures = shared(total, &cells.iter().map(|cell| cell.2).collect::<Vec<f64>>());
    for ((place, weekday, _), count) in cells.into_iter().zip(figures) {
        let day = before(week_end, 6 - weekday as i64);
        if dice.chance(NEVER) {
            continue;
        }
        let drawn = dice.share();
        let late = match drawn {
            drawn if drawn < ON_TIME => 0,
            drawn if drawn < NEXT_DAY => 1,
            _ => 2 + i64::from(dice.chance(0.5)) + i64::from(dice.chance(0.3)),
        };
        let told_on = day.checked_add(late.days()).unwrap_or(day);
        // Some of the day's people are found later.
        let missed =
            if dice.chance(CORRECTED) { (f64::from(count) * dice.between(0.05, 0.25)).round() as u32 } else { 0 };
        told.push(ToldCount { told_on, day, place, count: count - missed.min(count) });
        if missed > 0 {
            let again = told_on.checked_add((2 + i64::from(dice.chance(0.5)) * 2).days()).unwrap_or(told_on);
            told.push(ToldCount { told_on: again, day, place, count });
        }
    }
}

/// A whole number shared by weights, by the largest remainders: the parts sum to it.
fn shared(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| f64::from(total) * weight / sum).collect();
    let mut parts: Vec<u32> = exact.iter().map(|part| part.floor() as u32).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let rest = |place: &usize| exact.get(*place).map_or(0.0, |part| part.fract());
    order.sort_by(|one, other| rest(other).total_cmp(&rest(one)));
    let left = total.saturating_sub(parts.iter().sum());
    for place in order.into_iter().take(left as usize) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    const WEIGHTS: [f64; 4] = [5.0, 2.0, 1.0, 0.5];

    fn final_weeks(told: &[ToldCount]) -> BTreeMap<Date, (u32, usize)> {
        let last: BTreeMap<(Date, usize), u32> = told.iter().map(|one| ((one.day, one.place), one.count)).collect();
        let mut weeks: BTreeMap<Date, (u32, usize)> = BTreeMap::new();
        for ((day, _), count) in last {
            let end = day.checked_add(i64::from(day.weekday().until(Weekday::Saturday)).days()).unwrap();
            let week = weeks.entry(end).or_default();
            *week = (week.0 + count, week.1 + 1);
        }
        weeks
    }

    /// What is invented sums to what was published, wherever nothing was lost.
    #[test]
    fn the_days_of_2021_sum_to_the_published_weeks() {
        let told = told_counts(Chapter::Delta2021, 7, Counted::Cases, &WEIGHTS, date(2021, 11, 22));
        let published = Chapter::Delta2021.weeks_until(date(2021, 11, 22));
        let weeks = final_weeks(&told);
        assert!(weeks.len() >= 20, "{}", weeks.len());
        let whole: Vec<_> = weeks.iter().filter(|(end, week)| week.1 == 28 && **end <= date(2021, 11, 13)).collect();
        assert!(whole.len() >= 15, "{}", whole.len());
        for (end, (sum, _)) in whole {
            assert_eq!(published.iter().find(|week| week.week_ending == *end).unwrap().cases, *sum, "{end}");
        }
    }

    #[test]
    fn some_are_late_and_some_are_corrected_and_the_same_seed_says_the_same() {
        let until = date(2026, 11, 22);
        let told = told_counts(Chapter::Drill2026, 7, Counted::Admissions, &WEIGHTS, until);
        assert_eq!(told, told_counts(Chapter::Drill2026, 7, Counted::Admissions, &WEIGHTS, until));
        assert_ne!(told, told_counts(Chapter::Drill2026, 8, Counted::Admissions, &WEIGHTS, until));
        let late = told.iter().filter(|one| one.told_on > one.day).count();
        assert!(late > told.len() / 8 && late < told.len() / 2, "{late} of {}", told.len());
        assert!(told.iter().all(|one| one.day <= one.told_on && one.told_on <= until));
        assert!(told.windows(2).all(|pair| pair[0].told_on <= pair[1].told_on));
        assert!(told_counts(Chapter::Quiet2026, 7, Counted::Cases, &WEIGHTS, until).is_empty());
    }

    #[test]
    fn a_quiet_province_admits_a_few_people_each_week() {
        let told = told_counts(Chapter::Quiet2026, 7, Counted::Admissions, &WEIGHTS, Chapter::Quiet2026.opening_day());
        let weeks = final_weeks(&told);
        let whole: Vec<u32> = weeks.values().filter(|week| week.1 == 28).map(|week| week.0).collect();
        assert!(whole.len() >= 15, "{}", whole.len());
        assert!(whole.iter().all(|people| (22..=46).contains(people)), "{whole:?}");
    }

    /// However the clock is moved on, by hours or by weeks, the same is told.
    #[test]
    fn told_in_pieces_it_is_the_same() {
        for chapter in [Chapter::Drill2026, Chapter::Delta2021, Chapter::Quiet2026] {
            let opening = chapter.opening_day();
            let day = |days: i64| opening.checked_add(days.days()).unwrap();
            let at_once = told_counts(chapter, 7, Counted::Admissions, &WEIGHTS, day(40));
            let mut pieces = told_counts(chapter, 7, Counted::Admissions, &WEIGHTS, opening);
            for (after, until) in [(0, 1), (1, 2), (2, 9), (9, 10), (10, 40)] {
                let between = (day(after), day(until));
                pieces.extend(told_between(chapter, 7, Counted::Admissions, &WEIGHTS, between));
            }
            assert_eq!(pieces, at_once, "{chapter:?}");
            assert!(at_once.iter().any(|one| one.told_on > day(30)), "{chapter:?}");
        }
    }

    #[test]
    fn parts_sum_to_the_whole() {
        for total in [0, 1, 7, 1_000] {
            assert_eq!(shared(total, &WEIGHTS).iter().sum::<u32>(), total);
        }
        assert_eq!(shared(9, &[1.0, 1.0, 1.0]), [3, 3, 3]);
    }
}
