//! Rows of one command post written down once more under another, when a province goes on in a new one.
//!
//! Nothing is rewritten: the rows of the old post stay as they are, with their digests and under their seals. Each
//! ledger row is appended anew with the keys it has, the same happened-at, recorded-at and words, under the operation
//! that brings it and with a digest of its own, so that audit and ledgers of the new post agree.
//! Here are ledgers, idempotency keys and files; registers go through their own modules.

use place::ProvinceId;
use quantity::Id;

use crate::encode::{Content, digest};
use crate::engine::Bulk;
use crate::ledger::Stamp;
use crate::record::{RecordRow, record_row};
use crate::schema::table;
use crate::statement::statements;
use crate::{Connection, StoreError, Transaction, Value, params};

statements! {
    REPORTS = "SELECT province, id, operation, facility, happened_at, recorded_at, source, told_by, note, photo, digest
        FROM report WHERE province = ?1 AND id > ?2 ORDER BY id LIMIT 2000";
    READINGS = "SELECT province, id, operation, report, store, happened_at, recorded_at, grams, made_per_hour, typed_text,
            typed_value, unit, reference, purity, full_count, part_count, empty_count, damaged_count, source, digest
        FROM reading WHERE province = ?1 AND id > ?2 ORDER BY id LIMIT 2000";
    MOVEMENTS = "SELECT province, id, operation, report, store, happened_at, recorded_at, kind, grams, typed_text,
            typed_value, unit, reference, purity, full_change, part_change, empty_change, damaged_change, counterpart,
            source, digest
        FROM movement WHERE province = ?1 AND id > ?2 ORDER BY id LIMIT 2000";
    CENSUSES = "SELECT province, id, operation, report, facility, happened_at, recorded_at, mask, hfnc, niv, invasive, ecmo,
            waiting, source, digest
        FROM census WHERE province = ?1 AND id > ?2 ORDER BY id LIMIT 2000";
    REVERSALS = "SELECT province, id, operation, target, replacement, reason, recorded_at, digest
        FROM reversal WHERE province = ?1 AND id > ?2 ORDER BY id LIMIT 2000";
    STORE_STATES = "INSERT INTO store_state (province, store, facility, happened_at, reading, grams, made_per_hour, full_count,
            part_count, empty_count, damaged_count, typed_text, unit, source, recent)
        SELECT CAST(?2 AS BIGINT), store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count,
            empty_count, damaged_count, typed_text, unit, source, recent FROM store_state WHERE province = ?1";
    CENSUS_STATES = "INSERT INTO facility_state (province, facility, happened_at, census, mask, hfnc, niv, invasive, ecmo,
            waiting, source)
        SELECT CAST(?2 AS BIGINT), facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting, source
        FROM facility_state WHERE province = ?1";
    KEYS = "INSERT INTO idempotency (province, account, key, request, answer, recorded_at)
        SELECT CAST(?2 AS BIGINT), account, key, request, answer, recorded_at FROM idempotency WHERE province = ?1
        ON CONFLICT (province, account, key) DO NOTHING";
    FILES = "INSERT INTO blob (province, sha256, media_type, content, recorded_at)
        SELECT CAST(?2 AS BIGINT), sha256, media_type, content, recorded_at FROM blob WHERE province = ?1
        ON CONFLICT (province, sha256) DO NOTHING";
    RECORDS = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record
        WHERE province = ?1 ORDER BY record, version";
    COUNTS = "SELECT (SELECT COUNT(*) FROM report WHERE province = ?1), (SELECT COUNT(*) FROM reading WHERE province = ?1),
            (SELECT COUNT(*) FROM movement WHERE province = ?1), (SELECT COUNT(*) FROM census WHERE province = ?1),
            (SELECT COUNT(*) FROM reversal WHERE province = ?1)";
}

/// How many rows of each ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct LedgerRows {
    /// Reports.
    pub reports: i64,
    /// Readings of stores.
    pub readings: i64,
    /// Movements of oxygen.
    pub movements: i64,
    /// Counts of people on oxygen.
    pub censuses: i64,
    /// Rows taken back.
    pub reversals: i64,
}

/// How many rows the ledgers of a command post have.
pub fn count(connection: &mut Connection, province: ProvinceId) -> Result<LedgerRows, StoreError> {
    let Some(row) = connection.query_one(COUNTS, params![province])? else { return Ok(LedgerRows::default()) };
    Ok(LedgerRows {
        reports: row.get(0)?,
        readings: row.get(1)?,
        movements: row.get(2)?,
        censuses: row.get(3)?,
        reversals: row.get(4)?,
    })
}

/// Appends the ledgers of a command post under another, with what was projected from them.
pub fn ledgers(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    from: ProvinceId,
) -> Result<LedgerRows, StoreError> {
    let mut bring = |name, sql| ledger(transaction, content, stamp, from, (name, sql));
    let rows = LedgerRows {
        reports: bring("report", REPORTS)?,
        readings: bring("reading", READINGS)?,
        movements: bring("movement", MOVEMENTS)?,
        censuses: bring("census", CENSUSES)?,
        reversals: bring("reversal", REVERSALS)?,
    };
    // The same rows fold into the same summaries, in whatever order they come.
    transaction.write(STORE_STATES, params![from, stamp.province])?;
    transaction.write(CENSUS_STATES, params![from, stamp.province])?;
    Ok(rows)
}

fn ledger(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    from: ProvinceId,
    (name, sql): (&'static str, &'static str),
) -> Result<i64, StoreError> {
    let Some(table) = table(name) else { return Ok(0) };
    let bulk = Bulk { table: table.name, columns: &table.columns, conflict: "" };
    let (mut count, mut after) = (0, Value::from(Id::from_bytes([0; 16])));
    loop {
        let rows = transaction.query(sql, params![from, after.clone()])?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.0[1].clone();
        let mut brought = Vec::with_capacity(rows.len());
        for row in rows {
            let mut values = row.0;
            values.pop();
            values[0] = stamp.province.into();
            values[2] = stamp.operation.into();
            let digest = digest(table, &values);
            content.add(digest);
            values.push(digest.to_vec().into());
            brought.push(values);
        }
        count += i64::try_from(brought.len()).unwrap_or(i64::MAX);
        transaction.bulk(&bulk, &brought)?;
    }
}

/// The keys that devices have used: what waits on a phone and was answered before is not filed twice.
pub fn keys(transaction: &mut Transaction<'_>, from: ProvinceId, into: ProvinceId) -> Result<(), StoreError> {
    transaction.write(KEYS, params![from, into])
}

/// Letters, photos and signed papers.
pub fn files(transaction: &mut Transaction<'_>, from: ProvinceId, into: ProvinceId) -> Result<(), StoreError> {
    transaction.write(FILES, params![from, into])
}

/// Every version of every record of a command post, a record's versions in their order.
pub fn records(connection: &mut Connection, province: ProvinceId) -> Result<Vec<RecordRow>, StoreError> {
    connection.query(RECORDS, params![province])?.iter().map(record_row).collect()
}
