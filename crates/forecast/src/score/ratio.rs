//! The ratio of two mean scores, and how far chance moves it.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Days of forecast, a week apart, that are drawn together: errors of neighbouring weeks are alike.
pub const WEEKS_PER_BLOCK: usize = 4;

/// How often the days are drawn anew.
pub const DRAWS: usize = 2_000;

/// A ratio of two mean scores on identical targets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio: below 1 the first is better.
    pub ratio: f64,
    /// Between these lies 90 % of the ratios of days drawn anew; none below two blocks of days, where it would be an
    /// illusion.
    pub interval: Option<(f64, f64)>,
}

impl Ratio {
    /// Of pairs of scores with their days. None without pairs or where the second scores are all 0.
    ///
    /// Blocks of [`WEEKS_PER_BLOCK`] days that follow each other are drawn with replacement, the first day after the
    /// last (circular block bootstrap, Politis and Romano 1992). The same seed gives the same interval.
    pub fn of(pairs: &[(Date, f64, f64)], seed: u64) -> Option<Self> {
        let mut by_day: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
        for (day, one, other) in pairs {
            let sums = by_day.entry(*day).or_default();
            sums.0 += one;
            sums.1 += other;
        }
        let days: Vec<(f64, f64)> = by_day.into_values().collect();
        let over = |(one, other): (f64, f64)| (other > 0.0).then(|| one / other);
        let add = |sum: (f64, f64), day: &(f64, f64)| (sum.0 + day.0, sum.1 + day.1);
        let ratio = over(days.iter().fold((0.0, 0.0), add))?;
        let blocks = days.len().div_ceil(WEEKS_PER_BLOCK);
        if days.len() < 2 * WEEKS_PER_BLOCK {
            return Some(Self { ratio, interval: None });
        }
        let mut chance = Chance(seed);
        let mut drawn: Vec<f64> = (0..DRAWS)
            .filter_map(|_| {
                let mut sums = (0.0, 0.0);
                for _ in 0..blocks {
                    let first = chance.below(days.len());
                    sums = days.iter().cycle().skip(first).take(WEEKS_PER_BLOCK).fold(sums, add);
                }
                over(sums)
            })
            .collect();
        drawn.sort_by(f64::total_cmp);
        let at = |share: f64| drawn.get(((drawn.len() as f64 * share) as usize).min(drawn.len().saturating_sub(1)));
        let interval = at(0.05).copied().zip(at(0.95).copied());
        Some(Self { ratio, interval })
    }
}

/// A stream of numbers that a seed fixes (SplitMix64, Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is small against 2^64.
    fn below(&mut self, number: usize) -> usize {
        (self.next() % number as u64) as usize
    }
}
