//! Draws from the laws that epidemics need. Exact (no normal stands in for a count), and their cost does
//! not grow with the mean:
//! - normal: Marsaglia's polar method;
//! - gamma: Marsaglia and Tsang, «A simple method for generating gamma variables», 2000;
//! - Poisson from a mean of 10: PTRS, Hörmann, «The transformed rejection method for generating Poisson random
//!   variables», 1993;
//! - binomial from a mean of 10: BTRS, Hörmann, «The generation of binomial random variates», 1993.

use super::Dice;

/// Mean from which counts are drawn by rejection; below it, by adding up probabilities.
const BY_REJECTION: f64 = 10.0;

impl Dice {
    /// Above 0 and below 1, for logarithms.
    fn open_share(&mut self) -> f64 {
        loop {
            let share = self.share();
            if share > 0.0 {
                return share;
            }
        }
    }

    /// Between two figures above zero, every doubling equally likely.
    pub(crate) fn log_between(&mut self, low: f64, high: f64) -> f64 {
        self.between(low.ln(), high.ln()).exp()
    }

    /// A whole number from one to another, both included.
    pub(crate) fn whole(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Normal with mean 0 and deviation 1, its tails included, which [`Dice::normal`] cuts off.
    pub(crate) fn gauss(&mut self) -> f64 {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// Exponential with a mean.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.open_share().ln()
    }

    /// Gamma with a shape above zero and scale 1: its mean and its variance are the shape.
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let below = self.open_share().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * below;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.gauss();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let cube = root * root * root;
            let share = self.open_share();
            if share < 1.0 - 0.0331 * x.powi(4) || share.ln() < 0.5 * x * x + d * (1.0 - cube + cube.ln()) {
                return d * cube;
            }
        }
    }

    /// A factor with mean 1 and variance 1 / shape; always 1 when the shape is no finite figure above zero.
    pub(crate) fn factor(&mut self, shape: f64) -> f64 {
        if shape.is_finite() && shape > 0.0 { self.gamma(shape) / shape } else { 1.0 }
    }

    /// Poisson with a mean; zero for a mean of zero or less, and for what is no finite figure, which would be
    /// looked for without end.
    pub(crate) fn poisson(&mut self, mean: f64) -> f64 {
        if mean <= 0.0 || !mean.is_finite() {
            return 0.0;
        }
        if mean < BY_REJECTION {
            let (mut count, mut probability, mut left) = (0.0, (-mean).exp(), self.share());
            // The probabilities vanish long before a hundred; rounding must not keep the search going.
            while left >= probability && count < 100.0 {
                left -= probability;
                count += 1.0;
                probability *= mean / count;
            }
            return count;
        }
        let log_mean = mean.ln();
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.024_83 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let inside = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let (u, v) = (self.share() - 0.5, self.open_share());
            let edge = 0.5 - u.abs();
            if edge <= 0.0 {
                continue;
            }
            let count = ((2.0 * a / edge + b) * u + mean + 0.43).floor();
            if edge >= 0.07 && v <= inside {
                return count;
            }
            if count < 0.0 || (edge < 0.013 && v > edge) {
                continue;
            }
            let hat = (v * inverse_alpha / (a / (edge * edge) + b)).ln();
            if hat <= count * log_mean - mean - ln_factorial(count) {
                return count;
            }
        }
    }

    /// How many of a whole number of trials succeed, each with a probability; none where one of the two is no
    /// figure.
    pub(crate) fn binomial(&mut self, trials: f64, probability: f64) -> f64 {
        if trials <= 0.0 || probability <= 0.0 || !trials.is_finite() || probability.is_nan() {
            return 0.0;
        }
        if probability >= 1.0 {
            return trials;
        }
        if probability > 0.5 {
            return trials - self.binomial(trials, 1.0 - probability);
        }
        let (odds, mean) = (probability / (1.0 - probability), trials * probability);
        if mean < BY_REJECTION {
            let mut at_count = (trials * (-probability).ln_1p()).exp();
            let (mut count, mut left) = (0.0, self.share());
            while left >= at_count && count < trials {
                left -= at_count;
                at_count *= odds * (trials - count) / (count + 1.0);
                count += 1.0;
            }
            return count;
        }
        let deviation = (mean * (1.0 - probability)).sqrt();
        let b = 1.15 + 2.53 * deviation;
        let a = -0.0873 + 0.0248 * b + 0.01 * probability;
        let inside = 0.92 - 4.2 / b;
        let alpha = (2.83 + 5.1 / b) * deviation;
        let middle = ((trials + 1.0) * probability).floor();
        let of_middle = ln_factorial(middle) + ln_factorial(trials - middle);
        loop {
            let (u, v) = (self.share() - 0.5, self.open_share());
            let edge = 0.5 - u.abs();
            if edge <= 0.0 {
                continue;
            }
            let count = ((2.0 * a / edge + b) * u + mean + 0.5).floor();
            if count < 0.0 || count > trials {
                continue;
            }
            if edge >= 0.07 && v <= inside {
                return count;
            }
            let hat = (v * alpha / (a / (edge * edge) + b)).ln();
            let of_count = ln_factorial(count) + ln_factorial(trials - count);
            if hat <= of_middle - of_count + (count - middle) * odds.ln() {
                return count;
            }
        }
    }
}

/// The logarithm of a factorial: the product itself while it is exact, then Stirling's series, whose error
/// stays below 1e-11.
fn ln_factorial(count: f64) -> f64 {
    if count < 18.0 {
        let (mut product, mut next) = (1.0, 2.0);
        while next <= count {
            product *= next;
            next += 1.0;
        }
        return f64::ln(product);
    }
    let x = count + 1.0;
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square / 1260.0));
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    const THROWS: usize = 60_000;

    /// Mean, variance and third central moment of many throws.
    fn moments(name: &str, mut throw: impl FnMut(&mut Dice) -> f64) -> (f64, f64, f64) {
        let mut dice = Dice::of(7, name, 0, 0);
        let thrown: Vec<f64> = (0..THROWS).map(|_| throw(&mut dice)).collect();
        let mean = thrown.iter().sum::<f64>() / THROWS as f64;
        let central = |power: i32| thrown.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / THROWS as f64;
        (mean, central(2), central(3))
    }

    /// Within five standard errors of what the law says.
    fn near(name: &str, found: (f64, f64, f64), mean: f64, variance: f64, third: f64) {
        let throws = THROWS as f64;
        let skewness = third / variance.powf(1.5);
        assert!((found.0 - mean).abs() < 5.0 * (variance / throws).sqrt(), "{name}: mean {} for {mean}", found.0);
        let excess = 1.5 * skewness * skewness + 1.0;
        let of_variance = variance * ((2.0 + excess) / throws).sqrt();
        assert!((found.1 - variance).abs() < 5.0 * of_variance, "{name}: variance {} for {variance}", found.1);
        let of_third = variance.powf(1.5) * ((15.0 + 40.0 * skewness * skewness) / throws).sqrt();
        assert!((found.2 - third).abs() < 6.0 * of_third, "{name}: third moment {} for {third}", found.2);
    }

    #[test]
    fn normal_and_gamma_have_their_moments() {
        near("normal", moments("normal", Dice::gauss), 0.0, 1.0, 0.0);
        near("exponential", moments("exponential", |dice| dice.exponential(3.0)), 3.0, 9.0, 54.0);
        for shape in [0.4, 1.0, 2.5, 80.0] {
            near("gamma", moments("gamma", |dice| dice.gamma(shape)), shape, shape, 2.0 * shape);
            near("factor", moments("factor", |dice| dice.factor(shape)), 1.0, 1.0 / shape, 2.0 / (shape * shape));
        }
    }

    /// On both sides of the change of method, and far out.
    #[test]
    fn counts_have_their_moments() {
        for mean in [0.02, 1.0, 9.9, 10.0, 31.5, 1_000.0, 4e7] {
            near("poisson", moments("poisson", |dice| dice.poisson(mean)), mean, mean, mean);
        }
        for (trials, share) in [(1.0, 0.3), (12.0, 0.5), (40.0, 0.2), (40.0, 0.9), (25.0, 0.4), (5e6, 0.63)] {
            let variance = trials * share * (1.0 - share);
            let found = moments("binomial", |dice| dice.binomial(trials, share));
            near("binomial", found, trials * share, variance, variance * (1.0 - 2.0 * share));
        }
    }

    /// The whole law, not its moments alone: frequencies of single counts beside their probabilities.
    #[test]
    fn single_counts_have_their_probabilities() {
        let (mean, trials, share): (f64, f64, f64) = (14.0, 40.0, 0.3);
        let (mut dice, mut poisson, mut binomial) = (Dice::of(7, "single", 0, 0), [0.0; 60], [0.0; 60]);
        for _ in 0..THROWS {
            poisson[(dice.poisson(mean) as usize).min(59)] += 1.0;
            binomial[dice.binomial(trials, share) as usize] += 1.0;
        }
        for count in 0..41 {
            let k = count as f64;
            let of_poisson = (k * mean.ln() - mean - ln_factorial(k)).exp();
            let ways = ln_factorial(trials) - ln_factorial(k) - ln_factorial(trials - k);
            let of_binomial = (ways + k * share.ln() + (trials - k) * (1.0 - share).ln()).exp();
            for (found, told) in [(poisson[count], of_poisson), (binomial[count], of_binomial)] {
                let (found, error) = (found / THROWS as f64, (told / THROWS as f64).sqrt());
                assert!((found - told).abs() < 5.0 * error + 3.0 / THROWS as f64, "{count}: {found} for {told}");
            }
        }
    }

    #[test]
    fn what_cannot_happen_does_not() {
        let mut dice = Dice::of(7, "edges", 0, 0);
        assert_eq!((dice.poisson(0.0), dice.poisson(-1.0)), (0.0, 0.0));
        assert_eq!((dice.binomial(0.0, 0.5), dice.binomial(9.0, 0.0), dice.binomial(9.0, 1.0)), (0.0, 0.0, 9.0));
        assert_eq!((dice.poisson(f64::NAN), dice.poisson(f64::INFINITY)), (0.0, 0.0));
        assert_eq!((dice.binomial(9.0, f64::NAN), dice.binomial(f64::NAN, 0.5)), (0.0, 0.0));
        assert!([0.0, -2.0, f64::NAN, f64::INFINITY].iter().all(|shape| dice.factor(*shape) == 1.0));
        assert!((0..1_000).all(|_| (3..=5).contains(&dice.whole(3, 5))));
        assert!((0..1_000).all(|_| (0.2..5.0).contains(&dice.log_between(0.2, 5.0))));
        let mut ln = 0.0;
        for count in 1..200 {
            ln += f64::from(count).ln();
            assert!((ln_factorial(f64::from(count)) - ln).abs() < 1e-10 * ln.max(1.0));
        }
    }
}
