//! Counts that are forecast: new cases, admissions and the like, of a place and a day (F010).
//!
//! Lives here: what stands of a day ([`DayCounts`]) and the record of each telling ([`telling::Telling`]), the key of a
//! place in time ([`place::PlaceKey`]), what is refused, weeks as they were known ([`weeks`]), what earlier builds kept of
//! weeks ([`carried`]). Not here: who may (`operations::counts`), what is shown (`views::counts`).
//!
//! The day of a figure is the day of the event. The day on which it was told stands beside it, and what was told before
//! stays as a version of the record: so what was known on a day can be read for ever. What nobody told is not there, and
//! is never 0. Cases told together of days that nobody knows any more stand under the day on which they were told, as
//! back-fill, apart from the others.

pub mod carried;
pub mod place;
mod refused;
pub mod telling;
pub mod weeks;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use oxygen::Source;
use serde::{Deserialize, Serialize};

pub use refused::Refused;

use crate::rights::coded_enum;
use place::PlaceKey;

coded_enum! {
    /// What is counted: people who became something on a day, so that days sum to weeks. Who lies in a bed is counted
    /// elsewhere (`views::means`).
    Signal {
        /// New confirmed cases, by the day of the test or of the first signs, as the province counts.
        Cases = "cases",
        /// People admitted to hospital.
        Admissions = "admissions",
        /// People who became severely or critically ill.
        Severe = "severe",
        /// People who recovered.
        Recovered = "recovered",
        /// People who died.
        Deaths = "deaths",
    }
}

coded_enum! {
    /// How long a stretch a figure is of.
    Span {
        /// One day.
        Day = "day",
        /// Seven days, of which the record's day is the last. A Saturday, but for weeks that an earlier build kept:
        /// those stand as they were told and no forecast uses them.
        Week = "week",
    }
}

/// The figure of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// People.
    pub count: u32,
    /// The day on which it was told. What was told before is in older versions.
    pub reported_on: Date,
    /// Invented for a demonstration or a drill.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
    /// How it came; figures of earlier builds do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The counts of one signal on one day (or in one week), of every place that told one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCounts {
    /// What is counted.
    pub signal: Signal,
    /// The day of the events; the last day of a week; of a back-fill the day on which it was told.
    pub day: Date,
    /// A day or a week.
    pub span: Span,
    /// Cases of earlier days that nobody can give back to their days: a forecast leaves them out.
    pub back_fill: bool,
    /// By place; a place that told nothing is not there.
    pub counts: BTreeMap<PlaceKey, Figure>,
}

impl DayCounts {
    /// No figure yet.
    pub fn empty(key: CountsKey) -> Self {
        let CountsKey { signal, day, span, back_fill } = key;
        Self { signal, day, span, back_fill, counts: BTreeMap::new() }
    }

    /// What it is known by.
    pub const fn key(&self) -> CountsKey {
        CountsKey { signal: self.signal, day: self.day, span: self.span, back_fill: self.back_fill }
    }
}

/// What a record of counts is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CountsKey {
    /// What is counted.
    pub signal: Signal,
    /// The day, as in [`DayCounts::day`].
    pub day: Date,
    /// A day or a week.
    pub span: Span,
    /// Whether it is a back-fill.
    pub back_fill: bool,
}

impl CountsKey {
    /// A day's own counts.
    pub const fn of_day(signal: Signal, day: Date) -> Self {
        Self { signal, day, span: Span::Day, back_fill: false }
    }

    /// Whether it is a week that ends on another day than Saturday.
    pub fn is_odd_week(self) -> bool {
        self.span == Span::Week && self.day.weekday() != Weekday::Saturday
    }

    /// `cases/2021-11-22`, `cases/2021-11-27/week`, `cases/2021-11-22/back-fill`.
    pub fn code(self) -> String {
        let week = if self.span == Span::Week { "/week" } else { "" };
        let back = if self.back_fill { "/back-fill" } else { "" };
        format!("{}/{}{week}{back}", self.signal.code(), self.day)
    }
}

impl Signal {
    /// With what the codes of its records begin.
    pub fn begins(self) -> String {
        format!("{}/", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_kind_of_figure_has_its_own_code() {
        let key = CountsKey::of_day(Signal::Admissions, date(2021, 11, 27));
        assert_eq!(key.code(), "admissions/2021-11-27");
        assert_eq!(CountsKey { span: Span::Week, ..key }.code(), "admissions/2021-11-27/week");
        assert_eq!(CountsKey { back_fill: true, ..key }.code(), "admissions/2021-11-27/back-fill");
    }
}
