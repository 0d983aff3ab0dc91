//! Hospital load and oxygen demand ahead, with honest uncertainty.
//!
//! Concepts, in order:
//! - [`Vintages`]: counts by place and week as they became known; on a day a [`Frame`] of them is visible;
//! - a situation: what a place is like in a week, in figures that mean the same for a commune and a nation;
//! - the pool: past situations of all places with what came after them, and a [`Prior`]: such situations from elsewhere;
//! - [`Forecaster`]: the middle of what comes by one regression of all places, the range by the misses in situations
//!   like this one; late reports are added before they come;
//! - [`Ahead`]: a place, a week to come, its [`Quantiles`]; [`Grounds`]: on what that rests, and why it is wider than it
//!   would be; [`naive()`] stands beside it;
//! - [`need`]: from admissions to patients, flows and grams of oxygen, path by path;
//! - [`tree`]: totals that are the sums of what lies below them, path by path;
//! - [`set`]: sets of published forecasts; [`score`]: how good any of them were.
//!
//! Pure: data, days and seeds are arguments; no clock, no file. The method, what was tried and what it scores:
//! `docs/forecasting.md`.

mod ahead;
mod daily;
mod forecaster;
mod frame;
mod grounds;
mod late;
mod leading;
mod naive;
pub mod need;
mod pool;
mod prior;
mod quantiles;
mod ridge;
mod root;
pub mod score;
pub mod set;
mod situation;
mod spread;
pub mod tree;

pub use ahead::Ahead;
pub use daily::{Begun, DayTold, Days, FromDays, RECENT_DAYS};
pub use forecaster::{Forecast, Forecaster};
pub use frame::{Frame, MOST_WEEKS, Told, Vintages};
pub use grounds::{Doubt, Grounds};
pub use late::{Corrected, corrected};
pub use leading::{Leading, Leads};
pub use naive::{naive, naive_of_place};
pub use pool::WEEKS_AHEAD;
pub use prior::{NotAPrior, Prior};
pub use quantiles::{LEVEL, LEVELS, MEDIAN, Quantiles};
