//! What the command post believes of its facilities: readings with their age, needs smoothed from reports.
//!
//! A silent facility's last reading is carried forward with its need and with the receipts that drivers report, and its
//! doubt grows. A reading far from what was expected is asked about and believed the second time.

use oxygen::dispatch::{Amount, Minutes};

use super::course::{Course, Slip};
use super::law::HISTORY;
use super::province::Province;
use super::stores::{PARTS, Store};
use crate::dice::Dice;

/// Weight of yesterday's report in the level.
const FRESH: f64 = 0.5;
/// A reading is asked about when it is off by this share of what the facility can hold, and by so many days' need.
const OFF: (f64, f64) = (0.2, 1.5);
/// Doubt about a stock, in days' need: of a fresh reading, and for the root of every day of its age.
const DOUBT: (f64, f64) = (0.04, 0.2);

/// What is believed of the facilities.
#[derive(Clone, Debug)]
pub(super) struct Known {
    stores: Vec<Store>,
    /// What each takes in a day, in grams.
    level: Vec<f64>,
    /// Days since the reading that is believed.
    age: Vec<f64>,
    /// Whether the last reading was asked about.
    asked: Vec<bool>,
    /// The figures that were told last, in parts: tank, cylinders.
    told: Vec<(i64, i64)>,
    plant_runs: Vec<bool>,
    /// The sum of levels by day, the last three days.
    sums: Vec<f64>,
}

impl Known {
    /// On the morning of the opening, after a week of reports.
    pub(super) fn opening(province: &Province, course: &Course) -> Self {
        let sites = province.told.sites.len();
        let stores: Vec<Store> = province.told.sites.iter().map(Store::of).collect();
        let mut known = Self {
            told: stores.iter().map(|store| (store.tank, store.rack)).collect(),
            stores,
            level: (0..sites).map(|site| course.need[site][0] as f64).collect(),
            age: vec![0.0; sites],
            asked: vec![false; sites],
            plant_runs: vec![true; sites],
            sums: Vec::new(),
        };
        for day in 1..HISTORY {
            for site in 0..sites {
                known.report(site, course.need[site][day] as f64);
            }
            known.sums.push(known.level.iter().sum());
        }
        known
    }

    fn report(&mut self, site: usize, need: f64) {
        self.level[site] += FRESH * (need - self.level[site]);
    }

    /// The reports and readings of a decision reach the command post.
    pub(super) fn hear(
        &mut self,
        province: &Province,
        course: &Course,
        stores: &[Store],
        now: Minutes,
        since: Minutes,
    ) {
        let day = now.day();
        let morning = now == Minutes::days(day as i32);
        for (site, truth) in stores.iter().enumerate() {
            self.carry(site, now, province.plant[site]);
            let mut dice = Dice::of(province.seed, "reading", site as u64, now.0 as u64);
            let (of_tank, of_need) = (1.0 + 0.015 * dice.gauss(), 1.0 + 0.04 * dice.gauss());
            if course.silent[site][day] {
                self.age[site] += since.as_hours() / 24.0;
                continue;
            }
            if morning && day > 0 {
                self.report(site, course.need[site][HISTORY + day - 1] as f64 * of_need);
            }
            self.plant_runs[site] = province.plant[site] > 0.0 && (day == 0 || course.made[site][day - 1] > 0);
            let tank = (truth.tank as f64 * of_tank) as i64;
            let rack = (truth.rack + truth.content / 2) / truth.content * truth.content;
            let told = match course.slips[site][day] {
                None => (tank, rack),
                Some(Slip::PerCent) => (per_cent_as_kg(tank, province, site), rack),
                Some(Slip::Stuck) => self.told[site],
                Some(Slip::TenFold) => (tank, rack.saturating_mul(10)),
            };
            self.told[site] = told;
            self.weigh(site, truth, told, since);
        }
        if morning {
            self.sums.push(self.level.iter().sum());
        }
    }

    /// Believes a reading, or asks for it again.
    fn weigh(&mut self, site: usize, truth: &Store, told: (i64, i64), since: Minutes) {
        let believed = &mut self.stores[site];
        let off = (told.0 + told.1 - believed.parts()).abs() as f64;
        let bound = (OFF.0 * believed.can_hold() as f64).max(OFF.1 * self.level[site] * PARTS as f64);
        // A figure beyond what is there at all is not believed however often it is told.
        let impossible = told.0 + told.1 > believed.can_hold() + truth.content;
        if impossible || (off > bound && !self.asked[site]) {
            self.asked[site] = true;
            self.age[site] += since.as_hours() / 24.0;
            return;
        }
        self.asked[site] = false;
        self.age[site] = 0.0;
        believed.set(told, truth.shells);
    }

    /// The believed stock goes on with the believed need.
    fn carry(&mut self, site: usize, to: Minutes, plant: f64) {
        let made = if self.plant_runs[site] { plant } else { 0.0 };
        let net = (self.level[site] - made).max(0.0) as i64;
        self.stores[site].advance(to, |_| net, |_, _| ());
    }

    /// A driver reports what he has unloaded.
    pub(super) fn unloaded(&mut self, site: usize, at: Minutes, plant: f64, amount: Amount) {
        self.carry(site, at, plant);
        let _ = self.stores[site].put(amount);
    }

    /// What is believed to be there.
    pub(super) fn store(&self, site: usize) -> &Store {
        &self.stores[site]
    }

    /// Believed use in a day, in grams.
    pub(super) fn level(&self, site: usize) -> f64 {
        self.level[site]
    }

    /// Days since the reading that is believed.
    pub(super) fn age(&self, site: usize) -> f64 {
        self.age[site]
    }

    /// Deviation of the believed stock, in grams.
    pub(super) fn doubt(&self, site: usize) -> f64 {
        self.level[site] * (DOUBT.0 + DOUBT.1 * self.age[site].sqrt())
    }

    pub(super) fn plant_runs(&self, site: usize) -> bool {
        self.plant_runs[site]
    }

    /// Growth of all needs in a day (of the logarithm): that of the last three days, shrunk.
    pub(super) fn growth(&self) -> f64 {
        let back = self.sums.len().saturating_sub(4);
        let (Some(now), Some(then)) = (self.sums.last(), self.sums.get(back)) else { return 0.0 };
        let days = (self.sums.len() - 1 - back).max(1) as f64;
        (0.6 * (now / then.max(1.0)).max(0.01).ln() / days).clamp(-0.06, 0.08)
    }
}

/// The per cent of a tank, told as if they were kilograms.
fn per_cent_as_kg(tank: i64, province: &Province, site: usize) -> i64 {
    let holds = province.told.sites[site].tank.as_ref().map_or(1, |tank| tank.holds.0.max(1));
    tank * 100 / (holds * PARTS) * 1_000 * PARTS
}
