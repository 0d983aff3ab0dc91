//! What the command post knows on a morning, as the problem of a plan.

use oxygen::dispatch::{Clock, Minutes, Plan, Problem, Source, Travel, Trip, VehicleNo, Window};
use quantity::Grams;

use super::draw::moment;
use super::gate;
use super::stores::PARTS;
use super::world::{World, moved};

/// A facility lends only what it has beyond so many days of its own use.
const OWN_DAYS: f64 = 4.0;
/// When somebody is out of service, the command post hears when he will be back, to so many minutes.
const HEARD: i32 = 6 * 60;

/// A window without a minute, before the start: closed for good, where no window at all would mean always open.
const CLOSED: Window = Window::new(Minutes(-1), Minutes(-1));

/// The problem, its ways, and the trips that are out already; all in minutes after now.
pub(super) fn told(world: &World) -> (Problem, Travel, Vec<Trip>) {
    let mut problem = Problem { paths: Vec::new(), before: None, ..world.province.told.clone() };
    let now = world.now;
    let end = Minutes::days(world.play.ahead as i32);
    let shift = |windows: &mut Vec<Window>| shifted(windows, now, end + Minutes::days(2));
    problem.start = moment(now);
    problem.days = world.play.ahead as u32;
    problem.paths = world.noise.paths(world.province, &world.known, now, world.play.ahead);
    problem.frozen_until = world.play.frozen;
    problem.slushy_until = world.play.slushy;
    for ferry in &mut problem.roads.ferries {
        if !ferry.sails.is_empty() {
            shift(&mut ferry.sails);
        }
    }
    for closure in &mut problem.roads.closures {
        closure.closed.retain(|window| window.to > now);
        closure.closed.iter_mut().for_each(|window| *window = Window::new(window.from - now, window.to - now));
    }
    problem.roads.closures.retain(|closure| !closure.closed.is_empty());
    sites(world, &mut problem, shift);
    sources(world, &mut problem, shift);
    for (contract, left) in problem.contracts.iter_mut().zip(&world.contracts) {
        contract.left = Grams((*left).max(0));
        contract.force = Window::new(contract.force.from - now, contract.force.to - now);
    }
    let under_way = under_way(world);
    vehicles(world, &mut problem, shift, &under_way);
    let travel = world.province.travel.with(&problem.roads);
    before(world, &mut problem, &travel, &under_way);
    (problem, travel, under_way)
}

/// Windows in minutes after now, as far as a plan looks. Windows that are all over leave one without a minute, because
/// none at all would mean that it is always open.
fn shifted(windows: &mut Vec<Window>, now: Minutes, end: Minutes) {
    if windows.is_empty() {
        return;
    }
    windows.retain(|window| window.to > now && window.from < now + end);
    windows.iter_mut().for_each(|window| *window = Window::new(window.from - now, window.to - now));
    if windows.is_empty() {
        windows.push(CLOSED);
    }
}

/// Opens windows only from a minute on.
fn closed_until(windows: &mut Vec<Window>, until: Minutes, end: Minutes) {
    if windows.is_empty() {
        windows.push(Window::new(until, end.max(until)));
        return;
    }
    windows.retain(|window| window.to > until);
    windows.iter_mut().for_each(|window| window.from = window.from.max(until));
    if windows.is_empty() {
        windows.push(CLOSED);
    }
}

/// When whoever is out now is said to be back.
fn heard(out: &[Window], now: Minutes) -> Option<Minutes> {
    let until = out.iter().find(|window| window.holds(now))?.to - now;
    Some(Minutes((until.0 + HEARD - 1) / HEARD * HEARD))
}

fn sites(world: &World, problem: &mut Problem, shift: impl Fn(&mut Vec<Window>)) {
    for (number, site) in problem.sites.iter_mut().enumerate() {
        let store = world.known.store(number);
        if let Some(tank) = &mut site.tank {
            tank.stock = Grams(store.tank / PARTS).min(tank.holds);
        }
        if let Some(rack) = &mut site.rack {
            let shells = store.shells.clamp(0, i64::from(rack.room));
            let full = ((store.rack + store.content / 2) / store.content).clamp(0, shells);
            (rack.full, rack.empty) = (full as u32, (shells - full) as u32);
        }
        shift(&mut site.unloads);
    }
}

fn sources(world: &World, problem: &mut Problem, shift: impl Fn(&mut Vec<Window>)) {
    let (now, ahead) = (world.now, world.play.ahead);
    let end = Minutes::days(ahead as i32 + 2);
    for (number, source) in problem.sources.iter_mut().enumerate() {
        shift(&mut source.loads);
        source.released = source.released.map(|from| (from - now).max(Minutes::ZERO));
        if let Some(site) = source.lender {
            spare(world, site.index(), source);
            continue;
        }
        let yard = &world.yards[number];
        let out = heard(&world.course.sources_out[number], now);
        if let Some(liquid) = &mut source.liquid {
            let (first, minutes) = (now.day(), i64::from(now.0.max(0) % Minutes::DAY.0));
            let made = |day: usize| liquid.made.get(day).map_or(0, |made| made.0);
            // A day of the plan may lie on two days of the world.
            let of_day = |day: usize| {
                let (one, other) = (made(first + day), made(first + day + 1));
                Grams((one * (PARTS - minutes) + other * minutes) / PARTS)
            };
            let mut days: Vec<Grams> = (0..ahead).map(of_day).collect();
            for (day, made) in days.iter_mut().enumerate() {
                let begins = Minutes::days(day as i32);
                let stands = out.map_or(0, |out| (out - begins).0.clamp(0, Minutes::DAY.0));
                *made = made.share(1.0 - f64::from(stands) / f64::from(Minutes::DAY.0));
            }
            (liquid.stock, liquid.made) = (Grams(yard.liquid / PARTS), days);
        }
        for (told, bay) in source.cylinders.iter_mut().zip(&yard.bays) {
            (told.full, told.empty) = ((bay.full / PARTS) as u32, (bay.empty / PARTS) as u32);
        }
        if let Some(until) = out {
            closed_until(&mut source.loads, until, end);
        }
    }
    // Empty cylinders of vehicles that have no visit left are as good as back.
    for out in world.out.iter().filter(|out| out.way.trip.back > now && out.over.iter().all(|over| *over)) {
        let source = &mut problem.sources[out.way.trip.source.index()];
        for (size, empty) in out.empties() {
            if let Some(bay) = source.cylinders.iter_mut().find(|bay| bay.size == size && source.lender.is_none()) {
                bay.empty += empty;
            }
        }
    }
}

/// What a facility can lend: what it is believed to have beyond its own next days. A silent one lends nothing.
fn spare(world: &World, site: usize, source: &mut Source) {
    let store = world.known.store(site);
    let own = (world.known.level(site) * OWN_DAYS * PARTS as f64) as i64;
    let mut spare = if world.known.age(site) > 0.0 { 0 } else { (store.parts() - own).max(0) };
    if let Some(liquid) = &mut source.liquid {
        let of_tank = spare.min(store.tank);
        spare -= of_tank;
        (liquid.stock, liquid.made) = (Grams(of_tank / PARTS), vec![Grams::ZERO; world.play.ahead]);
    }
    for bay in &mut source.cylinders {
        (bay.full, bay.empty) = ((spare.min(store.rack) / store.content) as u32, 0);
    }
}

/// Trips that have visits before them, with the times that their drivers tell.
fn under_way(world: &World) -> Vec<Trip> {
    let with_visits = world.out.iter().filter_map(|out| {
        let ahead = |visit: usize| !out.over[visit] && !out.way.misses[visit];
        if out.way.trip.back <= world.now || !out.way.loads || !(0..out.over.len()).any(ahead) {
            return None;
        }
        let mut trip = out.way.trip.clone();
        let mut visit = 0;
        trip.stops.retain(|_| {
            visit += 1;
            ahead(visit - 1)
        });
        Some(moved(&trip, Minutes::ZERO - world.now))
    });
    with_visits.collect()
}

fn vehicles(world: &World, problem: &mut Problem, shift: impl Fn(&mut Vec<Window>), under_way: &[Trip]) {
    let end = Minutes::days(world.play.ahead as i32 + 2);
    for (number, vehicle) in problem.vehicles.iter_mut().enumerate() {
        shift(&mut vehicle.free);
        if under_way.iter().any(|trip| trip.vehicle == VehicleNo::of(number)) {
            continue;
        }
        let back = world.back[number] - world.now;
        let out = heard(&world.course.vehicles_out[number], world.now).unwrap_or(Minutes::ZERO);
        if back.max(out) > Minutes::ZERO {
            closed_until(&mut vehicle.free, back.max(out), end);
        }
    }
}

/// The plan of the last decision: trips under way, and what was announced as far as it can still be, later where its
/// vehicle comes back later.
fn before(world: &World, problem: &mut Problem, travel: &Travel, under_way: &[Trip]) {
    let Some(last) = &world.before else { return };
    let mut busy = vec![Minutes::ZERO; problem.vehicles.len()];
    for trip in under_way {
        busy[trip.vehicle.index()] = busy[trip.vehicle.index()].max(trip.back);
    }
    let mut clock = Clock::default();
    let mut announced = Vec::new();
    for trip in &last.trips {
        let known = trip.vehicle.index() < problem.vehicles.len()
            && trip.source.index() < problem.sources.len()
            && trip.stops.iter().all(|stop| stop.site.index() < problem.sites.len());
        if !known {
            continue;
        }
        let trip = moved(trip, Minutes::ZERO - world.now);
        let busy = &mut busy[trip.vehicle.index()];
        let trip = if *busy <= trip.leaves { Some(trip) } else { later(problem, travel, &mut clock, trip, *busy) };
        if let Some(trip) = trip {
            *busy = trip.back;
            announced.push(trip);
        }
    }
    problem.before = Some(Plan { trips: announced.clone() });
    let (mut trips, _) = gate::pass(problem, travel, &Plan { trips: announced }, under_way, Minutes::NEVER);
    trips.extend(under_way.iter().cloned());
    problem.before = Some(Plan { trips }.in_order());
}

/// The same trip once its vehicle is back; none when it cannot take place within the day.
fn later(problem: &Problem, travel: &Travel, clock: &mut Clock, mut trip: Trip, ready: Minutes) -> Option<Trip> {
    let sites: Vec<_> = trip.stops.iter().map(|stop| stop.site).collect();
    let set = clock.set(problem, travel, (trip.vehicle, trip.source), ready, &sites);
    if !set || clock.loads < trip.loads || clock.leaves > trip.leaves + Minutes::hours(6) {
        return None;
    }
    (trip.leaves, trip.loads, trip.loaded) = (clock.leaves, clock.loads, clock.loaded);
    (trip.returns, trip.back) = (clock.returns, clock.back);
    for (stop, visit) in trip.stops.iter_mut().zip(&clock.visits) {
        (stop.arrives, stop.begins, stop.leaves) = (visit.arrives, visit.begins, visit.leaves);
    }
    Some(trip)
}
