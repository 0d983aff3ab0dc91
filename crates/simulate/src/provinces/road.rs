//! A trip on a real day: later than planned, before a closed gate, broken down on the way.

use oxygen::dispatch::{Carries, Minutes, PlaceNo, Trip, first_open};

use super::course::Course;
use super::province::Province;

/// Longest that a crew waits before a closed source, and before a closed gate of a facility, beyond what was planned.
const WAITS: (Minutes, Minutes) = (Minutes::hours(6), Minutes::hours(8));
/// A vehicle that comes back later than this does not set out on its next trip any more.
const TOO_LATE: Minutes = Minutes::hours(6);

/// A trip as it will really be.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Way {
    /// With the times it will really keep. Visits that fail are in it with the time at which that is certain.
    pub(super) trip: Trip,
    /// Whether it loads at all.
    pub(super) loads: bool,
    /// Which visits fail.
    pub(super) misses: Vec<bool>,
    pub(super) metres: i64,
}

/// The trip as it will really be when its vehicle is back at a minute; `None` when it does not set out.
pub(super) fn drive(province: &Province, course: &Course, trip: &Trip, back: Minutes) -> Option<Way> {
    let (vehicle, source) = (province.told.vehicle(trip.vehicle), province.told.source(trip.source));
    let leaves = trip.leaves.max(back);
    let broken = course.vehicles_out[trip.vehicle.index()].iter().find(|out| out.to > leaves);
    if leaves > trip.leaves + TOO_LATE || broken.is_some_and(|out| out.from <= leaves) {
        return None;
    }
    let late = &course.late[trip.vehicle.index()];
    let late = late[leaves.day().min(late.len() - 1)];
    let mut metres = 0;
    let mut way = |from: PlaceNo, to: PlaceNo, ready: Minutes| {
        let leg = province.travel.leg(from, to)?;
        let arrives = province.travel.arrives(from, to, ready, vehicle.boards)?;
        metres += leg.metres;
        Some(arrives + Minutes((f64::from(province.travel.least(leg).0) * (late - 1.0)).round() as i32))
    };
    let mut real = trip.clone();
    let mut misses = vec![true; trip.stops.len()];
    real.leaves = leaves;
    let arrives = way(vehicle.depot, source.place, leaves)?;
    let opens = first_open(&source.loads, arrives.max(trip.loads), source.loading);
    let stopped = |at: Minutes| course.sources_out[trip.source.index()].iter().any(|out| out.holds(at));
    let loads = opens.filter(|opens| *opens <= trip.loads + WAITS.0 && !stopped(*opens));
    let (mut place, mut now) = (source.place, arrives.max(trip.loads));
    if let Some(loads) = loads {
        (real.loads, real.loaded) = (loads, loads + source.loading);
        now = real.loaded;
        for (visit, misses) in real.stops.iter_mut().zip(&mut misses) {
            let site = province.told.site(visit.site);
            let planned = visit.begins;
            let comes = province.travel.arrives(place, site.place, now, vehicle.boards);
            let opens = |arrives: Minutes| first_open(&site.unloads, arrives, site.unloading);
            // The crew asks by telephone before it drives to a gate that will be closed.
            let open = comes.and_then(opens).is_some_and(|begins| begins <= planned + WAITS.1);
            let arrives = if open { way(place, site.place, now) } else { None };
            match arrives.and_then(|arrives| Some((arrives, opens(arrives)?))) {
                Some((arrives, begins)) => {
                    (visit.arrives, visit.begins) = (arrives, begins);
                    (place, now) = (site.place, begins + site.unloading);
                    visit.leaves = now;
                    *misses = false;
                }
                None => visit.leaves = now,
            }
        }
    }
    if matches!(vehicle.carries, Carries::Cylinders(_)) && loads.is_some() {
        now = way(place, source.place, now).unwrap_or(now + Minutes::hours(12));
        (place, real.returns) = (source.place, Some(now));
    } else {
        real.returns = None;
    }
    real.back = way(place, vehicle.depot, now).unwrap_or(now + Minutes::hours(12));
    if let Some(broken) = broken.filter(|out| out.from < real.back) {
        break_down(&mut real, &mut misses, broken.from, broken.to);
    }
    let loads = loads.is_some() && real.loaded <= broken.map_or(Minutes::NEVER, |out| out.from);
    Some(Way { trip: real, loads, misses, metres })
}

/// What would come after the breakdown does not; the load is brought back when the vehicle runs again.
fn break_down(real: &mut Trip, misses: &mut [bool], from: Minutes, to: Minutes) {
    for (visit, misses) in real.stops.iter_mut().zip(misses) {
        if visit.leaves > from {
            *misses = true;
            visit.leaves = from.max(real.loaded);
        }
    }
    if real.returns.is_some_and(|returns| returns > from) {
        real.returns = Some(to);
    }
    real.back = to.max(real.back.min(from));
}
