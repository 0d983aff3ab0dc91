//! Kinds, amounts, stocks and shells.

use oxygen::dispatch::{Amount, Carries, Decision, Minutes, Pin, Plan, Rack, SiteNo, SourceNo, Stop, Trip};
use plan::check::Rule;
use quantity::{Grams, VesselSpec};

use super::{Case, Mutation};
use crate::province::SIZES;

fn grams(stop: &Stop) -> Grams {
    stop.amount.grams()
}

fn shells(stop: &Stop) -> (u32, u32) {
    match stop.amount {
        Amount::Liquid(_) => (0, 0),
        Amount::Cylinders { full, empty, .. } => (full, empty),
    }
}

/// The stops at a site that count, in the order of time.
fn at_site(plan: &Plan, site: SiteNo) -> Vec<&Stop> {
    let mut all: Vec<&Stop> =
        plan.stops().map(|(_, stop)| stop).filter(|stop| stop.site == site && stop.leaves >= Minutes::ZERO).collect();
    all.sort_by_key(|stop| stop.begins);
    all
}

/// A stop with cylinders that is the last of its site.
fn last_shells(case: &mut Case) -> Option<(usize, usize)> {
    let plan = case.plan.clone();
    case.stop_with(|_, _, stop| {
        let last = at_site(&plan, stop.site).last().is_some_and(|last| last.begins == stop.begins);
        matches!(stop.amount, Amount::Cylinders { .. }) && last
    })
}

/// What is loaded at a source of a size, or of liquid, from the start on.
fn loaded(plan: &Plan, source: SourceNo, size: Option<VesselSpec>) -> (Grams, u32) {
    let trips = plan.trips.iter().filter(|trip| trip.source == source && trip.loads >= Minutes::ZERO);
    let (mut liquid, mut full) = (Grams::ZERO, 0);
    for stop in trips.flat_map(|trip| &trip.stops) {
        match stop.amount {
            Amount::Liquid(grams) => liquid += grams,
            Amount::Cylinders { size: of, full: count, .. } if Some(of) == size => full += count,
            Amount::Cylinders { .. } => {}
        }
    }
    (liquid, full)
}

fn rack(case: &mut Case, stop: (usize, usize)) -> Option<&mut Rack> {
    let site = case.site_of(stop);
    case.problem.sites[site.index()].rack.as_mut()
}

fn size_of(case: &mut Case, stop: (usize, usize)) -> Option<VesselSpec> {
    match case.one(stop).amount {
        Amount::Liquid(_) => None,
        Amount::Cylinders { size, .. } => Some(size),
    }
}

/// Takes away what a source fills of a size.
fn with_full(case: &mut Case, stop: (usize, usize), full: u32, empty: u32, fills: u32) -> Option<()> {
    let (size, source) = (size_of(case, stop)?, case.at(stop.0).source);
    let cylinders = &mut case.problem.sources[source.index()].cylinders;
    let one = cylinders.iter_mut().find(|cylinders| cylinders.size == size)?;
    (one.full, one.empty, one.fills) = (full, empty, fills);
    Some(())
}

fn sum(trip: &Trip) -> Grams {
    trip.stops.iter().map(grams).sum()
}

pub const ALL: &[Mutation] = &[
    ("a gram more than the tanker holds", Rule::Overloaded, |case| {
        let (trip, _) = case.liquid()?;
        let sum = sum(case.at(trip));
        case.vehicle(trip).carries = Carries::Liquid(sum - Grams(1));
        Some(())
    }),
    ("a cylinder more than there is room", Rule::TooManyOnBoard, |case| {
        let (trip, _) = case.shells()?;
        let full: u32 = case.at(trip).stops.iter().map(|stop| shells(stop).0).sum();
        case.vehicle(trip).carries = Carries::Cylinders(full - 1);
        Some(())
    }),
    ("empties for which there is no room", Rule::TooManyOnBoard, |case| {
        let stop = case.shells()?;
        if let Amount::Cylinders { empty, .. } = &mut case.one(stop).amount {
            *empty = 500;
        }
        Some(())
    }),
    ("a vehicle too heavy for the road", Rule::TooHeavy, |case| {
        let stop = case.stop()?;
        let site = case.site_of(stop);
        case.problem.sites[site.index()].road = 0;
        Some(())
    }),
    ("a vehicle grown heavier", Rule::TooHeavy, |case| {
        let trip = case.trip()?;
        case.vehicle(trip).road = 4;
        Some(())
    }),
    ("no tank", Rule::TakesNothing, |case| {
        let stop = case.liquid()?;
        let site = case.site_of(stop);
        case.problem.sites[site.index()].tank = None;
        Some(())
    }),
    ("no cylinders", Rule::TakesNothing, |case| {
        let stop = case.shells()?;
        let site = case.site_of(stop);
        case.problem.sites[site.index()].rack = None;
        Some(())
    }),
    ("a source without liquid", Rule::HasNothing, |case| {
        let (trip, _) = case.liquid()?;
        case.problem.sources[case.plan.trips[trip].source.index()].liquid = None;
        Some(())
    }),
    ("a source that does not fill the size", Rule::HasNothing, |case| {
        let stop = case.shells()?;
        let size = size_of(case, stop)?;
        let source = case.at(stop.0).source;
        case.problem.sources[source.index()].cylinders.retain(|cylinders| cylinders.size != size);
        Some(())
    }),
    ("cylinders of another size", Rule::WrongSize, |case| {
        let stop = case.shells()?;
        if let Amount::Cylinders { size, .. } = &mut case.one(stop).amount {
            *size = if *size == SIZES[0] { SIZES[1] } else { SIZES[0] };
        }
        Some(())
    }),
    ("empties that never come back", Rule::NoReturn, |case| {
        let (trip, _) = case.shells()?;
        case.at(trip).returns = None;
        Some(())
    }),
    ("a tanker that brings something back", Rule::ReturnOfLiquid, |case| {
        let (trip, _) = case.liquid()?;
        case.at(trip).returns = Some(case.at(trip).back);
        Some(())
    }),
    ("nothing", Rule::Nothing, |case| {
        let stop = case.liquid()?;
        case.one(stop).amount = Amount::Liquid(Grams::ZERO);
        Some(())
    }),
    ("less than nothing", Rule::Nothing, |case| {
        let stop = case.liquid()?;
        case.one(stop).amount = Amount::Liquid(Grams(i64::MIN));
        Some(())
    }),
    ("only empties", Rule::Nothing, |case| {
        let stop = case.shells()?;
        if let Amount::Cylinders { full, .. } = &mut case.one(stop).amount {
            *full = 0;
        }
        Some(())
    }),
    ("a gram less than the smallest lot", Rule::BelowLot, |case| {
        let stop = case.liquid()?;
        let lot = case.problem.site(case.site_of(stop)).tank.as_ref()?.smallest_lot;
        case.one(stop).amount = Amount::Liquid(lot - Grams(1));
        Some(())
    }),
    ("a larger smallest lot", Rule::BelowLot, |case| {
        let stop = case.liquid()?;
        let (site, brought) = (case.site_of(stop), grams(case.one(stop)));
        case.problem.sites[site.index()].tank.as_mut()?.smallest_lot = brought + Grams(1);
        Some(())
    }),
    ("a gram more than the tank holds", Rule::AboveTank, |case| {
        let stop = case.liquid()?;
        let holds = case.problem.site(case.site_of(stop)).tank.as_ref()?.holds;
        case.one(stop).amount = Amount::Liquid(holds + Grams(1));
        Some(())
    }),
    ("all the oxygen of the world", Rule::AboveTank, |case| {
        let stop = case.liquid()?;
        case.one(stop).amount = Amount::Liquid(Grams(i64::MAX));
        Some(())
    }),
    ("room for a cylinder less", Rule::NoRoom, |case| {
        let stop = last_shells(case)?;
        let all: Vec<(u32, u32)> = at_site(&case.plan, case.site_of(stop)).into_iter().map(shells).collect();
        let more: u32 = all.iter().map(|(full, empty)| full - empty).sum();
        let rack = rack(case, stop)?;
        rack.room = (rack.full + rack.empty + more).checked_sub(1)?;
        Some(())
    }),
    ("more cylinders than anybody has", Rule::NoRoom, |case| {
        let stop = case.shells()?;
        if let Amount::Cylinders { full, .. } = &mut case.one(stop).amount {
            *full = u32::MAX;
        }
        Some(())
    }),
    ("an empty more than full ones", Rule::MoreEmpties, |case| {
        let stop = case.shells()?;
        if let Amount::Cylinders { full, empty, .. } = &mut case.one(stop).amount {
            *empty = *full + 1;
        }
        Some(())
    }),
    ("an empty that nobody has used", Rule::EmptiesNotThere, |case| {
        let stop = last_shells(case)?;
        (shells(case.one(stop)).1 > 0).then_some(())?;
        let site = case.site_of(stop);
        let taken: u32 = at_site(&case.plan, site).into_iter().map(|stop| shells(stop).1).sum();
        for path in &mut case.problem.paths {
            path.need[site.index()].fill(Grams::ZERO);
        }
        rack(case, stop)?.empty = taken - 1;
        Some(())
    }),
    ("its own plant made all it needed", Rule::EmptiesNotThere, |case| {
        let stop = last_shells(case)?;
        (shells(case.one(stop)).1 > 0).then_some(())?;
        let site = case.site_of(stop);
        for path in &mut case.problem.paths {
            path.made[site.index()] = path.need[site.index()].clone();
        }
        rack(case, stop)?.empty = 0;
        Some(())
    }),
    ("empties of a site that had nothing to use", Rule::EmptiesNotThere, |case| {
        let plan = case.plan.clone();
        // The first of its site: before it nothing was brought.
        let stop = case.stop_with(|_, _, stop| {
            at_site(&plan, stop.site).first().is_some_and(|first| *first == stop) && shells(stop).1 > 0
        })?;
        let rack = rack(case, stop)?;
        (rack.full, rack.empty, rack.room) = (0, 0, 1_000);
        Some(())
    }),
    ("a gram that the source does not have", Rule::NoLiquid, |case| {
        let (trip, _) = case.liquid()?;
        let source = case.at(trip).source;
        let (all, _) = loaded(&case.plan, source, None);
        let liquid = case.problem.sources[source.index()].liquid.as_mut()?;
        (liquid.stock, liquid.made) = (all - Grams(1), Vec::new());
        Some(())
    }),
    ("a gram that is made a minute later", Rule::NoLiquid, |case| {
        let plan = case.plan.clone();
        // The only one that loads there: everything is made on the day before its last minute counts.
        let (trip, _) = case.stop_with(|_, trip, stop| {
            let only = plan.trips.iter().filter(|other| other.source == trip.source).count() == 1;
            matches!(stop.amount, Amount::Liquid(_)) && only && trip.loads > Minutes(1)
        })?;
        let (source, all, loads) = (case.at(trip).source, sum(case.at(trip)), case.at(trip).loads);
        let liquid = case.problem.sources[source.index()].liquid.as_mut()?;
        // 1440 g a day are a gram a minute; of the last gram a minute is missing.
        (liquid.stock, liquid.made) = (all - Grams(i64::from(loads.0) + 1), vec![Grams(1_440); 14]);
        (liquid.stock >= Grams::ZERO).then_some(())
    }),
    ("somebody keeps it all as a reserve", Rule::NoLiquid, |case| {
        let (trip, _) = case.liquid()?;
        let source = case.at(trip).source;
        case.problem.sources[source.index()].liquid.as_mut()?.made.clear();
        let decision = Decision::Reserve { source, grams: Grams::from_kg(900_000) };
        case.problem.pins.push(Pin { decision, author: "giám đốc".to_owned(), reason: "dự trữ".to_owned() });
        Some(())
    }),
    ("a full cylinder that the source does not have", Rule::NoFull, |case| {
        let stop = case.shells()?;
        let (size, source) = (size_of(case, stop)?, case.at(stop.0).source);
        let (_, all) = loaded(&case.plan, source, Some(size));
        with_full(case, stop, all - 1, 500, 0)
    }),
    ("nobody filled the empties that there are not", Rule::NoFull, |case| {
        let plan = case.plan.clone();
        let stop = case.stop_with(|_, trip, _| {
            // No empties come back before it loads.
            let first = plan.trips.iter().filter(|other| other.source == trip.source).map(|other| other.loads).min();
            first == Some(trip.loads) && trip.returns.is_some()
        })?;
        with_full(case, stop, 0, 0, 1_000)
    }),
    ("a cylinder filled a minute later", Rule::NoFull, |case| {
        let plan = case.plan.clone();
        let stop = case.stop_with(|_, trip, stop| {
            let alone = plan.trips.iter().filter(|other| other.source == trip.source).count() == 1;
            alone && trip.stops.len() == 1 && shells(stop).0 > 0 && trip.loads > Minutes(1)
        })?;
        let (full, loads) = (shells(case.one(stop)).0, case.at(stop.0).loads.0 as u32);
        // One a day, so that `loads` minutes fill this many whole ones, and the last is one of the stock.
        let filled = loads / 1_440;
        with_full(case, stop, full.checked_sub(filled + 1)?, 500, 1)
    }),
];
