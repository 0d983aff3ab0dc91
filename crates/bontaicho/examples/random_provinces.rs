//! Searches plans for many random problems and asks the gate of the synthetic provinces what it would refuse of them;
//! prints how many problems had each constraint in them. A sound search is refused nothing.
//!
//! ```sh
//! cargo run --release -p bontaicho --example random_provinces -- 10000 20
//! ```
//!
//! Arguments: problems, tries of the search in each, first seed.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use simulate::provinces::{Refusal, active, random_problem, refusals};

#[derive(Default)]
struct Found {
    active: BTreeMap<&'static str, usize>,
    refused: BTreeMap<Refusal, Vec<u64>>,
    trips: usize,
}

fn main() {
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
    println!("{problems} problems, {} trips", found.trips);
    for (name, count) in &found.active {
        println!("{count:6} {name}");
    }
    for (refusal, seeds) in &found.refused {
        println!("refused for {refusal:?} in {} problems, such as {:?}", seeds.len(), &seeds[..seeds.len().min(8)]);
    }
}

fn one(seed: u64, tries: u64, found: &Mutex<Found>) {
    let problem = random_problem(seed, 8);
    let limits = plan::Limits { seed, iterations: tries };
    let solution = plan::solve(&problem, limits, &mut || false);
    let refused = refusals(&problem, &solution.plan);
    let mut found = found.lock().expect("no thread fails");
    found.trips += solution.plan.trips.len();
    for name in active(&problem) {
        *found.active.entry(name).or_insert(0) += 1;
    }
    for refusal in refused.into_keys() {
        found.refused.entry(refusal).or_default().push(seed);
    }
}
