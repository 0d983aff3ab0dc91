//! Randomness as an argument, and the few distributions that need is made of.

use protocol::Figure;
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

use crate::quantiles::{LEVEL, LEVELS, Quantiles};

/// How far P90 lies from the median of a normal distribution, in deviations.
const TENTH: f64 = 1.281_551_565_544_600_4;
/// Steps of a table of a distribution: ten bits.
pub(super) const STEPS: usize = 1_024;

/// More people than this are not counted in a week.
const MOST_PEOPLE: f64 = 1e7;

/// A count that can be one of people: not a number is nobody who could be counted on.
pub(super) fn people(count: f64) -> f64 {
    if count.is_nan() { 0.0 } else { count.clamp(0.0, MOST_PEOPLE) }
}

/// A stream of random figures.
#[derive(Clone, Debug)]
pub(crate) struct Dice(Pcg64Mcg);

impl Dice {
    /// The stream of a seed, a purpose and two numbers: every question has its own, so that no answer depends on how
    /// many were asked before it. FNV-1a is the same on every machine and in every release.
    pub(crate) fn of(seed: u64, purpose: &str, one: u64, other: u64) -> Self {
        let mut mixed: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        for byte in purpose.bytes().chain([seed, one, other].into_iter().flat_map(u64::to_le_bytes)) {
            mixed = (mixed ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Self(Pcg64Mcg::new(mixed))
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Between 0 and 1, never either.
    pub(super) fn share(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Normal with mean 0 and deviation 1.
    pub(crate) fn normal(&mut self) -> f64 {
        normal_at(self.share())
    }

    /// Gamma with mean and variance `shape` (Marsaglia and Tsang 2000).
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        if shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            let lift = self.share().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * lift;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let z = self.normal();
            let v = (1.0 + c * z).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * z * z + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Shares that sum to 1, spread about `weights` as a Dirichlet distribution.
    pub(super) fn shares(&mut self, weights: &[f64; 5]) -> [f64; 5] {
        let drawn = weights.map(|weight| self.gamma(weight));
        let sum: f64 = drawn.iter().sum();
        let whole: f64 = weights.iter().sum();
        if sum > 0.0 { drawn.map(|one| one / sum) } else { weights.map(|weight| weight / whole.max(f64::MIN_POSITIVE)) }
    }
}

/// `width` bits of `bits` from the bit `from` on, as a figure between 0 and 1, never either.
pub(super) fn share_of(bits: u64, from: u32, width: u32) -> f64 {
    let mask = (1_u64 << width) - 1;
    (((bits >> from) & mask) as f64 + 0.5) / (1_u64 << width) as f64
}

/// Where a normal distribution has this share below it (Acklam's fit, relative error below 1.2e-9).
pub(super) fn normal_at(share: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 5] =
        [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 4] = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
    let tail = |share: f64| {
        let q = (-2.0 * share.ln()).sqrt();
        C.iter().fold(0.0, |sum, c| sum * q + c) / (D.iter().fold(0.0, |sum, d| sum * q + d) * q + 1.0)
    };
    let share = share.clamp(1e-15, 1.0 - 1e-15);
    if share < 0.024_25 {
        tail(share)
    } else if share > 1.0 - 0.024_25 {
        -tail(1.0 - share)
    } else {
        let q = share - 0.5;
        let r = q * q;
        A.iter().fold(0.0, |sum, a| sum * r + a) * q / (B.iter().fold(0.0, |sum, b| sum * r + b) * r + 1.0)
    }
}

/// A positive figure told by its median, P10 and P90: log-normal, with its own deviation on either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    median: f64,
    below: f64,
    above: f64,
}

impl Spread {
    /// Of a figure of the norms. Without a range, or with an end that is not positive, that side does not spread.
    pub(super) fn of(figure: Figure) -> Self {
        let side = |ratio: f64| if ratio.is_finite() && ratio > 1.0 { ratio.ln() / TENTH } else { 0.0 };
        let median = figure.value.max(0.0);
        Self { median, below: side(median / figure.low), above: side(figure.high / median) }
    }

    /// The figure so many deviations from its median.
    pub(super) fn at(self, z: f64) -> f64 {
        self.median * ((if z < 0.0 { self.below } else { self.above }) * z).exp()
    }

    /// Deviation of the logarithm, the mean of both sides.
    pub(super) fn deviation(self) -> f64 {
        (self.below + self.above) / 2.0
    }

    /// The figure at the middle of each of [`STEPS`] equal shares.
    pub(super) fn table(self) -> Vec<f64> {
        (0..STEPS).map(|step| self.at(normal_at(middle(step)))).collect()
    }
}

fn middle(step: usize) -> f64 {
    (step as f64 + 0.5) / STEPS as f64
}

/// Stays of mean 1 in two stages (Erlang), as the source of the stays models them: cv 0.71.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stay {
    whole: Vec<f64>,
    rest: Vec<f64>,
}

impl Stay {
    pub(super) fn new() -> Self {
        // What is left to those found on a ward on any day.
        let left = |x: f64| (1.0 + x) * (-2.0 * x).exp();
        let table = |survive: &dyn Fn(f64) -> f64| {
            let mut table: Vec<f64> = (0..STEPS).map(|step| inverse(survive, 1.0 - middle(step))).collect();
            // The middles of the last steps lose a little of the tail.
            let mean = table.iter().sum::<f64>() / STEPS as f64;
            let wanted = integral(survive);
            table.iter_mut().for_each(|stay| *stay *= wanted / mean);
            table
        };
        Self { whole: table(&longer), rest: table(&left) }
    }

    /// A whole stay, in means; ten bits choose it.
    pub(super) fn whole(&self, bits: u64) -> f64 {
        self.whole[(bits as usize) % STEPS]
    }

    /// What is left to a patient found on the ward: after so many means if that is known.
    pub(super) fn rest(&self, bits: u64, after: Option<f64>) -> f64 {
        match after {
            None => self.rest[(bits as usize) % STEPS],
            Some(after) => {
                let shorter = self.whole.partition_point(|stay| *stay <= after).min(STEPS - 1);
                let step = shorter + (bits as usize % STEPS) * (STEPS - shorter) / STEPS;
                (self.whole[step] - after).max(0.0)
            }
        }
    }
}

/// Share of stays that are longer than so many means.
pub(super) fn longer(means: f64) -> f64 {
    (1.0 + 2.0 * means) * (-2.0 * means).exp()
}

/// Where a falling share reaches `share`.
fn inverse(survive: &dyn Fn(f64) -> f64, share: f64) -> f64 {
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if survive(middle) > share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The mean of what survives so: Simpson over 0 to 20.
fn integral(survive: &dyn Fn(f64) -> f64) -> f64 {
    let step = 0.01;
    let weight = |i: usize| {
        if i == 0 || i == 2_000 {
            1.0
        } else if i % 2 == 1 {
            4.0
        } else {
            2.0
        }
    };
    (0..=2_000).map(|i| weight(i) * survive(i as f64 * step)).sum::<f64>() * step / 3.0
}

/// Reads a figure off quantiles at any number of deviations: straight lines between the normal scores of the levels,
/// carried on at either end, never negative.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ruler([f64; LEVELS]);

impl Ruler {
    pub(super) fn new() -> Self {
        Self(LEVEL.map(normal_at))
    }

    pub(super) fn read(&self, quantiles: &Quantiles, z: f64) -> f64 {
        let figures = quantiles.figures().map(people);
        let above = self.0.partition_point(|level| *level <= z).clamp(1, LEVELS - 1);
        let (from, until) = (figures[above - 1], figures[above]);
        let read = from + (until - from) * (z - self.0[above - 1]) / (self.0[above] - self.0[above - 1]);
        people(read)
    }
}

/// Deviations of so many paths: half own, half common to all places as `shared` says, and then by rank, so that the paths
/// have every level as often as they should.
pub(super) fn scores(seed: u64, purpose: &str, place: u64, paths: usize, shared: f64) -> Vec<f64> {
    let (mut common, mut own) = (Dice::of(seed, purpose, 0, 1), Dice::of(seed, purpose, place, 2));
    let (with, without) = (shared.clamp(0.0, 1.0).sqrt(), (1.0 - shared.clamp(0.0, 1.0)).sqrt());
    ranked((0..paths).map(|_| with * common.normal() + without * own.normal()).collect())
}

/// Each figure replaced by the normal score of its rank.
pub(super) fn ranked(mut figures: Vec<f64>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by(|one, other| figures[*one].total_cmp(&figures[*other]).then(one.cmp(other)));
    let paths = order.len() as f64;
    for (rank, path) in order.into_iter().enumerate() {
        figures[path] = normal_at((rank as f64 + 0.5) / paths);
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_scores_are_those_of_the_tables() {
        for (share, z) in
            [(0.5, 0.0), (0.9, 1.281_551_6), (0.975, 1.959_964), (0.01, -2.326_347_9), (0.999, 3.090_232_3)]
        {
            assert!((normal_at(share) - z).abs() < 1e-6, "{share}");
        }
    }

    /// facts §2: the shipped medians and ends are hit.
    #[test]
    fn a_spread_hits_its_three_figures() {
        let spread = Spread::of(Figure { low: 15.0, value: 30.0, high: 50.0 });
        assert!((spread.at(-TENTH) - 15.0).abs() < 1e-9 && (spread.at(TENTH) - 50.0).abs() < 1e-9);
        assert_eq!(spread.at(0.0), 30.0);
        assert_eq!(Spread::of(Figure { low: 10.0, value: 10.0, high: 10.0 }).at(2.0), 10.0);
        assert_eq!(Spread::of(Figure { low: 0.0, value: 0.0, high: 0.0 }).at(2.0), 0.0);
    }

    #[test]
    fn stays_have_their_mean_and_the_rest_is_three_quarters() {
        let stay = Stay::new();
        let mean = |table: &[f64]| table.iter().sum::<f64>() / STEPS as f64;
        assert!((mean(&stay.whole) - 1.0).abs() < 1e-6);
        assert!((mean(&stay.rest) - 0.75).abs() < 1e-6, "cv² of two stages is a half: (1 + 1/2) / 2");
        // Erlang of two stages: P10 0.2659, P90 1.9449.
        assert!((stay.whole[102] - 0.2659).abs() < 0.003 && (stay.whole[921] - 1.9449).abs() < 0.01);
    }

    #[test]
    fn who_has_stayed_long_has_less_left_than_a_whole_stay_and_never_less_than_nothing() {
        let stay = Stay::new();
        let mean = |after: f64| (0..1024).map(|bits| stay.rest(bits, Some(after))).sum::<f64>() / 1024.0;
        assert!((mean(0.0) - 1.0).abs() < 0.01);
        assert!(mean(1.0) < 0.8 && mean(1.0) > 0.6, "{}: (1/2)(1 + 1/3) = 0.667", mean(1.0));
        assert!((0..1024).all(|bits| stay.rest(bits, Some(500.0)) >= 0.0));
    }

    #[test]
    fn gamma_and_shares_have_their_means() {
        let mut dice = Dice::of(1, "test", 0, 0);
        for shape in [0.05, 0.7, 4.0] {
            let mean = (0..20_000).map(|_| dice.gamma(shape)).sum::<f64>() / 20_000.0;
            assert!((mean - shape).abs() < 4.0 * (shape / 20_000.0).sqrt(), "{shape}: {mean}");
        }
        let shares = dice.shares(&[6.78, 1.61, 0.3, 1.26, 0.04]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(dice.shares(&[0.0; 5]), [0.0; 5]);
    }

    #[test]
    fn ranks_have_every_level_and_places_share_what_they_should() {
        let (one, other) = (scores(7, "x", 1, 400, 0.5), scores(7, "x", 2, 400, 0.5));
        let mut sorted = one.clone();
        sorted.sort_by(f64::total_cmp);
        assert!((sorted[199] + sorted[200]).abs() < 1e-9 && (sorted[360] - 1.28).abs() < 0.02);
        let correlation = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / 400.0;
        assert!((correlation(&one, &other) - 0.5).abs() < 0.12, "{}", correlation(&one, &other));
        assert_eq!(one, scores(7, "x", 1, 400, 0.5));
        assert!(correlation(&one, &scores(8, "x", 1, 400, 0.5)).abs() < 0.15);
    }

    #[test]
    fn a_ruler_reads_the_levels_back() {
        let quantiles = Quantiles::rising(LEVEL.map(|level| 100.0 * level));
        let ruler = Ruler::new();
        for level in LEVEL {
            assert!((ruler.read(&quantiles, normal_at(level)) - 100.0 * level).abs() < 1e-9);
        }
        assert_eq!(ruler.read(&quantiles, -9.0), 0.0);
        assert!(ruler.read(&quantiles, 3.0) > 99.0);
        assert_eq!(ruler.read(&Quantiles::rising([f64::NAN; LEVELS]), 0.3), 0.0);
    }
}
