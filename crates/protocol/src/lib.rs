//! Norms as data: what a ministry, a province or a hospital may change, each figure with its source,
//! version, validity and, where no source was read, the mark "unconfirmed".
//!
//! Lives here: the shipped tables (`protocols/*.toml`), lookups as of a date, a province's choices and
//! overrides. Not here: physics (`quantity::convert`), what a figure means for a store (`oxygen`).
//!
//! Versions that contradict each other stand side by side. Which one answers is decided in this order:
//! 1. an override row of the province, in force on the date;
//! 2. the version that the province chose for the table;
//! 3. the shipped version marked `preferred`.
//!
//! Every answer names the version it came from, and every computed figure stores that name.
//!
//! ```
//! use jiff::civil::date;
//! use protocol::{Choice, Norms};
//!
//! let mut norms = Norms::shipped()?;
//! let flow = norms.lookup("oxygen.flow", "mask", date(2021, 12, 20))?;
//! assert_eq!((flow.figure.low, flow.figure.value, flow.figure.high), (3.0, 6.0, 12.0));
//! assert_eq!(flow.version.as_str(), "oxygen.flow/working-1");
//! assert!(flow.unconfirmed);
//!
//! norms.choose(Choice::new("oxygen.flow", "oxygen.flow/who-planning-2020", date(2021, 9, 1)))?;
//! assert_eq!(norms.lookup("oxygen.flow", "mask", date(2021, 12, 20))?.figure.value, 10.0);
//! # Ok::<(), protocol::NormProblem>(())
//! ```

pub mod calendar;
pub mod checklist;
pub mod fields;
pub mod norms;
pub mod office;
pub mod problem;
pub mod readiness;
pub mod routes;
pub mod version;

pub use calendar::WorkingDays;
pub use checklist::{Asks, Checklist};
pub use fields::OfficerFields;
pub use norms::{Choice, Norms, Override};
pub use office::OfficeRules;
pub use problem::NormProblem;
pub use readiness::Readiness;
pub use version::{Figure, Found, NormUnit, Row, Version, VersionId};
