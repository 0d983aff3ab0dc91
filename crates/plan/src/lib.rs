//! Who gets which oxygen, when, by which vehicle, and why.
//!
//! # The concepts, in order
//! 1. What a plan is made from and consists of is said in the words of `oxygen::dispatch`; [`sound`] says whether a
//!    problem can be planned at all, and what of it must be told to whoever asks.
//! 2. [`stock`] follows what a site has on every path.
//! 3. [`solve`] searches a plan: it takes visits out and puts the best ones back.
//! 4. [`check`] verifies any plan by other code.
//! 5. [`irp`] is classical inventory routing, the ground on which the search is measured against others.
//!
//! Pure: a time budget is a stop function that the caller passes in, randomness is a seed; a search names the tries it
//! has made, and the same seed with the same tries gives the same plan. Not here: what a facility will need
//! (`forecast`), how a plan becomes orders and trips (`desk`).

mod chance;
pub mod check;
pub mod irp;
pub mod json;
mod search;
pub mod sound;
pub mod stock;

pub use search::{Limits, Solution, cost, solve};
