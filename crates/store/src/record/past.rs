//! Records as they stood at a moment of the domain clock: of each the last version written down by then.
//!
//! Records of an owner or a code are found through the projection, whose indexes lead to them, and
//! then read from the ledger: one whose owner or code was changed since is found under today's.

use place::ProvinceId;
use quantity::{Id, Moment};

use super::{AT, RecordRow, record_row, rows};
use crate::statement::statements;
use crate::{Connection, StoreError, params};

statements! {
    pub(super) ONE_THEN = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record
        WHERE province = ?1 AND kind = ?2 AND record = ?3 AND recorded_at <= ?4 ORDER BY version DESC LIMIT 1";
    OF_CODE_THEN = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content
        FROM record_state s JOIN record r ON r.province = s.province AND r.record = s.record
        WHERE s.province = ?1 AND s.kind = ?2 AND s.code = ?3 AND r.recorded_at <= ?4 ORDER BY r.version DESC LIMIT 1";
    OF_OWNER_THEN = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content
        FROM record_state s JOIN record r ON r.province = s.province AND r.record = s.record
        WHERE s.province = ?1 AND s.kind = ?2 AND s.owner = ?3 AND r.owner = s.owner AND r.recorded_at <= ?4
        AND NOT EXISTS (SELECT 1 FROM record v WHERE v.province = r.province AND v.record = r.record
            AND v.version > r.version AND v.recorded_at <= ?4)
        ORDER BY s.record DESC LIMIT ?5";
    NEWEST_THEN = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content
        FROM record_state s JOIN record r ON r.province = s.province AND r.record = s.record
        WHERE s.province = ?1 AND s.kind = ?2 AND r.recorded_at <= ?3
        AND NOT EXISTS (SELECT 1 FROM record v WHERE v.province = r.province AND v.record = r.record
            AND v.version > r.version AND v.recorded_at <= ?3)
        ORDER BY s.record DESC LIMIT ?4";
    HISTORY = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content, c.display_name, a.action
        FROM record r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
        WHERE r.province = ?1 AND r.record = ?2 ORDER BY r.version";
}

/// A version of a record with who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The version.
    pub row: RecordRow,
    /// The account's display name; none for the program itself.
    pub by: Option<String>,
    /// The operation's name; none where the audit has lost it.
    pub action: Option<String>,
}

/// Every version of a record with who wrote it, oldest first.
pub fn history(connection: &mut Connection, province: ProvinceId, id: Id) -> Result<Vec<Written>, StoreError> {
    let found = connection.query(HISTORY, params![province, id])?;
    let lens = connection.lens();
    let mut written = Vec::with_capacity(found.len());
    for row in &found {
        written.push(Written { row: record_row(row)?, by: row.get(9)?, action: row.get(10)? });
    }
    written.retain(|one| lens.is_none_or(|lens| one.row.recorded_at <= lens.at));
    Ok(written)
}

pub(super) fn one(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    id: Id,
    at: Moment,
) -> Result<Option<RecordRow>, StoreError> {
    connection.query_one(ONE_THEN, params![province, kind, id, at])?.as_ref().map(record_row).transpose()
}

pub(super) fn of_code(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    code: &str,
    at: Moment,
) -> Result<Option<RecordRow>, StoreError> {
    connection.query_one(OF_CODE_THEN, params![province, kind, code, at])?.as_ref().map(record_row).transpose()
}

pub(super) fn of_owner(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    owner: Id,
    (limit, at): (i64, Moment),
) -> Result<Vec<RecordRow>, StoreError> {
    rows(connection.query(OF_OWNER_THEN, params![province, kind, owner, at, limit])?)
}

pub(super) fn newest(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    limit: i64,
    at: Moment,
) -> Result<Vec<RecordRow>, StoreError> {
    rows(connection.query(NEWEST_THEN, params![province, kind, at, limit])?)
}

pub(super) fn open(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    at: Moment,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = rows(connection.query(AT, params![province, kind, at])?)?;
    found.retain(|row| row.open);
    Ok(found)
}

pub(super) fn due(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    until: Moment,
    at: Moment,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = open(connection, province, kind, at)?;
    found.retain(|row| row.due_at.is_some_and(|due| due <= until));
    found.sort_by_key(|row| row.due_at);
    Ok(found)
}
