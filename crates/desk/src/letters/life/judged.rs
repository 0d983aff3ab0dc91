//! How a task stands against its deadline: what statistics count, and what the list puts first.

use quantity::{Moment, Span};

use super::{Deed, Life};
use crate::letters::task::{Stage, Task};

/// How a task stands against its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Done, handed in before the deadline that counts.
    InTime,
    /// Done, handed in after it, so much later.
    Late(Span),
    /// Done, and no day was ever set.
    DoneWithoutDay,
    /// Not done, and the deadline that counts has passed by so much.
    Undone(Span),
    /// Not done, and there is time.
    Open,
    /// Not done, and no day was set: nothing is overdue because of words of haste.
    OpenWithoutDay,
    /// Handed in in time; somebody must look.
    Waiting,
    /// No longer wanted.
    Dropped,
}

impl Life {
    /// The deadline that it was first given back against, if it was.
    fn first_return_due(&self) -> Option<Moment> {
        self.log.iter().find_map(|entry| match entry.deed {
            Deed::Return { due, .. } => due,
            _ => None,
        })
    }
}

impl Task {
    /// The deadline that counts: one that is given back counts as undone from its first deadline, whatever new
    /// day it got with that. One that recurs has its own each time.
    pub fn counted_due(&self) -> Option<Moment> {
        let now = self.due.as_ref().map(|due| due.until);
        if self.life.every.is_some() {
            return now;
        }
        self.life.first_return_due().or(now)
    }

    /// How it stands at a moment.
    pub fn judged(&self, now: Moment) -> Judged {
        let due = self.counted_due();
        let submitted = self.life.submitted().map(|entry| entry.at);
        match (self.stage, due) {
            (Stage::Dropped, _) => Judged::Dropped,
            (Stage::Done, None) => Judged::DoneWithoutDay,
            (Stage::Done, Some(due)) => match submitted.or(self.life.closed_at()) {
                Some(at) if at > due => Judged::Late(at - due),
                _ => Judged::InTime,
            },
            (Stage::Submitted, None) => Judged::Waiting,
            (Stage::Submitted, Some(due)) => match submitted {
                Some(at) if at > due => Judged::Undone(now.max(at) - due),
                _ => Judged::Waiting,
            },
            (_, None) => Judged::OpenWithoutDay,
            (_, Some(due)) if due < now => Judged::Undone(now - due),
            _ => Judged::Open,
        }
    }
}

/// In which order a list shows tasks: the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The deadline has passed.
    Overdue,
    /// Given back.
    Returned,
    /// Due within the days of the first reminder.
    Soon,
    /// Handed in: somebody must look.
    Waiting,
    /// Nobody has taken it up.
    New,
    /// On its way.
    UnderWay,
    /// Done or dropped.
    Closed,
}

impl Urgency {
    /// All of them, the worst first.
    pub const ALL: [Self; 7] =
        [Self::Overdue, Self::Returned, Self::Soon, Self::Waiting, Self::New, Self::UnderWay, Self::Closed];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Soon => "soon",
            Self::Waiting => "waiting",
            Self::New => "new",
            Self::UnderWay => "under-way",
            Self::Closed => "closed",
        }
    }

    /// Of a task at a moment; due soon is within `soon`.
    pub fn of(task: &Task, now: Moment, soon: Span) -> Self {
        let due = task.due.as_ref().map(|due| due.until);
        match task.stage {
            Stage::Done | Stage::Dropped => Self::Closed,
            Stage::Submitted => Self::Waiting,
            _ if task.is_overdue(now) => Self::Overdue,
            Stage::Returned => Self::Returned,
            _ if due.is_some_and(|due| due - now <= soon) => Self::Soon,
            Stage::Assigned => Self::New,
            _ => Self::UnderWay,
        }
    }
}
