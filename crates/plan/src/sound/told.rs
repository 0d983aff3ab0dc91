//! What a plan can be made with, but somebody should know: facilities that nothing can reach, figures that do not fit.

use oxygen::dispatch::{
    Carries, Minutes, PlaceNo, Problem, Rack, Roads, Site, SiteNo, Source, SourceNo, Tank, Travel, Window,
};
use quantity::Grams;

use crate::check::{may_fill, ways};

use super::flaw::{Flaw, Unsound};
use super::shape::Found;

/// Looks at a problem of sound shape, after all decisions.
pub fn told(found: &mut Found<'_>) {
    for (number, site) in found.problem.sites.iter().enumerate() {
        of_site(found, number, site);
    }
    for (number, source) in found.problem.sources.iter().enumerate() {
        of_source(found, number, source);
    }
    let end = found.problem.end();
    let ever = |windows: &[Window]| {
        windows.is_empty() || windows.iter().any(|window| window.from < window.to && window.meets(all_days(end)))
    };
    for (number, vehicle) in found.problem.vehicles.iter().enumerate() {
        let flaw = |flaw| Unsound::new(flaw, format!("vehicles[{number}]")).with("name", &vehicle.plate);
        if !ever(&vehicle.free) {
            found.tell(flaw(Flaw::NeverFree));
        }
        if matches!(vehicle.carries, Carries::Liquid(Grams(0)) | Carries::Cylinders(0)) {
            found.tell(flaw(Flaw::CarriesNothing));
        }
    }
    for (number, ferry) in found.problem.roads.ferries.iter().enumerate() {
        if ferry.sails.is_empty() || !ever(&ferry.sails) {
            let flaw = Unsound::new(Flaw::NeverSails, format!("roads.ferries[{number}]"));
            found.tell(flaw.with("name", &ferry.name));
        }
    }
    reach(found);
}

/// The days of the plan.
fn all_days(end: Minutes) -> Window {
    Window::new(Minutes::ZERO, end)
}

fn of_site(found: &mut Found<'_>, number: usize, site: &Site) {
    let problem = found.problem;
    let flaw = |flaw, key: &str| Unsound::new(flaw, format!("sites[{number}]{key}")).with("name", &site.name);
    if problem.paths.iter().all(|path| path.need[number].iter().all(|need| *need == Grams::ZERO)) {
        found.tell(flaw(Flaw::NeedsNothing, ""));
    }
    if let Some(Tank { stock, holds, smallest_lot, .. }) = &site.tank {
        if holds < smallest_lot {
            found.tell(flaw(Flaw::SmallTank, ".tank").with("found", holds).with("limit", smallest_lot));
        }
        if stock > holds {
            found.tell(flaw(Flaw::OverFull, ".tank").with("found", stock).with("limit", holds));
        }
    }
    if let Some(Rack { full, empty, room, .. }) = &site.rack {
        let shells = u64::from(*full) + u64::from(*empty);
        if shells > u64::from(*room) {
            found.tell(flaw(Flaw::Crammed, ".rack").with("found", shells).with("limit", room));
        }
    }
    let place = &problem.places[site.place.index()];
    let measured = problem.roads.measured.iter().any(|way| way.from == site.place || way.to == site.place);
    // Without coordinates it is reached only where a source or another facility stands at the very place.
    if place.at.is_none() && !measured {
        found.tell(flaw(Flaw::NoCoordinates, ".place").with("place", &place.name));
    }
    if !somebody_delivers(problem, SiteNo::of(number)) {
        found.tell(flaw(Flaw::NobodyDelivers, ""));
    }
}

fn of_source(found: &mut Found<'_>, number: usize, source: &Source) {
    let problem = found.problem;
    let flaw = |flaw| Unsound::new(flaw, format!("sources[{number}]")).with("name", &source.name);
    if source.released.is_none() {
        found.tell(flaw(Flaw::NotReleased));
    }
    let days = all_days(problem.end());
    if !source.loads.is_empty() && !source.loads.iter().any(|window| window.from < window.to && window.meets(days)) {
        found.tell(flaw(Flaw::NeverLoads));
    }
    let liquid = source.liquid.as_ref().is_some_and(|liquid| liquid.stock + liquid.made.iter().sum() > Grams::ZERO);
    // Empty shells that come back are filled where there is somebody to fill them.
    if !liquid && !source.cylinders.iter().any(|cylinders| cylinders.full > 0 || cylinders.fills > 0) {
        found.tell(flaw(Flaw::HasNothing));
    }
    let Some(lender) = source.lender else { return };
    let site = problem.site(lender);
    if let Some(liquid) = &source.liquid {
        let has = site.tank.as_ref().map_or(Grams::ZERO, |tank| tank.stock);
        if liquid.stock > has {
            found.tell(flaw(Flaw::LendsTooMuch).with("found", liquid.stock).with("limit", has));
        }
    }
    for cylinders in &source.cylinders {
        let has = site.rack.as_ref().filter(|rack| rack.size == cylinders.size).map_or(0, |rack| rack.full);
        if cylinders.full > has {
            found.tell(flaw(Flaw::LendsTooMuch).with("found", cylinders.full).with("limit", has));
        }
    }
}

/// Whether any source and vehicle may deliver anything to a site, ways aside.
pub fn somebody_delivers(problem: &Problem, site: SiteNo) -> bool {
    (0..problem.sources.len()).any(|source| !kinds(problem, SourceNo::of(source), site).is_empty())
}

/// What a source may deliver to a site with some vehicle: `true` stands for liquid, `false` for cylinders.
pub fn kinds(problem: &Problem, number: SourceNo, site: SiteNo) -> Vec<bool> {
    let (source, to) = (problem.source(number), problem.site(site));
    let based = source.lender.is_some() && source.lender != Some(site)
        || source.lender.is_none()
            && (problem.aims.emergency_purchase.is_some()
                || problem.contracts.iter().any(|contract| {
                    contract.source == number && (contract.sites.is_empty() || contract.sites.contains(&site))
                }));
    if !based || source.released.is_none() {
        return Vec::new();
    }
    let fits = |liquid: bool| {
        let vessel = if liquid {
            source.liquid.is_some() && to.tank.as_ref().is_some_and(|tank| tank.holds >= tank.smallest_lot)
        } else {
            let filled = |rack: &Rack| source.cylinders.iter().any(|cylinders| cylinders.size == rack.size);
            to.rack.as_ref().is_some_and(filled)
        };
        let carried = problem.vehicles.iter().any(|vehicle| {
            matches!(vehicle.carries, Carries::Liquid(_)) == liquid
                && vehicle.road <= to.road
                && vehicle.carries_for.is_none_or(|bound| bound == number)
        });
        vessel && carried && may_fill(problem, number, site, liquid).is_ok()
    };
    [true, false].into_iter().filter(|liquid| fits(*liquid)).collect()
}

/// Sites to which no way leads from any source within the plan, by way of other sites or not.
fn reach(found: &mut Found<'_>) {
    let problem = found.problem;
    let reached = reached(problem, &problem.roads);
    if reached.iter().any(|reached| *reached) {
        unreachable(found, &reached);
        return;
    }
    let open = Roads { closures: Vec::new(), ..problem.roads.clone() };
    let closed = !problem.roads.closures.is_empty() && self::reached(problem, &open).iter().any(|reached| *reached);
    if closed {
        found.tell(Unsound::new(Flaw::AllClosed, "roads.closures"));
    } else {
        unreachable(found, &reached);
    }
}

fn unreachable(found: &mut Found<'_>, reached: &[bool]) {
    for (number, site) in found.problem.sites.iter().enumerate().filter(|(number, _)| !reached[*number]) {
        let at = format!("sites[{number}].place");
        // Those without coordinates have been told.
        if !found.all.iter().any(|flaw| flaw.flaw == Flaw::NoCoordinates && flaw.at == at) {
            found.tell(Unsound::new(Flaw::Unreachable, format!("sites[{number}]")).with("name", &site.name));
        }
    }
}

/// Whether a vehicle that ferries take and that nobody delays can be at each site within the plan, straight from a source
/// or by way of other sites.
fn reached(problem: &Problem, roads: &Roads) -> Vec<bool> {
    let travel = Travel::of(&problem.places, roads);
    let boards = problem.vehicles.iter().any(|vehicle| vehicle.boards);
    let arrival = |from: PlaceNo, site: &Site, ready| ways::arrival(&travel, from, site.place, ready, boards).ok();
    let from_source = |site: &Site| problem.sources.iter().filter_map(|source| arrival(source.place, site, 0)).min();
    // The earliest arrival known; the site that is reached next settles it for itself, since who comes later leaves later.
    let mut first: Vec<Option<i64>> = problem.sites.iter().map(from_source).collect();
    let mut settled = vec![false; first.len()];
    let next = |first: &[Option<i64>], settled: &[bool]| {
        let open = (0..first.len()).filter(|site| !settled[*site]);
        open.filter_map(|site| Some((first[site]?, site))).min()
    };
    while let Some((ready, at)) = next(&first, &settled) {
        settled[at] = true;
        for (number, site) in problem.sites.iter().enumerate().filter(|(number, _)| !settled[*number]) {
            let there = arrival(problem.sites[at].place, site, ready);
            first[number] = first[number].into_iter().chain(there).min();
        }
    }
    let end = i64::from(problem.end().0);
    first.into_iter().map(|first| first.is_some_and(|there| there <= end)).collect()
}
