//! Why the file of a letter is refused. Codes from `DOC-060`: the same causes as of a table
//! ([`DocumentProblem`]) have codes of their own here, because the next step is another.

use quantity::Coded;

use crate::DocumentProblem;
use crate::problem::megabytes;

/// A file whose text cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LetterFileProblem {
    /// No bytes, or no letter in them.
    #[error("DOC-060: the file is empty")]
    Empty,
    /// More bytes than the limit.
    #[error("DOC-061: {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// Largest accepted size in bytes.
        limit: u64,
    },
    /// Unpacking was stopped at the limit: a zip bomb.
    #[error("DOC-062: unpacks to more than {limit} bytes")]
    UnpacksTooLarge {
        /// Largest accepted unpacked size in bytes.
        limit: u64,
    },
    /// More text than any letter has.
    #[error("DOC-063: more than {limit} bytes of text")]
    TooMuchText {
        /// Largest accepted length in bytes.
        limit: u64,
    },
    /// Reading took longer than allowed, or was cancelled.
    #[error("DOC-064: stopped before the end")]
    Stopped,
    /// The file is damaged or not what its name says.
    #[error("DOC-065: damaged: {cause}")]
    Damaged {
        /// For the log; without content of the file.
        cause: String,
    },
    /// The old binary format of Office (`.doc`, `.xls`).
    #[error("DOC-066: old binary Office file .{extension}")]
    OldWord {
        /// Ending of the file's name, lower case, perhaps empty.
        extension: String,
    },
    /// A text format that is not read: `.rtf`, `.odt`, `.html`, `.pages`.
    #[error("DOC-067: another text format .{extension}")]
    OtherFormat {
        /// Ending of the file's name, lower case, perhaps empty.
        extension: String,
    },
    /// No text at all: an archive, a film, a program.
    #[error("DOC-068: not a letter: .{extension}")]
    NotALetter {
        /// Ending of the file's name, lower case, perhaps empty.
        extension: String,
    },
    /// Protected by a password.
    #[error("DOC-069: protected by a password")]
    Protected,
    /// The XML declares a document type: entities could swell it or name other files.
    #[error("DOC-070: a document type is declared inside")]
    DeclaresType,
    /// Only pictures of pages: no text layer.
    #[error("DOC-071: pictures only, {pages} pages")]
    Picture {
        /// Pages seen.
        pages: usize,
    },
    /// The fonts of the PDF do not say which letters their signs are.
    #[error("DOC-072: {unread} of {signs} signs without a letter")]
    SignsUnreadable {
        /// Signs without a letter.
        unread: usize,
        /// Signs seen.
        signs: usize,
    },
    /// Letters were lost before the file arrived: `B?nh vi?n`.
    #[error("DOC-073: {damaged} of {words} words reduced to question marks")]
    LettersLost {
        /// Words that hold a question mark or a replacement character where a letter belongs.
        damaged: usize,
        /// Words seen.
        words: usize,
    },
    /// No encoding makes Vietnamese of these bytes.
    #[error("DOC-074: encoding not recognised, best guess {best} at {percent} %")]
    EncodingUnknown {
        /// Name of the best candidate.
        best: &'static str,
        /// Its share of words that can be Vietnamese, in percent.
        percent: u8,
    },
    /// A file of the right kind without a word in it.
    #[error("DOC-075: nothing written inside")]
    NothingInside,
    /// More pages than the limit.
    #[error("DOC-076: {pages} pages, more than {limit}")]
    TooManyPages {
        /// Pages of the file.
        pages: usize,
        /// Largest accepted number.
        limit: usize,
    },
}

impl Coded for LetterFileProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "DOC-060",
            Self::TooLarge { .. } => "DOC-061",
            Self::UnpacksTooLarge { .. } => "DOC-062",
            Self::TooMuchText { .. } => "DOC-063",
            Self::Stopped => "DOC-064",
            Self::Damaged { .. } => "DOC-065",
            Self::OldWord { .. } => "DOC-066",
            Self::OtherFormat { .. } => "DOC-067",
            Self::NotALetter { .. } => "DOC-068",
            Self::Protected => "DOC-069",
            Self::DeclaresType => "DOC-070",
            Self::Picture { .. } => "DOC-071",
            Self::SignsUnreadable { .. } => "DOC-072",
            Self::LettersLost { .. } => "DOC-073",
            Self::EncodingUnknown { .. } => "DOC-074",
            Self::NothingInside => "DOC-075",
            Self::TooManyPages { .. } => "DOC-076",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes, limit } => vec![("size", megabytes(*bytes)), ("limit", megabytes(*limit))],
            Self::UnpacksTooLarge { limit } | Self::TooMuchText { limit } => vec![("limit", megabytes(*limit))],
            Self::OldWord { extension } | Self::OtherFormat { extension } | Self::NotALetter { extension } => {
                let shown = if extension.is_empty() { String::new() } else { format!(" (.{extension})") };
                vec![("extension", shown)]
            }
            Self::Picture { pages } => vec![("pages", pages.to_string())],
            Self::SignsUnreadable { unread, signs } => {
                vec![("unread", unread.to_string()), ("signs", signs.to_string())]
            }
            // No word of the letter: the refusal may be shown and logged where the letter must not.
            Self::LettersLost { damaged, words } => {
                vec![("damaged", damaged.to_string()), ("words", words.to_string())]
            }
            Self::EncodingUnknown { best, percent } => {
                vec![("best", (*best).to_owned()), ("percent", percent.to_string())]
            }
            Self::TooManyPages { pages, limit } => vec![("pages", pages.to_string()), ("limit", limit.to_string())],
            Self::Empty
            | Self::Stopped
            | Self::Damaged { .. }
            | Self::Protected
            | Self::DeclaresType
            | Self::NothingInside => Vec::new(),
        }
    }
}

impl From<DocumentProblem> for LetterFileProblem {
    fn from(problem: DocumentProblem) -> Self {
        match problem {
            DocumentProblem::Empty => Self::Empty,
            DocumentProblem::TooLarge { bytes, limit } => Self::TooLarge { bytes, limit },
            DocumentProblem::UnpacksTooLarge { limit } => Self::UnpacksTooLarge { limit },
            DocumentProblem::Stopped => Self::Stopped,
            DocumentProblem::Damaged { cause } => Self::Damaged { cause },
            DocumentProblem::OldFormat { extension } => Self::OldWord { extension },
            DocumentProblem::NotATable { extension } => Self::NotALetter { extension },
            DocumentProblem::Protected => Self::Protected,
            DocumentProblem::LettersLost { damaged, words, .. } => Self::LettersLost { damaged, words },
            DocumentProblem::EncodingUnknown { best, percent } => Self::EncodingUnknown { best, percent },
            DocumentProblem::NothingInside => Self::NothingInside,
            // Limits of a table that a letter in a sheet meets: it is no letter any more.
            DocumentProblem::TooManyRows { .. }
            | DocumentProblem::TooManyColumns { .. }
            | DocumentProblem::TooMuchContent { .. }
            | DocumentProblem::CellTooLong { .. } => Self::TooMuchText { limit: 0 },
            other => Self::Damaged { cause: other.to_string() },
        }
    }
}
