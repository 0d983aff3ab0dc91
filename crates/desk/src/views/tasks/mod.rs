//! Tasks as their readers see them: the list of a body or of the province, one task, what stands in their way,
//! the figures of a period, the digest of a morning.
//!
//! Which piece of the store's lists is a page, and how many there are, stands in `queue`; whose tasks are seen, in `find`.

pub mod digest;
pub(crate) mod find;
pub mod implementation;
pub mod known;
pub mod list;
pub mod obstacles;
pub mod one;
pub mod publication;
pub mod queue;
pub mod statistics;

pub use implementation::{Implementation, implementation};
pub use list::{Asked, Line, Tasks, tasks};
pub use obstacles::{ObstacleLine, Obstacles, obstacles};
pub use one::{OneTask, one_task, proof};
pub use queue::After;
pub use statistics::{Period, Statistics, statistics};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::rights::Capability;

/// Who may see tasks: who answers them, and who sees the letters of the province. Which ones, the scope says.
pub fn allowed(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::AnswerTasks) || actor.may(Capability::SeeLetters) {
        return Ok(());
    }
    Err(Failure::Forbidden(Capability::AnswerTasks))
}
