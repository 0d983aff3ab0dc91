//! Weeks as they were known at the end of each day: pure.
//!
//! A week ends on a Saturday. It is told once all its seven days are known, or once somebody told the week itself; of
//! both the one that was told last counts, and the week itself where both were told on one day. A day that is missing
//! makes the week unknown, never smaller.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Span;

/// A figure as it became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day on which it was told.
    pub told_on: Date,
    /// Of which place.
    pub place: usize,
    /// The day it is of, or the last day of its week.
    pub day: Date,
    /// A day or a week.
    pub span: Span,
    /// People; none where what was known was taken back.
    pub count: Option<u32>,
}

/// A week as it was known from the end of a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekTold {
    /// From the end of which day on.
    pub told_on: Date,
    /// Of which place.
    pub place: usize,
    /// Its Saturday.
    pub week_end: Date,
    /// People; none where it became unknown again.
    pub count: Option<u32>,
}

/// The Saturday that ends the week of a day.
pub fn week_end_of(day: Date) -> Date {
    let ahead = day.weekday().until(Weekday::Saturday);
    day.checked_add(i64::from(ahead).days()).unwrap_or(day)
}

#[derive(Default)]
struct Week {
    days: [Option<u32>; 7],
    days_on: Option<Date>,
    week: Option<u32>,
    week_on: Option<Date>,
    said: Option<u32>,
}

impl Week {
    fn take(&mut self, change: &Change) {
        if change.span == Span::Week {
            (self.week, self.week_on) = (change.count, Some(change.told_on));
            return;
        }
        let place = usize::try_from(change.day.weekday().to_sunday_zero_offset()).unwrap_or_default();
        if let Some(day) = self.days.get_mut(place) {
            *day = change.count;
        }
        self.days_on = Some(change.told_on);
    }

    fn count(&self) -> Option<u32> {
        let sum = self.days.iter().copied().try_fold(0_u32, |sum, day| Some(sum.saturating_add(day?)));
        match (self.week, sum) {
            (Some(_), Some(sum)) if self.days_on > self.week_on => Some(sum),
            (Some(week), _) => Some(week),
            (None, sum) => sum,
        }
    }
}

/// The weeks that became known or changed, by the day on which they did; within a day by place and week. Of changes
/// told on one day about one thing the last given counts.
pub fn weeks(changes: &[Change]) -> Vec<WeekTold> {
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| change.told_on);
    let mut known: BTreeMap<(usize, Date), Week> = BTreeMap::new();
    let mut told = Vec::new();
    for on_one_day in sorted.chunk_by(|one, other| one.told_on == other.told_on) {
        let mut touched = BTreeSet::new();
        for change in on_one_day {
            let of = (change.place, week_end_of(change.day));
            known.entry(of).or_default().take(change);
            touched.insert(of);
        }
        let Some(told_on) = on_one_day.first().map(|change| change.told_on) else { continue };
        for (place, week_end) in touched {
            let Some(week) = known.get_mut(&(place, week_end)) else { continue };
            let count = week.count();
            if count != week.said {
                week.said = count;
                told.push(WeekTold { told_on, place, week_end, count });
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Sunday 14/11/2021 to Saturday 20/11/2021.
    fn day(number: i8) -> Date {
        date(2021, 11, 13 + number)
    }

    fn told(told_on: Date, day: Date, count: u32) -> Change {
        Change { told_on, place: 0, day, span: Span::Day, count: Some(count) }
    }

    #[test]
    fn a_week_is_told_when_its_last_day_is_known_and_again_when_it_changes() {
        let mut changes: Vec<Change> =
            (1..=7).filter(|one| *one != 3).map(|one| told(day(one), day(one), 10)).collect();
        assert!(weeks(&changes).is_empty(), "a day is missing: the week is unknown, not 60");
        changes.push(told(day(9), day(3), 0));
        changes.push(told(day(12), day(3), 25));
        let week_end = day(7);
        let said = |told_on, count| WeekTold { told_on, place: 0, week_end, count };
        assert_eq!(weeks(&changes), [said(day(9), Some(60)), said(day(12), Some(85))]);
        // Taken back, it is unknown again; the week itself may be told then.
        changes.push(Change { count: None, ..told(day(13), day(3), 0) });
        changes.push(Change { span: Span::Week, ..told(day(14), week_end, 90) });
        assert_eq!(weeks(&changes)[2..], [said(day(13), None), said(day(14), Some(90))]);
    }

    #[test]
    fn of_week_and_days_the_last_told_counts() {
        let mut changes: Vec<Change> = (1..=7).map(|one| told(day(8), day(one), 10)).collect();
        changes.push(Change { span: Span::Week, ..told(day(8), day(7), 75) });
        assert_eq!(weeks(&changes).last().unwrap().count, Some(75), "told on one day: the week");
        changes.push(told(day(9), day(2), 17));
        assert_eq!(weeks(&changes).last().unwrap().count, Some(77));
    }

    #[test]
    fn saturday_ends_a_week() {
        assert_eq!(week_end_of(day(1)), day(7));
        assert_eq!(week_end_of(day(7)), day(7));
        assert_eq!(week_end_of(day(8)), date(2021, 11, 27));
    }

    proptest! {
        /// Whatever is told in whatever order: at the end the weeks that are known are those whose days are known, with
        /// their sum; nothing is told before the day it was told on.
        #[test]
        fn what_is_known_at_the_end_is_the_sum_of_the_days(
            told in proptest::collection::vec((0_i8..14, 0_i8..14, proptest::option::of(0_u32..50)), 0..80),
        ) {
            let start = date(2021, 11, 14);
            let changes: Vec<Change> = told.iter().map(|(day, late, count)| {
                let day = start.checked_add(i64::from(*day).days()).unwrap();
                let told_on = day.checked_add(i64::from(*late).days()).unwrap();
                Change { told_on, place: 0, day, span: Span::Day, count: *count }
            }).collect();
            let mut last: BTreeMap<Date, (Date, Option<u32>)> = BTreeMap::new();
            for change in &changes {
                let known = last.entry(change.day).or_insert((change.told_on, change.count));
                if change.told_on >= known.0 { *known = (change.told_on, change.count); }
            }
            let seen = weeks(&changes);
            prop_assert!(seen.windows(2).all(|pair| pair[0].told_on <= pair[1].told_on));
            for week_end in [date(2021, 11, 20), date(2021, 11, 27)] {
                let days = (0..7).map(|back: i64| week_end.checked_sub(back.days()).unwrap());
                let sum = days.map(|day| last.get(&day).and_then(|known| known.1)).sum::<Option<u32>>();
                let said = seen.iter().rfind(|week| week.week_end == week_end).and_then(|week| week.count);
                prop_assert_eq!(said, sum);
            }
        }
    }
}
