//! Learns the prior that the forecast ships with, from synthetic epidemics alone: no one's data, no one's licence.
//!
//! usage: cargo run --release -p bontaicho --example learn_prior [FILE [PROVINCES]]
//!
//! `crates/forecast/priors/epidemics.bin` was written by `… --example learn_prior crates/forecast/priors/epidemics.bin 240`.
//! Without a file a few provinces are drawn and what was learnt is told.

use std::error::Error;
use std::io::Write;

use forecast::{Frame, Prior};
use simulate::epidemic::{Epidemic, Kind, Signal};

/// Situations that stand for all.
const SITUATIONS: usize = 12_000;
/// The first seed; the provinces have this and the following ones.
const FIRST_SEED: u64 = 2_000;

/// The weeks of a drawn province, its sum as one more place, and whether it has a season.
fn frame_of(seed: u64) -> Result<(Frame, bool), Box<dyn Error>> {
    let epidemic = Epidemic::draw(seed, None);
    let weeks = epidemic.reported(Signal::Cases).weeks();
    let places = weeks.places();
    let mut frame = Frame::new(weeks.date(0), places + 1);
    for (week, total) in weeks.total().into_iter().enumerate() {
        let day = weeks.date(week);
        let inside =
            (0..places).all(|place| frame.set(day, place, weeks.row(place)[week])) && frame.set(day, places, total);
        if !inside {
            return Err(format!("seed {seed}: week {week} lies outside of the frame").into());
        }
    }
    Ok((frame, epidemic.parameters().kind == Kind::Seasonal))
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.get(1).map_or(Ok(8), |number| number.parse())?;
    let frames = (FIRST_SEED..FIRST_SEED + provinces).map(frame_of).collect::<Result<Vec<_>, _>>()?;
    let source = format!("{provinces} synthetic provinces, seeds from {FIRST_SEED}");
    let prior = Prior::learn(&source, frames, SITUATIONS);
    writeln!(std::io::stdout(), "{} situations of {}", prior.situations(), prior.source())?;
    if let Some(file) = given.first() {
        std::fs::write(file, prior.to_bytes())?;
    }
    Ok(())
}
