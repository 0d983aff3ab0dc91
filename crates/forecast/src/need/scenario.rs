//! What is supposed in place of the forecast, and how much is drawn.

use super::NeedNorms;

/// A wave that the forecast does not know of: people counted in addition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wave {
    /// Days after the first day ahead on which it begins.
    pub starts: usize,
    /// People counted on that day.
    pub first: f64,
    /// Days in which it doubles. A doubling within a month is the design case: Kerala went from 70 to 150 t a day in
    /// five weeks (facts of 2021). Zero or less does not grow.
    pub doubling_days: f64,
}

impl Wave {
    /// People counted on a day, 0 being the first day ahead.
    pub fn on(&self, day: usize) -> f64 {
        let Some(since) = day.checked_sub(self.starts) else { return 0.0 };
        let growth = if self.doubling_days > 0.0 { (since as f64 / self.doubling_days).exp2() } else { 1.0 };
        let people = self.first.max(0.0) * growth;
        if people.is_finite() { people.min(1e6) } else { 0.0 }
    }
}

/// What is supposed. [`Scenario::default`] supposes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario {
    /// People counted, times this.
    pub cases: f64,
    /// Share of them who need oxygen, times this.
    pub on_oxygen: f64,
    /// Odds of high dependency and intensive care against the ward, times this.
    pub graver: f64,
    /// Stays of those who come, times this.
    pub stays: f64,
    /// Flow of every patient of the epidemic, times this.
    pub flow: f64,
    /// A new wave.
    pub wave: Option<Wave>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self { cases: 1.0, on_oxygen: 1.0, graver: 1.0, stays: 1.0, flow: 1.0, wave: None }
    }
}

/// How much is drawn, and how it hangs together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    /// The same seed and figures give the same bytes.
    pub seed: u64,
    /// How many paths, 1 to 10,000. 200 place the 5 % and 95 % ends within about 1.5 % of probability.
    pub paths: usize,
    /// Correlation of a path's rank in one week with the next week's. 0.8 by default: forecast errors that add up week by
    /// week give 0.71, 0.82 and 0.87 between weeks 1–2, 2–3 and 3–4.
    pub week_to_week: f64,
    /// Share of the variance that all places have in common, so that path number n means the same everywhere. 0.5 by
    /// default, a convention: with 0 the total of a province would look far surer than it is.
    pub place_to_place: f64,
}

impl Default for Draws {
    fn default() -> Self {
        Self { seed: 1, paths: 200, week_to_week: 0.8, place_to_place: 0.5 }
    }
}

impl Draws {
    /// With the correlations that the norms tell.
    pub fn by_norms(seed: u64, paths: usize, norms: &NeedNorms) -> Self {
        Self { seed, paths, week_to_week: norms.week_to_week, place_to_place: norms.place_to_place }
    }

    pub(crate) fn paths(&self) -> usize {
        self.paths.clamp(1, 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_begins_on_its_day_and_doubles() {
        let wave = Wave { starts: 3, first: 5.0, doubling_days: 7.0 };
        assert_eq!([wave.on(0), wave.on(2), wave.on(3), wave.on(10)], [0.0, 0.0, 5.0, 10.0]);
        assert_eq!(Wave { doubling_days: 0.0, ..wave }.on(20), 5.0);
        assert_eq!(Wave { first: f64::NAN, ..wave }.on(20), 0.0);
        assert_eq!(Wave { doubling_days: 0.001, ..wave }.on(28), 0.0, "beyond every number is no wave");
    }
}
