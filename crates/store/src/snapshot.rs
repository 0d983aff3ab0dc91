//! One portable copy of everything, taken in one read transaction, restorable into either engine:
//! the backup, and the move from SQLite to PostgreSQL.
//!
//! Form: gzip over a line of JSON (format, version, migration, moment, tables), then for each table
//! its rows in key order (length, bytes, digest), then an end mark with count and a digest over all
//! its rows. Projections and what belongs to the running installation alone do not travel.

use std::io::{BufReader, BufWriter, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use quantity::Moment;
use sha2::{Digest as _, Sha256};

use crate::encode::{Digest, decode, digest, encode};
use crate::engine::{Bulk, Row, Value};
use crate::schema::{Role, Table, table, tables};
use crate::{Connection, Database, StoreError, migrate};

const END: u32 = u32::MAX;
/// A row longer than this is damage, not data: files in the blob table are at most 32 MB.
const LONGEST_ROW: u32 = 64 << 20;
const CHUNK: usize = 5_000;

/// Told of each table and the rows done so far, for a progress bar.
pub type Progress<'p> = &'p mut dyn FnMut(&str, u64);

/// How many rows of each table a snapshot holds.
pub type Counts = Vec<(&'static str, u64)>;

fn travels(table: &Table) -> bool {
    !matches!(table.role, Role::Projection | Role::Volatile)
}

fn damaged(place: impl Into<String>) -> StoreError {
    StoreError::DamagedSnapshot(place.into())
}

/// Writes a snapshot of a database that may be in use.
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
    let names: Vec<&str> = tables().iter().filter(|table| travels(table)).map(|table| table.name).collect();
    let head = serde_json::json!({
        "format": "bontaicho-snapshot", "version": 1, "migration": migrate::KNOWN,
        "taken_at": taken_at.micros(), "tables": names,
    });
    writeln!(out, "{head}")?;
    let mut counts = Vec::new();
    for table in tables().iter().filter(|table| travels(table)) {
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
        let length = u32::try_from(bytes.len()).map_err(|_| damaged(place(table, &row)))?;
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

/// `reading 018f…`: the table and the key, for a person to look it up.
pub(crate) fn place(table: &Table, row: &Row) -> String {
    let key = table.key_positions().into_iter().filter_map(|position| row.0.get(position)).map(|value| match value {
        Value::Blob(bytes) => match bytes.as_slice().try_into() {
            Ok(bytes) => quantity::Id::from_bytes(bytes).to_string(),
            Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        },
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Real(number) => number.to_string(),
        Value::Null => "NULL".to_owned(),
    });
    format!("{} {}", table.name, key.collect::<Vec<_>>().join(" / "))
}

/// A snapshot being read, table after table.
pub struct Reader<R: Read> {
    input: GzDecoder<BufReader<R>>,
    tables: Vec<String>,
    /// When it was taken, by the real clock.
    pub taken_at: Moment,
}

impl<R: Read> Reader<R> {
    /// Opens a snapshot and reads its first line.
    pub fn open(input: R) -> Result<Self, StoreError> {
        let mut input = GzDecoder::new(BufReader::new(input));
        let mut line = Vec::new();
        let mut byte = [0];
        while line.len() < 100_000 {
            input.read_exact(&mut byte).map_err(|_| damaged("its first line"))?;
            if byte == *b"\n" {
                break;
            }
            line.push(byte[0]);
        }
        let head: serde_json::Value = serde_json::from_slice(&line).map_err(|_| damaged("its first line"))?;
        if head["format"] != "bontaicho-snapshot" || head["version"] != 1 {
            return Err(damaged("its first line"));
        }
        let found = head["migration"].as_i64().unwrap_or(0);
        if found > migrate::KNOWN {
            return Err(StoreError::FromTheFuture { found, known: migrate::KNOWN });
        }
        let tables =
            head["tables"].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned));
        Ok(Self {
            tables: tables.collect(),
            taken_at: Moment::from_micros(head["taken_at"].as_i64().unwrap_or(0)),
            input,
        })
    }

    /// Visits every row in the order it was written, checking each digest, count and table.
    pub fn each(
        mut self,
        visit: &mut dyn FnMut(&'static Table, Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for name in std::mem::take(&mut self.tables) {
            let table = table(&name).filter(|table| travels(table)).ok_or_else(|| damaged(name.clone()))?;
            self.each_row(table, visit)?;
        }
        Ok(())
    }

    fn each_row(
        &mut self,
        table: &'static Table,
        visit: &mut dyn FnMut(&'static Table, Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut whole = Sha256::new();
        let mut count = 0_u64;
        let mut last = format!("{}: first row", table.name);
        loop {
            let length = u32::from_le_bytes(self.take(&last)?);
            if length == END {
                break;
            }
            if length > LONGEST_ROW {
                return Err(damaged(format!("after {last}")));
            }
            let mut bytes = vec![0; length as usize];
            self.input.read_exact(&mut bytes).map_err(|_| damaged(format!("after {last}")))?;
            let digest: Digest = self.take(&last)?;
            let row = decode(&bytes).map_err(|_| damaged(format!("after {last}")))?;
            if full_digest(&bytes) != digest || row.0.len() != table.columns.len() {
                return Err(damaged(place(table, &row)));
            }
            last = place(table, &row);
            whole.update(digest);
            count += 1;
            visit(table, row)?;
        }
        let (said, sum): ([u8; 8], [u8; 32]) = (self.take(&last)?, self.take(&last)?);
        if u64::from_le_bytes(said) != count || sum != <[u8; 32]>::from(whole.finalize()) {
            return Err(damaged(format!("{}: its rows do not add up", table.name)));
        }
        Ok(())
    }

    fn take<const N: usize>(&mut self, last: &str) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes).map_err(|_| damaged(format!("after {last}")))?;
        Ok(bytes)
    }
}

/// Restores a snapshot into an empty, migrated database, in one transaction: all of it or nothing.
pub fn restore(database: &Database, input: impl Read, progress: Progress<'_>) -> Result<Counts, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    refuse_unless_empty(&mut connection)?;
    connection.begin_write()?;
    let restored = restore_rows(&mut connection, input, progress).and_then(|counts| {
        crate::projection::rebuild(&mut connection)?;
        connection.commit()?;
        Ok(counts)
    });
    if restored.is_err() {
        connection.rollback()?;
    }
    restored
}

fn refuse_unless_empty(connection: &mut Connection) -> Result<(), StoreError> {
    for table in tables().iter().filter(|table| travels(table)) {
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
    let mut counts: Counts = Vec::new();
    let mut waiting: Vec<Vec<Value>> = Vec::new();
    let mut current: Option<&'static Table> = None;
    Reader::open(input)?.each(&mut |table, row| {
        if current.is_some_and(|current| current.name != table.name) || waiting.len() >= CHUNK {
            insert(connection, current, &mut waiting)?;
        }
        if current.is_none_or(|current| current.name != table.name) {
            current = Some(table);
            counts.push((table.name, 0));
        }
        if let Some((name, count)) = counts.last_mut() {
            *count += 1;
            if *count % 10_000 == 0 {
                progress(name, *count);
            }
        }
        waiting.push(row.0);
        Ok(())
    })?;
    insert(connection, current, &mut waiting)?;
    Ok(counts)
}

fn insert(
    connection: &mut Connection,
    table: Option<&'static Table>,
    rows: &mut Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    if let Some(table) = table {
        connection.bulk(&Bulk { table: table.name, columns: &table.columns, conflict: "" }, rows)?;
    }
    rows.clear();
    Ok(())
}

/// A row of a snapshot while it is compared: its key, what it says, how it is named.
type Kept = (Vec<u8>, Digest, String);

/// How a database differs from a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// In the snapshot, not in the database.
    Missing(String),
    /// In the database, not in the snapshot: written since, or slipped in.
    Extra(String),
    /// In both, but not the same.
    Changed(String),
}

/// Compares every row of every table, by hash, with a snapshot. The audit's seals, which may have
/// been added since, are compared by the chain instead.
pub fn compare(database: &Database, input: impl Read) -> Result<Vec<Difference>, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    let mut kept: Vec<(&'static Table, Vec<Kept>)> = Vec::new();
    Reader::open(input)?.each(&mut |table, row| {
        if kept.last().is_none_or(|(last, _)| last.name != table.name) {
            kept.push((table, Vec::new()));
        }
        if let Some((_, rows)) = kept.last_mut() {
            rows.push((key_bytes(table, &row), digest(table, &row.0), place(table, &row)));
        }
        Ok(())
    })?;
    let mut differences = Vec::new();
    for table in tables().iter().filter(|table| travels(table)) {
        let rows = kept.iter().find(|(known, _)| known.name == table.name).map_or(&[][..], |(_, rows)| rows);
        compare_table(&mut connection, table, rows, &mut differences)?;
    }
    Ok(differences)
}

fn key_bytes(table: &Table, row: &Row) -> Vec<u8> {
    let key: Vec<Value> =
        table.key_positions().into_iter().filter_map(|position| row.0.get(position).cloned()).collect();
    encode(&key)
}

fn compare_table(
    connection: &mut Connection,
    table: &Table,
    rows: &[Kept],
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let mut expected: std::collections::HashMap<&[u8], (Digest, &str)> =
        rows.iter().map(|(key, digest, place)| (key.as_slice(), (*digest, place.as_str()))).collect();
    connection.each(&table.select_all(), &mut |row| {
        match expected.remove(key_bytes(table, &row).as_slice()) {
            None => differences.push(Difference::Extra(place(table, &row))),
            Some((said, _)) if said != digest(table, &row.0) => {
                differences.push(Difference::Changed(place(table, &row)))
            }
            Some(_) => {}
        }
        Ok(())
    })?;
    let mut missing: Vec<&str> = expected.values().map(|(_, place)| *place).collect();
    missing.sort_unstable();
    differences.extend(missing.into_iter().map(|place| Difference::Missing(place.to_owned())));
    Ok(())
}
