//! Whether a plan can be made of a problem at all, and what somebody should know before one is made.
//!
//! A flaw is *refused* when no plan means anything with it (a number outside its list, a negative stock, decisions that
//! contradict each other), or *told* when a plan can be made, but what it names may fare worse than it should (a facility
//! without coordinates stays in the plan, and nothing can reach it). Nothing is left out in silence, and nothing panics.

mod conflicts;
mod days;
mod flaw;
mod shape;
mod told;

pub use conflicts::conflicts;
pub use flaw::{Flaw, Unsound};
use oxygen::dispatch::Problem;
use shape::Found;

/// Days that a plan looks ahead.
pub const MOST_DAYS: u32 = 60;
/// Facilities of one problem.
pub const MOST_SITES: usize = 1_500;
/// Sources of one problem.
pub const MOST_SOURCES: usize = 500;
/// Vehicles of one problem.
pub const MOST_VEHICLES: usize = 2_000;
/// Paths of one problem.
pub const MOST_PATHS: usize = 1_000;
/// Places of one problem: the table of ways grows with their square.
pub const MOST_PLACES: usize = 2_500;

/// Whether a plan can be made of a problem.
///
/// # Errors
/// Every flaw for which it cannot; those that are only told are [`findings`]'.
pub fn sound(problem: &Problem) -> Result<(), Vec<Unsound>> {
    let mut refused = shape(problem);
    if refused.is_empty() {
        refused = contradictions(problem);
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// Every flaw: those that are refused, and, when there are none, those that are told.
pub fn findings(problem: &Problem) -> Vec<Unsound> {
    match sound(problem) {
        Err(refused) => refused,
        Ok(()) => {
            let decided = problem.decided();
            let mut found = Found { problem: &decided, all: Vec::new() };
            told::told(&mut found);
            found.all
        }
    }
}

/// What is refused of the shape alone.
pub(crate) fn shape(problem: &Problem) -> Vec<Unsound> {
    let mut found = Found { problem, all: Vec::new() };
    shape::shape(&mut found);
    days::roads(&mut found);
    days::paths(&mut found);
    found.all
}

/// Decisions that contradict each other, as flaws.
fn contradictions(problem: &Problem) -> Vec<Unsound> {
    let flaw = |pins: Vec<usize>| {
        let at: Vec<String> = pins.iter().map(|pin| format!("pins[{pin}]")).collect();
        let authors: Vec<&str> = pins.iter().map(|pin| problem.pins[*pin].author.as_str()).collect();
        let numbers: Vec<String> = pins.iter().map(|pin| (pin + 1).to_string()).collect();
        let flaw = Unsound::new(Flaw::Conflict, at.join(", ")).with("authors", authors.join(", "));
        flaw.with("pins", numbers.join(", ")).of_pins(pins)
    };
    conflicts(problem).into_iter().map(flaw).collect()
}
