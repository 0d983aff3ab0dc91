//! How long it takes from place to place: by the road as the crow flies, by ferry, by a table somebody measured.

use serde::{Deserialize, Serialize};

use super::minutes::{Minutes, Window, first_clear};
use super::numbers::{FerryNo, PlaceNo};

/// A point on the map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// Latitude and longitude in degrees; none where nobody knows. Such a place is reached by the table alone.
    pub at: Option<(f64, f64)>,
    /// The land it lies on: 0 the mainland, each island its own. Between two lands goes a ferry or nothing.
    #[serde(default)]
    pub land: u16,
}

/// A ferry that takes vehicles with oxygen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ferry {
    /// What it is called.
    pub name: String,
    /// Its pier on one side.
    pub one: PlaceNo,
    /// Its pier on the other.
    pub other: PlaceNo,
    /// When it may be boarded, in order of time; a day without sailing has no window. Empty: it does not sail.
    pub sails: Vec<Window>,
    /// From boarding to leaving.
    pub takes: Minutes,
}

/// A way that somebody measured, in place of the estimate. It holds both ways.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// From here.
    pub from: PlaceNo,
    /// To there.
    pub to: PlaceNo,
    /// How long it takes.
    pub minutes: Minutes,
    /// How far it is, in metres.
    pub metres: i64,
}

/// A way that is closed for a time, both ways.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Closure {
    /// From here.
    pub from: PlaceNo,
    /// To there; none closes every way to and from the first, as a flood does.
    pub to: Option<PlaceNo>,
    /// When, in order of time.
    pub closed: Vec<Window>,
}

/// What is known of the ways.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Roads {
    /// Length of the road over that as the crow flies.
    pub winding: f64,
    /// How fast a loaded lorry goes, in kilometres an hour.
    pub kmh: f64,
    /// Ferries.
    #[serde(default)]
    pub ferries: Vec<Ferry>,
    /// Ways that were measured.
    #[serde(default)]
    pub measured: Vec<Measured>,
    /// Ways that are closed.
    #[serde(default)]
    pub closures: Vec<Closure>,
}

impl Default for Roads {
    /// 1.3 times the crow's way at 40 km/h: conventions, to be replaced by a table.
    fn default() -> Self {
        Self { winding: 1.3, kmh: 40.0, ferries: Vec::new(), measured: Vec::new(), closures: Vec::new() }
    }
}

/// The way from one place to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Leg {
    /// By road to the other place, or to the pier.
    pub drive: Minutes,
    /// The ferry, and by road from its other pier.
    pub ferry: Option<(FerryNo, Minutes)>,
    /// How far by road, in metres.
    pub metres: i64,
    /// When it is closed: a place in [`Travel::closed`].
    closed: Option<u32>,
}

/// Every way between the places of a problem, worked out once.
#[derive(Clone, PartialEq, Debug)]
pub struct Travel {
    places: usize,
    legs: Vec<Option<Leg>>,
    ferries: Vec<(Vec<Window>, Minutes)>,
    closed: Vec<Vec<Window>>,
}

const EARTH_METRES: f64 = 6_371_000.0;

/// Metres as the crow flies (haversine).
pub fn metres_between(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (latitude, longitude) = ((other.0 - one.0).to_radians(), (other.1 - one.1).to_radians());
    let part = (latitude / 2.0).sin().powi(2)
        + one.0.to_radians().cos() * other.0.to_radians().cos() * (longitude / 2.0).sin().powi(2);
    2.0 * EARTH_METRES * part.sqrt().min(1.0).asin()
}

impl Travel {
    /// All ways between the places.
    pub fn of(places: &[Place], roads: &Roads) -> Self {
        let count = places.len();
        let ferries = roads.ferries.iter().map(|ferry| (ferry.sails.clone(), ferry.takes)).collect();
        let mut travel = Self { places: count, legs: vec![None; count * count], ferries, closed: Vec::new() };
        for from in 0..count {
            for to in 0..count {
                travel.legs[from * count + to] = leg_by_estimate(places, roads, from, to);
            }
        }
        let inside = |place: PlaceNo| place.index() < count;
        for way in roads.measured.iter().filter(|way| inside(way.from) && inside(way.to)) {
            for (from, to) in [(way.from, way.to), (way.to, way.from)] {
                let leg = Leg { drive: way.minutes, ferry: None, metres: way.metres, closed: None };
                travel.legs[from.index() * count + to.index()] = Some(leg);
            }
        }
        for closure in &roads.closures {
            travel.close(closure);
        }
        travel
    }

    /// The same ways at other times: ferries and closures as told now. Places, measured ways and ferries must be those
    /// it was made of.
    #[must_use]
    pub fn with(&self, roads: &Roads) -> Self {
        let mut legs = self.legs.clone();
        legs.iter_mut().flatten().for_each(|leg| leg.closed = None);
        let ferries = roads.ferries.iter().map(|ferry| (ferry.sails.clone(), ferry.takes)).collect();
        let mut travel = Self { places: self.places, legs, ferries, closed: Vec::new() };
        for closure in &roads.closures {
            travel.close(closure);
        }
        travel
    }

    fn close(&mut self, closure: &Closure) {
        let ends = |from: usize, to: usize| match closure.to {
            Some(other) => {
                let (one, other) = (closure.from.index(), other.index());
                (from, to) == (one, other) || (to, from) == (one, other)
            }
            None => from != to && (from == closure.from.index() || to == closure.from.index()),
        };
        for from in 0..self.places {
            for to in 0..self.places {
                if !ends(from, to) {
                    continue;
                }
                let Some(leg) = &mut self.legs[from * self.places + to] else { continue };
                let mut windows = leg.closed.map(|at| self.closed[at as usize].clone()).unwrap_or_default();
                windows.extend(closure.closed.iter().copied());
                windows.sort();
                leg.closed = Some(self.closed.len() as u32);
                self.closed.push(windows);
            }
        }
    }

    /// The way between two places; `None` where there is none.
    pub fn leg(&self, from: PlaceNo, to: PlaceNo) -> Option<&Leg> {
        self.legs[from.index() * self.places + to.index()].as_ref()
    }

    /// When a vehicle arrives that is ready to leave at `ready`: it waits for a closed road and for the ferry, at home or
    /// on the pier; it does not move on a way while that is closed. `None` where there is no way, where the vehicle may
    /// not board, or where nothing sails any more.
    pub fn arrives(&self, from: PlaceNo, to: PlaceNo, ready: Minutes, boards: bool) -> Option<Minutes> {
        let leg = self.leg(from, to)?;
        let closed = self.closed(leg);
        let open = |from, length| Some(first_clear(closed, from, length)).filter(|begins| *begins < Minutes::NEVER);
        let leaves = open(ready, leg.drive)?;
        let Some((ferry, drive)) = leg.ferry else { return Some(leaves + leg.drive) };
        let (sails, takes) = &self.ferries[ferry.index()];
        if !boards {
            return None;
        }
        let over = *takes + drive;
        let mut ready = leaves + leg.drive;
        loop {
            let window = sails.iter().find(|window| window.to > ready && window.from < window.to)?;
            let boards = open(ready.max(window.from), over)?;
            if window.holds(boards) {
                return Some(boards + over);
            }
            ready = boards;
        }
    }

    /// How long a way takes when nobody waits.
    pub fn least(&self, leg: &Leg) -> Minutes {
        let ferry = leg.ferry.map_or(Minutes::ZERO, |(ferry, drive)| self.ferries[ferry.index()].1 + drive);
        leg.drive + ferry
    }

    /// When a way is closed, in order of time.
    pub fn closed(&self, leg: &Leg) -> &[Window] {
        leg.closed.map_or(&[], |at| &self.closed[at as usize])
    }

    /// When a ferry may be boarded, and how long it takes.
    pub fn sailing(&self, ferry: FerryNo) -> (&[Window], Minutes) {
        let (sails, takes) = &self.ferries[ferry.index()];
        (sails, *takes)
    }
}

/// By road on one land; over the ferry that is quickest between two.
fn leg_by_estimate(places: &[Place], roads: &Roads, from: usize, to: usize) -> Option<Leg> {
    let road = |one: (f64, f64), other: (f64, f64)| {
        let metres = metres_between(one, other) * roads.winding;
        (Minutes((metres / 1_000.0 / roads.kmh * 60.0).ceil() as i32), metres.round() as i64)
    };
    if from == to {
        return Some(Leg { drive: Minutes::ZERO, ferry: None, metres: 0, closed: None });
    }
    let (one, other) = (places[from].at?, places[to].at?);
    if places[from].land == places[to].land {
        let (drive, metres) = road(one, other);
        return Some(Leg { drive, ferry: None, metres, closed: None });
    }
    let over = |(at, ferry): (usize, &Ferry)| {
        let piers = [(ferry.one, ferry.other), (ferry.other, ferry.one)];
        let fits = |(near, far): &(PlaceNo, PlaceNo)| {
            let land = |pier: PlaceNo| places.get(pier.index()).map(|place| place.land);
            land(*near) == Some(places[from].land) && land(*far) == Some(places[to].land)
        };
        let (near, far) = piers.into_iter().find(fits)?;
        let (before, there) = road(one, places[near.index()].at?);
        let (after, here) = road(places[far.index()].at?, other);
        let whole = before + ferry.takes + after;
        let leg = Leg { drive: before, ferry: Some((FerryNo::of(at), after)), metres: there + here, closed: None };
        Some((whole, leg))
    };
    let ways = roads.ferries.iter().enumerate().filter_map(over);
    ways.min_by_key(|(whole, _)| *whole).map(|(_, leg)| leg)
}

#[cfg(test)]
#[path = "roads_tests.rs"]
mod tests;
