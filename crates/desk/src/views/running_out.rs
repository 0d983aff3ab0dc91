//! *Cơ sở sắp hết oxy*: every facility with how long its oxygen lasts, worst first (OX07, OX11).
//! The list of now is kept and renewed (`present`), the list of a past is made from the ledgers.

mod present;

use std::collections::HashMap;
use std::sync::Arc;

use oxygen::chain::ChainNorms;
use oxygen::{Census, CensusAt, Known, Outlook, Production, Recent, Settings, Source, StoreId, StoreState, outlook};
use place::{BodyId, FacilityId};
use protocol::Readiness;
use quantity::convert::l_per_min;
use quantity::{GramsPerHour, Moment, ReferenceTemperature};
use store::projection::{CensusState, Latest};
use store::{Connection, audit, series};

use super::chain;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::views::supply::road::{Road, roads};

pub(crate) use present::{Cached, Working};

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
        present::present(office, connection, &registry)?
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
    let roads = roads(connection, province, Some(at))?;
    let lines = lines(registry, at, &said, &counted, &roads)?;
    Ok(ranked(registry, at, 0, lines))
}

type Said = HashMap<StoreId, (Option<Latest>, Recent)>;
type Roads = HashMap<FacilityId, Road>;

fn lines(
    registry: &Registry,
    now: Moment,
    said: &Said,
    counted: &HashMap<FacilityId, CensusState>,
    roads: &Roads,
) -> Outcome<Vec<Line>> {
    let day = now.date();
    let chain_norms = ChainNorms::from_norms(registry.norms(), day).map_err(Failure::refused)?;
    let on_that_day = registry.facilities().iter().filter(|facility| facility.body.valid_on(day));
    on_that_day
        .map(|facility| {
            let settings = registry.settings(facility, day)?;
            let (census, road) = (counted.get(&facility.id), roads.get(&facility.id));
            Ok(line(registry, facility, (&settings, &chain_norms), now, said, census, road))
        })
        .collect()
}

/// Worst first. Vietnamese order within one rank: that of the registry, and the sort is stable.
fn ranked(registry: &Registry, now: Moment, seq: i64, mut lines: Vec<Line>) -> RunningOut {
    lines.sort_by_key(|line: &Line| line.outlook.rank);
    let post = registry.post();
    RunningOut {
        at: now,
        seq,
        province: post.map_or_else(String::new, |post| post.name.clone()),
        readiness: registry.readiness(),
        lines,
    }
}

fn line(
    registry: &Registry,
    facility: &Facility,
    (settings, chain_norms): (&Settings, &ChainNorms),
    now: Moment,
    said: &Said,
    counted: Option<&CensusState>,
    road: Option<&Road>,
) -> Line {
    let nothing = (None, Recent::default());
    let stores: Vec<(&oxygen::Store, &(Option<Latest>, Recent))> = facility
        .stores_on(now.date())
        // What a broken store holds cannot be drawn.
        .filter(|store| registry.works(store.id, now))
        .map(|store| (store, said.get(&store.id).unwrap_or(&nothing)))
        .collect();
    let census = counted.map(census_at);
    let states: Vec<StoreState<'_>> =
        stores.iter().map(|(store, (latest, recent))| store_state(store, latest.as_ref(), recent)).collect();
    let in_transit = road.map_or(quantity::Grams::ZERO, |road| road.loaded);
    let known = Known { stores: &states, census, in_transit };
    let outlook = outlook(now, &known, settings);
    let main_kind = outlook
        .main_store
        .and_then(|main| stores.iter().find(|(store, _)| store.id == main))
        .map(|(store, _)| store.kind);
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
        road: road.cloned(),
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
