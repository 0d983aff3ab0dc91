//! *Điều kiện nạp oxy* and *Trước bão*: when each facility can be refilled, and who is to be filled up
//! before a storm (OX16).

use std::collections::HashMap;

use oxygen::alarm::{BeforeStorm, TopUp, top_up};
use place::{AreaCode, FacilityId, Level};
use quantity::{Grams, Moment, Span};
use store::Connection;

use super::alarms::may_see_all;
use crate::actor::Actor;
use crate::alarms::records::{Closure, ClosureWhy, RefillTerms};
use crate::alarms::watch::{Refills, concerns};
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::views::running_out::{Past, area_of, running_out};

/// One facility with the terms of its refill.
#[derive(Debug, Clone)]
pub struct RefillLine {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Its terms, where somebody entered them.
    pub terms: Option<RefillTerms>,
    /// The record of the terms.
    pub record: Option<RecordId<RefillTerms>>,
    /// When oxygen that is called for now would arrive.
    pub arrives: Option<Moment>,
}

/// Terms of refill and closures.
#[derive(Debug, Clone)]
pub struct RefillPage {
    /// The moment.
    pub at: Moment,
    /// In Vietnamese order.
    pub lines: Vec<RefillLine>,
    /// In force or to come, soonest first, with the name of where.
    pub closures: Vec<(Kept<Closure>, String)>,
    /// Those of them that the actor may take back.
    pub own: Vec<RecordId<Closure>>,
    /// Areas that a closure may hold for: those of the actor's facilities and what lies above them within his scope.
    pub areas: Vec<(AreaCode, String)>,
    /// Whether the actor may close the whole province.
    pub whole: bool,
}

/// When each facility could be refilled.
pub fn refills(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<RefillPage> {
    may_see_all(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let refills = Refills::load(connection, &registry, at)?;
    let seen = |facility: &&Facility| facility.body.valid_on(at.date()) && actor.sees(facility, &registry);
    let lines = registry.facilities().iter().filter(seen).map(|facility| RefillLine {
        facility: facility.id,
        name: facility.body.name.clone(),
        terms: refills.entered(facility.id).cloned(),
        record: refills.record(facility.id),
        arrives: refills.calendar(facility, &registry, at).arrives(at),
    });
    let lines = lines.collect();
    let mut closures: Vec<(Kept<Closure>, String)> = refills
        .closures()
        .iter()
        .filter(|kept| kept.content.to > at && is_seen(&kept.content, actor, &registry))
        .map(|kept| (kept.clone(), place_of(&kept.content, &registry, at)))
        .collect();
    closures.sort_by_key(|(kept, _)| kept.content.from);
    let is_own = |closure: &Closure| match (closure.facility, closure.area) {
        (Some(facility), _) => registry.facility(facility).is_some_and(|one| actor.sees(one, &registry)),
        (None, Some(area)) => actor.sees_area(&Some(area), &registry),
        (None, None) => actor.sees_all(),
    };
    let own = closures.iter().filter(|(kept, _)| is_own(&kept.content)).map(|(kept, _)| kept.id).collect();
    let areas = areas_of(&registry, actor, at);
    Ok(RefillPage { at, lines, closures, own, areas, whole: actor.sees_all() })
}

/// The areas that an actor may close, in Vietnamese order. The province itself is no area of its own.
pub fn areas_of(registry: &Registry, actor: &Actor, at: Moment) -> Vec<(AreaCode, String)> {
    let day = at.date();
    let seen = registry.facilities().iter().filter(|one| one.body.valid_on(day) && actor.sees(one, registry));
    let mut areas: Vec<(AreaCode, String)> = Vec::new();
    for code in seen.filter_map(|facility| facility.area_code) {
        for area in registry.areas().chain(code, day) {
            let known = areas.iter().any(|(code, _)| *code == area.code);
            if area.level != Level::Province && !known && actor.sees_area(&Some(area.code), registry) {
                areas.push((area.code, area.name.to_string()));
            }
        }
    }
    areas.sort_by_cached_key(|(_, name)| place::text::sort_key(name));
    areas
}

/// Whether an actor may know of a closure: one of a hidden facility names it.
fn is_seen(closure: &Closure, actor: &Actor, registry: &Registry) -> bool {
    let seen = |id| registry.facility(id).is_some_and(|facility| actor.sees(facility, registry));
    closure.facility.is_none_or(seen)
}

/// Where a closure holds; empty for the whole province.
fn place_of(closure: &Closure, registry: &Registry, at: Moment) -> String {
    match (closure.facility, closure.area) {
        (Some(facility), _) => registry.facility(facility).map_or_else(String::new, |one| one.body.name.clone()),
        (None, Some(area)) => {
            registry.areas().on(area, at.date()).map_or_else(String::new, |area| area.name.to_string())
        }
        (None, None) => String::new(),
    }
}

/// One facility of the list before a storm.
#[derive(Debug, Clone)]
pub struct StormLine {
    /// What to bring, until when.
    pub top_up: TopUp<FacilityId>,
    /// Its name.
    pub name: String,
    /// Where.
    pub area: String,
    /// Who brings it; empty where nobody entered it.
    pub supplier: String,
    /// Whom to call.
    pub call: Option<(String, String)>,
    /// Age of its figures.
    pub age: Option<Span>,
}

/// A storm with its list.
#[derive(Debug, Clone)]
pub struct StormList {
    /// The storm.
    pub storm: Kept<Closure>,
    /// Where; empty for the whole province.
    pub place: String,
    /// Whether the days of the list have begun.
    pub is_near: bool,
    /// How long before the storm the list is made.
    pub ahead: Span,
    /// Islands first.
    pub lines: Vec<StormLine>,
    /// Facilities that are full.
    pub full: usize,
    /// Invented.
    pub simulated: bool,
}

/// The storms that are to come or rage, each with who is to be filled up.
pub fn storms(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<(Moment, Vec<StormList>)> {
    may_see_all(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let list = running_out(office, connection, actor, Past::default())?;
    let at = list.at;
    let refills = Refills::load(connection, &registry, at)?;
    let ahead = crate::alarms::watch::settings(&registry, at)?.storm_ahead;
    let outlooks: HashMap<FacilityId, _> = list.lines.iter().map(|line| (line.facility, line)).collect();
    let mut storms: Vec<&Kept<Closure>> = refills
        .closures()
        .iter()
        .filter(|kept| kept.content.why == ClosureWhy::Storm && kept.content.to > at)
        .filter(|kept| is_seen(&kept.content, actor, &registry))
        .collect();
    storms.sort_by_key(|kept| kept.content.from);
    let mut lists = Vec::with_capacity(storms.len());
    for storm in storms {
        let concerned: Vec<&Facility> = registry
            .facilities()
            .iter()
            .filter(|facility| facility.body.valid_on(at.date()) && actor.sees(facility, &registry))
            .filter(|facility| concerns(&storm.content, facility, &registry))
            .collect();
        let total = concerned.len();
        let simulated = concerned.iter().any(|facility| facility.simulated);
        let before = concerned.into_iter().map(|facility| {
            let stores: Vec<_> = facility.stores_on(at.date()).filter(|store| store.kind.holds_stock()).collect();
            let outlook = outlooks.get(&facility.id).map(|line| &line.outlook);
            BeforeStorm {
                key: facility.id,
                island: refills.terms(facility.id).ferry.is_some(),
                cylinders_only: !stores.is_empty()
                    && stores.iter().all(|store| store.kind == oxygen::StoreKind::Cylinders),
                capacity: stores.iter().map(|store| store.capacity).sum::<Grams>(),
                holds: outlook
                    .filter(|outlook| outlook.read_at.is_some())
                    .map(|outlook| outlook.stock - (outlook.usable - outlook.usable_now.mid)),
                terms: refills.terms(facility.id),
                closures: refills.closures_of(facility, &registry),
            }
        });
        let lines: Vec<StormLine> = top_up(at, storm.content.from, before.collect())
            .into_iter()
            .filter_map(|line| {
                let facility = registry.facility(line.key)?;
                let known = outlooks.get(&line.key);
                Some(StormLine {
                    name: facility.body.name.clone(),
                    area: area_of(&registry, facility, at),
                    supplier: refills.entered(line.key).map_or_else(String::new, |terms| terms.supplier.clone()),
                    call: known.and_then(|known| known.call.clone()),
                    age: known.and_then(|known| known.outlook.age),
                    top_up: line,
                })
            })
            .collect();
        lists.push(StormList {
            place: place_of(&storm.content, &registry, at),
            is_near: storm.content.from - at <= ahead,
            ahead,
            full: total - lines.len().min(total),
            storm: storm.clone(),
            lines,
            simulated,
        });
    }
    Ok((at, lists))
}
