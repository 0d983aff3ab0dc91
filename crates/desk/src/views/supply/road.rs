//! What is on the road to each facility: loaded with plate and driver, or only promised. Read once for the province.

use std::collections::HashMap;

use place::{FacilityId, ProvinceId};
use quantity::{Grams, Moment};
use store::Connection;

use crate::failure::Outcome;
use crate::record::{self, Kept};
use crate::supply::{Request, Stage};

/// More open requests of one facility than this are not looked at.
const MOST_OPEN: i64 = 500;

/// What is on the road to a facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Road {
    /// Loaded with plate and driver: the only oxygen that is certain to arrive.
    pub loaded: Grams,
    /// Approved or accepted, and not loaded.
    pub promised: Grams,
    /// The plate of the vehicle that arrives first; none while nothing is loaded.
    pub plate: Option<String>,
    /// When the first arrives, or is promised to.
    pub eta: Option<Moment>,
    /// How many vehicles are loaded.
    pub vehicles: usize,
}

/// One delivery that is expected for an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTheWay {
    /// When it should arrive.
    pub at: Moment,
    /// How much.
    pub grams: Grams,
    /// The plate, once it is loaded; none while it is only promised for that hour.
    pub plate: Option<String>,
}

/// Every delivery of a province that is loaded, or promised for an hour.
pub fn arrivals(connection: &mut Connection, province: ProvinceId) -> Outcome<HashMap<FacilityId, Vec<OnTheWay>>> {
    let mut all: HashMap<FacilityId, Vec<OnTheWay>> = HashMap::new();
    for Kept { content, .. } in record::open::<Request>(connection, province)? {
        let on_the_way = all.entry(content.facility).or_default();
        if let Some(load) = content.load.as_ref().filter(|_| content.stage.is_loaded()) {
            on_the_way.push(OnTheWay { at: load.eta, grams: load.grams, plate: Some(load.plate.clone()) });
        }
        let waits = matches!(content.stage, Stage::Approved | Stage::Accepted | Stage::PartlyReceived);
        let promised = content.accepted.as_ref().and_then(|accepted| accepted.promised_for);
        if let Some(at) = promised.filter(|_| waits && content.outstanding() > Grams::ZERO) {
            on_the_way.push(OnTheWay { at, grams: content.outstanding(), plate: None });
        }
    }
    all.values_mut().for_each(|on_the_way| on_the_way.sort_by_key(|one| one.at));
    Ok(all)
}

/// What is on the road to every facility of a province; with a moment, as it stood then.
pub fn roads(
    connection: &mut Connection,
    province: ProvinceId,
    at: Option<Moment>,
) -> Outcome<HashMap<FacilityId, Road>> {
    let requests = match at {
        None => record::open::<Request>(connection, province)?,
        Some(at) => record::at::<Request>(connection, province, at)?,
    };
    let mut all: HashMap<FacilityId, Vec<Request>> = HashMap::new();
    for Kept { content, .. } in requests {
        all.entry(content.facility).or_default().push(content);
    }
    Ok(all.into_iter().filter_map(|(facility, requests)| Some((facility, road_of(&requests)?))).collect())
}

/// What is on the road to one facility.
pub fn road_to(
    connection: &mut Connection,
    province: ProvinceId,
    facility: FacilityId,
    at: Option<Moment>,
) -> Outcome<Option<Road>> {
    if at.is_some() {
        return Ok(roads(connection, province, at)?.remove(&facility));
    }
    let requests = record::of_owner::<Request>(connection, province, facility.0, MOST_OPEN)?;
    let requests: Vec<Request> = requests.into_iter().map(|kept| kept.content).collect();
    Ok(road_of(&requests))
}

fn road_of(requests: &[Request]) -> Option<Road> {
    let loads: Vec<_> =
        requests.iter().filter(|request| request.stage.is_loaded()).filter_map(|one| one.load.as_ref()).collect();
    let waits = |request: &&Request| matches!(request.stage, Stage::Approved | Stage::Accepted | Stage::PartlyReceived);
    let promises: Vec<_> = requests.iter().filter(waits).collect();
    if loads.is_empty() && promises.is_empty() {
        return None;
    }
    let first = loads.iter().min_by_key(|load| load.eta);
    let promised_for = promises.iter().filter_map(|request| request.accepted.as_ref()?.promised_for).min();
    Some(Road {
        loaded: loads.iter().map(|load| load.grams).sum(),
        promised: promises.iter().map(|request| request.outstanding()).sum(),
        plate: first.map(|load| load.plate.clone()),
        eta: first.map(|load| load.eta).or(promised_for),
        vehicles: loads.len(),
    })
}
