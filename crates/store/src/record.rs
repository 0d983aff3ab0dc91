//! Records: registers that are small and whose past must be kept, such as suppliers, contracts,
//! requests, duties and alarms. A change is another version in the ledger `record`; `record_state`
//! is its projection, the last version of each.
//!
//! Here a record is text with a few columns to find it by; the desk turns it into its types. A reading that
//! looks back ([`crate::Lens`]) gets every record as it stood then.

mod followed;
mod past;

use std::sync::LazyLock;

use place::ProvinceId;
use quantity::{Id, Moment};

use crate::encode::{Content, digest};
use crate::ledger::Stamp;
use crate::schema::{Table, table};
use crate::statement::statements;
use crate::{Connection, Row, StoreError, Transaction, params};

pub(crate) use followed::STATEMENTS as FOLLOWED_STATEMENTS;
pub use followed::{all_versions, newest_versions, versions_from};
pub(crate) use past::STATEMENTS as PAST_STATEMENTS;
pub use past::{Written, history};

statements! {
    VERSION = "INSERT INTO record (province, record, version, operation, kind, owner, code, due_at, open, recorded_at, content, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    SAVE = "INSERT INTO record_state (province, kind, record, owner, code, due_at, open, version, recorded_at, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (province, kind, record) DO UPDATE SET owner = excluded.owner, code = excluded.code, due_at = excluded.due_at,
            open = excluded.open, version = excluded.version, recorded_at = excluded.recorded_at, content = excluded.content";
    ONE = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND record = ?3";
    OF_CODE = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND code = ?3";
    OF_OWNER = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND owner = ?3 ORDER BY record DESC LIMIT ?4";
    OPEN = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND open = 1 ORDER BY record";
    DUE = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND open = 1 AND due_at <= ?3 ORDER BY due_at";
    DUE_BETWEEN = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND open = 1 AND due_at > ?3 AND due_at <= ?4 ORDER BY due_at LIMIT ?5";
    OPEN_OF_OWNER = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND owner = ?3 AND open = 1 ORDER BY record DESC LIMIT ?4";
    OPEN_FEW = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 AND open = 1 ORDER BY record DESC LIMIT ?3";
    NEWEST = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
        WHERE province = ?1 AND kind = ?2 ORDER BY record DESC LIMIT ?3";
    VERSIONS = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record
        WHERE province = ?1 AND record = ?2 ORDER BY version";
    AT = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content FROM record r
        WHERE r.province = ?1 AND r.kind = ?2 AND r.recorded_at <= ?3 AND NOT EXISTS (SELECT 1 FROM record v
            WHERE v.province = r.province AND v.record = r.record AND v.version > r.version AND v.recorded_at <= ?3)
        ORDER BY r.record";
    CLEAR = "DELETE FROM record_state";
}

/// Every version, oldest first: what the projection is made from.
pub(crate) const ALL_VERSIONS: &str =
    "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content, province FROM record
    ORDER BY province, record, version";
/// The projection as it stands.
pub(crate) const ALL_STATES: &str =
    "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content, province FROM record_state";

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Which record.
    pub id: Id,
    /// Stable code of what it is.
    pub kind: String,
    /// The body, facility or record it belongs to.
    pub owner: Option<Id>,
    /// A name or number that no other of its kind has.
    pub code: Option<String>,
    /// When somebody must act on it.
    pub due_at: Option<Moment>,
    /// Whether it is still in force or under way.
    pub open: bool,
    /// Which version: 1, 2, 3 and so on.
    pub version: i64,
    /// When it was written down, by the domain clock.
    pub recorded_at: Moment,
    /// What it says, in JSON.
    pub content: String,
}

/// Reads the nine columns that every question here asks for.
pub(crate) fn record_row(row: &Row) -> Result<RecordRow, StoreError> {
    Ok(RecordRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        owner: row.get(2)?,
        code: row.get(3)?,
        due_at: row.get(4)?,
        open: row.get::<i64>(5)? != 0,
        version: row.get(6)?,
        recorded_at: row.get(7)?,
        content: row.get(8)?,
    })
}

/// Writes a version down as the last one of its record. When, and in which operation, the stamp says;
/// a number that the record has already is refused by the database.
pub fn append(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &RecordRow,
) -> Result<(), StoreError> {
    static TABLE: LazyLock<&Table> = LazyLock::new(|| table("record").unwrap_or(&crate::schema::tables()[0]));
    let mut values = params![
        stamp.province,
        row.id,
        row.version,
        stamp.operation,
        row.kind.clone(),
        row.owner,
        row.code.clone(),
        row.due_at,
        i64::from(row.open),
        stamp.recorded_at,
        row.content.clone()
    ];
    let digest = digest(&TABLE, &values);
    content.add(digest);
    values.push(digest.to_vec().into());
    transaction.write(VERSION, values)?;
    save(transaction, stamp.province, &RecordRow { recorded_at: stamp.recorded_at, ..row.clone() })
}

/// Puts a version into the projection.
pub(crate) fn save(connection: &mut Connection, province: ProvinceId, row: &RecordRow) -> Result<(), StoreError> {
    connection.write(
        SAVE,
        params![
            province,
            row.kind.clone(),
            row.id,
            row.owner,
            row.code.clone(),
            row.due_at,
            i64::from(row.open),
            row.version,
            row.recorded_at,
            row.content.clone()
        ],
    )
}

/// Empties the projection.
pub(crate) fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    connection.write(CLEAR, params![])
}

fn rows(found: Vec<Row>) -> Result<Vec<RecordRow>, StoreError> {
    found.iter().map(record_row).collect()
}

/// One record as it stands.
pub fn one(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    id: Id,
) -> Result<Option<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::one(connection, province, kind, id, lens.at);
    }
    connection.query_one(ONE, params![province, kind, id])?.as_ref().map(record_row).transpose()
}

/// Several records as they stand, in the order of their keys as given; what is not there is left out. The questions
/// travel together.
pub fn many(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    ids: &[Id],
) -> Result<Vec<RecordRow>, StoreError> {
    let lens = connection.lens();
    let mut asked = Vec::with_capacity(ids.len());
    for id in ids {
        asked.push(match lens {
            Some(lens) => connection.ask(past::ONE_THEN, params![province, kind, *id, lens.at])?,
            None => connection.ask(ONE, params![province, kind, *id])?,
        });
    }
    let mut found = Vec::with_capacity(ids.len());
    for asked in asked {
        found.extend(rows(connection.answer(asked)?)?);
    }
    Ok(found)
}

/// The records of several owners, those of the first owner first, of each newest first. The questions travel together.
pub fn of_owners(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    owners: &[Id],
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        let mut found = Vec::new();
        for owner in owners {
            found.extend(past::of_owner(connection, province, kind, *owner, (limit, lens.at))?);
        }
        return Ok(found);
    }
    let mut asked = Vec::with_capacity(owners.len());
    for owner in owners {
        asked.push(connection.ask(OF_OWNER, params![province, kind, *owner, limit])?);
    }
    let mut found = Vec::new();
    for asked in asked {
        found.extend(rows(connection.answer(asked)?)?);
    }
    Ok(found)
}

/// The record of a code.
pub fn of_code(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    code: &str,
) -> Result<Option<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::of_code(connection, province, kind, code, lens.at);
    }
    connection.query_one(OF_CODE, params![province, kind, code])?.as_ref().map(record_row).transpose()
}

/// The records of an owner, newest first.
pub fn of_owner(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    owner: Id,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::of_owner(connection, province, kind, owner, (limit, lens.at));
    }
    rows(connection.query(OF_OWNER, params![province, kind, owner, limit])?)
}

/// The records in force, in the order in which they were begun.
pub fn open(connection: &mut Connection, province: ProvinceId, kind: &str) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::open(connection, province, kind, lens.at);
    }
    rows(connection.query(OPEN, params![province, kind])?)
}

/// The records in force that somebody must act on by a moment, the most urgent first.
pub fn due(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    until: Moment,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::due(connection, province, kind, until, lens.at);
    }
    rows(connection.query(DUE, params![province, kind, until])?)
}

/// The records in force that somebody must act on after one moment and not after another, the most urgent first.
pub fn due_between(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    (after, until): (Moment, Moment),
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        let mut found = past::due(connection, province, kind, until, lens.at)?;
        found.retain(|row| row.due_at.is_some_and(|due| due > after));
        found.truncate(usize::try_from(limit).unwrap_or(0));
        return Ok(found);
    }
    rows(connection.query(DUE_BETWEEN, params![province, kind, after, until, limit])?)
}

/// The records in force of an owner, newest first.
pub fn open_of_owner(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    owner: Id,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        let mut found = past::of_owner(connection, province, kind, owner, (i64::MAX, lens.at))?;
        found.retain(|row| row.open);
        found.truncate(usize::try_from(limit).unwrap_or(0));
        return Ok(found);
    }
    rows(connection.query(OPEN_OF_OWNER, params![province, kind, owner, limit])?)
}

/// Some records in force, newest first.
pub fn open_few(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        let mut found = past::open(connection, province, kind, lens.at)?;
        found.reverse();
        found.truncate(usize::try_from(limit).unwrap_or(0));
        return Ok(found);
    }
    rows(connection.query(OPEN_FEW, params![province, kind, limit])?)
}

/// The records of a kind, closed ones too, newest first.
pub fn newest(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    if let Some(lens) = connection.lens() {
        return past::newest(connection, province, kind, limit, lens.at);
    }
    rows(connection.query(NEWEST, params![province, kind, limit])?)
}

/// Every version of a record, oldest first.
pub fn versions(connection: &mut Connection, province: ProvinceId, id: Id) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = rows(connection.query(VERSIONS, params![province, id])?)?;
    if let Some(lens) = connection.lens() {
        found.retain(|row| row.recorded_at <= lens.at);
    }
    Ok(found)
}

/// The records of a kind as they stood at a moment of the domain clock, closed ones too.
pub fn at(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    moment: Moment,
) -> Result<Vec<RecordRow>, StoreError> {
    let moment = connection.lens().map_or(moment, |lens| moment.min(lens.at));
    rows(connection.query(AT, params![province, kind, moment])?)
}
