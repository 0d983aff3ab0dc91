//! Whether the plan keeps what was published and what people have decided. Decisions that change what is there (somebody
//! or something out, a reserve, a closed road) are part of the problem by now: their plan breaks the rule of the thing.

use oxygen::dispatch::{Decision, Pin, SiteNo, SourceNo, Stop, Trip, Window};
use quantity::Grams;

use super::case::{Case, during};
use super::fault::Fault;
use super::rule::Rule;

/// Looks at frozen trips and at every decision.
pub fn decisions(case: &mut Case<'_>, missing: &[usize]) {
    let before = case.problem.before.as_ref().map_or(&[][..], |before| &before.trips);
    for at in missing {
        let trip = &before[*at];
        let fault = named(case, Fault::of(Rule::Frozen), trip).with("trip", (at + 1).to_string());
        let leaves = case.clock(i64::from(trip.leaves.0));
        case.fault(fault.with("found", leaves));
    }
    for (number, pin) in case.problem.pins.iter().enumerate() {
        let faults = decision(case, pin);
        for mut fault in faults {
            fault.pin = Some(number);
            case.fault(fault.with("pin", (number + 1).to_string()).with("author", pin.author.clone()));
        }
    }
}

fn named(case: &Case<'_>, mut fault: Fault, trip: &Trip) -> Fault {
    (fault.vehicle, fault.source) = (Some(trip.vehicle), Some(trip.source));
    let plate = case.problem.vehicle(trip.vehicle).plate.clone();
    fault.with("vehicle", plate).with("source", case.problem.source(trip.source).name.clone())
}

fn decision(case: &Case<'_>, pin: &Pin) -> Vec<Fault> {
    match &pin.decision {
        Decision::Keep(trip) if !case.plan.trips.contains(trip) => {
            let leaves = case.clock(i64::from(trip.leaves.0));
            vec![named(case, Fault::of(Rule::Keep), trip).with("found", leaves)]
        }
        Decision::Deliver { site, source, when, least } => {
            let sum: Grams = meant(case, *site, *source, *when).map(|(.., stop)| stop.amount.grams()).sum();
            if sum >= *least {
                return Vec::new();
            }
            let mut fault = Fault::of(Rule::Deliver).with("site", case.name(*site)).grams(sum, *least);
            (fault.site, fault.source) = (Some(*site), *source);
            vec![fault.with("when", span(case, *when))]
        }
        Decision::Forbid { site, source, when } => {
            let forbidden = meant(case, *site, *source, *when).filter(|(trip, ..)| !case.frozen[*trip]);
            let fault = |(trip, at, stop): (usize, usize, &Stop)| {
                let begins = case.clock(i64::from(stop.begins.0));
                case.of_stop(Rule::Forbid, trip, at).against(begins, span(case, *when))
            };
            forbidden.map(fault).collect()
        }
        Decision::AtMost { site, most } => {
            let all: Vec<_> = case.stops().filter(|(.., stop)| stop.site == *site && stop.leaves.0 >= 0).collect();
            let sum: Grams = all.iter().map(|(.., stop)| stop.amount.grams()).sum();
            let blamed = all.iter().rev().find(|(trip, ..)| !case.frozen[*trip]).filter(|_| sum > *most);
            let fault = blamed.map(|(trip, at, ..)| case.of_stop(Rule::AtMost, *trip, *at).grams(sum, *most));
            fault.into_iter().collect()
        }
        Decision::Keep(_)
        | Decision::Counts { .. }
        | Decision::VehicleOut { .. }
        | Decision::SourceOut { .. }
        | Decision::Reserve { .. }
        | Decision::RoadClosed { .. } => Vec::new(),
    }
}

/// The stops at a site that begin within a window, from a source or from any.
fn meant<'a>(
    case: &Case<'a>,
    site: SiteNo,
    source: Option<SourceNo>,
    when: Window,
) -> impl Iterator<Item = (usize, usize, &'a Stop)> {
    let from = move |trip: &Trip| source.is_none_or(|source| source == trip.source);
    let stops = case.stops().filter(move |(_, _, trip, stop)| stop.site == site && from(trip));
    stops.filter(move |(.., stop)| during(when, i64::from(stop.begins.0))).map(|(trip, at, _, stop)| (trip, at, stop))
}

fn span(case: &Case<'_>, when: Window) -> String {
    [when.from, when.to].map(|minutes| case.clock(i64::from(minutes.0))).join(" – ")
}
