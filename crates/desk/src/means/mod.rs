//! *Phương tiện*: what is written down of installations, vessels, works, treatment sites and beds.
//!
//! Lives here: the records and what makes one believable. Not here: what a chain carries (`oxygen::chain`),
//! who may write (`crate::operations::chain`), what is shown (`crate::views`).

mod beds;
mod condition;
mod gauge;
mod link;
pub(crate) mod load;
pub(crate) mod refused;
mod site;
mod vessel;
mod waiting;
mod work;

pub use beds::{BedCount, Intensive};
pub use condition::{Change, Condition, Working};
pub use gauge::GaugeChange;
pub use link::Link;
pub use refused::Refused;
pub use site::{Site, SiteState, SiteStep};
pub use vessel::{Vessel, VesselKind};
pub use waiting::WaitingCall;
pub(crate) use waiting::code_of as waiting_code;
pub use work::Work;
