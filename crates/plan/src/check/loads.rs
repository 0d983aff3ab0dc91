//! Whether a trip carries what its vehicle can carry, its source has and its sites can take: kinds, sizes, amounts, roads.

use oxygen::dispatch::{Amount, Carries, Trip};
use quantity::Grams;

use super::case::Case;
use super::rule::Rule;

/// Looks at every trip by itself.
pub fn trips(case: &mut Case<'_>) {
    for (number, trip) in case.moving() {
        whole(case, number, trip);
        for stop in 0..trip.stops.len() {
            one(case, number, trip, stop);
        }
    }
}

/// The whole trip: what is on board, and whether it comes back by way of the source.
fn whole(case: &mut Case<'_>, number: usize, trip: &Trip) {
    let vehicle = case.problem.vehicle(trip.vehicle);
    if vehicle.carries_for.is_some_and(|bound| bound != trip.source) {
        case.fault(case.of_trip(Rule::CarriesForAnother, number));
    }
    match vehicle.carries {
        Carries::Liquid(most) => {
            if trip.returns.is_some() {
                case.fault(case.of_trip(Rule::ReturnOfLiquid, number));
            }
            let liquid = liquid_of(trip);
            if liquid > most {
                case.fault(case.of_trip(Rule::Overloaded, number).grams(liquid, most));
            }
        }
        Carries::Cylinders(most) => {
            if trip.returns.is_none() {
                case.fault(case.of_trip(Rule::NoReturn, number));
            }
            let shells: Vec<(i64, i64)> = trip.stops.iter().filter_map(|stop| shells_of(stop.amount)).collect();
            let mut on_board: i64 = shells.iter().map(|(full, _)| full).sum();
            let mut worst = on_board;
            for (full, empty) in shells {
                on_board += empty - full;
                worst = worst.max(on_board);
            }
            if worst > i64::from(most) {
                case.fault(case.of_trip(Rule::TooManyOnBoard, number).against(worst.to_string(), most.to_string()));
            }
        }
    }
}

/// One stop: its kind, its size, its amount.
fn one(case: &mut Case<'_>, number: usize, trip: &Trip, at: usize) {
    let stop = &trip.stops[at];
    let (vehicle, source) = (case.problem.vehicle(trip.vehicle), case.problem.source(trip.source));
    let site = case.problem.site(stop.site);
    let fault = |rule| case.of_stop(rule, number, at);
    let mut found = Vec::new();
    if vehicle.road > site.road {
        found.push(fault(Rule::TooHeavy).against(vehicle.road.to_string(), site.road.to_string()));
    }
    let liquid = matches!(vehicle.carries, Carries::Liquid(_));
    if liquid != matches!(stop.amount, Amount::Liquid(_)) {
        found.push(fault(Rule::WrongKind));
    }
    match stop.amount {
        Amount::Liquid(grams) => {
            if source.liquid.is_none() {
                found.push(fault(Rule::HasNothing));
            }
            match &site.tank {
                None => found.push(fault(Rule::TakesNothing)),
                Some(_) if grams <= Grams::ZERO => found.push(fault(Rule::Nothing)),
                Some(tank) => {
                    if grams < tank.smallest_lot {
                        found.push(fault(Rule::BelowLot).grams(grams, tank.smallest_lot));
                    }
                    if grams > tank.holds {
                        found.push(fault(Rule::AboveTank).grams(grams, tank.holds));
                    }
                }
            }
        }
        Amount::Cylinders { size, full, empty } => {
            if !source.cylinders.iter().any(|cylinders| cylinders.size == size) {
                found.push(fault(Rule::HasNothing));
            }
            match &site.rack {
                None => found.push(fault(Rule::TakesNothing)),
                Some(rack) if rack.size != size => {
                    found.push(fault(Rule::WrongSize).against(size.to_string(), rack.size.to_string()));
                }
                Some(_) => {}
            }
            if full == 0 {
                found.push(fault(Rule::Nothing));
            }
            if empty > full {
                found.push(fault(Rule::MoreEmpties).against(empty.to_string(), full.to_string()));
            }
        }
    }
    case.faults.extend(found);
}

/// All the liquid of a trip.
pub fn liquid_of(trip: &Trip) -> Grams {
    let liquid = trip.stops.iter().map(|stop| match stop.amount {
        Amount::Liquid(grams) => grams,
        Amount::Cylinders { .. } => Grams::ZERO,
    });
    liquid.sum()
}

/// Full and empty cylinders of a stop.
pub fn shells_of(amount: Amount) -> Option<(i64, i64)> {
    match amount {
        Amount::Liquid(_) => None,
        Amount::Cylinders { full, empty, .. } => Some((i64::from(full), i64::from(empty))),
    }
}
