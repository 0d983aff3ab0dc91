//! What a forecast finds of synthetic epidemics whose truth is known: growth, delays, and the distribution of what comes.
//!
//! usage: cargo run --release -p bontaicho --example forecast_recovered [PROVINCES [FUTURES]]
//!
//! Each province is drawn anew; one forecast is made on a drawn Monday from what had been told by then. The truth is 100 futures of
//! the same past, and 100 others to score on. Nobody who sees only reports can score as well as who knows all parameters
//! and infections; how far he is from it is told. The seeds are none of those the shipped prior was learnt from.
//! Fails outside of these bounds: score three times that of the truth and six tenths of that of the last count; error of
//! what is missing half of what is missing; and from 30 provinces on, true medians in the middle 90 % of 0.85 of provinces
//! in every week ahead, correlation of growth 0.4 a week and 0.6 four weeks ahead.

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
    let least = [0.4, 0.5, 0.6, 0.6];
    let grows = (0..WEEKS_AHEAD).map(|ahead| (found.growth(ahead), least[ahead]));
    let grows = grows.map(|([.., correlation, _, nine], least)| correlation > least && nine > 0.85);
    let holds = ours < 3.0 && ours < 0.6 * last && learnt < without / 2.0;
    let holds = holds && (provinces < 30 || grows.into_iter().all(|holds| holds));
    if holds { Ok(()) } else { Err("outside of the bounds".into()) }
}
