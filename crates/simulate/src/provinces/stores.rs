//! What stands in a facility and at a source, followed exactly to the minute.
//!
//! Both are kept in parts of 1/1440 gram (or of 1/1440 cylinder), so that what is taken or made evenly over a day is a
//! whole number in every minute and nothing is lost by rounding.

use oxygen::dispatch::{Amount, Minutes, Site, Source, Window};
use quantity::{Grams, VesselSpec};

use super::course::outside;

/// Parts of a gram, and minutes of a day.
pub(super) const PARTS: i64 = 1_440;

/// Tank and cylinders of a facility.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Store {
    pub(super) at: Minutes,
    /// Oxygen in the tank, in parts.
    pub(super) tank: i64,
    holds: i64,
    /// Oxygen in the cylinders, in parts.
    pub(super) rack: i64,
    /// Of a full cylinder, in parts; 1 without a rack, so that nothing is divided by nothing.
    pub(super) content: i64,
    /// Cylinders, whatever is in them.
    pub(super) shells: i64,
    room: i64,
}

impl Store {
    pub(super) fn of(site: &Site) -> Self {
        let (tank, holds) = site.tank.as_ref().map_or((0, 0), |tank| (tank.stock.0 * PARTS, tank.holds.0 * PARTS));
        let content = site.rack.as_ref().map_or(1, |rack| rack.size.full().0 * PARTS);
        let (full, shells, room) = site.rack.as_ref().map_or((0, 0, 0), |rack| {
            (i64::from(rack.full), i64::from(rack.full) + i64::from(rack.empty), i64::from(rack.room))
        });
        Self { at: Minutes::ZERO, tank, holds, rack: full * content, content, shells, room }
    }

    /// Takes so many parts, the tank first; gives back how many it had not.
    pub(super) fn take(&mut self, parts: i64) -> i64 {
        let of_tank = parts.min(self.tank);
        self.tank -= of_tank;
        let of_rack = (parts - of_tank).min(self.rack);
        self.rack -= of_rack;
        parts - of_tank - of_rack
    }

    /// Takes until a minute, need less what the own plant makes of each day; tells every day's parts that were not there.
    pub(super) fn advance(&mut self, to: Minutes, net: impl Fn(usize) -> i64, mut unmet: impl FnMut(usize, i64)) {
        while self.at < to {
            let day = self.at.day();
            let until = Minutes::days(day as i32 + 1).min(to);
            // A day's grams over 1440 minutes are as many parts in every minute.
            let lacked = self.take(net(day) * i64::from((until - self.at).0));
            unmet(day, lacked);
            self.at = until;
        }
    }

    /// Empty cylinders.
    pub(super) fn empties(&self) -> i64 {
        self.shells - (self.rack + self.content - 1) / self.content
    }

    /// Puts in what fits: parts of liquid, or full cylinders against empty ones. Tells what was put in and, of
    /// cylinders, how many empty ones went.
    pub(super) fn put(&mut self, amount: Amount) -> (i64, i64) {
        match amount {
            Amount::Liquid(grams) => {
                let fits = (grams.0 * PARTS).min(self.holds - self.tank).max(0);
                self.tank += fits;
                (fits, 0)
            }
            Amount::Cylinders { full, empty, .. } => {
                let gone = i64::from(empty).min(self.empties()).max(0);
                let fits = i64::from(full).min(self.room - (self.shells - gone)).max(0);
                self.shells += fits - gone;
                self.rack += fits * self.content;
                (fits, gone)
            }
        }
    }

    /// Lends at most so much of the tank, in parts.
    pub(super) fn lend_liquid(&mut self, parts: i64) -> i64 {
        let lent = parts.min(self.tank).max(0);
        self.tank -= lent;
        lent
    }

    /// Lends at most so many full cylinders.
    pub(super) fn lend_cylinders(&mut self, full: i64) -> i64 {
        let lent = full.min(self.rack / self.content).max(0);
        self.rack -= lent * self.content;
        self.shells -= lent;
        lent
    }

    /// Oxygen in it, in parts.
    pub(super) fn parts(&self) -> i64 {
        self.tank + self.rack
    }

    /// What it can hold at most, in parts.
    pub(super) fn can_hold(&self) -> i64 {
        self.holds + self.room * self.content
    }

    /// Sets what is believed to be in tank and cylinders, within what they hold.
    pub(super) fn set(&mut self, (tank, rack): (i64, i64), shells: i64) {
        self.tank = tank.clamp(0, self.holds);
        self.shells = shells;
        self.rack = rack.clamp(0, shells * self.content);
    }

    /// Cylinders come back to whoever lent them: full ones and empty ones.
    pub(super) fn take_back(&mut self, full: i64, empty: i64) {
        self.shells += full + empty;
        self.rack += full * self.content;
    }
}

/// Cylinders of one size at a source, in parts of a cylinder.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Bay {
    pub(super) size: VesselSpec,
    pub(super) full: i64,
    pub(super) empty: i64,
    fills: i64,
}

/// What stands at a source.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Yard {
    pub(super) at: Minutes,
    /// In parts.
    pub(super) liquid: i64,
    made: Vec<Grams>,
    pub(super) bays: Vec<Bay>,
    /// What was made since the opening, in parts; a filled cylinder counts with its content.
    pub(super) all_made: i64,
}

impl Yard {
    pub(super) fn of(source: &Source) -> Self {
        let bays = source.cylinders.iter().map(|bay| Bay {
            size: bay.size,
            full: i64::from(bay.full) * PARTS,
            empty: i64::from(bay.empty) * PARTS,
            fills: i64::from(bay.fills),
        });
        let liquid = source.liquid.as_ref();
        Self {
            at: Minutes::ZERO,
            liquid: liquid.map_or(0, |liquid| liquid.stock.0 * PARTS),
            made: liquid.map(|liquid| liquid.made.clone()).unwrap_or_default(),
            bays: bays.collect(),
            all_made: 0,
        }
    }

    /// Makes and fills until a minute; nothing while it is out.
    pub(super) fn advance(&mut self, to: Minutes, out: &[Window]) {
        while self.at < to {
            let day = self.at.day();
            let until = Minutes::days(day as i32 + 1).min(to);
            let works = i64::from(outside(out, self.at, until));
            let made = self.made.get(day).map_or(0, |made| made.0 * works);
            self.liquid += made;
            self.all_made += made;
            for bay in &mut self.bays {
                let filled = (bay.fills * works).min(bay.empty);
                bay.empty -= filled;
                bay.full += filled;
                self.all_made += filled * bay.size.full().0;
            }
            self.at = until;
        }
    }

    /// Loads at most so many parts of liquid.
    pub(super) fn load_liquid(&mut self, parts: i64) -> i64 {
        let loaded = parts.min(self.liquid).max(0);
        self.liquid -= loaded;
        loaded
    }

    /// Loads at most so many full cylinders of a size.
    pub(super) fn load_cylinders(&mut self, size: VesselSpec, full: i64) -> i64 {
        let Some(bay) = self.bays.iter_mut().find(|bay| bay.size == size) else { return 0 };
        let loaded = full.min(bay.full / PARTS).max(0);
        bay.full -= loaded * PARTS;
        loaded
    }

    /// Full and empty cylinders come back.
    pub(super) fn take_back(&mut self, size: VesselSpec, full: i64, empty: i64) {
        if let Some(bay) = self.bays.iter_mut().find(|bay| bay.size == size) {
            bay.full += full * PARTS;
            bay.empty += empty * PARTS;
        }
    }

    /// Oxygen in it, in parts.
    pub(super) fn parts(&self) -> i64 {
        // A part of a cylinder holds its grams: parts of a cylinder × grams of a cylinder are parts of a gram.
        self.liquid + self.bays.iter().map(|bay| bay.full * bay.size.full().0).sum::<i64>()
    }
}
