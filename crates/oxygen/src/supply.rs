//! The arithmetic of supply: what a contract still allows, what a kilogram costs, whether an invoice fits what
//! was received, the oxygen book of a month, next year's estimate, and what the loss of a machine would mean.
//!
//! Lives here: pure rules over figures. Not here: who may order (`desk`), where figures are kept (`store`).
//! Money is whole đồng; oxygen is [`quantity::Grams`]; shares lie between 0 and 1.

mod book;
mod contract;
mod estimate;
mod invoice;
mod plate;
mod what_if;

pub use book::{BookDay, BookTotals, DayFacts, book, totals};
pub use contract::{Ceiling, ContractProblem, Drawn, Price, Standing, Terms, dong_for, median};
pub use estimate::{Estimate, Growth, next_year};
pub use invoice::{Compared, Finding, LineProblem, NoteLine, compare, note_key, read_lines};
pub use plate::{PlateProblem, plate_key};
pub use what_if::{Chain, Expected, what_if};
