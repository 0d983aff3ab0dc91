//! How varied the synthetic epidemics are, and how long they take: per kind the 10 %, 50 % and 90 % provinces of
//! some figures about weekly cases.
//!
//! `cargo run --release -p simulate --example epidemics -- [PROVINCES]`

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use simulate::epidemic::{Epidemic, Grid, Kind, Signal};

/// Names of the figures, in the order of [`figures`].
const FIGURES: [&str; 9] = [
    "places",
    "weeks",
    "cases of a place and week, median",
    "places and weeks without a case, share",
    "weekly change of a place (log), deviation",
    "the same from a week to the next but one, correlation of the two changes",
    "weekly change shared with the province, correlation",
    "highest week of the province / median week",
    "fastest doubling of the province in 3 weeks, days",
];

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    values.get((values.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (one, other): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (a, b) = (mean(&one), mean(&other));
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(x, y)| f(x - a, y - b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// The change of the logarithm where both weeks have twenty cases.
fn change(before: f64, after: f64) -> Option<f64> {
    (before >= 20.0 && after >= 20.0).then(|| (after / before).ln())
}

fn figures(weeks: &Grid) -> [f64; 9] {
    let total = weeks.total();
    let (mut changes, mut next, mut shared) = (Vec::new(), Vec::new(), Vec::new());
    for row in weeks.rows() {
        for week in 1..row.len() {
            let Some(now) = change(row[week - 1], row[week]) else { continue };
            changes.push(now);
            shared.extend(change(total[week - 1], total[week]).map(|province| (now, province)));
            next.extend(row.get(week + 1).and_then(|after| change(row[week], *after)).map(|then| (now, then)));
        }
    }
    let middle = mean(&changes);
    let deviation = mean(&changes.iter().map(|change| (change - middle).powi(2)).collect::<Vec<_>>()).sqrt();
    let rises = total.windows(4).filter(|four| four[0] >= 20.0 && four[3] > four[0]);
    let doubling = rises.map(|four| 21.0 * 2.0_f64.ln() / (four[3] / four[0]).ln()).fold(f64::INFINITY, f64::min);
    [
        weeks.places() as f64,
        weeks.columns() as f64,
        quantile(weeks.values().to_vec(), 0.5),
        weeks.values().iter().filter(|count| **count == 0.0).count() as f64 / weeks.values().len() as f64,
        deviation,
        correlation(&next),
        correlation(&shared),
        total.iter().copied().fold(0.0, f64::max) / quantile(total.clone(), 0.5).max(1.0),
        doubling,
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let provinces: u64 = std::env::args().nth(1).map_or(Ok(60), |provinces| provinces.parse())?;
    let mut out = std::io::stdout().lock();
    let (mut lived, mut told, mut read) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let (mut cells, mut parts) = (0, 0);
    for kind in Kind::ALL {
        let mut all = Vec::new();
        for seed in 0..provinces {
            let begun = Instant::now();
            let epidemic = Epidemic::draw(seed, Some(kind));
            lived += begun.elapsed();
            let begun = Instant::now();
            let reports = epidemic.reports(Signal::Cases);
            told += begun.elapsed();
            let begun = Instant::now();
            let weeks = epidemic.reported(Signal::Cases).weeks();
            let mut reader = reports.reader();
            let known: f64 = (0..weeks.columns())
                .map(|week| {
                    reader.read_until(weeks.date(week)).values().iter().filter(|count| count.is_finite()).sum::<f64>()
                })
                .sum();
            read += begun.elapsed();
            cells += epidemic.infections().values().len();
            parts += reports.told().count() + usize::from(known < 0.0);
            // Bulletins have the batches in them, as published counts do.
            all.push(figures(&reports.announced().weeks()));
        }
        writeln!(out, "{}, {provinces} provinces: 10 %, 50 %, 90 %", kind.code())?;
        for (index, name) in FIGURES.iter().enumerate() {
            let of = |share| quantile(all.iter().map(|one: &[f64; 9]| one[index]).collect(), share);
            writeln!(out, "  {:>9.3} {:>9.3} {:>9.3}  {name}", of(0.1), of(0.5), of(0.9))?;
        }
    }
    writeln!(
        out,
        "{} provinces, {cells} places × days: lived in {:.2} s, reports of cases ({parts} parts) in {:.2} s, read week by week in {:.2} s",
        provinces * 3,
        lived.as_secs_f64(),
        told.as_secs_f64(),
        read.as_secs_f64()
    )?;
    Ok(())
}
