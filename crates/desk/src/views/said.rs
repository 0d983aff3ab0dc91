//! What every store of a province last said and every facility last counted: from the projections, or
//! from the ledgers where the reading looks back.

use std::collections::HashMap;

use oxygen::{Recent, StoreId};
use place::FacilityId;
use quantity::Moment;
use store::Connection;
use store::projection::{self, CensusState, Latest};
use store::series::{self, Horizon};

use crate::failure::Outcome;
use crate::registry::Registry;

/// What stores last said, and their past in short.
pub(crate) type Said = HashMap<StoreId, (Option<Latest>, Recent)>;
/// The last count of patients.
pub(crate) type Counted = HashMap<FacilityId, CensusState>;

/// What the stores of a province last said.
pub(crate) fn said(connection: &mut Connection, registry: &Registry) -> Outcome<Said> {
    match connection.lens() {
        Some(lens) => said_then(connection, registry, Horizon::now(lens.at)),
        None => {
            let states = projection::of_province(connection, registry.province())?;
            Ok(states.into_iter().map(|state| (state.store, (state.latest, state.recent))).collect())
        }
    }
}

/// The last count of each facility of a province.
pub(crate) fn counted(connection: &mut Connection, registry: &Registry) -> Outcome<Counted> {
    match connection.lens() {
        Some(lens) => counted_then(connection, registry, Horizon::now(lens.at)),
        None => {
            let states = projection::censuses(connection, registry.province())?;
            Ok(states.into_iter().map(|state| (state.facility, state)).collect())
        }
    }
}

/// What the stores had last said, from the ledgers.
pub(crate) fn said_then(connection: &mut Connection, registry: &Registry, horizon: Horizon) -> Outcome<Said> {
    let mut said = Said::new();
    for entry in registry.facilities().iter().flat_map(|facility| facility.each_store()) {
        let id = entry.store.id;
        said.insert(id, series::store_at(connection, registry.province(), id, horizon)?);
    }
    Ok(said)
}

/// The counts that were the last ones, from the ledgers.
pub(crate) fn counted_then(connection: &mut Connection, registry: &Registry, horizon: Horizon) -> Outcome<Counted> {
    let mut counted = Counted::new();
    for facility in registry.facilities() {
        if let Some(census) = series::census_at(connection, registry.province(), facility.id, horizon)? {
            counted.insert(facility.id, census);
        }
    }
    Ok(counted)
}

/// The moment that a view answers for: as asked, else the present of its reading.
pub(crate) fn moment_of(office: &crate::Office, connection: &mut Connection, asked: Option<Moment>) -> Outcome<Moment> {
    asked.map_or_else(|| office.now(connection), Ok)
}
