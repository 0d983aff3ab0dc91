//! Hospital load and oxygen demand ahead, with honest uncertainty.
//!
//! Pure: data, days and seeds are arguments; no clock, no file.

mod ahead;
mod frame;
mod naive;
mod quantiles;
pub mod score;
pub mod set;

pub use ahead::Ahead;
pub use frame::{Frame, MOST_WEEKS, Told, Vintages};
pub use naive::naive;
pub use quantiles::{LEVEL, LEVELS, MEDIAN, Quantiles};
