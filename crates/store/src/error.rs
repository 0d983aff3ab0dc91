//! What can go wrong between the program and its database.

use quantity::Coded;

/// An error of the store. The cause is for the log; nobody outside sees it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite answered with an error.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL answered with an error, or is not there.
    #[error("PostgreSQL: {}", in_full(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// Reading or writing a file, or starting a thread.
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
    /// A stored value is not what its column promises.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// `--database` names an engine the program does not speak.
    #[error("unknown engine: {0}")]
    UnknownEngine(String),
    /// The database was made by a newer version of the program.
    #[error("the database is at migration {found}, this program knows {known}")]
    FromTheFuture {
        /// Newest migration found.
        found: i64,
        /// Newest migration known.
        known: i64,
    },
    /// The database has not been migrated.
    #[error("the database is at migration {found}, this program needs {known}")]
    NotMigrated {
        /// Newest migration found.
        found: i64,
        /// Newest migration known.
        known: i64,
    },
    /// A snapshot is damaged; the row is named.
    #[error("snapshot damaged: {0}")]
    DamagedSnapshot(String),
    /// A snapshot may only be restored into an empty database.
    #[error("the database already holds {rows} rows in {table}")]
    NotEmpty {
        /// First table that holds rows.
        table: String,
        /// How many.
        rows: i64,
    },
    /// The writer or the readers have stopped.
    #[error("the store has stopped")]
    Stopped,
    /// An operation panicked; its part of the batch was undone.
    #[error("the operation failed unexpectedly: {0}")]
    Panicked(String),
}

impl StoreError {
    /// Whether a table was asked that is not there.
    pub(crate) fn is_missing_table(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.to_string().starts_with("no such table"),
            Self::Postgres(error) => error.code() == Some(&tokio_postgres::error::SqlState::UNDEFINED_TABLE),
            _ => false,
        }
    }
}

/// The server's own words stand in the source of its error.
fn in_full(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(answer) => format!("{} ({})", answer.message(), answer.code().code()),
        None => error.to_string(),
    }
}

impl Coded for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::Sqlite(_) | Self::Postgres(_) | Self::Io(_) | Self::Stopped => "STO-001",
            Self::Unreadable(_) | Self::Panicked(_) => "STO-002",
            Self::UnknownEngine(_) => "STO-003",
            Self::FromTheFuture { .. } => "STO-004",
            Self::NotMigrated { .. } => "STO-005",
            Self::DamagedSnapshot(_) => "STO-006",
            Self::NotEmpty { .. } => "STO-007",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownEngine(engine) => vec![("engine", engine.clone())],
            Self::FromTheFuture { found, known } | Self::NotMigrated { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Self::DamagedSnapshot(place) => vec![("place", place.clone())],
            Self::NotEmpty { table, rows } => vec![("table", table.clone()), ("rows", rows.to_string())],
            _ => Vec::new(),
        }
    }
}
