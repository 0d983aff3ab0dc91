//! Say that a task is done, with what shows it (PR06). Somebody must look.

use serde::Serialize;

use super::done;
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A task that is said to be done.
#[derive(Debug, Serialize)]
pub struct SubmitTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// What is to be said of it; may be empty.
    pub words: String,
}

impl Operation for SubmitTask {
    type Done = Stage;
    const NAME: &'static str = "submit_task";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (_, after) = done(desk, self.task, Deed::Submit { words: self.words })?;
        Ok(after.stage)
    }
}
