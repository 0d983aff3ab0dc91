//! What recurs: the last moment of a day, a week, a month, a quarter.

use jiff::civil::{Date, Weekday};
use letter::Every;
use quantity::{Moment, Span};

use super::Recurring;

/// The last day of the period that a day lies in. A week ends with its Sunday.
fn last_day(every: Every, day: Date) -> Date {
    match every {
        Every::Day => day,
        Every::Week => {
            let days = day.weekday().until(Weekday::Sunday);
            day.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(day)
        }
        Every::Month => day.last_of_month(),
        Every::Quarter => {
            let ahead = (3 - day.month() % 3) % 3;
            day.checked_add(jiff::Span::new().months(i64::from(ahead))).unwrap_or(day).last_of_month()
        }
    }
}

/// The last moment at which the time of a day's period is in time.
fn end(recurring: Recurring, day: Date) -> Moment {
    let last = last_day(recurring.every, day);
    let over = match recurring.clock {
        // «trước 16 giờ»: 16:00 itself is too late.
        Some(clock) => Moment::start_of(last) + Span::minutes(i64::from(clock.hour) * 60 + i64::from(clock.minute)),
        None => Moment::start_of(last.tomorrow().unwrap_or(last)),
    };
    over - Span::micros(1)
}

/// The next deadline after a moment.
pub fn next(recurring: Recurring, after: Moment) -> Moment {
    let this = end(recurring, after.date());
    if this > after {
        return this;
    }
    let last = last_day(recurring.every, after.date());
    end(recurring, last.tomorrow().unwrap_or(last))
}

/// How many deadlines lie between two moments, both left out.
pub fn between(recurring: Recurring, from: Moment, to: Moment) -> u32 {
    // Ten years of days, then nobody counts any more.
    let ends = std::iter::successors(Some(next(recurring, from)), |end| Some(next(recurring, *end)));
    u32::try_from(ends.take(3_700).take_while(|end| *end < to).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use letter::Clock;
    use proptest::prelude::*;

    use super::*;

    fn at(day: Date, hour: i64) -> Moment {
        Moment::start_of(day) + Span::hours(hour)
    }

    /// DT05: «hằng ngày trước 16 giờ» is due today until 16:00 and tomorrow after.
    #[test]
    fn each_day_has_its_hour() {
        let daily = Recurring { every: Every::Day, clock: Some(Clock { hour: 16, minute: 0 }) };
        let today = date(2026, 11, 22);
        assert_eq!(next(daily, at(today, 8)) + Span::micros(1), at(today, 16));
        assert_eq!(next(daily, at(today, 16)) + Span::micros(1), at(date(2026, 11, 23), 16));
        assert_eq!(between(daily, at(today, 8), at(date(2026, 11, 25), 8)), 3);
    }

    #[test]
    fn weeks_months_and_quarters_end_with_their_last_day() {
        let ends = |every, day: Date| next(Recurring { every, clock: None }, at(day, 8)).date();
        assert_eq!(ends(Every::Week, date(2026, 11, 18)), date(2026, 11, 22));
        assert_eq!(ends(Every::Month, date(2026, 2, 3)), date(2026, 2, 28));
        assert_eq!(ends(Every::Quarter, date(2026, 11, 30)), date(2026, 12, 31));
        assert_eq!(ends(Every::Quarter, date(2026, 1, 31)), date(2026, 3, 31));
    }

    proptest! {
        /// The next one always lies ahead, and at most a quarter.
        #[test]
        fn the_next_one_lies_ahead(minutes in 0_i64..2_000_000, kind in 0_usize..4, hour in 0_i8..=24) {
            let every = [Every::Day, Every::Week, Every::Month, Every::Quarter][kind];
            let from = Moment::start_of(date(2024, 1, 1)) + Span::minutes(minutes);
            let found = next(Recurring { every, clock: Some(Clock { hour, minute: 0 }) }, from);
            prop_assert!(found > from);
            prop_assert!(found - from <= Span::days(93));
        }
    }
}
