//! Why a document, or one cell of it, is refused. Codes `DOC-001`–`DOC-029` refuse a whole file,
//! `DOC-030` and after refuse one row of it. From `DOC-060` a letter's file is refused ([`crate::letter_file`]).

mod cell;

pub use cell::{CellProblem, CellReason, Place};

use quantity::Coded;

/// A file that cannot be read or written as a whole.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DocumentProblem {
    /// No bytes at all.
    #[error("DOC-001: the file is empty")]
    Empty,
    /// More bytes than the limit; `bytes` is what was seen, for a stream the limit itself.
    #[error("DOC-002: {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// Largest accepted size in bytes.
        limit: u64,
    },
    /// Unpacking was stopped at the limit: a zip bomb, or a sheet formatted down to the last row.
    #[error("DOC-003: unpacks to more than {limit} bytes")]
    UnpacksTooLarge {
        /// Largest accepted unpacked size in bytes.
        limit: u64,
    },
    /// More rows than the limit.
    #[error("DOC-004: more than {limit} rows")]
    TooManyRows {
        /// Largest accepted number of rows.
        limit: u32,
    },
    /// A filled cell beyond the last accepted column.
    #[error("DOC-005: row {row} fills more than {limit} columns")]
    TooManyColumns {
        /// Row, counted from 1.
        row: u32,
        /// Largest accepted number of columns.
        limit: u16,
    },
    /// More cells, or more text in cells, than the limit.
    #[error("DOC-006: more content than accepted (row {row})")]
    TooMuchContent {
        /// Row at which reading stopped, counted from 1.
        row: u32,
    },
    /// The caller's stop function said stop: time budget or cancelled.
    #[error("DOC-007: stopped before the end")]
    Stopped,
    /// The file is damaged or not what its name says.
    #[error("DOC-008: damaged: {cause}")]
    Damaged {
        /// For the log; without content of the file.
        cause: String,
    },
    /// A kind of file that is not read as a table.
    #[error("DOC-009: not a table that can be read: .{extension}")]
    NotATable {
        /// Ending of the file's name, lower case, perhaps empty.
        extension: String,
    },
    /// The old binary formats of Office (`.xls`, `.doc`).
    #[error("DOC-010: old binary Office file .{extension}")]
    OldFormat {
        /// Ending of the file's name, lower case, perhaps empty.
        extension: String,
    },
    /// Protected by a password.
    #[error("DOC-011: protected by a password")]
    Protected,
    /// Letters were lost before the file arrived: `B?nh vi?n`.
    #[error("DOC-012: {damaged} of {words} words reduced to question marks")]
    LettersLost {
        /// Words that hold a question mark or a replacement character where a letter belongs.
        damaged: usize,
        /// Words seen.
        words: usize,
        /// First damaged word.
        example: String,
    },
    /// No encoding makes Vietnamese of these bytes.
    #[error("DOC-013: encoding not recognised, best guess {best} at {percent} %")]
    EncodingUnknown {
        /// Name of the best candidate.
        best: &'static str,
        /// Its share of words that can be Vietnamese, in percent.
        percent: u8,
    },
    /// The bytes contradict the encoding in which the file began.
    #[error("DOC-014: row {row} is not {encoding}")]
    EncodingChanges {
        /// Row, counted from 1.
        row: u32,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// A quotation mark opened in this row swallows what follows.
    #[error("DOC-015: cell in row {row} longer than {limit} characters")]
    CellTooLong {
        /// Row, counted from 1.
        row: u32,
        /// Largest accepted length in bytes.
        limit: usize,
    },
    /// A required column was not recognised among the headers.
    #[error("DOC-016: column {expected} not found")]
    ColumnMissing {
        /// Vietnamese title of the expected column.
        expected: String,
        /// Other accepted titles.
        aliases: Vec<String>,
        /// Titles that were found.
        found: Vec<String>,
        /// The found title nearest to the expected one, when it is near.
        closest: Option<String>,
    },
    /// Two headers stand for one column.
    #[error("DOC-017: column {expected} found twice: {first} and {second}")]
    ColumnTwice {
        /// Vietnamese title of the expected column.
        expected: String,
        /// Letter of the first.
        first: String,
        /// Letter of the second.
        second: String,
    },
    /// No sheet or no filled cell.
    #[error("DOC-018: nothing in the table")]
    NothingInside,
    /// Layout data is wrong or lacks what the code asks of it: an administrator's matter.
    #[error("DOC-019: layout {layout}: {cause}")]
    LayoutBroken {
        /// Key of the layout.
        layout: String,
        /// What is wrong.
        cause: String,
    },
    /// The sheet could not be written.
    #[error("DOC-020: sheet not written: {cause}")]
    NotWritten {
        /// For the log.
        cause: String,
    },
}

impl Coded for DocumentProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "DOC-001",
            Self::TooLarge { .. } => "DOC-002",
            Self::UnpacksTooLarge { .. } => "DOC-003",
            Self::TooManyRows { .. } => "DOC-004",
            Self::TooManyColumns { .. } => "DOC-005",
            Self::TooMuchContent { .. } => "DOC-006",
            Self::Stopped => "DOC-007",
            Self::Damaged { .. } => "DOC-008",
            Self::NotATable { .. } => "DOC-009",
            Self::OldFormat { .. } => "DOC-010",
            Self::Protected => "DOC-011",
            Self::LettersLost { .. } => "DOC-012",
            Self::EncodingUnknown { .. } => "DOC-013",
            Self::EncodingChanges { .. } => "DOC-014",
            Self::CellTooLong { .. } => "DOC-015",
            Self::ColumnMissing { .. } => "DOC-016",
            Self::ColumnTwice { .. } => "DOC-017",
            Self::NothingInside => "DOC-018",
            Self::LayoutBroken { .. } => "DOC-019",
            Self::NotWritten { .. } => "DOC-020",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes, limit } => {
                vec![("size", megabytes(*bytes)), ("limit", megabytes(*limit))]
            }
            Self::UnpacksTooLarge { limit } => vec![("limit", megabytes(*limit))],
            Self::TooManyRows { limit } => vec![("limit", grouped(u64::from(*limit)))],
            Self::TooManyColumns { row, limit } => {
                vec![("row", row.to_string()), ("limit", limit.to_string())]
            }
            Self::TooMuchContent { row } => vec![("row", row.to_string())],
            Self::NotATable { extension } | Self::OldFormat { extension } => {
                vec![("extension", extension.clone())]
            }
            Self::LettersLost { damaged, words, example } => {
                vec![("damaged", damaged.to_string()), ("words", words.to_string()), ("example", example.clone())]
            }
            Self::EncodingUnknown { best, percent } => {
                vec![("best", (*best).to_owned()), ("percent", percent.to_string())]
            }
            Self::EncodingChanges { row, encoding } => {
                vec![("row", row.to_string()), ("encoding", (*encoding).to_owned())]
            }
            Self::CellTooLong { row, limit } => {
                vec![("row", row.to_string()), ("limit", grouped(*limit as u64))]
            }
            Self::ColumnMissing { expected, aliases, found, closest } => vec![
                ("expected", expected.clone()),
                ("aliases", listed(aliases)),
                ("found", listed(found)),
                ("closest", closest.clone().unwrap_or_else(|| "không có cột nào gần giống".to_owned())),
            ],
            Self::ColumnTwice { expected, first, second } => {
                vec![("expected", expected.clone()), ("first", first.clone()), ("second", second.clone())]
            }
            Self::LayoutBroken { layout, cause } => {
                vec![("layout", layout.clone()), ("cause", cause.clone())]
            }
            Self::Empty
            | Self::Stopped
            | Self::Damaged { .. }
            | Self::Protected
            | Self::NothingInside
            | Self::NotWritten { .. } => Vec::new(),
        }
    }
}

/// `a, b, c`, cut after twelve so that a sentence stays a sentence.
fn listed(words: &[String]) -> String {
    let mut text = words.iter().take(12).map(|word| format!("«{word}»")).collect::<Vec<_>>().join(", ");
    if words.len() > 12 {
        text.push_str(", …");
    }
    text
}

/// `48,5 MB`.
pub(crate) fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{},{} MB", grouped(tenths / 10), tenths % 10)
}

/// `1.000.000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
