//! Ledgers: rows that are appended and never changed. Each carries its digest; the operation's
//! audit row carries their sum.

mod rows;

use std::sync::LazyLock;

use quantity::Typed;

pub use rows::{CaseCountRow, CensusRow, Counts, MovementRow, ReadingRow, ReportRow, ReversalRow, Stamp};

use crate::encode::{Content, digest};
use crate::engine::{Bulk, Kind};
use crate::schema::{Table, table};
use crate::statement::statements;
use crate::{StoreError, Transaction, Value, params};

statements! {
    REPORT = "INSERT INTO report (province, id, operation, facility, happened_at, recorded_at, source, told_by, note, photo, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    READING = "INSERT INTO reading (province, id, operation, report, store, happened_at, recorded_at, grams, made_per_hour,
            typed_text, typed_value, unit, reference, purity, full_count, part_count, empty_count, damaged_count, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
    MOVEMENT = "INSERT INTO movement (province, id, operation, report, store, happened_at, recorded_at, kind, grams,
            typed_text, typed_value, unit, reference, purity,
            full_change, part_change, empty_change, damaged_change, counterpart, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";
    CENSUS = "INSERT INTO census (province, id, operation, report, facility, happened_at, recorded_at,
            mask, hfnc, niv, invasive, ecmo, waiting, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    REVERSAL = "INSERT INTO reversal (province, id, operation, target, replacement, reason, recorded_at, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    CASE_COUNT = "INSERT INTO case_count (province, id, operation, area_code, week_ending, cases, recorded_at, source, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
}

fn typed_columns(typed: Option<&Typed>) -> [Value; 5] {
    match typed {
        None => [Value::Null, Value::Null, Value::Null, Value::Null, Value::Null],
        Some(typed) => [
            typed.text.clone().into(),
            typed.value.into(),
            typed.unit.code().into(),
            typed.reference.map(|reference| reference.code()).into(),
            typed.purity.map(|purity| i64::from(purity.ppm())).into(),
        ],
    }
}

fn reading_values(stamp: &Stamp, row: &ReadingRow) -> Vec<Value> {
    let mut values = params![
        stamp.province,
        row.id,
        stamp.operation,
        row.report,
        row.store,
        row.happened_at,
        stamp.recorded_at,
        row.grams,
        row.made_per_hour
    ];
    values.extend(typed_columns(row.typed.as_ref()));
    let counts = row.counts;
    values.push(counts.map(|counts| counts.full).into());
    values.push(counts.map(|counts| counts.part).into());
    values.push(counts.map(|counts| counts.empty).into());
    values.push(counts.map(|counts| counts.damaged).into());
    values.push(row.source.into());
    values
}

fn report_values(stamp: &Stamp, row: &ReportRow) -> Vec<Value> {
    params![
        stamp.province,
        row.id,
        stamp.operation,
        row.facility,
        row.happened_at,
        stamp.recorded_at,
        row.source,
        row.told_by.clone(),
        row.note.clone(),
        row.photo.map(|photo| photo.to_vec())
    ]
}

/// Appends one row: its digest, its place in the audit, the write.
fn append(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    table: &Table,
    sql: &'static str,
    mut values: Vec<Value>,
) -> Result<(), StoreError> {
    let digest = digest(table, &values);
    content.add(digest);
    values.push(digest.to_vec().into());
    transaction.write(sql, values)
}

/// A ledger's table, looked up once.
macro_rules! ledger_table {
    ($name:literal) => {{
        static TABLE: LazyLock<&Table> = LazyLock::new(|| table($name).unwrap_or(&crate::schema::tables()[0]));
        *TABLE
    }};
}

/// Appends a report.
pub fn append_report(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &ReportRow,
) -> Result<(), StoreError> {
    append(transaction, content, ledger_table!("report"), REPORT, report_values(stamp, row))
}

/// Appends a reading.
pub fn append_reading(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &ReadingRow,
) -> Result<(), StoreError> {
    append(transaction, content, ledger_table!("reading"), READING, reading_values(stamp, row))
}

/// Appends a movement.
pub fn append_movement(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &MovementRow,
) -> Result<(), StoreError> {
    let mut values = params![
        stamp.province,
        row.id,
        stamp.operation,
        row.report,
        row.store,
        row.happened_at,
        stamp.recorded_at,
        row.kind,
        row.grams
    ];
    values.extend(typed_columns(row.typed.as_ref()));
    let change = row.cylinders.map(|change| [change.full, change.part, change.empty, change.damaged]);
    values.extend((0..4).map(|index| Value::from(change.map(|counts| i64::from(counts[index])))));
    values.extend(params![row.counterpart, row.source]);
    append(transaction, content, ledger_table!("movement"), MOVEMENT, values)
}

/// Appends a count of people on oxygen.
pub fn append_census(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &CensusRow,
) -> Result<(), StoreError> {
    let [mask, hfnc, niv, invasive, ecmo] = row.by_device;
    let values = params![
        stamp.province,
        row.id,
        stamp.operation,
        row.report,
        row.facility,
        row.happened_at,
        stamp.recorded_at,
        mask,
        hfnc,
        niv,
        invasive,
        ecmo,
        row.waiting,
        row.source
    ];
    append(transaction, content, ledger_table!("census"), CENSUS, values)
}

/// Appends a reversal.
pub fn append_reversal(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &ReversalRow,
) -> Result<(), StoreError> {
    let values = params![
        stamp.province,
        row.id,
        stamp.operation,
        row.target,
        row.replacement,
        row.reason.clone(),
        stamp.recorded_at
    ];
    append(transaction, content, ledger_table!("reversal"), REVERSAL, values)
}

/// Appends a week's cases. No operation does any more ([`crate::series::weekly_cases`] reads what earlier builds wrote); that
/// such rows are proven, travel and are found altered stays tested.
pub fn append_case_count(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    row: &CaseCountRow,
) -> Result<(), StoreError> {
    let values = params![
        stamp.province,
        row.id,
        stamp.operation,
        row.area_code.clone(),
        row.week_ending,
        row.cases,
        stamp.recorded_at,
        row.source
    ];
    append(transaction, content, ledger_table!("case_count"), CASE_COUNT, values)
}

const READINGS: Bulk = Bulk {
    table: "reading",
    columns: &[
        ("province", Kind::Int),
        ("id", Kind::Blob),
        ("operation", Kind::Blob),
        ("report", Kind::Blob),
        ("store", Kind::Blob),
        ("happened_at", Kind::Int),
        ("recorded_at", Kind::Int),
        ("grams", Kind::Int),
        ("made_per_hour", Kind::Int),
        ("typed_text", Kind::Text),
        ("typed_value", Kind::Real),
        ("unit", Kind::Text),
        ("reference", Kind::Text),
        ("purity", Kind::Int),
        ("full_count", Kind::Int),
        ("part_count", Kind::Int),
        ("empty_count", Kind::Int),
        ("damaged_count", Kind::Int),
        ("source", Kind::Text),
        ("digest", Kind::Blob),
    ],
    conflict: "",
};

/// Appends many readings at once, as an import does.
pub fn append_readings(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    rows: &[ReadingRow],
) -> Result<(), StoreError> {
    let table = ledger_table!("reading");
    let values: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| {
            let mut values = reading_values(stamp, row);
            let digest = digest(table, &values);
            content.add(digest);
            values.push(digest.to_vec().into());
            values
        })
        .collect();
    transaction.bulk(&READINGS, &values)
}
