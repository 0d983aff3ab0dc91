//! Why something is not done to a letter or a task.

use quantity::Coded;

/// Why something is not done to a letter or a task.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Marked MẬT or above: nothing of it is kept.
    #[error("DIR-001: the paper is secret")]
    Secret,
    /// A Party paper, and the clerk has not said that it may be here.
    #[error("DIR-002: a Party paper needs the clerk's word")]
    PartyWord,
    /// The letter is in the register.
    #[error("DIR-003: the letter {called} is in the register already")]
    Known {
        /// Its number or subject.
        called: String,
        /// Its record.
        id: String,
    },
    /// No text in it.
    #[error("DIR-004: there is no text")]
    Empty,
    /// Too long to be a letter.
    #[error("DIR-005: the text has more than {limit} characters")]
    TooLong {
        /// The most that is read.
        limit: usize,
    },
    /// It stands elsewhere now: somebody else was quicker.
    #[error("DIR-006: the letter does not stand where this is done")]
    NotNow,
    /// A task that does not fit.
    #[error("DIR-007: task {line}: {what}")]
    Task {
        /// Which, from 1.
        line: usize,
        /// What does not fit: a stable name.
        what: &'static str,
    },
    /// A reason is missing.
    #[error("DIR-008: a reason is missing")]
    NoReason,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Secret => "DIR-001",
            Self::PartyWord => "DIR-002",
            Self::Known { .. } => "DIR-003",
            Self::Empty => "DIR-004",
            Self::TooLong { .. } => "DIR-005",
            Self::NotNow => "DIR-006",
            Self::Task { .. } => "DIR-007",
            Self::NoReason => "DIR-008",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Known { called, id } => vec![("called", called.clone()), ("id", id.clone())],
            Self::TooLong { limit } => vec![("limit", limit.to_string())],
            Self::Task { line, what } => vec![("line", line.to_string()), ("what", (*what).to_owned())],
            _ => Vec::new(),
        }
    }
}
