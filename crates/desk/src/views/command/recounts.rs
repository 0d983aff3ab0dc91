//! Recounts: how near the ledger was to what was counted, and what follows (DT12). For whoever keeps the
//! command room only: accuracy helps to mend gauges and charts, it is no mark for people.

use jiff::civil::Date;
use oxygen::{Gauge, Store};
use place::FacilityId;
use quantity::{Id, Moment};
use store::Connection;

use super::{MOST, Named, may_keep, seen};
use crate::actor::Actor;
use crate::command::finding::Finding;
use crate::command::recount::{Recount, over_time};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};

/// A facility with its recounts.
#[derive(Debug, Clone)]
pub struct Recounted {
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Newest first.
    pub recounts: Vec<Kept<Recount>>,
    /// Accuracy over time, the newest counting most; none where nothing could be compared.
    pub accuracy: Option<f64>,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RecountsView {
    /// Today, by the domain clock.
    pub today: Date,
    /// Facilities that were recounted, the least accurate first.
    pub recounted: Vec<Recounted>,
    /// Facilities in scope that were never recounted.
    pub never: Vec<Named>,
    /// What recounts found, open ones first.
    pub findings: Vec<Kept<Finding>>,
}

/// All recounts in the actor's scope.
pub fn recounts(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<RecountsView> {
    may_keep(actor)?;
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let mut all = record::newest::<Recount>(connection, actor.province, MOST)?;
    all.sort_by_key(|kept| std::cmp::Reverse(kept.content.at));
    let mut recounted = Vec::new();
    let mut never = Vec::new();
    for facility in seen(&registry, actor, today) {
        let mine: Vec<Kept<Recount>> =
            all.iter().filter(|kept| kept.content.facility == facility.id).cloned().collect();
        if mine.is_empty() {
            never.push((facility.id, facility.body.name.clone()));
            continue;
        }
        let contents: Vec<Recount> = mine.iter().map(|kept| kept.content.clone()).collect();
        recounted.push(Recounted {
            id: facility.id,
            name: facility.body.name.clone(),
            accuracy: over_time(&contents),
            recounts: mine,
        });
    }
    let known = |accuracy: Option<f64>| accuracy.unwrap_or(2.0);
    recounted.sort_by(|left, right| known(left.accuracy).total_cmp(&known(right.accuracy)));
    let of: Vec<Id> = recounted.iter().flat_map(|one| one.recounts.iter().map(|kept| kept.id.0)).collect();
    let mut findings: Vec<Kept<Finding>> = record::newest::<Finding>(connection, actor.province, 1_000)?
        .into_iter()
        .filter(|kept| of.contains(&kept.content.of))
        .collect();
    findings.sort_by_key(|kept| (kept.content.mended_on.is_some(), kept.content.due_on));
    Ok(RecountsView { today, recounted, never, findings })
}

/// One facility, to be recounted.
#[derive(Debug, Clone)]
pub struct ToRecount {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Stores that hold stock, in use today.
    pub stores: Vec<Store>,
    /// Its recounts, newest first.
    pub recounts: Vec<Kept<Recount>>,
}

/// The unit that a store's gauge shows; none for cylinders, which are counted.
pub fn unit_of(store: &Store) -> Option<quantity::Unit> {
    match &store.gauge {
        Gauge::Direct(unit) => Some(*unit),
        Gauge::Chart(chart) => Some(chart.unit()),
        _ => None,
    }
}

/// A facility with its stores, for the form of a recount.
pub fn to_recount(office: &Office, connection: &mut Connection, actor: &Actor, id: FacilityId) -> Outcome<ToRecount> {
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let facility = registry.facility(id).filter(|facility| actor.sees(facility, &registry));
    let facility = facility.ok_or(Failure::NotFound)?;
    may_keep(actor)?;
    let mut recounts = record::of_owner::<Recount>(connection, actor.province, id.0, 100)?;
    recounts.sort_by_key(|kept| std::cmp::Reverse(kept.content.at));
    Ok(ToRecount {
        now,
        id,
        name: facility.body.name.clone(),
        stores: facility.stores_on(now.date()).filter(|store| store.kind.holds_stock()).cloned().collect(),
        recounts,
    })
}
