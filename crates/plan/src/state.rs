//! A plan in the making: its trips, what every site has on every path because of them, what all of it costs, and a
//! journal by which a try is taken back.

use oxygen::dispatch::{Basis, Clock, Minutes, SiteNo, SourceNo, VehicleNo};

use crate::prepared::Prepared;
use crate::runs::{Load, Run, Runs};
use crate::shells::Mean;
use crate::stock::{Drop, Lanes};

/// What a missing tonne of a delivery that a person asked for costs: more than anything that the search could gain.
const ASKED_TONNE: f64 = 10_000.0;
/// How far a visit may move, in minutes, and still be the one that was announced.
const SAME_VISIT: i32 = 120;
/// How far its amount may move.
const SAME_AMOUNT: f64 = 0.1;

/// A visit as its site sees it; a lender is visited by whoever takes from it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Visit {
    pub drop: Drop,
    pub begins: Minutes,
    pub run: u32,
    pub source: SourceNo,
    pub vehicle: VehicleNo,
    /// Grams brought; negative for a lender.
    pub grams: i64,
    pub basis: Basis,
}

enum Undo {
    Run(u32, Option<Run>),
    Empties(u32, usize, u32),
    Site(usize, Vec<f32>, f64),
}

/// A plan in the making.
pub(crate) struct State<'a> {
    pub given: &'a Prepared,
    pub runs: Runs,
    visits: Vec<Vec<Visit>>,
    drops: Vec<Vec<Drop>>,
    costs: Vec<Vec<f32>>,
    /// What hangs on no path: pins, changes, purchases without contract.
    extra: Vec<f64>,
    total: Vec<f64>,
    extras: f64,
    journal: Vec<Undo>,
    touched: Vec<usize>,
    lanes: Lanes,
}

impl<'a> State<'a> {
    pub fn new(given: &'a Prepared) -> Self {
        let sites = given.sites.len();
        let paths = given.problem.paths.len();
        let mut state = Self {
            given,
            runs: Runs::new(given),
            visits: vec![Vec::new(); sites],
            drops: vec![Vec::new(); sites],
            costs: vec![vec![0.0; paths]; sites],
            extra: vec![0.0; sites],
            total: vec![0.0; paths],
            extras: 0.0,
            journal: Vec::new(),
            touched: (0..sites).collect(),
            lanes: Lanes::default(),
        };
        state.settle();
        state.keep();
        state
    }

    /// Visits of a site, in the order of time.
    pub fn visits(&self, site: SiteNo) -> &[Visit] {
        &self.visits[site.index()]
    }

    /// The same as its stock sees them.
    pub fn drops(&self, site: SiteNo) -> &[Drop] {
        &self.drops[site.index()]
    }

    /// What each path costs a site.
    pub fn costs(&self, site: SiteNo) -> &[f32] {
        &self.costs[site.index()]
    }

    /// Puts a trip in the place of another (or of none), and remembers how it was.
    pub fn put(&mut self, id: u32, run: Option<Run>) {
        let old = self.exchange(id, run);
        self.journal.push(Undo::Run(id, old));
    }

    /// The same for a new trip.
    pub fn add(&mut self, run: Run) -> u32 {
        let id = self.runs.vacant();
        self.put(id, Some(run));
        id
    }

    fn exchange(&mut self, id: u32, run: Option<Run>) -> Option<Run> {
        if let Some(run) = &run {
            self.touch(run.source, &run.loads);
        }
        let old = self.runs.replace(self.given, id, run);
        if let Some(old) = &old {
            self.touch(old.source, &old.loads);
        }
        old
    }

    fn touch(&mut self, source: SourceNo, loads: &[Load]) {
        let lender = self.given.problem.source(source).lender;
        for site in loads.iter().map(|load| load.site).chain(lender) {
            if !self.touched.contains(&site.index()) {
                self.touched.push(site.index());
            }
        }
    }

    /// Takes the stops of a site out of every trip that the search may touch; a trip without stops ends.
    pub fn remove_site(&mut self, site: SiteNo) {
        let ids: Vec<u32> = self.runs.of_site(site).to_vec();
        for id in ids {
            self.remove_stop(id, site);
        }
    }

    /// Takes the stop of a site out of a trip that the search may touch.
    pub fn remove_stop(&mut self, id: u32, site: SiteNo) {
        let Some(run) = self.runs.get(id).filter(|run| !run.fixed) else { return };
        let mut run = run.clone();
        run.loads.retain(|load| load.site != site);
        if run.loads.is_empty() {
            return self.put(id, None);
        }
        let stops: Vec<SiteNo> = run.loads.iter().map(|load| load.site).collect();
        let given = self.given;
        let on = (run.vehicle, run.source);
        let mut clock = Clock::default();
        let sound = clock.set(&given.problem, &given.travel, on, run.ready, &stops)
            && self.runs.is_free(given, run.vehicle, &clock, Some(id));
        if sound {
            run.alive = given.alive(run.vehicle, run.source, &clock);
            run.clock = clock;
            self.put(id, Some(run));
        } else {
            self.put(id, None);
        }
    }

    /// Makes the visits of one site true again after a change of trips; its costs stay as they were.
    pub fn refresh(&mut self, site: SiteNo) {
        let of = site.index();
        let visits = &mut self.visits[of];
        visits.clear();
        for id in self.runs.of_site(site) {
            let Some(run) = self.runs.get(*id) else { continue };
            for (stop, load) in run.loads.iter().enumerate().filter(|(_, load)| load.site == site) {
                let visit = run.clock.visits[stop];
                let grams = load.units * run.unit;
                let drop = Drop { at: visit.leaves, tank: run.tank, kg: grams as f32 / 1_000.0, alive: run.alive };
                visits.push(Visit {
                    drop,
                    begins: visit.begins,
                    run: *id,
                    source: run.source,
                    vehicle: run.vehicle,
                    grams,
                    basis: load.basis,
                });
            }
        }
        for source in self.given.lends[of].iter() {
            for (_, id) in self.runs.of_source(*source) {
                let Some(run) = self.runs.get(*id) else { continue };
                let grams = -run.units() * run.unit;
                let drop = Drop { at: run.clock.loaded, tank: run.tank, kg: grams as f32 / 1_000.0, alive: run.alive };
                visits.push(Visit {
                    drop,
                    begins: run.clock.loaded,
                    run: *id,
                    source: *source,
                    vehicle: run.vehicle,
                    grams,
                    basis: Basis::Loan,
                });
            }
        }
        visits.sort_by_key(|visit| (visit.drop.at, visit.run));
        self.drops[of].clear();
        self.drops[of].extend(self.visits[of].iter().map(|visit| visit.drop));
    }

    /// Makes everything true again after a change of trips. `false` when the change cannot stand: shells do not fit,
    /// filled cylinders are missing.
    pub fn settle(&mut self) -> bool {
        let touched = std::mem::take(&mut self.touched);
        let mut sound = true;
        for of in &touched {
            self.refresh(SiteNo::of(*of));
            sound &= self.recount_shells(*of);
            let mut costs = vec![0.0; self.total.len()];
            self.given.sites[*of].run(&self.drops[*of], &mut self.lanes);
            self.given.sites[*of].costs(&self.lanes, &mut costs);
            let extra = self.extra_of(*of, None);
            for (lane, cost) in costs.iter().enumerate() {
                self.total[lane] += f64::from(*cost) - f64::from(self.costs[*of][lane]);
            }
            self.extras += extra - self.extra[*of];
            let before = std::mem::replace(&mut self.costs[*of], costs);
            self.journal.push(Undo::Site(*of, before, std::mem::replace(&mut self.extra[*of], extra)));
        }
        sound && self.shells_are_there(&touched)
    }

    /// How many empty cylinders go back with each visit; `false` when full and empty ones do not fit.
    fn recount_shells(&mut self, of: usize) -> bool {
        let Some(rack) = &self.given.problem.sites[of].rack else { return true };
        let content = rack.size.full().0;
        let (mut brought, mut taken) = (0_i64, 0_i64);
        let mut mean = Mean::begin(self.given, of);
        let mut sound = true;
        for at in 0..self.visits[of].len() {
            let visit = self.visits[of][at];
            mean.go(self.given, of, visit.drop.at);
            let used = empties_of(mean.used, content);
            mean.unload(self.given, of, &visit.drop);
            if visit.drop.tank {
                continue;
            }
            let full = visit.grams / content;
            if full < 0 {
                // Lent: full shells leave.
                taken -= full;
                continue;
            }
            let may = (i64::from(rack.empty) + used - taken).clamp(0, full);
            brought += full;
            let Some(run) = self.runs.get(visit.run) else { continue };
            let Some(stop) = run.loads.iter().position(|load| load.site.index() == of) else { continue };
            let told = run.loads[stop].empties;
            let empties = if run.fixed { told } else { may as u32 };
            if told != empties {
                self.journal.push(Undo::Empties(visit.run, stop, told));
                self.runs.set_empties(self.given, visit.run, stop, empties);
            }
            taken += i64::from(empties);
            sound &= i64::from(rack.full + rack.empty) + brought - taken <= i64::from(rack.room);
        }
        sound
    }

    /// Whether every source that delivers cylinders to one of the sites has them when they are loaded.
    fn shells_are_there(&self, sites: &[usize]) -> bool {
        sites.iter().all(|of| {
            let ways = self.given.ways[*of].iter().filter(|way| !way.tank);
            ways.into_iter().all(|way| self.runs.least(way) >= 0)
        })
    }

    /// Grams that a site may still get.
    pub fn still_allowed(&self, site: SiteNo) -> i64 {
        let Some(most) = self.given.wanted[site.index()].at_most else { return i64::MAX };
        most - self.visits(site).iter().map(|visit| visit.grams.max(0)).sum::<i64>()
    }

    /// How many of so many cylinders a site has room for at a minute, its later visits counted: on the path of mean
    /// needs full ones never pass its room. (Empty ones go back as far as there are any, so no more shells stand there
    /// than that.)
    pub fn shells_for(&self, site: SiteNo, at: Minutes, wanted: i64) -> i64 {
        let of = site.index();
        let Some(rack) = &self.given.problem.sites[of].rack else { return 0 };
        let content = rack.size.full().as_kg();
        let room = f64::from(rack.room) * content;
        let drops = &self.drops[of];
        let mut before = Mean::begin(self.given, of);
        let later = drops.partition_point(|drop| drop.at < at);
        for drop in &drops[..later] {
            before.go(self.given, of, drop.at);
            before.unload(self.given, of, drop);
        }
        before.go(self.given, of, at);
        let mut units = wanted.min(((room - before.rack) / content - 1e-3).floor() as i64);
        for _ in 0..4 {
            if units < 1 {
                return 0;
            }
            let mut mean = before;
            mean.add(units as f64 * content);
            let mut excess = 0.0_f64;
            for drop in &drops[later..] {
                mean.go(self.given, of, drop.at);
                if !drop.tank {
                    excess = excess.max(mean.rack + f64::from(drop.kg) - room);
                }
                mean.unload(self.given, of, drop);
            }
            if excess <= 0.0 {
                return units;
            }
            units -= (excess / content).ceil() as i64;
        }
        0
    }

    /// What a site costs beside its paths, with one more visit.
    pub fn extra_with(&self, site: SiteNo, visit: &Visit) -> f64 {
        if self.given.has_extra(site) {
            self.extra_of(site.index(), Some(visit)) - self.extra[site.index()]
        } else {
            0.0
        }
    }

    fn extra_of(&self, of: usize, more: Option<&Visit>) -> f64 {
        let given = self.given;
        if !given.has_extra(SiteNo::of(of)) {
            return 0.0;
        }
        let visits = || self.visits[of].iter().chain(more).filter(|visit| visit.grams > 0);
        let wanted = &given.wanted[of];
        let mut extra = 0.0;
        for (when, source, least) in &wanted.deliver {
            let fits = |visit: &&Visit| when.holds(visit.begins) && source.is_none_or(|source| source == visit.source);
            let comes: i64 = visits().filter(fits).map(|visit| visit.grams).sum();
            extra += (least - comes).max(0) as f64 / 1e6 * ASKED_TONNE;
        }
        if let Some(price) = given.problem.aims.emergency_purchase {
            let patient = given.problem.sites[of].patient_day.0.max(1) as f64;
            let bought = visits().filter(|visit| visit.basis == Basis::EmergencyPurchase);
            extra += bought.map(|visit| visit.grams as f64 / patient * price).sum::<f64>();
        }
        extra + self.changes(of, visits) * given.problem.aims.change
    }

    /// Visits that were announced and do not take place, and visits of the same days that were not announced.
    fn changes<'v, I: Iterator<Item = &'v Visit>>(&self, of: usize, visits: impl Fn() -> I) -> f64 {
        let given = self.given;
        if given.problem.before.is_none() {
            return 0.0;
        }
        let announced = &given.announced[of];
        let mut met = 0_u64;
        let mut changed = 0;
        for visit in visits() {
            let open = self.runs.get(visit.run).is_none_or(|run| !run.fixed);
            if !open || visit.begins >= given.problem.slushy_until {
                continue;
            }
            let same = announced.iter().enumerate().position(|(at, told)| {
                let near = (told.at - visit.drop.at).0.abs() <= SAME_VISIT;
                let amount = (told.grams - visit.grams).abs() as f64 <= SAME_AMOUNT * told.grams as f64;
                let by = told.source == visit.source && told.vehicle == visit.vehicle;
                near && amount && by && met >> at & 1 == 0
            });
            match same {
                Some(at) => met |= 1 << at,
                None => changed += 1,
            }
        }
        f64::from(changed + announced.len() as u32 - met.count_ones())
    }

    /// What all of it costs: the mean of all paths and that of the worst, each by its share, and what hangs on none.
    pub fn cost(&self) -> f64 {
        let aims = &self.given.problem.aims;
        let paths = self.total.len().max(1);
        let mean = self.total.iter().sum::<f64>() / paths as f64;
        let worst = worst(paths, aims.tail);
        let mut sorted = self.total.clone();
        sorted.sort_by(|one, other| other.total_cmp(one));
        let tail = sorted.iter().take(worst).sum::<f64>() / worst as f64;
        (1.0 - aims.caution) * mean + aims.caution * tail + self.extras + self.runs.cost
    }

    /// How much each path weighs as things stand: the worst more than the others.
    pub fn weights(&self, weights: &mut Vec<f32>) {
        let aims = &self.given.problem.aims;
        let paths = self.total.len().max(1);
        weights.clear();
        weights.resize(paths, ((1.0 - aims.caution) / paths as f64) as f32);
        let count = worst(paths, aims.tail);
        let mut order: Vec<usize> = (0..self.total.len()).collect();
        order.sort_by(|one, other| self.total[*other].total_cmp(&self.total[*one]).then(one.cmp(other)));
        for lane in order.into_iter().take(count) {
            weights[lane] += (aims.caution / count as f64) as f32;
        }
    }

    /// From here on nothing before can be taken back.
    pub fn keep(&mut self) {
        self.journal.clear();
    }

    /// Takes back everything since the last [`Self::keep`].
    pub fn undo(&mut self) {
        self.touched.clear();
        while let Some(undo) = self.journal.pop() {
            match undo {
                Undo::Run(id, run) => {
                    self.exchange(id, run);
                }
                Undo::Empties(id, stop, empties) => self.runs.set_empties(self.given, id, stop, empties),
                Undo::Site(of, costs, extra) => {
                    for (lane, cost) in costs.iter().enumerate() {
                        self.total[lane] += f64::from(*cost) - f64::from(self.costs[of][lane]);
                    }
                    self.extras += extra - self.extra[of];
                    self.costs[of] = costs;
                    self.extra[of] = extra;
                }
            }
        }
        for of in std::mem::take(&mut self.touched) {
            self.refresh(SiteNo::of(of));
        }
    }
}

/// Cylinders that are empty for certain after so many kilograms; a hair is left so that nobody's rounding sees more.
fn empties_of(kg: f64, content: i64) -> i64 {
    (kg * 1_000.0 / content as f64 - 1e-3).max(0.0).floor() as i64
}

fn worst(paths: usize, tail: f64) -> usize {
    ((paths as f64 * tail).ceil() as usize).clamp(1, paths)
}
