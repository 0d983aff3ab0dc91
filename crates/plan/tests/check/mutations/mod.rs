//! Ways to break a good plan, each with the rule that it breaks.

mod amounts;
mod decided;
mod rights;
mod times;

use oxygen::dispatch::{Amount, Plan, Problem, SiteNo, Stop, Trip, Vehicle};
use plan::check::Rule;

use crate::draw::Draw;

/// A good plan, to be broken.
pub struct Case {
    pub problem: Problem,
    pub plan: Plan,
    pub draw: Draw,
    frozen: Vec<bool>,
}

/// Its name, the rule that it breaks, and how; `None` where a plan has nothing to break so.
pub type Mutation = (&'static str, Rule, fn(&mut Case) -> Option<()>);

/// All of them.
pub fn all() -> Vec<Mutation> {
    [times::ALL, amounts::ALL, rights::ALL, decided::ALL].concat()
}

impl Case {
    pub fn new(problem: Problem, plan: Plan, draw: Draw) -> Self {
        let before = problem.before.clone().unwrap_or_default();
        let frozen = |trip: &Trip| trip.leaves < problem.frozen_until && before.trips.contains(trip);
        let frozen = plan.trips.iter().map(frozen).collect();
        Self { problem, plan, draw, frozen }
    }

    /// A trip of which something holds, and that is not frozen.
    fn trip_with(&mut self, fits: impl Fn(&Problem, &Trip) -> bool) -> Option<usize> {
        let all = self.plan.trips.iter().enumerate();
        let fit: Vec<usize> =
            all.filter(|(at, trip)| !self.frozen[*at] && fits(&self.problem, trip)).map(|(at, _)| at).collect();
        self.draw.one(&fit).copied()
    }

    fn trip(&mut self) -> Option<usize> {
        self.trip_with(|_, _| true)
    }

    /// A stop of which something holds, of a trip that is not frozen.
    fn stop_with(&mut self, fits: impl Fn(&Problem, &Trip, &Stop) -> bool) -> Option<(usize, usize)> {
        let trips = self.plan.trips.iter().enumerate().filter(|(at, _)| !self.frozen[*at]);
        let stops =
            trips.flat_map(|(at, trip)| trip.stops.iter().enumerate().map(move |(n, stop)| (at, n, trip, stop)));
        let fit: Vec<(usize, usize)> = stops
            .filter(|(_, _, trip, stop)| fits(&self.problem, trip, stop))
            .map(|(at, number, ..)| (at, number))
            .collect();
        self.draw.one(&fit).copied()
    }

    fn stop(&mut self) -> Option<(usize, usize)> {
        self.stop_with(|_, _, _| true)
    }

    fn liquid(&mut self) -> Option<(usize, usize)> {
        self.stop_with(|_, _, stop| matches!(stop.amount, Amount::Liquid(_)))
    }

    fn shells(&mut self) -> Option<(usize, usize)> {
        self.stop_with(|_, _, stop| matches!(stop.amount, Amount::Cylinders { .. }))
    }

    /// The trip to change.
    fn at(&mut self, trip: usize) -> &mut Trip {
        &mut self.plan.trips[trip]
    }

    /// The stop to change.
    fn one(&mut self, (trip, stop): (usize, usize)) -> &mut Stop {
        &mut self.plan.trips[trip].stops[stop]
    }

    /// The vehicle of a trip, to change.
    fn vehicle(&mut self, trip: usize) -> &mut Vehicle {
        &mut self.problem.vehicles[self.plan.trips[trip].vehicle.index()]
    }

    fn site_of(&self, (trip, stop): (usize, usize)) -> SiteNo {
        self.plan.trips[trip].stops[stop].site
    }
}
