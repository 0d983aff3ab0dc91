//! Two letters that must be read together, and who decided which of them is followed (DT14). A decision
//! locks nothing: another may follow it, and both stay on record.

use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};
use store::finding::Facets;

use super::finding::{DECIDES, number_key};
use crate::record::Record;

/// What a decision says of two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// The later one, which amends the other or asks to weigh it.
    Later,
    /// The earlier one.
    Earlier,
    /// Both, each in its part.
    Both,
}

impl Followed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Later, Self::Earlier, Self::Both];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Earlier => "earlier",
            Self::Both => "both",
        }
    }

    /// By its stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A decision about two letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDecision {
    /// The letter that raises the question.
    pub later: Id,
    /// Its number, as written; what it is called, where it has none.
    pub later_number: String,
    /// The number of the letter that it concerns, which may not be in the register.
    pub earlier_number: String,
    /// Which is followed.
    pub followed: Followed,
    /// Who decided: name and post, as a person wrote it down.
    pub decider: String,
    /// In which words.
    pub words: String,
    /// When it was decided, as told.
    pub at: Moment,
    /// Who wrote it down.
    pub by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for LetterDecision {
    const KIND: &'static str = "letter_decision";

    fn owner(&self) -> Option<Id> {
        Some(self.later)
    }

    fn is_open(&self) -> bool {
        false
    }

    fn facets(&self, _: &mut dyn FnMut(&str) -> crate::Outcome<String>) -> crate::Outcome<Option<Facets>> {
        let link = |number: &str| (number_key(number), DECIDES.to_owned());
        let links = [link(&self.later_number), link(&self.earlier_number)].into();
        Ok(Some(Facets { links, ..Facets::default() }))
    }
}
