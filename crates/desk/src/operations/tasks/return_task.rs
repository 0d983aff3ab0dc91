//! Give a task back for rework: it counts as undone from its first deadline, and its body is told why.

use locale::Fact;
use serde::Serialize;

use super::{done, notify};
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::people::whom_to_tell;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A task that was looked at, and is not done.
#[derive(Debug, Serialize)]
pub struct ReturnTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// What is lacking.
    pub reason: String,
}

impl Operation for ReturnTask {
    type Done = Stage;
    const NAME: &'static str = "return_task";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let reason = self.reason.trim().to_owned();
        let (_, after) = done(desk, self.task, Deed::Return { reason: self.reason, due: None })?;
        let registry = desk.registry();
        if let Some(to) = whom_to_tell(&registry, &after, desk.now()) {
            notify(desk, self.task.0, &to, "task-message-returned", &after, &[("reason", Fact::Text(reason))])?;
        }
        Ok(after.stage)
    }
}
