//! What had been told of a synthetic epidemic by each day, and how forecasts of two kinds score beside each other.

use forecast::score::wis;
use forecast::{Ahead, DayTold, Days, Quantiles, Told, Vintages, WEEKS_AHEAD};
use simulate::epidemic::{Epidemic, Signal};

/// How long before a day counts may still change, in days: batches, silences, old cases in bulk.
const CHANGES: usize = 130;
/// From these medians on shares of truths within ranges are told. Below the first a count is so small that a range of whole
/// numbers cannot hold just nine in ten.
const MEDIANS: [f64; 2] = [10.0, 50.0];

/// Two kinds of forecasts by weeks ahead: the one that the other is set against, the other.
pub type Beside = [[Scored; 2]; WEEKS_AHEAD];

/// Scores of forecasts of one kind.
#[derive(Default, Clone, Copy)]
pub struct Scored {
    pub targets: f64,
    /// Sum of the logarithms of a province's score, and how many provinces.
    pub score: f64,
    provinces: f64,
    /// Sum of scores of the logarithms.
    log: f64,
    /// Of medians of 10 and of 50 and more: how many, within the 50 and the 90 % range.
    held: [[f64; 3]; MEDIANS.len()],
}

impl Scored {
    fn add(&mut self, ahead: &Ahead, truth: f64) -> f64 {
        let within = |share: f64| {
            let (low, high) = ahead.quantiles.interval(share);
            f64::from(u8::from((low..=high).contains(&truth)))
        };
        self.targets += 1.0;
        self.log += wis(&Quantiles::rising(ahead.quantiles.figures().map(f64::ln_1p)), truth.ln_1p());
        for (held, smallest) in self.held.iter_mut().zip(MEDIANS) {
            if ahead.quantiles.median() >= smallest {
                *held = [held[0] + 1.0, held[1] + within(0.5), held[2] + within(0.9)];
            }
        }
        wis(&ahead.quantiles, truth)
    }

    pub fn and(&mut self, other: &Self) {
        self.targets += other.targets;
        self.score += other.score;
        self.provinces += other.provinces;
        self.log += other.log;
        for (held, other) in self.held.iter_mut().flatten().zip(other.held.iter().flatten()) {
            *held += other;
        }
    }

    /// The score over another's, geometric mean over provinces, and that of the logarithms.
    pub fn over(&self, other: &Self) -> (f64, f64) {
        (((self.score - other.score) / self.provinces.max(1.0)).exp(), self.log / other.log)
    }

    /// Of one of the two sizes: how many targets, and which share of truths lies within the 50 and the 90 % range.
    pub fn held(&self, size: usize) -> [f64; 3] {
        let [targets, half, nine] = self.held[size];
        [targets, half / targets.max(1.0), nine / targets.max(1.0)]
    }
}

/// Adds the forecasts of both kinds of one province and day; `came` is the truth of a place so many weeks ahead.
pub fn score(beside: &mut Beside, kinds: [&[Ahead]; 2], scored: impl Fn(&Ahead) -> bool, came: impl Fn(&Ahead) -> f64) {
    let mut sums = [[0.0; 2]; WEEKS_AHEAD];
    for (kind, ahead) in kinds.into_iter().enumerate() {
        // A place that is known by days and never had a whole week is only in one of the two.
        for ahead in ahead.iter().filter(|ahead| scored(ahead)) {
            sums[ahead.weeks - 1][kind] += beside[ahead.weeks - 1][kind].add(ahead, came(ahead));
        }
    }
    for (scored, sums) in beside.iter_mut().zip(sums).filter(|(_, sums)| sums.iter().all(|sum| *sum > 0.0)) {
        for (scored, sum) in scored.iter_mut().zip(sums) {
            scored.score += sum.ln();
            scored.provinces += 1.0;
        }
    }
}

/// What had been told by each day up to the last, by week and by day, as an office writes it down; the sum of all places as
/// one more place where asked for.
pub fn told_by_day(epidemic: &Epidemic, signal: Signal, last: usize, with_sum: bool) -> (Vintages, Days) {
    let reports = epidemic.reports(signal);
    let mut reader = reports.reader();
    let truth = epidemic.reported(signal);
    let (places, columns) = (truth.places() + usize::from(with_sum), truth.columns());
    let mut before = vec![f64::NAN; places * columns];
    let (mut days, mut weeks) = (Vec::new(), Vec::new());
    for today in 0..=last {
        let on = truth.date(today);
        let grid = reader.read_until(on);
        let total = if with_sum { grid.total() } else { Vec::new() };
        for (place, row) in grid.rows().chain([total.as_slice()]).enumerate().take(places) {
            let mut changed = [false; CHANGES / 7 + 2];
            let first = today.saturating_sub(CHANGES) / 7 * 7;
            for (day, count) in row.iter().enumerate().take(today + 1).skip(first) {
                let before = &mut before[place * columns + day];
                if count.is_finite() && *count != *before {
                    *before = *count;
                    changed[(day - first) / 7] = true;
                    days.push(DayTold { on, place, day: truth.date(day), count: *count });
                }
            }
            for (week, _) in changed.iter().enumerate().filter(|(_, changed)| **changed) {
                let days = first + 7 * week..first + 7 * week + 7;
                let sum: f64 = row.get(days.clone()).map_or(f64::NAN, |days| days.iter().sum());
                if sum.is_finite() {
                    weeks.push(Told { on, place, week: truth.date(days.end - 1), count: sum });
                }
            }
        }
    }
    (Vintages::new(places, weeks), Days::new(places, days))
}
