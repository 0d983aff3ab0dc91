//! Classical inventory routing, as in the 12th DIMACS challenge.
//!
//! One depot, customers that use the same amount every day, vehicles of one size. On each day at most so many routes leave; a
//! customer is visited at most once a day; first deliveries, then use, then what is left costs its holding. Sought: who
//! gets how much on which day by which route, with the least sum of kilometres and holding cost.
//!
//! Concepts, in order:
//! - an [`Instance`] is read from the challenge's form and refused with an [`IrpProblem`] where no solution can exist as
//!   far as sums show it;
//! - [`solve`] searches until it is told to stop: a few customers lose all their visits, each gets back its best
//!   schedule over all days (a small dynamic programme), simulated annealing decides whether that stays, and a flow of
//!   least cost settles the quantities of what is good;
//! - a [`Solution`] has routes, quantities and [`Costs`], and is written in the challenge's form;
//! - [`check`] reads that text and holds it to every rule; it shares nothing with the search.
//!
//! ```
//! use plan::irp::{Instance, Options, check, solve};
//!
//! let instance = Instance::read("3 3 90 1\n0 0 0 200 60 0.3\n1 0 30 60 90 0 30 0.2\n2 40 0 60 90 0 30 0.4\n")?;
//! let options = Options { seed: 1, iterations: Some(200), threads: 1 };
//! let outcome = solve(&instance, &options, &mut |_| false)?;
//! let text = outcome.solution.text("any processor", 0.1);
//! assert!((check(&instance, &text)? - outcome.solution.costs.total()).abs() < 0.01);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod annealing;
mod check;
mod dice;
mod instance;
mod problem;
mod quantities;
mod ruin;
mod schedule;
mod search;
mod solution;
mod solve;
mod state;

pub use check::{CheckProblem, check};
pub use instance::{Customer, Instance};
pub use problem::IrpProblem;
pub use solution::{Costs, Solution, Stop};
pub use solve::{Options, Outcome, Progress, solve};
