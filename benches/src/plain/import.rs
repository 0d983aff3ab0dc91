//! Many readings in plain SQL: what an import writes into the ledger, and nothing else.
//!
//! **The same** as the program's: table, indexes and every column; rows a transaction. **Not the
//! same**: no file is read, no row checked or weighed, nothing hashed, no projection or audit
//! written; and PostgreSQL is filled by COPY, the fastest it offers, where the program sends arrays.

use std::time::{Duration, Instant};

use tokio_postgres::types::Type;

use super::cell::Cell;
use super::engine::{Engine, EngineError};
use super::rows::{made, province, registered};
use crate::readings::{Reading, TANKS, readings};

/// Rows in one transaction, as in the program.
const CHUNK: usize = 20_000;

/// The reference tank, grams: levels are percent of it.
const CAPACITY: u64 = 5_000_000;

/// The ledger's columns, in the order of `sql::READING`, and their types in PostgreSQL.
pub(super) const COLUMNS: [(&str, Type); 20] = [
    ("province", Type::INT8),
    ("id", Type::BYTEA),
    ("operation", Type::BYTEA),
    ("report", Type::BYTEA),
    ("store", Type::BYTEA),
    ("happened_at", Type::INT8),
    ("recorded_at", Type::INT8),
    ("grams", Type::INT8),
    ("made_per_hour", Type::INT8),
    ("typed_text", Type::TEXT),
    ("typed_value", Type::FLOAT8),
    ("unit", Type::TEXT),
    ("reference", Type::TEXT),
    ("purity", Type::INT8),
    ("full_count", Type::INT8),
    ("part_count", Type::INT8),
    ("empty_count", Type::INT8),
    ("damaged_count", Type::INT8),
    ("source", Type::TEXT),
    ("digest", Type::BYTEA),
];

/// Appends readings into an empty database; how long that took, tables not counted.
pub fn run(database: &str, facilities: u64, rows: usize) -> Result<Duration, EngineError> {
    let mut engine = Engine::open(database)?;
    engine.create_tables()?;
    let mut all = readings(facilities).take(rows);
    let begun = Instant::now();
    loop {
        let chunk: Vec<Reading> = all.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(begun.elapsed());
        }
        engine.append(&chunk)?;
    }
}

/// A row of the ledger.
pub(super) fn row(reading: &Reading) -> [Cell; 20] {
    let Reading { facility, tank, hour, level } = *reading;
    let place = (facility - 1) * TANKS + tank - 1;
    let number = hour << 20 | place;
    let now = jiff::Timestamp::now().as_microsecond();
    [
        province(),
        made(b'd', number, now),
        registered(b'o', hour),
        Cell::Null,
        registered(b's', place),
        Cell::Int(reading.moment()),
        Cell::Int(now),
        Cell::Int((CAPACITY * level / 1_000) as i64),
        Cell::Null,
        Cell::Text(reading.typed()),
        Cell::Real(level as f64 / 10.0),
        Cell::Text("percent".to_owned()),
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Text("file".to_owned()),
        Cell::Blob(vec![number as u8; 16]),
    ]
}
