//! Learns what goes before a week, from synthetic epidemics alone: cases before admissions, and the last days of a window
//! before the window.
//!
//! usage: cargo run --release -p bontaicho --example learn_leading [FOLDER [PROVINCES]]
//!
//! `crates/forecast/priors/leading.bin` and `recent.bin` were written by
//! `… --example learn_leading crates/forecast/priors 240`, after the prior of `learn_prior`, on whose forecast they rest.
//! Without a folder a few provinces are drawn and what was learnt is told.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use forecast::{Forecaster, Frame, RECENT_DAYS};
use simulate::epidemic::{Epidemic, Grid, Signal};

/// The first seeds; the provinces have these and the following ones. They are none of the other prior's.
const FIRST_SEED: u64 = 6_000;
const FIRST_SEED_OF_DAYS: u64 = 8_000;

/// The last so many days of each week of a grid of days.
fn last_days(days: &Grid, number: usize) -> Vec<Vec<f64>> {
    let before = (7 - days.date(0).weekday().to_sunday_zero_offset() as usize) % 7;
    let sum = |week: &[f64]| week[7 - number..].iter().sum();
    days.rows().map(|row| row[before..].chunks_exact(7).map(sum).collect()).collect()
}

/// Weeks of places as a frame, the sum as one more place, so often.
fn frame(weeks: &Grid, counts: &[Vec<f64>], sums: usize) -> Result<Frame, Box<dyn Error>> {
    let mut frame = Frame::new(weeks.date(0), counts.len() + sums);
    for week in 0..weeks.columns() {
        let of_week = counts.iter().map(|row| row[week]);
        let all: f64 = of_week.clone().sum();
        let mut counts = of_week.chain(std::iter::repeat_n(all, sums)).enumerate();
        if !counts.all(|(place, count)| frame.set(weeks.date(week), place, count)) {
            return Err(format!("week {week} lies outside of the frame").into());
        }
    }
    Ok(frame)
}

/// Admissions, and the cases that lead them.
fn both_signals(seed: u64) -> Result<(Frame, Frame), Box<dyn Error>> {
    let epidemic = Epidemic::draw(seed, None);
    let own = epidemic.reported(Signal::Admissions).weeks();
    let lead = epidemic.reported(Signal::Cases).weeks();
    let rows = |grid: &Grid| -> Vec<Vec<f64>> { grid.rows().map(<[f64]>::to_vec).collect() };
    // The sum leads itself, and once more as what stands for all.
    Ok((frame(&own, &rows(&own), 1)?, frame(&lead, &rows(&lead), 2)?))
}

/// Weeks of cases, and their last days.
fn weeks_and_days(seed: u64) -> Result<(Frame, Frame), Box<dyn Error>> {
    let epidemic = Epidemic::draw(seed, None);
    let days = epidemic.reported(Signal::Cases);
    let weeks = days.weeks();
    let own: Vec<Vec<f64>> = weeks.rows().map(<[f64]>::to_vec).collect();
    Ok((frame(&weeks, &own, 1)?, frame(&weeks, &last_days(days, RECENT_DAYS), 2)?))
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.get(1).map_or(Ok(4), |number| number.parse())?;
    let signals = (FIRST_SEED..).take(provinces as usize).map(both_signals).collect::<Result<Vec<_>, _>>()?;
    let days = (FIRST_SEED_OF_DAYS..).take(provinces as usize).map(weeks_and_days).collect::<Result<Vec<_>, _>>()?;
    let of = |what: &str, first: u64| format!("{what} of {provinces} synthetic provinces, seeds from {first}");
    let forecaster = Forecaster::shipped();
    let signals = forecaster.learn_leading(&of("cases and admissions", FIRST_SEED), signals);
    let days = forecaster.learn_leading(&of("weeks and their last days", FIRST_SEED_OF_DAYS), days);
    for (learnt, file) in [(signals, "leading.bin"), (days, "recent.bin")] {
        writeln!(std::io::stdout(), "{}", learnt.source())?;
        if let Some(folder) = given.first() {
            std::fs::write(Path::new(folder).join(file), learnt.to_bytes())?;
        }
    }
    Ok(())
}
