//! *Chuỗi cung cấp*: the flow that reaches the beds of each facility against the peak need of its
//! patients, and the link that limits it (OX04, OX10).

use oxygen::chain::{Assessment, BedDay, ChainNorms, Facts, Part, Verdict, assess, bed_day, peak};
use oxygen::{CensusAt, HoursLeft, Known, Recent, Settings, StoreState, outlook};
use place::FacilityId;
use quantity::{Grams, Moment};
use store::Connection;
use store::projection::Latest;
use store::series::{self, Horizon};

use super::running_out::{self, census_at, store_state};
use super::said;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::means::{GaugeChange, Link};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// More parts than any facility has.
const MOST_PARTS: i64 = 500;

/// The chain of one facility with what stands around it.
#[derive(Debug, Clone)]
pub struct ChainLine {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Where.
    pub area: String,
    /// The chain.
    pub chain: Assessment,
    /// What a bed takes in a day, by the rate of use.
    pub bed_day: Option<BedDay>,
    /// How long the stock lasts.
    pub hours: Option<HoursLeft>,
    /// The patients, as last told.
    pub census: Option<CensusAt>,
    /// Whom to call.
    pub call: Option<(String, String)>,
    /// Invented.
    pub simulated: bool,
}

/// The chains of a province, the worst first.
#[derive(Debug, Clone)]
pub struct Chains {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// One a facility.
    pub lines: Vec<ChainLine>,
    /// The norms that every figure rests on.
    pub norms: ChainNorms,
}

/// One facility's chain with the records behind it.
#[derive(Debug, Clone)]
pub struct ChainView {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// The facility.
    pub facility: Facility,
    /// Its chain.
    pub line: ChainLine,
    /// Its parts, in the order in which they were begun.
    pub links: Vec<Kept<Link>>,
    /// The norms.
    pub norms: ChainNorms,
    /// Whether the actor may write here.
    pub may_write: bool,
}

/// The charts of a facility's gauges.
#[derive(Debug, Clone)]
pub struct Charts {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// The facility; its stores are cut where a chart changed.
    pub facility: Facility,
    /// Every chart that was written down, oldest day first.
    pub changes: Vec<Kept<GaugeChange>>,
    /// Whether the actor may write here.
    pub may_write: bool,
}

fn may_see(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::SeeOxygen) { Ok(()) } else { Err(Failure::Forbidden(Capability::SeeOxygen)) }
}

/// A facility in the actor's scope.
pub(crate) fn seen<'r>(registry: &'r Registry, actor: &Actor, id: FacilityId) -> Outcome<&'r Facility> {
    registry.facility(id).filter(|facility| actor.sees(facility, registry)).ok_or(Failure::NotFound)
}

/// The chains of the facilities that an actor sees: red first, then by share.
pub fn chains(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Chains> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let day = at.date();
    let norms = ChainNorms::from_norms(registry.norms(), day).map_err(Failure::refused)?;
    let mut said = said::said(connection, &registry)?;
    let counted = said::counted(connection, &registry)?;
    let mut lines = Vec::new();
    for facility in registry.facilities() {
        if !facility.body.valid_on(day) || !actor.sees(facility, &registry) {
            continue;
        }
        let settings = registry.settings(facility, day)?;
        let stores: Vec<_> = facility
            .stores_on(day)
            .filter(|store| registry.works(store.id, at))
            .map(|store| {
                let (latest, recent) = said.remove(&store.id).unwrap_or_default();
                (store.clone(), latest, recent)
            })
            .collect();
        let census = counted.get(&facility.id).map(census_at);
        lines.push(line_of(&registry, facility, &stores, census, at, &settings, &norms));
    }
    lines.sort_by(|left, right| {
        place_of(left).cmp(&place_of(right)).then_with(|| {
            let share = |line: &ChainLine| line.chain.share().unwrap_or(0.0);
            share(right).total_cmp(&share(left))
        })
    });
    Ok(Chains { at, lines, norms })
}

/// Where a line stands: too little, near to it, not known though patients are there, enough, nobody.
fn place_of(line: &ChainLine) -> (Verdict, bool) {
    (line.chain.verdict, line.census.is_none_or(|taken| taken.census.patients() == 0))
}

/// A store with what it last said.
type Said = (oxygen::Store, Option<Latest>, Recent);

fn line_of(
    registry: &Registry,
    facility: &Facility,
    stores: &[Said],
    census: Option<CensusAt>,
    at: Moment,
    settings: &Settings,
    norms: &ChainNorms,
) -> ChainLine {
    let states: Vec<StoreState<'_>> =
        stores.iter().map(|(store, latest, recent)| store_state(store, latest.as_ref(), recent)).collect();
    let told = outlook(at, &Known { stores: &states, census, in_transit: Grams::ZERO }, settings);
    let parts = registry.parts(facility.id);
    let chain = assess(&Facts { parts, stores: &states, census, today: at.date() }, settings, norms);
    // What machines make is used beside the stock, so a bed takes both.
    let used = told.burn.filter(|burn| burn.basis == oxygen::Basis::Gauge).map(|burn| burn.range.mid.0);
    let used = used.map(|stock| quantity::GramsPerHour(stock + told.production.0));
    ChainLine {
        facility: facility.id,
        name: facility.body.name.clone(),
        area: running_out::area_of(registry, facility, at),
        bed_day: used.zip(census).and_then(|(used, taken)| bed_day(used, taken.census, norms)),
        hours: told.hours,
        chain,
        census,
        call: running_out::call(registry, facility, at),
        simulated: facility.simulated,
    }
}

/// One facility's chain, as an actor may see it.
pub fn chain(office: &Office, connection: &mut Connection, actor: &Actor, id: FacilityId) -> Outcome<ChainView> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?;
    let at = office.now(connection)?;
    let norms = ChainNorms::from_norms(registry.norms(), at.date()).map_err(Failure::refused)?;
    let settings = registry.settings(facility, at.date())?;
    let horizon = Horizon { at, known: None };
    let mut stores = Vec::new();
    for store in facility.stores_on(at.date()).filter(|store| registry.works(store.id, at)) {
        let (latest, recent) = series::store_at(connection, actor.province, store.id, horizon)?;
        stores.push((store.clone(), latest, recent));
    }
    let census = series::census_at(connection, actor.province, id, horizon)?.map(|state| census_at(&state));
    let mut links = record::of_owner::<Link>(connection, actor.province, id.0, MOST_PARTS)?;
    links.retain(|kept| kept.content.gone.is_none());
    links.sort_by_key(|kept| (kept.content.part.link(), kept.content.name.clone()));
    Ok(ChainView {
        at,
        line: line_of(&registry, facility, &stores, census, at, &settings, &norms),
        facility: facility.clone(),
        links,
        norms,
        may_write: actor.may(Capability::KeepInstallations),
    })
}

/// The charts of a facility's gauges, as an actor may see them.
pub fn charts(office: &Office, connection: &mut Connection, actor: &Actor, id: FacilityId) -> Outcome<Charts> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let facility = seen(&registry, actor, id)?.clone();
    let mut changes = record::open::<GaugeChange>(connection, actor.province)?;
    changes.retain(|kept| kept.content.facility == id);
    changes.sort_by_key(|kept| kept.content.valid_from);
    let at = office.now(connection)?;
    Ok(Charts { at, facility, changes, may_write: actor.may(Capability::KeepInstallations) })
}

/// Flow needed over flow deliverable for the first screen. Where the chain is written down, its weakest
/// link says it; where nobody has, what the sources gave when tested.
pub(crate) fn flow(
    states: &[StoreState<'_>],
    census: Option<CensusAt>,
    settings: &Settings,
    (parts, norms, now): (&[(String, Part)], &ChainNorms, Moment),
) -> Option<running_out::Flow> {
    if parts.is_empty() {
        return running_out::rated_flow(states, census, settings);
    }
    let peak = peak(&Facts { parts, stores: states, census, today: now.date() }, settings, norms)?;
    Some(running_out::Flow { needed: peak.needed, deliverable: peak.deliverable })
}
