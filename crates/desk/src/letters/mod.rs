//! Letters and what they ask for: the letter as it was taken in and confirmed ([`Directive`]), the
//! tasks that came out of it ([`Task`]), and how a reading becomes both ([`intake`]).
//!
//! Pure but for the records' shapes. Not here: how a text is read (`letter`), which file it came in
//! (`document`), who may do what (`operations::letters`).

pub mod attendance;
pub mod decision;
pub mod digest;
pub mod directive;
pub mod doubt;
pub mod edit;
pub mod enclosure;
pub mod field;
pub mod finding;
pub mod incident;
pub mod instruction;
pub mod intake;
pub mod life;
pub mod listed;
pub mod obstacle;
pub mod people;
pub mod receipt;
pub mod refused;
pub mod register_refused;
pub mod remind;
pub mod shortcomings;
pub mod spread;
pub mod task;
pub mod told;
pub mod watch;

pub use directive::{Basis, Direction, Directive, DraftTask, Original, Owner, Standing};
pub use refused::Refused;
pub use task::{Due, DueSource, Named, Origin, OriginKind, Stage, Task};
