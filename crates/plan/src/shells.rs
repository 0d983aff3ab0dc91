//! Empty cylinders: how many a site has when a truck comes, on the path of mean needs.
//!
//! A shell that is still full cannot go back. How many will be empty is known on no path beforehand, so the plan counts
//! with the mean of all: what its sites and sources then have is an expectation, like the needs it rests on.

use oxygen::dispatch::Minutes;

use crate::prepared::Prepared;
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
