//! Classical inventory routing.

mod dice;
mod instance;
mod problem;
mod quantities;
mod schedule;
mod search;
mod solution;
mod state;

pub use instance::{Customer, Instance};
pub use problem::IrpProblem;
pub use search::{Progress, Settings, run};
pub use solution::{Costs, Solution, Stop};
