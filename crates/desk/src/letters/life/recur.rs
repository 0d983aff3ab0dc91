//! What recurs: the last moment of a day, a week, a month, a quarter.

use jiff::civil::{Date, Weekday};
use letter::{Every, On};
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
        Every::Year => day.last_of_year(),
    }
}

/// The day of a period on which it is due; a day that its month does not have is the month's last.
fn due_day(recurring: Recurring, day: Date) -> Date {
    let last = last_day(recurring.every, day);
    let in_month =
        |month: Date, number: i8| month.with().day(number.clamp(1, month.days_in_month())).build().unwrap_or(month);
    let back = |months: i64| last.first_of_month().checked_sub(jiff::Span::new().months(months)).unwrap_or(last);
    match (recurring.every, recurring.on) {
        // «thứ Hai» is 2, «Chủ nhật» 8: days before the Sunday that ends the week.
        (Every::Week, Some(On::Weekday(called))) => {
            last.checked_sub(jiff::Span::new().days(i64::from(8 - called.clamp(2, 8)))).unwrap_or(last)
        }
        (Every::Month, Some(On::Day(number))) => in_month(last.first_of_month(), number),
        // Of a quarter the day of its first month.
        (Every::Quarter, Some(On::Day(number))) => in_month(back(2), number),
        (Every::Year, Some(On::Date { month, day: number })) => {
            in_month(back(i64::from(12 - month.clamp(1, 12))), number)
        }
        _ => last,
    }
}

/// The last moment at which the time of a day's period is in time.
fn end(recurring: Recurring, day: Date) -> Moment {
    let last = due_day(recurring, day);
    let over = match recurring.clock {
        // «trước 16 giờ»: 16:00 itself is too late.
        Some(clock) => Moment::start_of(last) + Span::minutes(i64::from(clock.hour) * 60 + i64::from(clock.minute)),
        None if recurring.before && recurring.on.is_some() => Moment::start_of(last),
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
        let daily = Recurring { clock: Some(Clock { hour: 16, minute: 0 }), ..Recurring::each(Every::Day) };
        let today = date(2026, 11, 22);
        assert_eq!(next(daily, at(today, 8)) + Span::micros(1), at(today, 16));
        assert_eq!(next(daily, at(today, 16)) + Span::micros(1), at(date(2026, 11, 23), 16));
        assert_eq!(between(daily, at(today, 8), at(date(2026, 11, 25), 8)), 3);
    }

    #[test]
    fn weeks_months_and_quarters_end_with_their_last_day() {
        let ends = |every, day: Date| next(Recurring::each(every), at(day, 8)).date();
        assert_eq!(ends(Every::Week, date(2026, 11, 18)), date(2026, 11, 22));
        assert_eq!(ends(Every::Month, date(2026, 2, 3)), date(2026, 2, 28));
        assert_eq!(ends(Every::Quarter, date(2026, 11, 30)), date(2026, 12, 31));
        assert_eq!(ends(Every::Quarter, date(2026, 1, 31)), date(2026, 3, 31));
    }

    /// DT05: «trước ngày 25 hằng tháng» ends with the 24th, «thứ Sáu hằng tuần» with Friday; the 31st of a short month is
    /// its last day; «15/12 hằng năm».
    #[test]
    fn a_day_of_the_period_is_kept() {
        let on = |every, on, before, day: Date| {
            next(Recurring { on: Some(on), before, ..Recurring::each(every) }, at(day, 8)).date()
        };
        assert_eq!(on(Every::Month, On::Day(25), true, date(2022, 1, 10)), date(2022, 1, 24));
        assert_eq!(on(Every::Month, On::Day(25), true, date(2022, 1, 25)), date(2022, 2, 24));
        assert_eq!(on(Every::Month, On::Day(31), false, date(2022, 2, 1)), date(2022, 2, 28));
        assert_eq!(on(Every::Week, On::Weekday(6), false, date(2022, 1, 10)), date(2022, 1, 14));
        assert_eq!(on(Every::Quarter, On::Day(5), false, date(2022, 1, 10)), date(2022, 4, 5));
        assert_eq!(on(Every::Year, On::Date { month: 12, day: 15 }, true, date(2022, 1, 10)), date(2022, 12, 14));
    }

    proptest! {
        /// The next one always lies ahead, and at most a quarter.
        #[test]
        fn the_next_one_lies_ahead(minutes in 0_i64..2_000_000, kind in 0_usize..4, hour in 0_i8..=24) {
            let every = [Every::Day, Every::Week, Every::Month, Every::Quarter][kind];
            let from = Moment::start_of(date(2024, 1, 1)) + Span::minutes(minutes);
            let found = next(Recurring { clock: Some(Clock { hour, minute: 0 }), ..Recurring::each(every) }, from);
            prop_assert!(found > from);
            prop_assert!(found - from <= Span::days(93));
        }
    }
}
