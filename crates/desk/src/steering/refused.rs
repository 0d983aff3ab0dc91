//! Why something is not done to a meeting, inspection, bulletin, correction, plan or case.

use quantity::Coded;

/// A refusal with its code; sentence and next step stand in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It stands elsewhere now: confirmed, withdrawn, closed.
    #[error("MTG-001: it does not stand where this is done")]
    NotNow,
    /// Nothing to give out.
    #[error("MTG-002: no line waits to be given out")]
    NothingWaits,
    /// The same hand may not do both.
    #[error("MTG-003: whoever wrote it does not {step} it")]
    SameHand {
        /// What he tried: a stable name.
        step: &'static str,
    },
    /// Words that must not be published.
    #[error("MTG-004: «{words}» looks like personal data")]
    Personal {
        /// What looks so.
        words: String,
    },
    /// There is no such line.
    #[error("MTG-005: there is no line {line}")]
    NoLine {
        /// From 1.
        line: usize,
    },
    /// A file that is no PDF and no picture, or is too large.
    #[error("MTG-006: a file of this kind is not kept")]
    BadFile,
    /// A link into the registers of data entry.
    #[error("MTG-007: «{words}» leads into the registers of data entry")]
    LeadsToEntry {
        /// What leads there.
        words: String,
    },
    /// A key that a list does not have.
    #[error("MTG-008: there is no {key}")]
    Unknown {
        /// As asked.
        key: String,
    },
    /// No figure and no words.
    #[error("MTG-009: there is nothing to publish")]
    NothingToPublish,
    /// A deadline before the day of the meeting, inspection or plan.
    #[error("MTG-010: line {line} is due before it was ordered")]
    DueBefore {
        /// From 1.
        line: usize,
    },
    /// A visit on which no line of the list was looked at.
    #[error("MTG-011: no line was looked at")]
    NothingLookedAt,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotNow => "MTG-001",
            Self::NothingWaits => "MTG-002",
            Self::SameHand { .. } => "MTG-003",
            Self::Personal { .. } => "MTG-004",
            Self::NoLine { .. } => "MTG-005",
            Self::BadFile => "MTG-006",
            Self::LeadsToEntry { .. } => "MTG-007",
            Self::Unknown { .. } => "MTG-008",
            Self::NothingToPublish => "MTG-009",
            Self::DueBefore { .. } => "MTG-010",
            Self::NothingLookedAt => "MTG-011",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::SameHand { step } => vec![("step", (*step).to_owned())],
            Self::Personal { words } | Self::LeadsToEntry { words } => vec![("words", words.clone())],
            Self::NoLine { line } | Self::DueBefore { line } => vec![("line", line.to_string())],
            Self::Unknown { key } => vec![("key", key.clone())],
            _ => Vec::new(),
        }
    }
}
