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

use daily::{Beside, Scored, score, told_by_day};
use forecast::{Days, Forecaster, Leads, WEEKS_AHEAD};
use jiff::ToSpan;
use simulate::epidemic::{Epidemic, Signal};

#[path = "shared/daily.rs"]
mod daily;

/// Far from the seeds of the priors and of other measurements.
const FIRST_SEED: u64 = 5_000_000;
/// Weeks known at least before a forecast is made.
const WEEKS_KNOWN: usize = 8;

/// Adds the scores of one province: without cases, with them.
fn measure(forecaster: &Forecaster, seed: u64, (here, by_day): (bool, bool), all: &mut Beside) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(Signal::Admissions).weeks();
    let weeks = truth.columns() - WEEKS_KNOWN - WEEKS_AHEAD;
    let week = WEEKS_KNOWN + (seed.wrapping_mul(7_919) % weeks as u64) as usize;
    let since = 2 + (seed % 5) as usize;
    let (vintages, days) = told_by_day(&epidemic, Signal::Admissions, week * 7 + 6 + since, true);
    let (case_weeks, case_days) = told_by_day(&epidemic, Signal::Cases, week * 7 + 6 + since, true);
    let places = truth.places();
    let none = Days::new(places + 1, []);
    let (days, case_days) = if by_day { (&days, &case_days) } else { (&none, &none) };
    let of: Vec<Option<usize>> = (0..=places).map(|place| (here || place == places).then_some(place)).collect();
    let leads = Leads { weeks: &case_weeks, days: case_days, of: &of, all: Some(places) };
    let (on, first) = (truth.date(week).saturating_add((since as i64).days()), truth.date(week + 1));
    let without = forecaster.forecast_led(&vintages, days, None, on, first);
    let with = forecaster.forecast_led(&vintages, days, Some(&leads), on, first);
    let kinds = [without.forecast.ahead.as_slice(), &with.forecast.ahead];
    // The province itself is not scored: it would rule every mean.
    score(all, kinds, |ahead| ahead.place < places, |ahead| truth.row(ahead.place)[week + ahead.weeks]);
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let provinces: u64 = given.first().map_or(Ok(12), |number| number.parse())?;
    let here = given.get(1).is_none_or(|known| known != "all");
    let by_day = given.get(2).is_none_or(|known| known != "weeks");
    let forecaster = Forecaster::shipped();
    let mut all = Beside::default();
    for seed in FIRST_SEED..FIRST_SEED + provinces {
        measure(&forecaster, seed, (here, by_day), &mut all);
    }
    let mut out = std::io::stdout().lock();
    let known = if here { "of the same places and of the province" } else { "of the province alone" };
    let how = if by_day { "days" } else { "weeks" };
    writeln!(out, "admissions of {provinces} provinces, cases {known}, by {how}; score: with cases over without")?;
    let mut line = |name: &str, [without, with]: [Scored; 2]| {
        let (ratio, log) = with.over(&without);
        let ([targets, half, nine], [_, half_without, nine_without]) = (with.held(0), without.held(0));
        let ([large, _, nine_large], [_, _, nine_large_without]) = (with.held(1), without.held(1));
        writeln!(
            out,
            "{name:<8} score {ratio:.3}, of logarithms {log:.3}   median of 10 and more: 50 % {half:.3} ({half_without:.3}), 90 % {nine:.3} ({nine_without:.3})   of 50 and more: 90 % {nine_large:.3} ({nine_large_without:.3})   {} targets, {targets} and {large}",
            with.targets,
        )
    };
    let mut together = [Scored::default(); 2];
    for (week, scored) in all.iter().enumerate() {
        line(&format!("week {}", week + 1), *scored)?;
        together.iter_mut().zip(scored).for_each(|(sum, one)| sum.and(one));
    }
    line("all", together)?;
    let [without, with] = together;
    let [_, _, nine] = with.held(0);
    if with.score > without.score || !(0.85..=0.96).contains(&nine) {
        return Err(format!("cases are no help, or the 90 % range holds the truth in a share of {nine:.3}").into());
    }
    Ok(())
}
