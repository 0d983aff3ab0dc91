//! Compares a database with a snapshot. Both come in key order, so they are merged row by row and
//! neither is ever held in memory.

use std::cmp::Ordering;
use std::io::Read;

use super::reader::Part;
use super::{Reader, key_of, place, travelling};
use crate::encode::encode;
use crate::engine::{Row, Value};
use crate::schema::{Role, Table};
use crate::{Connection, Database, StoreError, migrate};

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

/// Compares every row of every table that travels. A seal that the audit got since the snapshot was
/// taken is no difference; the chain itself is checked by [`integrity`](crate::integrity).
///
/// # Errors
/// [`StoreError::DamagedSnapshot`]: a damaged snapshot cannot vouch for anything.
pub fn compare(database: &Database, input: impl Read) -> Result<Vec<Difference>, StoreError> {
    let mut connection = database.connect()?;
    migrate::check(&mut connection)?;
    connection.begin_read()?;
    let mut reader = Reader::open(input)?;
    let mut differences = Vec::new();
    for table in travelling() {
        match reader.next_part(Some(table)) {
            Some(part) => compare_table(&mut connection, part, &mut reader, &mut differences)?,
            // A table that the program which took the snapshot did not have yet.
            None => connection.each(&table.select_all(), &mut |row| {
                differences.push(Difference::Extra(place(table, &row)));
                Ok(())
            })?,
        }
    }
    reader.finish()?;
    connection.commit()?;
    Ok(differences)
}

fn compare_table(
    connection: &mut Connection,
    mut part: Part,
    reader: &mut Reader<impl Read>,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let table = part.table;
    let mut kept = reader.next_row(&mut part)?;
    connection.each(&table.select_all(), &mut |row| {
        while let Some(known) = &kept {
            match order(&key_of(table, known), &key_of(table, &row)) {
                Ordering::Less => differences.push(Difference::Missing(place(table, known))),
                Ordering::Equal => {
                    if !is_same(table, known, &row) {
                        differences.push(Difference::Changed(place(table, &row)));
                    }
                    kept = reader.next_row(&mut part)?;
                    return Ok(());
                }
                Ordering::Greater => break,
            }
            kept = reader.next_row(&mut part)?;
        }
        differences.push(Difference::Extra(place(table, &row)));
        Ok(())
    })?;
    while let Some(known) = kept {
        differences.push(Difference::Missing(place(table, &known)));
        kept = reader.next_row(&mut part)?;
    }
    Ok(())
}

/// The order in which both engines give keys: numbers by size, texts and bytes byte by byte.
fn order(one: &[Value], other: &[Value]) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Int(_) => 1,
        Value::Real(_) => 2,
        Value::Text(_) => 3,
        Value::Blob(_) => 4,
    };
    let pairs = one.iter().zip(other).map(|pair| match pair {
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Real(one), Value::Real(other)) => one.total_cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    });
    pairs.fold(Ordering::Equal, Ordering::then)
}

fn is_same(table: &Table, kept: &Row, found: &Row) -> bool {
    let sealed_since = table.role == Role::Audit
        && table.columns.iter().zip(&kept.0).any(|((name, _), value)| *name == "seq" && *value == Value::Null);
    let of = |row: &Row| -> Vec<u8> {
        let said = |column: &usize| !sealed_since || table.is_said(*column);
        let values: Vec<Value> = (0..row.0.len()).filter(said).map(|column| row.0[column].clone()).collect();
        encode(&values)
    };
    of(kept) == of(found)
}
