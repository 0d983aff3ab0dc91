//! Reading the ledgers: what was so at a moment, as known at a moment.

use oxygen::{CensusId, Move, MovementKind, ReadingId, Recent, ReportId, Sample, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Id, Moment, Span};

use crate::ledger::Counts;
use crate::projection::{CensusState, Latest, counts_of};
use crate::statement::statements;
use crate::{Connection, Row, StoreError, params};

statements! {
    LATEST = "SELECT r.happened_at, r.id, r.grams, r.made_per_hour, r.full_count, r.part_count, r.empty_count, r.damaged_count,
            r.typed_text, r.unit, r.source FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    LATEST_KNOWN = "SELECT r.happened_at, r.id, r.grams, r.made_per_hour, r.full_count, r.part_count, r.empty_count, r.damaged_count,
            r.typed_text, r.unit, r.source FROM reading r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?4
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v JOIN audit w ON w.province = v.province AND w.id = v.operation AND w.seq <= ?4
            WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    SAMPLE = "SELECT r.happened_at, r.grams FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams LIMIT 1";
    SAMPLE_KNOWN = "SELECT r.happened_at, r.grams FROM reading r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?4
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v JOIN audit w ON w.province = v.province AND w.id = v.operation AND w.seq <= ?4
            WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams LIMIT 1";
    MOVES = "SELECT r.happened_at, r.grams, r.kind FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at > ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams DESC LIMIT 96";
    MOVES_KNOWN = "SELECT r.happened_at, r.grams, r.kind FROM movement r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at > ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v JOIN audit w ON w.province = v.province AND w.id = v.operation AND w.seq <= ?5
            WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams DESC LIMIT 96";
    CENSUS_BEFORE = "SELECT r.facility, r.happened_at, r.id, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo, r.waiting, r.source
        FROM census r WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    CENSUS_BEFORE_KNOWN = "SELECT r.facility, r.happened_at, r.id, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo, r.waiting, r.source
        FROM census r JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?4
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v JOIN audit w ON w.province = v.province AND w.id = v.operation AND w.seq <= ?4
            WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    READINGS = "SELECT r.happened_at, r.grams FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 20000";
    DELIVERIES = "SELECT r.happened_at, r.grams, r.kind FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 20000";
    REPORTS = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        ORDER BY r.happened_at DESC, r.id DESC LIMIT ?4";
    REPORT = "SELECT r.id, r.facility, r.happened_at, r.recorded_at, r.source, r.told_by, r.note, r.photo, c.display_name,
            a.actor, v.reason, v.replacement, a.id, r.operation
        FROM report r LEFT JOIN audit a ON a.province = r.province AND a.id = r.operation
            LEFT JOIN account c ON c.province = r.province AND c.id = a.actor
            LEFT JOIN reversal v ON v.province = r.province AND v.target = r.id
        WHERE r.province = ?1 AND r.id = ?2";
    REPORT_NEAR = "SELECT r.id FROM report r WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at >= ?3 AND r.happened_at <= ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target = r.id)
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    REPORT_READINGS = "SELECT x.id, x.store, x.grams, x.typed_text, x.typed_value, x.unit, x.full_count, x.part_count, x.empty_count, x.damaged_count
        FROM reading x JOIN oxygen_store s ON s.province = x.province AND s.id = x.store
        WHERE x.province = ?1 AND s.facility = ?2 AND x.happened_at = ?3 AND x.report = ?4 ORDER BY s.position, x.id";
    REPORT_CENSUS = "SELECT mask, hfnc, niv, invasive, ecmo, waiting FROM census
        WHERE province = ?1 AND facility = ?2 AND happened_at = ?3 AND report = ?4";
    KEYS_SINCE = "SELECT i.key, i.answer FROM idempotency i WHERE i.province = ?1 AND i.account = ?2 AND i.recorded_at >= ?3
        ORDER BY i.recorded_at, i.key LIMIT 100000";
    CASES = "SELECT week_ending, cases, source FROM case_count WHERE province = ?1 AND area_code = ?2 AND week_ending <= ?3
        ORDER BY week_ending";
}

/// Until when something happened, and what of it was known: both may lie in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Nothing that happened after this moment of the domain clock.
    pub at: Moment,
    /// Nothing sealed after this number of the audit; none for all that is known now.
    pub known: Option<i64>,
}

impl Horizon {
    /// Everything known now, up to a moment.
    pub const fn now(at: Moment) -> Self {
        Self { at, known: None }
    }

    const fn end(&self) -> Moment {
        Moment::from_micros(self.at.micros().saturating_add(1))
    }
}

fn latest_of(row: &Row) -> Result<Latest, StoreError> {
    Ok(Latest {
        happened_at: row.get(0)?,
        reading: row.get(1)?,
        grams: row.get(2)?,
        made_per_hour: row.get(3)?,
        counts: counts_of(row, 4)?,
        typed_text: row.get(8)?,
        unit: row.get(9)?,
        source: row.get(10)?,
    })
}

/// The newest row before a moment, by the statement for all that is known or for what was known.
fn newest(
    connection: &mut Connection,
    [now, then]: [&'static str; 2],
    province: ProvinceId,
    store: StoreId,
    before: Moment,
    known: Option<i64>,
) -> Result<Option<Row>, StoreError> {
    match known {
        None => connection.query_one(now, params![province, store, before]),
        Some(known) => connection.query_one(then, params![province, store, before, known]),
    }
}

const HOUR: i64 = Span::hours(1).as_micros();

/// A store's past in short, from the ledgers: one seek an hour kept, however many readings there
/// are in it.
pub fn store_at(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    horizon: Horizon,
) -> Result<(Option<Latest>, Recent), StoreError> {
    let end = horizon.end();
    let latest = newest(connection, [LATEST, LATEST_KNOWN], province, store, end, horizon.known)?;
    let mut recent = Recent::default();
    let mut before = end;
    for _ in 0..oxygen::recent::HOURS_KEPT {
        let found = newest(connection, [SAMPLE, SAMPLE_KNOWN], province, store, before, horizon.known)?;
        let Some(row) = found else { break };
        let sample = Sample { at: row.get(0)?, grams: row.get(1)? };
        recent.observe(sample);
        before = Moment::from_micros(sample.at.micros().div_euclid(HOUR) * HOUR);
    }
    let oldest = match recent.samples() {
        all if all.len() == oxygen::recent::HOURS_KEPT => all.first().map_or(i64::MIN, |sample| sample.at.micros()),
        _ => i64::MIN,
    };
    let rows = match horizon.known {
        None => connection.query(MOVES, params![province, store, oldest, end])?,
        Some(known) => connection.query(MOVES_KNOWN, params![province, store, oldest, end, known])?,
    };
    for row in &rows {
        recent.move_(move_of(row)?);
    }
    Ok((latest.as_ref().map(latest_of).transpose()?, recent))
}

fn move_of(row: &Row) -> Result<Move, StoreError> {
    let kind = MovementKind::from_code(&row.get::<String>(2)?)
        .ok_or_else(|| StoreError::Unreadable("movement.kind".to_owned()))?;
    Ok(Move { at: row.get(0)?, effect: row.get(1)?, class: kind.class() })
}

/// The newest count of patients of a facility.
pub fn census_at(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    horizon: Horizon,
) -> Result<Option<CensusState>, StoreError> {
    let row = match horizon.known {
        None => connection.query_one(CENSUS_BEFORE, params![province, facility, horizon.end()])?,
        Some(known) => connection.query_one(CENSUS_BEFORE_KNOWN, params![province, facility, horizon.end(), known])?,
    };
    row.map(|row| {
        Ok(CensusState {
            facility: row.get(0)?,
            happened_at: row.get(1)?,
            census: row.get::<CensusId>(2)?,
            by_device: [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?],
            waiting: row.get(8)?,
            source: row.get(9)?,
        })
    })
    .transpose()
}

/// The readings of a store in a stretch of time, oldest first.
pub fn readings(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<Sample>, StoreError> {
    let rows = connection.query(READINGS, params![province, store, from, to])?;
    rows.iter().map(|row| Ok(Sample { at: row.get(0)?, grams: row.get(1)? })).collect()
}

/// A movement with its kind, as a series or a report lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// When.
    pub at: Moment,
    /// Signed change.
    pub grams: Grams,
    /// Why.
    pub kind: MovementKind,
}

/// The movements of a store in a stretch of time, oldest first.
pub fn movements(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<Moved>, StoreError> {
    let rows = connection.query(DELIVERIES, params![province, store, from, to])?;
    rows.iter()
        .map(|row| {
            let kind = MovementKind::from_code(&row.get::<String>(2)?)
                .ok_or_else(|| StoreError::Unreadable("movement.kind".to_owned()))?;
            Ok(Moved { at: row.get(0)?, grams: row.get(1)?, kind })
        })
        .collect()
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
            counts: counts_of(&row, 6)?,
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
    let rows = connection.query(REPORTS, params![province, facility, before, limit])?;
    let lines: Vec<ReportLine> = rows.iter().map(report_line).collect::<Result<_, _>>()?;
    lines.into_iter().map(|line| with_lines(connection, province, line)).collect()
}

/// One report.
pub fn report(
    connection: &mut Connection,
    province: ProvinceId,
    id: ReportId,
) -> Result<Option<ReportLine>, StoreError> {
    let row = connection.query_one(REPORT, params![province, id])?;
    let Some(row) = row else { return Ok(None) };
    with_lines(connection, province, report_line(&row)?).map(Some)
}

/// The newest report of a facility in a stretch of time that has not been taken back.
pub fn report_near(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    from: Moment,
    to: Moment,
) -> Result<Option<ReportId>, StoreError> {
    connection.query_one(REPORT_NEAR, params![province, facility, from, to])?.map(|row| row.get(0)).transpose()
}

/// The keys that an account has used since a moment of the real clock, with their answers.
pub fn keys_since(
    connection: &mut Connection,
    province: ProvinceId,
    account: place::UserId,
    since: Moment,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = connection.query(KEYS_SINCE, params![province, account, since])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A week's confirmed cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekOfCases {
    /// Last day of the week.
    pub week_ending: jiff::civil::Date,
    /// How many.
    pub cases: i64,
    /// Stable code of where it came from.
    pub source: String,
}

/// The weekly cases of an area up to a day.
pub fn cases(
    connection: &mut Connection,
    province: ProvinceId,
    area_code: &str,
    until: jiff::civil::Date,
) -> Result<Vec<WeekOfCases>, StoreError> {
    let rows = connection.query(CASES, params![province, area_code, until])?;
    rows.iter()
        .map(|row| Ok(WeekOfCases { week_ending: row.get(0)?, cases: row.get(1)?, source: row.get(2)? }))
        .collect()
}
