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

use daily::{Beside, Scored, score, told_by_day};
use forecast::{Forecaster, WEEKS_AHEAD};
use jiff::ToSpan;
use jiff::civil::Date;
use simulate::epidemic::{Epidemic, Signal};

#[path = "shared/daily.rs"]
mod daily;

/// Far from the seeds of the prior and of other measurements.
const FIRST_SEED: u64 = 3_000_000;
/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;
/// Days on which forecasts are made: the last Saturday and the days of the week after it.
const MADE_ON: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];

struct Measured {
    /// By day on which the forecast was made: weeks alone, days.
    scored: [Beside; MADE_ON.len()],
    longest: Duration,
}

fn measure(forecaster: &Forecaster, seed: u64, signal: Signal, all: &mut Measured) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(signal).weeks();
    let weeks = truth.columns() - WEEKS_KNOWN - WEEKS_AHEAD;
    let week = WEEKS_KNOWN + (seed.wrapping_mul(7_919) % weeks as u64) as usize;
    let saturday: Date = truth.date(week);
    let (vintages, days) = told_by_day(&epidemic, signal, week * 7 + 6 + MADE_ON.len() - 1, false);
    for (since, beside) in all.scored.iter_mut().enumerate() {
        let on = saturday.saturating_add((since as i64).days());
        let weekly = forecaster.ahead(&vintages, on, truth.date(week + 1));
        let begun = Instant::now();
        let daily = forecaster.forecast_daily(&vintages, &days, on, truth.date(week + 1)).forecast.ahead;
        all.longest = all.longest.max(begun.elapsed());
        score(beside, [&weekly, &daily], |_| true, |ahead| truth.row(ahead.place)[week + ahead.weeks]);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.first().map_or(Ok(12), |number| number.parse())?;
    let signal =
        if given.get(1).is_some_and(|signal| signal == "admissions") { Signal::Admissions } else { Signal::Cases };
    let forecaster = Forecaster::shipped();
    let mut all = Measured { scored: [Beside::default(); MADE_ON.len()], longest: Duration::ZERO };
    for seed in FIRST_SEED..FIRST_SEED + provinces {
        measure(&forecaster, seed, signal, &mut all);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} of {provinces} provinces; score: days over weeks, geometric mean over provinces", signal.code())?;
    let mut line = |name: &str, [weekly, daily]: [Scored; 2]| {
        let (ratio, log) = daily.over(&weekly);
        let ([large, half, nine], [_, weekly_half, weekly_nine]) = (daily.held(0), weekly.held(0));
        writeln!(
            out,
            "{name:<6} score {ratio:.3}, of logarithms {log:.3}   50 %: {half:.3} ({weekly_half:.3})   90 %: {nine:.3} ({weekly_nine:.3})   {} targets, {} of median 10 and more",
            daily.targets, large,
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
    let [_, _, nine] = daily.held(0);
    if daily.score > weekly.score || !(0.85..=0.96).contains(&nine) {
        return Err(format!("days are no help, or the 90 % range holds the truth in a share of {nine:.3}").into());
    }
    Ok(())
}
