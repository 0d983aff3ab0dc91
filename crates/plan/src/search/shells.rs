//! Empty cylinders: how many a site has when a truck comes, on the path of mean needs.
//!
//! A shell that is still full cannot go back. How many will be empty is known on no path beforehand, so the plan counts
//! with the mean of all: what its sites and sources then have is an expectation, like the needs it rests on.

use oxygen::dispatch::{Minutes, SiteNo};

use super::prepared::Prepared;
use super::runs::Run;
use super::state::{State, Undo};
use crate::stock::Drop;

/// What a site has on the path of mean needs, followed from the start of the plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mean {
    now: Minutes,
    tank: f64,
    /// In the cylinders, in kilograms.
    pub rack: f64,
    /// Taken from the cylinders so far, in kilograms.
    pub used: f64,
}

impl Mean {
    pub fn begin(given: &Prepared, site: usize) -> Self {
        let site = &given.problem.sites[site];
        let rack = site.rack.as_ref().map_or(0.0, |rack| f64::from(rack.full) * rack.size.full().as_kg());
        Self { now: Minutes::ZERO, tank: site.tank.as_ref().map_or(0.0, |tank| tank.stock.as_kg()), rack, used: 0.0 }
    }

    /// Goes on to a minute.
    pub fn go(&mut self, given: &Prepared, site: usize, to: Minutes) {
        while self.now < to {
            let day = self.now.day();
            let until = to.min(Minutes::days(day as i32 + 1));
            let part = f64::from((until - self.now).0) / f64::from(Minutes::DAY.0);
            let need = given.mean_need(site, day) * part;
            let from_tank = need.min(self.tank);
            let from_rack = (need - from_tank).min(self.rack);
            self.tank -= from_tank;
            self.rack -= from_rack;
            self.used += from_rack;
            self.now = until;
        }
    }

    /// Takes in cylinders, in kilograms.
    pub fn add(&mut self, kg: f64) {
        self.rack += kg;
    }

    /// Takes in a delivery, or gives out a loan.
    pub fn unload(&mut self, given: &Prepared, site: usize, drop: &Drop) {
        let site = &given.problem.sites[site];
        let kg = f64::from(drop.kg);
        if drop.tank {
            let holds = site.tank.as_ref().map_or(0.0, |tank| tank.holds.as_kg()).max(self.tank);
            self.tank = (self.tank + kg).clamp(0.0, holds);
        } else {
            let holds = site.rack.as_ref().map_or(0.0, |rack| f64::from(rack.room) * rack.size.full().as_kg());
            self.rack = (self.rack + kg).clamp(0.0, holds.max(self.rack));
        }
    }
}

impl State<'_> {
    /// How many empty cylinders go back with each visit. Where more would be brought than there is room for on the path
    /// of mean needs, less is brought; `false` when even that does not help.
    pub fn recount_shells(&mut self, of: usize) -> bool {
        let Some(rack) = &self.given.problem.sites[of].rack else { return true };
        let content = rack.size.full().0;
        let (mut brought, mut taken, mut used) = (0_i64, 0_i64, 0_i64);
        let mut mean = Mean::begin(self.given, of);
        for at in 0..self.visits[of].len() {
            let visit = self.visits[of][at];
            // Of two trucks at the gate together the second finds what the first found.
            if visit.begins >= mean.now {
                mean.go(self.given, of, visit.begins);
                used = empties_of(mean.used, content);
            }
            mean.go(self.given, of, visit.drop.at);
            if visit.drop.tank || visit.grams < 0 {
                mean.unload(self.given, of, &visit.drop);
                continue;
            }
            let empties = (i64::from(rack.empty) + used - taken).max(0);
            let stand = i64::from(rack.full + rack.empty) + brought - taken;
            let room = (i64::from(rack.room) - stand).max(0) + empties;
            let mut full = visit.grams / content;
            if full > room {
                if room < 1 || !self.bring_less(of, at, room) {
                    return false;
                }
                full = room;
            }
            mean.unload(self.given, of, &self.drops[of][at]);
            brought += full;
            let Some(run) = self.runs.get(visit.run) else { continue };
            let Some(stop) = run.loads.iter().position(|load| load.site.index() == of) else { continue };
            let told = run.loads[stop].empties;
            let now = if run.fixed { told } else { empties.min(full) as u32 };
            if told != now {
                self.journal.push(Undo::Empties(visit.run, stop, told));
                self.runs.set_empties(self.given, visit.run, stop, now);
            }
            taken += i64::from(now);
        }
        true
    }

    /// Brings fewer cylinders with a visit; `false` when it may not be touched.
    fn bring_less(&mut self, of: usize, at: usize, units: i64) -> bool {
        let id = self.visits[of][at].run;
        let Some(run) = self.runs.get(id) else { return false };
        if run.fixed || self.given.problem.source(run.source).lender.is_some() {
            return false;
        }
        let mut less: Run = run.clone();
        let Some(load) = less.loads.iter_mut().find(|load| load.site.index() == of) else { return false };
        let unit = load.unit;
        load.units = units;
        load.empties = load.empties.min(units as u32);
        let old = self.runs.replace(self.given, id, Some(less));
        self.journal.push(Undo::Run(id, old));
        let visit = &mut self.visits[of][at];
        visit.grams = units * unit;
        visit.drop.kg = visit.grams as f32 / 1_000.0;
        self.drops[of][at] = visit.drop;
        true
    }

    /// Whether every source that delivers cylinders to one of the sites has them when they are loaded.
    pub fn shells_are_there(&self, sites: &[usize]) -> bool {
        sites.iter().all(|of| {
            let ways = self.given.ways[*of].iter().filter(|way| !way.tank);
            ways.into_iter().all(|way| self.runs.least(way) >= 0)
        })
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
                    // A cylinder that is not quite empty cannot go back.
                    let full = (mean.rack / content + 1e-3).ceil() * content;
                    excess = excess.max(full + f64::from(drop.kg) - room - 1e-3);
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
}

/// Cylinders that are empty for certain after so many kilograms; a hair is left so that nobody's rounding sees more.
fn empties_of(kg: f64, content: i64) -> i64 {
    (kg * 1_000.0 / content as f64 - 1e-3).max(0.0).floor() as i64
}
