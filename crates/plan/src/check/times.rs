//! Whether a trip can take place when it says: order of times, ways, opening hours, free windows, duty.

use oxygen::dispatch::{Minutes, PlaceNo, Trip};

use super::case::{Case, inside};
use super::rule::Rule;
use super::ways::reached;

const DAY: i64 = Minutes::DAY.0 as i64;

/// A stretch of the way: from where, ready when, to where, there when, and for which stop.
struct Stretch {
    from: PlaceNo,
    ready: i64,
    to: PlaceNo,
    there: i64,
    stop: Option<usize>,
}

fn at(minutes: Minutes) -> i64 {
    i64::from(minutes.0)
}

/// Looks at every trip by itself.
pub fn trips(case: &mut Case<'_>) {
    for (number, trip) in case.moving() {
        if trip.stops.is_empty() {
            case.fault(case.of_trip(Rule::NoStop, number));
        }
        order(case, number, trip);
        ways(case, number, trip);
        hours(case, number, trip);
        if trip.leaves < Minutes::ZERO {
            let fault = case.of_trip(Rule::BeforeStart, number).against(case.clock(at(trip.leaves)), case.clock(0));
            case.fault(fault);
        }
        let free = &case.problem.vehicle(trip.vehicle).free;
        if !inside(free, at(trip.leaves), at(trip.back)) {
            let out = format!("{} – {}", case.clock(at(trip.leaves)), case.clock(at(trip.back)));
            case.fault(case.of_trip(Rule::NotFree, number).with("found", out));
        }
        let end = at(case.problem.end());
        if let Some((stop, last)) = trip.stops.iter().enumerate().next_back().filter(|(_, last)| at(last.leaves) > end)
        {
            let fault = case.of_stop(Rule::AfterEnd, number, stop);
            case.fault(fault.against(case.clock(at(last.leaves)), case.clock(end)));
        }
    }
}

/// The times of a trip in the order in which they must stand, with the stop they belong to.
fn told(trip: &Trip) -> Vec<(i64, Option<usize>)> {
    let mut all = vec![(at(trip.leaves), None), (at(trip.loads), None), (at(trip.loaded), None)];
    for (number, stop) in trip.stops.iter().enumerate() {
        all.extend([stop.arrives, stop.begins, stop.leaves].map(|minutes| (at(minutes), Some(number))));
    }
    all.extend(trip.returns.map(|minutes| (at(minutes), None)));
    all.push((at(trip.back), None));
    all
}

fn order(case: &mut Case<'_>, number: usize, trip: &Trip) {
    let told = told(trip);
    let Some(two) = told.windows(2).find(|two| two[0].0 > two[1].0) else { return };
    let fault = match two[1].1.or(two[0].1) {
        Some(stop) => case.of_stop(Rule::Order, number, stop),
        None => case.of_trip(Rule::Order, number),
    };
    // Found: the earlier one that stands behind; allowed: not before this.
    let fault = fault.against(case.clock(two[1].0), case.clock(two[0].0));
    case.fault(fault);
}

/// The stretches of a trip. A trip with cylinders goes by way of its source, whether it says when or not.
fn stretches(case: &Case<'_>, trip: &Trip) -> Vec<Stretch> {
    let source = case.problem.source(trip.source).place;
    let depot = case.problem.vehicle(trip.vehicle).depot;
    let mut all = vec![Stretch { from: depot, ready: at(trip.leaves), to: source, there: at(trip.loads), stop: None }];
    let (mut from, mut ready) = (source, at(trip.loaded));
    for (number, stop) in trip.stops.iter().enumerate() {
        let to = case.problem.site(stop.site).place;
        all.push(Stretch { from, ready, to, there: at(stop.arrives), stop: Some(number) });
        (from, ready) = (to, at(stop.leaves));
    }
    if let Some(returns) = trip.returns {
        all.push(Stretch { from, ready, to: source, there: at(returns), stop: None });
        (from, ready) = (source, at(returns));
    }
    all.push(Stretch { from, ready, to: depot, there: at(trip.back), stop: None });
    all
}

fn ways(case: &mut Case<'_>, number: usize, trip: &Trip) {
    let boards = case.problem.vehicle(trip.vehicle).boards;
    for stretch in stretches(case, trip) {
        // Times out of order have their own fault.
        if stretch.there < stretch.ready {
            continue;
        }
        let ends = (stretch.from, stretch.to);
        let Err((rule, first)) = reached(&case.travel, ends, (stretch.ready, stretch.there), boards) else { continue };
        let fault = match stretch.stop {
            Some(stop) => case.of_stop(rule, number, stop),
            None => case.of_trip(rule, number),
        };
        let name = |place: PlaceNo| case.problem.places[place.index()].name.clone();
        let fault = fault.with("from", name(stretch.from)).with("to", name(stretch.to));
        let earliest = first.map_or_else(|| "–".to_owned(), |first| case.clock(first));
        case.fault(fault.against(case.clock(stretch.there), earliest));
    }
}

/// Loading and unloading: long enough, and while somebody is there.
fn hours(case: &mut Case<'_>, number: usize, trip: &Trip) {
    let source = case.problem.source(trip.source);
    let (begins, length) = (at(trip.loads), at(source.loading));
    if !inside(&source.loads, begins, begins + length) {
        case.fault(case.of_trip(Rule::SourceShut, number).with("found", case.clock(begins)));
    }
    if at(trip.loaded) - begins < length {
        let took = (at(trip.loaded) - begins).to_string();
        case.fault(case.of_trip(Rule::LoadingShort, number).against(took, length.to_string()));
    }
    for (stop, one) in trip.stops.iter().enumerate() {
        let site = case.problem.site(one.site);
        let (begins, length) = (at(one.begins), at(site.unloading));
        if !inside(&site.unloads, begins, begins + length) {
            case.fault(case.of_stop(Rule::SiteShut, number, stop).with("found", case.clock(begins)));
        }
        if at(one.leaves) - begins < length {
            let took = (at(one.leaves) - begins).to_string();
            case.fault(case.of_stop(Rule::UnloadingShort, number, stop).against(took, length.to_string()));
        }
    }
}

/// Looks at what a vehicle does in all: one trip at a time, and drivers who rest.
pub fn vehicles(case: &mut Case<'_>) {
    for (number, vehicle) in case.problem.vehicles.iter().enumerate() {
        let mut trips: Vec<(usize, &Trip)> = case.trips().filter(|(_, trip)| trip.vehicle.index() == number).collect();
        trips.sort_by_key(|(place, trip)| (trip.leaves, trip.back, *place));
        // The trip of those before that is back last.
        let mut last: Option<(usize, &Trip)> = None;
        for (place, trip) in &trips {
            if let Some((before, other)) = last
                && other.back > trip.leaves
                && !(case.frozen[before] && case.frozen[*place])
            {
                // A frozen trip is not at fault.
                let (blamed, beside) = if case.frozen[*place] { (before, *place) } else { (*place, before) };
                let fault = case.of_trip(Rule::Overlap, blamed).with("other", (beside + 1).to_string());
                let fault = fault.against(case.clock(at(trip.leaves)), case.clock(at(other.back)));
                case.fault(fault);
            }
            if last.is_none_or(|(_, other)| other.back < trip.back) {
                last = Some((*place, trip));
            }
        }
        // A trip under way at the start counts for the first day.
        let day = |trip: &Trip| at(trip.leaves).max(0).div_euclid(DAY);
        for of_day in trips.chunk_by(|(_, one), (_, other)| day(one) == day(other)) {
            let out: i64 = of_day.iter().map(|(_, trip)| at(trip.back) - at(trip.leaves)).sum();
            let blamed = of_day.iter().rev().find(|(place, _)| !case.frozen[*place]);
            if let Some((place, _)) = blamed.filter(|_| out > at(vehicle.duty)) {
                let fault = case.of_trip(Rule::Duty, *place);
                case.fault(fault.against(out.to_string(), at(vehicle.duty).to_string()));
            }
        }
    }
}
