//! What steers the command post beside letters: meetings, inspections, corrective actions, forward plans, approved
//! bulletins, and the closed place for cases of liability. Their records, and the rules that need no database.
//!
//! All but the bulletin and the case end in *lines*: an order with owner, head and last day ([`line::Line`]), which a
//! person confirms into tasks of bodies. Not here: what somebody does (`operations::steering`), what he sees
//! (`views::steering`), the life of a task.

pub mod bulletin;
pub mod case;
pub mod correction;
pub mod inspection;
pub mod line;
pub mod meeting;
pub mod notice;
pub mod paste;
pub mod plan;
pub mod refused;

pub use line::Line;
pub use refused::Refused;
