//! The command room's registers: what is kept as records, and the rules about it that need no database.
//!
//! Lives here: the oxygen coordination unit and its notice, the programme, changes of state, the readiness
//! check, who reports by courtesy, what was handed in when, recounts, outlines of areas.
//! Not here: what somebody does (`operations::command`), what he sees (`views::command`).

pub mod boundaries;
pub mod courtesy;
pub mod finding;
pub mod programme;
pub mod readiness;
pub mod recount;
pub mod refused;
pub mod state;
pub mod submission;
pub mod unit;

pub use refused::Refused;

/// Trimmed words of a form; nothing when nothing is left.
pub(crate) fn said(text: &str) -> Option<String> {
    crate::operations::file_report::words_of(Some(text.to_owned()))
}

/// Words of a form that must say something.
pub(crate) fn must_say(field: &'static str, text: &str) -> crate::Outcome<String> {
    said(text).ok_or_else(|| crate::Failure::refused(Refused::Empty { field }))
}
