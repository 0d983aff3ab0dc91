//! How many days pass between one thing and another.

/// The share that takes each whole number of days; the shares sum to 1.
#[derive(Clone, PartialEq, Debug)]
pub struct Delay {
    /// By days, from none.
    shares: Vec<f64>,
}

impl Delay {
    /// From weights by days, from none on; what is negative or not a number counts nothing. Without any
    /// weight nothing takes time.
    pub fn of_weights(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut shares: Vec<f64> =
            weights.into_iter().map(|weight| if weight.is_finite() { weight.max(0.0) } else { 0.0 }).collect();
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return Self { shares: vec![1.0] };
        }
        shares.iter_mut().for_each(|share| *share /= sum);
        Self { shares }
    }

    /// Falls by the same share a day, cut off after a longest.
    pub fn exponential(scale: f64, longest: usize) -> Self {
        Self::of_weights((0..=longest).map(|days| (-(days as f64) / scale).exp()))
    }

    /// The density of a gamma law at whole days from one on, cut off after a longest: the form of
    /// generation intervals. The [mean](Self::mean) lies below that of the law where the cut takes much.
    pub fn gamma(mean: f64, shape: f64, longest: usize) -> Self {
        let density = |days: f64| days.powf(shape - 1.0) * (-days * shape / mean).exp();
        Self::of_weights((0..=longest).map(|days| if days == 0 { 0.0 } else { density(days as f64) }))
    }

    /// The density of a log-normal law at whole days from one on, cut off after a longest.
    pub fn log_normal(median: f64, deviation: f64, longest: usize) -> Self {
        let density = |days: f64| (-0.5 * ((days / median).ln() / deviation).powi(2)).exp() / days;
        Self::of_weights((0..=longest).map(|days| if days == 0 { 0.0 } else { density(days as f64) }))
    }

    /// The shares by days, from none on.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The longest, in days.
    pub fn longest(&self) -> usize {
        self.shares.len() - 1
    }

    /// Days on average.
    pub fn mean(&self) -> f64 {
        self.shares.iter().enumerate().map(|(days, share)| days as f64 * share).sum()
    }

    /// The days within which a share is done.
    pub fn quantile(&self, share: f64) -> usize {
        let mut done = 0.0;
        self.shares
            .iter()
            .position(|of_days| {
                done += of_days;
                done >= share
            })
            .unwrap_or(self.longest())
    }

    /// What begins on each day, by the day on which it ends; what ends after the last day is left out.
    pub(crate) fn spread(&self, begins: &[f64]) -> Vec<f64> {
        let mut ends = vec![0.0; begins.len()];
        for (day, count) in begins.iter().enumerate().filter(|(_, count)| **count != 0.0) {
            for (end, share) in ends[day..].iter_mut().zip(&self.shares) {
                *end += count * share;
            }
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_have_the_mean_they_were_asked_for() {
        // Density at whole days: an error of a twelfth of a day's curvature, nothing more.
        for (mean, shape) in [(3.0, 2.0), (3.8, 4.0), (8.0, 5.0)] {
            assert!((Delay::gamma(mean, shape, 90).mean() - mean).abs() < 0.12, "{mean}");
        }
        // Half of a log-normal law lies below its median; its mean is the median × exp(deviation² / 2).
        let delay = Delay::log_normal(4.0, 0.6, 200);
        assert_eq!(delay.quantile(0.5), 4);
        assert!((delay.mean() - 4.0 * (0.18_f64).exp()).abs() < 0.1, "{}", delay.mean());
        // A geometric law: q / (1 − q).
        let kept = (-1.0_f64 / 3.0).exp();
        assert!((Delay::exponential(3.0, 300).mean() - kept / (1.0 - kept)).abs() < 1e-9);
        // Cut off, a long generation interval loses its tail.
        assert!(Delay::gamma(14.0, 2.0, 21).mean() < 11.0);
    }

    #[test]
    fn shares_sum_to_one_and_spread_what_begins() {
        let delay = Delay::gamma(4.0, 2.0, 21);
        assert!((delay.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(delay.shares()[0], 0.0);
        let mut begins = vec![0.0; 40];
        begins[3] = 10.0;
        let ends = delay.spread(&begins);
        assert!((ends.iter().sum::<f64>() - 10.0).abs() < 1e-9);
        assert_eq!((ends[3], ends[4], ends[24]), (0.0, 10.0 * delay.shares()[1], 10.0 * delay.shares()[21]));
        begins[39] = 5.0;
        assert!((delay.spread(&begins).iter().sum::<f64>() - 10.0).abs() < 1e-9);
        let none = Delay::of_weights([f64::NAN, -1.0]);
        assert_eq!((none.shares(), none.longest(), none.mean()), (&[1.0][..], 0, 0.0));
    }
}
