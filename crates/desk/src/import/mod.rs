//! Files brought in: good rows go in, bad rows come back as a file with row, column and reason.
//!
//! Lives here: matching the rows of a file with what is registered. Not here: reading bytes
//! (`document`), the sentences of the reasons (`locale`), what is appended (`crate::operations`).

pub mod areas;
pub mod exchange;
pub mod facilities;
pub mod inbox_sheet;
pub mod letters;
mod old_codes;
mod reading_row;
pub mod readings;

use document::sheet::{ReturnForm, ReturnedRow};

use crate::failure::Reason;

/// A row that did not go in.
pub struct BadRow {
    /// The row as it came.
    pub row: ReturnedRow,
    /// Why.
    pub reason: Box<dyn Reason>,
}

/// What became of a file.
pub struct Imported {
    /// Rows that went in.
    pub good: usize,
    /// Of them, rows that had gone in before from the same file.
    pub repeated: usize,
    /// Rows that did not.
    pub bad: Vec<BadRow>,
    /// Columns that no layout knows, which were not read: their letters and titles.
    pub unknown: Vec<(String, String)>,
    /// Titles of the file's columns, for the file of bad rows.
    pub headers: Vec<String>,
    /// The form in which bad rows go back.
    pub form: ReturnForm,
}

impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} good, {} of them repeated, {} bad", self.good, self.repeated, self.bad.len())
    }
}

/// More bad rows than this and the file is not what it should be: the rest is counted as one.
pub const MOST_BAD: usize = 10_000;
