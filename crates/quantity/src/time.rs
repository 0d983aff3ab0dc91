//! Moments and spans. Stored as whole microseconds of UTC; shown in Vietnam's time, +07:00 all
//! year, because a day that changes at 05:30 once ruined a province's daily sums.

use std::fmt;
use std::ops::{Add, Sub};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// Vietnam's offset: no summer time since 1975.
const VIETNAM: Offset = Offset::constant(7);

/// A moment: microseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

/// A length of time in microseconds; negative runs backwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

impl Moment {
    /// From microseconds since the epoch, UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch, UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment at which Vietnam's clocks show this date and time.
    pub fn from_local(at: DateTime) -> Self {
        TimeZone::fixed(VIETNAM).to_timestamp(at).map_or(Self(0), |stamp| Self(stamp.as_microsecond()))
    }

    /// The first moment of a day in Vietnam.
    pub fn start_of(day: Date) -> Self {
        Self::from_local(day.to_datetime(Time::midnight()))
    }

    /// What Vietnam's clocks show.
    pub fn local(self) -> DateTime {
        let stamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        VIETNAM.to_datetime(stamp)
    }

    /// The day in Vietnam.
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// `22/11/2026`, as Vietnamese letters write it.
    pub fn show_date(self) -> String {
        show_date(self.date())
    }

    /// `02:14`.
    pub fn show_time(self) -> String {
        let local = self.local();
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
}

/// `22/11/2026`.
pub fn show_date(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

impl fmt::Display for Moment {
    /// `22/11/2026 02:14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.show_date(), self.show_time())
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From microseconds.
    pub const fn micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1_000_000)
    }

    /// From minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self::seconds(minutes * 60)
    }

    /// From hours.
    pub const fn hours(hours: i64) -> Self {
        Self::minutes(hours * 60)
    }

    /// From days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self::hours(days * 24)
    }

    /// Microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Hours, with fractions.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / 3_600e6
    }

    /// Whole minutes, rounded toward zero.
    pub const fn as_minutes(self) -> i64 {
        self.0 / 60_000_000
    }

    /// Without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

impl fmt::Display for Span {
    /// `12 phút`, `2 giờ 10`, `3 ngày`: the words of screens, messages and letters alike.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.as_minutes().abs();
        match minutes {
            0 => write!(f, "vừa xong"),
            1..60 => write!(f, "{minutes} phút"),
            60..2880 if minutes % 60 == 0 => write!(f, "{} giờ", minutes / 60),
            60..2880 => write!(f, "{} giờ {:02}", minutes / 60, minutes % 60),
            _ => write!(f, "{} ngày", minutes / 1440),
        }
    }
}

impl Add<Span> for Moment {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Moment {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Moment {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        let midnight = Moment::start_of(date(2021, 11, 22));
        assert_eq!(midnight.micros(), 1_637_514_000_000_000);
        assert_eq!((midnight - Span::micros(1)).date(), date(2021, 11, 21));
        assert_eq!(midnight.to_string(), "22/11/2021 00:00");
    }

    #[test]
    fn spans_read_as_they_are_spoken() {
        assert_eq!(Span::minutes(12).to_string(), "12 phút");
        assert_eq!(Span::minutes(130).to_string(), "2 giờ 10");
        assert_eq!(Span::hours(9).to_string(), "9 giờ");
        assert_eq!(Span::days(3).to_string(), "3 ngày");
    }
}
