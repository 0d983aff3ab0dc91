//! Each kind takes its course: explosion, return of the year, wave after wave.

use simulate::epidemic::{Epidemic, Kind, Signal};

use crate::common::{correlation, small};

const SEEDS: u64 = 15;

/// Cases of the province by week.
fn weekly(seed: u64, kind: Kind, places: usize) -> Vec<f64> {
    let epidemic = Epidemic::of(seed, small(seed, kind, places, 190));
    epidemic.reported(Signal::Cases).weeks().total()
}

/// The fastest rise over three weeks, from at least 20 cases a week: days in which cases double.
fn fastest_doubling(weeks: &[f64]) -> f64 {
    let rises = weeks.windows(4).filter(|four| four[0] >= 20.0 && four[3] > four[0]);
    rises.map(|four| 21.0 * 2.0_f64.ln() / (four[3] / four[0]).ln()).fold(f64::INFINITY, f64::min)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Cases double within days, and go on doing so: in half of the first waves tenfold within eight weeks, in two thirds
/// fivefold.
#[test]
fn a_first_wave_explodes() {
    let waves: Vec<Vec<f64>> = (0..3 * SEEDS).map(|seed| weekly(seed, Kind::First, 63)).collect();
    let doubling = median(waves.iter().map(|weeks| fastest_doubling(weeks)).collect());
    assert!((4.0..12.0).contains(&doubling), "doubling in {doubling} days");
    let rises = |weeks: &Vec<f64>| {
        let within_eight = weeks.windows(9).filter(|nine| nine[0] >= 5.0).map(|nine| nine[8] / nine[0]);
        within_eight.fold(0.0, f64::max)
    };
    let mut rises: Vec<f64> = waves.iter().map(rises).collect();
    rises.sort_by(f64::total_cmp);
    let (third, half) = (rises[rises.len() / 3], rises[rises.len() / 2]);
    assert!(third > 5.0 && half > 10.0, "{third} {half}");
}

/// A year after, the same; half a year after, the contrary.
#[test]
fn a_seasonal_epidemic_returns_every_year() {
    let mut returns = 0;
    for seed in 0..SEEDS {
        let logs: Vec<f64> = weekly(seed, Kind::Seasonal, 12).into_iter().map(|count| (count + 1.0).ln()).collect();
        let at = |lag: usize| correlation(&logs[lag..], &logs[..logs.len() - lag]);
        if at(52) > 0.2 && at(26) < at(52) - 0.3 {
            returns += 1;
        }
    }
    assert!(returns * 10 >= SEEDS * 7, "{returns} of {SEEDS}");
}

/// More than one wave: troughs at less than half of the peaks on both sides.
#[test]
fn waves_come_one_after_the_other() {
    let mut several = 0;
    for seed in 0..SEEDS {
        let weeks = weekly(seed, Kind::Waves, 12);
        let (mut waves, mut rising, mut turn) = (0, true, weeks[0]);
        for count in weeks {
            if rising {
                turn = turn.max(count);
                if count < turn / 2.0 && turn > 20.0 {
                    (waves, rising, turn) = (waves + 1, false, count);
                }
            } else {
                turn = turn.min(count);
                if count > turn * 2.0 + 20.0 {
                    (rising, turn) = (true, count);
                }
            }
        }
        several += u64::from(waves >= 2);
    }
    assert!(several * 10 >= SEEDS * 7, "{several} of {SEEDS}");
}

/// What fills the beds follows the cases by the days between falling ill and the hospital.
#[test]
fn admissions_follow_the_cases() {
    let mut lags = Vec::new();
    for seed in 0..SEEDS {
        let epidemic = Epidemic::of(seed, small(seed, Kind::First, 12, 60));
        let smooth = |signal| {
            let total = epidemic.expected(signal).total();
            total.windows(7).map(|week| (week.iter().sum::<f64>() + 1.0).ln()).collect::<Vec<_>>()
        };
        let growth = |logs: Vec<f64>| logs.windows(8).map(|pair| pair[7] - pair[0]).collect::<Vec<_>>();
        let (cases, admissions) = (growth(smooth(Signal::Cases)), growth(smooth(Signal::Admissions)));
        let at = |lag: usize| correlation(&admissions[lag..], &cases[..cases.len() - lag]);
        let best = (0..15).max_by(|one, other| at(*one).total_cmp(&at(*other))).unwrap();
        lags.push(best as f64);
    }
    let lag = median(lags.clone());
    assert!((3.0..=7.0).contains(&lag), "{lags:?}");
}
