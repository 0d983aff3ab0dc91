//! Who gets which oxygen, when, by which vehicle, and why.
//!
//! The words of a plan are `oxygen::dispatch`'s: a problem in, a plan out. Pure: a time budget is a stop function that the
//! caller passes in, randomness is a seed; the same seed and the same number of iterations give the same plan.

pub mod check;
pub mod json;
pub mod sound;
pub mod stock;
