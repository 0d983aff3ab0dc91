//! The rules by which an office handles letters and tasks, as it adopted them (DT05): versions side by side, each with the
//! decision and the day from which it counts. Nothing is reckoned again by a rule that came later.

use jiff::civil::Date;
use protocol::{NormProblem, OfficeRules};
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};
use store::Connection;

use crate::failure::{Failure, Outcome};
use crate::record::{self, Kept, Record};

/// Adoptions that are read at most.
pub const MOST: i64 = 300;

/// Rules that count from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesAdopted {
    /// The first day on which they count.
    pub from: Date,
    /// The rules themselves, so that a later edition of the program changes nothing of the past.
    pub rules: OfficeRules,
    /// Whether they are a version as shipped; otherwise the office's own figures.
    pub shipped: bool,
    /// The number of the decision.
    pub decision: String,
    /// Who took it: name and post.
    pub decided_by: String,
    /// Who wrote it down.
    pub adopted_by: String,
    /// When, by the domain clock.
    pub adopted_at: Moment,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for RulesAdopted {
    const KIND: &'static str = "office_rules";

    /// One version begins on a day.
    fn code(&self) -> Option<String> {
        Some(self.from.to_string())
    }
}

/// What an office has adopted, whatever its day, the latest first.
pub fn adopted(connection: &mut Connection, province: place::ProvinceId) -> Outcome<Vec<Kept<RulesAdopted>>> {
    let mut all = record::newest::<RulesAdopted>(connection, province, MOST)?;
    all.sort_by_key(|kept| std::cmp::Reverse(kept.content.from));
    Ok(all)
}

/// The rules that count on a day.
pub fn rules_on(connection: &mut Connection, province: place::ProvinceId, day: Date) -> Outcome<OfficeRules> {
    let chosen = adopted(connection, province)?.into_iter().find(|kept| kept.content.from <= day);
    match chosen {
        Some(kept) => Ok(kept.content.rules),
        None => OfficeRules::shipped().map_err(Failure::refused),
    }
}

/// The version as shipped of a stable name.
///
/// # Errors
/// Never with the files of this tree.
pub fn shipped_version(id: &str) -> Result<Option<OfficeRules>, NormProblem> {
    Ok(OfficeRules::all_shipped()?.into_iter().find(|rules| rules.id == id))
}

/// Why something is not written down of rules, fields, receipts, attendance and old tasks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesRefused {
    /// A rule would change what was reckoned already.
    #[error("RUL-001: {day} has begun")]
    Retroactive {
        /// The day that was asked for.
        day: Date,
    },
    /// No decision is named.
    #[error("RUL-002: no decision is named")]
    NoDecision,
    /// A figure cannot be worked by.
    #[error("RUL-003: {part} cannot be worked by")]
    Figure {
        /// Which part: a stable name.
        part: &'static str,
    },
    /// Not among the versions.
    #[error("RUL-004: no such version")]
    NoVersion,
    /// No field is named.
    #[error("RUL-005: no field is named")]
    NoField,
    /// The person holds no post there on that day.
    #[error("RUL-006: {name} holds no post there")]
    NoPost {
        /// Who.
        name: String,
    },
    /// It ends before it begins.
    #[error("RUL-007: it ends before it begins")]
    EndsBefore,
    /// He has that field already.
    #[error("RUL-008: he has that field already")]
    HasIt,
    /// It ended already.
    #[error("RUL-009: it has ended")]
    Ended,
    /// Nobody is named who received it.
    #[error("RUL-010: nobody is named who received it")]
    NoReceiver,
    /// Nobody is named who decided, or no reason.
    #[error("RUL-011: who decided, and in which words?")]
    NoDecider,
    /// No name could be read.
    #[error("RUL-012: no name on the list")]
    NoNames,
    /// No column of names.
    #[error("RUL-013: no column of names")]
    NoColumn,
    /// Not a file that is kept.
    #[error("RUL-014: not a list and not a picture")]
    BadFile,
    /// Nothing was chosen.
    #[error("RUL-015: nothing was chosen")]
    NothingChosen,
}

impl Coded for RulesRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Retroactive { .. } => "RUL-001",
            Self::NoDecision => "RUL-002",
            Self::Figure { .. } => "RUL-003",
            Self::NoVersion => "RUL-004",
            Self::NoField => "RUL-005",
            Self::NoPost { .. } => "RUL-006",
            Self::EndsBefore => "RUL-007",
            Self::HasIt => "RUL-008",
            Self::Ended => "RUL-009",
            Self::NoReceiver => "RUL-010",
            Self::NoDecider => "RUL-011",
            Self::NoNames => "RUL-012",
            Self::NoColumn => "RUL-013",
            Self::BadFile => "RUL-014",
            Self::NothingChosen => "RUL-015",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Retroactive { day } => vec![("day", quantity::time::show_date(*day))],
            Self::Figure { part } => vec![("part", (*part).to_owned())],
            Self::NoPost { name } => vec![("name", name.clone())],
            _ => Vec::new(),
        }
    }
}
