//! Who names whom, by number: parents that came, that did not, and whatever names a record.

use place::ProvinceId;
use quantity::Id;

use crate::statement::statements;
use crate::{Connection, StoreError, params};

statements! {
    LINK = "INSERT INTO found_link (province, target, record, role) VALUES (?1, ?2, ?3, ?4)";
    UNLINK = "DELETE FROM found_link WHERE province = ?1 AND target = ?2 AND record = ?3 AND role = ?4";
    OF_TARGET = "SELECT record, role FROM found_link WHERE province = ?1 AND target = ?2 ORDER BY record DESC, role LIMIT ?3";
    OF_RECORD = "SELECT target, role FROM found_link WHERE province = ?1 AND record = ?2 ORDER BY target, role";
    CLEAR = "DELETE FROM found_link";
}

/// Writes a link down, or takes it away.
pub(super) fn change(
    connection: &mut Connection,
    province: ProvinceId,
    record: Id,
    (target, role, added): (&str, &str, bool),
) -> Result<(), StoreError> {
    connection.write(if added { LINK } else { UNLINK }, params![province, target, record, role])
}

/// Empties the table.
pub(super) fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    connection.write(CLEAR, params![])
}

/// Who names a number, and as what; the newest records first. A reading that looks back gets those of
/// today too: whoever asks for their records then finds none.
pub fn of_target(
    connection: &mut Connection,
    province: ProvinceId,
    target: &str,
    limit: i64,
) -> Result<Vec<(Id, String)>, StoreError> {
    let rows = connection.query(OF_TARGET, params![province, target, limit])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Which numbers a record names, and as what.
pub fn of_record(
    connection: &mut Connection,
    province: ProvinceId,
    record: Id,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = connection.query(OF_RECORD, params![province, record])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
