//! What cases tell of admissions to come: forecasts of admissions with and without the cases of the same places, or of the
//! province alone, held against synthetic epidemics whose truth is known.
//!
//! usage: cargo run --release -p bontaicho --example forecast_leading [PROVINCES [here|all] [days|weeks]]
//!
//! Each province is drawn anew; forecasts are made on one drawn day of the week, from what had been told by its end, late
//! and in batches; the truth is what is counted in the end. The seeds are none of the priors' or of other measurements.
//! Fails where cases are no help, or the 90 % range holds the truth in fewer than 85 or more than 96 % of cases.

use std::error::Error;
use std::io::Write;

use forecast::score::wis;
use forecast::{Ahead, DayTold, Days, Forecaster, Leads, Quantiles, Told, Vintages, WEEKS_AHEAD};
use jiff::ToSpan;
use simulate::epidemic::{Epidemic, Signal};

/// Far from the seeds of the priors and of other measurements.
const FIRST_SEED: u64 = 5_000_000;
/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;
/// Below this median a count is so small that a range of whole numbers cannot hold just nine in ten.
const SMALL: f64 = 10.0;
/// From this median on a place is large.
const LARGE: f64 = 50.0;
/// How long before a day counts may still change, in days: batches, silences, old cases in bulk.
const CHANGES: usize = 130;

/// Scores of forecasts of one kind.
#[derive(Default, Clone, Copy)]
struct Scored {
    targets: f64,
    /// Mean score of a province, as a logarithm, and how many provinces.
    score: f64,
    provinces: f64,
    /// Sum of scores of the logarithms.
    log: f64,
    /// Of medians of 10 and of 50 and more: how many, within the 50 and the 90 % range.
    held: [[f64; 3]; 2],
}

impl Scored {
    fn add(&mut self, ahead: &Ahead, truth: f64) -> f64 {
        let within = |share: f64| {
            let (low, high) = ahead.quantiles.interval(share);
            f64::from(u8::from((low..=high).contains(&truth)))
        };
        self.targets += 1.0;
        self.log += wis(&Quantiles::rising(ahead.quantiles.figures().map(f64::ln_1p)), truth.ln_1p());
        for (held, smallest) in self.held.iter_mut().zip([SMALL, LARGE]) {
            if ahead.quantiles.median() >= smallest {
                *held = [held[0] + 1.0, held[1] + within(0.5), held[2] + within(0.9)];
            }
        }
        wis(&ahead.quantiles, truth)
    }

    fn and(&mut self, other: &Self) {
        self.targets += other.targets;
        self.score += other.score;
        self.provinces += other.provinces;
        self.log += other.log;
        for (held, other) in self.held.iter_mut().flatten().zip(other.held.iter().flatten()) {
            *held += other;
        }
    }
}

/// What had been told by each day up to the last, by day and by week, as an office writes it down; the province as one
/// more place.
fn told_until(epidemic: &Epidemic, signal: Signal, last: usize) -> (Vintages, Days) {
    let reports = epidemic.reports(signal);
    let mut reader = reports.reader();
    let truth = epidemic.reported(signal);
    let (places, columns) = (truth.places(), truth.columns());
    let mut before = vec![f64::NAN; (places + 1) * columns];
    let (mut days, mut weeks) = (Vec::new(), Vec::new());
    for today in 0..=last {
        let on = truth.date(today);
        let grid = reader.read_until(on);
        let total = grid.total();
        for place in 0..=places {
            let row = if place < places { grid.row(place) } else { &total };
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
    (Vintages::new(places + 1, weeks), Days::new(places + 1, days))
}

/// Adds the scores of one province: without cases, with them.
fn measure(forecaster: &Forecaster, seed: u64, (here, by_day): (bool, bool), all: &mut [[Scored; 2]; WEEKS_AHEAD]) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(Signal::Admissions).weeks();
    let weeks = truth.columns() - WEEKS_KNOWN - WEEKS_AHEAD;
    let week = WEEKS_KNOWN + (seed.wrapping_mul(7_919) % weeks as u64) as usize;
    let since = 2 + (seed % 5) as usize;
    let (vintages, days) = told_until(&epidemic, Signal::Admissions, week * 7 + 6 + since);
    let (case_weeks, case_days) = told_until(&epidemic, Signal::Cases, week * 7 + 6 + since);
    let places = truth.places();
    let none = Days::new(places + 1, []);
    let (days, case_days) = if by_day { (&days, &case_days) } else { (&none, &none) };
    let of: Vec<Option<usize>> = (0..=places).map(|place| (here || place == places).then_some(place)).collect();
    let leads = Leads { weeks: &case_weeks, days: case_days, of: &of, all: Some(places) };
    let (on, first) = (truth.date(week).saturating_add((since as i64).days()), truth.date(week + 1));
    let without = forecaster.forecast_led(&vintages, days, None, on, first);
    let with = forecaster.forecast_led(&vintages, days, Some(&leads), on, first);
    let mut sums = [[0.0; 2]; WEEKS_AHEAD];
    for (kind, made) in [without, with].iter().enumerate() {
        // The province itself is not scored: it would rule every mean.
        for ahead in made.forecast.ahead.iter().filter(|ahead| ahead.place < places) {
            let came = truth.row(ahead.place)[week + ahead.weeks];
            sums[ahead.weeks - 1][kind] += all[ahead.weeks - 1][kind].add(ahead, came);
        }
    }
    for (scored, sums) in all.iter_mut().zip(sums) {
        if sums.iter().all(|sum| *sum > 0.0) {
            for (scored, sum) in scored.iter_mut().zip(sums) {
                scored.score += sum.ln();
                scored.provinces += 1.0;
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.first().map_or(Ok(12), |number| number.parse())?;
    let here = given.get(1).is_none_or(|known| known != "all");
    let by_day = given.get(2).is_none_or(|known| known != "weeks");
    let forecaster = Forecaster::shipped();
    let mut all = [[Scored::default(); 2]; WEEKS_AHEAD];
    for seed in FIRST_SEED..FIRST_SEED + provinces {
        measure(&forecaster, seed, (here, by_day), &mut all);
    }
    let mut out = std::io::stdout().lock();
    let known = if here { "of the same places and of the province" } else { "of the province alone" };
    let how = if by_day { "days" } else { "weeks" };
    writeln!(out, "admissions of {provinces} provinces, cases {known}, by {how}; score: with cases over without")?;
    let mut line = |name: &str, [without, with]: [Scored; 2]| {
        let ratio = ((with.score - without.score) / with.provinces.max(1.0)).exp();
        let held =
            |scored: &Scored, kind: usize, share: usize| scored.held[kind][share] / scored.held[kind][0].max(1.0);
        writeln!(
            out,
            "{name:<8} score {ratio:.3}, of logarithms {:.3}   median of 10 and more: 50 % {:.3} ({:.3}), 90 % {:.3} ({:.3})   of 50 and more: 90 % {:.3} ({:.3})   {} targets, {} and {}",
            with.log / without.log,
            held(&with, 0, 1),
            held(&without, 0, 1),
            held(&with, 0, 2),
            held(&without, 0, 2),
            held(&with, 1, 2),
            held(&without, 1, 2),
            with.targets,
            with.held[0][0],
            with.held[1][0],
        )
    };
    let mut together = [Scored::default(); 2];
    for (week, scored) in all.iter().enumerate() {
        line(&format!("week {}", week + 1), *scored)?;
        together.iter_mut().zip(scored).for_each(|(sum, one)| sum.and(one));
    }
    line("all", together)?;
    let [without, with] = together;
    let nine = with.held[0][2] / with.held[0][0].max(1.0);
    if with.score > without.score || !(0.85..=0.96).contains(&nine) {
        return Err(format!("cases are no help, or the 90 % range holds the truth in a share of {nine:.3}").into());
    }
    Ok(())
}
