//! What a plan takes together, counted minute by minute: slow, and written so that nobody can doubt it.

use oxygen::dispatch::{Amount, Basis, Minutes, Path, Plan, Problem, Rack, Stop, Trip};
use quantity::VesselSpec;

const DAY: usize = 1_440;

/// Whether the trips can take place together, each of which can by itself, when they could without the last one.
pub fn keeps(problem: &Problem, plan: &Plan) -> bool {
    let Some(last) = plan.trips.last() else { return true };
    let mut touched: Vec<usize> = last.stops.iter().map(|stop| stop.site.index()).collect();
    touched.extend(problem.source(last.source).lender.map(|lender| lender.index()));
    vehicles(problem, plan)
        && contracts(problem, plan)
        && source(problem, plan, last.source.index())
        && touched.into_iter().all(|number| site(problem, plan, number))
}

fn vehicles(problem: &Problem, plan: &Plan) -> bool {
    let apart = |(at, trip): (usize, &Trip)| {
        plan.trips[at + 1..].iter().all(|other| other.vehicle != trip.vehicle || !other.out().meets(trip.out()))
    };
    let duty = |day: usize, number: usize| {
        let out = plan.trips.iter().filter(|trip| trip.vehicle.index() == number && trip.leaves.day() == day);
        out.map(|trip| trip.back.0 - trip.leaves.0).sum::<i32>() <= problem.vehicles[number].duty.0
    };
    let days = problem.days as usize + 2;
    let horizon = plan.stops().all(|(_, stop)| stop.leaves <= problem.end());
    horizon
        && plan.trips.iter().enumerate().all(apart)
        && (0..days).all(|day| (0..problem.vehicles.len()).all(|number| duty(day, number)))
}

fn contracts(problem: &Problem, plan: &Plan) -> bool {
    problem.contracts.iter().enumerate().all(|(number, contract)| {
        let of = stops(plan).filter(|(_, stop)| matches!(stop.basis, Basis::Contract(one) if one.index() == number));
        of.map(|(_, stop)| stop.amount.grams().0).sum::<i64>() <= contract.left.0
    })
}

fn liquid(amount: Amount) -> i64 {
    match amount {
        Amount::Liquid(grams) => grams.0,
        Amount::Cylinders { .. } => 0,
    }
}

fn shells(amount: Amount, of: VesselSpec) -> (i64, i64) {
    match amount {
        Amount::Cylinders { size, full, empty } if size == of => (i64::from(full), i64::from(empty)),
        _ => (0, 0),
    }
}

/// The last minute that matters. Whatever was before minute 0 equals none of the minutes from then on.
fn last(plan: &Plan) -> usize {
    plan.trips.iter().map(|trip| trip.back.0.max(0) as usize).max().unwrap_or(0)
}

/// The stops that were not over before the start.
fn stops(plan: &Plan) -> impl Iterator<Item = (&Trip, &Stop)> {
    plan.stops().filter(|(_, stop)| stop.leaves >= Minutes::ZERO)
}

fn source(problem: &Problem, plan: &Plan, number: usize) -> bool {
    let last = last(plan);
    let source = &problem.sources[number];
    let trips: Vec<&Trip> = plan.trips.iter().filter(|trip| trip.source.index() == number).collect();
    let tank = source.liquid.as_ref().is_none_or(|tank| {
        let made = |minute: usize| {
            let whole: i64 = tank.made.iter().take(minute / DAY).map(|made| made.0).sum();
            whole + tank.made.get(minute / DAY).map_or(0, |made| made.0 * (minute % DAY) as i64 / DAY as i64)
        };
        let mut taken = 0;
        (0..=last).all(|minute| {
            let loads = trips.iter().filter(|trip| trip.loads.0 as usize == minute);
            taken += loads.flat_map(|trip| &trip.stops).map(|stop| liquid(stop.amount)).sum::<i64>();
            tank.stock.0 + made(minute) >= taken
        })
    });
    tank && source.cylinders.iter().all(|cylinders| {
        let (mut full, mut empty) = (i64::from(cylinders.full) * 1_440, i64::from(cylinders.empty) * 1_440);
        (0..=last).all(|minute| {
            if minute > 0 {
                let filled = i64::from(cylinders.fills).min(empty);
                (full, empty) = (full + filled, empty - filled);
            }
            for trip in &trips {
                let of_trip = trip.stops.iter().map(|stop| shells(stop.amount, cylinders.size));
                let (out, back) = of_trip.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                if trip.loads.0 as usize == minute {
                    full -= out * 1_440;
                }
                if trip.returns.is_some_and(|returns| returns.0 as usize == minute) {
                    empty += back * 1_440;
                }
            }
            full >= 0
        })
    })
}

fn site(problem: &Problem, plan: &Plan, number: usize) -> bool {
    let Some(rack) = &problem.sites[number].rack else { return true };
    let mut stops: Vec<&Stop> = stops(plan).map(|(_, stop)| stop).filter(|stop| stop.site.index() == number).collect();
    stops.sort_by_key(|stop| stop.begins);
    let (mut more, mut taken) = (0, 0);
    stops.iter().all(|stop| {
        let (full, empty) = shells(stop.amount, rack.size);
        (more, taken) = (more + full - empty, taken + empty);
        let used = used(problem, plan, number, rack, stop.begins);
        i64::from(rack.full + rack.empty) + more <= i64::from(rack.room) && taken <= i64::from(rack.empty) + used
    })
}

/// Cylinders that a site has used until a minute: on the mean of the paths, first from the tank, then from the cylinders.
fn used(problem: &Problem, plan: &Plan, number: usize, rack: &Rack, until: Minutes) -> i64 {
    // A gram, for a minute of a day and one of the paths.
    let gram = (DAY * problem.paths.len()) as i128;
    let content = i128::from(rack.size.full().0) * gram;
    let tank = problem.sites[number].tank.as_ref();
    let mut stock = [tank.map_or(0, |tank| i128::from(tank.stock.0) * gram), i128::from(rack.full) * content];
    let room = [tank.map_or(0, |tank| i128::from(tank.holds.0) * gram), i128::from(rack.room) * content];
    let most = [room[0].max(stock[0]), room[1].max(stock[1])];
    let brings = |stop: &Stop| match stop.amount {
        Amount::Liquid(grams) => (0, i128::from(grams.0) * gram),
        Amount::Cylinders { full, .. } => (1, i128::from(full) * content),
    };
    // What is lent is gone when it is loaded, what comes is there when unloading ends.
    let mut changes = Vec::new();
    for (trip, stop) in plan.stops() {
        let (store, units) = brings(stop);
        if problem.source(trip.source).lender.is_some_and(|lender| lender.index() == number) && trip.loads.0 >= 0 {
            changes.push((trip.loaded.0, store, -units));
        }
        if stop.site.index() == number {
            changes.push((stop.leaves.0, store, units));
        }
    }
    let mut used = 0;
    for minute in 0..until.0.max(0) {
        for (_, store, units) in changes.iter().filter(|(at, ..)| *at == minute) {
            stock[*store] = (stock[*store] + units).clamp(0, most[*store]);
        }
        let day = minute as usize / DAY;
        let net = |path: &Path| (path.need[number][day].0 - path.made[number][day].0).max(0);
        let need: i128 =
            if day < problem.days as usize { problem.paths.iter().map(net).map(i128::from).sum() } else { 0 };
        let from_tank = need.min(stock[0]);
        let from_rack = (need - from_tank).min(stock[1]);
        stock = [stock[0] - from_tank, stock[1] - from_rack];
        used += from_rack;
    }
    (used / content) as i64
}
