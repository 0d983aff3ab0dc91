//! A forecast of one place for one week.

use jiff::civil::Date;

use crate::quantiles::Quantiles;

/// What a forecast says of a place and a week to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// Which place, by its number.
    pub place: usize,
    /// How many weeks ahead, from 1.
    pub weeks: usize,
    /// The last day of that week.
    pub day: Date,
    /// The count of that week.
    pub quantiles: Quantiles,
}
