//! The digest of a morning as it was sent: one a day.

use jiff::civil::Date;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// What stood in a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDigest {
    /// Of which day.
    pub day: Date,
    /// When it was sent.
    pub at: Moment,
    /// To whom; empty where nobody could be told.
    pub to: Vec<String>,
    /// Overdue.
    pub overdue: u32,
    /// Due soon.
    pub soon: u32,
    /// Waiting for judgement.
    pub waiting: u32,
    /// New since the morning before.
    pub new: u32,
    /// Whether there were more than that.
    #[serde(default)]
    pub more_new: bool,
    /// Obstacles without an answer.
    pub obstacles: u32,
}

impl Record for TaskDigest {
    const KIND: &'static str = "task_digest";

    fn code(&self) -> Option<String> {
        Some(self.day.to_string())
    }

    fn is_open(&self) -> bool {
        false
    }
}
