//! One order of a meeting, an inspection, a list of corrective actions or a plan: who does what until when. It becomes
//! tasks once a person has confirmed it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::letters::directive::Owner;
use crate::letters::task::TaskId;

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// What is to be done, in the words in which it was said.
    pub text: String,
    /// Whoever does it, as it was said, and the bodies that this means.
    pub owner: Owner,
    /// The head who answers for it, as it was said; none leaves it with the head of each body.
    pub head: Option<String>,
    /// The last day.
    pub last_day: Option<Date>,
    /// The deadline in the words of the order, «trước ngày 30/11/2026»; empty where a day was chosen.
    pub due_words: String,
    /// Left out by a person: it stays and becomes no task.
    #[serde(default)]
    pub left_out: bool,
    /// Its tasks once it was given out.
    #[serde(default)]
    pub tasks: Vec<TaskId>,
}

impl Line {
    /// Whether it waits for somebody's word: neither given out nor left out.
    pub fn waits(&self) -> bool {
        !self.left_out && self.tasks.is_empty()
    }
}
