//! Hospital load and oxygen demand ahead, with honest uncertainty.
//!
//! Pure: data, days and seeds are arguments; no clock, no file.

mod frame;
pub mod need;
mod quantiles;

pub use frame::{Frame, MOST_WEEKS, Told, Vintages};
pub use quantiles::{LEVEL, LEVELS, MEDIAN, Quantiles};
