//! What becomes of an open task whose letter a newer one amends, replaces or asks to weigh (DT14): kept, changed or ended,
//! as somebody decided. It is recorded and locks nothing.

use jiff::civil::Date;
use letter::Role;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::task::TaskId;
use crate::record::Record;

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// It goes on as it was.
    Keep,
    /// It goes on otherwise: another day, other words.
    Change,
    /// It is no longer wanted.
    End,
}

impl Becomes {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Change, Self::End];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Change => "change",
            Self::End => "end",
        }
    }

    /// By its stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Whether a letter that does this with another asks what becomes of the other's tasks.
pub const fn asks(role: Role) -> bool {
    matches!(role, Role::Amends | Role::Replaces | Role::Reconsiders)
}

/// What somebody decided of a task because of a newer letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskInstruction {
    /// Which task.
    pub task: TaskId,
    /// The newer letter.
    pub later: Id,
    /// What it is called.
    pub later_number: String,
    /// What becomes of the task.
    pub becomes: Becomes,
    /// The new last day, where it changed.
    #[serde(default)]
    pub last_day: Option<Date>,
    /// Who decided: name and post.
    pub decider: String,
    /// In which words.
    pub words: String,
    /// When, by the domain clock.
    pub at: Moment,
    /// Who wrote it down.
    pub by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for TaskInstruction {
    const KIND: &'static str = "task_instruction";

    fn owner(&self) -> Option<Id> {
        Some(self.task.0)
    }

    fn is_open(&self) -> bool {
        false
    }
}
