//! Who has received a task (DT08): told, reached, opened, taken up; by an account, or as somebody noted it of a call or a
//! signed paper. Pure.

use protocol::OfficeRules;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::people::ToTell;
use super::task::{Stage, Task};
use crate::supply::Who;

/// Whom the message of giving it out went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// His name.
    pub to: String,
    /// For whom he stood in; empty where he did not.
    #[serde(default)]
    pub instead_of: String,
    /// Whether he has a telephone; otherwise somebody must call.
    pub phone: bool,
}

impl From<&ToTell> for Given {
    fn from(to: &ToTell) -> Self {
        Self { to: to.name.clone(), instead_of: to.instead_of.clone(), phone: to.phone.is_some() }
    }
}

/// How it is known that somebody has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// He opened it under his account.
    Account,
    /// He said so by telephone.
    Call,
    /// He signed for the paper.
    Paper,
}

impl By {
    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Call => "call",
            Self::Paper => "paper",
        }
    }

    /// What a person may note; what an account does is noted by itself.
    pub fn noted(code: &str) -> Option<Self> {
        [Self::Call, Self::Paper].into_iter().find(|one| one.code() == code)
    }
}

/// That somebody of the body has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Who has it.
    pub who: String,
    /// How it is known.
    pub by: By,
    /// When he got it, as told.
    pub at: Moment,
    /// Who wrote it down; none where the account did.
    #[serde(default)]
    pub noted_by: Option<Who>,
    /// The number of the receipt, where the paper lies; may be empty.
    #[serde(default)]
    pub note: String,
    /// The signed receipt as it came: its digest in hexadecimal and its name.
    #[serde(default)]
    pub file: Option<(String, String)>,
}

/// How far the way to its body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// «Chưa báo được»: nobody could be told.
    Nobody,
    /// «Đã gửi».
    Sent,
    /// «Đã đến»: said by telephone, or signed for.
    Reached,
    /// «Đã mở».
    Opened,
    /// «Đã nhận việc».
    Taken,
}

impl Way {
    /// All, in their order.
    pub const ALL: [Self; 5] = [Self::Nobody, Self::Sent, Self::Reached, Self::Opened, Self::Taken];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Sent => "sent",
            Self::Reached => "reached",
            Self::Opened => "opened",
            Self::Taken => "taken",
        }
    }

    /// Whether somebody has it.
    pub const fn is_received(self) -> bool {
        matches!(self, Self::Reached | Self::Opened | Self::Taken)
    }
}

/// How far the way of a task is.
pub fn way(task: &Task) -> Way {
    let has = |by: fn(By) -> bool| task.life.received.iter().any(|one| by(one.by));
    match task.stage {
        // Whoever works on it has it; one that was dropped at once may never have come.
        Stage::Assigned | Stage::Dropped if task.life.accepted_at().is_none() => {}
        _ => return Way::Taken,
    }
    if has(|by| by == By::Account) {
        Way::Opened
    } else if has(|by| by != By::Account) {
        Way::Reached
    } else if task.life.given.as_ref().is_some_and(|given| given.phone) {
        Way::Sent
    } else {
        Way::Nobody
    }
}

/// Whether somebody should ask now why nobody has it.
pub fn is_late(task: &Task, now: Moment, rules: &OfficeRules) -> bool {
    task.stage == Stage::Assigned
        && !way(task).is_received()
        && rules.ask_receipt_at(task.assigned_at, task.haste.as_deref()) <= now
}

/// Whether it is asked now, once and while the office is awake. What was given out long before is in the list, and no
/// message follows it for ever.
pub fn is_asked(task: &Task, now: Moment, rules: &OfficeRules) -> bool {
    let long_ago = rules.ask_receipt_at(task.assigned_at, task.haste.as_deref()) + quantity::Span::days(7) < now;
    !long_ago && task.life.receipt_asked.is_none() && rules.is_awake(now) && is_late(task, now, rules)
}
