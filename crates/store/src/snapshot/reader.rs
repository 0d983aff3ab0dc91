//! Reads a snapshot row by row and trusts nothing in it.

use std::collections::VecDeque;
use std::io::{BufReader, Read};

use flate2::read::GzDecoder;
use quantity::Moment;
use sha2::{Digest as _, Sha256};

use super::{END, LONGEST_ROW, damaged, full_digest, key_of, place, place_of_key, travels};
use crate::encode::{Digest, decode};
use crate::engine::{Row, Value};
use crate::schema::{Table, table};
use crate::{StoreError, migrate};

/// The first line is far shorter.
const LONGEST_HEAD: usize = 100_000;

/// A snapshot being read, table after table.
pub struct Reader<R: Read> {
    input: BufReader<GzDecoder<BufReader<R>>>,
    tables: VecDeque<&'static Table>,
    /// When it was taken, by the real clock.
    pub taken_at: Moment,
}

/// How far the reading of one table has come.
pub(super) struct Part {
    pub(super) table: &'static Table,
    whole: Sha256,
    pub(super) count: u64,
    last: Option<Vec<Value>>,
}

impl Part {
    /// Where something was found that cannot be named itself.
    fn here(&self) -> StoreError {
        damaged(match &self.last {
            Some(key) => format!("after {}", place_of_key(self.table, key)),
            None => format!("{}: first row", self.table.name),
        })
    }
}

impl<R: Read> Reader<R> {
    /// Opens a snapshot and reads its first line.
    ///
    /// # Errors
    /// [`StoreError::DamagedSnapshot`] for anything else than a snapshot's first line, and
    /// [`StoreError::FromTheFuture`] for one that a newer program took.
    pub fn open(input: R) -> Result<Self, StoreError> {
        let mut input = BufReader::new(GzDecoder::new(BufReader::new(input)));
        let head = read_head(&mut input).ok_or_else(|| damaged("its first line"))?;
        let found = head["migration"].as_i64().unwrap_or(0);
        if found > migrate::KNOWN {
            return Err(StoreError::FromTheFuture { found, known: migrate::KNOWN });
        }
        let names = head["tables"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        let tables = names
            .map(|name| table(name).filter(|table| travels(table)).ok_or_else(|| damaged(name)))
            .collect::<Result<_, _>>()?;
        Ok(Self { input, tables, taken_at: Moment::from_micros(head["taken_at"].as_i64().unwrap_or(0)) })
    }

    /// Visits every row in the order it was written, checking each digest, count and table.
    ///
    /// # Errors
    /// [`StoreError::DamagedSnapshot`] names the first row or place that does not fit. Rows visited
    /// before it may only be kept once this has returned `Ok`.
    pub fn each(
        mut self,
        visit: &mut dyn FnMut(&'static Table, Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        while let Some(mut part) = self.next_part(None) {
            while let Some(row) = self.next_row(&mut part)? {
                visit(part.table, row)?;
            }
        }
        self.finish()
    }

    /// Begins the next table, or that one only if it is the next.
    pub(super) fn next_part(&mut self, wanted: Option<&Table>) -> Option<Part> {
        let next = self.tables.front().filter(|next| wanted.is_none_or(|wanted| wanted.name == next.name))?;
        let part = Part { table: next, whole: Sha256::new(), count: 0, last: None };
        self.tables.pop_front();
        Some(part)
    }

    /// The next row of a table; none after its last, once count and sum have been checked.
    pub(super) fn next_row(&mut self, part: &mut Part) -> Result<Option<Row>, StoreError> {
        let length = u32::from_le_bytes(self.take(part)?);
        if length == END {
            return self.end_part(part).map(|()| None);
        }
        if length > LONGEST_ROW {
            return Err(part.here());
        }
        let mut bytes = vec![0; length as usize];
        self.input.read_exact(&mut bytes).map_err(|_| part.here())?;
        let digest: Digest = self.take(part)?;
        let row = decode(&bytes).map_err(|_| part.here())?;
        if full_digest(&bytes) != digest || row.0.len() != part.table.columns.len() {
            return Err(damaged(place(part.table, &row)));
        }
        part.whole.update(digest);
        part.count += 1;
        part.last = Some(key_of(part.table, &row));
        Ok(Some(row))
    }

    fn end_part(&mut self, part: &mut Part) -> Result<(), StoreError> {
        let (said, sum): ([u8; 8], [u8; 32]) = (self.take(part)?, self.take(part)?);
        let whole = std::mem::take(&mut part.whole);
        if u64::from_le_bytes(said) != part.count || sum != <[u8; 32]>::from(whole.finalize()) {
            return Err(damaged(format!("{}: its rows do not add up", part.table.name)));
        }
        Ok(())
    }

    /// Nothing may follow the last table; and only at its end does gzip check its own sum.
    pub(super) fn finish(mut self) -> Result<(), StoreError> {
        match self.input.read(&mut [0]) {
            Ok(0) => Ok(()),
            Ok(_) | Err(_) => Err(damaged("its end")),
        }
    }

    fn take<const N: usize>(&mut self, part: &Part) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes).map_err(|_| part.here())?;
        Ok(bytes)
    }
}

fn read_head(input: &mut impl Read) -> Option<serde_json::Value> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        input.read_exact(&mut byte).ok().filter(|()| line.len() < LONGEST_HEAD)?;
        if byte == *b"\n" {
            break;
        }
        line.push(byte[0]);
    }
    let mut digest: Digest = [0; 16];
    input.read_exact(&mut digest).ok()?;
    let head: serde_json::Value = serde_json::from_slice(&line).ok()?;
    let is_ours = head["format"] == "bontaicho-snapshot" && head["version"] == 1;
    (is_ours && full_digest(&line) == digest).then_some(head)
}
