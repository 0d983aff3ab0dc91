//! What can be wrong with a file of areas or a mapping.

use quantity::Coded;

use super::{AreaKey, Level};

/// Why the whole file is refused: nothing in it can be trusted to stand in its column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// No line at all.
    #[error("PLA-010: the file is empty")]
    Empty,
    /// A column is absent or bears another name.
    #[error("PLA-011: the column {column} is missing")]
    ColumnMissing {
        /// The column the program looks for.
        column: &'static str,
    },
}

/// Why one row is given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// More or fewer fields than the head.
    #[error("PLA-012: {found} fields, expected {expected}")]
    FieldCount {
        /// Fields in the row.
        found: usize,
        /// Fields in the head.
        expected: usize,
    },
    /// A quotation mark opens and does not close, or stands inside a plain field.
    #[error("PLA-013: a quotation mark is not closed")]
    Quote,
    /// Not 2, 3 or 5 digits.
    #[error("PLA-002: not the code of an area")]
    Code,
    /// The level does not fit the code's length, or is no level.
    #[error("PLA-014: the level does not fit the code")]
    Level,
    /// No name, or a name damaged by a wrong encoding.
    #[error("PLA-015: the name is empty or damaged")]
    Name,
    /// Not a date.
    #[error("PLA-016: not a date")]
    Date,
    /// It would end on or before the day it begins.
    #[error("PLA-017: ends before it begins")]
    EndsBeforeItBegins,
    /// Not a pair of coordinates in or near Viet Nam.
    #[error("PLA-018: not coordinates in Viet Nam")]
    Coordinates,
    /// The same code is already valid on some of these days.
    #[error("PLA-019: overlaps line {line}")]
    Overlap {
        /// The line that came first.
        line: usize,
    },
    /// A parent is missing, not needed, of a wrong level, or not valid on the first day.
    #[error("PLA-020: no such parent for a {level:?} on its first day")]
    Parent {
        /// The level of the row.
        level: Level,
    },
    /// A successor that cannot be read, stands on a row without an end, or (a remark only) is not
    /// valid on the day the row ends.
    #[error("PLA-021: no such successor on the last day")]
    Successor,
}

impl Coded for ImportRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "PLA-010",
            Self::ColumnMissing { .. } => "PLA-011",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty => Vec::new(),
            Self::ColumnMissing { column } => vec![("column", (*column).to_owned())],
        }
    }
}

impl Coded for RowProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Code => "PLA-002",
            Self::FieldCount { .. } => "PLA-012",
            Self::Quote => "PLA-013",
            Self::Level => "PLA-014",
            Self::Name => "PLA-015",
            Self::Date => "PLA-016",
            Self::EndsBeforeItBegins => "PLA-017",
            Self::Coordinates => "PLA-018",
            Self::Overlap { .. } => "PLA-019",
            Self::Parent { .. } => "PLA-020",
            Self::Successor => "PLA-021",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::FieldCount { found, expected } => {
                vec![("found", found.to_string()), ("expected", expected.to_string())]
            }
            Self::Overlap { line } => vec![("line", line.to_string())],
            Self::Parent { level } => vec![("level", level.word().to_owned())],
            _ => Vec::new(),
        }
    }
}

/// The figures of an area sum to more than 64 bits hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("PLA-022: the figures of {area} are too large to add")]
pub struct MappingRefused {
    /// The new area whose sum is too large.
    pub area: AreaKey,
}

impl Coded for MappingRefused {
    fn code(&self) -> &'static str {
        "PLA-022"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("area", self.area.code.to_string())]
    }
}
