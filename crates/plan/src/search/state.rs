//! A plan in the making: its trips, what every site has on every path because of them, what all of it costs, and a
//! journal by which a try is taken back.

use oxygen::dispatch::{Basis, Clock, Minutes, SiteNo, SourceNo, VehicleNo, Window};

use super::prepared::Prepared;
use super::runs::{Load, Run, Runs};
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

pub(crate) enum Undo {
    Run(u32, Option<Run>),
    Empties(u32, usize, u32),
    Site(usize, Vec<f32>, f64),
}

/// A plan in the making.
pub(crate) struct State<'a> {
    pub given: &'a Prepared,
    pub runs: Runs,
    pub(crate) visits: Vec<Vec<Visit>>,
    pub(crate) drops: Vec<Vec<Drop>>,
    costs: Vec<Vec<f32>>,
    /// What hangs on no path: pins, changes, purchases without contract.
    extra: Vec<f64>,
    total: Vec<f64>,
    extras: f64,
    pub(crate) journal: Vec<Undo>,
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
            && clock.loads == run.clock.loads
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
                // What was unloaded before the start stands in its stock already.
                if visit.leaves < Minutes::ZERO {
                    continue;
                }
                let grams = load.units * load.unit;
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
                let grams = -run.loads.iter().map(|load| load.units * load.unit).sum::<i64>();
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

    /// Grams that a person asked for in a window in which a visit begins, and that do not come yet.
    pub fn asked_for(&self, site: SiteNo, source: SourceNo, begins: Minutes) -> i64 {
        let wanted = self.given.wanted[site.index()].deliver.iter();
        let missing = wanted.filter(|(when, from, _)| when.holds(begins) && from.is_none_or(|from| from == source));
        let comes = |when: &Window, from: &Option<SourceNo>| {
            let meant = |visit: &&Visit| when.holds(visit.begins) && from.is_none_or(|from| from == visit.source);
            self.visits(site).iter().filter(meant).map(|visit| visit.grams.max(0)).sum::<i64>()
        };
        missing.map(|(when, from, least)| least - comes(when, from)).max().unwrap_or(0).max(0)
    }

    /// Grams that a site may still get.
    pub fn still_allowed(&self, site: SiteNo) -> i64 {
        let Some(most) = self.given.wanted[site.index()].at_most else { return i64::MAX };
        most - self.visits(site).iter().map(|visit| visit.grams.max(0)).sum::<i64>()
    }

    /// What a site costs beside its paths, with one more visit.
    pub fn extra_with(&self, site: SiteNo, visit: &Visit) -> f64 {
        if self.given.has_extra(site) {
            self.extra_of(site.index(), Some(visit)) - self.extra[site.index()]
        } else {
            0.0
        }
    }

    /// The most that a visit can save beside the paths.
    pub fn most_extra(&self, site: SiteNo) -> f64 {
        if self.given.has_extra(site) { self.extra[site.index()].max(0.0) } else { 0.0 }
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

fn worst(paths: usize, tail: f64) -> usize {
    ((paths as f64 * tail).ceil() as usize).clamp(1, paths)
}
