//! Writes a snapshot into an empty database: all of it or nothing.

use std::io::Read;

use super::{Counts, Progress, Reader, travelling};
use crate::engine::{Bulk, Value};
use crate::schema::Table;
use crate::{Connection, Database, StoreError, migrate, projection};

/// Rows sent at once.
const CHUNK: usize = 5_000;
/// Bytes sent at once: a few photos are as heavy as thousands of readings.
const HEAVY: usize = 8 << 20;

/// Restores a snapshot into an empty, migrated database, in one transaction.
///
/// # Errors
/// [`StoreError::NotEmpty`] and [`StoreError::DamagedSnapshot`]; nothing is kept then.
pub fn restore(database: &Database, input: impl Read, progress: Progress<'_>) -> Result<Counts, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    connection.begin_write()?;
    let restored = refuse_unless_empty(&mut connection)
        .and_then(|()| restore_rows(&mut connection, input, progress))
        .and_then(|counts| {
            projection::rebuild(&mut connection)?;
            connection.commit()?;
            Ok(counts)
        });
    if restored.is_ok() {
        // All is there already; an engine that could not look now does so by itself some minutes later.
        let _ = connection.learn_sizes();
    }
    if restored.is_err() {
        // The first error is the one to tell; a connection that is gone undoes by itself.
        let _ = connection.rollback();
    }
    restored
}

fn refuse_unless_empty(connection: &mut Connection) -> Result<(), StoreError> {
    for table in travelling() {
        let mut rows = 0;
        connection.each(&format!("SELECT COUNT(*) FROM {}", table.name), &mut |row| {
            rows = row.get(0)?;
            Ok(())
        })?;
        if rows > 0 {
            return Err(StoreError::NotEmpty { table: table.name.to_owned(), rows });
        }
    }
    Ok(())
}

fn restore_rows(connection: &mut Connection, input: impl Read, progress: Progress<'_>) -> Result<Counts, StoreError> {
    let mut reader = Reader::open(input)?;
    let mut counts: Counts = Vec::new();
    while let Some(mut part) = reader.next_part(None) {
        let table = part.table;
        let (mut waiting, mut weight) = (Vec::new(), 0);
        while let Some(row) = reader.next_row(&mut part)? {
            weight += row.0.iter().map(weight_of).sum::<usize>();
            waiting.push(row.0);
            if waiting.len() >= CHUNK || weight >= HEAVY {
                insert(connection, table, &mut waiting)?;
                weight = 0;
                progress(table.name, part.count);
            }
        }
        insert(connection, table, &mut waiting)?;
        progress(table.name, part.count);
        counts.push((table.name, part.count));
    }
    reader.finish()?;
    Ok(counts)
}

fn weight_of(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        Value::Null | Value::Int(_) | Value::Real(_) => 8,
    }
}

fn insert(connection: &mut Connection, table: &'static Table, rows: &mut Vec<Vec<Value>>) -> Result<(), StoreError> {
    connection.bulk(&Bulk { table: table.name, columns: &table.columns, conflict: "" }, rows)?;
    rows.clear();
    Ok(())
}
