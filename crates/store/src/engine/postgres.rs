//! PostgreSQL: a server across a socket, so what matters is the number of round trips.
//!
//! Writes are kept back and travel together with the next statement whose answer is needed. The
//! connection runs inside its own small runtime: callers are plain threads, as with SQLite.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use futures_util::future::join_all;
use tokio::runtime::Runtime;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls, Statement};

use super::dialect::{column, postgres_placeholders};
use super::{Bulk, Row, Value};
use crate::StoreError;

/// A connection unused for this long may have been closed by a server, a firewall or a night.
const RESTED: Duration = Duration::from_secs(1);

/// Plans are kept for as long as a connection lives, and most are made while a table is empty: then
/// a walk through all of it looks cheap, and still is walked when it holds a million rows. Every
/// question has an index. Without a walk to compare with, costs look huge, hence no compiling.
const PLANNING: &str = "SET enable_seqscan TO off; SET jit TO off";

/// The begin of an operation's part of a batch.
pub(super) const SAVEPOINT: &str = "SAVEPOINT operation";

pub(super) struct Postgres {
    runtime: OwnRuntime,
    client: Client,
    statements: HashMap<String, Statement>,
    deferred: Vec<Deferred>,
    /// Answers that have come and nobody has fetched yet.
    answers: HashMap<u64, Vec<Row>>,
    /// Questions asked so far.
    asked: u64,
    used_at: Instant,
}

/// A runtime that may be dropped anywhere: an ordinary one panics inside another runtime, where
/// the last handle of a store is often dropped.
struct OwnRuntime(Option<Runtime>);

impl OwnRuntime {
    fn block_on<F: Future>(&self, future: F) -> Result<F::Output, StoreError> {
        Ok(self.0.as_ref().ok_or(StoreError::Stopped)?.block_on(future))
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

type Fallible = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut tokio_postgres::types::private::BytesMut) -> Fallible {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *ty == Type::INT2 => i16::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) if *ty == Type::FLOAT8 => (*number as f64).to_sql(ty, out),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Real(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn owned(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let mut values = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        values.push(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map(i64::from).into(),
            Type::INT2 => row.try_get::<_, Option<i16>>(index)?.map(i64::from).into(),
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(index)?.into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.into(),
            Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(index)?.into(),
            ref other => return Err(StoreError::Unreadable(format!("column type {other}"))),
        });
    }
    Ok(Row(values))
}

fn references(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// A statement that waits for the next exchange, and where its answer is kept if one is wanted.
struct Deferred {
    sql: &'static str,
    params: Vec<Value>,
    asked: Option<u64>,
}

/// The same, ready to be sent.
struct Ready {
    statement: Statement,
    params: Vec<Value>,
    asked: Option<u64>,
}

impl Ready {
    /// On the wire once it has been polled.
    async fn send(&self, client: &Client) -> Result<Vec<tokio_postgres::Row>, tokio_postgres::Error> {
        let params = references(&self.params);
        match self.asked {
            Some(_) => client.query(&self.statement, &params).await,
            None => client.execute_raw(&self.statement, params).await.map(|_| Vec::new()),
        }
    }
}

impl Postgres {
    pub(super) fn connect(address: &str) -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime.block_on(tokio_postgres::connect(address, NoTls))?;
        runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::error!(%error, "the connection to PostgreSQL ended");
            }
        });
        runtime.block_on(client.batch_execute(PLANNING))?;
        Ok(Self {
            runtime: OwnRuntime(Some(runtime)),
            client,
            statements: HashMap::new(),
            deferred: Vec::new(),
            answers: HashMap::new(),
            asked: 0,
            used_at: Instant::now(),
        })
    }

    /// Whether the server still answers; asked only after a rest, so that a busy connection pays
    /// nothing.
    pub(super) fn is_there(&mut self) -> bool {
        if self.used_at.elapsed() < RESTED {
            return !self.client.is_closed();
        }
        self.used_at = Instant::now();
        matches!(self.runtime.block_on(self.client.simple_query("")), Ok(Ok(_)))
    }

    /// The prepared statement. An unknown one is an exchange of its own, and its failure aborts
    /// the transaction: so the savepoint to go back to must have reached the server before.
    fn statement(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        self.flush()?;
        self.prepare(sql)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        let statement = self.runtime.block_on(self.client.prepare(&postgres_placeholders(sql)))??;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn defer(&mut self, sql: &'static str, params: Vec<Value>) {
        self.deferred.push(Deferred { sql, params, asked: None });
    }

    /// Queues a question; its answer comes with the next exchange.
    pub(super) fn ask(&mut self, sql: &'static str, params: Vec<Value>) -> u64 {
        self.asked += 1;
        self.deferred.push(Deferred { sql, params, asked: Some(self.asked) });
        self.asked
    }

    /// The answer to a question, fetched now if it has not come yet.
    pub(super) fn answer(&mut self, asked: u64) -> Result<Vec<Row>, StoreError> {
        if !self.answers.contains_key(&asked) {
            self.flush()?;
        }
        self.answers.remove(&asked).ok_or(StoreError::Stopped)
    }

    /// Drops what is queued, and answers that nobody fetched in the transaction they were good for.
    pub(super) fn forget(&mut self) {
        self.deferred.clear();
        self.answers.clear();
    }

    /// Takes the queue with each statement prepared. What stands before an unknown statement is
    /// sent first: preparing a release fails while a transaction still waits for its rollback.
    fn take_deferred(&mut self) -> Result<Vec<Ready>, StoreError> {
        let mut ready = Vec::new();
        for Deferred { sql, params, asked } in std::mem::take(&mut self.deferred) {
            let statement = match self.statements.get(sql) {
                Some(statement) => statement.clone(),
                None => {
                    self.send(std::mem::take(&mut ready))?;
                    self.prepare(sql)?
                }
            };
            ready.push(Ready { statement, params, asked });
        }
        Ok(ready)
    }

    /// One round trip for the whole queue: futures polled together are sent together.
    fn send(&mut self, queue: Vec<Ready>) -> Result<(), StoreError> {
        if queue.is_empty() {
            return Ok(());
        }
        self.used_at = Instant::now();
        let client = &self.client;
        let answers = self.runtime.block_on(join_all(queue.iter().map(|ready| ready.send(client))))?;
        for (ready, answer) in queue.iter().zip(answers) {
            let rows = answer?;
            if let Some(asked) = ready.asked {
                self.answers.insert(asked, rows.iter().map(owned).collect::<Result<_, _>>()?);
            }
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), StoreError> {
        let queue = self.take_deferred()?;
        self.send(queue)
    }

    pub(super) fn query(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let asked = self.ask(sql, params);
        self.answer(asked)
    }

    /// Undoes to the savepoint. What is still queued after the savepoint never leaves.
    pub(super) fn undo(&mut self) -> Result<(), StoreError> {
        self.answers.clear();
        if let Some(position) = self.deferred.iter().rposition(|queued| queued.sql == SAVEPOINT) {
            self.deferred.truncate(position);
            return self.flush();
        }
        self.deferred.clear();
        self.defer("ROLLBACK TO SAVEPOINT operation", Vec::new());
        self.defer("RELEASE SAVEPOINT operation", Vec::new());
        self.flush()
    }

    pub(super) fn bulk(&mut self, bulk: &Bulk, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let statement = self.statement(&bulk.arrays())?;
        self.flush()?;
        let columns: Vec<Vec<&Value>> = (0..bulk.columns.len()).map(|index| column(rows, index)).collect();
        let params: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|values| values as &(dyn ToSql + Sync)).collect();
        self.used_at = Instant::now();
        self.runtime.block_on(self.client.execute_raw(&statement, params))??;
        Ok(())
    }

    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.flush()?;
        self.used_at = Instant::now();
        Ok(self.runtime.block_on(self.client.batch_execute(sql))??)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        visit: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.flush()?;
        let (runtime, client) = (&self.runtime, &self.client);
        let visited = runtime.block_on(async {
            let nothing: [&(dyn ToSql + Sync); 0] = [];
            let mut rows = pin!(client.query_raw(sql, nothing).await?);
            while let Some(row) = rows.try_next().await? {
                visit(owned(&row)?)?;
            }
            Ok(())
        });
        self.used_at = Instant::now();
        visited?
    }

    pub(super) fn prepare_only(&mut self, sql: &str) -> Result<(), StoreError> {
        self.statement(sql).map(|_| ())
    }
}
