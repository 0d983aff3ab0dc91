//! Synthetic provinces with known truth: the demonstration's chapters, and a ground to test on.
//!
//! Concepts, in order:
//! - a [`Chapter`] says when the story opens and how the need rises;
//! - a [`Scenario`] is a chapter with a seed: its [`Province`] (bodies, facilities, stores, people,
//!   all invented; only the areas and the weekly counts of 2021 are real);
//! - [`Scenario::events`] is what reaches the command post, slips, late typing and silence included;
//! - [`Scenario::truth`] is what really stood in the stores, which nobody on the spot knows;
//! - an [`epidemic`] stands for itself: infections, cases and admissions of a province whose every parameter is
//!   drawn, and how its counts become known;
//! - [`care`]: what patients of such an epidemic take in its hospitals.
//!
//! Pure: chapter, seed and moment are arguments; no clock, no file. Not here: what the command post
//! makes of the events (`oxygen::outlook`), how they are written down (`desk`).
//!
//! ```
//! use place::ProvinceId;
//! use quantity::Span;
//! use simulate::{Chapter, Scenario};
//!
//! let opening = Chapter::Drill2026.opening();
//! let drill = Scenario::new(Chapter::Drill2026, 1, ProvinceId::new(1), opening + Scenario::USUAL_AHEAD);
//! let history = drill.events(Chapter::Drill2026.history_from(), opening);
//! let night = drill.events(opening, opening + Span::hours(8));
//! assert!(history.len() > 1_000 && !night.is_empty());
//! let tightest = &drill.province().facilities[0];
//! assert_eq!(tightest.facility.body.name, "BV Hải Âu");
//! assert!(drill.truth(tightest.facility.id, opening).is_some());
//! ```

pub mod care;
mod chapter;
mod counts;
mod demand;
mod dice;
pub mod epidemic;
mod event;
mod installation;
mod province;
pub mod provinces;
mod reporting;
mod scenario;
mod spec;
mod staff;
mod supply;
mod vessel;
mod weeks;

pub use chapter::Chapter;
pub use counts::{Counted, ToldCount, told_between, told_counts};
pub use event::{Event, SimulatedDelivery, SimulatedReading, SimulatedReport, Slip};
pub use province::{Province, SimulatedFacility};
pub use scenario::{Scenario, Truth};
pub use vessel::Flows;
pub use weeks::{Week, kien_giang_weeks, kien_giang_weeks_until};
