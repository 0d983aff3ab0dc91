//! What is known of a facility.

use jiff::civil::Date;
use oxygen::Census;

use super::learn::{Base, Coefficient};
use super::paths::WeekProfile;
use crate::Quantiles;

/// Days ahead at most.
pub const MOST_DAYS: usize = 28;

/// Who is counted in the weeks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// Confirmed cases, on the day of onset or report; some are admitted days later.
    Cases,
    /// Admissions, on their day.
    Admissions,
}

/// Counts ahead.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Weeks<'a> {
    /// Quantiles of each week; paths are drawn from them ([`weekly_paths`](super::weekly_paths)).
    Quantiles(&'a [Quantiles]),
    /// Whole paths, `[path][week]`, such as those that were made to agree with the total of a province. There are then as
    /// many paths as these, whatever `paths` of [`Draws`](super::Draws) says.
    Paths(&'a [Vec<f64>]),
}

/// What is known of a facility.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The facility's own number: its stream of random figures.
    pub place: u64,
    /// The first day ahead.
    pub first: Date,
    /// Days of the first week that are over, 0 to 6: of its count only the part of the days left comes, by the profile.
    pub gone: usize,
    /// Days ahead: at most [`MOST_DAYS`] and the days of the weeks that are left.
    pub days: usize,
    /// Counts of week 1, 2, …
    pub weeks: Weeks<'a>,
    /// Who is counted.
    pub counted: Counted,
    /// Which share of them comes to this facility; 1 where the counts are its own.
    pub share: f64,
    /// Counts of the days before `first`, the last day last. Cases: who of them is still to come. Admissions: who of them
    /// is there, where no census says so. With a census, and at least fourteen of the last 28 days known, both together tell
    /// which share of the people counted needs oxygen here. Not a number is a day that nobody knows.
    pub before: &'a [f64],
    /// How a week falls on its days.
    pub profile: WeekProfile,
    /// Patients on oxygen on the eve of `first`, and people who wait for it: they get it on the first day.
    pub census: Option<Census>,
    /// Days that those patients have been on each device, where known.
    pub days_in: [Option<f64>; 5],
    /// Patients on oxygen for other diseases, not among those of `census`: who leaves is followed by others like him. See
    /// [`apart`](super::apart).
    pub other: Census,
    /// True use over norm use.
    pub coefficient: Coefficient,
    /// Use that does not come from the epidemic.
    pub base: Base,
}

impl<'a> Known<'a> {
    /// A facility with its own admissions, of which nothing else is known: no census, no days before, no base.
    pub fn new(place: u64, first: Date, weeks: Weeks<'a>, coefficient: Coefficient) -> Self {
        Self {
            place,
            first,
            gone: 0,
            days: MOST_DAYS,
            weeks,
            counted: Counted::Admissions,
            share: 1.0,
            before: &[],
            profile: WeekProfile::default(),
            census: None,
            other: Census::default(),
            days_in: [None; 5],
            coefficient,
            base: Base::NONE,
        }
    }
}
