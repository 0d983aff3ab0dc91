//! When reports came in: one question for a whole province and stretch of time, whatever the number of
//! facilities and periods.

use place::{FacilityId, ProvinceId};
use quantity::{Moment, Span};

use crate::statement::statements;
use crate::{Connection, StoreError, params};

statements! {
    // A report taken back with another in its place was received all the same; one taken back for good was not.
    RECEIVED = "SELECT f.id, (r.happened_at - ?2) / ?4 AS bucket, MIN(r.recorded_at)
        FROM facility f JOIN report r ON r.province = f.province AND r.facility = f.id
            AND r.happened_at >= ?2 AND r.happened_at < ?3
        WHERE f.province = ?1 AND NOT EXISTS (SELECT 1 FROM reversal v
            WHERE v.province = r.province AND v.target = r.id AND v.replacement IS NULL)
        GROUP BY f.id, (r.happened_at - ?2) / ?4 ORDER BY f.id, bucket";
    RECEIVED_THEN = "SELECT f.id, (r.happened_at - ?2) / ?4 AS bucket, MIN(r.recorded_at)
        FROM facility f JOIN report r ON r.province = f.province AND r.facility = f.id
            AND r.happened_at >= ?2 AND r.happened_at < ?3
        WHERE f.province = ?1 AND r.recorded_at <= ?5 AND NOT EXISTS (SELECT 1 FROM reversal v
            WHERE v.province = r.province AND v.target = r.id AND v.replacement IS NULL AND v.recorded_at <= ?5)
        GROUP BY f.id, (r.happened_at - ?2) / ?4 ORDER BY f.id, bucket";
}

/// The first report that a facility made of a bucket of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Which facility.
    pub facility: FacilityId,
    /// When its bucket begins.
    pub bucket: Moment,
    /// When the first report of it was recorded, by the domain clock.
    pub recorded_at: Moment,
}

/// For each facility of a province and each bucket of time from `from` to `to`: when the first report of what
/// happened in it was recorded. Buckets without report are not there.
pub fn received(
    connection: &mut Connection,
    province: ProvinceId,
    from: Moment,
    to: Moment,
    bucket: Span,
) -> Result<Vec<Received>, StoreError> {
    let rows = match connection.lens() {
        None => connection.query(RECEIVED, params![province, from, to, bucket.as_micros()])?,
        Some(lens) => connection.query(RECEIVED_THEN, params![province, from, to, bucket.as_micros(), lens.at])?,
    };
    rows.iter()
        .map(|row| {
            let number: i64 = row.get(1)?;
            let bucket = Moment::from_micros(from.micros() + number * bucket.as_micros());
            Ok(Received { facility: row.get(0)?, bucket, recorded_at: row.get(2)? })
        })
        .collect()
}
