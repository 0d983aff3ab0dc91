//! Take a task up: its body knows of it.

use serde::Serialize;

use super::done;
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A task that is known now.
#[derive(Debug, Serialize)]
pub struct AcceptTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
}

impl Operation for AcceptTask {
    type Done = Stage;
    const NAME: &'static str = "accept_task";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (_, after) = done(desk, self.task, Deed::Accept)?;
        Ok(after.stage)
    }
}
