//! Records that a reader follows: every version of those whose code begins so, which one is the last of each, and those
//! from one on. What is computed from the whole past is so read once, and then only what came after.

use place::ProvinceId;
use quantity::{Id, Moment};

use super::{RecordRow, rows};
use crate::statement::statements;
use crate::{Connection, StoreError, params};

statements! {
    OF_CODES = "SELECT r.record, r.kind, r.owner, r.code, r.due_at, r.open, r.version, r.recorded_at, r.content
        FROM record_state s JOIN record r ON r.province = s.province AND r.record = s.record
        WHERE s.province = ?1 AND s.kind = ?2 AND s.code >= ?3 AND s.code < ?4 ORDER BY s.code, r.version";
    NEWEST_VERSIONS = "SELECT record, version, recorded_at FROM record_state
        WHERE province = ?1 AND kind = ?2 AND code >= ?3 AND code < ?4 ORDER BY code";
    VERSIONS_FROM = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record
        WHERE province = ?1 AND record = ?2 AND version >= ?3 ORDER BY version";
}

/// The first text after all that begin so.
fn after(begins: &str) -> String {
    let mut after = begins.to_owned();
    // Texts are compared byte by byte on both engines, and codes end in ASCII.
    match after.pop().map(|last| char::from_u32(u32::from(last) + 1)) {
        Some(Some(next)) => after.push(next),
        _ => after.push(char::MAX),
    }
    after
}

/// Every version of every record of a kind whose code begins so, each record's oldest first: for what is computed from
/// the whole past.
pub fn all_versions(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    begins: &str,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = rows(connection.query(OF_CODES, params![province, kind, begins, after(begins)])?)?;
    if let Some(lens) = connection.lens() {
        found.retain(|row| row.recorded_at <= lens.at);
    }
    Ok(found)
}

/// Which version is the last of each record of a kind whose code begins so, and when it was written down: by this a
/// reader who remembers versions knows which he lacks. Always of the present.
pub fn newest_versions(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    begins: &str,
) -> Result<Vec<(Id, i64, Moment)>, StoreError> {
    let found = connection.query(NEWEST_VERSIONS, params![province, kind, begins, after(begins)])?;
    found.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// The versions of a record from one on, oldest first. Always of the present.
pub fn versions_from(
    connection: &mut Connection,
    province: ProvinceId,
    id: Id,
    from: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    rows(connection.query(VERSIONS_FROM, params![province, id, from])?)
}
