//! Which constraints of a problem can bind at all.

use std::collections::BTreeSet;

use oxygen::dispatch::{Authority, Carries, Decision, Minutes, Problem, Window};

/// The names of what is in a problem that can keep a plan from being as it would like; for whoever asks whether many
/// problems together try all of it.
pub fn active(problem: &Problem) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    let mut has = |name: &'static str, there: bool| {
        if there {
            names.insert(name);
        }
    };
    let end = problem.end();
    let within = |at: Minutes| Minutes::ZERO < at && at < end;
    let long_closed = |windows: &[Window]| {
        let next = windows.iter().skip(1).zip(windows);
        next.clone().any(|(next, one)| next.from - one.to > Minutes::hours(20))
    };
    sites(problem, &mut has, &long_closed);
    for source in &problem.sources {
        let supplies = source.lender.is_none();
        has("source: liquid", supplies && source.liquid.is_some());
        has("source: cylinders", supplies && !source.cylinders.is_empty());
        has("source: not released", source.released.is_none());
        has("source: released later", source.released.is_some_and(within));
        has("source: opening hours", supplies && !source.loads.is_empty());
        has("source: closed for days", supplies && long_closed(&source.loads));
        has("source: few shells", supplies && source.cylinders.iter().any(|bay| bay.empty < bay.fills));
        let lends = source.liquid.as_ref().is_some_and(|liquid| liquid.stock.0 > 0)
            || source.cylinders.iter().any(|bay| bay.full > 0);
        has("source: a facility lends", !supplies && lends);
    }
    let first = problem.vehicles.first().map(|vehicle| vehicle.depot);
    for vehicle in &problem.vehicles {
        has("vehicle: tanker", matches!(vehicle.carries, Carries::Liquid(_)));
        has("vehicle: cylinders", matches!(vehicle.carries, Carries::Cylinders(_)));
        has("vehicle: several depots", Some(vehicle.depot) != first);
        has("vehicle: a supplier's own", vehicle.carries_for.is_some());
        has("vehicle: hours", !vehicle.free.is_empty());
        has("vehicle: no ferry takes it", !vehicle.boards && !problem.roads.ferries.is_empty());
        has("vehicle: drivers' hours", vehicle.duty < Minutes::DAY);
        let heavy = |site: &oxygen::dispatch::Site| site.road < vehicle.road;
        has("vehicle: too heavy for a road", problem.sites.iter().any(heavy));
    }
    for contract in &problem.contracts {
        has("contract: ceiling", contract.left.0 < 1_000_000_000);
        has("contract: lead time", contract.lead > Minutes::ZERO);
        has("contract: ends or begins", within(contract.force.from) || within(contract.force.to));
        has("contract: some buyers only", !contract.sites.is_empty());
    }
    has("contract: none needed at a price", problem.aims.emergency_purchase.is_some());
    for ferry in &problem.roads.ferries {
        has("road: ferry", !ferry.sails.is_empty());
        has("road: no sailing for a day", long_closed(&ferry.sails));
    }
    let on_island =
        |site: &oxygen::dispatch::Site| problem.places.get(site.place.index()).is_some_and(|place| place.land > 0);
    has("road: island", problem.sites.iter().any(on_island));
    has("road: closed", !problem.roads.closures.is_empty());
    for path in &problem.paths {
        has("path: own plant", path.made.iter().flatten().any(|made| made.0 > 0));
        let fails =
            |days: &Vec<quantity::Grams>| days.iter().any(|made| made.0 > 0) && days.iter().any(|made| made.0 == 0);
        has("path: own plant fails", path.made.iter().any(fails));
        has("path: source out", !path.sources_out.is_empty());
        has("path: vehicle out", !path.vehicles_out.is_empty());
    }
    let before = problem.before.as_ref().map_or(&[][..], |before| &before.trips);
    has("before: under way", before.iter().any(|trip| trip.leaves < Minutes::ZERO));
    has("before: frozen", before.iter().any(|trip| trip.leaves < problem.frozen_until));
    has("before: slushy", before.iter().any(|trip| trip.leaves >= problem.frozen_until));
    for pin in &problem.pins {
        has(
            match pin.decision {
                Decision::Keep(_) => "pin: keep",
                Decision::Deliver { .. } => "pin: deliver",
                Decision::Forbid { .. } => "pin: forbid",
                Decision::AtMost { .. } => "pin: at most",
                Decision::Counts { .. } => "pin: counts as",
                Decision::VehicleOut { .. } => "pin: vehicle out",
                Decision::SourceOut { .. } => "pin: source out",
                Decision::Reserve { .. } => "pin: reserve",
                Decision::RoadClosed { .. } => "pin: road closed",
            },
            true,
        );
    }
    names
}

fn sites(problem: &Problem, has: &mut impl FnMut(&'static str, bool), long_closed: &impl Fn(&[Window]) -> bool) {
    for site in &problem.sites {
        has("site: opening hours", !site.unloads.is_empty());
        has("site: closed for days", long_closed(&site.unloads));
        has("site: asked, not ordered", site.authority == Authority::Ask);
        if let Some(tank) = &site.tank {
            has("site: smallest lot", tank.smallest_lot.0 > 0);
            has("site: tank smaller than the smallest lot", tank.holds < tank.smallest_lot);
            has("site: a rival's tank", tank.owner.is_some() && tank.consent.is_empty());
            has("site: tank with consent", tank.owner.is_some() && !tank.consent.is_empty());
            has("site: tank and cylinders", site.rack.is_some());
        }
        if let Some(rack) = &site.rack {
            has("site: a supplier's shells", rack.owner.is_some());
            has("site: small cylinders", rack.size.water_volume_ml < 40_000);
        }
    }
}
