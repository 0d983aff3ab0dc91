//! What the trips of a world do: loading, unloading, coming back.

use oxygen::dispatch::{Amount, Basis, Minutes, SiteNo};
use quantity::Grams;

use super::stores::PARTS;
use super::world::World;

impl World<'_> {
    /// Loads what is there, for the first visits first.
    pub(super) fn load(&mut self, number: usize, at: Minutes) {
        let source = self.out[number].way.trip.source;
        let lender = self.province.told.source(source).lender.map(SiteNo::index);
        match lender {
            Some(site) => self.advance(site, at),
            None => self.yards[source.index()].advance(at, &self.course.sources_out[source.index()]),
        }
        let out = &mut self.out[number];
        out.loaded = true;
        let (yard, store) = (&mut self.yards[source.index()], lender.map(|site| &mut self.stores[site]));
        let mut store = store;
        for stop in &mut out.way.trip.stops {
            match &mut stop.amount {
                Amount::Liquid(grams) => {
                    let parts = match &mut store {
                        Some(store) => store.lend_liquid(grams.0 * PARTS),
                        None => yard.load_liquid(grams.0 * PARTS),
                    };
                    // Whole grams go; what is over stays.
                    let whole = parts / PARTS;
                    match &mut store {
                        Some(store) => store.tank += parts - whole * PARTS,
                        None => yard.liquid += parts - whole * PARTS,
                    }
                    grams.0 = whole;
                    out.parts += whole * PARTS;
                }
                Amount::Cylinders { size, full, .. } => {
                    let loaded = match &mut store {
                        Some(store) => store.lend_cylinders(i64::from(*full)),
                        None => yard.load_cylinders(*size, i64::from(*full)),
                    };
                    *full = loaded as u32;
                    out.parts += loaded * size.full().0 * PARTS;
                }
            }
            if let Basis::Contract(contract) = stop.basis {
                self.contracts[contract.index()] -= stop.amount.grams().0;
            }
        }
    }

    pub(super) fn unload(&mut self, number: usize, visit: usize, at: Minutes) {
        let (stop, misses) = (self.out[number].way.trip.stops[visit], self.out[number].way.misses[visit]);
        self.out[number].over[visit] = true;
        let mut left = stop.amount;
        if !misses {
            let site = stop.site.index();
            self.advance(site, at);
            let (fits, gone) = self.stores[site].put(stop.amount);
            let put = match &mut left {
                Amount::Liquid(grams) => {
                    grams.0 -= fits / PARTS;
                    // Whole grams are unloaded: the last part of one stays aboard.
                    self.stores[site].tank -= fits % PARTS;
                    self.out[number].parts -= fits / PARTS * PARTS;
                    Amount::Liquid(Grams(fits / PARTS))
                }
                Amount::Cylinders { size, full, empty } => {
                    (*full, *empty) = (*full - fits as u32, gone as u32);
                    self.out[number].parts -= fits * size.full().0 * PARTS;
                    Amount::Cylinders { size: *size, full: fits as u32, empty: gone as u32 }
                }
            };
            self.known.unloaded(site, at, self.province.plant[site], put);
        } else if let Amount::Cylinders { empty, .. } = &mut left {
            *empty = 0;
        }
        self.out[number].left.push(left);
    }

    /// What was not unloaded, and all empty cylinders, are back where they were loaded.
    pub(super) fn come_back(&mut self, number: usize, at: Minutes) {
        let source = self.out[number].way.trip.source;
        let lender = self.province.told.source(source).lender.map(SiteNo::index);
        match lender {
            Some(site) => self.advance(site, at),
            None => self.yards[source.index()].advance(at, &self.course.sources_out[source.index()]),
        }
        let out = &mut self.out[number];
        (out.returned, out.parts) = (true, 0);
        for amount in out.left.drain(..) {
            match (amount, lender) {
                (Amount::Liquid(grams), Some(site)) => self.stores[site].tank += grams.0 * PARTS,
                (Amount::Liquid(grams), None) => self.yards[source.index()].liquid += grams.0 * PARTS,
                (Amount::Cylinders { full, empty, .. }, Some(site)) => {
                    self.stores[site].take_back(i64::from(full), i64::from(empty));
                }
                (Amount::Cylinders { size, full, empty }, None) => {
                    self.yards[source.index()].take_back(size, i64::from(full), i64::from(empty));
                }
            }
        }
    }
}
