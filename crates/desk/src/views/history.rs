//! The history of one record: its versions with who wrote each and what changed, field by field. Whoever sees the
//! register's own page sees it, and nobody else.

mod told;

use quantity::{Id, Moment};
use serde_json::Value;
use store::Connection;
use store::record::{RecordRow, Written};

pub use told::{Change, Told};

use crate::actor::Actor;
use crate::alarms::records::RefillTerms;
use crate::command::readiness::Answer;
use crate::command::unit::CoordinationUnit;
use crate::failure::{Failure, Outcome};
use crate::means::{Site, Vessel, Work};
use crate::office::Office;
use crate::record::{self, Record, RecordId};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::supply::{Asset, Contract, Supplier, Vehicle};

/// A version of a record, and what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// 1, 2, 3 and so on.
    pub number: i64,
    /// When it was written down, by the domain clock.
    pub recorded_at: Moment,
    /// By whose account; none for the program itself.
    pub by: Option<String>,
    /// What changed, in the order of the fields; of the first version all that it says.
    pub changes: Vec<Change>,
}

/// The history of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// What it is: the stable name of its kind.
    pub kind: String,
    /// What it is called, as its last version has it.
    pub name: String,
    /// Newest first.
    pub versions: Vec<Version>,
}

/// Kinds whose history is shown, and the field that names one of them.
const KINDS: &[(&str, &str)] = &[
    (Contract::KIND, "number"),
    (Supplier::KIND, "name"),
    (Vehicle::KIND, "plate"),
    (Asset::KIND, "name"),
    (Work::KIND, "item"),
    (Site::KIND, "name"),
    (Vessel::KIND, "serial"),
    (RefillTerms::KIND, "supplier"),
    (CoordinationUnit::KIND, ""),
    (Answer::KIND, "key"),
];

/// The kinds whose history is shown.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// The history of a record, as an actor may see it.
pub fn history(office: &Office, connection: &mut Connection, actor: &Actor, id: Id) -> Outcome<History> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let written = store::record::history(connection, actor.province, id)?;
    let last = written.last().ok_or(Failure::NotFound)?;
    let (kind, named) = KINDS.iter().find(|(kind, _)| *kind == last.row.kind).ok_or(Failure::NotFound)?;
    let registry = office.registry(connection, actor.province)?;
    if !sees(&registry, actor, &last.row)? {
        return Err(Failure::NotFound);
    }
    let name = text_of(&last.row)?.get(named).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut versions = Vec::with_capacity(written.len());
    let mut before = Value::Null;
    for Written { row, by, .. } in written {
        let after = text_of(&row)?;
        let mut changes = told::changes(&before, &after);
        for said in changes.iter_mut().flat_map(|change| [&mut change.before, &mut change.after]).flatten() {
            name_keys(connection, &registry, actor, said)?;
        }
        versions.push(Version { number: row.version, recorded_at: row.recorded_at, by, changes });
        before = after;
    }
    versions.reverse();
    Ok(History { kind: (*kind).to_owned(), name, versions })
}

fn text_of(row: &RecordRow) -> Outcome<Value> {
    serde_json::from_str(&row.content)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(format!("record {}: {error}", row.kind))))
}

/// Whether the register's own page shows the record to an actor.
fn sees(registry: &Registry, actor: &Actor, row: &RecordRow) -> Outcome<bool> {
    let of_facility = |owner: Option<Id>| {
        let facility = owner.and_then(|id| registry.facility(place::FacilityId(id)));
        facility.is_some_and(|facility| actor.sees(facility, registry))
    };
    Ok(match row.kind.as_str() {
        // The desk's registers of the whole province.
        kind if [Supplier::KIND, Vehicle::KIND, CoordinationUnit::KIND].contains(&kind) => true,
        // Of the province as a whole, or of one facility.
        Answer::KIND | Site::KIND if row.owner.is_none() => actor.sees_all(),
        RefillTerms::KIND => actor.sees_all() && of_facility(row.owner),
        Contract::KIND => {
            let contract: Contract = serde_json::from_value(text_of(row)?)
                .map_err(|error| Failure::Store(store::StoreError::Unreadable(format!("contract: {error}"))))?;
            let mut seen = registry.facilities().iter().filter(|one| actor.sees(one, registry));
            actor.sees_all() || seen.any(|one| contract.serves(one.id))
        }
        _ => of_facility(row.owner),
    })
}

/// Puts names in the place of keys: of facilities in scope, and of suppliers.
fn name_keys(connection: &mut Connection, registry: &Registry, actor: &Actor, said: &mut Told) -> Outcome<()> {
    let Told::Keys(keys) = said else { return Ok(()) };
    let mut names = Vec::with_capacity(keys.len());
    for key in keys.iter() {
        let facility = registry.facility(place::FacilityId(*key));
        let name = match facility {
            Some(facility) => actor.sees(facility, registry).then(|| facility.body.name.clone()),
            None => {
                record::one::<Supplier>(connection, actor.province, RecordId::new(*key))?.map(|kept| kept.content.name)
            }
        };
        names.push(name);
    }
    *said = Told::Names(names);
    Ok(())
}
