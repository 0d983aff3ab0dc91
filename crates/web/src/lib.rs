//! Pages, JSON API and live updates: requests into operations, results into pages; no rule of the domain.

pub mod assets;
pub mod chart;
pub mod view;

// The samples of the pages are shared by the tests here and by `examples/gallery.rs`, which sees this crate from outside.
#[cfg(test)]
extern crate self as web;
