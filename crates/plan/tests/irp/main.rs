//! Classical inventory routing from outside: what is read, what is found, what is checked.

mod checked;
mod exact;
mod read;
mod solved;

use plan::irp::{Instance, Options, Outcome, solve};

/// Three customers, three days, two vehicles; small enough to be followed by hand.
pub const SMALL: &str = "4 3 100 2\n\
    0 0.0 0.0 300 90 0.30\n\
    1 30.0 0.0 30 60 0 30 0.20\n\
    2 0.0 40.0 60 90 0 30 0.40\n\
    3 30.0 40.0 30 90 0 30 0.10\n";

/// It, read.
pub fn small() -> Instance {
    Instance::read(SMALL).expect("an instance")
}

/// A search of so many iterations.
pub fn searched(instance: &Instance, seed: u64, iterations: u64) -> Outcome {
    let options = Options { seed, iterations: Some(iterations), threads: 1 };
    solve(instance, &options, &mut |_| false).expect("a solution")
}
