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
        let mut weeks: [Vec<f64>; WEEKS_AHEAD] = Default::default();
        let mut dice = Dice::of(draws.seed, "days of weeks", place as u64, 0);
        let weekdays = self.weekdays();
        let mut levels = Vec::with_capacity(all.len() + 1);
        for path in &paths {
            let late = dice.normal();
            levels.clear();
            levels.extend([self.window].iter().chain(path).map(|count| (count + 1.0).ln()));
            let mut before = self.known * (self.unsure * late).exp();
            for (window, count) in path.iter().enumerate() {
                let share = share(&weekdays, &levels, window, first);
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
}

/// Which share of a window its first days have: by weekday, and by how the path rises or falls from the middle of one
/// window to that of the next. `levels` are the logarithms of the last known window and of those to come.
fn share(weekdays: &[f64; WINDOW], levels: &[f64], window: usize, first: usize) -> f64 {
    let steep = |from: usize| {
        let change = levels[from + 1] - levels[from];
        (change / WINDOW as f64).clamp(-STEEPEST, STEEPEST).exp()
    };
    let rising = steep(window);
    let going = if window + 2 < levels.len() { steep(window + 1) } else { rising };
    let mut weights = *weekdays;
    let (mut before, mut after) = (1.0, 1.0);
    for off in 1..=WINDOW / 2 {
        before /= rising;
        after *= going;
        weights[WINDOW / 2 - off] *= before;
        weights[WINDOW / 2 + off] *= after;
    }
    let (part, all) = (weights[..first].iter().sum::<f64>(), weights.iter().sum::<f64>());
    if all > 0.0 { (part / all).clamp(0.0, 1.0) } else { first as f64 / WINDOW as f64 }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const EVEN: [f64; WINDOW] = [1.0; WINDOW];

    fn cut(begun: i32, known: f64) -> Cut {
        let last = date(2021, 11, 24);
        Cut { begun, last, window: 70.0, known, unsure: 0.0, profile: WeekProfile::default(), noise: 0.0 }
    }

    fn windows(growth: f64) -> [Quantiles; WEEKS_AHEAD] {
        std::array::from_fn(|week| Quantiles::rising([70.0 * growth.powi(week as i32 + 1); LEVELS]))
    }

    #[test]
    fn a_flat_course_stays_flat_whatever_day_it_is_cut_on() {
        for begun in [-6, -3, -1, 1, 4, 6] {
            let known = if begun > 0 { 10.0 * f64::from(begun) } else { 0.0 };
            let weeks = cut(begun, known).weeks(&windows(1.0), 3, &Draws::default());
            for week in &weeks {
                assert!((week.median() - 70.0).abs() <= 1.0, "{begun}: {}", week.median());
            }
            let (low, high) = weeks[0].interval(0.9);
            assert!(low >= known && high > low, "{begun}: {low} {high}");
        }
    }

    #[test]
    fn a_rise_goes_on_within_a_window() {
        let levels: Vec<f64> = (0..5).map(|window| 2.0_f64.powi(window).ln()).collect();
        let half = share(&EVEN, &levels, 1, 3);
        let day = 2.0_f64.powf(1.0 / 7.0);
        let days: Vec<f64> = (0..7).map(|since| day.powi(since)).collect();
        let exact = days[..3].iter().sum::<f64>() / days.iter().sum::<f64>();
        assert!((half - exact).abs() < 1e-9, "{half} {exact}");
        assert!((share(&EVEN, &[4.0; 5], 0, 3) - 3.0 / 7.0).abs() < 1e-12);
        assert_eq!(share(&[0.0; WINDOW], &levels, 0, 2), 2.0 / 7.0);
        // Counts that double every week: so do the calendar weeks, three days later.
        let weeks = cut(3, 10.0).weeks(&windows(2.0), 3, &Draws::default());
        let ratio = weeks[2].median() / weeks[1].median();
        assert!((ratio - 2.0).abs() < 0.05, "{ratio}");
    }

    #[test]
    fn weekdays_decide_how_a_window_is_cut() {
        // Nothing is counted at weekends: after Wednesday, two of five days of the next window are left of this week.
        let weekdays = [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0];
        assert!((share(&weekdays, &[4.0; 5], 0, 3) - 2.0 / 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_fifth_window_goes_on_and_is_wider() {
        let told = |middle: f64, width: f64| Quantiles::rising(LEVEL.map(|level| middle + width * (level - 0.5)));
        let fifth = one_more(&told(100.0, 40.0), &told(120.0, 60.0));
        assert!(fifth.median() > 130.0 && fifth.median() < 140.0, "{}", fifth.median());
        let width = |of: &Quantiles| of.interval(0.9).1 - of.interval(0.9).0;
        assert!(width(&fifth) > width(&told(120.0, 60.0)));
        let nothing = one_more(&told(0.0, 0.0), &told(0.0, 0.0));
        assert!(nothing.figures().iter().all(|figure| figure.abs() < 1e-9));
    }

    /// Days that scatter about their mean by half of it have a variance of a quarter of its square.
    #[test]
    fn scatter_of_days_is_read_beyond_chance() {
        let first = date(2021, 3, 1);
        let days = |size: f64| -> Vec<(Date, f64)> {
            // An eleven-day rhythm is no week's.
            let off = |since: i64| if [0, 2, 3, 7, 8, 10].contains(&(since % 11)) { 1.5 } else { 0.5 };
            (0..300).map(|since| (first.saturating_add(since.days()), size * off(since))).collect()
        };
        let even = [WeekProfile::default()];
        let large = day_noise(&[days(1_000.0)], &even)[0];
        assert!((0.18..0.32).contains(&large), "{large}");
        let flat: Vec<(Date, f64)> = days(1_000.0).into_iter().map(|(day, _)| (day, 1_000.0)).collect();
        assert_eq!(day_noise(&[flat], &even), [0.0]);
        assert_eq!(day_noise(&[Vec::new()], &even), [0.0]);
    }
}
