//! The norms in force today: each figure with its range, its source, its version and its days, the
//! province's own marked. What is computed names the versions it rests on; here they are read.

use jiff::civil::Date;
use protocol::{Figure, NormUnit, Norms, Override, Version, VersionId};
use store::{Connection, StoreError, register};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::rights::Capability;

/// One table of norms as it answers today.
#[derive(Debug, Clone)]
pub struct Table {
    /// Stable name, such as `oxygen.flow`.
    pub name: String,
    /// Unit of its figures.
    pub unit: NormUnit,
    /// The version that answers.
    pub version: Version,
    /// Its figures, in the order of the version.
    pub norms: Vec<Norm>,
    /// Other versions that stand beside it and do not answer: kept for comparison.
    pub beside: Vec<Version>,
}

/// One figure.
#[derive(Debug, Clone)]
pub struct Norm {
    /// What it is for, such as `mask`.
    pub key: String,
    /// The figure with its range.
    pub figure: Figure,
    /// Where it stands.
    pub source: String,
    /// No source was read that says so.
    pub unconfirmed: bool,
    /// The province's own figure, in place of the version's.
    pub own: Option<Own>,
}

/// A province's own figure: its stable name and its days.
#[derive(Debug, Clone)]
pub struct Own {
    /// Stable name, stored beside what is computed with it.
    pub id: VersionId,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; open when absent.
    pub valid_to: Option<Date>,
}

/// Every norm in force on the domain clock's day.
#[derive(Debug, Clone)]
pub struct InForce {
    /// That day.
    pub on: Date,
    /// The tables, by name.
    pub tables: Vec<Table>,
}

/// The norms that the actor's province works with today.
pub fn norms(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<InForce> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let on = office.now(connection)?.date();
    let own = own_figures(connection, actor)?;
    let tables = registry.norms().tables().into_iter();
    let tables = tables.filter_map(|table| in_force(registry.norms(), table, on, &own)).collect();
    Ok(InForce { on, tables })
}

fn own_figures(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Override>> {
    let read = |content: String| {
        serde_json::from_str(&content).map_err(|error| StoreError::Unreadable(format!("norm_override: {error}")).into())
    };
    register::overrides(connection, actor.province)?.into_iter().map(read).collect()
}

/// A table on a day; nothing when none of its versions is in force.
fn in_force(norms: &Norms, table: &str, on: Date, own: &[Override]) -> Option<Table> {
    let standing: Vec<&Version> = norms.standing(table, on).collect();
    let keys = standing.first()?.rows.iter().map(|row| row.key.as_str());
    let found: Vec<_> = keys.filter_map(|key| Some((key, norms.lookup(table, key, on).ok()?))).collect();
    let answers = |version: &&&Version| found.iter().any(|(_, found)| found.version == version.id);
    let version = standing
        .iter()
        .find(answers)
        .or_else(|| standing.iter().filter(|version| version.preferred).max_by_key(|version| version.valid_from))?;
    let of_province = |key: &str, id: &VersionId| {
        let own = own.iter().find(|own| own.table == table && own.key == key && own.id == *id)?;
        Some(Own { id: own.id.clone(), valid_from: own.valid_from, valid_to: own.valid_to })
    };
    Some(Table {
        name: table.to_owned(),
        unit: version.unit,
        norms: found
            .iter()
            .map(|(key, found)| Norm {
                key: (*key).to_owned(),
                figure: found.figure,
                source: found.source.clone(),
                unconfirmed: found.unconfirmed,
                own: of_province(key, &found.version).filter(|_| found.version != version.id),
            })
            .collect(),
        beside: standing.iter().filter(|other| other.id != version.id).map(|other| (*other).clone()).collect(),
        version: (*version).clone(),
    })
}

/// The province's own norms, in force or not, the first decided first.
pub fn own(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Override>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    own_figures(connection, actor)
}

/// Which of the versions that a figure rests on have a figure without a confirmed source.
pub fn unconfirmed(norms: &Norms, on: Date, versions: &[VersionId]) -> Vec<VersionId> {
    let rests_on = |version: &&Version| versions.contains(&version.id);
    let doubtful = |version: &&Version| version.rows.iter().any(|row| row.unconfirmed.unwrap_or(version.unconfirmed));
    let mut ids: Vec<VersionId> = norms
        .tables()
        .into_iter()
        .flat_map(|table| norms.standing(table, on).collect::<Vec<_>>())
        .filter(rests_on)
        .filter(doubtful)
        .map(|version| version.id.clone())
        .collect();
    ids.sort();
    ids
}
