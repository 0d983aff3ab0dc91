//! What the projections must be, from the ledgers alone: to write them anew, and to compare.

use std::collections::HashMap;

use oxygen::{Move, MovementKind, Recent, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::Id;

use super::{CLEAR_CENSUSES, CLEAR_STORES, SAVE_CENSUS, census_values, counts_of, fold, values_of};
use super::{CensusState, Latest, StoreState};
use crate::engine::{Bulk, Kind};
use crate::finding;
use crate::record::{self, RecordRow};
use crate::{Connection, Row, StoreError, Transaction, Value, params};

const NOT_REVERSED: &str =
    "NOT EXISTS (SELECT 1 FROM reversal v WHERE v.province = r.province AND v.target IN (r.id, r.report))";

#[derive(Default)]
struct Expected {
    stores: HashMap<(ProvinceId, StoreId), StoreState>,
    censuses: HashMap<(ProvinceId, FacilityId), CensusState>,
    records: HashMap<(ProvinceId, Id), RecordRow>,
    /// Ledger rows that could not be understood; the rest is folded without them.
    unreadable: Vec<String>,
}

impl Expected {
    fn store(&mut self, province: ProvinceId, store: StoreId, facility: FacilityId) -> &mut StoreState {
        self.stores.entry((province, store)).or_insert_with(|| StoreState {
            store,
            facility,
            latest: None,
            recent: Recent::default(),
        })
    }

    fn reading(&mut self, row: &Row) -> Result<(), StoreError> {
        let latest = Latest {
            happened_at: row.get(3)?,
            reading: row.get(4)?,
            grams: row.get(5)?,
            made_per_hour: row.get(6)?,
            counts: counts_of(row, 7)?,
            typed_text: row.get(11)?,
            unit: row.get(12)?,
            source: row.get(13)?,
        };
        fold(self.store(row.get(0)?, row.get(1)?, row.get(2)?), latest);
        Ok(())
    }

    fn movement(&mut self, row: &Row) -> Result<(), StoreError> {
        let kind = MovementKind::from_code(&row.get::<String>(5)?)
            .ok_or_else(|| StoreError::Unreadable("movement.kind".to_owned()))?;
        let happened = Move { at: row.get(3)?, effect: row.get(6)?, class: kind.class() };
        self.store(row.get(0)?, row.get(1)?, row.get(2)?).recent.move_(happened);
        Ok(())
    }

    fn census(&mut self, row: &Row) -> Result<(), StoreError> {
        let (province, facility): (ProvinceId, FacilityId) = (row.get(0)?, row.get(1)?);
        let state = CensusState {
            facility,
            happened_at: row.get(2)?,
            census: row.get(4)?,
            by_device: [row.get(3)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
            waiting: row.get(9)?,
            source: row.get(10)?,
        };
        let known = self.censuses.get(&(province, facility));
        if known.is_none_or(|known| (known.happened_at, known.census) < (state.happened_at, state.census)) {
            self.censuses.insert((province, facility), state);
        }
        Ok(())
    }

    /// Keeps the name of a row that `folded` could not understand; the key stands in column 4.
    fn note(&mut self, table: &str, row: &Row, folded: Result<(), StoreError>) -> Result<(), StoreError> {
        match folded {
            Err(StoreError::Unreadable(what)) => {
                let id = row.get::<Id>(4).map_or_else(|_| "?".to_owned(), |id| id.to_string());
                self.unreadable.push(format!("{table} {id}: {what}"));
                Ok(())
            }
            other => other,
        }
    }
}

/// What the projections must be, from the ledgers alone.
fn from_ledgers(connection: &mut Connection) -> Result<Expected, StoreError> {
    let mut expected = Expected::default();
    let readings = format!(
        "SELECT r.province, r.store, s.facility, r.happened_at, r.id, r.grams, r.made_per_hour, r.full_count, r.part_count,
            r.empty_count, r.damaged_count, r.typed_text, r.unit, r.source
        FROM reading r JOIN oxygen_store s ON s.province = r.province AND s.id = r.store WHERE {NOT_REVERSED}"
    );
    connection.each(&readings, &mut |row| {
        let folded = expected.reading(&row);
        expected.note("reading", &row, folded)
    })?;
    let movements = format!(
        "SELECT r.province, r.store, s.facility, r.happened_at, r.id, r.kind, r.grams
        FROM movement r JOIN oxygen_store s ON s.province = r.province AND s.id = r.store WHERE {NOT_REVERSED}"
    );
    connection.each(&movements, &mut |row| {
        let folded = expected.movement(&row);
        expected.note("movement", &row, folded)
    })?;
    let counts = format!(
        "SELECT r.province, r.facility, r.happened_at, r.mask, r.id, r.hfnc, r.niv, r.invasive, r.ecmo, r.waiting, r.source
        FROM census r WHERE {NOT_REVERSED}"
    );
    connection.each(&counts, &mut |row| {
        let folded = expected.census(&row);
        expected.note("census", &row, folded)
    })?;
    connection.each(record::ALL_VERSIONS, &mut |row| {
        let version = record::record_row(&row)?;
        expected.records.insert((row.get(9)?, version.id), version);
        Ok(())
    })?;
    Ok(expected)
}

const STATES: Bulk = Bulk {
    table: "store_state",
    columns: &[
        ("province", Kind::Int),
        ("store", Kind::Blob),
        ("facility", Kind::Blob),
        ("happened_at", Kind::Int),
        ("reading", Kind::Blob),
        ("grams", Kind::Int),
        ("made_per_hour", Kind::Int),
        ("full_count", Kind::Int),
        ("part_count", Kind::Int),
        ("empty_count", Kind::Int),
        ("damaged_count", Kind::Int),
        ("typed_text", Kind::Text),
        ("unit", Kind::Text),
        ("source", Kind::Text),
        ("recent", Kind::Blob),
    ],
    conflict: "",
};

/// Writes the projections anew from the ledgers.
pub(crate) fn rebuild(connection: &mut Connection) -> Result<(), StoreError> {
    let expected = from_ledgers(connection)?;
    if let Some(row) = expected.unreadable.first() {
        return Err(StoreError::Unreadable(row.clone()));
    }
    connection.write(CLEAR_STORES, params![])?;
    connection.write(CLEAR_CENSUSES, params![])?;
    connection.flush()?;
    let rows: Vec<Vec<Value>> =
        expected.stores.iter().map(|((province, _), state)| values_of(*province, state)).collect();
    for chunk in rows.chunks(1_000) {
        connection.bulk(&STATES, chunk)?;
    }
    for ((province, _), state) in &expected.censuses {
        connection.write(SAVE_CENSUS, census_values(*province, state))?;
    }
    record::clear(connection)?;
    for ((province, _), last) in &expected.records {
        record::save(connection, *province, last)?;
    }
    let found = finding::Expected::from_ledger(connection)?;
    if let Some(row) = found.unreadable.first() {
        return Err(StoreError::Unreadable(row.clone()));
    }
    found.write(connection)?;
    connection.flush()
}

/// Rebuilds all projections in the writer's transaction.
pub fn rebuild_all(transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
    rebuild(transaction)
}

/// Rows of the projections that are not what the ledgers say, and ledger rows that say nothing
/// that can be understood.
pub(crate) fn differences(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    let Expected { mut stores, mut censuses, mut records, unreadable } = from_ledgers(connection)?;
    let mut differences = unreadable;
    let kept = "SELECT province, store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count, empty_count,
        damaged_count, typed_text, unit, source, recent FROM store_state";
    connection.each(kept, &mut |row| {
        let (province, store): (ProvinceId, StoreId) = (row.get(0)?, row.get(1)?);
        let expected = stores.remove(&(province, store));
        let expected = expected.map(|state| Row(values_of(province, &state)));
        if expected.as_ref() != Some(&row) {
            differences.push(format!("store_state {province} / {store}"));
        }
        Ok(())
    })?;
    let kept = "SELECT province, facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting, source FROM facility_state";
    connection.each(kept, &mut |row| {
        let (province, facility): (ProvinceId, FacilityId) = (row.get(0)?, row.get(1)?);
        let expected = censuses.remove(&(province, facility)).map(|state| Row(census_values(province, &state)));
        if expected.as_ref() != Some(&row) {
            differences.push(format!("facility_state {province} / {facility}"));
        }
        Ok(())
    })?;
    connection.each(record::ALL_STATES, &mut |row| {
        let (province, kept): (ProvinceId, _) = (row.get(9)?, record::record_row(&row)?);
        if records.remove(&(province, kept.id)).as_ref() != Some(&kept) {
            differences.push(format!("record_state {province} / {}", kept.id));
        }
        Ok(())
    })?;
    differences.extend(records.keys().map(|(province, id)| format!("record_state {province} / {id} is missing")));
    let missing = stores.keys().map(|(province, store)| format!("store_state {province} / {store} is missing"));
    let silent =
        censuses.keys().map(|(province, facility)| format!("facility_state {province} / {facility} is missing"));
    differences.extend(missing.chain(silent));
    differences.extend(finding::Expected::from_ledger(connection)?.differences(connection)?);
    differences.sort_unstable();
    Ok(differences)
}
