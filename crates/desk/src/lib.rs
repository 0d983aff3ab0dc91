//! The desk: what somebody does, and what somebody sees.
//!
//! Lives here: operations (one a file: input, who may, checks, change, audit, in one transaction),
//! views (reads within the actor's scope), the door, jobs that run by themselves, imports.
//! Not here: SQL (`store`), HTTP and pages (`web`), what a quantity means (`oxygen`).

pub mod actor;
pub mod alarms;
mod areas;
pub mod background;
pub mod clock;
pub mod command;
pub mod counts;
pub mod door;
pub mod exchange;
mod failure;
pub mod forecasts;
pub mod heritage;
pub mod import;
pub mod jobs;
pub mod letters;
pub mod letters_out;
pub mod means;
pub mod merger;
mod office;
pub mod office_rules;
mod operation;
pub mod operations;
pub mod papers;
pub mod password;
pub mod past;
pub mod random;
pub mod record;
pub mod registers;
pub mod registry;
pub mod rights;
pub mod steering;
pub mod succession;
pub mod supply;
pub mod views;

pub use actor::{Actor, Scope};
pub use failure::{Failure, Outcome, Reason};
pub use office::{Office, RealClock, Receipt, machine_clock};
pub use operation::{Desk, IdempotencyKey, Operation};
