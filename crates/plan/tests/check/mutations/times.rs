//! Times, ways, hours, vehicles.

use oxygen::dispatch::{
    Amount, Basis, Carries, Closure, ContractNo, Decision, Minutes, Pin, PlaceNo, SiteNo, SourceNo, Travel, VehicleNo,
    Window,
};
use plan::check::Rule;

use super::{Case, Mutation};

const FAR: Minutes = Minutes(100_000);
const ONE: Minutes = Minutes(1);

fn window(from: Minutes, to: Minutes) -> Window {
    Window::new(from, to)
}

fn pin(decision: Decision) -> Pin {
    Pin { decision, author: "trưởng phòng".to_owned(), reason: "thử".to_owned() }
}

/// How long a way takes when nobody waits; `None` when that is no time.
fn least(case: &Case, from: PlaceNo, to: PlaceNo) -> Option<Minutes> {
    let travel = Travel::of(&case.problem.places, &case.problem.roads);
    let least = travel.least(travel.leg(from, to)?);
    (least > Minutes::ZERO).then_some(least)
}

/// A trip that takes a ferry to its first stop.
fn over_water(case: &mut Case) -> Option<usize> {
    case.trip_with(|problem, trip| {
        let land = |place: PlaceNo| problem.places[place.index()].land;
        trip.stops
            .first()
            .is_some_and(|stop| land(problem.source(trip.source).place) != land(problem.site(stop.site).place))
    })
}

fn place_of_first(case: &Case, trip: usize) -> PlaceNo {
    case.problem.site(case.plan.trips[trip].stops[0].site).place
}

fn place_of_source(case: &Case, trip: usize) -> PlaceNo {
    case.problem.source(case.plan.trips[trip].source).place
}

pub const ALL: &[Mutation] = &[
    ("a vehicle that nobody has", Rule::Vehicle, |case| {
        let (trip, count) = (case.trip()?, case.problem.vehicles.len());
        case.at(trip).vehicle = VehicleNo::of(count);
        Some(())
    }),
    ("a source that is not there", Rule::Source, |case| {
        let trip = case.trip()?;
        case.at(trip).source = SourceNo(u32::MAX);
        Some(())
    }),
    ("a site that is not there", Rule::Site, |case| {
        let (stop, count) = (case.stop()?, case.problem.sites.len());
        case.one(stop).site = SiteNo::of(count);
        Some(())
    }),
    ("a contract that is not there", Rule::Contract, |case| {
        let (stop, count) = (case.stop()?, case.problem.contracts.len());
        case.one(stop).basis = Basis::Contract(ContractNo::of(count));
        Some(())
    }),
    ("nobody is visited", Rule::NoStop, |case| {
        let trip = case.trip()?;
        case.at(trip).stops.clear();
        Some(())
    }),
    ("it loads before it leaves", Rule::Order, |case| {
        let trip = case.trip()?;
        case.at(trip).leaves = case.at(trip).loads + ONE;
        Some(())
    }),
    ("it is loaded before it loads", Rule::Order, |case| {
        let trip = case.trip()?;
        case.at(trip).loaded = case.at(trip).loads - ONE;
        Some(())
    }),
    ("it unloads before it arrives", Rule::Order, |case| {
        let stop = case.stop()?;
        case.one(stop).arrives = case.one(stop).begins + ONE;
        Some(())
    }),
    ("it leaves before it unloads", Rule::Order, |case| {
        let stop = case.stop()?;
        case.one(stop).leaves = case.one(stop).begins - ONE;
        Some(())
    }),
    ("it is there before it left the last one", Rule::Order, |case| {
        let (trip, stop) = case.stop()?;
        let before = stop.checked_sub(1).map_or(case.at(trip).loaded, |before| case.at(trip).stops[before].leaves);
        case.one((trip, stop)).arrives = before - ONE;
        Some(())
    }),
    ("it is back before it left the last one", Rule::Order, |case| {
        let trip = case.trip()?;
        case.at(trip).back = case.at(trip).stops.last()?.leaves - ONE;
        Some(())
    }),
    ("empties are back before they were taken", Rule::Order, |case| {
        let trip = case.trip_with(|_, trip| trip.returns.is_some())?;
        case.at(trip).returns = Some(case.at(trip).stops.last()?.leaves - ONE);
        Some(())
    }),
    ("times beyond all calendars", Rule::Order, |case| {
        let trip = case.trip()?;
        (case.at(trip).leaves, case.at(trip).back) = (Minutes(i32::MAX), Minutes(i32::MIN));
        Some(())
    }),
    ("it left yesterday", Rule::BeforeStart, |case| {
        let trip = case.trip()?;
        case.at(trip).leaves = Minutes(-1);
        Some(())
    }),
    ("it unloads after the end", Rule::AfterEnd, |case| {
        let (trip, end) = (case.trip()?, case.problem.end() + ONE);
        case.at(trip).stops.last_mut()?.leaves = end;
        case.at(trip).back = end + FAR;
        Some(())
    }),
    ("an island without a ferry", Rule::NoWay, |case| {
        let trip = case.trip()?;
        let place = place_of_first(case, trip);
        case.problem.places[place.index()].land = 9;
        case.problem.roads.measured.retain(|way| way.from != place && way.to != place);
        Some(())
    }),
    ("a place that nobody can find", Rule::NoWay, |case| {
        let trip = case.trip()?;
        let place = place_of_first(case, trip);
        case.problem.places[place.index()].at = None;
        case.problem.roads.measured.retain(|way| way.from != place && way.to != place);
        Some(())
    }),
    ("the ferry does not take it", Rule::NotBoarding, |case| {
        let trip = over_water(case)?;
        case.vehicle(trip).boards = false;
        Some(())
    }),
    ("too fast to the source", Rule::TooFast, |case| {
        let trip = case.trip()?;
        let least =
            least(case, case.problem.vehicle(case.plan.trips[trip].vehicle).depot, place_of_source(case, trip))?;
        case.at(trip).leaves = case.at(trip).loads - least + ONE;
        Some(())
    }),
    ("too fast to the first stop", Rule::TooFast, |case| {
        let trip = case.trip()?;
        let least = least(case, place_of_source(case, trip), place_of_first(case, trip))?;
        case.at(trip).stops[0].arrives = case.at(trip).loaded + least - ONE;
        Some(())
    }),
    ("too fast to the source with empties", Rule::TooFast, |case| {
        let trip = case.trip_with(|_, trip| trip.returns.is_some())?;
        let last = *case.at(trip).stops.last()?;
        let least = least(case, case.problem.site(last.site).place, place_of_source(case, trip))?;
        case.at(trip).returns = Some(last.leaves + least - ONE);
        Some(())
    }),
    ("too fast home", Rule::TooFast, |case| {
        let trip = case.trip()?;
        let depot = case.problem.vehicle(case.plan.trips[trip].vehicle).depot;
        let last = *case.at(trip).stops.last()?;
        let (from, ready) = match case.at(trip).returns {
            Some(returns) => (place_of_source(case, trip), returns),
            None => (case.problem.site(last.site).place, last.leaves),
        };
        let least = least(case, from, depot)?;
        case.at(trip).back = ready + least - ONE;
        Some(())
    }),
    ("the road is closed", Rule::RoadClosed, |case| {
        let trip = case.trip()?;
        let (from, to) = (place_of_source(case, trip), place_of_first(case, trip));
        least(case, from, to)?;
        let closed = vec![window(case.at(trip).loaded, case.at(trip).stops[0].arrives)];
        case.problem.roads.closures.push(Closure { from: to, to: Some(from), closed });
        Some(())
    }),
    ("the road is closed for the last minute of the way", Rule::RoadClosed, |case| {
        let trip = case.trip()?;
        let (from, to) = (place_of_source(case, trip), place_of_first(case, trip));
        let (there, length) = (case.at(trip).stops[0].arrives, least(case, from, to)?);
        // It did not wait anywhere.
        (case.at(trip).loaded + length == there).then_some(())?;
        let closed = vec![window(there - ONE, there + Minutes(500))];
        case.problem.roads.closures.push(Closure { from, to: None, closed });
        Some(())
    }),
    ("somebody closed the road", Rule::RoadClosed, |case| {
        let trip = case.trip()?;
        let (from, to) = (place_of_source(case, trip), place_of_first(case, trip));
        least(case, from, to)?;
        let when = window(case.at(trip).loaded, case.at(trip).stops[0].arrives);
        case.problem.pins.push(pin(Decision::RoadClosed { from: to, to: None, when }));
        Some(())
    }),
    ("the ferry does not sail at all", Rule::FerryMissed, |case| {
        over_water(case)?;
        case.problem.roads.ferries[0].sails.clear();
        Some(())
    }),
    ("the ferry does not sail then", Rule::FerryMissed, |case| {
        let trip = over_water(case)?;
        let on_the_way = window(case.at(trip).loaded, case.at(trip).stops[0].arrives);
        case.problem.roads.ferries[0].sails.retain(|sails| !sails.meets(on_the_way));
        Some(())
    }),
    ("the source opens a minute later", Rule::SourceShut, |case| {
        let trip = case.trip()?;
        let opens = case.at(trip).loads + ONE;
        case.problem.sources[case.plan.trips[trip].source.index()].loads = vec![window(opens, opens + FAR)];
        Some(())
    }),
    ("the source shuts while it loads", Rule::SourceShut, |case| {
        let trip = case.trip()?;
        let begins = case.at(trip).loads;
        let source = &mut case.problem.sources[case.plan.trips[trip].source.index()];
        let shuts = begins + source.loading - ONE;
        source.loads = vec![window(Minutes(-1), shuts), window(shuts, FAR)];
        Some(())
    }),
    ("somebody took the source out", Rule::SourceShut, |case| {
        let trip = case.trip()?;
        let (source, loads) = (case.at(trip).source, case.at(trip).loads);
        case.problem.pins.push(pin(Decision::SourceOut { source, when: window(loads, loads + ONE) }));
        Some(())
    }),
    ("loading takes longer", Rule::LoadingShort, |case| {
        let trip = case.trip()?;
        let length = case.problem.source(case.plan.trips[trip].source).loading;
        case.at(trip).loaded = case.at(trip).loads + length - ONE;
        Some(())
    }),
    ("the site opens a minute later", Rule::SiteShut, |case| {
        let stop = case.stop()?;
        let opens = case.one(stop).begins + ONE;
        let site = case.site_of(stop);
        case.problem.sites[site.index()].unloads = vec![window(opens, opens + FAR)];
        Some(())
    }),
    ("the site shuts while it unloads", Rule::SiteShut, |case| {
        let stop = case.stop()?;
        let (site, begins) = (case.site_of(stop), case.one(stop).begins);
        let site = &mut case.problem.sites[site.index()];
        site.unloads = vec![window(Minutes(-1), begins + site.unloading - ONE)];
        Some(())
    }),
    ("unloading takes longer", Rule::UnloadingShort, |case| {
        let stop = case.stop()?;
        let length = case.problem.site(case.site_of(stop)).unloading;
        case.one(stop).leaves = case.one(stop).begins + length - ONE;
        Some(())
    }),
    ("the vehicle is free a minute later", Rule::NotFree, |case| {
        let trip = case.trip()?;
        let leaves = case.at(trip).leaves;
        case.vehicle(trip).free = vec![window(leaves + ONE, FAR)];
        Some(())
    }),
    ("the vehicle must be back a minute before", Rule::NotFree, |case| {
        let trip = case.trip()?;
        let (leaves, back) = (case.at(trip).leaves, case.at(trip).back);
        case.vehicle(trip).free = vec![window(leaves, back - ONE)];
        Some(())
    }),
    ("the trip lies in two windows", Rule::NotFree, |case| {
        let trip = case.trip()?;
        let (leaves, loads, back) = (case.at(trip).leaves, case.at(trip).loaded, case.at(trip).back);
        case.vehicle(trip).free = vec![window(leaves, loads), window(loads, back)];
        Some(())
    }),
    ("somebody took the vehicle out", Rule::NotFree, |case| {
        let trip = case.trip()?;
        let (vehicle, back) = (case.at(trip).vehicle, case.at(trip).back);
        case.problem.pins.push(pin(Decision::VehicleOut { vehicle, when: window(back - ONE, back) }));
        Some(())
    }),
    ("the same trip twice", Rule::Overlap, |case| {
        let trip = case.trip()?;
        let again = case.at(trip).clone();
        case.plan.trips.push(again);
        Some(())
    }),
    ("a frozen trip twice", Rule::Overlap, |case| {
        let again = case.frozen.iter().position(|frozen| *frozen)?;
        let again = case.at(again).clone();
        case.plan.trips.push(again);
        Some(())
    }),
    ("the next trip begins before this one ends", Rule::Overlap, |case| {
        let trip = case.trip()?;
        let (vehicle, leaves) = (case.at(trip).vehicle, case.at(trip).leaves);
        let later = case.plan.trips.iter().filter(|other| other.vehicle == vehicle && other.leaves > leaves);
        case.at(trip).back = later.map(|other| other.leaves).min()? + ONE;
        Some(())
    }),
    ("drivers who are out too long", Rule::Duty, |case| {
        let trip = case.trip()?;
        let out = case.at(trip).back - case.at(trip).leaves;
        case.vehicle(trip).duty = out - ONE;
        Some(())
    }),
    ("drivers who are out too long on two trips", Rule::Duty, |case| {
        let trip = case.trip()?;
        let of = case.at(trip).clone();
        let same = |other: &&oxygen::dispatch::Trip| {
            other.vehicle == of.vehicle && other.leaves.day() == of.leaves.day() && other.leaves != of.leaves
        };
        let other = case.plan.trips.iter().find(same)?.clone();
        case.vehicle(trip).duty = of.back - of.leaves + (other.back - other.leaves) - ONE;
        Some(())
    }),
    ("a tanker with cylinders", Rule::WrongKind, |case| {
        let stop = case.liquid()?;
        let size = crate::province::SIZES[0];
        case.one(stop).amount = Amount::Cylinders { size, full: 1, empty: 0 };
        Some(())
    }),
    ("a lorry with liquid", Rule::WrongKind, |case| {
        let stop = case.shells()?;
        case.one(stop).amount = Amount::Liquid(quantity::Grams::from_kg(400));
        Some(())
    }),
    ("a tanker of another kind", Rule::WrongKind, |case| {
        let trip = case.trip()?;
        let carries = &mut case.vehicle(trip).carries;
        *carries = match carries {
            Carries::Liquid(_) => Carries::Cylinders(100),
            Carries::Cylinders(_) => Carries::Liquid(quantity::Grams::from_kg(9_000)),
        };
        Some(())
    }),
];
