//! Between the plan that people read and the trips that the search turns over.

use oxygen::dispatch::{Amount, Clock, Plan, Stop, Trip, Visit};

use super::prepared::Prepared;
use super::runs::{Load, Run};

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
                let size = given.problem.source(run.source).cylinders[load.ledger - 1].size;
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

/// A trip as the search holds it, at the times that it states; `None` for a trip without stops or with a
/// size that its source does not fill.
pub(crate) fn run_of(given: &Prepared, trip: &Trip, fixed: bool) -> Option<Run> {
    let problem = &given.problem;
    let sizes = &problem.source(trip.source).cylinders;
    let load = |stop: &Stop| {
        let (units, unit, ledger, empties) = match stop.amount {
            Amount::Liquid(grams) => (grams.0, 1, 0, 0),
            Amount::Cylinders { size, full, empty } => {
                let at = sizes.iter().position(|filled| filled.size == size)?;
                (i64::from(full), size.full().0.max(1), 1 + at, empty)
            }
        };
        Some(Load { site: stop.site, units, unit, ledger, empties, basis: stop.basis })
    };
    let loads: Vec<Load> = trip.stops.iter().map(load).collect::<Option<_>>()?;
    let tank = matches!(trip.stops.first()?.amount, Amount::Liquid(_));
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
        tank,
        ready: trip.leaves,
        alive: given.alive(trip.vehicle, trip.source, &clock),
        clock,
        loads,
        fixed,
    })
}
