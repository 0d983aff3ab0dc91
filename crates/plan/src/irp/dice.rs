//! Random figures of a search, from a seed.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng as _;

/// A stream of random figures.
#[derive(Clone, Debug)]
pub(super) struct Dice(Pcg64Mcg);

impl Dice {
    /// The stream of a seed, one of several that run side by side.
    pub(super) fn of(seed: u64, stream: u64) -> Self {
        let mixed = u128::from(seed) << 64 | u128::from(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut dice = Self(Pcg64Mcg::new(mixed ^ 0xcafe_f00d_d15e_a5e5_0123_4567_89ab_cdef));
        // Neighbouring seeds begin alike.
        (0..8).for_each(|_| _ = dice.0.next_u64());
        dice
    }

    /// A whole number below a limit; zero when the limit is zero.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // The upper half of a product is without division and even to one part in 2^32 for limits below 2^32.
        ((u128::from(self.0.next_u64()) * limit as u128) >> 64) as usize
    }

    /// From 0 up to, and without, 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Puts a list into random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
