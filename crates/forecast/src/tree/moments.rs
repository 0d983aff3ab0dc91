//! How wide a sum is whose parts surprise together in part, without drawing it.
//!
//! A figure X that rises with a normal score z is X = Σ a(k) He(k; z), with the Hermite polynomials of the probabilists;
//! two figures whose scores have the correlation c have the covariance Σ k! a(k) b(k) c^k (Mehler). So the variance of a sum
//! of many figures with one correlation is a polynomial in it, and four terms are enough.

use crate::root::{count, root};

/// How far from the sum to the direct forecast of it, measured on both sets and on synthetic provinces.
const TO_DIRECT: f64 = 0.75;
/// No part is multiplied or divided by more: who stands nearest knows best. With e instead of 1.25 places lose in score on the
/// logarithm and in coverage, most where a wave explodes and the total does not see it coming.
const MOST: f64 = 1.25;
/// Points at which a figure is read.
pub(super) const POINTS: usize = 64;
/// Terms of the expansion.
const TERMS: usize = 4;
/// Steps of the bisection: the share is found within 1e-6.
const STEPS: usize = 20;

/// A figure by its mean, its variance and how it hangs on the score that it shares with others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Unit {
    mean: f64,
    variance: f64,
    /// a(k) × √k!, from k = 1.
    terms: [f64; TERMS],
}

impl Unit {
    /// From readings at equally likely points, rising with the score.
    pub(super) fn of(readings: &[f64], points: &[f64]) -> Self {
        let count = readings.len().max(1) as f64;
        let mean = readings.iter().sum::<f64>() / count;
        let mut unit = Self { mean, ..Self::default() };
        for (reading, z) in readings.iter().zip(points) {
            let off = (reading - mean) / count;
            unit.variance += off * (reading - mean);
            let square = z * z;
            let polynomials = [*z, square - 1.0, z * (square - 3.0), square * (square - 6.0) + 3.0];
            for (term, polynomial) in unit.terms.iter_mut().zip(polynomials) {
                *term += off * polynomial;
            }
        }
        for (term, factorial) in unit.terms.iter_mut().zip([1.0_f64, 2.0, 6.0, 24.0]) {
            *term /= factorial.sqrt();
        }
        unit
    }

    /// The sum of units whose scores have a share in common, by that share's score.
    pub(super) fn sum(units: &[Self], share: f64) -> Self {
        let mut sum = Self::default();
        for unit in units {
            sum.mean += unit.mean;
            sum.terms.iter_mut().zip(unit.terms).for_each(|(sum, term)| *sum += term);
        }
        sum.variance = Sum::of(units).variance(share);
        let root = share.sqrt();
        let mut power = 1.0;
        for term in &mut sum.terms {
            power *= root;
            *term *= power;
        }
        sum
    }
}

impl Unit {
    /// The same, so many times as large.
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.mean *= factor;
        self.variance *= factor * factor;
        self.terms.iter_mut().for_each(|term| *term *= factor);
        self
    }
}

/// The variance of a sum by the share in common.
struct Sum {
    apart: f64,
    together: [f64; TERMS],
}

impl Sum {
    fn of(units: &[Unit]) -> Self {
        let mut together = [0.0; TERMS];
        for (term, together) in together.iter_mut().enumerate() {
            let all: f64 = units.iter().map(|unit| unit.terms[term]).sum();
            *together = all * all - units.iter().map(|unit| unit.terms[term].powi(2)).sum::<f64>();
        }
        Self { apart: units.iter().map(|unit| unit.variance).sum(), together }
    }

    fn variance(&self, share: f64) -> f64 {
        let together = self.together.iter().rev().fold(0.0, |sum, term| (sum + term) * share);
        self.apart + together
    }
}

/// By how much parts are multiplied so that their sum lies where it should: on the scale of roots three quarters of the way
/// from where it lies to the direct forecast. 1 without a direct forecast that says anything.
pub(super) fn lifted(units: &[Unit], direct: Option<&Unit>) -> f64 {
    let mean: f64 = units.iter().map(|unit| unit.mean).sum();
    let Some(direct) = direct.filter(|direct| direct.mean > 0.0 && mean > 0.0) else { return 1.0 };
    let wanted = count((1.0 - TO_DIRECT) * root(mean) + TO_DIRECT * root(direct.mean));
    (wanted / mean).clamp(1.0 / MOST, MOST)
}

/// The share in common with which a sum is as wide for its size as a direct forecast of it: 0 where it is wider
/// without any, 1 where it is narrower with all; `unknown` without a direct forecast that says anything.
pub(super) fn common_share(units: &[Unit], direct: Option<&Unit>, unknown: f64) -> f64 {
    let unknown = if unknown.is_finite() { unknown.clamp(0.0, 1.0) } else { 0.5 };
    let mean: f64 = units.iter().map(|unit| unit.mean).sum();
    let Some(direct) = direct.filter(|direct| direct.mean > 0.0 && mean > 0.0) else { return unknown };
    let wanted = direct.variance * (mean / direct.mean).powi(2);
    let sum = Sum::of(units);
    let (mut low, mut high) = (0.0, 1.0);
    if sum.variance(low) >= wanted {
        return low;
    }
    if sum.variance(high) <= wanted {
        return high;
    }
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        if sum.variance(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}
