//! Accept what was handed in: the task is done.

use serde::Serialize;

use super::done;
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A task that was looked at, and is done.
#[derive(Debug, Serialize)]
pub struct ApproveTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// What is to be said of it; may be empty.
    pub words: String,
}

impl Operation for ApproveTask {
    type Done = Stage;
    const NAME: &'static str = "approve_task";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (_, after) = done(desk, self.task, Deed::Approve { words: self.words })?;
        Ok(after.stage)
    }
}
