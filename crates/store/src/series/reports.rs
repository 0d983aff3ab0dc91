//! Reports as they were told: for the page of a facility and for corrections.

use oxygen::{ReadingId, ReportId, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Id, Moment};

use crate::ledger::Counts;
use crate::projection::counts_of;
use crate::statement::statements;
use crate::{Asked, Connection, Row, StoreError, params};

statements! {
    REPORTS = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        ORDER BY r.happened_at DESC, r.id DESC LIMIT ?4";
    REPORTS_KNOWN = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id
                AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?5
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        ORDER BY r.happened_at DESC, r.id DESC LIMIT ?4";
    REPORT = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id
        WHERE r.province = ?1 AND r.id = ?2";
    REPORT_THEN = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id AND v.recorded_at <= ?3
        WHERE r.province = ?1 AND r.id = ?2 AND r.recorded_at <= ?3";
    REPORT_NEAR = "SELECT r.id FROM report r WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at >= ?3 AND r.happened_at <= ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target = r.id)
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    REPORT_READINGS = "SELECT x.id, x.store, x.grams, x.typed_text, x.typed_value, x.unit, x.reference, x.full_count, x.part_count, x.empty_count, x.damaged_count
        FROM reading x JOIN oxygen_store s ON s.province = x.province AND s.id = x.store
        WHERE x.province = ?1 AND s.facility = ?2 AND x.happened_at = ?3 AND x.report = ?4 ORDER BY s.position, x.id";
    REPORT_CENSUS = "SELECT mask, hfnc, niv, invasive, ecmo, waiting FROM census
        WHERE province = ?1 AND facility = ?2 AND happened_at = ?3 AND report = ?4";
}

/// A report as a page lists it.
#[derive(Debug, Clone)]
pub struct ReportLine {
    /// Key.
    pub id: ReportId,
    /// Which facility.
    pub facility: FacilityId,
    /// When it was so.
    pub happened_at: Moment,
    /// When it was recorded, by the domain clock.
    pub recorded_at: Moment,
    /// Stable code of where it came from.
    pub source: String,
    /// Who said it, when somebody else typed it.
    pub told_by: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// Photo of the gauge, by its content.
    pub photo: Option<Vec<u8>>,
    /// The account that recorded it.
    pub recorded_by: Option<String>,
    /// Why it was taken back.
    pub reversed: Option<String>,
    /// What stands in its place.
    pub replacement: Option<Id>,
    /// What was told of stores.
    pub readings: Vec<ReadingLine>,
    /// Patients by device, and people waiting.
    pub census: Option<([u32; 5], Option<u32>)>,
}

/// What a report told of one store.
#[derive(Debug, Clone)]
pub struct ReadingLine {
    /// Key.
    pub id: ReadingId,
    /// Which store.
    pub store: StoreId,
    /// Pure oxygen.
    pub grams: Grams,
    /// As typed.
    pub typed_text: Option<String>,
    /// The value typed.
    pub typed_value: Option<f64>,
    /// Stable code of the unit typed.
    pub unit: Option<String>,
    /// Stable code of the reference temperature, where one was said.
    pub reference: Option<String>,
    /// Vessels, where the store is counted.
    pub counts: Option<Counts>,
}

fn report_line(row: &Row) -> Result<ReportLine, StoreError> {
    Ok(ReportLine {
        id: row.get(0)?,
        facility: row.get(1)?,
        happened_at: row.get(2)?,
        recorded_at: row.get(3)?,
        source: row.get(4)?,
        told_by: row.get(5)?,
        note: row.get(6)?,
        photo: row.get(7)?,
        recorded_by: row.get(8)?,
        reversed: row.get(10)?,
        replacement: row.get(11)?,
        readings: Vec::new(),
        census: None,
    })
}

fn with_lines(
    connection: &mut Connection,
    province: ProvinceId,
    mut line: ReportLine,
) -> Result<ReportLine, StoreError> {
    let key = params![province, line.facility, line.happened_at, line.id];
    for row in connection.query(REPORT_READINGS, key.clone())? {
        line.readings.push(ReadingLine {
            id: row.get(0)?,
            store: row.get(1)?,
            grams: row.get(2)?,
            typed_text: row.get(3)?,
            typed_value: row.get(4)?,
            unit: row.get(5)?,
            reference: row.get(6)?,
            counts: counts_of(&row, 7)?,
        });
    }
    if let Some(row) = connection.query_one(REPORT_CENSUS, key)? {
        line.census = Some(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?], row.get(5)?));
    }
    Ok(line)
}

/// The newest reports of a facility before a moment, reversed ones included, newest first.
pub fn reports(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    before: Moment,
    limit: i64,
) -> Result<Vec<ReportLine>, StoreError> {
    reports_known(connection, province, facility, before, limit, None)
}

/// The same as it was known when an audit number had been sealed: what came later is not there, and
/// what was taken back later stands.
pub fn reports_known(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    before: Moment,
    limit: i64,
    known: Option<i64>,
) -> Result<Vec<ReportLine>, StoreError> {
    let (before, known) = super::ended(connection, province, before, known)?;
    let rows = match known {
        None => connection.query(REPORTS, params![province, facility, before, limit])?,
        Some(known) => connection.query(REPORTS_KNOWN, params![province, facility, before, limit, known])?,
    };
    let lines: Vec<ReportLine> = rows.iter().map(report_line).collect::<Result<_, _>>()?;
    lines.into_iter().map(|line| with_lines(connection, province, line)).collect()
}

/// One report.
pub fn report(
    connection: &mut Connection,
    province: ProvinceId,
    id: ReportId,
) -> Result<Option<ReportLine>, StoreError> {
    let row = match connection.lens() {
        None => connection.query_one(REPORT, params![province, id])?,
        Some(lens) => connection.query_one(REPORT_THEN, params![province, id, lens.at])?,
    };
    let Some(row) = row else { return Ok(None) };
    with_lines(connection, province, report_line(&row)?).map(Some)
}

/// Asks for the newest report of a facility in a stretch of time that has not been taken back.
pub fn ask_report_near(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    from: Moment,
    to: Moment,
) -> Result<Asked, StoreError> {
    connection.ask(REPORT_NEAR, params![province, facility, from, to])
}

/// The report asked for.
pub fn report_near(connection: &mut Connection, asked: Asked) -> Result<Option<ReportId>, StoreError> {
    connection.answer(asked)?.first().map(|row| row.get(0)).transpose()
}
