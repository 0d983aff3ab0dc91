//! The only place that knows which database is underneath.
//!
//! Statements are written once, with `?1` placeholders, and run on both engines. What differs
//! (types of columns, placeholders, bulk, the number of round trips) is settled in this module.

mod dialect;
mod postgres;
mod sqlite;
mod value;

use std::path::PathBuf;

pub use dialect::{Bulk, Kind};
pub use value::{FromValue, Row, Value};

use crate::StoreError;
use crate::lens::Looking;

/// Which database, from the `--database` argument.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file, made when missing: `sqlite:PATH` or a bare path.
    Sqlite(PathBuf),
    /// A server: `postgres://…`.
    Postgres(String),
}

impl std::str::FromStr for Database {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else if let Some((scheme, _)) = text.split_once("://").filter(|(scheme, _)| *scheme != "sqlite") {
            Err(StoreError::UnknownEngine(scheme.to_owned()))
        } else {
            let path = text.strip_prefix("sqlite:").unwrap_or(text);
            Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
        }
    }
}

impl std::fmt::Debug for Database {
    /// Never the address of a server, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "SQLite at {}", path.display()),
            Self::Postgres(_) => write!(f, "PostgreSQL"),
        }
    }
}

impl Database {
    /// The engine's name as people say it; never the address, which may hold a password.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Opens one connection.
    pub fn connect(&self) -> Result<Connection, StoreError> {
        let inner = match self {
            Self::Sqlite(path) => Inner::Sqlite(sqlite::Sqlite::open(path)?),
            Self::Postgres(address) => Inner::Postgres(Box::new(postgres::Postgres::connect(address)?)),
        };
        Ok(Connection(inner, Looking::default()))
    }

    /// The statement that makes a table, in the types of this engine.
    pub(crate) fn definition(&self, template: &str) -> String {
        dialect::definition(self, template)
    }
}

/// One connection, used by one thread at a time, and the moment from which it looks.
pub struct Connection(Inner, pub(crate) Looking);

/// A question that has been asked and not been answered yet. Good for the transaction it was asked
/// in, on the connection it was asked of.
#[must_use]
pub struct Asked(Answer);

enum Answer {
    Here(Vec<Row>),
    Comes(u64),
}

enum Inner {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

impl Connection {
    /// Runs a statement and returns its rows. Writes queued before it have run when it returns.
    pub fn query(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.query(sql, &params),
            Inner::Postgres(postgres) => postgres.query(sql, params),
        }
    }

    /// The first row of an answer, if there is one.
    pub fn query_one(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Asks something whose answer is not needed yet: on PostgreSQL it travels with the next
    /// statement, so that several questions cost one exchange.
    pub fn ask(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Asked, StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => Ok(Asked(Answer::Here(sqlite.query(sql, &params)?))),
            Inner::Postgres(postgres) => Ok(Asked(Answer::Comes(postgres.ask(sql, params)))),
        }
    }

    /// The answer to what was asked.
    pub fn answer(&mut self, asked: Asked) -> Result<Vec<Row>, StoreError> {
        match (&mut self.0, asked.0) {
            (_, Answer::Here(rows)) => Ok(rows),
            (Inner::Postgres(postgres), Answer::Comes(asked)) => postgres.answer(asked),
            (Inner::Sqlite(_), Answer::Comes(_)) => Err(StoreError::Stopped),
        }
    }

    /// Runs a write whose answer nobody needs. It may travel with the next statement, so its
    /// failure may appear there, but never later than [`flush`](Self::flush) or the commit.
    pub fn write(&mut self, sql: &'static str, params: Vec<Value>) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.write(sql, &params),
            Inner::Postgres(postgres) => {
                postgres.defer(sql, params);
                Ok(())
            }
        }
    }

    /// Sends what `write` has kept back.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(postgres) => postgres.flush(),
        }
    }

    /// Inserts many rows with one statement.
    pub fn bulk(&mut self, bulk: &Bulk, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.bulk(bulk, rows),
            Inner::Postgres(postgres) => postgres.bulk(bulk, rows),
        }
    }

    /// Runs several statements that take no parameters, as a migration does.
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.script(sql),
            Inner::Postgres(postgres) => postgres.script(sql),
        }
    }

    /// Tells an engine that does not find out by itself how large tables will be.
    pub(crate) fn assume_sizes(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.script(include_str!("../../migrations/sqlite_statistics.sql")),
            Inner::Postgres(_) => Ok(()),
        }
    }

    /// Lets an engine that would find out some minutes later look now, after many rows came at once: how many there are,
    /// and that all of them are seen by everybody, without which counting along an index reads the table as well.
    pub(crate) fn learn_sizes(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(postgres) => postgres.script("VACUUM (ANALYZE)"),
        }
    }

    /// Streams the rows of a text made at run time (the snapshot's own tables only).
    pub(crate) fn each(
        &mut self,
        sql: &str,
        row: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.each(sql, row),
            Inner::Postgres(postgres) => postgres.each(sql, row),
        }
    }

    /// Whether the engine accepts a statement, without running it.
    pub fn prepare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.prepare(sql),
            Inner::Postgres(postgres) => postgres.prepare_only(sql),
        }
    }

    /// How the engine would run a statement, one step a line.
    pub fn explain(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.explain(sql),
            Inner::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Whether the connection still works, as far as can be told cheaply.
    pub(crate) fn is_there(&mut self) -> bool {
        match &mut self.0 {
            Inner::Sqlite(_) => true,
            Inner::Postgres(postgres) => postgres.is_there(),
        }
    }

    /// Begins a transaction that will write, the only one of this database until it ends.
    pub(crate) fn begin_write(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.write("BEGIN IMMEDIATE", &[]),
            Inner::Postgres(postgres) => {
                postgres.forget();
                postgres.defer("BEGIN", Vec::new());
                // One writer at a time, as in SQLite: operations read a projection, fold into it and
                // write it back, which two processes at once would lose.
                postgres.defer("SELECT pg_advisory_xact_lock(416)", Vec::new());
                Ok(())
            }
        }
    }

    /// Begins a transaction that only reads, and sees one state throughout.
    pub(crate) fn begin_read(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Sqlite(sqlite) => sqlite.write("BEGIN DEFERRED", &[]),
            Inner::Postgres(postgres) => {
                postgres.forget();
                postgres.defer("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", Vec::new());
                Ok(())
            }
        }
    }

    /// Makes the transaction durable; everything queued has run when it returns.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        self.write("COMMIT", Vec::new())?;
        self.flush()
    }

    /// Drops the transaction, and what was queued.
    pub(crate) fn rollback(&mut self) -> Result<(), StoreError> {
        if let Inner::Postgres(postgres) = &mut self.0 {
            postgres.forget();
        }
        self.write("ROLLBACK", Vec::new())?;
        self.flush()
    }

    /// Begins the part of a batch that belongs to one operation.
    pub(crate) fn savepoint(&mut self) -> Result<(), StoreError> {
        self.write(postgres::SAVEPOINT, Vec::new())
    }

    /// Keeps the part since the savepoint, all of which has been flushed.
    pub(crate) fn release(&mut self) -> Result<(), StoreError> {
        self.write("RELEASE SAVEPOINT operation", Vec::new())
    }

    /// Undoes the part since the savepoint.
    pub(crate) fn undo(&mut self) -> Result<(), StoreError> {
        // A savepoint that is still queued must reach the server before it can be undone.
        if let Inner::Postgres(postgres) = &mut self.0 {
            postgres.undo()
        } else {
            self.write("ROLLBACK TO SAVEPOINT operation", Vec::new())?;
            self.write("RELEASE SAVEPOINT operation", Vec::new())
        }
    }
}
