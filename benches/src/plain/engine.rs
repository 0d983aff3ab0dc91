//! Either engine, as plainly as it is used well: prepared statements, one transaction a batch, a
//! savepoint each, and on PostgreSQL all statements of a batch on their way at once.

use std::collections::HashMap;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{try_join, try_join_all};
use tokio::runtime::Runtime;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls, Statement};

use super::cell::Cell;
use super::import::{self, COLUMNS};
use super::rows::{self, SCHEMA, Write, sql};
use crate::readings::Reading;

/// The engine refused.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// SQLite.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL.
    #[error("PostgreSQL: {0}")]
    Postgres(#[from] tokio_postgres::Error),
    /// No runtime or thread for it.
    #[error("no runtime: {0}")]
    Runtime(#[from] std::io::Error),
    /// Neither of the two.
    #[error("a database is sqlite:PATH or postgres://…, not {0}")]
    Unknown(String),
    /// A key that is new was found.
    #[error("a key that nobody used is there already: use an empty database")]
    Used,
}

/// One connection.
pub enum Engine {
    /// A file.
    Sqlite(rusqlite::Connection),
    /// A server.
    Postgres(Box<Postgres>),
}

/// A connection to PostgreSQL driven by its own thread.
pub struct Postgres {
    runtime: Runtime,
    client: Client,
    statements: HashMap<&'static str, Statement>,
}

/// A report on its way: number, facility, moment.
pub type Job = (u64, u64, i64);

const MARK: &str = "SAVEPOINT one";
const RELEASE: &str = "RELEASE SAVEPOINT one";

impl Engine {
    /// Connects as the program does.
    pub fn open(database: &str) -> Result<Self, EngineError> {
        if let Some(path) = database.strip_prefix("sqlite:") {
            let connection = rusqlite::Connection::open(path)?;
            connection.busy_timeout(Duration::from_secs(30))?;
            connection.set_prepared_statement_cache_capacity(64);
            // The program's own settings, `store::engine::sqlite`.
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 2000;",
            )?;
            return Ok(Self::Sqlite(connection));
        }
        if !database.starts_with("postgres") {
            return Err(EngineError::Unknown(database.to_owned()));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime.block_on(tokio_postgres::connect(database, NoTls))?;
        // Its end reaches every statement as an error.
        runtime.spawn(async move {
            let _ = connection.await;
        });
        Ok(Self::Postgres(Box::new(Postgres { runtime, client, statements: HashMap::new() })))
    }

    /// Makes the tables in an empty database.
    pub fn create_tables(&mut self) -> Result<(), EngineError> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(&definition("BLOB", "TEXT", "WITHOUT ROWID"))?,
            Self::Postgres(postgres) => {
                let text = definition("BYTEA", "TEXT COLLATE \"C\"", "");
                postgres.runtime.block_on(postgres.client.batch_execute(&text))?;
            }
        }
        Ok(())
    }

    /// Writes reports in one transaction, durable on return.
    pub fn write(&mut self, jobs: &[Job]) -> Result<(), EngineError> {
        match self {
            Self::Sqlite(connection) => write_sqlite(connection, jobs),
            Self::Postgres(postgres) => postgres.write(jobs),
        }
    }

    /// Appends readings in one transaction, durable on return: prepared inserts on SQLite, COPY on
    /// PostgreSQL, the fastest that either offers.
    pub fn append(&mut self, readings: &[Reading]) -> Result<(), EngineError> {
        match self {
            Self::Sqlite(connection) => {
                connection.execute_batch("BEGIN IMMEDIATE")?;
                {
                    let mut statement = connection.prepare_cached(sql::READING)?;
                    for reading in readings {
                        statement.execute(rusqlite::params_from_iter(import::row(reading)))?;
                    }
                }
                connection.execute_batch("COMMIT")?;
            }
            Self::Postgres(postgres) => postgres.copy(readings)?,
        }
        Ok(())
    }

    /// Reads the list with the program's two questions; stores read, every column of each row.
    pub fn list(&mut self) -> Result<usize, EngineError> {
        match self {
            Self::Sqlite(connection) => {
                let stores = read_all(connection, sql::LIST_STORES)?;
                read_all(connection, sql::LIST_CENSUSES)?;
                Ok(stores)
            }
            Self::Postgres(postgres) => {
                let (stores, censuses) =
                    (postgres.statement(sql::LIST_STORES)?, postgres.statement(sql::LIST_CENSUSES)?);
                let province = rows::province();
                let (client, values) = (&postgres.client, [&province as &(dyn ToSql + Sync)]);
                let both = try_join(client.query(&stores, &values), client.query(&censuses, &values));
                Ok(postgres.runtime.block_on(both)?.0.len())
            }
        }
    }
}

/// Rows of a question about the province, every column read.
fn read_all(connection: &rusqlite::Connection, question: &str) -> Result<usize, EngineError> {
    let mut statement = connection.prepare_cached(question)?;
    let columns = statement.column_count();
    let mut rows = statement.query([rows::province()])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            row.get::<_, rusqlite::types::Value>(column)?;
        }
        count += 1;
    }
    Ok(count)
}

fn definition(blob: &str, text: &str, keyed: &str) -> String {
    SCHEMA.replace("{{BLOB}}", blob).replace("{{TEXT}}", text).replace("{{KEYED}}", keyed)
}

fn execute(connection: &rusqlite::Connection, writes: &[Write]) -> Result<(), EngineError> {
    for (statement, row) in writes {
        connection.prepare_cached(statement)?.execute(rusqlite::params_from_iter(row))?;
    }
    Ok(())
}

fn write_sqlite(connection: &rusqlite::Connection, jobs: &[Job]) -> Result<(), EngineError> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for (number, facility, moment) in jobs {
        let (seen, key) = rows::seen(*number, *moment);
        if connection.prepare_cached(seen)?.exists(rusqlite::params_from_iter(key))? {
            return Err(EngineError::Used);
        }
        connection.prepare_cached(MARK)?.execute([])?;
        execute(connection, &rows::report(*number, *facility, *moment))?;
        connection.prepare_cached(RELEASE)?.execute([])?;
    }
    execute(connection, &[(sql::PULSE, vec![rows::province()])])?;
    connection.prepare_cached("COMMIT")?.execute([])?;
    Ok(())
}

impl Postgres {
    fn statement(&mut self, text: &'static str) -> Result<Statement, EngineError> {
        if let Some(statement) = self.statements.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(&text.replace('?', "$")))?;
        self.statements.insert(text, statement.clone());
        Ok(statement)
    }

    /// Sends all writes without waiting between them: one round trip.
    fn send(&mut self, writes: &[Write]) -> Result<(), EngineError> {
        let mut prepared = Vec::with_capacity(writes.len());
        for (text, row) in writes {
            prepared.push((self.statement(text)?, references(row)));
        }
        let client = &self.client;
        self.runtime.block_on(try_join_all(prepared.iter().map(|(statement, row)| client.execute(statement, row))))?;
        Ok(())
    }

    fn write(&mut self, jobs: &[Job]) -> Result<(), EngineError> {
        let keys: Vec<Write> = jobs.iter().map(|(number, _, moment)| rows::seen(*number, *moment)).collect();
        let seen = self.statement(sql::SEEN)?;
        let keys: Vec<Vec<&(dyn ToSql + Sync)>> = keys.iter().map(|(_, row)| references(row)).collect();
        let client = &self.client;
        let found = self.runtime.block_on(try_join_all(keys.iter().map(|row| client.query_opt(&seen, row))))?;
        if found.iter().any(Option::is_some) {
            return Err(EngineError::Used);
        }
        let mut writes: Vec<Write> = vec![("BEGIN", Vec::new())];
        for (number, facility, moment) in jobs {
            writes.push((MARK, Vec::new()));
            writes.extend(rows::report(*number, *facility, *moment));
            writes.push((RELEASE, Vec::new()));
        }
        writes.push((sql::PULSE, vec![rows::province()]));
        writes.push(("COMMIT", Vec::new()));
        self.send(&writes)
    }
}

impl Postgres {
    fn copy(&mut self, readings: &[Reading]) -> Result<(), EngineError> {
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        let kinds: Vec<Type> = COLUMNS.iter().map(|(_, kind)| kind.clone()).collect();
        let statement = format!("COPY reading ({}) FROM STDIN BINARY", names.join(", "));
        let client = &self.client;
        self.runtime.block_on(async {
            let sink = client.copy_in(&statement).await?;
            let mut writer = pin!(BinaryCopyInWriter::new(sink, &kinds));
            for reading in readings {
                let row = import::row(reading);
                writer.as_mut().write(&references(&row)).await?;
            }
            writer.finish().await?;
            Ok(())
        })
    }
}

fn references(row: &[Cell]) -> Vec<&(dyn ToSql + Sync)> {
    row.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect()
}
