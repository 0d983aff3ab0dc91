//! Plans of delivery: who gets how much, on which day, by which vehicle, in which order.
//!
//! Concepts, in order:
//! - [`irp`] is classical inventory routing: one depot, customers that use the same amount every day, vehicles of one
//!   size, the sum of kilometres and holding cost as small as it can be. The ground on which the search is measured against
//!   others.
//!
//! Pure: the seed, the data and when to stop are arguments; no clock, no file. A search names the iterations it has done,
//! and the same seed with the same iterations gives the same plan.
//!
//! Not here: what a facility will need (`forecast`), how a plan becomes orders and trips (`desk`).

pub mod irp;
