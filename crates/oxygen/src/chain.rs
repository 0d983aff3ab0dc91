//! The chain to the bed: power → source → vaporiser → pipe → outlets, and the flow that its weakest
//! link lets through (OX04, OX10).
//!
//! Lives here: what a link is, what it is trusted to carry, which one is the weakest, what still flows
//! without grid power, what a bed takes in a day. Not here: stock and hours left (`outlook`), who may
//! record a link (`desk`).
//!
//! Every link has a range. Measured lately: both ends are the measurement. On its plate only: the low
//! end is the plate times a norm. Unknown: nothing is sure at the low end and nothing is limited at the
//! high end, so an unknown link widens the answer instead of being left out of it.
//!
//! All flows are litres of pure oxygen a minute at 21 °C, so a plant of 93 % counts by what it gives.

mod assess;
mod bed_day;
mod norms;
mod part;
#[cfg(test)]
mod tests;
mod told;

pub use assess::{Assessment, Facts, assess, peak};
pub use bed_day::{BedDay, BedDayVerdict, bed_day};
pub use norms::ChainNorms;
pub use part::{Evidence, Grid, Ice, LinkKind, Outlets, Part, PartFlow, Pipe, Power, Rated, Tested, Vaporiser};
pub use told::{Flows, Need, NoGrid, Peak, Stage, Verdict};
