//! Forecasts held against synthetic epidemics whose truth is known: how often the ranges hold it.
//!
//! usage: cargo run --release -p bontaicho --example forecast_truth [PROVINCES]
//!
//! Each province is drawn anew (parameters, delays, faults of reports); one forecast is made on a drawn Monday, from what
//! had been told by then, late and in batches; the truth is what is counted in the end. The seeds are none of those the
//! shipped prior was learnt from. Fails where the 90 % range holds the truth in fewer than 85 or more than 96 % of cases.

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use forecast::{Ahead, Forecaster, Vintages, WEEKS_AHEAD};
use simulate::epidemic::{Epidemic, Signal};

use told::{drawn_week, monday_after, told_until};

#[path = "shared/told.rs"]
mod told;

/// Far from the seeds of the prior.
const FIRST_SEED: u64 = 1_000_000;
/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;
/// Below this median a count is so small that a range of whole numbers cannot hold just nine in ten.
const SMALL: f64 = 10.0;
/// Shares of the ranges.
const RANGES: [f64; 3] = [0.5, 0.9, 0.95];

/// How often ranges held the truth.
#[derive(Default, Clone, Copy)]
struct Held {
    targets: f64,
    held: [f64; RANGES.len()],
}

impl Held {
    fn add(&mut self, ahead: &Ahead, truth: f64) {
        self.targets += 1.0;
        for (held, share) in self.held.iter_mut().zip(RANGES) {
            let (low, high) = ahead.quantiles.interval(share);
            *held += f64::from(u8::from((low..=high).contains(&truth)));
        }
    }

    fn shares(&self) -> [f64; RANGES.len()] {
        self.held.map(|held| held / self.targets.max(1.0))
    }
}

fn forecast_once(forecaster: &Forecaster, seed: u64) -> (Vec<(Ahead, f64)>, Duration) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(Signal::Cases).weeks();
    let week = drawn_week(seed, &truth, (WEEKS_KNOWN, WEEKS_AHEAD));
    let vintages = Vintages::new(truth.places(), told_until(&epidemic, Signal::Cases, week, false).0);
    let monday = monday_after(&truth, week);
    let begun = Instant::now();
    let ahead = forecaster.ahead(&vintages, monday, truth.date(week + 1));
    let took = begun.elapsed();
    let with_truth = |ahead: Ahead| {
        let came = truth.row(ahead.place)[week + ahead.weeks];
        (ahead, came)
    };
    (ahead.into_iter().map(with_truth).collect(), took)
}

fn main() -> Result<(), Box<dyn Error>> {
    let provinces: u64 = std::env::args().nth(1).map_or(Ok(12), |number| number.parse())?;
    let forecaster = Forecaster::shipped();
    let (mut by_week, mut all, mut large) = ([Held::default(); WEEKS_AHEAD], Held::default(), Held::default());
    let mut longest = Duration::ZERO;
    for seed in FIRST_SEED..FIRST_SEED + provinces {
        let (answers, took) = forecast_once(&forecaster, seed);
        longest = longest.max(took);
        for (ahead, truth) in answers {
            all.add(&ahead, truth);
            if ahead.quantiles.median() >= SMALL {
                large.add(&ahead, truth);
                by_week[ahead.weeks - 1].add(&ahead, truth);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    let mut line = |name: &str, held: &Held| {
        let [half, nine, most] = held.shares();
        writeln!(out, "{name:<34}{:>8} targets   50 %: {half:.3}   90 %: {nine:.3}   95 %: {most:.3}", held.targets)
    };
    line("all", &all)?;
    line("median of 10 and more", &large)?;
    for (week, held) in by_week.iter().enumerate() {
        line(&format!("  … {} weeks ahead", week + 1), held)?;
    }
    writeln!(out, "{provinces} provinces, slowest forecast of one {:.1} ms", longest.as_secs_f64() * 1e3)?;
    let nine = large.shares()[1];
    if !(0.85..=0.96).contains(&nine) {
        return Err(format!("the 90 % range holds the truth in a share of {nine:.3}").into());
    }
    Ok(())
}
