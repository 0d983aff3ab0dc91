//! What a forecast says of one figure: its quantiles.

/// How many levels a forecast has.
pub const LEVELS: usize = 23;

/// The levels, from the lowest: those of the public forecast hubs, so that files can be compared.
pub const LEVEL: [f64; LEVELS] = [
    0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
    0.95, 0.975, 0.99,
];

/// Where the median stands in [`LEVEL`].
pub const MEDIAN: usize = 11;

/// A figure at every [`LEVEL`], never falling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles([f64; LEVELS]);

impl Quantiles {
    /// Figures in the order of [`LEVEL`]; one that is smaller than the one before takes its place.
    pub fn rising(mut figures: [f64; LEVELS]) -> Self {
        for level in 1..LEVELS {
            figures[level] = figures[level].max(figures[level - 1]);
        }
        Self(figures)
    }

    /// The figures in the order of [`LEVEL`].
    pub fn figures(&self) -> &[f64; LEVELS] {
        &self.0
    }

    /// The figure that is as often exceeded as not.
    pub fn median(&self) -> f64 {
        self.0[MEDIAN]
    }

    /// The central interval that holds the truth in `share` of cases (0.5, 0.9, 0.95 and so on): between the
    /// levels nearest to its ends.
    pub fn interval(&self, share: f64) -> (f64, f64) {
        let nearest = |wanted: f64| {
            let off = |level: &usize| (LEVEL[*level] - wanted).abs();
            (0..LEVELS).min_by(|one, other| off(one).total_cmp(&off(other))).unwrap_or(MEDIAN)
        };
        (self.0[nearest((1.0 - share) / 2.0)], self.0[nearest((1.0 + share) / 2.0)])
    }
}

/// Quantiles of weighted figures: `figures` in rising order, each with its weight. Between two figures a straight line
/// is drawn through the middles of their weights. None without any weight.
pub(crate) fn of_weighted(figures: &[f64], weights: &[f64]) -> Option<[f64; LEVELS]> {
    let total: f64 = weights.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let mut quantiles = [0.0; LEVELS];
    let (mut level, mut below) = (0, 0.0);
    let mut before: Option<(f64, f64)> = None;
    for (figure, weight) in figures.iter().zip(weights) {
        let middle = (below + weight / 2.0) / total;
        while level < LEVELS && LEVEL[level] <= middle {
            quantiles[level] = match before {
                Some((at, then)) if middle > at => then + (figure - then) * (LEVEL[level] - at) / (middle - at),
                _ => *figure,
            };
            level += 1;
        }
        if level == LEVELS {
            break;
        }
        below += weight;
        before = Some((middle, *figure));
    }
    let last = figures.last().copied()?;
    quantiles[level..].fill(last);
    Some(quantiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_below_the_one_before_is_lifted() {
        let mut figures = LEVEL;
        figures[5] = -1.0;
        let quantiles = Quantiles::rising(figures);
        assert_eq!(quantiles.figures()[5], LEVEL[4]);
        assert_eq!((quantiles.median(), quantiles.interval(0.9)), (0.5, (0.05, 0.95)));
        assert_eq!(quantiles.interval(0.5), (0.25, 0.75));
    }

    #[test]
    fn equal_weights_are_the_plain_quantiles() {
        let figures: Vec<f64> = (0..1000).map(f64::from).collect();
        let quantiles = of_weighted(&figures, &vec![1.0; 1000]).unwrap();
        for (level, figure) in LEVEL.iter().zip(quantiles) {
            assert!((figure - (1000.0 * level - 0.5)).abs() < 1e-6, "{level}: {figure}");
        }
    }

    #[test]
    fn weight_draws_the_quantiles_and_none_gives_none() {
        let quantiles = of_weighted(&[1.0, 2.0, 3.0], &[0.0, 5.0, 0.0]).unwrap();
        assert_eq!(quantiles[MEDIAN], 2.0);
        assert!(of_weighted(&[1.0], &[0.0]).is_none());
        assert!(of_weighted(&[], &[]).is_none());
    }
}
