//! Bytes ↔ text and tables: what arrives as a file becomes text and cells, and goes back as a sheet.
//!
//! Lives here: Vietnamese encodings and their repair ([`text`]), `.csv` and `.xlsx` read within
//! limits ([`table`]), columns recognised by a layout that is data ([`columns`]), sheets written
//! from a layout that is data ([`sheet`]), official documents as `.docx` and `.pdf` ([`official`]), the file of a
//! letter to its text ([`letter_file`]), packages of the document axis ([`exchange`]). This crate alone owns the libraries behind them.
//! Not here: what a figure means for a hospital (`oxygen`), where files are kept (`store`), which
//! sentence a person reads for a code (`locales/`).
//!
//! The way of an import: [`table::read_table`] (or [`table::CsvStream`] for a million rows) →
//! [`columns::Columns::find`] → [`columns::Fields`] of each row, whose getters answer with a value
//! or with a [`CellProblem`] → [`sheet::write_returned`] gives the refused rows back as a file.
//!
//! Nothing is guessed in silence: every repair of a text is listed, every column that could not be
//! matched is named, and a figure that can be read in two ways is refused.
//!
//! Pure: bytes, limits, layouts and the time are arguments.

pub mod columns;
pub mod exchange;
pub mod letter_file;
pub mod official;
pub mod problem;
pub mod sheet;
pub mod table;
pub mod text;

pub use problem::{CellProblem, CellReason, DocumentProblem, Place};
