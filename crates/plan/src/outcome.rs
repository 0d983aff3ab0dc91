//! Between the plan that people read and the trips that the search turns over.

use oxygen::dispatch::{Amount, Clock, Kind, Plan, Stop, Trip, Visit};

use crate::prepared::Prepared;
use crate::runs::{Load, Run};

/// What a search found.
#[derive(Clone, PartialEq, Debug)]
pub struct Solution {
    /// The plan.
    pub plan: Plan,
    /// What it costs, in weighted patient-days.
    pub cost: f64,
    /// How many tries were made.
    pub iterations: u64,
}

/// The plan of trips, in the order of leaving.
pub(crate) fn plan_of(given: &Prepared, runs: &[Run]) -> Plan {
    let trip = |run: &Run| {
        let clock = &run.clock;
        let amount = |load: &Load| {
            if run.tank {
                Amount::Liquid(quantity::Grams(load.units))
            } else {
                let size = given.problem.source(run.source).cylinders[run.size].size;
                Amount::Cylinders { size, full: load.units as u32, empty: load.empties }
            }
        };
        let stops = run.loads.iter().zip(&clock.visits).map(|(load, visit)| Stop {
            site: load.site,
            arrives: visit.arrives,
            begins: visit.begins,
            leaves: visit.leaves,
            amount: amount(load),
            basis: load.basis,
        });
        Trip {
            vehicle: run.vehicle,
            source: run.source,
            leaves: clock.leaves,
            loads: clock.loads,
            loaded: clock.loaded,
            stops: stops.collect(),
            returns: clock.returns,
            back: clock.back,
        }
    };
    Plan { trips: runs.iter().map(trip).collect() }.in_order()
}

/// A trip as the search holds it, at the times that it states; `None` for a trip without stops or of two kinds, which
/// no search makes.
pub(crate) fn run_of(given: &Prepared, trip: &Trip, fixed: bool) -> Option<Run> {
    let problem = &given.problem;
    let first = trip.stops.first()?.amount;
    let (kind, unit) = match first {
        Amount::Liquid(_) => (Kind::Liquid, 1),
        Amount::Cylinders { size, .. } => (Kind::Cylinders(size), size.full().0.max(1)),
    };
    let size = match kind {
        Kind::Liquid => 0,
        Kind::Cylinders(size) => problem.source(trip.source).cylinders.iter().position(|filled| filled.size == size)?,
    };
    let load = |stop: &Stop| {
        let (units, empties) = match (stop.amount, kind) {
            (Amount::Liquid(grams), Kind::Liquid) => (grams.0, 0),
            (Amount::Cylinders { size, full, empty }, Kind::Cylinders(same)) if size == same => {
                (i64::from(full), empty)
            }
            _ => return None,
        };
        Some(Load { site: stop.site, units, empties, basis: stop.basis })
    };
    let loads: Option<Vec<Load>> = trip.stops.iter().map(load).collect();
    let visits =
        trip.stops.iter().map(|stop| Visit { arrives: stop.arrives, begins: stop.begins, leaves: stop.leaves });
    let mut places = vec![problem.vehicle(trip.vehicle).depot, problem.source(trip.source).place];
    places.extend(trip.stops.iter().map(|stop| problem.site(stop.site).place));
    places.extend(trip.returns.map(|_| problem.source(trip.source).place));
    places.push(problem.vehicle(trip.vehicle).depot);
    let ways = places.windows(2).filter_map(|pair| given.travel.leg(pair[0], pair[1]));
    let clock = Clock {
        leaves: trip.leaves,
        loads: trip.loads,
        loaded: trip.loaded,
        visits: visits.collect(),
        returns: trip.returns,
        back: trip.back,
        metres: ways.map(|leg| leg.metres).sum(),
    };
    Some(Run {
        vehicle: trip.vehicle,
        source: trip.source,
        tank: kind == Kind::Liquid,
        size,
        unit,
        ready: trip.leaves,
        alive: given.alive(trip.vehicle, trip.source, &clock),
        clock,
        loads: loads?,
        fixed,
    })
}
