//! Where vehicles last said they were: near what, how long ago, how far from where they go (OX15). A distance is that of
//! the map; when somebody arrives is told by him, never computed from it.

use std::collections::HashMap;

use oxygen::supply::plate_key;
use place::boundary::Point;
use place::distance::great_circle_km;
use place::{Area, FacilityId, Level};
use quantity::{Moment, Span};
use store::Connection;

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::operations::inbox::VehiclePosition;
use crate::operations::supply::norm;
use crate::record;
use crate::registry::Registry;

/// Where a vehicle last was.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Degrees east, then north.
    pub place: Point,
    /// The commune whose centre lies nearest; empty where no commune has a centre.
    pub near: String,
    /// How far that centre is, kilometres.
    pub near_km: f64,
    /// When it was there.
    pub at: Moment,
    /// How long ago.
    pub age: Span,
    /// So long ago that it says little of now.
    pub old: bool,
}

impl Position {
    /// Great-circle distance to a facility, kilometres; none where nobody gave its commune, or that has no centre.
    pub fn km_to(&self, registry: &Registry, facility: FacilityId) -> Option<f64> {
        Some(great_circle_km(self.place, place_of(registry, facility, self.at)?))
    }
}

/// The centre of a facility's commune.
pub fn place_of(registry: &Registry, facility: FacilityId, at: Moment) -> Option<Point> {
    centre(registry.areas().on(registry.facility(facility)?.area_code?, at.date())?)
}

fn centre(area: &Area) -> Option<Point> {
    Some([area.lon?, area.lat?])
}

/// Where the vehicles of a province last were, by the key of their plates. Whom it concerns is for the caller to say: a
/// vehicle that carries for others tells by its place where they are.
pub(crate) fn positions(
    connection: &mut Connection,
    registry: &Registry,
    actor: &Actor,
    now: Moment,
) -> Outcome<HashMap<String, Position>> {
    let told = record::open::<VehiclePosition>(connection, actor.province)?;
    if told.is_empty() {
        return Ok(HashMap::new());
    }
    let old_after = Span::micros((norm(registry, "supply.position", "old_after", now)?.value * 3.6e9) as i64);
    let centres: Vec<(Point, &str)> = registry
        .areas()
        .level_on(Level::Commune, now.date())
        .filter_map(|area| Some((centre(area)?, &*area.name)))
        .collect();
    let position = |told: VehiclePosition| {
        let place = [told.lon, told.lat];
        let near = centres.iter().map(|(centre, name)| (great_circle_km(place, *centre), *name));
        let (near_km, near) = near.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, ""));
        let age = now - told.at;
        let key = plate_key(&told.plate).unwrap_or(told.plate);
        (key, Position { place, near: near.to_owned(), near_km, at: told.at, age, old: age > old_after })
    };
    Ok(told.into_iter().map(|kept| position(kept.content)).collect())
}
