//! What a source has left, minute by minute, once the trips of a plan have loaded: so that a try asks in a few steps
//! what it may still load.

use oxygen::dispatch::{Cylinders, Minutes, SourceNo};

use super::prepared::Prepared;

/// Minutes in a day: cylinders are counted in this part of one, so that minutes of filling are whole numbers.
const ONE: i64 = Minutes::DAY.0 as i64;

/// What is left after each loading or return, in the order of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    entries: Vec<Entry>,
    /// Cylinders; `None` for liquid.
    cylinders: Option<(i64, i64, i64)>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    at: Minutes,
    /// Liquid: taken so far. Cylinders: full ones left, in parts.
    full: i64,
    /// Empty ones left, in parts.
    empty: i64,
    /// The least that is left at this loading or any later one.
    least: i64,
}

impl Ledger {
    /// Of liquid: grams.
    pub fn of_liquid(&mut self, given: &Prepared, source: SourceNo, loads: impl Iterator<Item = (Minutes, i64)>) {
        self.cylinders = None;
        self.entries.clear();
        let mut taken = 0;
        for (at, grams) in loads {
            taken += grams;
            self.entries.push(Entry { at, full: taken, empty: 0, least: given.liquid_until(source, at) - taken });
        }
        self.look_back();
    }

    /// Of cylinders of one size. Shells that come back at a minute are there before those that leave at it.
    pub fn of_cylinders(
        &mut self,
        filled: &Cylinders,
        loads: impl Iterator<Item = (Minutes, i64)>,
        back: impl Iterator<Item = (Minutes, i64)>,
    ) {
        let (mut full, mut empty) = (i64::from(filled.full) * ONE, i64::from(filled.empty) * ONE);
        let fills = i64::from(filled.fills);
        self.cylinders = Some((full, empty, fills));
        self.entries.clear();
        let (mut loads, mut back) = (loads.peekable(), back.peekable());
        let mut now = Minutes::ZERO;
        loop {
            let returns = match (loads.peek(), back.peek()) {
                (None, None) => break,
                (Some((load, _)), Some((back, _))) => back <= load,
                (None, Some(_)) => true,
                (Some(_), None) => false,
            };
            let Some((at, units)) = (if returns { back.next() } else { loads.next() }) else { break };
            let done = (fills * i64::from((at - now).0.max(0))).min(empty);
            (full, empty) = (full + done, empty - done);
            now = now.max(at);
            let least = if returns {
                empty += units * ONE;
                i64::MAX
            } else {
                full -= units * ONE;
                full
            };
            self.entries.push(Entry { at, full, empty, least });
        }
        self.look_back();
    }

    fn look_back(&mut self) {
        let mut least = i64::MAX;
        for entry in self.entries.iter_mut().rev() {
            least = least.min(entry.least);
            entry.least = least;
        }
    }

    /// How many more units may be loaded at a minute.
    pub fn slack(&self, given: &Prepared, source: SourceNo, at: Minutes) -> i64 {
        let later = self.entries.partition_point(|entry| entry.at < at);
        let least = self.entries.get(later).map_or(i64::MAX, |entry| entry.least);
        let until = self.entries.partition_point(|entry| entry.at <= at);
        let last = until.checked_sub(1).and_then(|last| self.entries.get(last));
        match self.cylinders {
            None => (given.liquid_until(source, at) - last.map_or(0, |last| last.full)).min(least),
            Some((full, empty, fills)) => {
                let (since, full, empty) = last
                    .map_or((Minutes::ZERO, full, empty), |last| (last.at.max(Minutes::ZERO), last.full, last.empty));
                let now = full + (fills * i64::from((at - since).0.max(0))).min(empty);
                now.min(least).div_euclid(ONE)
            }
        }
    }

    /// The least that is ever left at a loading.
    pub fn least(&self) -> i64 {
        self.entries.first().map_or(0, |first| first.least)
    }
}
