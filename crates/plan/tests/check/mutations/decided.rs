//! What was published, what people have decided, and problems that are none.

use oxygen::dispatch::{Amount, Decision, Minutes, Pin, Window};
use plan::check::Rule;
use quantity::Grams;

use super::{Case, Mutation};

fn pin(decision: Decision) -> Pin {
    Pin { decision, author: "trưởng phòng".to_owned(), reason: "thử".to_owned() }
}

fn frozen(case: &mut Case) -> Option<usize> {
    let all: Vec<usize> = (0..case.frozen.len()).filter(|at| case.frozen[*at]).collect();
    case.draw.one(&all).copied()
}

/// The trip that a person keeps.
fn kept(case: &Case) -> Option<usize> {
    let trip = case.problem.pins.iter().find_map(|pin| match &pin.decision {
        Decision::Keep(trip) => Some(trip),
        _ => None,
    })?;
    case.plan.trips.iter().position(|other| other == trip)
}

pub const ALL: &[Mutation] = &[
    ("a frozen trip left out", Rule::Frozen, |case| {
        let trip = frozen(case)?;
        case.plan.trips.remove(trip);
        Some(())
    }),
    ("a frozen trip a minute longer", Rule::Frozen, |case| {
        let trip = frozen(case)?;
        case.at(trip).back += Minutes(1);
        Some(())
    }),
    ("a frozen trip with a gram more", Rule::Frozen, |case| {
        let trip = frozen(case)?;
        match &mut case.at(trip).stops[0].amount {
            Amount::Liquid(grams) => *grams += Grams(1),
            Amount::Cylinders { full, .. } => *full += 1,
        }
        Some(())
    }),
    ("a kept trip left out", Rule::Keep, |case| {
        let trip = kept(case)?;
        case.plan.trips.remove(trip);
        Some(())
    }),
    ("a kept trip a minute longer", Rule::Keep, |case| {
        let trip = kept(case)?;
        case.at(trip).back += Minutes(1);
        Some(())
    }),
    ("a gram less than was decided", Rule::Deliver, |case| {
        let wanted = case.problem.pins.iter_mut().find_map(|pin| match &mut pin.decision {
            Decision::Deliver { least, .. } => Some(least),
            _ => None,
        });
        *wanted? += Grams(1);
        Some(())
    }),
    ("from another source than was decided", Rule::Deliver, |case| {
        let (trip, stop) = case.stop()?;
        let (site, begins) = (case.site_of((trip, stop)), case.one((trip, stop)).begins);
        let (source, when) = (case.at(trip).source, Window::new(begins, begins + Minutes(1)));
        let others = (0..case.problem.sources.len()).map(oxygen::dispatch::SourceNo::of);
        let other = others.into_iter().find(|other| {
            *other != source && !case.plan.trips.iter().any(|trip| trip.source == *other && trip.out().meets(when))
        })?;
        case.problem.pins.push(pin(Decision::Deliver { site, source: Some(other), when, least: Grams(1) }));
        Some(())
    }),
    ("later than was decided", Rule::Deliver, |case| {
        let stop = case.stop()?;
        let (site, begins) = (case.site_of(stop), case.one(stop).begins);
        let when = Window::new(begins, begins + Minutes(1));
        case.problem.pins.push(pin(Decision::Deliver { site, source: None, when, least: Grams(1) }));
        case.one(stop).begins = begins + Minutes(1);
        let again = case.plan.stops().filter(|(_, other)| other.site == site && other.begins == begins).count();
        (again == 0).then_some(())
    }),
    ("forbidden", Rule::Forbid, |case| {
        let stop = case.stop()?;
        let (site, begins) = (case.site_of(stop), case.one(stop).begins);
        let when = Window::new(begins, begins + Minutes(1));
        case.problem.pins.push(pin(Decision::Forbid { site, source: None, when }));
        Some(())
    }),
    ("forbidden from its source", Rule::Forbid, |case| {
        let stop = case.stop()?;
        let (site, source) = (case.site_of(stop), Some(case.at(stop.0).source));
        let when = Window::new(Minutes::ZERO, case.problem.end());
        case.problem.pins.push(pin(Decision::Forbid { site, source, when }));
        Some(())
    }),
    ("a gram more than was decided", Rule::AtMost, |case| {
        let stop = case.stop()?;
        let site = case.site_of(stop);
        let all = case.plan.stops().filter(|(_, stop)| stop.site == site && stop.leaves >= Minutes::ZERO);
        let most = all.map(|(_, stop)| stop.amount.grams()).sum::<Grams>() - Grams(1);
        case.problem.pins.push(pin(Decision::AtMost { site, most }));
        Some(())
    }),
    ("a problem that is none", Rule::Problem, |case| {
        case.problem.days = 0;
        Some(())
    }),
    ("a source with less than nothing", Rule::Problem, |case| {
        case.problem.sources[0].liquid.as_mut()?.stock = Grams(-1);
        Some(())
    }),
];
