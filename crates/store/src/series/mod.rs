//! Reading the ledgers: what was so at a moment, as known at a moment.

mod delivered;
mod received;
mod reports;

pub(crate) use delivered::STATEMENTS as DELIVERED_STATEMENTS;
pub use delivered::{Delivered, delivered};
pub(crate) use received::STATEMENTS as RECEIVED_STATEMENTS;
pub use received::{Received, received};
pub(crate) use reports::STATEMENTS as REPORT_STATEMENTS;
pub use reports::{ReadingLine, ReportLine, ask_report_near, report, report_near, reports, reports_known};

use oxygen::{CensusId, Move, MovementKind, Recent, Sample, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Moment, Span};

use crate::projection::{CensusState, Latest, counts_of};
use crate::statement::statements;
use crate::{Asked, Connection, Row, StoreError, params};

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
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?4)
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    SAMPLE = "SELECT r.happened_at, r.grams FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams LIMIT 1";
    SAMPLE_KNOWN = "SELECT r.happened_at, r.grams FROM reading r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?4
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?4)
        ORDER BY r.happened_at DESC, r.grams LIMIT 1";
    MOVES = "SELECT r.happened_at, r.grams, r.kind FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at > ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.grams DESC,
            CASE r.kind WHEN 'adjustment' THEN 2 WHEN 'used' THEN 1 ELSE 0 END DESC LIMIT 96";
    MOVES_KNOWN = "SELECT r.happened_at, r.grams, r.kind FROM movement r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at > ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?5)
        ORDER BY r.happened_at DESC, r.grams DESC,
            CASE r.kind WHEN 'adjustment' THEN 2 WHEN 'used' THEN 1 ELSE 0 END DESC LIMIT 96";
    CENSUS_BEFORE = "SELECT r.facility, r.happened_at, r.id, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo, r.waiting, r.source
        FROM census r WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    CENSUS_BEFORE_KNOWN = "SELECT r.facility, r.happened_at, r.id, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo, r.waiting, r.source
        FROM census r JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?4
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at < ?3
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?4)
        ORDER BY r.happened_at DESC, r.id DESC LIMIT 1";
    CENSUSES = "SELECT r.happened_at, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo FROM census r
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 2000";
    CENSUSES_KNOWN = "SELECT r.happened_at, r.mask, r.hfnc, r.niv, r.invasive, r.ecmo FROM census r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
        WHERE r.province = ?1 AND r.facility = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?5)
        ORDER BY r.happened_at, r.id LIMIT 2000";
    READINGS = "SELECT r.happened_at, r.grams FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 20000";
    DELIVERIES = "SELECT r.happened_at, r.grams, r.kind FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 20000";
    READINGS_KNOWN = "SELECT r.happened_at, r.grams FROM reading r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?5)
        ORDER BY r.happened_at, r.id LIMIT 20000";
    DELIVERIES_KNOWN = "SELECT r.happened_at, r.grams, r.kind FROM movement r
            JOIN audit a ON a.province = r.province AND a.id = r.operation AND a.seq <= ?5
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report)
            AND (SELECT w.seq FROM audit w WHERE w.province = v.province AND w.id = v.operation) <= ?5)
        ORDER BY r.happened_at, r.id LIMIT 20000";
    NEWEST_EVER = "SELECT MAX(r.happened_at) FROM reading r WHERE r.province = ?1 AND r.store = ?2";
    READINGS_EVER = "SELECT r.happened_at, r.grams FROM reading r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4
        ORDER BY r.happened_at, r.id LIMIT 20000";
    KEYS_SINCE = "SELECT i.key, i.answer FROM idempotency i WHERE i.province = ?1 AND i.account = ?2 AND i.recorded_at >= ?3
        ORDER BY i.recorded_at DESC, i.key DESC LIMIT 100000";
    WEEKLY_CASES = "SELECT area_code, week_ending, cases, recorded_at, source FROM case_count WHERE province = ?1
        ORDER BY recorded_at, id";
    WEEKLY_CASES_KEPT = "SELECT COUNT(*) FROM case_count WHERE province = ?1";
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

/// The end of a stretch of time, which is no part of it, and what of it was known, from where a reading looks.
fn ended(
    connection: &mut Connection,
    province: ProvinceId,
    to: Moment,
    known: Option<i64>,
) -> Result<(Moment, Option<i64>), StoreError> {
    let Some(lens) = connection.lens() else { return Ok((to, known)) };
    let horizon = connection.narrowed(province, Horizon { at: lens.at, known })?;
    Ok((to.min(horizon.end()), horizon.known))
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
    let horizon = connection.narrowed(province, horizon)?;
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
    let horizon = connection.narrowed(province, horizon)?;
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

/// Patients by device at a moment.
pub type Counted = (Moment, [u32; 5]);

/// The counts of patients of a facility in a stretch of time, oldest first.
pub fn censuses(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    (from, to): (Moment, Moment),
) -> Result<Vec<Counted>, StoreError> {
    let (to, known) = ended(connection, province, to, None)?;
    let rows = match known {
        None => connection.query(CENSUSES, params![province, facility, from, to])?,
        Some(known) => connection.query(CENSUSES_KNOWN, params![province, facility, from, to, known])?,
    };
    let counted = |row: &Row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]));
    rows.iter().map(counted).collect()
}

/// The readings of a store in a stretch of time, oldest first.
pub fn readings(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<Sample>, StoreError> {
    readings_known(connection, province, store, (from, to), None)
}

/// The same as it was known when an audit number had been sealed.
pub fn readings_known(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    (from, to): (Moment, Moment),
    known: Option<i64>,
) -> Result<Vec<Sample>, StoreError> {
    let (to, known) = ended(connection, province, to, known)?;
    let rows = match known {
        None => connection.query(READINGS, params![province, store, from, to])?,
        Some(known) => connection.query(READINGS_KNOWN, params![province, store, from, to, known])?,
    };
    rows.iter().map(|row| Ok(Sample { at: row.get(0)?, grams: row.get(1)? })).collect()
}

/// Asks when a store was last read, readings taken back included.
pub fn ask_newest_ever(connection: &mut Connection, province: ProvinceId, store: StoreId) -> Result<Asked, StoreError> {
    connection.ask(NEWEST_EVER, params![province, store])
}

/// The moment asked for.
pub fn newest_ever(connection: &mut Connection, asked: Asked) -> Result<Option<Moment>, StoreError> {
    connection.answer(asked)?.first().map_or(Ok(None), |row| row.get(0))
}

/// The readings of a store in a stretch of time, those taken back included, oldest first: for
/// telling whether a file has been here before.
pub fn readings_ever(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<Sample>, StoreError> {
    let rows = connection.query(READINGS_EVER, params![province, store, from, to])?;
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

/// The movements of a store in a stretch of time, oldest first, as known when an audit number had been
/// sealed, or as known now.
pub fn movements(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    (from, to): (Moment, Moment),
    known: Option<i64>,
) -> Result<Vec<Moved>, StoreError> {
    let (to, known) = ended(connection, province, to, known)?;
    let rows = match known {
        None => connection.query(DELIVERIES, params![province, store, from, to])?,
        Some(known) => connection.query(DELIVERIES_KNOWN, params![province, store, from, to, known])?,
    };
    rows.iter()
        .map(|row| {
            let kind = MovementKind::from_code(&row.get::<String>(2)?)
                .ok_or_else(|| StoreError::Unreadable("movement.kind".to_owned()))?;
            Ok(Moved { at: row.get(0)?, grams: row.get(1)?, kind })
        })
        .collect()
}

/// The keys that an account has used since a moment of the real clock, with their answers.
pub fn keys_since(
    connection: &mut Connection,
    province: ProvinceId,
    account: place::UserId,
    since: Moment,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = connection.query(KEYS_SINCE, params![province, account, since])?;
    rows.iter().rev().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A week's confirmed cases in the closed register of weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekOfCases {
    /// Which area, by its code in the week.
    pub area_code: String,
    /// Last day of the week.
    pub week_ending: jiff::civil::Date,
    /// How many.
    pub cases: i64,
    /// When it was written down, by the domain clock.
    pub recorded_at: Moment,
    /// Stable code of where it came from.
    pub source: String,
}

/// What the closed register of weeks holds of a province, in the order in which it was written down.
pub fn weekly_cases(connection: &mut Connection, province: ProvinceId) -> Result<Vec<WeekOfCases>, StoreError> {
    let rows = connection.query(WEEKLY_CASES, params![province])?;
    let week = |row: &crate::Row| {
        Ok(WeekOfCases {
            area_code: row.get(0)?,
            week_ending: row.get(1)?,
            cases: row.get(2)?,
            recorded_at: row.get(3)?,
            source: row.get(4)?,
        })
    };
    rows.iter().map(week).collect()
}

/// How many rows that register holds: they no longer become more.
pub fn weekly_cases_kept(connection: &mut Connection, province: ProvinceId) -> Result<i64, StoreError> {
    connection.query_one(WEEKLY_CASES_KEPT, params![province])?.map_or(Ok(0), |row| row.get(0))
}
