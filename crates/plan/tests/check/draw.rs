//! Chance for the tests: the same seed, the same province.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

pub struct Draw(Pcg64Mcg);

impl Draw {
    pub fn of(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// From `from` up to, and without, `to`.
    pub fn from(&mut self, from: i64, to: i64) -> i64 {
        from + (self.0.next_u64() % u64::try_from(to - from).expect("a range")) as i64
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.from(0, count as i64) as usize
    }

    /// In so many of a hundred cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.from(0, 100) < percent
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { Some(&of[self.below(of.len())]) }
    }
}
