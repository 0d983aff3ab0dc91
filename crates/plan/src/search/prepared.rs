//! A problem made ready for the search: what may serve whom is worked out once.

use oxygen::dispatch::{
    Basis, Carries, Clock, Decision, Kind, Minutes, PlaceNo, Problem, SiteNo, SourceNo, Travel, VehicleNo, Window,
};
use quantity::Grams;

use crate::stock::SitePaths;

/// Liquid is ordered in tens of kilograms.
const TEN_KG: i64 = 10_000;

/// One manner in which a site may be served: from a source, into its tank or with cylinders.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub source: SourceNo,
    pub tank: bool,
    /// Place among the source's sizes of cylinders; 0 for liquid.
    pub size: usize,
    /// Grams in one unit: 1 for liquid, the content of a full cylinder otherwise.
    pub unit: i64,
    /// The least units of a stop.
    pub least: i64,
    pub bases: Vec<Basis>,
    /// What a trip of the cheapest vehicle costs at least.
    pub cost: f64,
    /// The cheapest to send first, each with the time that a trip takes at least.
    pub vehicles: Vec<(VehicleNo, Minutes)>,
    /// The same, those that carry most first.
    pub largest: Vec<(VehicleNo, Minutes)>,
}

impl Way {
    /// Whether a vehicle may go.
    pub fn has(&self, vehicle: VehicleNo) -> bool {
        self.vehicles.iter().any(|(other, _)| *other == vehicle)
    }

    /// Its place among the ledgers of its source.
    pub fn ledger(&self) -> usize {
        if self.tank { 0 } else { 1 + self.size }
    }
}

/// A visit that was announced in the plan before and may be changed for a price.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced {
    pub source: SourceNo,
    pub vehicle: VehicleNo,
    pub at: Minutes,
    pub grams: i64,
}

/// What a person wants of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// At least so many grams in a window, from a source or any.
    pub deliver: Vec<(Window, Option<SourceNo>, i64)>,
    pub forbid: Vec<(Window, Option<SourceNo>)>,
    pub at_most: Option<i64>,
}

/// A problem made ready.
pub(crate) struct Prepared {
    pub problem: Problem,
    pub travel: Travel,
    pub sites: Vec<SitePaths>,
    pub ways: Vec<Vec<Way>>,
    pub announced: Vec<Vec<Announced>>,
    pub wanted: Vec<Wanted>,
    pub end: Minutes,
    /// Sites in the order of their distance from each.
    pub near: Vec<Vec<u32>>,
    /// Sources that lend from a site's own stock.
    pub lends: Vec<Vec<SourceNo>>,
    /// Mean need of each day that the site's plant does not make, in kilograms.
    mean_need: Vec<Vec<f64>>,
    /// Made by liquid sources until the beginning of each day, in grams.
    made: Vec<Vec<i64>>,
    all_paths: u64,
    sources_out: Vec<Vec<(Window, u64)>>,
    vehicles_out: Vec<Vec<(Window, u64)>>,
}

impl Prepared {
    /// Makes a problem ready. It must be sound; of its paths the first [`crate::stock::MOST_PATHS`] count.
    pub fn new(problem: &Problem) -> Self {
        let mut problem = problem.decided();
        problem.paths.truncate(crate::stock::MOST_PATHS);
        let days = problem.days as usize;
        let travel = Travel::of(&problem.places, &problem.roads);
        let paths = |(of, site)| SitePaths::new(site, of, &problem.paths, days, &problem.aims);
        let sites = problem.sites.iter().enumerate().map(paths).collect();
        let ways = (0..problem.sites.len()).map(|site| ways(&problem, &travel, SiteNo::of(site))).collect();
        let made = problem.sources.iter().map(|source| made_until(source.liquid.as_ref(), days)).collect();
        let mut sources_out = vec![Vec::new(); problem.sources.len()];
        let mut vehicles_out = vec![Vec::new(); problem.vehicles.len()];
        for (lane, path) in problem.paths.iter().enumerate() {
            let lost = 1_u64 << lane;
            path.sources_out.iter().for_each(|out| sources_out[out.of.index()].push((out.when, lost)));
            path.vehicles_out.iter().for_each(|out| vehicles_out[out.of.index()].push((out.when, lost)));
        }
        let all_paths = if problem.paths.len() >= 64 { u64::MAX } else { (1 << problem.paths.len()) - 1 };
        let mut wanted = vec![Wanted::default(); problem.sites.len()];
        for pin in &problem.pins {
            match &pin.decision {
                Decision::Deliver { site, source, when, least } => {
                    wanted[site.index()].deliver.push((*when, *source, least.0));
                }
                Decision::Forbid { site, source, when } => wanted[site.index()].forbid.push((*when, *source)),
                Decision::AtMost { site, most } => {
                    let bound = &mut wanted[site.index()].at_most;
                    *bound = Some(bound.map_or(most.0, |other: i64| other.min(most.0)));
                }
                _ => {}
            }
        }
        let announced = announced(&problem);
        let mut lends = vec![Vec::new(); problem.sites.len()];
        for (number, source) in problem.sources.iter().enumerate() {
            source.lender.iter().for_each(|site| lends[site.index()].push(SourceNo::of(number)));
        }
        let mean_need = (0..problem.sites.len()).map(|site| mean_need(&problem, site)).collect();
        let near = near(&problem, &travel);
        let end = problem.end();
        Self {
            travel,
            sites,
            ways,
            announced,
            wanted,
            end,
            near,
            lends,
            mean_need,
            made,
            all_paths,
            sources_out,
            vehicles_out,
            problem,
        }
    }

    /// Paths on which a trip takes place.
    pub fn alive(&self, vehicle: VehicleNo, source: SourceNo, clock: &Clock) -> u64 {
        let out = clock.out();
        let no_load = self.sources_out[source.index()].iter().filter(|(when, _)| when.holds(clock.loads));
        let broken = self.vehicles_out[vehicle.index()].iter().filter(|(when, _)| when.meets(out));
        no_load.chain(broken).fold(self.all_paths, |alive, (_, lost)| alive & !lost)
    }

    /// What a liquid source has had until a minute, loads not taken off, in grams.
    pub fn liquid_until(&self, source: SourceNo, at: Minutes) -> i64 {
        let Some(liquid) = &self.problem.source(source).liquid else { return 0 };
        let day = at.day();
        let made = &self.made[source.index()];
        let whole = made[day.min(made.len() - 1)];
        let today = liquid.made.get(day).map_or(0, |made| made.0);
        let minute = i64::from((at.0 - day as i32 * Minutes::DAY.0).max(0));
        liquid.stock.0 + whole + today * minute / i64::from(Minutes::DAY.0)
    }

    /// Mean need of a day that the site's own plant does not make, in kilograms.
    pub fn mean_need(&self, site: usize, day: usize) -> f64 {
        self.mean_need[site].get(day).copied().unwrap_or(0.0)
    }

    /// Whether nobody may unload at a site then.
    pub fn is_forbidden(&self, site: SiteNo, source: SourceNo, begins: Minutes) -> bool {
        let forbids =
            |(when, from): &(Window, Option<SourceNo>)| when.holds(begins) && from.is_none_or(|from| from == source);
        self.wanted[site.index()].forbid.iter().any(forbids)
    }

    /// An amount as somebody would order it: liquid in tens of kilograms.
    pub fn rounded(&self, way: &Way, units: i64) -> i64 {
        let tens = units - units % TEN_KG;
        if way.tank && tens >= way.least { tens } else { units }
    }

    /// Whether anything of a site's cost hangs on no path.
    pub fn has_extra(&self, site: SiteNo) -> bool {
        let problem = &self.problem;
        !self.wanted[site.index()].deliver.is_empty()
            || problem.aims.emergency_purchase.is_some()
            || problem.before.is_some()
    }

    /// Units that a vehicle carries: grams, or cylinders.
    pub fn capacity(&self, vehicle: VehicleNo) -> i64 {
        carried(&self.problem, vehicle)
    }
}

fn made_until(liquid: Option<&oxygen::dispatch::Liquid>, days: usize) -> Vec<i64> {
    let made = |day: usize| liquid.and_then(|liquid| liquid.made.get(day)).map_or(0, |made: &Grams| made.0);
    let mut until = vec![0];
    for day in 0..days {
        until.push(until[day] + made(day));
    }
    until
}

/// The nearest sources first.
fn ways(problem: &Problem, travel: &Travel, site: SiteNo) -> Vec<Way> {
    let mut ways = Vec::new();
    let numbers = (0..problem.vehicles.len()).map(VehicleNo::of);
    let kinds: Vec<(VehicleNo, Kind)> =
        numbers.filter_map(|vehicle| Some((vehicle, problem.kind_for(vehicle, site).ok()?))).collect();
    for source in (0..problem.sources.len()).map(SourceNo::of) {
        let place = problem.source(source).place;
        if travel.leg(place, problem.site(site).place).is_none() {
            continue;
        }
        for tank in [true, false] {
            let fits = |kind: &Kind| matches!(kind, Kind::Liquid) == tank;
            let Some((_, kind)) = kinds.iter().find(|(_, kind)| fits(kind)) else { continue };
            let Ok(bases) = problem.bases(source, site, *kind) else { continue };
            let carries = |vehicle: &VehicleNo| problem.carries_for(*vehicle, source).is_ok();
            let mut vehicles: Vec<VehicleNo> = kinds
                .iter()
                .filter(|(vehicle, kind)| fits(kind) && carries(vehicle))
                .map(|(vehicle, _)| *vehicle)
                .collect();
            if vehicles.is_empty() {
                continue;
            }
            let cheap = |vehicle: &VehicleNo| least_cost(problem, travel, *vehicle, source, site);
            vehicles.sort_by(|one, other| cheap(one).total_cmp(&cheap(other)).then(one.cmp(other)));
            let mut largest = vehicles.clone();
            largest.sort_by_key(|vehicle| std::cmp::Reverse(carried(problem, *vehicle)));
            let (size, unit, least) = match kind {
                Kind::Liquid => {
                    let lot = problem.site(site).tank.as_ref().map_or(1, |tank| tank.smallest_lot.0);
                    (0, 1, lot.max(1_000))
                }
                Kind::Cylinders(size) => {
                    let filled = &problem.source(source).cylinders;
                    let at = filled.iter().position(|filled| filled.size == *size);
                    (at.unwrap_or(0), size.full().0.max(1), 1)
                }
            };
            let cost = cheap(&vehicles[0]);
            let timed = |vehicle: VehicleNo| (vehicle, shortest(problem, travel, vehicle, source, site));
            let vehicles = vehicles.into_iter().map(timed).collect();
            let largest = largest.into_iter().map(timed).collect();
            ways.push((cost, Way { source, tank, size, unit, least, bases, cost, vehicles, largest }));
        }
    }
    ways.sort_by(|one, other| one.0.total_cmp(&other.0));
    ways.into_iter().map(|(_, way)| way).collect()
}

/// Visits of the plan before that are neither frozen nor free.
fn announced(problem: &Problem) -> Vec<Vec<Announced>> {
    let mut announced = vec![Vec::new(); problem.sites.len()];
    let Some(before) = &problem.before else { return announced };
    for (trip, stop) in before.stops() {
        let open = trip.leaves >= problem.frozen_until && stop.begins < problem.slushy_until;
        if open && let Some(list) = announced.get_mut(stop.site.index()).filter(|list| list.len() < 64) {
            let grams = stop.amount.grams().0;
            list.push(Announced { source: trip.source, vehicle: trip.vehicle, at: stop.leaves, grams });
        }
    }
    announced
}

fn near(problem: &Problem, travel: &Travel) -> Vec<Vec<u32>> {
    let far = |from: usize, to: usize| {
        let leg = travel.leg(problem.sites[from].place, problem.sites[to].place);
        leg.map_or(i32::MAX, |leg| travel.least(leg).0)
    };
    let others = |from: usize| {
        let mut others: Vec<u32> = (0..problem.sites.len() as u32).filter(|to| *to as usize != from).collect();
        others.sort_by_key(|to| (far(from, *to as usize), *to));
        others
    };
    (0..problem.sites.len()).map(others).collect()
}

fn mean_need(problem: &Problem, site: usize) -> Vec<f64> {
    let net = |path: &oxygen::dispatch::Path, day: usize| {
        let made = path.made.get(site).and_then(|made| made.get(day)).map_or(0, |made| made.0);
        (path.need[site][day].0 - made).max(0)
    };
    let sum = |day| problem.paths.iter().map(|path| net(path, day)).sum::<i64>();
    (0..problem.days as usize).map(|day| sum(day) as f64 / problem.paths.len().max(1) as f64 / 1_000.0).collect()
}

fn carried(problem: &Problem, vehicle: VehicleNo) -> i64 {
    match problem.vehicle(vehicle).carries {
        Carries::Liquid(most) => most.0,
        Carries::Cylinders(most) => i64::from(most),
    }
}

/// What a trip to one site costs when nobody waits.
fn least_cost(problem: &Problem, travel: &Travel, vehicle: VehicleNo, source: SourceNo, site: SiteNo) -> f64 {
    let (depot, from, to) = (problem.vehicle(vehicle).depot, problem.source(source).place, problem.site(site).place);
    let back = if matches!(problem.vehicle(vehicle).carries, Carries::Cylinders(_)) { from } else { to };
    let ways = [(depot, from), (from, to), (to, back), (back, depot)];
    let cost = |(from, to): &(PlaceNo, PlaceNo)| match travel.leg(*from, *to) {
        None => f64::MAX / 8.0,
        Some(leg) => {
            let hours = travel.least(leg).as_hours() * problem.aims.hour;
            hours + leg.metres as f64 / 1_000.0 * problem.aims.kilometre
        }
    };
    ways.iter().map(cost).sum()
}

/// How long a trip to one site takes at least.
fn shortest(problem: &Problem, travel: &Travel, vehicle: VehicleNo, source: SourceNo, site: SiteNo) -> Minutes {
    let (depot, from, to) = (problem.vehicle(vehicle).depot, problem.source(source), problem.site(site));
    let back = if matches!(problem.vehicle(vehicle).carries, Carries::Cylinders(_)) { from.place } else { to.place };
    let ways = [(depot, from.place), (from.place, to.place), (to.place, back), (back, depot)];
    let drive = |(from, to)| travel.leg(from, to).map_or(Minutes::NEVER, |leg| travel.least(leg));
    let whole = ways.into_iter().map(|way| i64::from(drive(way).0)).sum::<i64>();
    Minutes(whole.min(i64::from(Minutes::NEVER.0)) as i32) + from.loading + to.unloading
}
