//! Whether a source has what is loaded when it is loaded. Trips that loaded before the start have taken theirs already.

use oxygen::dispatch::{Amount, Cylinders, Liquid, Minutes};
use quantity::Grams;

use super::case::Case;
use super::loads::liquid_of;
use super::rule::Rule;

const DAY: i64 = Minutes::DAY.0 as i64;

/// Looks at every source.
pub fn sources(case: &mut Case<'_>) {
    for number in 0..case.problem.sources.len() {
        if let Some(liquid) = &case.problem.sources[number].liquid {
            tank(case, number, liquid);
        }
        for cylinders in &case.problem.sources[number].cylinders {
            filling(case, number, cylinders);
        }
    }
}

/// What a source makes until a minute: within a day evenly, in whole grams.
fn made(liquid: &Liquid, until: i64) -> i128 {
    let part = |(day, made): (usize, &Grams)| {
        let minutes = (until - day as i64 * DAY).clamp(0, DAY);
        i128::from(made.0) * i128::from(minutes) / i128::from(DAY)
    };
    liquid.made.iter().enumerate().map(part).sum()
}

fn tank(case: &mut Case<'_>, number: usize, liquid: &Liquid) {
    // When, how much, and by which trip.
    let mut loads: Vec<(i64, i128, usize)> = case
        .trips()
        .filter(|(_, trip)| trip.source.index() == number && trip.loads >= Minutes::ZERO)
        .map(|(at, trip)| (i64::from(trip.loads.0), i128::from(liquid_of(trip).0), at))
        .filter(|(_, grams, _)| *grams > 0)
        .collect();
    loads.sort_unstable();
    let mut taken = 0;
    let mut blamed = None;
    for at_once in loads.chunk_by(|one, other| one.0 == other.0) {
        taken += at_once.iter().map(|(_, grams, _)| grams).sum::<i128>();
        blamed = at_once.iter().rev().map(|(.., at)| *at).find(|at| !case.frozen[*at]).or(blamed);
        let there = i128::from(liquid.stock.0) + made(liquid, at_once[0].0);
        if let Some(at) = blamed.filter(|_| taken > there) {
            let grams = |sum: i128| Grams(i64::try_from(sum).unwrap_or(i64::MAX));
            let fault = case.of_trip(Rule::NoLiquid, at).grams(grams(taken), grams(there));
            let when = case.clock(at_once[0].0);
            case.fault(fault.with("when", when));
            return;
        }
    }
}

/// Something that changes the cylinders of a source: in the order of time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: i64,
    /// Full ones taken away, in cylinders.
    taken: i64,
    /// Empty ones brought back.
    back: i64,
    trip: usize,
}

fn filling(case: &mut Case<'_>, number: usize, cylinders: &Cylinders) {
    let mut changes = Vec::new();
    for (trip, one) in case.trips().filter(|(_, trip)| trip.source.index() == number) {
        let of_size = one.stops.iter().filter_map(|stop| match stop.amount {
            Amount::Cylinders { size, full, empty } if size == cylinders.size => {
                Some((i64::from(full), i64::from(empty)))
            }
            _ => None,
        });
        let (full, empty) = of_size.fold((0, 0), |sum, stop| (sum.0 + stop.0, sum.1 + stop.1));
        if full > 0 && one.loads >= Minutes::ZERO {
            changes.push(Change { at: i64::from(one.loads.0), taken: full, back: 0, trip });
        }
        if let Some(returns) = one.returns.filter(|returns| *returns >= Minutes::ZERO && empty > 0) {
            changes.push(Change { at: i64::from(returns.0), taken: 0, back: empty, trip });
        }
    }
    changes.sort_unstable();
    // In units of 1/1440 of a cylinder, so that a minute fills `fills` of them.
    let (mut full, mut empty) = (i128::from(cylinders.full) * 1_440, i128::from(cylinders.empty) * 1_440);
    let (mut now, mut blamed) = (0, None);
    for at_once in changes.chunk_by(|one, other| one.at == other.at) {
        let filled = (i128::from(at_once[0].at - now) * i128::from(cylinders.fills)).min(empty);
        (full, empty, now) = (full + filled, empty - filled, at_once[0].at);
        let taken: i64 = at_once.iter().map(|change| change.taken).sum();
        let there = full.div_euclid(1_440);
        let loading = at_once.iter().filter(|change| change.taken > 0);
        blamed = loading.rev().map(|change| change.trip).find(|trip| !case.frozen[*trip]).or(blamed);
        full -= i128::from(taken) * 1_440;
        empty += i128::from(at_once.iter().map(|change| change.back).sum::<i64>()) * 1_440;
        if let Some(trip) = blamed.filter(|_| taken > 0 && full < 0) {
            let fault = case.of_trip(Rule::NoFull, trip).with("size", cylinders.size.to_string());
            let when = case.clock(now);
            case.fault(fault.against(taken.to_string(), there.max(0).to_string()).with("when", when));
            return;
        }
    }
}
