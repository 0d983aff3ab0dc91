//! Why something is not done between the program and the document system.

use quantity::Coded;

/// Why something is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No file of the package could be read as the letter.
    #[error("EXC-020: no file of the package can be read")]
    NoLetter {
        /// Number or subject as the package tells it.
        called: String,
    },
    /// The paper is being written still.
    #[error("EXC-021: a draft is not sent to be signed")]
    NotYet,
    /// The text is another now than the one that went out.
    #[error("EXC-022: the paper has changed since it went out")]
    Changed,
    /// The paper did not go out.
    #[error("EXC-023: the paper did not go out to be signed")]
    NotOut,
    /// The signed PDF lies beside a paper already, or was set aside.
    #[error("EXC-024: somebody has decided about this PDF")]
    Decided,
    /// What stands on the paper is no number of ours.
    #[error("EXC-025: {number} is not a number of this kind of paper")]
    BadNumber {
        /// As typed.
        number: String,
    },
    /// Another number than the register would give; needs the clerk's word.
    #[error("EXC-026: {number} is not the next number {next}")]
    NeedsWord {
        /// On the paper.
        number: String,
        /// What the register would give, or has given.
        next: String,
    },
    /// Another paper has this number.
    #[error("EXC-027: {number} belongs to another paper")]
    Taken {
        /// The number.
        number: String,
        /// What that paper is about.
        subject: String,
    },
    /// Without number, day and signer a paper is not signed.
    #[error("EXC-028: number, day or signer is missing")]
    Incomplete,
    /// A day that cannot be: in the future, or long before the paper was written.
    #[error("EXC-029: the paper cannot have been signed on that day")]
    BadDay,
    /// No PDF, or too large.
    #[error("EXC-030: not a PDF of at most 12 MB")]
    NotAPdf,
    /// The same PDF is here.
    #[error("EXC-031: this PDF came before")]
    CameBefore,
    /// The same state was told before.
    #[error("EXC-032: this state was told before")]
    ToldBefore,
    /// A reason is missing.
    #[error("EXC-033: a reason is missing")]
    NoReason,
    /// A message about a letter where a letter was expected.
    #[error("EXC-034: a message about a letter, not a letter")]
    OnlyAState,
    /// The kind of file that is not exchanged.
    #[error("EXC-035: neither a package nor a PDF")]
    NeitherKind,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoLetter { .. } => "EXC-020",
            Self::NotYet => "EXC-021",
            Self::Changed => "EXC-022",
            Self::NotOut => "EXC-023",
            Self::Decided => "EXC-024",
            Self::BadNumber { .. } => "EXC-025",
            Self::NeedsWord { .. } => "EXC-026",
            Self::Taken { .. } => "EXC-027",
            Self::Incomplete => "EXC-028",
            Self::BadDay => "EXC-029",
            Self::NotAPdf => "EXC-030",
            Self::CameBefore => "EXC-031",
            Self::ToldBefore => "EXC-032",
            Self::NoReason => "EXC-033",
            Self::OnlyAState => "EXC-034",
            Self::NeitherKind => "EXC-035",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoLetter { called } => vec![("called", called.clone())],
            Self::BadNumber { number } => vec![("number", number.clone())],
            Self::NeedsWord { number, next } => vec![("number", number.clone()), ("next", next.clone())],
            Self::Taken { number, subject } => vec![("number", number.clone()), ("subject", subject.clone())],
            _ => Vec::new(),
        }
    }
}
