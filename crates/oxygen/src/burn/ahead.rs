//! The use of one store seen ahead: a small linear model that learns from the readings.
//!
//! Use is a mean rate that grows or shrinks and slowly strays, with a wave of night and day over it, swings of a day or two
//! (admissions come in clusters) that come back to the mean, and hours that differ by chance. A reading is the content with an error, and one error belongs to
//! the interval before it and to the one after it: what a high reading seems to save, the next one
//! takes back. All of it is linear and nearly normal, so the intervals are taken in one by one (a
//! Kalman filter) and what comes out is a mean and a variance of the use until any moment. The
//! shares come from the norms ([`UsePattern`](crate::settings::UsePattern)); how far a store's own
//! intervals stray from what the model expects widens or narrows them.

use quantity::convert::rate_of_l_per_min;
use quantity::{Grams, Moment, Purity, ReferenceTemperature};

use super::Interval;
use crate::{Device, RateRange, Settings};

/// Normal deviations of the two ends of a range that holds the truth in nine of ten cases.
pub(crate) const ENDS: f64 = 1.645;
/// A change of the mean rate goes on for about so many hours: after ten days nobody knows.
const SETTLES: f64 = 240.0;
/// A reading that lies further than this from what was expected is itself in doubt.
const DOUBTFUL: f64 = 3.0;
/// As many expected intervals stand beside a store's own when its scatter is judged.
const EXPECTED: f64 = 4.0;
/// Mean rate, the two parts of the wave, the swing, the growth, error of the last reading.
const PARTS: usize = 6;
const RATE: usize = 0;
const SWING: usize = 3;
const GROWTH: usize = 4;
const ERROR: usize = 5;

type Parts = [f64; PARTS];

/// What is learnt of the use of one store.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Ahead {
    /// When the last reading was taken.
    read_at: Moment,
    mean: Parts,
    spread: [Parts; PARTS],
    /// Variance of one hour's use about the wave.
    hourly: f64,
    /// Variance of the mean rate's change in an hour.
    stray: f64,
    swings: Swings,
}

/// Deviations from the mean rate that come back to it.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Swings {
    /// Variance of the rate.
    variance: f64,
    /// Hours after which about a third of one is left.
    hours: f64,
}

impl Swings {
    /// What is left of a swing after so many hours.
    fn left(self, hours: f64) -> f64 {
        (-hours / self.hours).exp()
    }

    /// Mean over an interval of what a swing at its middle means, and the variance of the mean beside it.
    fn over(self, hours: f64) -> (f64, f64) {
        let half = hours / 2.0 / self.hours;
        let share = if half > 1e-6 { -(-half).exp_m1() / half } else { 1.0 };
        let whole = hours / self.hours;
        let mean = if whole > 1e-6 { 2.0 / whole * (1.0 + (-whole).exp_m1() / whole) } else { 1.0 };
        (share, self.variance * (mean - share * share).max(0.0))
    }

    /// Grams that a swing of now brings in the hours ahead, and the variance that new ones add.
    fn ahead(self, hours: f64) -> (f64, f64) {
        let gone = 1.0 - self.left(hours);
        let twice = 1.0 - self.left(2.0 * hours);
        let new = self.hours * (2.0 * hours - 4.0 * self.hours * gone + self.hours * twice);
        (self.hours * gone, self.variance * new.max(0.0))
    }
}

/// Use between a reading and a moment, its error counted in: what the reading shows less this is left.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Used {
    /// Grams.
    pub(crate) mean: f64,
    /// Grams squared.
    pub(crate) variance: f64,
}

impl std::ops::AddAssign for Used {
    fn add_assign(&mut self, other: Self) {
        self.mean += other.mean;
        self.variance += other.variance;
    }
}

impl Ahead {
    /// From intervals in their order; `None` without any. `beside` is what machines make of the need, grams
    /// an hour: what varies is the need, and the store bears all of it.
    pub(super) fn learn(kept: &[Interval], resolution: Grams, beside: f64, settings: &Settings) -> Option<Self> {
        let (first, last) = (kept.first()?, kept.last()?);
        let hours: f64 = kept.iter().map(Interval::hours).sum();
        let used: f64 = kept.iter().map(|interval| interval.used().as_f64()).sum();
        let error = (resolution.as_f64() * settings.pattern.reading_error).powi(2);
        let crude = (used / hours).max(0.0);
        let need = crude + beside;
        let share = |share: f64| (share * need).powi(2);
        let pattern = &settings.pattern;
        // Patients come and go one by one: where few lie, one more is much.
        let turnover = pattern.turnover_per_day * need * one_patient(settings);
        let swings = Swings { variance: share(pattern.swing), hours: pattern.swing_days * 24.0 };
        let mut learning = Learning {
            mean: [crude, 0.0, 0.0, 0.0, 0.0, 0.0],
            spread: [[0.0; PARTS]; PARTS],
            error,
            hourly: share(pattern.hour),
            stray: (share(pattern.stray_per_day) + turnover) / 24.0,
            surprise: 0.0,
            swings,
        };
        // The first guess comes from the same intervals: it is held so loosely that it hardly counts.
        let loosely = crude.powi(2) + 2.0 * error / hours.powi(2);
        let wave = share(pattern.day_wave);
        // From half the norm down to the whole norm up: a state is raised when use rises.
        let growth = share(0.75 * settings.growth_per_day / ENDS / 24.0);
        learning.mean[GROWTH] = 0.25 * settings.growth_per_day * need / 24.0;
        for (part, variance) in [loosely, wave, wave, swings.variance, growth, error].into_iter().enumerate() {
            learning.spread[part][part] = variance;
        }
        learning.take(first, None);
        for pair in kept.windows(2) {
            learning.take(&pair[1], Some(&pair[0]));
        }
        Some(learning.settle(last, kept.len()))
    }

    /// A rate that is known from elsewhere, with its tenth and ninetieth hundredth, from a moment on.
    pub(crate) fn steady(range: &RateRange, from: Moment) -> Self {
        let (mut mean, mut spread) = ([0.0; PARTS], [[0.0; PARTS]; PARTS]);
        mean[RATE] = range.mid.0;
        spread[RATE][RATE] = ((range.high.0 - range.low.0) / 2.564).powi(2);
        let swings = Swings { variance: 0.0, hours: 24.0 };
        Self { read_at: from, mean, spread, hourly: 0.0, stray: 0.0, swings }
    }

    /// Mean rate of a day, grams an hour, and its deviation for the next hours of a moment.
    pub(super) fn rate(&self, now: Moment) -> (f64, f64) {
        let age = (now - self.read_at).as_hours().max(0.0);
        (self.mean[RATE], (self.spread[RATE][RATE] + self.stray * (age + 8.0)).sqrt())
    }

    /// Use from the last reading until a moment.
    pub(crate) fn used_until(&self, at: Moment) -> Used {
        let mut parts = parts(self.read_at, at);
        let (swing, swung) = self.swings.ahead(parts[RATE]);
        let settling = 1.0 + parts[RATE] / SETTLES;
        parts[SWING] = swing;
        parts[GROWTH] = parts[RATE].powi(2) / 2.0 / settling;
        let mean = dot(&parts, &self.mean);
        let learnt: f64 = self.spread.iter().zip(parts).map(|(row, part)| part * dot(row, &parts)).sum();
        let hours = parts[RATE];
        let strayed = self.stray * hours.powi(3) / 3.0 / settling;
        Used { mean, variance: learnt.max(0.0) + self.hourly * hours + swung + strayed }
    }
}

/// The filter on its way through the intervals.
struct Learning {
    mean: Parts,
    spread: [Parts; PARTS],
    /// Variance of one reading's error.
    error: f64,
    hourly: f64,
    stray: f64,
    /// Sum of squares of what was not expected, in deviations.
    surprise: f64,
    swings: Swings,
}

impl Learning {
    fn take(&mut self, interval: &Interval, before: Option<&Interval>) {
        if let Some(before) = before {
            let passed = (interval.start() - before.start()).as_hours() + (interval.hours() - before.hours()) / 2.0;
            self.pass(passed.max(0.0));
            if !interval.follows(before) {
                self.forget_error();
            }
        }
        let mut parts = parts(interval.start(), interval.end());
        let (swing, swung) = self.swings.over(interval.hours());
        parts[SWING] = swing * interval.hours();
        let unexpected = interval.used().as_f64() - dot(&parts, &self.mean);
        let along: Parts = std::array::from_fn(|part| dot(&self.spread[part], &parts));
        let hours = interval.hours();
        let mut error = self.error;
        let within = self.hourly * hours + swung * hours.powi(2) + self.stray * hours.powi(3) / 12.0;
        let expected = dot(&parts, &along) + within + error;
        // A figure that nobody expected is believed in part only, and what it says of the content too.
        let doubt = (unexpected.powi(2) / DOUBTFUL.powi(2) - expected).max(0.0);
        error += doubt;
        let variance = expected + doubt;
        if variance <= 0.0 {
            return;
        }
        self.surprise += unexpected.powi(2) / variance;
        for part in 0..PARTS {
            self.mean[part] += along[part] / variance * unexpected;
            for other in 0..PARTS {
                self.spread[part][other] -= along[part] * along[other] / variance;
            }
        }
        self.end_with(unexpected, error, variance, &along);
    }

    /// Hours go by: the mean grows and strays, the swing goes back.
    fn pass(&mut self, hours: f64) {
        self.mean[RATE] += self.mean[GROWTH] * hours;
        for part in 0..PARTS {
            self.spread[part][RATE] += self.spread[part][GROWTH] * hours;
        }
        for part in 0..PARTS {
            self.spread[RATE][part] += self.spread[GROWTH][part] * hours;
        }
        self.spread[RATE][RATE] += self.stray * hours;
        let left = self.swings.left(hours);
        self.mean[SWING] *= left;
        for part in 0..PARTS {
            self.spread[part][SWING] *= left;
            self.spread[SWING][part] *= left;
        }
        self.spread[SWING][SWING] += self.swings.variance * (1.0 - left * left);
    }

    /// The error of the new reading takes the place of that of the old one. It took part in the difference
    /// with its sign turned.
    fn end_with(&mut self, unexpected: f64, error: f64, variance: f64, along: &Parts) {
        self.mean[ERROR] = -error / variance * unexpected;
        for (part, share) in along.iter().enumerate().take(ERROR) {
            let together = share * error / variance;
            self.spread[part][ERROR] = together;
            self.spread[ERROR][part] = together;
        }
        self.spread[ERROR][ERROR] = error - error.powi(2) / variance;
    }

    fn forget_error(&mut self) {
        self.mean[ERROR] = 0.0;
        for part in 0..PARTS {
            self.spread[part][ERROR] = 0.0;
            self.spread[ERROR][part] = 0.0;
        }
        self.spread[ERROR][ERROR] = self.error;
    }

    fn settle(mut self, last: &Interval, count: usize) -> Ahead {
        self.pass(last.hours() / 2.0);
        let [rate, cosine, sine, ..] = self.mean;
        self.mean[RATE] = rate.max(0.0);
        // Use is never negative: not at the bottom of its wave, and not in a swing.
        let most = 0.8 * self.mean[RATE];
        let wave = cosine.hypot(sine);
        if wave > most {
            (self.mean[1], self.mean[2]) = (cosine * most / wave, sine * most / wave);
        }
        self.mean[SWING] = self.mean[SWING].clamp(-most, most);
        // What was expected scatters by one deviation.
        let scatter = ((EXPECTED + self.surprise) / (EXPECTED + count as f64)).clamp(0.7, 4.0);
        let mut spread = self.spread.map(|row| row.map(|one| one * scatter));
        // One difference says nothing about its own error, and two not much.
        let alone = match count {
            1 => 0.32,
            2 => 0.16,
            _ => 0.0,
        };
        spread[RATE][RATE] = spread[RATE][RATE].max((alone * self.mean[RATE]).powi(2));
        Ahead {
            read_at: last.end(),
            mean: self.mean,
            spread,
            hourly: self.hourly * scatter,
            stray: self.stray,
            swings: self.swings,
        }
    }
}

/// What a patient with a mask takes, grams an hour.
fn one_patient(settings: &Settings) -> f64 {
    rate_of_l_per_min(settings.flow(Device::Mask).value, ReferenceTemperature::Celsius21, Purity::PURE).0
}

/// Hours between two moments, the wave's two parts over them, neither swing nor growth, and the error of the
/// first reading.
fn parts(from: Moment, until: Moment) -> Parts {
    const TURN: f64 = std::f64::consts::TAU / 24.0;
    let hour = |at: Moment| at.micros().rem_euclid(24 * 3_600_000_000) as f64 / 3_600e6 * TURN;
    let ((sine, cosine), (end_sine, end_cosine)) = (hour(from).sin_cos(), hour(until).sin_cos());
    [(until - from).as_hours(), (end_sine - sine) / TURN, (cosine - end_cosine) / TURN, 0.0, 0.0, 1.0]
}

fn dot(one: &Parts, other: &Parts) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
