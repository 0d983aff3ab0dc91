//! Whether a plan keeps every rule, by other code than the code that makes plans.
//!
//! The rules stand in words in `docs/planning.md`. What is shared with the search is the words of
//! [`oxygen::dispatch`]: the data, and [`Travel`] as the table of ways. How a vehicle waits for ferries and closed roads,
//! what a source has at a minute, who may deliver to whom: all that is reckoned here again, in whole numbers.
//!
//! A trip that is *frozen* (it stands in the plan before and leaves before `frozen_until`) is not looked at by itself: what
//! it once rested on may have changed since. It counts for vehicles, stocks, shells and contracts, and no fault names it.
//!
//! ```
//! use oxygen::dispatch::{Plan, Problem};
//! use plan::check::{Rule, check};
//!
//! let text = include_str!("../../../../docs/formats/plan/problem.json");
//! let problem: Problem = serde_json::from_str(text)?;
//! // A person has decided that a trip be kept and that oxygen come: a plan without trips breaks both.
//! let rules: Vec<Rule> = check(&problem, &Plan::default()).iter().map(|fault| fault.rule).collect();
//! assert_eq!(rules, [Rule::Frozen, Rule::Deliver]);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod case;
mod decisions;
mod fault;
mod loads;
mod rights;
mod rule;
mod sites;
mod sources;
mod times;
pub(crate) mod ways;

use oxygen::dispatch::{Basis, Plan, Problem, Travel, Trip};

use case::Case;
pub use fault::Fault;
pub(crate) use rights::may_fill;
pub use rule::Rule;

use crate::sound;

/// Every rule that a plan breaks, in the order of trips; none: the plan keeps them all. A rule about a whole vehicle,
/// source, site or contract is told once, at the trip where it is first broken. A problem that is not sound is one fault.
pub fn check(problem: &Problem, plan: &Plan) -> Vec<Fault> {
    let refused = sound::shape(problem);
    if let Some(first) = refused.first() {
        let more = (refused.len() - 1).to_string();
        return vec![Fault::of(Rule::Problem).with("code", first.flaw.code()).with("found", more)];
    }
    checked(problem, plan)
}

/// The same for a problem whose shape is known to be sound.
pub(crate) fn checked(problem: &Problem, plan: &Plan) -> Vec<Fault> {
    let decided = problem.decided();
    let (frozen, missing) = frozen(problem, plan);
    let travel = Travel::of(&decided.places, &decided.roads);
    let known = vec![false; plan.trips.len()];
    let mut case = Case { problem: &decided, plan, travel, frozen, known, faults: Vec::new() };
    known_names(&mut case);
    times::trips(&mut case);
    times::vehicles(&mut case);
    loads::trips(&mut case);
    rights::stops(&mut case);
    sources::sources(&mut case);
    sites::sites(&mut case);
    decisions::decisions(&mut case, &missing);
    let mut faults = case.faults;
    faults.sort_by_key(|fault| (fault.trip.unwrap_or(usize::MAX), fault.stop, fault.rule));
    faults
}

/// Which trips of the plan are frozen, and which trips that should be are missing. Each stands for one: a trip twice in the
/// plan is frozen once.
fn frozen(problem: &Problem, plan: &Plan) -> (Vec<bool>, Vec<usize>) {
    let (mut frozen, mut missing) = (vec![false; plan.trips.len()], Vec::new());
    let before = problem.before.as_ref().map_or(&[][..], |before| &before.trips);
    for (at, trip) in before.iter().enumerate().filter(|(_, trip)| trip.leaves < problem.frozen_until) {
        match (0..frozen.len()).find(|other| !frozen[*other] && plan.trips[*other] == *trip) {
            Some(found) => frozen[found] = true,
            None => missing.push(at),
        }
    }
    (frozen, missing)
}

/// Finds trips that name what is not there. A contract that is not there spoils only its stop.
fn known_names(case: &mut Case<'_>) {
    for (at, trip) in case.plan.trips.iter().enumerate() {
        let vehicle = trip.vehicle.index() < case.problem.vehicles.len();
        let source = trip.source.index() < case.problem.sources.len();
        if !vehicle {
            case.fault(case.of_trip(Rule::Vehicle, at).with("found", trip.vehicle.0.to_string()));
        }
        if !source {
            case.fault(case.of_trip(Rule::Source, at).with("found", trip.source.0.to_string()));
        }
        let sites = stops_known(case, at, trip);
        case.known[at] = vehicle && source && sites;
    }
}

fn stops_known(case: &mut Case<'_>, at: usize, trip: &Trip) -> bool {
    let mut all = true;
    for (number, stop) in trip.stops.iter().enumerate() {
        if stop.site.index() >= case.problem.sites.len() {
            all = false;
            case.fault(case.of_stop(Rule::Site, at, number).with("found", stop.site.0.to_string()));
        }
        if let Basis::Contract(contract) = stop.basis
            && contract.index() >= case.problem.contracts.len()
        {
            case.fault(case.of_stop(Rule::Contract, at, number).with("found", contract.0.to_string()));
        }
    }
    all
}
