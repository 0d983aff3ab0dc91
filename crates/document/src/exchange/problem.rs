//! Why a package is refused. Nothing of a refused package is kept.

use quantity::Coded;

use crate::letter_file::LetterFileProblem;
use crate::problem::megabytes;

/// A package that is not read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExchangeProblem {
    /// No bytes, or none that a package has.
    #[error("EXC-001: not an exchange package")]
    NotAPackage,
    /// More bytes than the limit, packed or unpacked.
    #[error("EXC-002: more than {limit} bytes")]
    TooLarge {
        /// Largest accepted size in bytes.
        limit: u64,
    },
    /// Too many elements, or too deep.
    #[error("EXC-003: more elements, or deeper, than a package has")]
    TooDeep,
    /// Too many files.
    #[error("EXC-004: more than {limit} files")]
    TooMany {
        /// Most that are read.
        limit: usize,
    },
    /// The XML declares a document type or names entities.
    #[error("EXC-005: a document type is declared inside")]
    DeclaresType,
    /// Damaged: no XML, no zip, no MIME.
    #[error("EXC-006: damaged: {cause}")]
    Damaged {
        /// For the log; without content.
        cause: String,
    },
    /// A name of a file leads out of the package.
    #[error("EXC-007: a file's name leads out of the package")]
    BadName,
    /// The bytes of a file cannot be decoded.
    #[error("EXC-008: file {place} cannot be decoded")]
    BadFile {
        /// Which, from 1.
        place: usize,
    },
    /// Two letters in one package.
    #[error("EXC-009: {count} letters in one package")]
    Several {
        /// How many.
        count: usize,
    },
    /// The XML is of a layout that is not known.
    #[error("EXC-010: the layout is not known")]
    UnknownLayout,
    /// The package says that its letter is secret.
    #[error("EXC-011: the package is marked secret")]
    Secret,
    /// Protected by a password.
    #[error("EXC-012: protected by a password")]
    Protected,
}

impl Coded for ExchangeProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAPackage => "EXC-001",
            Self::TooLarge { .. } => "EXC-002",
            Self::TooDeep => "EXC-003",
            Self::TooMany { .. } => "EXC-004",
            Self::DeclaresType => "EXC-005",
            Self::Damaged { .. } => "EXC-006",
            Self::BadName => "EXC-007",
            Self::BadFile { .. } => "EXC-008",
            Self::Several { .. } => "EXC-009",
            Self::UnknownLayout => "EXC-010",
            Self::Secret => "EXC-011",
            Self::Protected => "EXC-012",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { limit } => vec![("limit", megabytes(*limit))],
            Self::TooMany { limit } => vec![("limit", limit.to_string())],
            Self::BadFile { place } => vec![("place", place.to_string())],
            Self::Several { count } => vec![("count", count.to_string())],
            _ => Vec::new(),
        }
    }
}

impl From<LetterFileProblem> for ExchangeProblem {
    fn from(problem: LetterFileProblem) -> Self {
        match problem {
            LetterFileProblem::DeclaresType => Self::DeclaresType,
            LetterFileProblem::Protected => Self::Protected,
            other => Self::Damaged { cause: other.to_string() },
        }
    }
}
