//! What days tell beyond weeks: forecasts of the same calendar weeks made on each weekday, from weeks alone and from days,
//! held against synthetic epidemics whose truth is known.
//!
//! usage: cargo run --release -p bontaicho --example forecast_daily [PROVINCES [cases|admissions]]
//!
//! Each province is drawn anew (parameters, weekday habits, delays, faults of reports). Both forecasts see what had been told
//! by the end of the day, late and in batches; the truth is what is counted in the end. The seeds are neither the prior's
//! nor those of `forecast_truth`. Fails where days are worse than weeks, or the 90 % range holds the truth in fewer than 85
//! or more than 96 % of cases.

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use forecast::score::wis;
use forecast::{Ahead, DayTold, Days, Forecaster, Quantiles, Told, Vintages, WEEKS_AHEAD};
use jiff::ToSpan;
use jiff::civil::Date;
use simulate::epidemic::{Epidemic, Grid, Signal};

/// Far from the seeds of the prior and of other measurements.
const FIRST_SEED: u64 = 3_000_000;
/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;
/// Below this median a count is so small that a range of whole numbers cannot hold just nine in ten.
const SMALL: f64 = 10.0;
/// How long before a day counts may still change, in days: batches, silences, old cases in bulk.
const CHANGES: usize = 130;
/// Days on which forecasts are made: the last Saturday and the days of the week after it.
const MADE_ON: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];

/// Scores of forecasts of one kind.
#[derive(Default, Clone, Copy)]
struct Scored {
    targets: f64,
    /// Mean score of a province, as a logarithm, and how many provinces.
    score: f64,
    provinces: f64,
    /// Sum of scores of the logarithms.
    log: f64,
    large: f64,
    half: f64,
    nine: f64,
}

impl Scored {
    fn add(&mut self, ahead: &Ahead, truth: f64) -> f64 {
        let within = |share: f64| {
            let (low, high) = ahead.quantiles.interval(share);
            f64::from(u8::from((low..=high).contains(&truth)))
        };
        self.targets += 1.0;
        self.log += wis(&Quantiles::rising(ahead.quantiles.figures().map(f64::ln_1p)), truth.ln_1p());
        if ahead.quantiles.median() >= SMALL {
            self.large += 1.0;
            self.half += within(0.5);
            self.nine += within(0.9);
        }
        wis(&ahead.quantiles, truth)
    }

    fn and(&mut self, other: &Self) {
        self.targets += other.targets;
        self.score += other.score;
        self.provinces += other.provinces;
        self.log += other.log;
        self.large += other.large;
        self.half += other.half;
        self.nine += other.nine;
    }
}

/// What had been told by each day up to the last, by day and by week, as an office writes it down.
struct Known {
    days: Vec<DayTold>,
    weeks: Vec<Told>,
}

fn told_until(epidemic: &Epidemic, signal: Signal, last: usize) -> Known {
    let reports = epidemic.reports(signal);
    let mut reader = reports.reader();
    let truth = epidemic.reported(signal);
    let (places, columns) = (truth.places(), truth.columns());
    let mut before = vec![f64::NAN; places * columns];
    let mut known = Known { days: Vec::new(), weeks: Vec::new() };
    for today in 0..=last {
        let on = truth.date(today);
        let grid: &Grid = reader.read_until(on);
        for place in 0..places {
            let row = grid.row(place);
            let mut changed = [false; CHANGES / 7 + 2];
            let first = today.saturating_sub(CHANGES) / 7 * 7;
            for (day, count) in row.iter().enumerate().take(today + 1).skip(first) {
                let before = &mut before[place * columns + day];
                if count.is_finite() && *count != *before {
                    *before = *count;
                    changed[(day - first) / 7] = true;
                    known.days.push(DayTold { on, place, day: truth.date(day), count: *count });
                }
            }
            for (week, _) in changed.iter().enumerate().filter(|(_, changed)| **changed) {
                let days = first + 7 * week..first + 7 * week + 7;
                let sum: f64 = row.get(days.clone()).map_or(f64::NAN, |days| days.iter().sum());
                if sum.is_finite() {
                    known.weeks.push(Told { on, place, week: truth.date(days.end - 1), count: sum });
                }
            }
        }
    }
    known
}

struct Measured {
    /// By day on which the forecast was made and week ahead: weeks alone, days.
    scored: [[[Scored; 2]; WEEKS_AHEAD]; MADE_ON.len()],
    longest: Duration,
}

fn measure(forecaster: &Forecaster, seed: u64, signal: Signal, all: &mut Measured) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(signal).weeks();
    let weeks = truth.columns() - WEEKS_KNOWN - WEEKS_AHEAD;
    let week = WEEKS_KNOWN + (seed.wrapping_mul(7_919) % weeks as u64) as usize;
    let saturday: Date = truth.date(week);
    let known = told_until(&epidemic, signal, week * 7 + 6 + MADE_ON.len() - 1);
    let places = truth.places();
    let (vintages, days) = (Vintages::new(places, known.weeks), Days::new(places, known.days));
    for (since, by_week) in all.scored.iter_mut().enumerate() {
        let on = saturday.saturating_add((since as i64).days());
        let weekly = forecaster.ahead(&vintages, on, truth.date(week + 1));
        let begun = Instant::now();
        let daily = forecaster.forecast_daily(&vintages, &days, on, truth.date(week + 1)).forecast.ahead;
        all.longest = all.longest.max(begun.elapsed());
        let mut sums = [[0.0; 2]; WEEKS_AHEAD];
        for (kind, ahead) in [weekly, daily].iter().enumerate() {
            for ahead in ahead {
                // A place that is known by days and never had a whole week is only in one of the two.
                let came = truth.row(ahead.place)[week + ahead.weeks];
                sums[ahead.weeks - 1][kind] += by_week[ahead.weeks - 1][kind].add(ahead, came);
            }
        }
        for (scored, sums) in by_week.iter_mut().zip(sums) {
            if sums.iter().all(|sum| *sum > 0.0) {
                for (scored, sum) in scored.iter_mut().zip(sums) {
                    scored.score += sum.ln();
                    scored.provinces += 1.0;
                }
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.first().map_or(Ok(12), |number| number.parse())?;
    let signal =
        if given.get(1).is_some_and(|signal| signal == "admissions") { Signal::Admissions } else { Signal::Cases };
    let forecaster = Forecaster::shipped();
    let mut all = Measured { scored: [[[Scored::default(); 2]; WEEKS_AHEAD]; MADE_ON.len()], longest: Duration::ZERO };
    for seed in FIRST_SEED..FIRST_SEED + provinces {
        measure(&forecaster, seed, signal, &mut all);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} of {provinces} provinces; score: days over weeks, geometric mean over provinces", signal.code())?;
    let mut line = |name: &str, [weekly, daily]: [Scored; 2]| {
        let ratio = ((daily.score - weekly.score) / daily.provinces.max(1.0)).exp();
        let held = |scored: &Scored| (scored.half / scored.large.max(1.0), scored.nine / scored.large.max(1.0));
        let ((half, nine), (weekly_half, weekly_nine)) = (held(&daily), held(&weekly));
        writeln!(
            out,
            "{name:<6} score {ratio:.3}, of logarithms {:.3}   50 %: {half:.3} ({weekly_half:.3})   90 %: {nine:.3} ({weekly_nine:.3})   {} targets, {} of median 10 and more",
            daily.log / weekly.log,
            daily.targets,
            daily.large,
        )
    };
    let mut together = [Scored::default(); 2];
    for (day, by_week) in MADE_ON.iter().zip(&all.scored) {
        let mut of_day = [Scored::default(); 2];
        for (week, scored) in by_week.iter().enumerate() {
            line(&format!("{day} {}", week + 1), *scored)?;
            of_day.iter_mut().zip(scored).for_each(|(sum, one)| sum.and(one));
        }
        line(day, of_day)?;
        together.iter_mut().zip(&of_day).for_each(|(sum, one)| sum.and(one));
    }
    line("all", together)?;
    writeln!(out, "slowest forecast from days {:.1} ms", all.longest.as_secs_f64() * 1e3)?;
    let [weekly, daily] = together;
    let nine = daily.nine / daily.large.max(1.0);
    if daily.score > weekly.score || !(0.85..=0.96).contains(&nine) {
        return Err(format!("days are no help, or the 90 % range holds the truth in a share of {nine:.3}").into());
    }
    Ok(())
}
