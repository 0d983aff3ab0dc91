//! *Phương tiện*: beds by tier, works, the set-up plan, inspections (OX05, OX06, OX10, TR01, TR03, TR05).

use std::collections::BTreeMap;

use jiff::civil::Date;
use oxygen::chain::ChainNorms;
use place::FacilityId;
use quantity::{Moment, Span};
use store::Connection;

use super::chain::seen;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::means::{BedCount, Site, SiteState, Vessel, Work};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// More works or sites than a province lists at once.
const MOST: i64 = 2_000;

/// What is shown of a kind of record, each with its facility.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// The records, in the order of the page.
    pub rows: Vec<(Kept<T>, Option<Facility>)>,
    /// The facilities that the actor sees.
    pub facilities: Vec<Facility>,
    /// Whether the actor may write.
    pub may_write: bool,
    /// Whether he may write what concerns the whole province.
    pub whole: bool,
}

fn listed<T: record::Record>(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    kept: impl FnOnce(&mut Connection) -> Outcome<Vec<Kept<T>>>,
    owner: impl Fn(&T) -> Option<FacilityId>,
) -> Outcome<Listed<T>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let mut rows = Vec::new();
    for record in kept(connection)? {
        match owner(&record.content) {
            Some(id) => {
                if let Some(facility) = registry.facility(id).filter(|facility| actor.sees(facility, &registry)) {
                    rows.push((record, Some(facility.clone())));
                }
            }
            None if actor.sees_all() => rows.push((record, None)),
            None => {}
        }
    }
    Ok(Listed {
        at,
        rows,
        facilities: seen_facilities(&registry, actor, at.date()),
        may_write: actor.may(Capability::KeepInstallations),
        whole: actor.sees_all(),
    })
}

fn seen_facilities(registry: &Registry, actor: &Actor, day: Date) -> Vec<Facility> {
    let facilities = registry.facilities().iter();
    facilities.filter(|one| one.body.valid_on(day) && actor.sees(one, registry)).cloned().collect()
}

/// The works of the upgrade plan: under way by the last day, then done and dropped ones.
pub fn works(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Listed<Work>> {
    let province = actor.province;
    let newest = |connection: &mut Connection| record::newest::<Work>(connection, province, MOST);
    let mut found = listed(office, connection, actor, newest, |work| Some(work.facility))?;
    found.rows.sort_by_key(|(kept, _)| (!record::Record::is_open(&kept.content), kept.content.due));
    Ok(found)
}

/// The sites of the set-up plan: those that wait by their day, then open and closed ones.
pub fn sites(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Listed<Site>> {
    let province = actor.province;
    let newest = |connection: &mut Connection| record::newest::<Site>(connection, province, MOST);
    let mut found = listed(office, connection, actor, newest, |site| site.facility)?;
    found.rows.sort_by_key(|(kept, _)| (kept.content.state(), kept.content.planned_on));
    Ok(found)
}

/// How a vessel stands with its inspection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Inspection {
    /// The day has passed.
    Overdue,
    /// Nobody knows when the next one is.
    Unknown,
    /// Soon.
    Near,
    /// Later.
    Fine,
}

impl Inspection {
    /// Where a vessel stands on a day.
    pub fn of(vessel: &Vessel, today: Date, near: Span) -> Self {
        let Some(next) = vessel.next_inspection else { return Self::Unknown };
        let left = Moment::start_of(next) - Moment::start_of(today);
        match left {
            left if left < Span::ZERO => Self::Overdue,
            left if left <= near => Self::Near,
            _ => Self::Fine,
        }
    }
}

/// Vessels with their inspections, the worst first; the norms say what is near.
pub fn inspections(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
) -> Outcome<(Listed<Vessel>, ChainNorms)> {
    let province = actor.province;
    let open = |connection: &mut Connection| record::open::<Vessel>(connection, province);
    let mut found = listed(office, connection, actor, open, |vessel| Some(vessel.facility))?;
    let day = found.at.date();
    let registry = office.registry(connection, province)?;
    let norms = ChainNorms::from_norms(registry.norms(), day).map_err(Failure::refused)?;
    let near = norms.inspection_near;
    found.rows.sort_by_key(|(kept, _)| (Inspection::of(&kept.content, day, near), kept.content.next_inspection));
    Ok((found, norms))
}

/// Beds of one facility: what the register says and what was last counted.
#[derive(Debug, Clone)]
pub struct BedLine {
    /// The facility, with the register's beds.
    pub facility: Facility,
    /// The last count.
    pub count: Option<BedCount>,
    /// Patients on oxygen there, as last told.
    pub on_oxygen: Option<u32>,
}

/// Which of two figures of a bed holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BedSource {
    /// Counted, on a day.
    Counted,
    /// The register's, without a day.
    Register,
}

impl BedLine {
    /// Open beds of a kind and where the figure comes from: a count is newer than the register, which
    /// names no day.
    pub fn beds(&self, which: fn(&place::body::Beds) -> Option<u32>) -> Option<(u32, BedSource)> {
        let counted = self.count.as_ref().and_then(|count| which(&count.beds)).map(|beds| (beds, BedSource::Counted));
        counted.or_else(|| which(&self.facility.beds).map(|beds| (beds, BedSource::Register)))
    }
}

/// Beds by tier.
#[derive(Debug, Clone)]
pub struct BedsByTier {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// Tier → its facilities, in Vietnamese order; no tier last.
    pub tiers: BTreeMap<u32, Vec<BedLine>>,
    /// Whether the actor may write.
    pub may_write: bool,
}

/// The tier of facilities whose tier nobody has given: after all others.
pub const NO_TIER: u32 = u32::MAX;

/// Beds of the facilities that an actor sees, by tier.
pub fn beds(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<BedsByTier> {
    let province = actor.province;
    let open = |connection: &mut Connection| record::open::<BedCount>(connection, province);
    let found = listed(office, connection, actor, open, |count| Some(count.facility))?;
    let registry = office.registry(connection, province)?;
    let censuses = super::said::counted(connection, &registry)?;
    let mut tiers: BTreeMap<u32, Vec<BedLine>> = BTreeMap::new();
    for facility in found.facilities {
        let count = found.rows.iter().find(|(kept, _)| kept.content.facility == facility.id);
        let census = censuses.get(&facility.id);
        tiers.entry(facility.tier.unwrap_or(NO_TIER)).or_default().push(BedLine {
            count: count.map(|(kept, _)| kept.content.clone()),
            on_oxygen: census.map(|state| state.by_device.iter().sum()),
            facility,
        });
    }
    Ok(BedsByTier { at: found.at, tiers, may_write: found.may_write })
}

/// One facility's beds with every count of them, newest first.
pub fn facility_beds(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: FacilityId,
) -> Outcome<(Moment, Facility, Vec<Kept<BedCount>>, bool)> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?.clone();
    let mut counts = Vec::new();
    if let Some(kept) = record::of_code::<BedCount>(connection, actor.province, &id.to_string())? {
        counts = record::versions(connection, actor.province, kept.id)?;
        counts.reverse();
    }
    Ok((office.now(connection)?, facility, counts, actor.may(Capability::KeepInstallations)))
}

/// Beds of the plan and beds that are open, by tier (OX06).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanOfTier {
    /// Sites of the plan.
    pub sites: u32,
    /// Of them open.
    pub open: u32,
    /// Beds of the plan.
    pub beds: u32,
    /// Beds of open sites.
    pub open_beds: u32,
    /// Oxygen beds of the plan; `None` where no site gives them.
    pub oxygen_beds: Option<u32>,
    /// Intensive-care beds of the plan; `None` where no site gives them.
    pub icu_beds: Option<u32>,
}

/// The plan summed by tier; closed sites are in neither sum.
pub fn plan_by_tier(sites: &Listed<Site>) -> BTreeMap<u32, PlanOfTier> {
    let mut tiers: BTreeMap<u32, PlanOfTier> = BTreeMap::new();
    for (kept, _) in &sites.rows {
        let site = &kept.content;
        if site.state() == SiteState::Closed {
            continue;
        }
        let sum = tiers.entry(site.tier.unwrap_or(NO_TIER)).or_default();
        sum.sites += 1;
        sum.beds += site.beds;
        let add = |sum: Option<u32>, more: Option<u32>| more.map(|more| sum.unwrap_or(0) + more).or(sum);
        sum.oxygen_beds = add(sum.oxygen_beds, site.oxygen_beds);
        sum.icu_beds = add(sum.icu_beds, site.icu_beds);
        if site.state() == SiteState::Open {
            sum.open += 1;
            sum.open_beds += site.beds;
        }
    }
    tiers
}
