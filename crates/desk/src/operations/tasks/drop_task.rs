//! Say that a task is no longer wanted, and why.

use serde::Serialize;

use super::done;
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A task that is no longer wanted.
#[derive(Debug, Serialize)]
pub struct DropTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// Why.
    pub reason: String,
}

impl Operation for DropTask {
    type Done = Stage;
    const NAME: &'static str = "drop_task";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (_, after) = done(desk, self.task, Deed::Drop { reason: self.reason })?;
        Ok(after.stage)
    }
}
