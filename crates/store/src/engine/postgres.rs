//! PostgreSQL: a server across a socket, so what matters is the number of round trips.
//!
//! Writes are kept back and travel together with the next statement whose answer is needed. The
//! connection runs inside its own small runtime: callers are plain threads, as with SQLite.

use std::collections::HashMap;
use std::pin::pin;

use futures_util::TryStreamExt;
use futures_util::future::join_all;
use tokio::runtime::Runtime;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls, Statement};

use super::dialect::{column, postgres_placeholders};
use super::{Bulk, Row, Value};
use crate::StoreError;

pub(super) struct Postgres {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
    deferred: Vec<(&'static str, Vec<Value>)>,
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

impl Postgres {
    pub(super) fn connect(address: &str) -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime.block_on(tokio_postgres::connect(address, NoTls))?;
        runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::error!(%error, "the connection to PostgreSQL ended");
            }
        });
        Ok(Self { runtime, client, statements: HashMap::new(), deferred: Vec::new() })
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(&postgres_placeholders(sql)))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn defer(&mut self, sql: &'static str, params: Vec<Value>) {
        self.deferred.push((sql, params));
    }

    pub(super) fn forget(&mut self) {
        self.deferred.clear();
    }

    /// Takes the queue with each statement prepared. Preparing inside an aborted transaction
    /// fails, so unknown statements are prepared before anything is sent.
    fn take_deferred(&mut self) -> Result<Vec<(Statement, Vec<Value>)>, StoreError> {
        let queue = std::mem::take(&mut self.deferred);
        queue.into_iter().map(|(sql, params)| Ok((self.statement(sql)?, params))).collect()
    }

    pub(super) fn flush(&mut self) -> Result<(), StoreError> {
        if self.deferred.is_empty() {
            return Ok(());
        }
        let queue = self.take_deferred()?;
        let (runtime, client) = (&self.runtime, &self.client);
        // Futures polled together are sent together: one round trip for the whole queue.
        let answers = runtime.block_on(join_all(
            queue
                .iter()
                .map(|(statement, params)| async move { client.execute_raw(statement, references(params)).await }),
        ));
        for answer in answers {
            answer?;
        }
        Ok(())
    }

    pub(super) fn query(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let wanted = self.statement(sql)?;
        let queue = self.take_deferred()?;
        let (runtime, client) = (&self.runtime, &self.client);
        let rows = runtime.block_on(async {
            let before = join_all(
                queue
                    .iter()
                    .map(|(statement, params)| async move { client.execute_raw(statement, references(params)).await }),
            );
            let query = async { client.query(&wanted, &references(&params)).await };
            // `join` polls its first future first, so the queue is on the wire before the query.
            let (before, rows) = futures_util::future::join(before, query).await;
            for answer in before {
                answer?;
            }
            rows
        })?;
        rows.iter().map(owned).collect()
    }

    /// Undoes to the savepoint. What is still queued after the savepoint never leaves.
    pub(super) fn undo(&mut self) -> Result<(), StoreError> {
        if let Some(position) = self.deferred.iter().rposition(|(sql, _)| *sql == "SAVEPOINT operation") {
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
        self.runtime.block_on(self.client.execute_raw(&statement, params))?;
        Ok(())
    }

    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.flush()?;
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        visit: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.flush()?;
        let (runtime, client) = (&self.runtime, &self.client);
        runtime.block_on(async {
            let nothing: [&(dyn ToSql + Sync); 0] = [];
            let mut rows = pin!(client.query_raw(sql, nothing).await?);
            while let Some(row) = rows.try_next().await? {
                visit(owned(&row)?)?;
            }
            Ok(())
        })
    }

    pub(super) fn prepare_only(&mut self, sql: &str) -> Result<(), StoreError> {
        self.statement(sql).map(|_| ())
    }
}
