//! Ruin and recreate: take visits out, put the best ones back, keep what is better, and for a while what is a little
//! worse.

mod build;
mod choices;
mod ledger;
mod outcome;
mod prepared;
mod runs;
mod shells;
mod state;

use oxygen::dispatch::{Clock, Decision, Minutes, Plan, Problem, SiteNo, Trip, Window};

use self::build::{Bench, Terms};
pub use self::outcome::Solution;
use self::outcome::{plan_of, run_of};
use self::prepared::Prepared;
use self::runs::Run;
use self::state::State;
use crate::chance::Chance;

/// What a search may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Chooses among equals.
    pub seed: u64,
    /// The most tries; the stop function may end it earlier.
    pub iterations: u64,
}

/// Share of the cost of the first plan that a try may be worse at the beginning.
const WARM: f64 = 0.004;
/// Shares of the price of an hour at which first plans are built.
const SHARES: [f64; 3] = [0.5, 0.2, 0.0];
/// What is left of that after a thousand tries.
const COOLING: f64 = 0.75;

/// Searches a plan for a sound problem until `stop` says so or the tries are used up. The same seed and the same
/// number of tries give the same plan.
pub fn solve(problem: &Problem, limits: Limits, stop: &mut dyn FnMut() -> bool) -> Solution {
    let given = Prepared::new(problem);
    let mut search = Search::new(&given, limits.seed);
    search.begin();
    let mut iterations = 0;
    while iterations < limits.iterations && !stop() {
        search.step(iterations);
        iterations += 1;
    }
    search.finish(iterations)
}

struct Search<'a> {
    state: State<'a>,
    chance: Chance,
    bench: Bench,
    weights: Vec<f32>,
    cost: f64,
    best: Vec<Run>,
    best_cost: f64,
    warm: f64,
    /// What it costs when nothing moves.
    idle: f64,
    before: Plan,
}

impl<'a> Search<'a> {
    fn new(given: &'a Prepared, seed: u64) -> Self {
        Self {
            state: State::new(given),
            chance: Chance::new(seed),
            bench: Bench::default(),
            weights: Vec::new(),
            cost: 0.0,
            best: Vec::new(),
            best_cost: f64::INFINITY,
            warm: 0.0,
            idle: 0.0,
            before: given.problem.before.clone().unwrap_or_default(),
        }
    }

    /// What is fixed, what was announced and still holds, and then every site in the order of its distress.
    fn begin(&mut self) {
        let given = self.state.given;
        let kept = given.problem.pins.iter().filter_map(|pin| match &pin.decision {
            Decision::Keep(trip) => Some(trip.clone()),
            _ => None,
        });
        let kept: Vec<Trip> = kept.collect();
        let before = std::mem::take(&mut self.before);
        let frozen = |trip: &&Trip| given.problem.before.is_some() && trip.leaves < given.problem.frozen_until;
        for trip in before
            .trips
            .iter()
            .filter(frozen)
            .chain(kept.iter().filter(|trip| !before.trips.contains(trip) || !frozen(trip)))
        {
            if let Some(run) = run_of(given, trip, true) {
                self.state.add(run);
            }
        }
        self.state.settle();
        self.state.keep();
        self.idle = self.state.cost();
        for trip in before.trips.iter().filter(|trip| !frozen(trip) && !kept.contains(trip)) {
            self.announce(trip);
        }
        self.before = before;
        self.build(Terms::FREE);
        self.cost = self.state.cost();
        self.remember();
        // What is scarce shows once something stands: built again at its price, the first come do not take all of it.
        let dear = self.price();
        for share in SHARES {
            let ids: Vec<u32> = self.state.runs.all().filter(|(_, run)| !run.fixed).map(|(id, _)| id).collect();
            ids.into_iter().for_each(|id| self.state.put(id, None));
            self.state.settle();
            // Day after day, so that nothing is kept for later that is missing now.
            for day in 1..=self.state.given.problem.days as i32 {
                self.build(Terms { hour: dear.hour * share, until: Minutes::days(day), ..Terms::FREE });
            }
            self.build(Terms::FREE);
            let cost = self.state.cost();
            if cost < self.best_cost {
                self.cost = cost;
                self.remember();
            }
        }
        self.recall();
        self.warm = WARM * self.cost.max(1.0);
    }

    /// Takes over a trip of the plan before, if it still can take place.
    fn announce(&mut self, trip: &Trip) {
        let given = self.state.given;
        let Some(mut run) = run_of(given, trip, false) else { return };
        let stops: Vec<SiteNo> = run.loads.iter().map(|load| load.site).collect();
        let on = (run.vehicle, run.source);
        let mut clock = Clock::default();
        let ends = |clock: &Clock| clock.visits.last().is_some_and(|last| last.leaves <= given.end);
        if !clock.set(&given.problem, &given.travel, on, run.ready, &stops) || !ends(&clock) {
            return;
        }
        run.alive = given.alive(run.vehicle, run.source, &clock);
        run.clock = clock;
        let allowed = run.loads.iter().enumerate().all(|(stop, load)| {
            let ways = &given.ways[load.site.index()];
            let Some(way) = ways.iter().find(|way| run.goes(way) && way.ledger() == load.ledger) else { return false };
            let begins = run.clock.visits[stop].begins;
            way.has(run.vehicle)
                && !given.is_forbidden(load.site, run.source, begins)
                && given.problem.holds(load.basis, run.source, run.clock.loads)
                && self.state.runs.left(load.basis) >= load.units * load.unit
                && self.state.still_allowed(load.site) >= load.units * load.unit
                && load.units >= way.least
                && self.state.runs.slack(given, way, run.clock.loads) >= run.units_of(load.ledger)
        });
        let full = run.units() > given.capacity(run.vehicle);
        if !allowed || full || !self.state.runs.is_free(given, run.vehicle, &run.clock, None) {
            return;
        }
        self.state.add(run);
        if self.state.settle() { self.state.keep() } else { self.state.undo() }
    }

    /// Writes down the best plan.
    fn remember(&mut self) {
        self.best_cost = self.cost;
        self.best = self.state.runs.all().map(|(_, run)| run.clone()).collect();
    }

    /// Takes up the best plan again.
    fn recall(&mut self) {
        let ids: Vec<u32> = self.state.runs.all().map(|(id, _)| id).collect();
        ids.into_iter().for_each(|id| self.state.put(id, None));
        for run in self.best.clone() {
            self.state.add(run);
        }
        self.state.settle();
        self.state.keep();
        self.cost = self.state.cost();
    }

    /// A first plan: in rounds each site gets one visit, whoever costs most first, until no visit is worth its price.
    fn build(&mut self, terms: Terms) {
        let mut open: Vec<SiteNo> = (0..self.state.given.sites.len()).map(SiteNo::of).collect();
        while !open.is_empty() {
            self.state.weights(&mut self.weights);
            let distress = |site: &SiteNo| self.state.costs(*site).iter().map(|cost| f64::from(*cost)).sum::<f64>();
            open.sort_by(|one, other| distress(other).total_cmp(&distress(one)).then(one.cmp(other)));
            let round = std::mem::take(&mut open);
            for site in round {
                let added = self.bench.serve(
                    &mut self.state,
                    site,
                    &self.weights,
                    &mut self.chance,
                    Terms { most: 1, ..terms },
                );
                if !self.state.settle() {
                    self.state.undo();
                } else if added > 0 {
                    self.state.keep();
                    open.push(site);
                }
            }
        }
    }

    /// One try.
    fn step(&mut self, iteration: u64) {
        let chosen = self.ruin();
        self.state.weights(&mut self.weights);
        let dear = self.scarce();
        for terms in dear.into_iter().chain([Terms::FREE]) {
            for site in &chosen {
                self.bench.serve(&mut self.state, *site, &self.weights, &mut self.chance, terms);
            }
        }
        let sound = self.state.settle();
        let cost = self.state.cost();
        let warm = self.warm * COOLING.powf(iteration as f64 / 1_000.0);
        // An exponential draw: a little worse is common, much worse is rare.
        let worse = -warm * self.chance.share().max(1e-12).ln();
        if !sound || cost > self.cost + worse {
            self.state.undo();
            return;
        }
        self.state.keep();
        self.cost = cost;
        if cost < self.best_cost - 1e-9 {
            self.remember();
        }
    }

    /// Prices of what is scarce, by chance: a share of what an hour, or a kilogram, saves on the whole.
    fn scarce(&mut self) -> Option<Terms> {
        let of_hour = self.chance.below(3) > 0;
        let of_kilogram = self.chance.below(3) == 0;
        let whole = self.price();
        let hour = if of_hour { whole.hour * self.chance.share() } else { 0.0 };
        let kilogram = if of_kilogram { whole.kilogram * self.chance.share() } else { 0.0 };
        (hour > 0.0 || kilogram > 0.0).then_some(Terms { hour, kilogram, ..Terms::FREE })
    }

    /// What an hour of the trips, and a kilogram, saves on the whole.
    fn price(&self) -> Terms {
        let (hours, kilograms) = self.state.runs.all().fold((0.0, 0.0), |sum: (f64, f64), (_, run)| {
            let hours = (run.clock.back - run.clock.leaves).as_hours();
            let grams = run.loads.iter().map(|load| load.units * load.unit).sum::<i64>();
            (sum.0 + hours, sum.1 + grams as f64 / 1_000.0)
        });
        let saved = (self.idle - self.cost).max(0.0);
        let of = |whole: f64| if whole > 0.0 { saved / whole } else { 0.0 };
        Terms { hour: of(hours), kilogram: of(kilograms), ..Terms::FREE }
    }

    /// Takes visits out; gives back the sites that are to be served again, in their order.
    fn ruin(&mut self) -> Vec<SiteNo> {
        let first = self.any_site();
        match self.chance.below(20) {
            0..6 => self.take_out(vec![first]),
            6..10 => self.neighbours(first),
            10..12 => self.rivals(first),
            12..14 => self.trips_of_a_vehicle(first),
            _ => self.make_way(first),
        }
    }

    /// All visits of the sites.
    fn take_out(&mut self, mut chosen: Vec<SiteNo>) -> Vec<SiteNo> {
        chosen.iter().for_each(|site| self.state.remove_site(*site));
        self.chance.shuffle(&mut chosen);
        chosen
    }

    /// All visits of several sites that lie together.
    fn neighbours(&mut self, first: SiteNo) -> Vec<SiteNo> {
        let near = &self.state.given.near[first.index()];
        let mut chosen = vec![first];
        for _ in 0..1 + self.chance.below(4) {
            let other = near.get(self.chance.below(near.len().min(12)));
            chosen.extend(other.map(|site| SiteNo(*site)).filter(|site| !chosen.contains(site)));
        }
        self.take_out(chosen)
    }

    /// All visits of two or three sites that draw on the same source.
    fn rivals(&mut self, first: SiteNo) -> Vec<SiteNo> {
        let mut chosen = vec![first];
        let visits = self.state.visits(first);
        if let Some(visit) = visits.get(self.chance.below(visits.len())) {
            let loads = self.state.runs.of_source(visit.source);
            for _ in 0..1 + self.chance.below(2) {
                let Some((_, id)) = loads.get(self.chance.below(loads.len())) else { break };
                let Some(run) = self.state.runs.get(*id) else { break };
                let other = run.loads[self.chance.below(run.loads.len())].site;
                if !chosen.contains(&other) {
                    chosen.push(other);
                }
            }
        }
        self.take_out(chosen)
    }

    /// The trips of one vehicle within two days; whoever was visited is served again.
    fn trips_of_a_vehicle(&mut self, first: SiteNo) -> Vec<SiteNo> {
        let visits = self.state.visits(first);
        let Some(visit) = visits.get(self.chance.below(visits.len())) else { return vec![first] };
        let from = visit.begins - Minutes::DAY;
        let near = |out: &Window| out.to >= from && out.from < from + Minutes::days(2);
        let trips = self.state.runs.of_vehicle(visit.vehicle).iter();
        let ids: Vec<u32> = trips.filter(|(out, _)| near(out)).map(|(_, id)| *id).collect();
        let mut chosen = self.remove_trips(&ids);
        self.chance.shuffle(&mut chosen);
        chosen
    }

    /// Trips that take from a site what it could use, a vehicle or a source's oxygen, make way for it: it is served
    /// first, whoever they visited after it.
    fn make_way(&mut self, first: SiteNo) -> Vec<SiteNo> {
        let given = self.state.given;
        let ways = &given.ways[first.index()];
        let Some(way) = ways.get(self.chance.below(ways.len())) else { return vec![first] };
        let (vehicle, _) = way.vehicles[self.chance.below(way.vehicles.len())];
        let by_source = self.chance.below(2) == 0;
        let ids: Vec<u32> = if by_source {
            self.state.runs.of_source(way.source).iter().map(|(_, id)| *id).collect()
        } else {
            self.state.runs.of_vehicle(vehicle).iter().map(|(_, id)| *id).collect()
        };
        let count = 1 + self.chance.below(3);
        let from = self.chance.below(ids.len());
        let ids: Vec<u32> = ids.into_iter().skip(from).take(count).collect();
        let mut others = self.remove_trips(&ids);
        self.chance.shuffle(&mut others);
        if self.chance.below(2) == 0 {
            self.state.remove_site(first);
        }
        others.retain(|site| *site != first);
        others.insert(0, first);
        others
    }

    fn remove_trips(&mut self, ids: &[u32]) -> Vec<SiteNo> {
        let mut visited = Vec::new();
        for id in ids {
            let Some(run) = self.state.runs.get(*id).filter(|run| !run.fixed) else { continue };
            let sites: Vec<SiteNo> = run.loads.iter().map(|load| load.site).collect();
            self.state.put(*id, None);
            visited.extend(sites.into_iter().filter(|site| !visited.contains(site)).collect::<Vec<_>>());
        }
        visited
    }

    /// A site: any, or one that costs more than another.
    fn any_site(&mut self) -> SiteNo {
        let sites = self.state.given.sites.len();
        let mut draw = || SiteNo::of(self.chance.below(sites));
        let (one, other) = (draw(), draw());
        let cost = |site: SiteNo| self.state.costs(site).iter().sum::<f32>();
        if self.chance.share() < 0.5 || cost(one) >= cost(other) { one } else { other }
    }

    fn finish(mut self, iterations: u64) -> Solution {
        let given = self.state.given;
        if self.cost <= self.best_cost + 1e-9 {
            self.best = self.state.runs.all().map(|(_, run)| run.clone()).collect();
        }
        Solution { plan: plan_of(given, &self.best), cost: self.best_cost, iterations }
    }
}

/// What a plan costs on the paths of a problem, in weighted patient-days, as the search counts.
pub fn cost(problem: &Problem, plan: &Plan) -> f64 {
    let given = Prepared::new(problem);
    let mut state = State::new(&given);
    for run in plan.trips.iter().filter_map(|trip| run_of(&given, trip, true)) {
        state.add(run);
    }
    state.settle();
    state.cost()
}
