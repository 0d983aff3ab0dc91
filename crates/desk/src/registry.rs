//! Bodies, facilities, their stores, their people and the norms of a province, read together and
//! kept in memory, because every report needs them and they change seldom.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use oxygen::chain::Part;
use oxygen::{Settings, Store, StoreId};
use place::body::{Absence, Beds, Body, BodyKind, Directory, Post, PostKind, Roster, Standin};
use place::text::SearchKeys;
use place::{AreaBook, AreaCode, BodyId, FacilityId, ProvinceId};
use protocol::{Norms, Override, Readiness};
use quantity::Moment;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::register::{self, BodyRow, CommandPost, StoreRow};
use store::{Connection, StoreError};

use crate::command::state::{StateChange, state_at};
use crate::failure::{Failure, Outcome};
use crate::means::{Change, Condition, load};

/// One store of a facility with its place in the form and its days.
#[derive(Debug, Clone)]
pub struct StoreEntry {
    /// The store itself.
    pub store: Store,
    /// Place in the form.
    pub position: i64,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no more.
    pub valid_to: Option<Date>,
}

/// A facility with everything that is known of it but its figures.
#[derive(Debug, Clone)]
pub struct Facility {
    /// Key.
    pub id: FacilityId,
    /// Short code, unique in the province; what files call it.
    pub code: String,
    /// The body that it is.
    pub body: Body,
    /// The area it lies in.
    pub area_code: Option<AreaCode>,
    /// Name keys for the search.
    pub keys: SearchKeys,
    /// Treatment tier.
    pub tier: Option<u32>,
    /// Its own state; figures are due by the stricter of its own and the province's.
    pub readiness: Readiness,
    /// Beds.
    pub beds: Beds,
    /// Its stores of oxygen, in the order of the form.
    pub stores: Vec<StoreEntry>,
    /// Invented for a demonstration or a drill.
    pub simulated: bool,
}

impl Facility {
    /// Every store once, as its last entry has it: a store is cut where its chart changed.
    pub fn each_store(&self) -> impl Iterator<Item = &StoreEntry> {
        let later = |place: usize, id: StoreId| self.stores.iter().skip(place + 1).any(|entry| entry.store.id == id);
        self.stores
            .iter()
            .enumerate()
            .filter(move |(place, entry)| !later(*place, entry.store.id))
            .map(|(_, entry)| entry)
    }

    /// The stores in use on a day.
    pub fn stores_on(&self, day: Date) -> impl Iterator<Item = &Store> {
        self.stores
            .iter()
            .filter(move |entry| entry.valid_from <= day && entry.valid_to.is_none_or(|end| day < end))
            .map(|entry| &entry.store)
    }
}

/// What is remembered of a province.
#[derive(Debug)]
pub struct Registry {
    province: ProvinceId,
    post: Option<CommandPost>,
    areas: Arc<AreaBook>,
    facilities: Vec<Facility>,
    positions: HashMap<FacilityId, usize>,
    owners: HashMap<StoreId, FacilityId>,
    bodies: Vec<Body>,
    roster: Roster,
    norms: Norms,
    chains: load::Chains,
    settings: Mutex<HashMap<(Readiness, Date), Arc<Settings>>>,
    hidden: HashSet<FacilityId>,
    conditions: HashMap<StoreId, Condition>,
}

/// States and days whose norms are remembered.
const DAYS_REMEMBERED: usize = 400;

/// Reads a value of `place` from its stable name.
pub(crate) fn from_code<T: DeserializeOwned>(code: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(code.to_owned()))
        .map_err(|_| StoreError::Unreadable(format!("unknown code {code}")))
}

/// The stable name of a value of `place`.
pub(crate) fn code_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

impl Registry {
    /// Reads everything of a province.
    pub(crate) fn load(connection: &mut Connection, province: ProvinceId, areas: Arc<AreaBook>) -> Outcome<Self> {
        let post = register::command_posts(connection)?.into_iter().find(|post| post.province == province);
        let rows = register::bodies(connection, province)?;
        let stores = load_stores(connection, province)?;
        let facilities = load_facilities(connection, province, &rows, stores)?;
        let bodies = rows.into_iter().map(body_of).collect::<Result<Vec<_>, _>>()?;
        let positions = facilities.iter().enumerate().map(|(position, facility)| (facility.id, position)).collect();
        let owners = facilities
            .iter()
            .flat_map(|facility| facility.stores.iter().map(|entry| (entry.store.id, facility.id)))
            .collect();
        Ok(Self {
            province,
            post,
            areas,
            positions,
            owners,
            facilities,
            bodies,
            roster: load_roster(connection, province)?,
            norms: load_norms(connection, province)?,
            chains: load::chains(connection, province)?,
            settings: Mutex::default(),
            hidden: load_hidden(connection, province)?,
            conditions: load_conditions(connection, province)?,
        })
    }

    /// Turns what was just read into what was so at a moment: states are read back through their changes.
    /// Who is hidden is given, for that is a right, and rights are of today.
    pub(crate) fn look_back(&mut self, changes: &[StateChange], at: Moment, hidden: HashSet<FacilityId>) {
        let province = state_at(changes, None, self.readiness(), at);
        if let Some(post) = &mut self.post {
            post.state = province.code().to_owned();
        }
        for facility in &mut self.facilities {
            facility.readiness = state_at(changes, Some(facility.id), facility.readiness, at);
        }
        self.hidden = hidden;
    }

    /// Whose registry this is.
    pub const fn province(&self) -> ProvinceId {
        self.province
    }

    /// The command post; none before it has been opened.
    pub const fn post(&self) -> Option<&CommandPost> {
        self.post.as_ref()
    }

    /// The state of the province.
    pub fn readiness(&self) -> Readiness {
        self.post.as_ref().and_then(|post| Readiness::from_code(&post.state)).unwrap_or_default()
    }

    /// The administrative areas.
    pub fn areas(&self) -> &AreaBook {
        &self.areas
    }

    /// The facilities in Vietnamese order.
    pub fn facilities(&self) -> &[Facility] {
        &self.facilities
    }

    /// All bodies.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// The bodies of the province over the areas of the country: who may order whom on a day, and
    /// whom a group addressee means (DT04).
    pub fn directory(&self) -> Directory<'_> {
        let posts = self.post.iter().map(|post| place::body::CommandPost {
            id: post.province,
            area: post.area_code.parse().ok(),
            valid_from: post.opened_on,
            valid_to: post.closed_on,
        });
        Directory::new(&self.areas, posts.collect(), self.bodies.clone())
    }

    /// Who holds which post.
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The parts of a facility's chain to the bed, as they are written down, with their names.
    pub fn parts(&self, facility: FacilityId) -> &[(String, Part)] {
        self.chains.get(&facility).map_or(&[], Vec::as_slice)
    }

    /// The norms of the province, its own versions included.
    pub const fn norms(&self) -> &Norms {
        &self.norms
    }

    /// Whether a facility that reports by courtesy asked not to be shown to whoever only watches.
    pub fn is_hidden(&self, facility: FacilityId) -> bool {
        self.hidden.contains(&facility)
    }

    /// What was last told of whether a store works, by a moment; nothing where nobody said anything.
    pub fn condition(&self, store: StoreId, at: Moment) -> Option<&Change> {
        self.conditions.get(&store).and_then(|condition| condition.at(at))
    }

    /// Whether oxygen can be drawn from a store at a moment. One of which nothing was told works.
    pub fn works(&self, store: StoreId, at: Moment) -> bool {
        self.condition(store, at).is_none_or(|change| change.working.works())
    }

    /// Whether any facility is hidden.
    pub fn hides_some(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// One facility.
    pub fn facility(&self, id: FacilityId) -> Option<&Facility> {
        self.positions.get(&id).and_then(|position| self.facilities.get(*position))
    }

    /// The facility of a short code, or of a full name however it is typed.
    pub fn facility_called(&self, text: &str) -> Option<&Facility> {
        let text = text.trim();
        self.facilities.iter().find(|facility| facility.code.eq_ignore_ascii_case(text)).or_else(|| {
            let keys = SearchKeys::of(text);
            let mut same = self.facilities.iter().filter(|facility| facility.keys.exact == keys.exact);
            same.next().filter(|_| same.next().is_none())
        })
    }

    /// The facility that a store belongs to.
    pub fn owner(&self, store: StoreId) -> Option<&Facility> {
        self.owners.get(&store).and_then(|facility| self.facility(*facility))
    }

    /// Whether an area lies within another, today's areas taken. A facility whose area nobody gave
    /// lies nowhere: who sees only a part of the province does not see it.
    pub fn lies_within(&self, inner: &Option<AreaCode>, outer: &AreaCode) -> bool {
        let day = self.post.as_ref().map_or_else(|| self.areas.first_day(), |post| post.opened_on);
        inner.is_some_and(|inner| self.areas.inside(inner, *outer, day))
    }

    /// The norms for a facility on a day. Looked up once for each state and day: thirty norms for
    /// every report would cost more than the report.
    pub fn settings(&self, facility: &Facility, day: Date) -> Outcome<Arc<Settings>> {
        let state = self.readiness().max(facility.readiness);
        let mut known = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = known.get(&(state, day)) {
            return Ok(Arc::clone(settings));
        }
        let settings = Arc::new(Settings::from_norms(&self.norms, day, state).map_err(Failure::refused)?);
        if known.len() >= DAYS_REMEMBERED {
            known.clear();
        }
        known.insert((state, day), Arc::clone(&settings));
        Ok(settings)
    }

    /// Whom to call at a facility: the officer on duty, else the named oxygen officer or who stands
    /// in for him.
    pub fn whom_to_call(&self, body: BodyId, at: Moment) -> Option<&Post> {
        [PostKind::DutyOfficer, PostKind::FocalOfficer, PostKind::Head]
            .into_iter()
            .find_map(|kind| self.roster.whom(body, kind, at))
            .map(Standin::post)
    }

    /// The first body of a kind, such as the health department.
    pub fn body_of_kind(&self, kind: BodyKind) -> Option<&Body> {
        self.bodies.iter().find(|body| body.kind == kind)
    }
}

fn body_of(row: BodyRow) -> Result<Body, StoreError> {
    Ok(Body {
        id: row.id,
        province: row.province,
        kind: from_code(&row.kind)?,
        level: from_code(&row.level)?,
        ownership: from_code(&row.ownership)?,
        parent: row.parent,
        area: row.area_code.and_then(|code| code.parse().ok()),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        successors: row.successors.split_whitespace().filter_map(|id| id.parse().ok()).collect(),
        name: row.name,
    })
}

fn load_stores(connection: &mut Connection, province: ProvinceId) -> Outcome<HashMap<FacilityId, Vec<StoreEntry>>> {
    let charts = load::charts(connection, province)?;
    let mut stores: HashMap<FacilityId, Vec<StoreEntry>> = HashMap::new();
    for row in register::stores(connection, province)? {
        let (facility, id) = (row.facility, row.id);
        let changes = charts.get(&id).map_or(&[][..], Vec::as_slice);
        stores.entry(facility).or_default().extend(load::with_charts(store_entry(row)?, changes));
    }
    Ok(stores)
}

fn store_entry(row: StoreRow) -> Result<StoreEntry, StoreError> {
    let store: Store = serde_json::from_str(&row.specification)
        .map_err(|error| StoreError::Unreadable(format!("oxygen_store {}: {error}", row.id)))?;
    Ok(StoreEntry { store, position: row.position, valid_from: row.valid_from, valid_to: row.valid_to })
}

fn load_facilities(
    connection: &mut Connection,
    province: ProvinceId,
    bodies: &[BodyRow],
    mut stores: HashMap<FacilityId, Vec<StoreEntry>>,
) -> Result<Vec<Facility>, StoreError> {
    let by_id: HashMap<FacilityId, register::FacilityRow> =
        register::facilities(connection, province)?.into_iter().map(|row| (row.id, row)).collect();
    let mut facilities = Vec::with_capacity(by_id.len());
    for row in bodies {
        let id = FacilityId::of_body(row.id);
        let Some(own) = by_id.get(&id) else { continue };
        let body = body_of(row.clone())?;
        facilities.push(Facility {
            id,
            code: row.code.clone(),
            area_code: body.area,
            keys: SearchKeys::of(&body.name),
            body,
            tier: own.tier,
            readiness: Readiness::from_code(&own.state).unwrap_or_default(),
            beds: Beds { planned: own.beds_planned, open: own.beds_open, oxygen: own.oxygen_beds, icu: own.icu_beds },
            stores: stores.remove(&id).unwrap_or_default(),
            simulated: row.simulated,
        });
    }
    Ok(facilities)
}

pub(crate) fn load_hidden(connection: &mut Connection, province: ProvinceId) -> Outcome<HashSet<FacilityId>> {
    let masks = crate::record::open::<crate::command::courtesy::Mask>(connection, province)?;
    Ok(masks.into_iter().map(|mask| mask.content.facility).collect())
}

fn load_conditions(connection: &mut Connection, province: ProvinceId) -> Outcome<HashMap<StoreId, Condition>> {
    let kept = crate::record::open::<Condition>(connection, province)?;
    Ok(kept.into_iter().map(|kept| (kept.content.store, kept.content)).collect())
}

fn load_roster(connection: &mut Connection, province: ProvinceId) -> Result<Roster, StoreError> {
    let posts = register::appointments(connection, province)?
        .into_iter()
        .map(|row| {
            Ok(Post {
                body: row.body,
                kind: from_code(&row.post)?,
                person: row.person,
                name: row.person_name,
                phone: row.phone,
                from: row.from,
                to: row.to,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let absences = register::absences(connection, province)?
        .into_iter()
        .map(|row| Absence { person: row.person, from: row.from, to: row.to })
        .collect();
    Ok(Roster::new(posts, absences))
}

fn load_norms(connection: &mut Connection, province: ProvinceId) -> Outcome<Norms> {
    let mut norms = Norms::shipped().map_err(Failure::refused)?;
    for content in register::overrides(connection, province)? {
        let own: Override = serde_json::from_str(&content)
            .map_err(|error| StoreError::Unreadable(format!("norm_override: {error}")))?;
        norms.override_with(own).map_err(Failure::refused)?;
    }
    Ok(norms)
}
