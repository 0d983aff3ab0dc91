//! Policies beside each other: ratios by province, their geometric mean, the worst, and how far chance can move them.

use crate::dice::Dice;

/// Below this share of the need nobody went short to speak of: whoever is no better than that is not better by a ratio.
pub const NOBODY: f64 = 1e-4;
/// Draws of provinces that an interval is made of.
const DRAWS: usize = 2_000;

/// How a policy did in one province, on average of its paths.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mean {
    /// Weighted patient-days without oxygen.
    pub unmet: f64,
    /// Days' worth of its own need that the facility at the 95th percentile did not get.
    pub p95: f64,
    /// Need, in weighted patient-days.
    pub need: f64,
}

/// One policy against another over provinces.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Compared {
    /// Provinces in which one of the two left somebody short.
    pub provinces: usize,
    /// Provinces in which neither did, or both did alike (to one in a thousand).
    pub ties: usize,
    /// Provinces in which it was worse.
    pub losses: usize,
    /// Geometric mean of the ratios of unmet need.
    pub ratio: Option<f64>,
    /// Where nine of ten geometric means lie when the provinces are drawn anew from those played.
    pub interval: Option<(f64, f64)>,
    /// The worst ratio, and the place of its province in the list.
    pub worst: Option<(f64, usize)>,
    /// Geometric mean of the ratios of the facility at the 95th percentile.
    pub fairness: Option<f64>,
    /// Its interval.
    pub fairness_interval: Option<(f64, f64)>,
}

/// Lays what a policy did beside what another did in the same provinces. A ratio below one is in favour of the first.
pub fn compare(one: &[Mean], other: &[Mean], seed: u64) -> Compared {
    let pairs: Vec<(usize, &Mean, &Mean)> =
        one.iter().zip(other).enumerate().map(|(number, (one, other))| (number, one, other)).collect();
    let short = |mean: &Mean| mean.unmet > NOBODY * mean.need;
    let ratios: Vec<(f64, usize)> = pairs
        .iter()
        .filter(|(_, one, other)| short(one) || short(other))
        .map(|(number, one, other)| (ratio(one.unmet, other.unmet, NOBODY * one.need), *number))
        .collect();
    let even = ratios.iter().filter(|(ratio, _)| (ratio - 1.0).abs() < 1e-3).count();
    // A hundredth of a day: a quarter of an hour without oxygen.
    let fairness: Vec<f64> = pairs
        .iter()
        .filter(|(_, one, other)| one.p95 > 0.01 || other.p95 > 0.01)
        .map(|(_, one, other)| ratio(one.p95, other.p95, 0.01))
        .collect();
    let logarithms: Vec<f64> = ratios.iter().map(|(ratio, _)| ratio.ln()).collect();
    let of_fairness: Vec<f64> = fairness.iter().map(|ratio| ratio.ln()).collect();
    Compared {
        provinces: ratios.len(),
        ties: pairs.len() - ratios.len() + even,
        losses: ratios.iter().filter(|(ratio, _)| *ratio >= 1.0 + 1e-3).count(),
        ratio: mean(&logarithms).map(f64::exp),
        interval: interval(&logarithms, seed),
        worst: ratios.iter().copied().max_by(|one, other| one.0.total_cmp(&other.0)),
        fairness: mean(&of_fairness).map(f64::exp),
        fairness_interval: interval(&of_fairness, seed ^ 1),
    }
}

fn ratio(one: f64, other: f64, least: f64) -> f64 {
    let least = least.max(f64::MIN_POSITIVE);
    one.max(least) / other.max(least)
}

fn mean(figures: &[f64]) -> Option<f64> {
    (!figures.is_empty()).then(|| figures.iter().sum::<f64>() / figures.len() as f64)
}

fn interval(logarithms: &[f64], seed: u64) -> Option<(f64, f64)> {
    if logarithms.len() < 2 {
        return None;
    }
    let mut dice = Dice::of(seed, "bootstrap of provinces", logarithms.len() as u64, 0);
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let sum: f64 = (0..logarithms.len()).map(|_| logarithms[dice.below(logarithms.len())]).sum();
            (sum / logarithms.len() as f64).exp()
        })
        .collect();
    means.sort_by(f64::total_cmp);
    Some((means[DRAWS / 20], means[DRAWS - 1 - DRAWS / 20]))
}

/// The figure below which a share of all lies.
pub fn percentile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * sorted.len() as f64) as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

impl Mean {
    /// Of the scores of all paths of one province.
    pub fn of(scores: &[super::Score]) -> Self {
        let count = scores.len().max(1) as f64;
        let sites = scores.first().map_or(0, |score| score.days.len());
        let days: Vec<f64> =
            (0..sites).map(|site| scores.iter().map(|score| score.days[site]).sum::<f64>() / count).collect();
        Self {
            unmet: scores.iter().map(|score| score.unmet).sum::<f64>() / count,
            p95: percentile(&days, 0.95),
            need: scores.iter().map(|score| score.need).sum::<f64>() / count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unmet(figures: &[f64]) -> Vec<Mean> {
        figures.iter().map(|unmet| Mean { unmet: *unmet, p95: unmet / 10.0, need: 100.0 }).collect()
    }

    #[test]
    fn half_everywhere_is_half() {
        let compared = compare(&unmet(&[1.0, 2.0, 4.0]), &unmet(&[2.0, 4.0, 8.0]), 1);
        assert!((compared.ratio.expect("a ratio") - 0.5).abs() < 1e-12);
        assert!((compared.fairness.expect("a ratio") - 0.5).abs() < 1e-12);
        assert_eq!((compared.losses, compared.ties, compared.provinces), (0, 0, 3));
    }

    #[test]
    fn ties_and_losses_are_counted() {
        let compared = compare(&unmet(&[0.0, 3.0, 5.0]), &unmet(&[0.0, 3.0, 1.0]), 1);
        assert_eq!((compared.provinces, compared.ties, compared.losses), (2, 2, 1));
        assert_eq!(compared.worst, Some((5.0, 2)));
        let (low, high) = compared.interval.expect("an interval");
        assert!(low <= 5.0_f64.sqrt() && 5.0_f64.sqrt() <= high);
    }

    #[test]
    fn the_percentile_of_a_hundred_is_the_ninety_sixth() {
        let figures: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!((percentile(&figures, 0.95), percentile(&[], 0.95)), (95.0, 0.0));
    }
}
