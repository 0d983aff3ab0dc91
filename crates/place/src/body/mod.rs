//! Bodies and facilities in time.
//!
//! Lives here: what bodies exist on a day, what became of them, who heads them and who is on duty,
//! who may order whom, and what a group addressee of a letter means on a day.
//! Not here: rights of users (`desk`), what a facility holds of oxygen (`oxygen`).

mod authority;
mod directory;
mod facility;
mod group;
mod kind;
mod phrase;
mod post;
mod problem;

pub use authority::{Authority, WhyAsk};
pub use directory::{CommandPost, Directory};
pub use facility::{Beds, Facility, Opening};
pub use group::{Expansion, GroupNote};
pub use kind::{Body, BodyKind, BodyLevel, Ownership};
pub use post::{Absence, Post, PostKind, Roster, StaffingGap, Standin};
pub use problem::{BodyError, GroupError};

#[cfg(test)]
mod tests;
