//! A task: what one body must do, until when, who answers for it, how far it is.

use letter::{Part, Place};
use place::{BodyId, PersonId};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::life::Life;
use crate::record::{Record, RecordId};

/// What a task came out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A letter.
    Directive,
    /// The conclusions of a meeting.
    Meeting,
    /// A finding of an inspection.
    Inspection,
    /// A line of a list of corrective actions.
    Correction,
    /// An item of a forward plan.
    Plan,
    /// Another task, handed down.
    Task,
}

/// Where a task comes from. One line of a letter for ten bodies is ten tasks of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// What it came out of.
    pub kind: OriginKind,
    /// Which record.
    pub id: Id,
    /// Which line of it, from 0.
    pub line: u32,
}

/// A person as a task names him.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// Who, where he stands in the register of posts.
    pub person: Option<PersonId>,
    /// His name.
    pub name: String,
    /// His post, as it is written; may be empty.
    #[serde(default)]
    pub post: String,
}

/// Who set a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueSource {
    /// The letter prints it.
    Letter,
    /// A leader set it.
    Leader,
}

/// Until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last moment at which it is in time.
    pub until: Moment,
    /// In the words of the letter, «trước ngày 15/9/2021»; empty where a leader set it.
    pub words: String,
    /// Who set it.
    pub source: DueSource,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// «Đã giao».
    Assigned,
    /// «Đã nhận»: its body knows of it.
    Accepted,
    /// «Đang làm».
    UnderWay,
    /// «Chờ nghiệm thu»: said to be done, with evidence; somebody must look.
    Submitted,
    /// «Làm lại»: was looked at and is not done.
    Returned,
    /// «Hoàn thành».
    Done,
    /// «Thôi giao»: with the reason.
    Dropped,
}

impl Stage {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Assigned, Self::Accepted, Self::UnderWay, Self::Submitted, Self::Returned, Self::Done, Self::Dropped];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Accepted => "accepted",
            Self::UnderWay => "under_way",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Dropped)
    }
}

/// One body's task (DT03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What it came out of.
    pub origin: Origin,
    /// The order, word for word or as a person corrected it.
    pub text: String,
    /// The sentence it comes from: bytes of the letter's text.
    pub place: Option<Place>,
    /// Whose it is, where he stands in the register.
    pub body: Option<BodyId>,
    /// Whose it is, in words: the body's name, or as the letter names whoever the register does not know.
    pub body_name: String,
    /// What the body does in it.
    pub part: Part,
    /// (1) (2) (3).
    pub subtasks: Vec<String>,
    /// With whom.
    pub partners: Vec<String>,
    /// The head who answers for it (DT06).
    pub head: Option<Named>,
    /// Who works on it.
    pub holder: Option<Named>,
    /// Until when; none where no day was set.
    pub due: Option<Due>,
    /// A word of haste of the letter: nothing is overdue because of it.
    pub haste: Option<String>,
    /// To whom it is reported.
    pub report_to: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// When it was given out, by the domain clock.
    pub assigned_at: Moment,
    /// Who gave it out.
    pub assigned_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
    /// What happened to it since.
    #[serde(default)]
    pub life: Life,
}

impl Record for Task {
    const KIND: &'static str = "task";

    fn owner(&self) -> Option<Id> {
        self.body.map(|body| body.0)
    }

    fn due_at(&self) -> Option<Moment> {
        self.due.as_ref().map(|due| due.until)
    }

    fn is_open(&self) -> bool {
        self.stage.is_open()
    }
}

impl Task {
    /// Whether it is overdue at a moment. What was submitted waits for whoever must look, not for its body.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.stage.is_open() && self.stage != Stage::Submitted && self.due.as_ref().is_some_and(|due| due.until < now)
    }
}

/// The key of a task.
pub type TaskId = RecordId<Task>;
