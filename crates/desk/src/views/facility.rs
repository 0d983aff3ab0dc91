//! One facility: its installation, what it last said, its series, its reports, its people (OX04).

use oxygen::chain::ChainNorms;
use oxygen::{CensusAt, Known, Outlook, Recent, Sample, StoreId, outlook};
use place::{BodyId, FacilityId};
use quantity::{Moment, Span};
use store::projection::Latest;
use store::series::{self, Horizon, Moved, ReportLine};
use store::{Connection, audit};

use super::running_out::{self, Flow, Past, census_at, store_state};
use super::said;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::means::Change;
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::views::supply::road::{Road, road_to};

/// How far back the series reaches.
const SERIES: Span = Span::days(30);

/// A store with what it last said and its series.
#[derive(Debug, Clone)]
pub struct StoreView {
    /// The store.
    pub store: oxygen::Store,
    /// What it last said.
    pub latest: Option<Latest>,
    /// Its past in short.
    pub recent: Recent,
    /// How fast its gauge says that it is used, as a report's second look takes it; none when nobody knows.
    pub rate: Option<quantity::GramsPerHour>,
    /// Its readings, oldest first.
    pub samples: Vec<Sample>,
    /// What came and went, oldest first.
    pub moved: Vec<Moved>,
    /// Whether it works, as last told.
    pub condition: Option<Change>,
}

/// Whom to call, by post.
#[derive(Debug, Clone)]
pub struct Person {
    /// Which post.
    pub kind: place::body::PostKind,
    /// Name.
    pub name: String,
    /// Number.
    pub phone: Option<String>,
    /// Away at that moment.
    pub absent: bool,
}

/// What a facility's page shows.
#[derive(Debug, Clone)]
pub struct FacilityView {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// The facility.
    pub facility: Facility,
    /// Where: «Phú Quốc».
    pub area: String,
    /// How long its oxygen lasts.
    pub outlook: Outlook,
    /// Its patients, as last told.
    pub census: Option<CensusAt>,
    /// Flow needed and deliverable.
    pub flow: Option<Flow>,
    /// Its stores, in the order of the form.
    pub stores: Vec<StoreView>,
    /// Newest first.
    pub reports: Vec<ReportLine>,
    /// Duty, focal officer, his deputy, head.
    pub people: Vec<Person>,
    /// Whom to call first.
    pub call: Option<(String, String)>,
    /// What is on the road to it, or promised.
    pub road: Option<Road>,
}

/// The facility as an actor may see it, newest `limit` reports before a moment.
pub fn facility(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: FacilityId,
    past: Past,
    reports_before: Option<Moment>,
    limit: i64,
) -> Outcome<FacilityView> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let facility = registry.facility(id).filter(|facility| actor.sees(facility, &registry)).ok_or(Failure::NotFound)?;
    let at = said::moment_of(office, connection, past.at)?;
    let known = past.known.map(|known| audit::known_at(connection, actor.province, known)).transpose()?;
    view(connection, &registry, facility, Horizon { at, known }, reports_before, limit)
}

fn view(
    connection: &mut Connection,
    registry: &Registry,
    facility: &Facility,
    horizon: Horizon,
    reports_before: Option<Moment>,
    limit: i64,
) -> Outcome<FacilityView> {
    let (province, at) = (registry.province(), horizon.at);
    let end = at + Span::micros(1);
    let settings = registry.settings(facility, at.date())?;
    let mut stores = Vec::new();
    for store in facility.stores_on(at.date()) {
        let (latest, recent) = series::store_at(connection, province, store.id, horizon)?;
        let used = oxygen::gauge_use(&recent, store.resolution(&settings), &settings, at);
        stores.push(StoreView {
            rate: used.burn.map(|burn| burn.range.mid),
            samples: series::readings_known(connection, province, store.id, (at - SERIES, end), horizon.known)?,
            moved: series::movements(connection, province, store.id, (at - SERIES, end), horizon.known)?,
            condition: registry.condition(store.id, at).cloned(),
            store: store.clone(),
            latest,
            recent,
        });
    }
    let census = series::census_at(connection, province, facility.id, horizon)?.map(|state| census_at(&state));
    let states: Vec<oxygen::StoreState<'_>> = stores
        .iter()
        .filter(|view| view.condition.as_ref().is_none_or(|change| change.working.works()))
        .map(|view| store_state(&view.store, view.latest.as_ref(), &view.recent))
        .collect();
    let road = road_to(connection, province, facility.id, (horizon.known.is_some()).then_some(at))?;
    let in_transit = road.as_ref().map_or(quantity::Grams::ZERO, |road| road.loaded);
    let known = Known { stores: &states, census, in_transit };
    let chain_norms = ChainNorms::from_norms(registry.norms(), at.date()).map_err(Failure::refused)?;
    let flow = super::chain::flow(&states, census, &settings, (registry.parts(facility.id), &chain_norms, at));
    let outlook = outlook(at, &known, &settings);
    Ok(FacilityView {
        at,
        area: running_out::area_of(registry, facility, at),
        outlook,
        census,
        flow,
        reports: {
            let before = reports_before.unwrap_or(end);
            series::reports_known(connection, province, facility.id, before, limit, horizon.known)?
        },
        people: people(registry, facility, at),
        call: running_out::call(registry, facility, at),
        road,
        stores,
        facility: facility.clone(),
    })
}

fn people(registry: &Registry, facility: &Facility, at: Moment) -> Vec<Person> {
    use place::body::PostKind as P;
    let body = BodyId::from(facility.id);
    let roster = registry.roster();
    [P::DutyOfficer, P::FocalOfficer, P::FocalDeputy, P::Head]
        .into_iter()
        .flat_map(|kind| roster.holders(body, kind, at))
        .map(|post| Person {
            kind: post.kind,
            name: post.name.clone(),
            phone: post.phone.clone(),
            absent: roster.is_absent(post.person, at),
        })
        .collect()
}

/// One report with its facility, as an actor may see it.
pub fn report(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: oxygen::ReportId,
) -> Outcome<(ReportLine, Facility)> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let line = series::report(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let facility = registry
        .facility(line.facility)
        .filter(|facility| actor.sees(facility, &registry))
        .cloned()
        .ok_or(Failure::NotFound)?;
    Ok((line, facility))
}

/// A photo that came with a report, as an actor may see it.
pub fn photo(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: oxygen::ReportId,
) -> Outcome<(String, Vec<u8>)> {
    let (line, _) = report(office, connection, actor, id)?;
    let name = line.photo.ok_or(Failure::NotFound)?;
    store::blob::find(connection, actor.province, &name)?.ok_or(Failure::NotFound)
}

/// The label of a store, for a report that names it.
pub fn label_of(facility: &Facility, store: StoreId) -> String {
    facility
        .stores
        .iter()
        .find(|entry| entry.store.id == store)
        .map_or_else(String::new, |entry| entry.store.label.clone())
}
