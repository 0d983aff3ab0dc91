//! Why something is not written beside a letter: a decision, a file that came with it, a copy that was sent.

use quantity::Coded;

/// Why something is not written beside a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody is named as the one who decided.
    #[error("DIR-101: nobody is named as the one who decided")]
    NoDecider,
    /// The words of the decision are missing.
    #[error("DIR-102: the words of the decision are missing")]
    NoWords,
    /// No file, an unknown kind, or too large.
    #[error("DIR-103: the file is of no kind that is kept, or larger than {limit} bytes")]
    BadFile {
        /// The most that is kept.
        limit: usize,
    },
    /// Without an addressee or a moment there is nothing to note.
    #[error("DIR-104: to whom or when is missing")]
    NothingNoted,
    /// Acknowledged before it was sent.
    #[error("DIR-105: acknowledged before it was sent")]
    BeforeSent,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoDecider => "DIR-101",
            Self::NoWords => "DIR-102",
            Self::BadFile { .. } => "DIR-103",
            Self::NothingNoted => "DIR-104",
            Self::BeforeSent => "DIR-105",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::BadFile { limit } => vec![("limit", (limit >> 20).to_string())],
            _ => Vec::new(),
        }
    }
}
