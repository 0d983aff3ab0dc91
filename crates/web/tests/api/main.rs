//! The JSON API as a program meets it, in process, on both engines.

mod document;
mod outlook;
mod refusals;
mod reports;
mod world;
