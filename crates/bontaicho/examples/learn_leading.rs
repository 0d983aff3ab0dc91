//! Learns how much cases tell of admissions beyond their own past, from synthetic epidemics alone.
//!
//! usage: cargo run --release -p bontaicho --example learn_leading [FILE [PROVINCES]]
//!
//! `crates/forecast/priors/leading.bin` was written by `… --example learn_leading crates/forecast/priors/leading.bin 240`,
//! after the prior of `learn_prior`, on whose forecast it rests. Without a file a few provinces are drawn and what was
//! learnt is told.

use std::error::Error;
use std::io::Write;

use forecast::{Forecaster, Frame};
use simulate::epidemic::{Epidemic, Signal};

/// The first seed; the provinces have this and the following ones. They are none of the other prior's.
const FIRST_SEED: u64 = 6_000;

/// The weeks of a signal of a drawn province, the sum as one more place.
fn frame_of(epidemic: &Epidemic, signal: Signal) -> Result<Frame, Box<dyn Error>> {
    let weeks = epidemic.reported(signal).weeks();
    let places = weeks.places();
    let mut frame = Frame::new(weeks.date(0), places + 1);
    for (week, total) in weeks.total().into_iter().enumerate() {
        let day = weeks.date(week);
        let inside =
            (0..places).all(|place| frame.set(day, place, weeks.row(place)[week])) && frame.set(day, places, total);
        if !inside {
            return Err(format!("week {week} lies outside of the frame").into());
        }
    }
    Ok(frame)
}

/// The leading frame has the sum once more, for it stands for all.
fn with_all(lead: &Frame) -> Result<Frame, Box<dyn Error>> {
    let mut frame = Frame::new(lead.first(), lead.places() + 1);
    for week in 0..lead.weeks() {
        let all = lead.count(week, lead.places() - 1);
        let counts = lead.week(week).iter().copied().chain([all]);
        if !counts.enumerate().all(|(place, count)| frame.set(lead.day(week), place, count)) {
            return Err(format!("week {week} lies outside of the frame").into());
        }
    }
    Ok(frame)
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.get(1).map_or(Ok(4), |number| number.parse())?;
    let both = |seed: u64| {
        let epidemic = Epidemic::draw(seed, None);
        Ok((frame_of(&epidemic, Signal::Admissions)?, with_all(&frame_of(&epidemic, Signal::Cases)?)?))
    };
    let frames = (FIRST_SEED..FIRST_SEED + provinces).map(both).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let source = format!("cases and admissions of {provinces} synthetic provinces, seeds from {FIRST_SEED}");
    let leading = Forecaster::shipped().learn_leading(&source, frames);
    writeln!(std::io::stdout(), "{}", leading.source())?;
    if let Some(file) = given.first() {
        std::fs::write(file, leading.to_bytes())?;
    }
    Ok(())
}
