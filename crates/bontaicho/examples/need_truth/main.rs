//! Demand of oxygen held against synthetic provinces whose truth is known: how often the ranges hold it.
//!
//! usage: cargo run --release -p bontaicho --example need_truth [PROVINCES]
//!
//! What is drawn and what is known: `chain.rs`. The seeds are none of those the shipped prior was learnt from. Fails where
//! the 90 % range holds fewer than 85 or more than 96 % of the truths of hospitals with five patients and more, or, from 300
//! provinces on, of provinces.

use std::error::Error;
use std::io::Write;

use forecast::Forecaster;
use forecast::need::NeedNorms;
use jiff::civil::date;
use protocol::{Norms, Readiness};

use chain::{FIGURES, Held, Outcome, hold};

mod chain;

/// Far from the seeds of the prior.
const FIRST_SEED: u64 = 5_000_000;
const NAMES: [&str; FIGURES] = [
    "grams, day 1",
    "grams, day 7",
    "grams, day 14",
    "grams, day 28",
    "grams, 28 days",
    "patients, day 1",
    "patients, day 7",
    "patients, day 14",
    "patients, day 28",
];

fn main() -> Result<(), Box<dyn Error>> {
    let provinces: u64 = std::env::args().nth(1).map_or(Ok(6), |number| number.parse())?;
    let forecaster = Forecaster::shipped();
    let norms = NeedNorms::from_norms(&Norms::shipped()?, date(2026, 11, 23), Readiness::Emergency)?;
    let mut all = Outcome::default();
    for outcome in (FIRST_SEED..FIRST_SEED + provinces).filter_map(|seed| hold(&forecaster, &norms, seed)) {
        all.small.join(&outcome.small);
        all.large.join(&outcome.large);
        all.province.join(&outcome.province);
    }
    let mut out = std::io::stdout().lock();
    let mut wrong = Vec::new();
    let judged = [("hospitals below five patients", &all.small, false), ("hospitals", &all.large, true)];
    for (title, held, is_bound) in judged.into_iter().chain([("provinces", &all.province, provinces >= 300)]) {
        let Held { number, .. } = held;
        writeln!(out, "{title}: {number}")?;
        for (figure, name) in NAMES.iter().enumerate() {
            let [half, nine] = held.shares(figure);
            let (off, width) = (held.off(figure), held.width(figure));
            writeln!(
                out,
                "  {name:<18} 50 %: {half:.3}   90 %: {nine:.3}   ln(truth/median) {off:+.3}   ln(upper/lower) {width:.2}"
            )?;
            if is_bound && !(0.85..=0.96).contains(&nine) {
                wrong.push(format!("{title}, {name}: {nine:.3}"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ").into()) }
}
