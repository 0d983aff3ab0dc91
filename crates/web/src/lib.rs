//! Pages, JSON API and live updates: requests into operations, results into pages; no rule of the domain.
//!
//! Lives here: who is at the other end (`visitor`), what goes out (`respond`), one module a page
//! under `pages`, the JSON API under [`api`]. Not here: rights and rules (`desk`), words (`locale`).

pub mod api;
mod app;
pub mod assets;
pub mod chart;
mod limit;
mod pages;
mod respond;
mod router;
pub mod view;
mod visitor;

pub use app::{App, Demo};
pub use router::router;

// The samples of the pages are shared by the tests here and by `examples/gallery.rs`, which sees this crate from outside.
#[cfg(test)]
extern crate self as web;
