//! What is kept of alarms, duty, closures and messages: the records of this field.

use jiff::civil::Date;
use oxygen::alarm::{AlarmFacts, AlarmKind, Severity};
use place::{FacilityId, PersonId, UserId};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

mod message;
mod supply;

pub use message::{Channel, Message, MessageState};
pub use supply::{Closure, ClosureWhy, RefillTerms};

/// Who took an alarm up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Name as screens show it.
    pub by: String,
    /// Account.
    #[serde(default)]
    pub user: Option<UserId>,
    /// When.
    pub at: Moment,
}

/// The steps of telling somebody, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The duty officer of the shift.
    Duty,
    /// His deputy.
    Deputy,
    /// The head of the desk's body.
    Head,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Duty, Self::Deputy, Self::Head];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Deputy => "deputy",
            Self::Head => "head",
        }
    }
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skipped {
    /// Nobody is entered for this step.
    Nobody,
    /// His post has ended.
    Left,
    /// He is away.
    Absent,
    /// No phone is known.
    NoPhone,
}

impl Skipped {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Left => "left",
            Self::Absent => "absent",
            Self::NoPhone => "no-phone",
        }
    }
}

/// One step of telling somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Which step.
    pub step: Step,
    /// Name; empty when nobody is entered.
    pub name: String,
    /// When.
    pub at: Moment,
    /// Why he was passed over; none when a message was written to him.
    #[serde(default)]
    pub skipped: Option<Skipped>,
}

/// An alarm: open until cleared. One per facility and kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// Which facility; none for one of the whole province.
    pub facility: Option<FacilityId>,
    /// The storm that it is about.
    #[serde(default)]
    pub subject: Option<Id>,
    /// What it is about.
    pub kind: AlarmKind,
    /// How grave.
    pub severity: Severity,
    /// Since when.
    pub since: Moment,
    /// When it was raised, or last became graver: from here the next ones are told.
    pub raised_at: Moment,
    /// The latest moment to act.
    pub act_by: Option<Moment>,
    /// Its numbers.
    pub facts: AlarmFacts,
    /// Who took it up.
    #[serde(default)]
    pub acknowledged: Option<Acknowledged>,
    /// Who was told, and who was passed over.
    #[serde(default)]
    pub told: Vec<Telling>,
    /// When it ended.
    #[serde(default)]
    pub cleared_at: Option<Moment>,
}

impl Record for Alarm {
    const KIND: &'static str = "alarm";
    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }
    fn due_at(&self) -> Option<Moment> {
        self.act_by
    }
    fn is_open(&self) -> bool {
        self.cleared_at.is_none()
    }
}

/// Somebody on the duty roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyPerson {
    /// Name.
    pub name: String,
    /// The duty phone, not a private one.
    pub phone: Option<String>,
    /// Address for e-mail.
    #[serde(default)]
    pub email: Option<String>,
    /// Who, where he holds a post: then it is known when he leaves or is away.
    #[serde(default)]
    pub person: Option<PersonId>,
}

/// A shift of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyShift {
    /// Begins.
    pub from: Moment,
    /// Ends; not included.
    pub to: Moment,
    /// On duty.
    pub duty: DutyPerson,
    /// Stands in.
    pub deputy: Option<DutyPerson>,
    /// Taken back, or long over.
    #[serde(default)]
    pub closed: bool,
}

impl Record for DutyShift {
    const KIND: &'static str = "duty_shift";
    fn due_at(&self) -> Option<Moment> {
        Some(self.from)
    }
    fn is_open(&self) -> bool {
        !self.closed
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Spoken with.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The number is wrong or dead.
    WrongNumber,
}

impl CallOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reached, Self::NoAnswer, Self::WrongNumber];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no-answer",
            Self::WrongNumber => "wrong-number",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// Who called whom, when, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// About which alarm.
    pub alarm: Id,
    /// Which facility was called.
    pub facility: Option<FacilityId>,
    /// Who called.
    pub by: String,
    /// Who was called.
    pub callee: String,
    /// When.
    pub at: Moment,
    /// How it ended.
    pub outcome: CallOutcome,
    /// What was said.
    #[serde(default)]
    pub said: Option<String>,
}

impl Record for Call {
    const KIND: &'static str = "call";
    fn owner(&self) -> Option<Id> {
        Some(self.alarm)
    }
    fn is_open(&self) -> bool {
        false
    }
}

/// A note from one shift to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// When it was written.
    pub at: Moment,
    /// Who wrote it.
    pub by: String,
    /// The note.
    pub text: String,
}

impl Record for Handover {
    const KIND: &'static str = "handover";
    fn is_open(&self) -> bool {
        false
    }
}

/// When an account last looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whose.
    pub user: UserId,
    /// Looked last.
    pub last: Moment,
    /// The visit before: what changed since then is told.
    pub before: Moment,
}

impl Record for Seen {
    const KIND: &'static str = "seen";
    fn owner(&self) -> Option<Id> {
        Some(self.user.0)
    }
}

/// A screen on the wall, opened by a token that reads only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    /// Where it hangs.
    pub label: String,
    /// SHA-256 of its token, hexadecimal.
    pub digest: String,
    /// Who allowed it.
    pub by: String,
    /// On which day.
    pub since: Date,
    /// Taken back.
    #[serde(default)]
    pub withdrawn: bool,
}

impl Record for Display {
    const KIND: &'static str = "display";
    fn code(&self) -> Option<String> {
        Some(self.digest.clone())
    }
    fn is_open(&self) -> bool {
        !self.withdrawn
    }
}
