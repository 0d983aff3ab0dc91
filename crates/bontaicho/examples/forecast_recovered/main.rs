//! What a forecast finds of synthetic epidemics whose truth is known: growth, delays, and the distribution of what comes.
//!
//! usage: cargo run --release -p bontaicho --example forecast_recovered [PROVINCES [FUTURES]]
//!
//! Each province is drawn anew; one forecast is made on a drawn Monday from what had been told by then. The truth is 100 futures of
//! the same past, and 100 others to score on. Nobody who sees only reports can score as well as who knows all parameters
//! and infections; how far he is from it is told. The seeds are none of those the shipped prior was learnt from.
//! Fails outside of these bounds: score over that of the truth 1.6 and below that of the last count; correlation of
//! growth 0.5 a week ahead; true medians in the middle 90 % in 0.85 of provinces; error of what is missing half of the whole.

use std::error::Error;
use std::io::Write;

use forecast::{Forecaster, LEVEL, WEEKS_AHEAD};

use truth::Found;

mod truth;

/// Far from the seeds of the prior.
const FIRST_SEED: u64 = 7_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let provinces: u64 = given.next().map_or(Ok(4), |number| number.parse())?;
    let futures: u64 = given.next().map_or(Ok(100), |number| number.parse())?;
    let forecaster = Forecaster::shipped();
    let mut found = Found::default();
    (FIRST_SEED..FIRST_SEED + provinces).for_each(|seed| found.add(&forecaster, seed, futures));

    let mut out = std::io::stdout().lock();
    let [number, missing, learnt, without] = found.late();
    writeln!(
        out,
        "late reports: {number} provinces, ln(final/told) {missing:.3}; error as learnt {learnt:.3}, without {without:.3}"
    )?;
    for ahead in 0..WEEKS_AHEAD {
        let [number, off, correlation, half, nine] = found.growth(ahead);
        writeln!(
            out,
            "growth, {} weeks ahead: {number} provinces, found − true {off:+.3}, correlation {correlation:.3}, true median \
             inside the middle 50 %: {half:.3}, 90 %: {nine:.3}",
            ahead + 1
        )?;
    }
    writeln!(out, "distribution: {} targets, levels off by {:.3}", found.targets, found.off_level())?;
    for level in [0, 2, 6, 11, 16, 20, 22] {
        writeln!(out, "  level {:.2}: share of futures below {:.3}", LEVEL[level], found.share_below(level))?;
    }
    let (ours, last) = found.score_over_truth();
    writeln!(out, "score over that of the true distribution {ours:.3}; of the last count told {last:.3}")?;
    let growth = found.growth(0);
    let holds = ours < 1.6 && ours < last && growth[2] > 0.5 && growth[4] > 0.85 && learnt < without / 2.0;
    if holds { Ok(()) } else { Err("outside of the bounds".into()) }
}
