//! Gives the war room's rules their best: plays every setting of the grid in provinces of other seeds than those that
//! are compared, and prints for each rule and balance the settings that left the least unmet. What stands in
//! `provinces/rule/tuning.rs` came from
//!
//! ```sh
//! cargo run --release -p simulate --example tune_rules -- 9000 27 2
//! ```
//!
//! Arguments: first seed, provinces, paths of each.

use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use simulate::provinces::rule::{First, GRID};
use simulate::provinces::{Asked, Balance, Play, Province, Rule, Shape};

/// Below so many weighted patient-days a ratio says nothing.
const LEAST: f64 = 0.5;

fn main() -> std::io::Result<()> {
    let mut told = std::env::args().skip(1).map(|word| word.parse::<usize>().unwrap_or(0));
    let seed = told.next().unwrap_or(9_000) as u64;
    let (provinces, paths) = (told.next().unwrap_or(27), told.next().unwrap_or(2) as u64);
    let rules: Vec<Rule> = First::ALL.into_iter().flat_map(|first| GRID.rules(first)).collect();
    // Unmet need of every rule in every province.
    let unmet = Mutex::new(vec![vec![0.0; provinces]; rules.len()]);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= provinces {
                        break;
                    }
                    let of_province = in_province(seed, number, paths, &rules);
                    let mut unmet = unmet.lock().expect("no thread fails");
                    of_province.into_iter().enumerate().for_each(|(rule, sum)| unmet[rule][number] = sum);
                }
            });
        }
    });
    let unmet = unmet.into_inner().expect("no thread fails");
    for balance in Balance::ALL {
        for first in First::ALL {
            print(balance, first, &rules, &unmet, (provinces, seed))?;
        }
    }
    Ok(())
}

fn in_province(seed: u64, number: usize, paths: u64, rules: &[Rule]) -> Vec<f64> {
    let province = Province::draw(seed + number as u64, Shape::of(seed, number));
    let play = Play { paths: 10, ..Play::default() };
    let of_rule = |rule: &Rule| {
        let mut policy = |asked: &Asked| rule.plan(asked);
        (0..paths).map(|path| province.play(path, &play, &mut policy).unmet).sum::<f64>() / paths as f64
    };
    rules.iter().map(of_rule).collect()
}

/// The five best: geometric mean over the provinces of a balance.
fn print(
    balance: Balance,
    first: First,
    rules: &[Rule],
    unmet: &[Vec<f64>],
    (provinces, seed): (usize, u64),
) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let numbers: Vec<usize> = (0..provinces).filter(|number| Shape::of(seed, *number).balance == balance).collect();
    let mean = |rule: usize| {
        let logarithms = numbers.iter().map(|number| unmet[rule][*number].max(LEAST).ln());
        (logarithms.sum::<f64>() / numbers.len().max(1) as f64).exp()
    };
    let mut means: Vec<(f64, &Rule)> =
        rules.iter().enumerate().filter(|(_, rule)| rule.first == first).map(|(at, rule)| (mean(at), rule)).collect();
    means.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (mean, rule) in means.iter().take(5).chain(means.last()) {
        writeln!(
            out,
            "{balance} {}: {mean:.2} patient-days with target {}, lot {}, look {}, drops {}",
            first.code(),
            rule.target,
            rule.lot,
            rule.look,
            rule.drops
        )?;
    }
    Ok(())
}
