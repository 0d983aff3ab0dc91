//! Tell how far a task is: per cent or words, and which of its parts are done.

use serde::Serialize;

use super::done;
use crate::failure::Outcome;
use crate::letters::life::Deed;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// How far a task is.
#[derive(Debug, Serialize)]
pub struct TellProgress {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// Per cent, 0 to 100; none where words must do.
    pub percent: Option<u8>,
    /// In words.
    pub words: String,
    /// Which of its subtasks are done, from 0: all of them.
    pub ticked: Vec<u32>,
}

impl Operation for TellProgress {
    type Done = Stage;
    const NAME: &'static str = "tell_task_progress";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (_, after) = done(desk, self.task, Deed::Tell { percent: self.percent, words: self.words, ticked: self.ticked })?;
        Ok(after.stage)
    }
}
