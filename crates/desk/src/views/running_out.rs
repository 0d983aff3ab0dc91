//! *Cơ sở sắp hết oxy*: every facility with how long its oxygen lasts, worst first (OX07, OX11).

use std::collections::HashMap;
use std::sync::Arc;

use oxygen::chain::ChainNorms;
use oxygen::{Census, CensusAt, Known, Outlook, Production, Recent, Settings, Source, StoreId, StoreState, outlook};
use place::{BodyId, FacilityId};
use protocol::Readiness;
use quantity::convert::l_per_min;
use quantity::{GramsPerHour, Moment, ReferenceTemperature, Span};
use store::projection::{self, CensusState, Latest};
use store::{Connection, audit, register, series};

use super::chain;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::views::supply::road::{Road, roads};

/// A list may be this old while reports pour in; the first after a quiet moment is made anew.
const FRESH: Span = Span::micros(250_000);
/// Without any report hours still pass: a list is made anew after this.
const STANDS: Span = Span::seconds(10);

/// One facility of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Where: «Phú Quốc».
    pub area: String,
    /// How long its oxygen lasts.
    pub outlook: Outlook,
    /// Its patients, as last told.
    pub census: Option<CensusAt>,
    /// The kind of the store that holds most, for the words of the source.
    pub main_kind: Option<oxygen::StoreKind>,
    /// Flow needed by its patients and flow its sources gave when tested, litres a minute.
    pub flow: Option<Flow>,
    /// Whom to call: name and number.
    pub call: Option<(String, String)>,
    /// Invented.
    pub simulated: bool,
    /// Why it can only be asked: then it is never late.
    pub courtesy: Option<place::WhyAsk>,
    /// What is on the road to it, or promised.
    pub road: Option<Road>,
}

/// Flow needed and flow deliverable, litres of gas a minute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// What the patients take at the upper end of the norms.
    pub needed: f64,
    /// What reaches the beds through the weakest link, where the chain is written down; else what the
    /// sources gave when tested, or promise on their plates. Zero where a known chain carries nothing.
    pub deliverable: f64,
}

impl Flow {
    /// Need over deliverable flow; without end where nothing flows.
    pub fn share(self) -> f64 {
        if self.deliverable > 0.0 { self.needed / self.deliverable } else { f64::INFINITY }
    }
}

/// The list at a moment.
#[derive(Debug, Clone)]
pub struct RunningOut {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// Rises when anything changes.
    pub seq: i64,
    /// Name of the province.
    pub province: String,
    /// Its state.
    pub readiness: Readiness,
    /// Worst first.
    pub lines: Vec<Line>,
}

/// A list kept until something changes.
#[derive(Debug)]
pub struct Cached {
    made_at: Moment,
    list: Arc<RunningOut>,
}

/// Which past is looked at: what happened until `at`, as known at `known` (of the real clock).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// Nothing that happened later.
    pub at: Option<Moment>,
    /// Nothing recorded later.
    pub known: Option<Moment>,
}

/// The list as an actor may see it.
pub fn running_out(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    past: Past,
) -> Outcome<Arc<RunningOut>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let list = if past == Past::default() {
        present(office, connection, &registry)?
    } else {
        Arc::new(as_known(office, connection, &registry, past)?)
    };
    let hides = registry.hides_some() && !actor.may(Capability::KeepCommand);
    if actor.scope == crate::actor::Scope::Province && !hides {
        return Ok(list);
    }
    let sees = |line: &Line| registry.facility(line.facility).is_some_and(|facility| actor.sees(facility, &registry));
    let lines = list.lines.iter().filter(|line| sees(line)).cloned().collect();
    Ok(Arc::new(RunningOut { lines, province: list.province.clone(), ..*list }))
}

fn present(office: &Office, connection: &mut Connection, registry: &Registry) -> Outcome<Arc<RunningOut>> {
    let province = registry.province();
    let pulse = register::pulse(connection, province)?;
    let real = office.real_now();
    if let Some(cached) = office.cached_list(province) {
        let age = real - cached.made_at;
        // A machine whose clock was set back must not show an old list until it has caught up.
        let passed = age >= Span::ZERO;
        if passed && (age < FRESH || (cached.list.seq == pulse.seq && age < STANDS)) {
            return Ok(Arc::clone(&cached.list));
        }
    }
    let now = office.now(connection)?;
    let mut said: HashMap<StoreId, (Option<Latest>, Recent)> = projection::of_province(connection, province)?
        .into_iter()
        .map(|state| (state.store, (state.latest, state.recent)))
        .collect();
    let mut counted: HashMap<FacilityId, CensusState> =
        projection::censuses(connection, province)?.into_iter().map(|state| (state.facility, state)).collect();
    let mut roads = roads(connection, province, None)?;
    let list = Arc::new(assemble(registry, now, pulse.seq, &mut said, &mut counted, &mut roads)?);
    office.cache_list(province, Arc::new(Cached { made_at: real, list: Arc::clone(&list) }));
    Ok(list)
}

/// The list of the past, from the ledgers.
fn as_known(office: &Office, connection: &mut Connection, registry: &Registry, past: Past) -> Outcome<RunningOut> {
    let province = registry.province();
    let known = past.known.map(|known| audit::known_at(connection, province, known)).transpose()?;
    let at = match past.at {
        Some(at) => at,
        None => office.now(connection)?,
    };
    let horizon = series::Horizon { at, known };
    let mut said = HashMap::new();
    let mut counted = HashMap::new();
    for facility in registry.facilities() {
        for entry in facility.each_store() {
            let id = entry.store.id;
            said.insert(id, series::store_at(connection, province, id, horizon)?);
        }
        if let Some(census) = series::census_at(connection, province, facility.id, horizon)? {
            counted.insert(facility.id, census);
        }
    }
    let mut roads = roads(connection, province, Some(at))?;
    assemble(registry, at, 0, &mut said, &mut counted, &mut roads)
}

fn assemble(
    registry: &Registry,
    now: Moment,
    seq: i64,
    said: &mut HashMap<StoreId, (Option<Latest>, Recent)>,
    counted: &mut HashMap<FacilityId, CensusState>,
    roads: &mut HashMap<FacilityId, Road>,
) -> Outcome<RunningOut> {
    let day = now.date();
    let chain_norms = ChainNorms::from_norms(registry.norms(), day).map_err(Failure::refused)?;
    let mut lines = Vec::with_capacity(registry.facilities().len());
    for facility in registry.facilities().iter().filter(|facility| facility.body.valid_on(day)) {
        let settings = registry.settings(facility, day)?;
        let (norms, road) = ((&*settings, &chain_norms), roads.remove(&facility.id));
        lines.push(line(registry, facility, norms, now, said, counted.remove(&facility.id), road));
    }
    // Vietnamese order within one rank: the registry's order, and the sort is stable.
    lines.sort_by_key(|line: &Line| line.outlook.rank);
    let post = registry.post();
    Ok(RunningOut {
        at: now,
        seq,
        province: post.map_or_else(String::new, |post| post.name.clone()),
        readiness: registry.readiness(),
        lines,
    })
}

fn line(
    registry: &Registry,
    facility: &Facility,
    (settings, chain_norms): (&Settings, &ChainNorms),
    now: Moment,
    said: &mut HashMap<StoreId, (Option<Latest>, Recent)>,
    counted: Option<CensusState>,
    road: Option<Road>,
) -> Line {
    let stores: Vec<(&oxygen::Store, Option<Latest>, Recent)> = facility
        .stores_on(now.date())
        .map(|store| {
            let (latest, recent) = said.remove(&store.id).unwrap_or_default();
            (store, latest, recent)
        })
        .collect();
    let census = counted.map(|state| census_at(&state));
    let states: Vec<StoreState<'_>> =
        stores.iter().map(|(store, latest, recent)| store_state(store, latest.as_ref(), recent)).collect();
    let in_transit = road.as_ref().map_or(quantity::Grams::ZERO, |road| road.loaded);
    let known = Known { stores: &states, census, in_transit };
    let outlook = outlook(now, &known, settings);
    let main_kind = outlook
        .main_store
        .and_then(|main| stores.iter().find(|(store, ..)| store.id == main))
        .map(|(store, ..)| store.kind);
    Line {
        facility: facility.id,
        name: facility.body.name.clone(),
        area: area_of(registry, facility, now),
        flow: chain::flow(&states, census, settings, (registry.parts(facility.id), chain_norms, now)),
        main_kind,
        outlook,
        census,
        call: call(registry, facility, now),
        simulated: facility.simulated,
        courtesy: crate::command::courtesy::by_courtesy(&facility.body),
        road,
    }
}

/// What `oxygen` needs to know of a store's newest reading.
pub(crate) fn store_state<'a>(store: &'a oxygen::Store, latest: Option<&Latest>, recent: &'a Recent) -> StoreState<'a> {
    let made = latest.and_then(|latest| Some((latest.happened_at, latest.made_per_hour?)));
    StoreState {
        store,
        recent,
        source: latest.and_then(|latest| Source::from_code(&latest.source)),
        production: made.map(|(at, grams)| Production { at, rate: GramsPerHour(grams.as_f64()) }),
    }
}

/// A stored count of patients as `oxygen` speaks of it.
pub(crate) fn census_at(state: &CensusState) -> CensusAt {
    let [mask, hfnc, niv, invasive, ecmo] = state.by_device;
    CensusAt { at: state.happened_at, census: Census { mask, hfnc, niv, invasive, ecmo, waiting: state.waiting } }
}

/// Name and number of whom to call.
pub(crate) fn call(registry: &Registry, facility: &Facility, now: Moment) -> Option<(String, String)> {
    let post = registry.whom_to_call(BodyId::from(facility.id), now)?;
    post.phone.clone().map(|phone| (post.name.clone(), phone))
}

/// «Phú Quốc»: the smallest area it lies in.
pub(crate) fn area_of(registry: &Registry, facility: &Facility, now: Moment) -> String {
    facility
        .area_code
        .and_then(|code| registry.areas().on(code, now.date()))
        .map_or_else(String::new, |area| area.short_name().to_owned())
}

/// Flow needed over flow deliverable; only where both are known. A source whose flow nobody has
/// tested or read off a plate may deliver anything: then nothing is said.
pub(crate) fn rated_flow(states: &[StoreState<'_>], census: Option<CensusAt>, settings: &Settings) -> Option<Flow> {
    let litres = |rate: GramsPerHour| l_per_min(rate, ReferenceTemperature::Celsius21);
    if states.iter().any(|state| state.store.rated_flow(settings).is_none()) {
        return None;
    }
    let deliverable: f64 = states.iter().filter_map(|state| state.store.rated_flow(settings)).map(litres).sum();
    let needed = litres(census?.census.need(settings).high);
    (deliverable > 0.0).then_some(Flow { needed, deliverable })
}
