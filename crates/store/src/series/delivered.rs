//! What was delivered to a store, from whom.

use oxygen::{MovementId, StoreId};
use place::ProvinceId;
use quantity::{Grams, Id, Moment};

use crate::statement::statements;
use crate::{Connection, StoreError, params};

statements! {
    DELIVERED = "SELECT r.id, r.happened_at, r.grams, r.counterpart FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4 AND r.kind = 'received'
        AND NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))
        ORDER BY r.happened_at, r.id LIMIT 20000";
    DELIVERED_THEN = "SELECT r.id, r.happened_at, r.grams, r.counterpart FROM movement r
        WHERE r.province = ?1 AND r.store = ?2 AND r.happened_at >= ?3 AND r.happened_at < ?4 AND r.kind = 'received'
        AND r.recorded_at <= ?5 AND NOT EXISTS (SELECT 1 FROM reversal v
            WHERE v.province = r.province AND v.target IN (r.id, r.report) AND v.recorded_at <= ?5)
        ORDER BY r.happened_at, r.id LIMIT 20000";
}

/// A delivery as the ledger has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    /// Key of the movement.
    pub id: MovementId,
    /// When.
    pub at: Moment,
    /// How much.
    pub grams: Grams,
    /// From whom; none where nobody said.
    pub from: Option<Id>,
}

/// The deliveries to a store in a stretch of time, oldest first; those taken back are left out.
pub fn delivered(
    connection: &mut Connection,
    province: ProvinceId,
    store: StoreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<Delivered>, StoreError> {
    let rows = match connection.lens() {
        None => connection.query(DELIVERED, params![province, store, from, to])?,
        Some(lens) => {
            let to = to.min(Moment::from_micros(lens.at.micros().saturating_add(1)));
            connection.query(DELIVERED_THEN, params![province, store, from, to, lens.at])?
        }
    };
    rows.iter()
        .map(|row| Ok(Delivered { id: row.get(0)?, at: row.get(1)?, grams: row.get(2)?, from: row.get(3)? }))
        .collect()
}
