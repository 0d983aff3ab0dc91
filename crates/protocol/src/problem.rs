//! Why a norm cannot be given. Never answered with a silent default.

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

/// What is wrong with a table, a choice, an override or a question.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NormProblem {
    /// A file of norms that cannot be used. Shipped files are tested; this speaks of a province's own.
    #[error("NRM-001: {file}: {cause}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong, for the log.
        cause: String,
    },
    /// No such table, or no such key in it.
    #[error("NRM-002: no norm {table} {key}")]
    Unknown {
        /// The table asked for.
        table: String,
        /// The key asked for.
        key: String,
    },
    /// The table exists, but no version of it is in force.
    #[error("NRM-003: no version of {table} is in force on {on}")]
    NotInForce {
        /// The table asked for.
        table: String,
        /// The date asked for.
        on: Date,
    },
    /// A choice that names a version nobody shipped.
    #[error("NRM-004: {table} has no version {version}")]
    NoSuchVersion {
        /// The table.
        table: String,
        /// The version chosen.
        version: String,
    },
    /// A figure whose range is reversed or not a number.
    #[error("NRM-005: {table} {key}: {low} ≤ {value} ≤ {high} does not hold")]
    RangeReversed {
        /// The table.
        table: String,
        /// The key.
        key: String,
        /// Lower end.
        low: f64,
        /// The figure.
        value: f64,
        /// Upper end.
        high: f64,
    },
    /// An override in another unit than the table's.
    #[error("NRM-006: {table} is kept in {expected}, not in {given}")]
    OtherUnit {
        /// The table.
        table: String,
        /// The table's unit.
        expected: &'static str,
        /// The unit given.
        given: &'static str,
    },
}

impl Coded for NormProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "NRM-001",
            Self::Unknown { .. } => "NRM-002",
            Self::NotInForce { .. } => "NRM-003",
            Self::NoSuchVersion { .. } => "NRM-004",
            Self::RangeReversed { .. } => "NRM-005",
            Self::OtherUnit { .. } => "NRM-006",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Malformed { file, .. } => vec![("file", file.clone())],
            Self::Unknown { table, key } => vec![("table", table.clone()), ("key", key.clone())],
            Self::NotInForce { table, on } => {
                vec![("table", table.clone()), ("on", show_date(*on))]
            }
            Self::NoSuchVersion { table, version } => {
                vec![("table", table.clone()), ("version", version.clone())]
            }
            Self::RangeReversed { table, key, low, value, high } => {
                let show = |figure: &f64| quantity::show_number(*figure, 3);
                vec![
                    ("table", table.clone()),
                    ("key", key.clone()),
                    ("low", show(low)),
                    ("value", show(value)),
                    ("high", show(high)),
                ]
            }
            Self::OtherUnit { table, expected, given } => {
                vec![("table", table.clone()), ("expected", (*expected).to_owned()), ("given", (*given).to_owned())]
            }
        }
    }
}
