//! What every part of the check looks at, and how a fault gets its names.

use oxygen::dispatch::{Plan, Problem, SiteNo, Stop, Travel, Trip, Window};
use quantity::Span;

use super::fault::Fault;
use super::rule::Rule;

/// A plan under examination.
pub struct Case<'a> {
    /// The problem after all decisions.
    pub problem: &'a Problem,
    pub plan: &'a Plan,
    pub travel: Travel,
    /// Which trips are frozen.
    pub frozen: Vec<bool>,
    /// Which trips name only what is there; the others are looked at no further.
    pub known: Vec<bool>,
    pub faults: Vec<Fault>,
}

impl<'a> Case<'a> {
    /// The trips that name only what is there.
    pub fn trips(&self) -> impl Iterator<Item = (usize, &'a Trip)> {
        let known = self.known.clone();
        self.plan.trips.iter().enumerate().filter(move |(at, _)| known[*at])
    }

    /// Their stops, with the places of trip and stop.
    pub fn stops(&self) -> impl Iterator<Item = (usize, usize, &'a Trip, &'a Stop)> {
        self.trips().flat_map(|(at, trip)| trip.stops.iter().enumerate().map(move |(stop, one)| (at, stop, trip, one)))
    }

    /// The same of the trips that are looked at one by one: those that are not frozen.
    pub fn moving(&self) -> Vec<(usize, &'a Trip)> {
        self.trips().filter(|(at, _)| !self.frozen[*at]).collect()
    }

    pub fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// A fault of a trip, with the names of its vehicle and source.
    pub fn of_trip(&self, rule: Rule, at: usize) -> Fault {
        let trip = &self.plan.trips[at];
        let mut fault = Fault::of(rule).with("trip", (at + 1).to_string());
        (fault.trip, fault.vehicle, fault.source) = (Some(at), Some(trip.vehicle), Some(trip.source));
        let plate = self.problem.vehicles.get(trip.vehicle.index()).map(|vehicle| vehicle.plate.clone());
        let source = self.problem.sources.get(trip.source.index()).map(|source| source.name.clone());
        fault.with("vehicle", plate.unwrap_or_default()).with("source", source.unwrap_or_default())
    }

    /// A fault of a stop, with the name of its site too.
    pub fn of_stop(&self, rule: Rule, at: usize, stop: usize) -> Fault {
        let mut fault = self.of_trip(rule, at);
        let site = self.plan.trips[at].stops[stop].site;
        (fault.stop, fault.site) = (Some(stop), Some(site));
        fault.with("stop", (stop + 1).to_string()).with("site", self.name(site))
    }

    /// The name of a site; empty when there is none.
    pub fn name(&self, site: SiteNo) -> String {
        self.problem.sites.get(site.index()).map(|site| site.name.clone()).unwrap_or_default()
    }

    /// A minute as the clocks show it.
    pub fn clock(&self, minute: i64) -> String {
        (self.problem.start + Span::minutes(minute)).to_string()
    }
}

/// Whether a stretch of time lies in one of the windows; none at all mean that it is always open.
pub fn inside(windows: &[Window], from: i64, to: i64) -> bool {
    windows.is_empty() || windows.iter().any(|window| i64::from(window.from.0) <= from && to <= i64::from(window.to.0))
}

/// Whether a window holds a minute.
pub fn during(window: Window, minute: i64) -> bool {
    i64::from(window.from.0) <= minute && minute < i64::from(window.to.0)
}
