//! A case of liability (DT15): a severe or fatal outcome that may have a subjective cause. It stands in a closed place,
//! apart from data entry: no reading, report or entry belongs to it, and it does not say who typed what. If figures led
//! to discipline, figures would be made beautiful.

use jiff::civil::Date;
use place::UserId;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::refused::Refused;
use crate::record::{Record, RecordId};

/// What happened to the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// «Diễn biến nặng».
    Severe,
    /// «Tử vong».
    Fatal,
}

impl OutcomeKind {
    /// Both.
    pub const ALL: &[Self] = &[Self::Severe, Self::Fatal];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Severe => "severe",
            Self::Fatal => "fatal",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// A step of the proceedings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// What was done.
    pub what: String,
}

/// How it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The day.
    pub on: Date,
    /// Number of the decision.
    pub number: String,
    /// What was decided.
    pub what: String,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Number and year of the closed register.
    pub number: (i64, i16),
    /// What happened to the patient. Who he is stays in the medical record.
    pub outcome: OutcomeKind,
    /// The day.
    pub happened_on: Date,
    /// Where, in words.
    pub unit: String,
    /// The subjective cause that is looked into.
    pub cause: String,
    /// Posts concerned, not names: «trưởng kíp trực».
    pub posts: Vec<String>,
    /// On what it rests.
    pub legal_basis: String,
    /// Steps, in the order in which they were written down.
    pub steps: Vec<Step>,
    /// How it was decided.
    pub decision: Option<Decision>,
    /// When it was closed, and with which words.
    pub closed: Option<(Date, String)>,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Case {
    const KIND: &'static str = "liability_case";

    fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

/// The key of a case.
pub type CaseId = RecordId<Case>;

/// Somebody opened, wrote or read a case. It is kept for ever and shown with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAccess {
    /// Which.
    pub case: CaseId,
    /// Who.
    pub user: Option<UserId>,
    /// His name then.
    pub name: String,
    /// When.
    pub at: Moment,
    /// What he did: a stable name.
    pub did: String,
}

impl Record for CaseAccess {
    const KIND: &'static str = "liability_access";

    fn owner(&self) -> Option<quantity::Id> {
        Some(self.case.0)
    }
}

/// Words of a case must not lead into data entry, and must not identify a person by number.
///
/// # Errors
/// [`Refused::LeadsToEntry`], [`Refused::Personal`].
pub fn check_words(words: &str) -> Result<(), Refused> {
    // The registers of data entry by their addresses, and any key of a record.
    let paths = ["/bien-nhan", "/bao-cao", "/co-so/", "/nhap", "/nhat-ky", "/lich-su", "/oxy/", "http://", "https://"];
    let lower = words.to_lowercase();
    if let Some(path) = paths.iter().find(|path| lower.contains(**path)) {
        return Err(Refused::LeadsToEntry { words: (*path).to_owned() });
    }
    let key =
        |word: &str| word.trim_matches(|letter: char| !letter.is_ascii_hexdigit()).parse::<quantity::Id>().is_ok();
    if let Some(key) = words.split_whitespace().find(|word| word.len() >= 32 && key(word)) {
        return Err(Refused::LeadsToEntry { words: key.to_owned() });
    }
    match super::bulletin::personal_number(words) {
        Some(words) => Err(Refused::Personal { words }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DT15: nothing of a case leads to who typed what.
    #[test]
    fn words_lead_nowhere() {
        assert!(check_words("Không chuyển tầng kịp thời, theo biên bản ngày 20/11/2026").is_ok());
        for words in
            ["xem /bien-nhan/0191", "báo cáo https://a.vn/bao-cao/1", "theo (01912345-6789-7abc-8def-0123456789ab)"]
        {
            assert!(matches!(check_words(words), Err(Refused::LeadsToEntry { .. })), "{words}");
        }
        assert!(matches!(check_words("CCCD 091203004567"), Err(Refused::Personal { .. })));
    }
}
