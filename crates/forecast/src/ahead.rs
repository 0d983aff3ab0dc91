//! What a forecast says of a place and week.

use jiff::civil::Date;

use crate::Quantiles;

/// Why a forecast is wider than it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The place has not been heard from for so many weeks.
    Silent {
        /// Weeks before the day of the forecast without a count.
        weeks: usize,
    },
    /// Only so many weeks of it are known.
    FewWeeks {
        /// Weeks with a count.
        weeks: usize,
    },
}

/// The count of a place in a week to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// Which place, by its number.
    pub place: usize,
    /// How many weeks after the last one before the forecast: 1, 2 …
    pub weeks: usize,
    /// The last day of that week.
    pub day: Date,
    /// How many.
    pub quantiles: Quantiles,
    /// Why it is wider than it would be.
    pub doubts: Vec<Doubt>,
}
