//! Who gets which oxygen, when, by which vehicle, and why.
//!
//! The words of a plan are `oxygen::dispatch`'s: a problem in, a plan out. Pure: a time budget is a stop function that the
//! caller passes in, randomness is a seed; the same seed and the same number of iterations give the same plan.

mod build;
mod chance;
pub mod check;
mod choices;
pub mod json;
mod ledger;
mod outcome;
mod prepared;
mod runs;
mod search;
mod shells;
pub mod sound;
mod state;
pub mod stock;

pub use outcome::Solution;
pub use search::{Limits, solve};
