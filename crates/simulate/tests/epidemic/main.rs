//! The synthetic epidemics seen from outside: that they are what their parameters say, how they become
//! known, and that each kind takes its course.

// `cfg(test)` tells the linter that helpers are tests too.
#[cfg(test)]
mod common;
#[cfg(test)]
mod course;
#[cfg(test)]
mod law;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod same;
