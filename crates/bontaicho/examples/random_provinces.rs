//! Searches plans for many random problems and asks the checker, and the gate of the synthetic provinces, what is wrong with
//! them; prints how many problems had each constraint in them. Problems whose pins contradict each other have no plan
//! that keeps every rule: of them the gate alone is asked.
//!
//! ```sh
//! cargo run --release -p bontaicho --example random_provinces -- 10000 20
//! ```
//!
//! Arguments: problems, tries of the search in each, first seed.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use simulate::provinces::{Refusal, active, random_problem, refusals};

#[derive(Default)]
struct Found {
    active: BTreeMap<&'static str, usize>,
    refused: BTreeMap<Refusal, Vec<u64>>,
    faults: BTreeMap<String, Vec<u64>>,
    trips: usize,
}

fn main() -> std::io::Result<()> {
    let mut told = std::env::args().skip(1).map(|word| word.parse::<u64>().unwrap_or(0));
    let (problems, tries, first) = (told.next().unwrap_or(100), told.next().unwrap_or(20), told.next().unwrap_or(0));
    let found = Mutex::new(Found::default());
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = first + next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + problems {
                        break;
                    }
                    one(seed, tries, &found);
                }
            });
        }
    });
    let found = found.into_inner().expect("no thread fails");
    let mut out = std::io::stdout().lock();
    writeln!(out, "{problems} problems, {} trips", found.trips)?;
    for (name, count) in &found.active {
        writeln!(out, "{count:6} {name}")?;
    }
    for (refusal, seeds) in &found.refused {
        writeln!(
            out,
            "refused for {refusal:?} in {} problems, such as {:?}",
            seeds.len(),
            &seeds[..seeds.len().min(8)]
        )?;
    }
    for (rule, seeds) in &found.faults {
        writeln!(out, "broken rule {rule} {} times, such as in {:?}", seeds.len(), &seeds[..seeds.len().min(8)])?;
    }
    Ok(())
}

fn one(seed: u64, tries: u64, found: &Mutex<Found>) {
    let problem = random_problem(seed, 8);
    let limits = plan::Limits { seed, iterations: tries };
    let solution = plan::solve(&problem, limits, &mut || false);
    let refused = refusals(&problem, &solution.plan);
    let faults =
        if plan::sound::sound(&problem).is_ok() { plan::check::check(&problem, &solution.plan) } else { Vec::new() };
    let mut found = found.lock().expect("no thread fails");
    found.trips += solution.plan.trips.len();
    for name in active(&problem) {
        *found.active.entry(name).or_insert(0) += 1;
    }
    for fault in faults {
        found.faults.entry(format!("{:?}", fault.rule)).or_default().push(seed);
    }
    for refusal in refused.into_keys() {
        found.refused.entry(refusal).or_default().push(seed);
    }
}
