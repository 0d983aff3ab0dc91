//! How good forecasts were: the weighted interval score, its ratio to a baseline on identical targets, coverage.
//!
//! The score of one forecast is twice the mean pinball loss over the levels: in the unit of the counts, 0 only where every
//! quantile is the truth. On the logarithm of count + 1 a small place weighs as much as a large one.

mod ratio;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use ratio::{DRAWS, Ratio, WEEKS_PER_BLOCK};

use crate::quantiles::{LEVEL, LEVELS, Quantiles};

/// Weeks ahead that are scored.
pub const WEEKS_AHEAD: usize = 4;

/// Central intervals whose coverage is counted, as shares.
pub const INTERVALS: [f64; 3] = [0.5, 0.9, 0.95];

/// What came true of one target, and what the baseline had said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The day of the forecast.
    pub on: Date,
    /// Which place, by its number.
    pub place: usize,
    /// How many weeks ahead, 1 to [`WEEKS_AHEAD`].
    pub weeks: usize,
    /// The count that came true.
    pub truth: f64,
    /// What the baseline had said.
    pub baseline: Quantiles,
}

/// Weighted interval score: twice the mean pinball loss over [`LEVEL`], in the unit of the counts.
pub fn wis(quantiles: &Quantiles, truth: f64) -> f64 {
    pinball(quantiles, |figure| truth - figure)
}

/// The same on log(count + 1). Counts below 0 count as 0.
pub fn wis_of_logarithm(quantiles: &Quantiles, truth: f64) -> f64 {
    pinball(quantiles, |figure| truth.max(0.0).ln_1p() - figure.max(0.0).ln_1p())
}

/// Twice the mean pinball loss of what the truth lies above each quantile.
fn pinball(quantiles: &Quantiles, above: impl Fn(f64) -> f64) -> f64 {
    let loss = |(level, figure): (&f64, &f64)| {
        let above = above(*figure);
        (level * above).max((level - 1.0) * above)
    };
    2.0 * LEVEL.iter().zip(quantiles.figures()).map(loss).sum::<f64>() / LEVELS as f64
}

/// How good a model was on some targets; none where there was no target, or the baseline without any error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// How many targets.
    pub targets: usize,
    /// Mean score.
    pub wis: Option<f64>,
    /// Mean score over that of the baseline: below 1 is better.
    pub rel: Option<f64>,
    /// The same on the logarithm.
    pub lrel: Option<f64>,
    /// Share of targets inside each of [`INTERVALS`], its ends included.
    pub coverage: Option<[f64; INTERVALS.len()]>,
}

/// Sums that become a [`Part`].
#[derive(Clone, Copy, Default)]
struct Sums {
    targets: usize,
    wis: f64,
    baseline: f64,
    logarithm: f64,
    baseline_logarithm: f64,
    inside: [usize; INTERVALS.len()],
}

impl Sums {
    fn add(&mut self, scored: &Scored) {
        self.targets += 1;
        self.wis += scored.wis;
        self.baseline += scored.baseline;
        self.logarithm += scored.logarithm;
        self.baseline_logarithm += scored.baseline_logarithm;
        for (count, inside) in self.inside.iter_mut().zip(scored.inside) {
            *count += usize::from(inside);
        }
    }

    fn part(&self) -> Part {
        let some = self.targets > 0;
        let number = self.targets as f64;
        let over = |own: f64, other: f64| (some && other > 0.0).then(|| own / other);
        Part {
            targets: self.targets,
            wis: some.then(|| self.wis / number),
            rel: over(self.wis, self.baseline),
            lrel: over(self.logarithm, self.baseline_logarithm),
            coverage: some.then(|| self.inside.map(|count| count as f64 / number)),
        }
    }
}

/// One target, scored.
struct Scored {
    wis: f64,
    baseline: f64,
    logarithm: f64,
    baseline_logarithm: f64,
    inside: [bool; INTERVALS.len()],
}

impl Scored {
    fn of(case: &Case, quantiles: &Quantiles) -> Self {
        let inside = INTERVALS.map(|share| {
            let (low, high) = quantiles.interval(share);
            (low..=high).contains(&case.truth)
        });
        Self {
            wis: wis(quantiles, case.truth),
            baseline: wis(&case.baseline, case.truth),
            logarithm: wis_of_logarithm(quantiles, case.truth),
            baseline_logarithm: wis_of_logarithm(&case.baseline, case.truth),
            inside,
        }
    }
}

/// How good a model was.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// On all its targets.
    pub all: Part,
    /// By weeks ahead, from 1.
    pub weeks: [Part; WEEKS_AHEAD],
    /// By third of the places, the smallest first.
    pub thirds: [Part; 3],
    /// On how many days a target was forecast.
    pub dates: usize,
    /// `rel` once more, with its interval.
    pub rel: Option<Ratio>,
}

/// Scores what a model said, case by case, where it said something and `counted` holds. `thirds` says for each place its
/// third, see [`thirds`].
pub fn score(
    cases: &[Case],
    said: &[Option<Quantiles>],
    counted: &[bool],
    thirds: &[Option<usize>],
    seed: u64,
) -> Score {
    let (mut all, mut by_week, mut by_third) = (Sums::default(), [Sums::default(); WEEKS_AHEAD], [Sums::default(); 3]);
    let mut dates = BTreeSet::new();
    let mut pairs = Vec::new();
    for ((case, said), _) in cases.iter().zip(said).zip(counted).filter(|(_, counted)| **counted) {
        let Some(quantiles) = said else { continue };
        let scored = Scored::of(case, quantiles);
        all.add(&scored);
        if let Some(sums) = case.weeks.checked_sub(1).and_then(|week| by_week.get_mut(week)) {
            sums.add(&scored);
        }
        if let Some(third) = thirds.get(case.place).copied().flatten() {
            by_third[third].add(&scored);
        }
        dates.insert(case.on);
        pairs.push((case.on, scored.wis, scored.baseline));
    }
    Score {
        all: all.part(),
        weeks: by_week.map(|sums| sums.part()),
        thirds: by_third.map(|sums| sums.part()),
        dates: dates.len(),
        rel: Ratio::of(&pairs, seed),
    }
}

/// The mean score of one model over that of another, on the targets that are counted and of which both said something.
pub fn compare(
    cases: &[Case],
    said: &[Option<Quantiles>],
    other: &[Option<Quantiles>],
    counted: &[bool],
    seed: u64,
) -> Option<Ratio> {
    let pairs: Vec<(Date, f64, f64)> = cases
        .iter()
        .zip(said.iter().zip(other))
        .zip(counted)
        .filter(|(_, counted)| **counted)
        .filter_map(|((case, (one, other)), _)| {
            Some((case.on, wis(one.as_ref()?, case.truth), wis(other.as_ref()?, case.truth)))
        })
        .collect();
    Ratio::of(&pairs, seed)
}

/// In which third each place is by its mean truth, 0 the smallest; none for a place without a case. What the models
/// said has no part in it. Of equal places the one with the lower number counts as smaller.
pub fn thirds(cases: &[Case], places: usize) -> Vec<Option<usize>> {
    let mut sums = vec![(0.0, 0_usize); places];
    for case in cases {
        if let Some((sum, number)) = sums.get_mut(case.place) {
            *sum += case.truth;
            *number += 1;
        }
    }
    let mean = |place: usize| sums[place].0 / sums[place].1 as f64;
    let mut order: Vec<usize> = (0..places).filter(|place| sums[*place].1 > 0).collect();
    order.sort_by(|one, other| mean(*one).total_cmp(&mean(*other)));
    let mut thirds = vec![None; places];
    for (rank, place) in order.iter().enumerate() {
        thirds[*place] = Some(rank * 3 / order.len());
    }
    thirds
}
