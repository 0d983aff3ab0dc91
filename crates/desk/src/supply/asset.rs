//! Machines that were given or lent to a facility, and whether they go back (OX17).

use jiff::civil::Date;
use oxygen::StoreId;
use place::FacilityId;
use quantity::{Grams, Id, Moment, Typed};
use serde::{Deserialize, Serialize};

use super::Who;
use crate::record::Record;

/// For ever or for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// Tài trợ, tặng.
    Donated,
    /// Cho mượn.
    Lent,
}

/// In which condition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// In use.
    Works,
    /// To be repaired.
    Broken,
    /// Kept in reserve.
    Stored,
}

impl Condition {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Works, Self::Broken, Self::Stored];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Broken => "broken",
            Self::Stored => "stored",
        }
    }
}

/// A letter about it, kept as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its number, as written on it; none when the stamp came later.
    pub number: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Name of the file.
    pub file: String,
    /// Its bytes, by their digest in hexadecimal.
    pub digest: String,
    /// When it was attached.
    pub at: Moment,
    /// By whom.
    pub by: Who,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stays.
    Keep,
    /// It goes back.
    Return,
    /// The owner is asked for more time.
    AskForTime,
}

impl Verdict {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Return, Self::AskForTime];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Return => "return",
            Self::AskForTime => "ask_for_time",
        }
    }
}

/// A decision about it. It locks nothing: another may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnDecision {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decider: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
}

/// A machine that was given or lent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asset {
    /// What it is.
    pub name: String,
    /// Its serial number, where it has one.
    pub serial: String,
    /// Where it stands.
    pub facility: FacilityId,
    /// The store that it is, or is part of.
    pub store: Option<StoreId>,
    /// For ever or for a time.
    pub given: Given,
    /// By whom.
    pub giver: String,
    /// In which condition.
    pub condition: Condition,
    /// What it delivers, as typed: Nm³/h or L/min.
    pub flow: Option<Typed>,
    /// The same in pure oxygen an hour.
    pub makes: Option<Grams>,
    /// Last day to give it back.
    pub due: Option<Date>,
    /// Who decides whether it goes back.
    pub decider: String,
    /// Letters about it.
    pub letters: Vec<Letter>,
    /// Decisions, oldest first.
    pub decisions: Vec<ReturnDecision>,
    /// It has gone back.
    #[serde(default)]
    pub gone: bool,
}

impl Record for Asset {
    const KIND: &'static str = "given_machine";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn due_at(&self) -> Option<Moment> {
        let after = self.due?.tomorrow().ok()?;
        self.is_open().then(|| Moment::start_of(after))
    }

    fn is_open(&self) -> bool {
        !self.gone
    }
}
