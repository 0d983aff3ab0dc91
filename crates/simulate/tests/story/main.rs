//! The synthetic provinces seen from outside: their registers, their truth, how they open, and that
//! the same seed tells the same story.

// `cfg(test)` tells the linter that helpers are tests too.
#[cfg(test)]
mod calibration;
#[cfg(test)]
mod common;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod province;
#[cfg(test)]
mod same;
#[cfg(test)]
mod truth;
