//! Measurements of the running program, from outside: load, a million readings, the same work in
//! plain SQL, and rounds ended by `kill -9`.
//!
//! Speaks only HTTP to the program and imports no crate of the house, so that it measures what a
//! partner system would meet. Everything that knows a path or a field of the API is in [`contract`].

pub mod client;
pub mod contract;
pub mod kill9;
pub mod latency;
pub mod load;
pub mod plain;
pub mod process;
pub mod readings;
