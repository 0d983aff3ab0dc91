//! What a forecast should have found in a synthetic province: its true growth, its true delays, and the true distribution
//! of what comes, from many futures of the same past ([`Epidemic::branch`]).

use forecast::score::wis;
use forecast::{Forecaster, LEVEL, LEVELS, Quantiles, Vintages, WEEKS_AHEAD, corrected};
use simulate::epidemic::{Epidemic, Grid, Signal};

use told::{drawn_week, monday_after, told_until};

#[path = "../shared/told.rs"]
mod told;

/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;
/// Targets whose true median is smaller say nothing about levels: a whole number is many levels at once.
const SMALL: f64 = 20.0;
/// Share of a week that a batch holds back, in the mean, and the share of batches that have not come on Monday.
const IN_BATCH: f64 = 0.55 * 5.0 / 7.0;

/// Sums over targets and provinces.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Targets with a true median of twenty and more.
    pub targets: f64,
    /// Off from the true level, at each of the levels.
    levels: [f64; LEVELS],
    off: f64,
    /// Score of the forecast, of the true distribution and of the last count told for all, on the same futures.
    scores: [f64; 3],
    /// Of provinces as a whole, by weeks ahead: number, growth found and true, their squares and product, the true one
    /// inside the middle 50 and 90 %.
    growth: [[f64; 8]; WEEKS_AHEAD],
    /// Number of provinces, and how far the logarithm of what is missing in the last week is off: as learnt, and without learning.
    late: [f64; 3],
    /// Reports missing at all.
    missing: f64,
}

impl Found {
    /// Draws a province and looks at what was found; `futures` are drawn for the truth, and as many to score on.
    pub fn add(&mut self, forecaster: &Forecaster, seed: u64, futures: u64) {
        let epidemic = Epidemic::draw(seed, None);
        let weeks = epidemic.reported(Signal::Cases).weeks();
        let week = drawn_week(seed, &weeks, (WEEKS_KNOWN, WEEKS_AHEAD));
        let (told, _) = told_until(&epidemic, Signal::Cases, week, true);
        let vintages = Vintages::new(weeks.places() + 1, told);
        let monday = monday_after(&weeks, week);
        let branches: Vec<Grid> = (0..2 * futures)
            .map(|number| epidemic.branch(weeks.date(week), number).reported(Signal::Cases).weeks())
            .collect();
        self.add_late(&epidemic, &weeks, week, &vintages);
        let known = vintages.known_on(monday);
        for ahead in forecaster.ahead(&vintages, monday, weeks.date(week + 1)) {
            let column = week + ahead.weeks;
            let mut came: Vec<f64> = branches.iter().map(|branch| count(branch, ahead.place, column)).collect();
            let scored = came.split_off(futures as usize);
            came.sort_by(f64::total_cmp);
            let truth = Quantiles::rising(LEVEL.map(|level| came[(level * came.len() as f64) as usize]));
            let last = known.week_of(weeks.date(week)).map_or(f64::NAN, |last| known.count(last, ahead.place));
            if ahead.place == weeks.places() {
                let now = count(&weeks, ahead.place, week);
                self.add_growth(ahead.weeks - 1, now, &ahead.quantiles, truth.median());
            } else if truth.median() >= SMALL && last.is_finite() {
                self.add_levels(&ahead.quantiles, &truth, &came, &scored, last);
            }
        }
    }

    fn add_levels(&mut self, said: &Quantiles, truth: &Quantiles, came: &[f64], scored: &[f64], last: f64) {
        self.targets += 1.0;
        for (at, (level, figure)) in LEVEL.iter().zip(said.figures()).enumerate() {
            let below = came.iter().filter(|count| *count <= figure).count() as f64 / came.len() as f64;
            self.levels[at] += below;
            self.off += (below - level).abs() / LEVELS as f64;
        }
        // Every target counts alike, whatever its size.
        let unit = truth.median();
        for (sum, said) in self.scores.iter_mut().zip([*said, *truth, Quantiles::rising([last; LEVELS])]) {
            *sum += scored.iter().map(|count| wis(&said, *count) / unit).sum::<f64>() / scored.len() as f64;
        }
    }

    fn add_growth(&mut self, ahead: usize, now: f64, said: &Quantiles, truth: f64) {
        if now < SMALL {
            return;
        }
        let growth = |count: f64| ((count + 1.0) / (now + 1.0)).ln();
        let (found, truly) = (growth(said.median()), growth(truth));
        let inside = |(low, high): (f64, f64)| f64::from(u8::from((low..=high).contains(&truth)));
        let figures = [
            1.0,
            found,
            truly,
            found * found,
            truly * truly,
            found * truly,
            inside(said.interval(0.5)),
            inside(said.interval(0.9)),
        ];
        self.growth[ahead].iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
    }

    /// What is missing in the last week on Monday: as learnt from weeks before, and by the true delays.
    fn add_late(&mut self, epidemic: &Epidemic, weeks: &Grid, week: usize, vintages: &Vintages) {
        let monday = monday_after(weeks, week);
        let known = vintages.known_on(monday);
        let complete = corrected(vintages, monday, weeks.date(week)).frame;
        let Some(last) = known.week_of(weeks.date(week)) else { return };
        let law = epidemic.parameters();
        let (mut told, mut learnt, mut truly, mut final_count) = (0.0, 0.0, 0.0, 0.0);
        for (place, habits) in law.places.iter().enumerate().filter(|(place, _)| known.count(last, *place).is_finite())
        {
            told += known.count(last, place);
            learnt += complete.count(last, place);
            let shares = habits.habits(Signal::Cases).delay.shares();
            for day in 0..7 {
                // A day is told on the first open day on which it is due; Monday is day 8 from the Sunday on which the week began.
                let due = |delay: usize| (day + delay..).find(|due| !law.cases.faults.closed[due % 7]).unwrap_or(8);
                let by_monday: f64 =
                    shares.iter().enumerate().filter(|(delay, _)| due(*delay) <= 8).map(|(_, share)| share).sum();
                let column = 7 * week + day;
                let mean = epidemic.expected(Signal::Cases).row(place)[column];
                final_count += mean;
                truly += mean * by_monday * (1.0 - law.cases.faults.batches * IN_BATCH);
            }
        }
        if told >= SMALL && truly > 0.0 {
            let (found, true_ratio) = ((learnt / told).ln(), (final_count / truly).ln());
            self.late
                .iter_mut()
                .zip([1.0, (found - true_ratio).abs(), true_ratio.abs()])
                .for_each(|(sum, off)| *sum += off);
            self.missing += true_ratio;
        }
    }

    /// How far a level lies from the share of futures below its quantile, mean over targets and levels.
    pub fn off_level(&self) -> f64 {
        self.off / self.targets.max(1.0)
    }

    /// The share of futures below the quantile of a level, mean over targets.
    pub fn share_below(&self, level: usize) -> f64 {
        self.levels[level] / self.targets.max(1.0)
    }

    /// Score of the forecast over that of the true distribution, and of the last count over it.
    pub fn score_over_truth(&self) -> (f64, f64) {
        (self.scores[0] / self.scores[1], self.scores[2] / self.scores[1])
    }

    /// Of growth so many weeks ahead (from 0): provinces, mean difference found − true, correlation, share of true
    /// medians inside the middle 50 and 90 %.
    pub fn growth(&self, ahead: usize) -> [f64; 5] {
        let [number, found, truly, found_squares, true_squares, products, half, nine] = self.growth[ahead];
        let n = number.max(1.0);
        let variance = |sum: f64, squares: f64| (squares / n - (sum / n).powi(2)).max(1e-12);
        let together = products / n - found / n * truly / n;
        let correlation = together / (variance(found, found_squares) * variance(truly, true_squares)).sqrt();
        [number, (found - truly) / n, correlation, half / n, nine / n]
    }

    /// Of late reports: provinces, mean true logarithm of final over told, mean error as learnt, mean error of taking
    /// nothing for missing.
    pub fn late(&self) -> [f64; 4] {
        let [number, learnt, without] = self.late;
        let n = number.max(1.0);
        [number, self.missing / n, learnt / n, without / n]
    }
}

/// A place of a grid, or the sum of all as one more.
fn count(weeks: &Grid, place: usize, column: usize) -> f64 {
    if place < weeks.places() { weeks.row(place)[column] } else { weeks.rows().map(|row| row[column]).sum() }
}
