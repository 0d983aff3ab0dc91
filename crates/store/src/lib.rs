//! Ledgers and registers in SQLite or PostgreSQL, chosen at start.
//!
//! Lives here: the two engines behind one set of statements, the batched writer, migrations,
//! the audit chain, snapshots, projections and the check of all of them.
//! Not here: who may do what, and what an operation means (`desk`).
//!
//! How a change goes through: [`Store::write`] queues an operation for the one writer, which gathers
//! those that wait into one transaction with a savepoint each. The operation appends to [`ledger`]s,
//! folds into [`projection`]s, changes [`register`]s and leaves one row in the [`audit`]. After the
//! commit everybody is answered, and a number rises that screens poll ([`register::pulse`]).
//! [`Store::read`] sees one state throughout. What was so at a moment, as known at a moment, is read
//! back by [`series`]; the sealer of [`audit`] makes the second of the two possible. A reading as a whole may
//! look back through a [`Lens`].
//!
//! Every statement is written once for both engines and listed by [`all_statements`]; only
//! `engine` and `migrations/` know what differs. [`integrity::check`] names damage in the database,
//! [`snapshot`] damage in a backup.

pub mod account;
pub mod audit;
pub mod blob;
mod encode;
mod engine;
mod error;
pub mod finding;
pub mod integrity;
pub mod job;
pub mod ledger;
mod lens;
pub mod migrate;
pub mod projection;
mod readers;
pub mod record;
pub mod register;
pub mod schema;
pub mod series;
pub mod snapshot;
mod statement;
pub mod transfer;
mod writer;

pub use encode::{Content, Digest, bytes_of_hex, hex, sha256, sha256_of};
pub use engine::{Asked, Bulk, Connection, Database, FromValue, Kind, Row, Value};
pub use error::StoreError;
pub use lens::Lens;
pub use statement::all_statements;
pub use writer::Transaction;

quantity::define_id! {
    /// One operation of one actor: the key of its audit row, carried by every row it wrote.
    OperationId
}

use readers::Readers;
use writer::Writer;

/// A database that is open: one writer, several readers. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    database: Database,
    writer: Writer,
    readers: Readers,
}

impl Store {
    /// Opens a database that has been migrated. From a thread that may wait, never from inside an
    /// asynchronous runtime; dropping it is allowed anywhere.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`] and [`StoreError::FromTheFuture`]; else those of the engine.
    pub fn open(database: &Database, readers: usize) -> Result<Self, StoreError> {
        migrate::check(&mut database.connect()?)?;
        Ok(Self {
            database: database.clone(),
            writer: Writer::start(database.clone())?,
            readers: Readers::new(database.clone(), readers),
        })
    }

    /// Which database this is.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Runs an operation in the writer's next batch; answers after the commit.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.submit_waiting(work).await?.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// The same from a thread that may wait.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.submit(work)?.blocking_recv().unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// Runs a read that sees one state throughout, off the threads that serve requests.
    pub async fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let readers = self.readers.clone();
        match tokio::task::spawn_blocking(move || readers.read(read)).await {
            Ok(outcome) => outcome,
            Err(error) => Err(StoreError::Panicked(error.to_string()).into()),
        }
    }

    /// The same from a thread that may wait.
    pub fn read_blocking<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.readers.read(read)
    }
}
