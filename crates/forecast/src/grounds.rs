//! On what the forecast of a place rests.

use jiff::civil::Date;

/// Why a forecast is wider than it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// So many of its last days are missing and were filled from the week before.
    MissingDays {
        /// Days without a count.
        days: usize,
    },
}

/// On what the forecast of a place rests.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// Which place, by its number.
    pub place: usize,
    /// Why its ranges are wider than they would be.
    pub doubts: Vec<Doubt>,
    /// How much of the range comes from what these places went through themselves, 0 to 1; the rest from elsewhere.
    pub own: f64,
    /// The situations of these places that are most like this one: place and last day of the week, the most alike first.
    pub alike: Vec<(usize, Date)>,
}
