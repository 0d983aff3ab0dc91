//! Forecasts of counts: what was said on a day of the weeks to come, kept so that it can be held against what came.
//!
//! One record for each signal and each last known week, and one of what was said first; a forecast made again in the same week, because more became
//! known, is its next version. What was counted lies in `counts`; the method is crate `forecast`.

mod above;
mod heirs;
mod made;
mod sum;
pub mod watch;
mod whole;

pub use heirs::as_of_today;
pub use made::make;
pub(crate) use made::vintages;
pub use sum::with_sum;
// Pages show them; they need not know where they are made.
pub use forecast::Quantiles;

use forecast::LEVELS;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::counts::Signal;
use crate::counts::place::PlaceKey;
use crate::record::{Record, RecordId};

/// The forecast of a signal as it was made on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForecastMade {
    /// Of what.
    pub signal: Signal,
    /// From what was known at the end of this day.
    pub on: Date,
    /// The last day of the last week before the forecast.
    pub last: Date,
    /// What was learnt elsewhere, as it says itself; empty without anything.
    pub prior: String,
    /// Place by place; one of which nothing was ever known is not there.
    pub places: Vec<PlaceAhead>,
    /// Whether it is what was said first of these weeks, kept apart: what is said later of a week knows a part of it, and
    /// is not what a forecast is judged by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
}

/// What is expected in a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceAhead {
    /// Its key, as counts have it.
    pub place: PlaceKey,
    /// The weeks to come, in order of time.
    pub weeks: Vec<WeekAhead>,
    /// Why it is wider than it would be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// How much of the range comes from what the province went through itself, per cent; the rest from elsewhere.
    #[serde(default)]
    pub own_percent: u8,
    /// The situations of the province that are most like this one: key of the place, last day of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<(PlaceKey, Date)>,
    /// The last day of which the count was used; none where it was made from whole weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_until: Option<Date>,
    /// The signal that leads this one and was followed; none where none was known well enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub led_by: Option<Signal>,
}

/// What is expected in a week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeekAhead {
    /// Its last day.
    pub ends: Date,
    /// How many, at each of [`forecast::LEVEL`].
    pub counts: Vec<u32>,
    /// What of it is over; none where days were not known, or not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<WeekBegun>,
}

/// The days of a week that are over and known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekBegun {
    /// How many, from Sunday on.
    pub days: u8,
    /// What was counted on them, with what will still be told of them.
    pub count: u32,
}

/// Why a forecast is wider than it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The place has not been heard from for so many weeks.
    Silent(u32),
    /// Only so many weeks of it are known.
    FewWeeks(u32),
    /// So many of its last days are missing.
    MissingDays(u32),
}

impl WeekAhead {
    /// As quantiles; none where a version from elsewhere has another number of levels.
    pub fn quantiles(&self) -> Option<Quantiles> {
        let counts: [u32; LEVELS] = self.counts.as_slice().try_into().ok()?;
        Some(Quantiles::rising(counts.map(f64::from)))
    }

    /// The whole week as it would be if its days that are over were like those to come: what is told of a week that has
    /// begun, less what was counted, by the days that are left. For who follows only the part of a week that is to come.
    pub fn as_if_all_to_come(&self) -> Option<Quantiles> {
        let quantiles = self.quantiles()?;
        let Some(begun) = self.begun else { return Some(quantiles) };
        let left = f64::from(7_u8.saturating_sub(begun.days).max(1));
        let to_come = |count: f64| (count - f64::from(begun.count)).max(0.0) * 7.0 / left;
        Some(Quantiles::rising(quantiles.figures().map(to_come)))
    }
}

impl ForecastMade {
    /// The code of the forecast of a signal after a week.
    pub fn code_of(signal: Signal, last: Date) -> String {
        format!("{}/{last}", signal.code())
    }

    /// The code of what was said first after a week.
    pub fn code_of_first(signal: Signal, last: Date) -> String {
        format!("{}/{last}/first", signal.code())
    }

    /// What is expected in a place.
    pub fn place(&self, key: PlaceKey) -> Option<&PlaceAhead> {
        self.places.iter().find(|place| place.place == key)
    }
}

impl Record for ForecastMade {
    const KIND: &'static str = "forecast";

    fn code(&self) -> Option<String> {
        let code = if self.first { Self::code_of_first } else { Self::code_of };
        Some(code(self.signal, self.last))
    }
}

/// The key of a forecast.
pub type ForecastId = RecordId<ForecastMade>;
