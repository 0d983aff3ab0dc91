//! From windows that end on any day to weeks that end on Saturdays.

use jiff::ToSpan;
use jiff::civil::Date;

use super::WINDOW;
use crate::need::{Dice, Draws, WeekProfile, weekly_paths};
use crate::pool::WEEKS_AHEAD;
use crate::quantiles::{LEVELS, MEDIAN, of_weighted};
use crate::root::{count, root};
use crate::{LEVEL, Quantiles};

/// No day grows by more than this from one to the next, as a logarithm: a doubling in two days.
const STEEPEST: f64 = 0.35;
/// How much of the last change goes on in the fifth window.
const GOES_ON: f64 = 0.8;
/// The fifth window is at most so much wider than the fourth.
const WIDEST: f64 = 1.5;
/// A place's own scatter of days counts as much as that of all places after so many counts.
const OWN_COUNTS: f64 = 2_000.0;

/// A place where its days are cut into weeks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Days of the running week in the last window; below 0 as many days of the last week are not in it.
    pub begun: i32,
    /// The last day of the last window.
    pub last: Date,
    /// Its count.
    pub window: f64,
    /// The count of the days of the running week that are known.
    pub known: f64,
    /// How unsure that is: one deviation of its logarithm.
    pub unsure: f64,
    /// Weekdays.
    pub profile: WeekProfile,
    /// Variance of a day about its weekday, beyond chance, as a share of its mean squared.
    pub noise: f64,
}

impl Cut {
    /// Calendar weeks from the windows that come after the last one.
    pub(super) fn weeks(&self, windows: &[Quantiles; WEEKS_AHEAD], place: usize, draws: &Draws) -> Vec<Quantiles> {
        let mut all = windows.to_vec();
        if self.begun < 0 {
            all.push(one_more(&windows[WEEKS_AHEAD - 2], &windows[WEEKS_AHEAD - 1]));
        }
        // Each window is cut after so many days.
        let first = if self.begun > 0 { WINDOW as i32 - self.begun } else { -self.begun } as usize;
        let paths = weekly_paths(&all, place as u64, draws);
        let mut weeks = vec![Vec::with_capacity(paths.len()); WEEKS_AHEAD];
        let mut dice = Dice::of(draws.seed, "days of weeks", place as u64, 0);
        let weekdays = self.weekdays();
        for path in &paths {
            let late = dice.normal();
            let mut before = self.known * (self.unsure * late).exp();
            for (window, count) in path.iter().enumerate() {
                let share = self.share(&weekdays, path, window, first);
                let even = share * (1.0 - share);
                let scatter = (count * even + count * count * even * self.noise / WINDOW as f64).sqrt();
                let part = (share * count + scatter * dice.normal()).clamp(0.0, *count);
                if self.begun > 0 {
                    weeks[window].push(before + part);
                } else if let Some(week) = window.checked_sub(1) {
                    weeks[week].push(before + part);
                }
                before = count - part;
            }
        }
        weeks.into_iter().map(quantiles_of).collect()
    }

    /// Weights of the days of a window.
    fn weekdays(&self) -> [f64; WINDOW] {
        std::array::from_fn(|day| {
            let day = self.last.saturating_add((1 + day as i64).days());
            self.profile.weights()[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)]
        })
    }

    /// Which share of a window its first days have: by weekday, and by how the path rises or falls from the middle of one
    /// window to that of the next.
    fn share(&self, weekdays: &[f64; WINDOW], path: &[f64], window: usize, first: usize) -> f64 {
        let level = |window: usize| (path[window] + 1.0).ln();
        let before = if window == 0 { (self.window + 1.0).ln() } else { level(window - 1) };
        let steep = |from: f64, until: f64| ((until - from) / WINDOW as f64).clamp(-STEEPEST, STEEPEST);
        let rising = steep(before, level(window));
        let going = if window + 1 < path.len() { steep(level(window), level(window + 1)) } else { rising };
        let weight = |day: usize| {
            let off = day as f64 - (WINDOW / 2) as f64;
            weekdays[day] * (off * if off < 0.0 { rising } else { going }).exp()
        };
        let all: f64 = (0..WINDOW).map(weight).sum();
        let part: f64 = (0..first).map(weight).sum();
        if all > 0.0 { (part / all).clamp(0.0, 1.0) } else { first as f64 / WINDOW as f64 }
    }
}

/// A window after the fourth: the last change goes on, and it grows as much wider as the fourth did.
fn one_more(third: &Quantiles, fourth: &Quantiles) -> Quantiles {
    let on_roots = |quantiles: &Quantiles| quantiles.figures().map(root);
    let (third, fourth) = (on_roots(third), on_roots(fourth));
    let middle = fourth[MEDIAN] + GOES_ON * (fourth[MEDIAN] - third[MEDIAN]);
    let width = |figures: &[f64; LEVELS]| figures[LEVELS - 5] - figures[4];
    let wider = if width(&third) > 0.0 { (width(&fourth) / width(&third)).clamp(1.0, WIDEST) } else { 1.0 };
    Quantiles::rising(fourth.map(|figure| count(middle + wider * (figure - fourth[MEDIAN]))))
}

fn quantiles_of(mut counts: Vec<f64>) -> Quantiles {
    counts.sort_by(f64::total_cmp);
    let even = vec![1.0; counts.len()];
    let quantiles = of_weighted(&counts, &even).unwrap_or(LEVEL.map(|_| 0.0));
    Quantiles::rising(quantiles.map(|count| count.max(0.0).round()))
}

/// How much the days of each place vary about their weekdays within a week, beyond chance.
pub(super) fn day_noise(days: &[Vec<(Date, f64)>], profiles: &[WeekProfile]) -> Vec<f64> {
    let own: Vec<(f64, f64)> = days.iter().zip(profiles).map(|(days, profile)| scatter(days, profile)).collect();
    let (excess, counts) = own.iter().fold((0.0, 0.0), |(excess, counts), own| (excess + own.0, counts + own.1));
    let all = if counts > 0.0 { excess / counts } else { 0.0 };
    let shrunk = |(excess, counts): &(f64, f64)| ((excess + OWN_COUNTS * all) / (counts + OWN_COUNTS)).clamp(0.0, 2.0);
    own.iter().map(shrunk).collect()
}

/// Variance beyond chance, weighed by counts, and the counts.
fn scatter(days: &[(Date, f64)], profile: &WeekProfile) -> (f64, f64) {
    let (mut excess, mut counts) = (0.0, 0.0);
    for week in days.windows(WINDOW) {
        let sum: f64 = week.iter().map(|(_, count)| count).sum();
        let (day, count) = week[WINDOW / 2];
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mean = sum * profile.weights()[weekday] / WINDOW as f64;
        if mean.is_finite() && mean >= 0.5 {
            // The day stands in the mean that it is held against: a seventh of it is its own.
            let off = (count - mean).powi(2) / (1.0 - 1.0 / WINDOW as f64) - mean;
            excess += off / mean;
            counts += mean;
        }
    }
    (excess, counts)
}
