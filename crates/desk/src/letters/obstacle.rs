//! What stands in the way of a task, or is proposed about it: it travels up until somebody answers (DT10).

use place::BodyId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::task::TaskId;
use crate::record::{Record, RecordId};
use crate::supply::Who;

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObstacleKind {
    /// «Vướng mắc».
    Obstacle,
    /// «Đề xuất».
    Proposal,
}

impl ObstacleKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Obstacle, Self::Proposal];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Obstacle => "obstacle",
            Self::Proposal => "proposal",
        }
    }
}

/// One step up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOn {
    /// When.
    pub at: Moment,
    /// Who passed it on.
    pub by: Who,
    /// From whom, in words.
    pub from: String,
    /// To whom, in words.
    pub to: String,
    /// Why; may be empty.
    pub words: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Who,
    /// What.
    pub words: String,
}

/// An obstacle or proposal. It belongs to its task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// About which task.
    pub task: TaskId,
    /// The task, in words.
    pub about: String,
    /// Whose task it is.
    pub body: Option<BodyId>,
    /// Whose, in words.
    pub body_name: String,
    /// What it is.
    pub kind: ObstacleKind,
    /// What stands in the way, or is proposed.
    pub words: String,
    /// Who raised it.
    pub raised_by: Who,
    /// When.
    pub raised_at: Moment,
    /// With whom it lies; none is the command post itself.
    pub with: Option<BodyId>,
    /// With whom, in words.
    pub with_name: String,
    /// Until when an answer is due.
    pub answer_by: Moment,
    /// How it travelled up.
    #[serde(default)]
    pub passed: Vec<PassedOn>,
    /// The answer.
    #[serde(default)]
    pub answer: Option<Answered>,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Obstacle {
    const KIND: &'static str = "task_obstacle";

    fn owner(&self) -> Option<Id> {
        Some(self.task.0)
    }

    fn due_at(&self) -> Option<Moment> {
        Some(self.answer_by)
    }

    fn is_open(&self) -> bool {
        self.answer.is_none()
    }
}

impl Obstacle {
    /// Whether the answer is late.
    pub fn is_late(&self, now: Moment) -> bool {
        self.answer.is_none() && self.answer_by < now
    }
}

/// The key of an obstacle.
pub type ObstacleId = RecordId<Obstacle>;
