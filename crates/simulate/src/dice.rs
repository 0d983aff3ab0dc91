//! Randomness as an argument: every question has its own stream, named by seed and words, so that no
//! answer depends on how many questions were asked before it.

mod laws;

use quantity::{Id, Moment};
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

/// A stream of random figures.
#[derive(Clone, Debug)]
pub(crate) struct Dice(Pcg64Mcg);

impl Dice {
    /// The stream of a seed, a purpose and two numbers, such as a facility's place in the list and an hour.
    pub(crate) fn of(seed: u64, purpose: &str, one: u64, other: u64) -> Self {
        // FNV-1a: stable on every machine and in every release, which `std`'s hashers do not promise.
        let mut mixed: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let numbers = [seed, one, other];
        for byte in purpose.bytes().chain(numbers.into_iter().flat_map(u64::to_le_bytes)) {
            mixed = (mixed ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Self(Pcg64Mcg::new(mixed))
    }

    /// From 0 up to, and without, 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between two figures.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// True in a share of cases.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// Normal with mean 0 and deviation 1, within ±6: twelve throws.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// A whole number below a limit; zero when the limit is zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.share() * limit as f64) as usize
    }

    /// An identifier of a moment.
    pub(crate) fn id(&mut self, at: Moment) -> Id {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        Id::new(at, random)
    }
}
