//! Why a set of forecasts is refused, and what of it was not taken as it stands.
//!
//! Codes `FC-001`–`FC-029` refuse the set. Codes from `FC-101` are remarks: the rest of the file was read.

use quantity::Coded;

/// Why a set cannot be scored. Lines count from 1, the titles included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetProblem {
    /// The folder lacks a file that every set has.
    #[error("FC-001: no file {name}.csv or {name}.csv.gz")]
    NoFile {
        /// Its name without ending.
        name: &'static str,
    },
    /// The same name stands there twice, plain and packed.
    #[error("FC-002: both {first} and {second}")]
    TwoFiles {
        /// One file.
        first: String,
        /// The other.
        second: String,
    },
    /// No file is the baseline's.
    #[error("FC-003: no file ends in -baseline")]
    NoBaseline,
    /// More than one file is a baseline's.
    #[error("FC-004: {first} and {second} are both baselines")]
    TwoBaselines {
        /// One file.
        first: String,
        /// The other.
        second: String,
    },
    /// A column is missing.
    #[error("FC-005: {file} has no column {column}")]
    NoColumn {
        /// Which file.
        file: String,
        /// Which column.
        column: String,
        /// The titles that are there.
        found: String,
    },
    /// The same column stands there twice.
    #[error("FC-006: {file} has column {column} twice")]
    TwoColumns {
        /// Which file.
        file: String,
        /// Which column.
        column: String,
    },
    /// Levels of the quantiles are missing.
    #[error("FC-007: {file} lacks {levels}")]
    NoLevels {
        /// Which file.
        file: String,
        /// Titles of the missing columns.
        levels: String,
    },
    /// A value that is no number, without end, or too large for a count.
    #[error("FC-008: {file} line {line} column {column}: no number")]
    NoNumber {
        /// Which file.
        file: String,
        /// Which line.
        line: u64,
        /// Which column.
        column: String,
        /// What stands there, cut.
        typed: String,
    },
    /// A day that is none.
    #[error("FC-009: {file} line {line} column {column}: no day")]
    NoDay {
        /// Which file.
        file: String,
        /// Which line.
        line: u64,
        /// Which column.
        column: String,
        /// What stands there, cut.
        typed: String,
    },
    /// A cell without a name of a place.
    #[error("FC-010: {file} line {line}: no place")]
    NoPlace {
        /// Which file.
        file: String,
        /// Which line.
        line: u64,
    },
    /// The same figure is told twice and differently.
    #[error("FC-011: {file} line {line}: told before, differently")]
    Contradiction {
        /// Which file.
        file: String,
        /// The later line.
        line: u64,
    },
    /// More bytes, unpacked, than are read.
    #[error("FC-012: {file} unpacks to more than {limit} bytes")]
    TooManyBytes {
        /// Which file.
        file: String,
        /// Bytes at most.
        limit: u64,
    },
    /// More rows or places than are read.
    #[error("FC-013: {file} line {line}: more than {limit}")]
    TooMany {
        /// Which file.
        file: String,
        /// Where reading stopped.
        line: u64,
        /// Rows, or places, at most.
        limit: usize,
    },
    /// Packed bytes that do not unpack, text that is not UTF-8, a row with more or fewer cells than titles.
    #[error("FC-014: {file} line {line}: damaged: {cause}")]
    Damaged {
        /// Which file.
        file: String,
        /// Where reading stopped; the last sound line for packed bytes that broke off.
        line: u64,
        /// For the log.
        cause: String,
    },
    /// Nothing is left to be scored: no row, no day in the days asked for, no truth.
    #[error("FC-015: nothing to score in {file}")]
    Nothing {
        /// Which file.
        file: String,
    },
}

impl Coded for SetProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoFile { .. } => "FC-001",
            Self::TwoFiles { .. } => "FC-002",
            Self::NoBaseline => "FC-003",
            Self::TwoBaselines { .. } => "FC-004",
            Self::NoColumn { .. } => "FC-005",
            Self::TwoColumns { .. } => "FC-006",
            Self::NoLevels { .. } => "FC-007",
            Self::NoNumber { .. } => "FC-008",
            Self::NoDay { .. } => "FC-009",
            Self::NoPlace { .. } => "FC-010",
            Self::Contradiction { .. } => "FC-011",
            Self::TooManyBytes { .. } => "FC-012",
            Self::TooMany { .. } => "FC-013",
            Self::Damaged { .. } => "FC-014",
            Self::Nothing { .. } => "FC-015",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self.clone() {
            Self::NoFile { name } => vec![("name", name.to_owned())],
            Self::NoBaseline => Vec::new(),
            Self::TwoFiles { first, second } | Self::TwoBaselines { first, second } => {
                vec![("first", first), ("second", second)]
            }
            Self::NoColumn { file, column, found } => vec![("file", file), ("column", column), ("found", found)],
            Self::TwoColumns { file, column } => vec![("file", file), ("column", column)],
            Self::NoLevels { file, levels } => vec![("file", file), ("levels", levels)],
            Self::NoNumber { file, line, column, typed } | Self::NoDay { file, line, column, typed } => {
                vec![("file", file), ("line", line.to_string()), ("column", column), ("typed", typed)]
            }
            Self::NoPlace { file, line } | Self::Contradiction { file, line } | Self::Damaged { file, line, .. } => {
                vec![("file", file), ("line", line.to_string())]
            }
            Self::TooManyBytes { file, limit } => {
                vec![("file", file), ("limit", format!("{} MB", limit >> 20))]
            }
            Self::TooMany { file, line, limit } => {
                vec![("file", file), ("line", line.to_string()), ("limit", limit.to_string())]
            }
            Self::Nothing { file } => vec![("file", file)],
        }
    }
}

/// What of a file was not taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// A column that no set has was not read.
    UnknownColumn,
    /// A value that is empty or says that it is none (`NaN`, `NA`, `null`): unknown.
    Unknown,
    /// A count below 0: unknown.
    BelowZero,
    /// A count of a week that was not over when it was told: left out.
    NotOver,
    /// A week that ends on another weekday than the targets, or too long before them: left out.
    OtherWeek,
    /// A horizon that is none of 1 to 4 weeks: left out.
    OtherHorizon,
    /// A target that ends on another day than its horizon says: left out.
    OtherTarget,
}

impl Oddity {
    /// Its code, under which its sentence stands.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownColumn => "FC-101",
            Self::Unknown => "FC-102",
            Self::BelowZero => "FC-103",
            Self::NotOver => "FC-104",
            Self::OtherWeek => "FC-105",
            Self::OtherHorizon => "FC-106",
            Self::OtherTarget => "FC-107",
        }
    }
}

/// An oddity of a file, with how many lines have it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {file}: {lines} from line {first}", .oddity.code())]
pub struct Remark {
    /// Which file.
    pub file: String,
    /// What is odd.
    pub oddity: Oddity,
    /// The first line that has it.
    pub first: u64,
    /// How many values, rows or columns have it.
    pub lines: usize,
    /// What stands in the first, cut.
    pub example: String,
}

impl Coded for Remark {
    fn code(&self) -> &'static str {
        self.oddity.code()
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("file", self.file.clone()),
            ("line", self.first.to_string()),
            ("count", self.lines.to_string()),
            ("example", self.example.clone()),
        ]
    }
}
