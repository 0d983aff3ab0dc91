//! The naive forecast that stands beside every other: next week is like the last, give or take what a week has changed
//! within a year.
//!
//! The last known count is the median of every week to come. Around it lie the sums of as many weekly changes as the week
//! is ahead, each change taken with both signs, as the baselines of the public forecast hubs do; the sums are not drawn
//! but worked out.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::ahead::Ahead;
use crate::frame::{Frame, Vintages};
use crate::quantiles::{LEVELS, Quantiles, of_weighted};

/// Weeks ahead.
const WEEKS: usize = 4;

/// Weekly changes that count: those of the last year. What lies before, mostly the time before a disease or its reporting
/// began, only narrows the forecast.
const CHANGES: usize = 52;

/// Changes that a place must have shown before anything is said of it.
const FEWEST_CHANGES: usize = 2;

/// Different changes kept when changes are added up: more are gathered into as many, the rare ones at both ends finer.
const KEPT: usize = 96;

/// Weeks that a forecast from an old count reaches at most.
const LONGEST: usize = 26;

/// The naive forecast of every place that has shown at least two weekly changes, from what was known on a day.
/// `first_target` is the last day of the first week to come; whole numbers, never below 0.
pub fn naive(vintages: &Vintages, on: Date, first_target: Date) -> Vec<Ahead> {
    let known = vintages.known_on(on);
    (0..known.places()).flat_map(|place| naive_of_place(&known, place, first_target)).collect()
}

/// The same for one place, from what is known of the weeks before the first to come.
pub fn naive_of_place(known: &Frame, place: usize, first_target: Date) -> Vec<Ahead> {
    let weeks = (0..known.weeks()).take_while(|week| known.day(*week) < first_target).count();
    let count = |week: usize| known.count(week, place);
    let Some(last) = (0..weeks).rev().find(|week| count(*week).is_finite()) else { return Vec::new() };
    let changes: Vec<f64> = (1..weeks)
        .rev()
        .map(|week| count(week) - count(week - 1))
        .filter(|change| change.is_finite())
        .take(CHANGES)
        .collect();
    let days = known.day(last).until(first_target).map_or(0, |span| span.get_days());
    let first = usize::try_from(days).unwrap_or(0).div_ceil(7);
    if changes.len() < FEWEST_CHANGES || !(1..=LONGEST).contains(&first) {
        return Vec::new();
    }
    let one = Sum::of_changes(&changes);
    let mut sum = one.clone();
    for _ in 1..first {
        sum = sum.and(&one);
    }
    let mut all = Vec::with_capacity(WEEKS);
    for ahead in 0..WEEKS {
        if ahead > 0 {
            sum = sum.and(&one);
        }
        if let Some(quantiles) = sum.around(count(last)) {
            let day = first_target.saturating_add(i64::try_from(ahead).unwrap_or(0).weeks());
            all.push(Ahead { place, weeks: ahead + 1, day, quantiles });
        }
    }
    all
}

/// How a sum of changes is spread: different figures in rising order with their shares. With each figure stands its
/// opposite with the same share.
#[derive(Clone)]
struct Sum {
    figures: Vec<f64>,
    shares: Vec<f64>,
}

impl Sum {
    fn of_changes(changes: &[f64]) -> Self {
        Self::of(changes.iter().flat_map(|change| [(*change, 1.0), (-change, 1.0)]).collect())
    }

    /// Of figures with their weights.
    fn of(mut weighted: Vec<(f64, f64)>) -> Self {
        weighted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let mut sum = Self { figures: Vec::new(), shares: Vec::new() };
        for (figure, weight) in weighted {
            match (sum.figures.last(), sum.shares.last_mut()) {
                // -0 is 0.
                (Some(last), Some(share)) if *last == figure => *share += weight / total,
                _ => {
                    sum.figures.push(figure + 0.0);
                    sum.shares.push(weight / total);
                }
            }
        }
        sum
    }

    /// The sum of two that do not depend on each other.
    fn and(&self, other: &Self) -> Self {
        let (one, other) = (self.gathered(), other.gathered());
        let both = one
            .pairs()
            .flat_map(|(figure, share)| other.pairs().map(move |(second, weight)| (figure + second, share * weight)));
        Self::of(both.collect())
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.figures.iter().copied().zip(self.shares.iter().copied())
    }

    /// As it is, or with neighbours gathered into their mean until at most [`KEPT`] remain. The edges between them lie at
    /// (1 − cos πk/K)/2, so that an end keeps single figures where the middle gathers many.
    fn gathered(&self) -> Self {
        if self.figures.len() <= KEPT {
            return self.clone();
        }
        let mut gathered: Vec<(f64, f64)> = Vec::with_capacity(KEPT);
        let mut below = 0.0;
        let mut now = None;
        for (figure, share) in self.pairs() {
            let middle: f64 = (below + share / 2.0_f64).clamp(0.0, 1.0);
            let bin = ((1.0 - 2.0 * middle).acos() / std::f64::consts::PI * KEPT as f64) as usize;
            match gathered.last_mut() {
                Some((sum, weight)) if now == Some(bin) => {
                    *sum += figure * share;
                    *weight += share;
                }
                _ => gathered.push((figure * share, share)),
            }
            now = Some(bin);
            below += share;
        }
        Self {
            figures: gathered.iter().map(|(sum, weight)| sum / weight).collect(),
            shares: gathered.into_iter().map(|(_, weight)| weight).collect(),
        }
    }

    /// Quantiles of a count that moves by this sum. The upper half mirrors the lower one, so that the median is the count.
    fn around(&self, count: f64) -> Option<Quantiles> {
        let sums = of_weighted(&self.figures, &self.shares)?;
        let even: [f64; LEVELS] = std::array::from_fn(|level| (sums[level] - sums[LEVELS - 1 - level]) / 2.0);
        Some(Quantiles::rising(even.map(|sum| (count + sum).round().max(0.0))))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::frame::Told;

    /// Counts of one place, week after week, all told on the Monday after the last.
    fn told(counts: &[f64]) -> (Vintages, Date, Date) {
        let first = date(2022, 1, 1);
        let week = |number: usize| first.saturating_add(i64::try_from(number).expect("small").weeks());
        let on = week(counts.len().max(1) - 1).saturating_add(2.days());
        let all =
            counts.iter().enumerate().map(|(number, count)| Told { on, place: 0, week: week(number), count: *count });
        (Vintages::new(1, all.collect()), on, week(counts.len()))
    }

    fn forecast(counts: &[f64]) -> Vec<Ahead> {
        let (vintages, on, target) = told(counts);
        naive(&vintages, on, target)
    }

    /// Changes of ±10 only: after one week 90 or 110 with even odds, after two 80, 100, 100, 120.
    #[test]
    fn small_sums_are_exact() {
        let one = Sum::of_changes(&[10.0, -10.0, 10.0]);
        assert_eq!((one.figures.as_slice(), one.shares.as_slice()), (&[-10.0, 10.0][..], &[0.5, 0.5][..]));
        let two = one.and(&one);
        assert_eq!((two.figures.as_slice(), two.shares.as_slice()), (&[-20.0, 0.0, 20.0][..], &[0.25, 0.5, 0.25][..]));
        let ahead = forecast(&[100.0, 110.0, 100.0]);
        assert_eq!(ahead.len(), 4);
        assert!(ahead.iter().all(|ahead| ahead.quantiles.median() == 100.0));
        assert_eq!(
            (ahead[0].quantiles.interval(0.9), ahead[1].quantiles.interval(0.9)),
            ((90.0, 110.0), (80.0, 120.0))
        );
        assert_eq!((ahead[3].weeks, ahead[3].day), (4, date(2022, 2, 12)));
    }

    /// Too little to say anything of: nothing is said.
    #[test]
    fn fewer_than_two_changes_give_nothing() {
        assert!(forecast(&[]).is_empty() && forecast(&[5.0]).is_empty() && forecast(&[5.0, 6.0]).is_empty());
        assert!(forecast(&[5.0, f64::NAN, 6.0, f64::NAN, 7.0]).is_empty(), "no two weeks in a row are known");
        assert!(forecast(&[f64::NAN; 9]).is_empty());
        assert!(!forecast(&[5.0, 6.0, 7.0]).is_empty());
    }

    /// What a place showed more than a year ago no longer counts.
    #[test]
    fn changes_of_the_last_year_count() {
        let year: Vec<f64> = (0..53).map(|number| f64::from(number * number % 17)).collect();
        let before: Vec<f64> = (0..40).map(|number| f64::from(number % 2 * 5_000)).chain(year.clone()).collect();
        let quantiles = |counts: &[f64]| forecast(counts).iter().map(|ahead| ahead.quantiles).collect::<Vec<_>>();
        assert_eq!(quantiles(&before), quantiles(&year));
    }

    /// A missing last week makes every week lie one further ahead.
    #[test]
    fn a_missing_last_week_widens() {
        let counts = [20.0, 31.0, 25.0, 40.0, 33.0];
        let gap = [20.0, 31.0, 25.0, 40.0, 33.0, f64::NAN];
        let (whole, missing) = (forecast(&counts), forecast(&gap));
        assert_eq!(whole[1].quantiles, missing[0].quantiles);
        assert_eq!(missing[0].weeks, 1);
    }

    /// Against sums drawn at random and sorted: as near as so many draws allow.
    #[test]
    fn gathered_sums_are_those_of_many_draws() {
        let changes: Vec<f64> = (1..150).map(|number| f64::from(number * number % 211) - 60.0).collect();
        let one = Sum::of_changes(&changes);
        assert!(one.figures.len() > KEPT);
        let four = (0..3).fold(one.clone(), |sum, _| sum.and(&one));
        let mut state = 12_345_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let both: Vec<f64> = changes.iter().flat_map(|change| [*change, -change]).collect();
        let mut drawn: Vec<f64> = (0..400_000).map(|_| (0..4).map(|_| both[next(both.len())]).sum()).collect();
        drawn.sort_by(f64::total_cmp);
        let expected = of_weighted(&drawn, &vec![1.0; drawn.len()]).unwrap();
        let found = four.around(10_000.0).unwrap();
        for (found, expected) in found.figures().iter().zip(expected) {
            assert!((found - 10_000.0 - expected).abs() < 4.0, "{found} {expected}");
        }
    }

    /// Every commune of the country has a naive forecast within a second or two: small counts stay exact and few.
    #[test]
    fn small_whole_changes_stay_few() {
        let changes: Vec<f64> = (0..150).map(|number| f64::from(number % 7) - 3.0).collect();
        let one = Sum::of_changes(&changes);
        let four = (0..3).fold(one.clone(), |sum, _| sum.and(&one));
        assert_eq!((one.figures.len(), four.figures.len()), (7, 25));
    }

    proptest! {
        /// Whole numbers, never below 0, never falling, the last count in the middle, wider week by week.
        #[test]
        fn a_naive_forecast_is_sound(counts in proptest::collection::vec(0_u32..5_000, 3..60)) {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            let ahead = forecast(&counts);
            prop_assert_eq!(ahead.len(), WEEKS);
            let mut before = 0.0;
            for ahead in &ahead {
                let figures = ahead.quantiles.figures();
                prop_assert!(figures.iter().all(|figure| *figure >= 0.0 && figure.fract() == 0.0));
                prop_assert!(figures.is_sorted());
                prop_assert_eq!(ahead.quantiles.median(), counts[counts.len() - 1]);
                let high = ahead.quantiles.interval(0.9).1;
                prop_assert!(high >= before - 1.0 - before * 0.02, "{} after {}", high, before);
                before = high;
            }
        }
    }
}
