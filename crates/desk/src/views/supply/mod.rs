//! What somebody sees of supply: the requests of his facilities, and for the desk the registers of the province.
//!
//! Who works for one facility sees its own requests, contracts, loans, machines and invoices; suppliers and vehicles are
//! known to everybody who may see oxygen, because he may have to call them.

pub mod assets;
pub mod book;
pub mod loans;
pub mod positions;
pub mod reconcile;
pub mod registers;
pub mod requests;
pub mod road;
pub mod sheets;
pub mod trips;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use oxygen::StoreId;
use place::FacilityId;
use quantity::Moment;
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::supply::{Contract, Supplier};

/// What stands for the name of a facility that asked to be hidden.
const UNNAMED: &str = "(cơ sở không nêu tên)";

/// A facility that may be chosen, with its stores that can be filled.
#[derive(Debug, Clone)]
pub struct FacilityChoice {
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Key and label of each store.
    pub stores: Vec<(StoreId, String)>,
}

/// Everything that the pages of supply name and choose from.
#[derive(Debug, Clone)]
pub struct Book {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Bodies, facilities, norms.
    pub registry: Arc<Registry>,
    /// Facilities in the actor's scope.
    pub facilities: Vec<FacilityChoice>,
    /// Suppliers that deliver.
    pub suppliers: Vec<Kept<Supplier>>,
    /// Contracts of facilities in the actor's scope.
    pub contracts: Vec<Kept<Contract>>,
    names: HashMap<RecordId<Supplier>, String>,
    /// Facilities that asked to be hidden and that the actor does not see.
    unnamed: HashSet<FacilityId>,
    /// Whether the province's figures are invented.
    pub simulated: bool,
}

impl Book {
    /// What an actor may see and choose.
    pub fn open(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Self> {
        if !actor.may(Capability::SeeOxygen) {
            return Err(Failure::Forbidden(Capability::SeeOxygen));
        }
        let registry = office.registry(connection, actor.province)?;
        let at = office.now(connection)?;
        let day = at.date();
        let seen = registry.facilities().iter().filter(|one| actor.sees(one, &registry) && one.body.valid_on(day));
        let facilities: Vec<FacilityChoice> = seen
            .map(|facility| FacilityChoice {
                id: facility.id,
                name: facility.body.name.clone(),
                stores: facility
                    .stores_on(day)
                    .filter(|store| store.kind.holds_stock())
                    .map(|store| (store.id, store.label.clone()))
                    .collect(),
            })
            .collect();
        let all = record::newest::<Supplier>(connection, actor.province, 2_000)?;
        let names = all.iter().map(|kept| (kept.id, kept.content.name.clone())).collect();
        let mut suppliers: Vec<_> = all.into_iter().filter(|kept| !kept.content.closed).collect();
        suppliers.sort_by_cached_key(|kept| place::text::sort_key(&kept.content.name));
        let mut contracts = record::open::<Contract>(connection, actor.province)?;
        contracts.retain(|kept| actor.sees_all() || facilities.iter().any(|one| kept.content.serves(one.id)));
        let simulated = registry.facilities().iter().any(|facility| facility.simulated);
        let hidden =
            registry.facilities().iter().filter(|one| registry.is_hidden(one.id) && !actor.sees(one, &registry));
        let unnamed = hidden.map(|one| one.id).collect();
        Ok(Self { at, registry, facilities, suppliers, contracts, names, unnamed, simulated })
    }

    /// The name of a supplier; empty for one that nobody knows.
    pub fn supplier_name(&self, id: RecordId<Supplier>) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    /// Whether a facility asked to be hidden and the actor is not one of those who see it all the same.
    pub fn is_unnamed(&self, id: FacilityId) -> bool {
        self.unnamed.contains(&id)
    }

    /// The name of a facility of the province, in scope or not: who lends to me has a name, unless he asked to have none.
    pub fn facility_name(&self, id: FacilityId) -> String {
        if self.is_unnamed(id) {
            return UNNAMED.to_owned();
        }
        self.registry.facility(id).map_or_else(String::new, |facility| facility.body.name.clone())
    }

    /// The label of a store.
    pub fn store_label(&self, store: StoreId) -> String {
        let stores = self.registry.owner(store).into_iter().flat_map(|facility| &facility.stores);
        let found = stores.into_iter().find(|entry| entry.store.id == store);
        found.map_or_else(String::new, |entry| entry.store.label.clone())
    }

    /// A facility in the actor's scope.
    pub fn facility(&self, id: FacilityId) -> Outcome<&Facility> {
        let seen = self.facilities.iter().any(|one| one.id == id);
        self.registry.facility(id).filter(|_| seen).ok_or(Failure::NotFound)
    }

    /// Whether a facility lies in the actor's scope.
    pub fn sees(&self, id: FacilityId) -> bool {
        self.facilities.iter().any(|one| one.id == id)
    }
}
