//! What a source can still give and a contract still allows, when so much has been promised already: the reckoning of
//! whoever makes a plan by hand, and of the gate that refuses what cannot be.

use oxygen::dispatch::{Amount, Basis, Minutes, Problem, SourceNo, Trip};
use quantity::{Grams, VesselSpec};

use super::stores::PARTS;

/// Promises of one kind of a source.
#[derive(Clone, Debug)]
struct Shelf {
    /// What stands there now: parts of grams, or of cylinders.
    stock: i64,
    /// Parts of empty cylinders.
    empty: i64,
    /// Cylinders filled in a day.
    fills: i64,
    /// When so many parts are taken.
    draws: Vec<(Minutes, i64)>,
    /// When so many parts of empty cylinders come back, in order of time.
    returns: Vec<(Minutes, i64)>,
}

impl Shelf {
    /// Cylinders filled until a minute, in parts.
    fn filled(&self, until: Minutes) -> i64 {
        let (mut at, mut empty, mut filled) = (Minutes::ZERO, self.empty, 0);
        let mut fill = |from: Minutes, to: Minutes, empty: &mut i64| {
            let now = (self.fills * i64::from((to - from).0.max(0))).min(*empty);
            *empty -= now;
            filled += now;
        };
        for (when, parts) in self.returns.iter().filter(|(when, _)| *when < until) {
            fill(at, *when, &mut empty);
            at = at.max(*when);
            empty += parts;
        }
        fill(at, until, &mut empty);
        filled
    }

    /// What can be taken at a minute so that later promises still hold.
    fn left(&self, at: Minutes, made: impl Fn(Minutes) -> i64) -> i64 {
        let drawn =
            |until: Minutes| self.draws.iter().filter(|(when, _)| *when <= until).map(|(_, parts)| parts).sum::<i64>();
        let later = self.draws.iter().map(|(when, _)| *when).filter(|when| *when > at);
        std::iter::once(at).chain(later).map(|when| self.stock + made(when) - drawn(when)).min().unwrap_or(0)
    }
}

struct Book {
    made: Vec<Grams>,
    liquid: Option<Shelf>,
    bays: Vec<(VesselSpec, Shelf)>,
}

/// The books of all sources and contracts.
pub(super) struct Books {
    sources: Vec<Book>,
    contracts: Vec<Grams>,
}

impl Books {
    pub(super) fn of(problem: &Problem) -> Self {
        let shelf = |stock: i64, empty: u32, fills: u32| Shelf {
            stock,
            empty: i64::from(empty) * PARTS,
            fills: i64::from(fills),
            draws: Vec::new(),
            returns: Vec::new(),
        };
        let book = |source: &oxygen::dispatch::Source| Book {
            made: source.liquid.as_ref().map(|liquid| liquid.made.clone()).unwrap_or_default(),
            liquid: source.liquid.as_ref().map(|liquid| shelf(liquid.stock.0 * PARTS, 0, 0)),
            bays: source
                .cylinders
                .iter()
                .map(|bay| (bay.size, shelf(i64::from(bay.full) * PARTS, bay.empty, bay.fills)))
                .collect(),
        };
        Self {
            sources: problem.sources.iter().map(book).collect(),
            contracts: problem.contracts.iter().map(|contract| contract.left).collect(),
        }
    }

    /// Liquid that a source can still give at a minute.
    pub(super) fn liquid(&self, source: SourceNo, at: Minutes) -> Grams {
        let book = &self.sources[source.index()];
        let made = |until: Minutes| {
            let (day, minutes) = (until.day(), until.0.max(0) % Minutes::DAY.0);
            let whole: i64 = book.made.iter().take(day).map(|made| made.0 * PARTS).sum();
            whole + book.made.get(day).map_or(0, |made| made.0 * i64::from(minutes))
        };
        Grams(book.liquid.as_ref().map_or(0, |shelf| shelf.left(at, made) / PARTS).max(0))
    }

    /// Full cylinders of a size that a source can still give at a minute.
    pub(super) fn cylinders(&self, source: SourceNo, size: VesselSpec, at: Minutes) -> u32 {
        let bay = self.sources[source.index()].bays.iter().find(|(of, _)| *of == size);
        let left = bay.map_or(0, |(_, shelf)| shelf.left(at, |until| shelf.filled(until)) / PARTS);
        left.clamp(0, i64::from(u32::MAX)) as u32
    }

    /// What a basis still allows; without end where there is no ceiling.
    pub(super) fn allowed(&self, basis: Basis) -> Grams {
        match basis {
            Basis::Contract(number) => self.contracts[number.index()],
            Basis::Loan | Basis::EmergencyPurchase => Grams(i64::MAX),
        }
    }

    /// Writes a trip down: what it still loads, what it brings back, what it draws from contracts.
    pub(super) fn enter(&mut self, trip: &Trip) {
        let book = &mut self.sources[trip.source.index()];
        // What left before now is in the stock that was told; so is what contracts still allow.
        let loads = trip.loads >= Minutes::ZERO;
        for stop in &trip.stops {
            match stop.amount {
                Amount::Liquid(grams) => {
                    if let (true, Some(shelf)) = (loads, &mut book.liquid) {
                        shelf.draws.push((trip.loads, grams.0 * PARTS));
                    }
                }
                Amount::Cylinders { size, full, empty } => {
                    if let Some((_, shelf)) = book.bays.iter_mut().find(|(of, _)| *of == size) {
                        if loads {
                            shelf.draws.push((trip.loads, i64::from(full) * PARTS));
                        }
                        shelf.returns.push((trip.returns.unwrap_or(trip.back), i64::from(empty) * PARTS));
                        shelf.returns.sort();
                    }
                }
            }
            if let (true, Basis::Contract(number)) = (loads, stop.basis) {
                let left = &mut self.contracts[number.index()];
                *left -= stop.amount.grams();
            }
        }
    }
}
