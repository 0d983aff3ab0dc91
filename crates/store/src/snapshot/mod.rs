//! One portable copy of everything, taken in one read transaction, restorable into either engine:
//! the backup, and the move from SQLite to PostgreSQL.
//!
//! Form: gzip over a line of JSON (format, version, migration, moment, tables) and its digest, then
//! for each table its rows in key order (length, bytes, digest), then an end mark with count and a
//! digest over all its rows. Projections and what belongs to the running installation alone do not
//! travel. A damaged byte is found before anything is kept, and the row it stands in is named.

mod compare;
mod reader;
mod restore;

use std::io::{BufWriter, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use quantity::Moment;
use sha2::{Digest as _, Sha256};

pub use compare::{Difference, compare};
pub use reader::Reader;
pub use restore::restore;

use crate::encode::{Digest, encode};
use crate::engine::{Row, Value};
use crate::schema::{Role, Table, tables};
use crate::{Connection, Database, StoreError, migrate};

/// Stands where the length of a row would.
const END: u32 = u32::MAX;
/// A row longer than this is damage, not data: files in the blob table are at most 32 MB.
const LONGEST_ROW: u32 = 64 << 20;

/// Told of each table and the rows done so far, for a progress bar.
pub type Progress<'p> = &'p mut dyn FnMut(&str, u64);

/// How many rows of each table a snapshot holds.
pub type Counts = Vec<(&'static str, u64)>;

fn travels(table: &Table) -> bool {
    !matches!(table.role, Role::Projection | Role::Volatile)
}

fn travelling() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| travels(table))
}

fn damaged(place: impl Into<String>) -> StoreError {
    StoreError::DamagedSnapshot(place.into())
}

/// Writes a snapshot of a database that may be in use.
///
/// # Errors
/// Those of the database and of `out`; [`StoreError::Unreadable`] for a row too long to travel.
pub fn take(
    database: &Database,
    out: impl Write,
    taken_at: Moment,
    progress: Progress<'_>,
) -> Result<Counts, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    connection.begin_read()?;
    let mut out = GzEncoder::new(BufWriter::new(out), Compression::fast());
    let names: Vec<&str> = travelling().map(|table| table.name).collect();
    let head = serde_json::json!({
        "format": "bontaicho-snapshot", "version": 1, "migration": migrate::KNOWN,
        "taken_at": taken_at.micros(), "tables": names,
    })
    .to_string();
    writeln!(out, "{head}")?;
    out.write_all(&full_digest(head.as_bytes()))?;
    let mut counts = Vec::new();
    for table in travelling() {
        counts.push((table.name, write_table(&mut connection, table, &mut out, progress)?));
    }
    connection.commit()?;
    out.finish()?.flush()?;
    Ok(counts)
}

fn write_table(
    connection: &mut Connection,
    table: &Table,
    out: &mut impl Write,
    progress: Progress<'_>,
) -> Result<u64, StoreError> {
    let mut whole = Sha256::new();
    let mut count = 0;
    connection.each(&table.select_all(), &mut |row| {
        let bytes = encode(&row.0);
        let digest = full_digest(&bytes);
        whole.update(digest);
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST_ROW);
        let length = length.ok_or_else(|| StoreError::Unreadable(format!("too long: {}", place(table, &row))))?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&bytes)?;
        out.write_all(&digest)?;
        count += 1;
        if count % 10_000 == 0 {
            progress(table.name, count);
        }
        Ok(())
    })?;
    out.write_all(&END.to_le_bytes())?;
    out.write_all(&count.to_le_bytes())?;
    out.write_all(&whole.finalize())?;
    progress(table.name, count);
    Ok(count)
}

/// The digest of a row's bytes in the snapshot, seal and stored digest included.
fn full_digest(bytes: &[u8]) -> Digest {
    let mut digest = [0; 16];
    digest.copy_from_slice(&Sha256::digest(bytes)[..16]);
    digest
}

/// `reading 1 / 018f…`: the table and the key, for a person to look it up.
pub(crate) fn place(table: &Table, row: &Row) -> String {
    place_of_key(table, &key_of(table, row))
}

fn key_of(table: &Table, row: &Row) -> Vec<Value> {
    table.key_positions().into_iter().map(|position| row.0.get(position).cloned().unwrap_or(Value::Null)).collect()
}

fn place_of_key(table: &Table, key: &[Value]) -> String {
    let parts: Vec<String> = key
        .iter()
        .map(|value| match value {
            Value::Blob(bytes) => match bytes.as_slice().try_into() {
                Ok(bytes) => quantity::Id::from_bytes(bytes).to_string(),
                Err(_) => crate::hex(bytes),
            },
            Value::Int(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Real(number) => number.to_string(),
            Value::Null => "NULL".to_owned(),
        })
        .collect();
    format!("{} {}", table.name, parts.join(" / "))
}
