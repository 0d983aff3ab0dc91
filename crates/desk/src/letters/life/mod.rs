//! The life of a task after it was given out: what was done to it, by whom, and what follows from that. Pure.
//!
//! Lives here: what is kept ([`Life`], [`Deed`]), which deed may follow which ([`apply`]), how it stands against its
//! deadline ([`judged`]), what it comes to in a quarter ([`period`]), what recurs ([`recur`]). Not here: who may do it (`operations::tasks`), who is reminded
//! (`letters::remind`).

pub mod apply;
pub mod judged;
pub mod period;
pub mod recur;
mod refused;
#[cfg(test)]
pub(crate) mod tests;

use jiff::civil::Date;
use letter::{Clock, Every, On};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

pub use refused::TaskRefused;

use super::receipt::{Given, Received};
use super::task::{Named, Task, TaskId};
use crate::supply::Who;

/// What shows that something was done (PR06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// A picture.
    Photo {
        /// Name of the file.
        name: String,
        /// SHA-256 of its bytes, hexadecimal, under which they are kept.
        digest: String,
    },
    /// Another file.
    File {
        /// Name of the file.
        name: String,
        /// SHA-256 of its bytes, hexadecimal, under which they are kept.
        digest: String,
    },
    /// Words: a list, a log, what was found on the spot.
    Text {
        /// What they say.
        words: String,
    },
    /// A page of this program: a report, a receipt, an inspection.
    Link {
        /// Its path, beginning with `/`.
        href: String,
        /// What it is.
        words: String,
    },
}

impl Proof {
    /// What it is called in a list.
    pub fn called(&self) -> &str {
        match self {
            Self::Photo { name, .. } | Self::File { name, .. } => name,
            Self::Text { words } => words,
            Self::Link { words, href } => {
                if words.is_empty() {
                    href
                } else {
                    words
                }
            }
        }
    }
}

/// Something done to a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// Its body knows of it.
    Accept,
    /// How far it is.
    Tell {
        /// Per cent, 0 to 100; none where words must do.
        percent: Option<u8>,
        /// In words.
        words: String,
        /// Which of its subtasks are done, from 0: all of them, each time.
        ticked: Vec<u32>,
    },
    /// Something that shows it.
    Prove {
        /// What.
        proof: Proof,
    },
    /// Said to be done.
    Submit {
        /// What is to be said of it.
        words: String,
    },
    /// Looked at, and done.
    Approve {
        /// What is to be said of it; may be empty.
        words: String,
    },
    /// Looked at, and not done.
    Return {
        /// What is lacking.
        reason: String,
        /// The deadline that stood: against this one it counts as undone.
        #[serde(default)]
        due: Option<Moment>,
    },
    /// Another day, set by a leader.
    SetDue {
        /// The last moment; none takes the day away.
        until: Option<Moment>,
        /// The one before.
        #[serde(default)]
        before: Option<Moment>,
        /// Why.
        reason: String,
    },
    /// Given to a person of the body.
    Hand {
        /// To whom.
        to: Named,
        /// From whom.
        #[serde(default)]
        from: Option<Named>,
        /// Why; may be empty.
        reason: String,
    },
    /// Handed down to bodies below.
    HandDown {
        /// The tasks that this made.
        tasks: Vec<TaskId>,
        /// The bodies, in words.
        to: Vec<String>,
    },
    /// No longer wanted.
    Drop {
        /// Why.
        reason: String,
    },
}

impl Deed {
    /// Its stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Tell { .. } => "tell",
            Self::Prove { .. } => "prove",
            Self::Submit { .. } => "submit",
            Self::Approve { .. } => "approve",
            Self::Return { .. } => "return",
            Self::SetDue { .. } => "set-due",
            Self::Hand { .. } => "hand",
            Self::HandDown { .. } => "hand-down",
            Self::Drop { .. } => "drop",
        }
    }
}

/// A deed with its moment and its doer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by the domain clock.
    pub at: Moment,
    /// Who.
    pub by: Who,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// How often a task recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// How often.
    pub every: Every,
    /// On which day of the period; none is its last.
    #[serde(default)]
    pub on: Option<On>,
    /// «trước ngày 25»: the day itself is too late.
    #[serde(default)]
    pub before: bool,
    /// Until which hour of that day; none is its end.
    pub clock: Option<Clock>,
}

impl Recurring {
    /// With the last day of each period, until its end.
    pub const fn each(every: Every) -> Self {
        Self { every, on: None, before: false, clock: None }
    }
}

/// One time of a task that recurs, once it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Until when it was due.
    pub due: Moment,
    /// When it was handed in.
    pub submitted_at: Moment,
    /// How many times before it passed without anything.
    pub missed: u32,
}

/// Before or after the deadline of a task, somebody was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Days after the last day: −3 is three days before it.
    pub step: i16,
    /// Of which deadline.
    pub due: Moment,
    /// When.
    pub at: Moment,
    /// Who was told; empty where nobody could be.
    pub to: String,
    /// For whom he stood in; empty where he did not.
    #[serde(default)]
    pub instead_of: String,
}

/// What happened to a task since it was given out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Life {
    /// What was done to it, in order.
    pub log: Vec<Entry>,
    /// How often it recurs; none is once.
    pub every: Option<Recurring>,
    /// Its earlier times, where it recurs.
    pub past: Vec<Occurrence>,
    /// Who was reminded of it.
    pub reminded: Vec<Reminded>,
    /// The task that it was handed down from.
    pub above: Option<Id>,
    /// Who was told when it was given out; none in versions of before that was kept, and where nobody could be.
    pub given: Option<Given>,
    /// Who has received it.
    pub received: Vec<Received>,
    /// When it was asked why nobody had.
    pub receipt_asked: Option<Moment>,
}

impl Life {
    /// When its body took it up.
    pub fn accepted_at(&self) -> Option<Moment> {
        self.log.iter().find(|entry| entry.deed == Deed::Accept).map(|entry| entry.at)
    }

    /// What was told of its progress last.
    pub fn last_told(&self) -> Option<(&Entry, Option<u8>, &str)> {
        self.log.iter().rev().find_map(|entry| match &entry.deed {
            Deed::Tell { percent, words, .. } => Some((entry, *percent, words.as_str())),
            _ => None,
        })
    }

    /// Which subtasks are done.
    pub fn ticked(&self) -> &[u32] {
        let told = self.log.iter().rev().find_map(|entry| match &entry.deed {
            Deed::Tell { ticked, .. } => Some(ticked.as_slice()),
            _ => None,
        });
        told.unwrap_or_default()
    }

    /// All that shows it, with when and from whom; the place in this list names a file.
    pub fn proofs(&self) -> impl Iterator<Item = (&Entry, &Proof)> {
        self.log.iter().filter_map(|entry| match &entry.deed {
            Deed::Prove { proof } => Some((entry, proof)),
            _ => None,
        })
    }

    /// Whether something shows it that came after it was last given back, or handed in for an earlier time.
    pub fn has_fresh_proof(&self) -> bool {
        let closes = |entry: &Entry| match entry.deed {
            Deed::Return { .. } => true,
            Deed::Submit { .. } => self.every.is_some(),
            _ => false,
        };
        let since = self.log.iter().rposition(closes).map_or(0, |place| place + 1);
        self.log[since..].iter().any(|entry| matches!(entry.deed, Deed::Prove { .. }))
    }

    /// When it was handed in last, and by whom.
    pub fn submitted(&self) -> Option<&Entry> {
        self.log.iter().rev().find(|entry| matches!(entry.deed, Deed::Submit { .. }))
    }

    /// How often it was given back.
    pub fn returned(&self) -> usize {
        self.log.iter().filter(|entry| matches!(entry.deed, Deed::Return { .. })).count()
    }

    /// Why it was given back last.
    pub fn why_returned(&self) -> Option<&str> {
        self.log.iter().rev().find_map(|entry| match &entry.deed {
            Deed::Return { reason, .. } => Some(reason.as_str()),
            _ => None,
        })
    }

    /// The tasks below, handed down.
    pub fn below(&self) -> Vec<TaskId> {
        let tasks = self.log.iter().filter_map(|entry| match &entry.deed {
            Deed::HandDown { tasks, .. } => Some(tasks.as_slice()),
            _ => None,
        });
        tasks.flatten().copied().collect()
    }

    /// When it was closed: done or dropped.
    pub fn closed_at(&self) -> Option<Moment> {
        let closes = |entry: &&Entry| matches!(entry.deed, Deed::Approve { .. } | Deed::Drop { .. });
        self.log.iter().rev().find(closes).map(|entry| entry.at)
    }
}

impl Task {
    /// The last day on which it is in time.
    pub fn last_day(&self) -> Option<Date> {
        self.due.as_ref().map(|due| due.until.date())
    }
}
