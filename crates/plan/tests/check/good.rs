//! A simple maker of good plans for the tests: it tries trips at random and keeps those for which, counted minute by
//! minute, everything is there.

use oxygen::dispatch::{
    Amount, Carries, Clock, Decision, Kind, Minutes, Pin, Plan, Problem, SiteNo, SourceNo, Stop, Travel, Trip,
    VehicleNo, Window,
};
use quantity::Grams;

use crate::draw::Draw;
use crate::province::province;
use crate::slow;

/// A province and a plan of it that keeps every rule, with frozen trips and decisions.
pub fn good(seed: u64) -> (Problem, Plan) {
    let mut draw = Draw::of(seed);
    let mut problem = province(&mut draw);
    let mut plan = Plan::default();
    fill(&mut draw, &problem, &mut plan, 30);
    freeze(&mut draw, &mut problem, &mut plan);
    fill(&mut draw, &problem, &mut plan, 100);
    let plan = plan.in_order();
    decide(&mut draw, &mut problem, &plan);
    (problem, plan)
}

fn fill(draw: &mut Draw, problem: &Problem, plan: &mut Plan, tries: usize) {
    let travel = Travel::of(&problem.places, &problem.roads);
    for _ in 0..tries {
        if let Some(trip) = trip(draw, problem, &travel) {
            add(problem, plan, trip);
        }
    }
}

fn add(problem: &Problem, plan: &mut Plan, trip: Trip) {
    plan.trips.push(trip);
    if !slow::keeps(problem, plan) {
        plan.trips.pop();
    }
}

/// The first trips were published before, one of them is under way in half of all cases, and what it rested on has changed
/// since.
fn freeze(draw: &mut Draw, problem: &mut Problem, plan: &mut Plan) {
    plan.trips.sort_by_key(|trip| trip.leaves);
    let Some(first) = plan.trips.first().cloned() else { return };
    problem.frozen_until = first.leaves + Minutes(draw.from(1, 300) as i32);
    if draw.chance(50) {
        plan.trips[0] = earlier(&first, first.loads + Minutes(draw.from(1, 200) as i32));
        // What is checked is the last one.
        plan.trips.rotate_left(1);
        let keeps = slow::keeps(problem, plan);
        plan.trips.rotate_right(1);
        if !keeps {
            plan.trips[0] = first.clone();
        }
    }
    problem.before = Some(plan.clone());
    let (first_ones, others) = plan.trips.drain(..).partition::<Vec<_>, _>(|trip| trip.leaves < problem.frozen_until);
    plan.trips = first_ones;
    for other in others.into_iter().filter(|_| draw.chance(50)) {
        add(problem, plan, other);
    }
    problem.sources[first.source.index()].released = Some(first.loads + Minutes(1));
}

/// The same trip so many minutes before.
fn earlier(trip: &Trip, by: Minutes) -> Trip {
    let mut moved = trip.clone();
    for minutes in [&mut moved.leaves, &mut moved.loads, &mut moved.loaded, &mut moved.back] {
        *minutes = *minutes - by;
    }
    moved.returns = moved.returns.map(|returns| returns - by);
    for stop in &mut moved.stops {
        (stop.arrives, stop.begins, stop.leaves) = (stop.arrives - by, stop.begins - by, stop.leaves - by);
    }
    moved
}

fn trip(draw: &mut Draw, problem: &Problem, travel: &Travel) -> Option<Trip> {
    let number = VehicleNo::of(draw.below(problem.vehicles.len()));
    let source = SourceNo::of(draw.below(problem.sources.len()));
    problem.carries_for(number, source).ok()?;
    let mut sites = Vec::new();
    for _ in 0..draw.from(1, 4) {
        let site = SiteNo::of(draw.below(problem.sites.len()));
        let kind = problem.kind_for(number, site).ok();
        if let Some(bases) = kind.and_then(|kind| problem.bases(source, site, kind).ok()) {
            sites.push((site, kind?, *draw.one(&bases)?));
        }
    }
    let mut clock = Clock::default();
    let ready = Minutes(draw.from(0, i64::from(problem.end().0)) as i32);
    let stops: Vec<SiteNo> = sites.iter().map(|(site, ..)| *site).collect();
    if stops.is_empty() || !clock.set(problem, travel, (number, source), ready, &stops) {
        return None;
    }
    if sites.iter().any(|(.., basis)| !problem.holds(*basis, source, clock.loads)) {
        return None;
    }
    let share = match problem.vehicle(number).carries {
        Carries::Liquid(most) => most.0 / stops.len() as i64,
        Carries::Cylinders(most) => i64::from(most) / stops.len() as i64,
    };
    let mut all = Vec::new();
    for ((site, kind, basis), visit) in sites.into_iter().zip(&clock.visits) {
        let amount = match kind {
            Kind::Liquid => {
                let tank = problem.site(site).tank.as_ref()?;
                let most = share.min(tank.holds.0);
                (most >= tank.smallest_lot.0)
                    .then(|| Amount::Liquid(Grams(draw.from(tank.smallest_lot.0, most + 1))))?
            }
            Kind::Cylinders(size) => {
                let full = draw.from(1, share + 1) as u32;
                Amount::Cylinders { size, full, empty: draw.from(0, i64::from(full) + 1) as u32 }
            }
        };
        let (arrives, begins, leaves) = (visit.arrives, visit.begins, visit.leaves);
        all.push(Stop { site, arrives, begins, leaves, amount, basis });
    }
    // Some wait longer than they must.
    let back = clock.back + Minutes(if draw.chance(20) { 3 } else { 0 });
    let (leaves, loads, loaded, returns) = (clock.leaves, clock.loads, clock.loaded, clock.returns);
    Some(Trip { vehicle: number, source, leaves, loads, loaded, stops: all, returns, back })
}

/// Decisions that the plan happens to keep.
fn decide(draw: &mut Draw, problem: &mut Problem, plan: &Plan) {
    let pin = |decision| Pin { decision, author: "phó giám đốc".to_owned(), reason: "đã hẹn".to_owned() };
    let Some(trip) = draw.one(&plan.trips).cloned() else { return };
    let Some(stop) = draw.one(&trip.stops).copied() else { return };
    let to_site = |when: Window| {
        let meant = plan.stops().filter(move |(_, other)| other.site == stop.site && when.holds(other.begins));
        meant.map(|(_, other)| other.amount.grams()).sum::<Grams>()
    };
    let whole = plan.stops().filter(|(_, other)| other.site == stop.site && other.leaves >= Minutes::ZERO);
    let whole: Grams = whole.map(|(_, other)| other.amount.grams()).sum();
    let hour = Window::new(stop.begins, stop.begins + Minutes(60));
    let mut pins = vec![
        pin(Decision::Keep(trip.clone())),
        pin(Decision::Deliver { site: stop.site, source: None, when: hour, least: to_site(hour) }),
        pin(Decision::AtMost { site: stop.site, most: whole }),
    ];
    let quiet = Window::new(Minutes::ZERO, stop.begins);
    if to_site(quiet) == Grams::ZERO && quiet.from < quiet.to {
        pins.push(pin(Decision::Forbid { site: stop.site, source: None, when: quiet }));
    }
    // A source that nobody loads at on the last day is out then.
    let last = Window::new(problem.end() - Minutes::DAY, problem.end() + Minutes::DAY);
    let busy = |source| plan.trips.iter().any(|trip| trip.source == source && last.meets(trip.out()));
    let idle = (0..problem.sources.len()).map(SourceNo::of).find(|source| !busy(*source));
    pins.extend(idle.map(|source| pin(Decision::SourceOut { source, when: last })));
    problem.pins = pins;
}
