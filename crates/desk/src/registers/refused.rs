//! Why a row or a file of a register is given back.

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

/// Why something is not taken. Each has its sentence and next step in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The columns are those of another register.
    #[error("IMP-001: this looks like {other}, not like {wanted}")]
    OtherRegister {
        /// The register it looks like, as it is titled.
        other: String,
        /// The register it was sent to.
        wanted: String,
    },
    /// Nothing but the names of what the rows are about.
    #[error("IMP-002: no column says anything")]
    NothingToRead,
    /// Something new lacks what it cannot do without.
    #[error("IMP-003: {title} is missing")]
    Missing {
        /// The column, as it is titled.
        title: String,
    },
    /// Two rows of the file say different things of one.
    #[error("IMP-004: row {row} says something else of the same")]
    Twice {
        /// The row before.
        row: u32,
    },
    /// No facility of that code or name in the actor's scope.
    #[error("IMP-005: no facility is called {typed}")]
    UnknownFacility {
        /// As typed.
        typed: String,
    },
    /// What the register does not let a file change.
    #[error("IMP-006: {titles} cannot be changed by a file")]
    NotByFile {
        /// The columns, as they are titled.
        titles: String,
    },
    /// No supplier of that name.
    #[error("IMP-007: no supplier is called {typed}")]
    UnknownSupplier {
        /// As typed.
        typed: String,
    },
    /// More rows than one file may have.
    #[error("IMP-008: more than {most} rows")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Of two columns only one may be filled.
    #[error("IMP-009: {one} and {other} exclude each other")]
    OneOfTwo {
        /// A column, as it is titled.
        one: String,
        /// The other.
        other: String,
    },
    /// Words that cannot be read as what the column holds.
    #[error("IMP-010: {typed} cannot be read in {title}")]
    Unreadable {
        /// As typed.
        typed: String,
        /// The column, as it is titled.
        title: String,
    },
    /// A cell under a day that holds no whole number of people.
    #[error("IMP-011: {typed} in column {column} is no count")]
    NotACount {
        /// The column's letter.
        column: String,
        /// The day of the column.
        day: Date,
        /// As typed.
        typed: String,
    },
    /// The file is being written by another press of the button.
    #[error("IMP-020: it is being written")]
    UnderWay,
    /// The file has been written.
    #[error("IMP-021: it was written before")]
    WrittenBefore,
    /// The register has changed since the preview.
    #[error("IMP-022: the register has changed since the preview")]
    Stale,
    /// There is nothing to write.
    #[error("IMP-023: nothing to write")]
    NothingToWrite,
    /// No file was sent.
    #[error("IMP-024: no file")]
    NoFile,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherRegister { .. } => "IMP-001",
            Self::NothingToRead => "IMP-002",
            Self::Missing { .. } => "IMP-003",
            Self::Twice { .. } => "IMP-004",
            Self::UnknownFacility { .. } => "IMP-005",
            Self::NotByFile { .. } => "IMP-006",
            Self::UnknownSupplier { .. } => "IMP-007",
            Self::TooMany { .. } => "IMP-008",
            Self::OneOfTwo { .. } => "IMP-009",
            Self::Unreadable { .. } => "IMP-010",
            Self::NotACount { .. } => "IMP-011",
            Self::UnderWay => "IMP-020",
            Self::WrittenBefore => "IMP-021",
            Self::Stale => "IMP-022",
            Self::NothingToWrite => "IMP-023",
            Self::NoFile => "IMP-024",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherRegister { other, wanted } => vec![("other", other.clone()), ("wanted", wanted.clone())],
            Self::Missing { title } => vec![("title", title.clone())],
            Self::Twice { row } => vec![("row", row.to_string())],
            Self::UnknownFacility { typed } | Self::UnknownSupplier { typed } => vec![("typed", typed.clone())],
            Self::NotByFile { titles } => vec![("titles", titles.clone())],
            Self::TooMany { most } => vec![("most", most.to_string())],
            Self::OneOfTwo { one, other } => vec![("one", one.clone()), ("other", other.clone())],
            Self::Unreadable { typed, title } => vec![("typed", typed.clone()), ("title", title.clone())],
            Self::NotACount { column, day, typed } => {
                vec![("column", column.clone()), ("day", show_date(*day)), ("typed", typed.clone())]
            }
            _ => Vec::new(),
        }
    }
}
