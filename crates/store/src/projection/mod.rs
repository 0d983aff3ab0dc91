//! Projections: what each store and each facility last said, kept beside the ledgers so that the
//! list of who is running out need not read them. Written in the transaction of the ledger row,
//! rebuilt from the ledgers, compared by `doctor`.

mod rebuild;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use oxygen::{CensusId, Move, MovementKind, ReadingId, Recent, Sample, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Moment};

pub use rebuild::rebuild_all;
pub(crate) use rebuild::{differences, rebuild};

use crate::ledger::{CensusRow, Counts, MovementRow, ReadingRow};
use crate::statement::statements;
use crate::{Connection, Row, StoreError, Transaction, Value, params};

statements! {
    OF_FACILITY = "SELECT province, store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count, empty_count,
            damaged_count, typed_text, unit, source, recent FROM store_state WHERE province = ?1 AND facility = ?2";
    OF_PROVINCE = "SELECT province, store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count, empty_count,
            damaged_count, typed_text, unit, source, recent FROM store_state WHERE province = ?1";
    SAVE = "INSERT INTO store_state (province, store, facility, happened_at, reading, grams, made_per_hour, full_count, part_count,
            empty_count, damaged_count, typed_text, unit, source, recent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT (province, facility, store) DO UPDATE SET happened_at = excluded.happened_at, reading = excluded.reading,
            grams = excluded.grams, made_per_hour = excluded.made_per_hour, full_count = excluded.full_count, part_count = excluded.part_count,
            empty_count = excluded.empty_count, damaged_count = excluded.damaged_count,
            typed_text = excluded.typed_text, unit = excluded.unit, source = excluded.source, recent = excluded.recent";
    DROP_STORE = "DELETE FROM store_state WHERE province = ?1 AND facility = ?2 AND store = ?3";
    CENSUSES = "SELECT facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting, source
        FROM facility_state WHERE province = ?1";
    SAVE_CENSUS = "INSERT INTO facility_state (province, facility, happened_at, census, mask, hfnc, niv, invasive, ecmo, waiting, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (province, facility) DO UPDATE SET happened_at = excluded.happened_at, census = excluded.census,
            mask = excluded.mask, hfnc = excluded.hfnc, niv = excluded.niv, invasive = excluded.invasive,
            ecmo = excluded.ecmo, waiting = excluded.waiting, source = excluded.source
        WHERE excluded.happened_at > facility_state.happened_at OR (excluded.happened_at = facility_state.happened_at
            AND excluded.census > facility_state.census)";
    DROP_CENSUS = "DELETE FROM facility_state WHERE province = ?1 AND facility = ?2";
    CLEAR_STORES = "DELETE FROM store_state";
    CLEAR_CENSUSES = "DELETE FROM facility_state";
}

/// The newest reading of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// When it was so.
    pub happened_at: Moment,
    /// Which reading; breaks ties.
    pub reading: ReadingId,
    /// Pure oxygen.
    pub grams: Grams,
    /// Pure oxygen made in an hour, by a plant or concentrators.
    pub made_per_hour: Option<Grams>,
    /// Vessels, where the store is counted.
    pub counts: Option<Counts>,
    /// As typed.
    pub typed_text: Option<String>,
    /// Stable code of the unit typed.
    pub unit: Option<String>,
    /// Stable code of where it came from.
    pub source: String,
}

/// What a store last said, and enough of its past for the rate of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreState {
    /// Which store.
    pub store: StoreId,
    /// Whose.
    pub facility: FacilityId,
    /// Its newest reading; none when only movements are known.
    pub latest: Option<Latest>,
    /// Its past in short.
    pub recent: Recent,
}

/// What a facility last said of its patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusState {
    /// Which facility.
    pub facility: FacilityId,
    /// When it was so.
    pub happened_at: Moment,
    /// Which count; breaks ties.
    pub census: CensusId,
    /// On mask, high-flow, non-invasive, invasive ventilation, ECMO.
    pub by_device: [u32; 5],
    /// People waiting; none means that nobody asked.
    pub waiting: Option<u32>,
    /// Stable code of where it came from.
    pub source: String,
}

pub(crate) fn counts_of(row: &Row, first: usize) -> Result<Option<Counts>, StoreError> {
    let full: Option<u32> = row.get(first)?;
    let Some(full) = full else { return Ok(None) };
    Ok(Some(Counts { full, part: row.get(first + 1)?, empty: row.get(first + 2)?, damaged: row.get(first + 3)? }))
}

fn state_of(row: &Row) -> Result<StoreState, StoreError> {
    let happened_at: Option<Moment> = row.get(3)?;
    let latest = happened_at
        .map(|happened_at| {
            Ok::<_, StoreError>(Latest {
                happened_at,
                reading: row.get(4)?,
                grams: row.get(5)?,
                made_per_hour: row.get(6)?,
                counts: counts_of(row, 7)?,
                typed_text: row.get(11)?,
                unit: row.get(12)?,
                source: row.get(13)?,
            })
        })
        .transpose()?;
    let recent = Recent::from_bytes(&row.get::<Vec<u8>>(14)?)
        .map_err(|_| StoreError::Unreadable("store_state.recent".to_owned()))?;
    Ok(StoreState { store: row.get(1)?, facility: row.get(2)?, latest, recent })
}

fn values_of(province: ProvinceId, state: &StoreState) -> Vec<Value> {
    let latest = state.latest.as_ref();
    let counts = latest.and_then(|latest| latest.counts);
    params![
        province,
        state.store,
        state.facility,
        latest.map(|latest| latest.happened_at),
        latest.map(|latest| latest.reading),
        latest.map(|latest| latest.grams),
        latest.and_then(|latest| latest.made_per_hour),
        counts.map(|counts| counts.full),
        counts.map(|counts| counts.part),
        counts.map(|counts| counts.empty),
        counts.map(|counts| counts.damaged),
        latest.and_then(|latest| latest.typed_text.clone()),
        latest.and_then(|latest| latest.unit.clone()),
        latest.map(|latest| latest.source.clone()),
        state.recent.to_bytes()
    ]
}

/// What the stores of a province last said.
pub fn of_province(connection: &mut Connection, province: ProvinceId) -> Result<Vec<StoreState>, StoreError> {
    connection.query(OF_PROVINCE, params![province])?.iter().map(state_of).collect()
}

/// What was read of the stores of a province before, so that only what differs is read anew.
#[derive(Debug, Default)]
pub struct Seen(HashMap<StoreId, u64>);

/// The stores of a province that say something else than when they were last asked; `None` when one of
/// those says nothing any more, and all must be read anew. The key of the newest reading, which is never
/// changed, and the summary tell whether a row differs.
pub fn of_province_since(
    connection: &mut Connection,
    province: ProvinceId,
    seen: &mut Seen,
) -> Result<Option<Vec<StoreState>>, StoreError> {
    let rows = connection.query(OF_PROVINCE, params![province])?;
    let mut changed = Vec::new();
    for row in &rows {
        let mut hasher = DefaultHasher::new();
        row.get::<Option<Vec<u8>>>(4)?.hash(&mut hasher);
        row.get::<Vec<u8>>(14)?.hash(&mut hasher);
        let now = hasher.finish();
        if seen.0.insert(row.get(1)?, now) != Some(now) {
            changed.push(state_of(row)?);
        }
    }
    Ok((seen.0.len() == rows.len()).then_some(changed))
}

/// What the stores of a facility last said.
pub fn of_facility(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
) -> Result<Vec<StoreState>, StoreError> {
    connection.query(OF_FACILITY, params![province, facility])?.iter().map(state_of).collect()
}

/// What the facilities of a province last said of their patients.
pub fn censuses(connection: &mut Connection, province: ProvinceId) -> Result<Vec<CensusState>, StoreError> {
    let rows = connection.query(CENSUSES, params![province])?;
    rows.iter()
        .map(|row| {
            Ok(CensusState {
                facility: row.get(0)?,
                happened_at: row.get(1)?,
                census: row.get(2)?,
                by_device: [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?],
                waiting: row.get(8)?,
                source: row.get(9)?,
            })
        })
        .collect()
}

/// States being changed by one operation: read once, folded into, written once.
#[derive(Debug, Default)]
pub struct States {
    states: BTreeMap<StoreId, StoreState>,
    changed: Vec<StoreId>,
}

impl States {
    /// The states of one facility's stores.
    pub fn of_facility(
        connection: &mut Connection,
        province: ProvinceId,
        facility: FacilityId,
    ) -> Result<Self, StoreError> {
        Ok(Self::of(of_facility(connection, province, facility)?))
    }

    /// The states of all stores of a province, for an import.
    pub fn of_province(connection: &mut Connection, province: ProvinceId) -> Result<Self, StoreError> {
        Ok(Self::of(of_province(connection, province)?))
    }

    fn of(states: Vec<StoreState>) -> Self {
        Self { states: states.into_iter().map(|state| (state.store, state)).collect(), changed: Vec::new() }
    }

    /// What a store last said.
    pub fn get(&self, store: StoreId) -> Option<&StoreState> {
        self.states.get(&store)
    }

    fn entry(&mut self, facility: FacilityId, store: StoreId) -> &mut StoreState {
        if !self.changed.contains(&store) {
            self.changed.push(store);
        }
        self.states.entry(store).or_insert_with(|| StoreState {
            store,
            facility,
            latest: None,
            recent: Recent::default(),
        })
    }

    /// Folds a reading in.
    pub fn observe(&mut self, facility: FacilityId, row: &ReadingRow) {
        let state = self.entry(facility, row.store);
        fold(
            state,
            Latest {
                happened_at: row.happened_at,
                reading: row.id,
                grams: row.grams,
                made_per_hour: row.made_per_hour,
                counts: row.counts,
                typed_text: row.typed.as_ref().map(|typed| typed.text.clone()),
                unit: row.typed.as_ref().map(|typed| typed.unit.code().to_owned()),
                source: row.source.to_owned(),
            },
        );
    }

    /// Folds a movement in.
    pub fn move_(&mut self, facility: FacilityId, row: &MovementRow) {
        if let Some(kind) = MovementKind::from_code(row.kind) {
            let happened = Move { at: row.happened_at, effect: row.grams, class: kind.class() };
            self.entry(facility, row.store).recent.move_(happened);
        }
    }

    /// Puts a state read from the ledgers in place of what is there, after a reversal.
    pub fn replace(&mut self, facility: FacilityId, store: StoreId, latest: Option<Latest>, recent: Recent) {
        *self.entry(facility, store) = StoreState { store, facility, latest, recent };
    }

    /// Writes what has changed.
    pub fn save(&self, transaction: &mut Transaction<'_>, province: ProvinceId) -> Result<(), StoreError> {
        for store in &self.changed {
            match self.states.get(store) {
                Some(state) if state.latest.is_none() && state.recent == Recent::default() => {
                    transaction.write(DROP_STORE, params![province, state.facility, *store])?;
                }
                Some(state) => transaction.write(SAVE, values_of(province, state))?,
                None => {}
            }
        }
        Ok(())
    }
}

fn fold(state: &mut StoreState, latest: Latest) {
    state.recent.observe(Sample { at: latest.happened_at, grams: latest.grams });
    let newer = state
        .latest
        .as_ref()
        .is_none_or(|known| (known.happened_at, known.reading) < (latest.happened_at, latest.reading));
    if newer {
        state.latest = Some(latest);
    }
}

/// Keeps a count of patients if it is the newest.
pub fn save_census(transaction: &mut Transaction<'_>, province: ProvinceId, row: &CensusRow) -> Result<(), StoreError> {
    let [mask, hfnc, niv, invasive, ecmo] = row.by_device;
    transaction.write(
        SAVE_CENSUS,
        params![
            province,
            row.facility,
            row.happened_at,
            row.id,
            mask,
            hfnc,
            niv,
            invasive,
            ecmo,
            row.waiting,
            row.source
        ],
    )
}

/// Puts a count read from the ledger in place of what is there, after a reversal.
pub fn replace_census(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    facility: FacilityId,
    newest: Option<&CensusState>,
) -> Result<(), StoreError> {
    transaction.write(DROP_CENSUS, params![province, facility])?;
    match newest {
        Some(state) => transaction.write(SAVE_CENSUS, census_values(province, state)),
        None => Ok(()),
    }
}

fn census_values(province: ProvinceId, state: &CensusState) -> Vec<Value> {
    let [mask, hfnc, niv, invasive, ecmo] = state.by_device;
    params![
        province,
        state.facility,
        state.happened_at,
        state.census,
        mask,
        hfnc,
        niv,
        invasive,
        ecmo,
        state.waiting,
        state.source.clone()
    ]
}
