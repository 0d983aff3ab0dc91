//! The facts that several papers share: who writes, which letter is meant, a task with its deadline and state.

use document::official::{Family, OfficialDocument};
use jiff::civil::Date;
use place::body::{Authority, WhyAsk};
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use crate::papers::report::{DeadlineWord, due_moment};

/// Who writes a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Writer {
    /// The body above the issuer.
    pub parent: Option<String>,
    /// «Sở Y tế».
    pub issuer: String,
    /// «SYT»: stands in the number.
    pub issuer_code: String,
    /// The unit that drafts, «NVY»: stands in the number of a letter.
    pub unit: String,
    /// «An Giang».
    pub place: String,
    /// Figures are invented.
    pub simulated: bool,
}

impl Writer {
    /// What stands behind the number: of a letter «SYT-NVY», of a named kind «BC-SYT», of the Party «TB/TU».
    pub fn mark(&self, symbol: &str, letter: bool, family: Family) -> String {
        match (family, letter) {
            (Family::Party, _) => format!("{symbol}/{}", self.issuer_code),
            (Family::Government, true) if self.unit.is_empty() => self.issuer_code.clone(),
            (Family::Government, true) => format!("{}-{}", self.issuer_code, self.unit),
            (Family::Government, false) => format!("{symbol}-{}", self.issuer_code),
        }
    }

    /// An unsigned paper of this writer, with nothing said yet.
    pub(super) fn paper(&self) -> OfficialDocument {
        OfficialDocument {
            parent: self.parent.clone(),
            issuer: self.issuer.clone(),
            place: self.place.clone(),
            simulated: self.simulated,
            draft: true,
            ..OfficialDocument::default()
        }
    }
}

/// A paper that is referred to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cited {
    /// «Công văn», «Thông báo», «Quyết định».
    pub kind: String,
    /// «3183/SYT-KHTC»; empty where it is missing.
    pub number: String,
    /// Its day; none where it is missing.
    pub day: Option<Date>,
    /// «Sở Y tế».
    pub issuer: String,
    /// What it is about, without «V/v».
    pub subject: String,
}

/// Said where a number is missing: a stamp that came later, not a draft.
const NO_NUMBER: &str = "(chưa có số, cần đối chiếu bản phát hành)";

impl Cited {
    /// «Công văn số 3183/SYT-KHTC ngày 05/9/2022 của Sở Y tế về cung ứng oxy».
    pub fn words(&self) -> String {
        let mut words = self.short();
        if !self.issuer.trim().is_empty() {
            words.push_str(&format!(" của {}", self.issuer.trim()));
        }
        let subject = self.subject.trim();
        if !subject.is_empty() {
            let joined = ["về ", "Về "].iter().any(|begins| subject.starts_with(begins));
            words.push_str(&if joined {
                format!(" {}", lower(subject))
            } else {
                format!(" về việc {}", lower(subject))
            });
        }
        words
    }

    /// «Công văn số 3183/SYT-KHTC ngày 05/9/2022».
    pub fn short(&self) -> String {
        let kind = if self.kind.trim().is_empty() { "Văn bản" } else { self.kind.trim() };
        let number = if self.number.trim().is_empty() { NO_NUMBER } else { self.number.trim() };
        let day = self.day.map(|day| format!(" ngày {}", show_date(day))).unwrap_or_default();
        format!("{kind} số {number}{day}").replace(&format!("số {NO_NUMBER}"), NO_NUMBER)
    }
}

/// With its first letter small, unless it begins a name in capitals.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let second = letters.clone().next();
    match first {
        Some(first) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A deadline with its own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// «trước ngày» or «chậm nhất ngày».
    pub word: DeadlineWord,
    /// The day that it names.
    pub day: Date,
}

impl Due {
    /// «trước ngày 15/9/2021».
    pub fn words(&self) -> String {
        let word = match self.word {
            DeadlineWord::Before => "trước ngày",
            DeadlineWord::AtLatest => "chậm nhất ngày",
        };
        format!("{word} {}", show_date(self.day))
    }

    /// The last day on which it is in time.
    pub fn last_day(&self) -> Date {
        due_moment(self.word, self.day).date()
    }

    /// Whole days from the last day in time to a day: 1 on the day after; 0 or less while it is in time.
    pub fn days_late(&self, on: Date) -> i32 {
        self.last_day().until(on).map_or(0, |span| span.get_days())
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Done, with evidence.
    Done,
    /// Begun.
    InProgress,
    /// Not begun.
    NotDone,
    /// Nobody has said.
    #[default]
    Unknown,
}

/// A task as a paper tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskLine {
    /// What is to be done.
    pub text: String,
    /// Who leads it.
    pub owner: String,
    /// The head who answers for it: «Giám đốc Nguyễn Văn A»; may be empty.
    pub accountable: String,
    /// Who takes part; may be empty.
    pub with: String,
    /// Its deadline.
    pub due: Option<Due>,
    /// Where it stands.
    pub state: TaskState,
    /// How far it has come, in hundredths.
    pub percent: Option<u8>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
    /// What proves it, by name.
    pub evidence: Vec<String>,
    /// What must come out of it; may be empty.
    pub product: String,
    /// What stands in its way; may be empty.
    pub obstacle: String,
    /// What its owner proposes; may be empty.
    pub proposal: String,
}

impl TaskLine {
    /// What it asks, without the full stop or semicolon that ended it in its letter.
    pub(super) fn said(&self) -> &str {
        bare(&self.text)
    }

    /// Its deadline in words, «không có thời hạn» where it has none.
    pub(super) fn due_words(&self) -> String {
        self.due.map_or_else(|| "không có thời hạn".to_owned(), |due| due.words())
    }
}

/// Without blanks and what ends a sentence.
pub(super) fn bare(text: &str) -> &str {
    text.trim().trim_start_matches(['-', '+']).trim().trim_end_matches(['.', ';', ',', '/', ' '])
}

/// How a paper speaks to a body (design rule 8: who may order whom).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// To its own unit: «yêu cầu».
    Orders,
    /// To all others: «đề nghị». They answer by courtesy and are never told to be late.
    #[default]
    Asks,
    /// To a body above: «kính đề nghị».
    Proposes,
}

impl From<Authority> for Tone {
    fn from(authority: Authority) -> Self {
        match authority {
            Authority::Orders => Self::Orders,
            Authority::Asks(WhyAsk::Superior) => Self::Proposes,
            Authority::Asks(_) => Self::Asks,
        }
    }
}

impl Tone {
    /// All of them, in the order in which a letter speaks.
    pub const ALL: [Self; 3] = [Self::Orders, Self::Asks, Self::Proposes];

    /// Its verb.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Orders => "yêu cầu",
            Self::Asks => "đề nghị",
            Self::Proposes => "kính đề nghị",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_paper_is_cited_with_what_is_known_of_it() {
        let mut cited = Cited {
            kind: "Công văn".into(),
            number: "3183/SYT-KHTC".into(),
            day: Some(date(2022, 9, 5)),
            issuer: "Sở Y tế".into(),
            subject: "Bảo đảm oxy".into(),
        };
        assert_eq!(cited.words(), "Công văn số 3183/SYT-KHTC ngày 05/09/2022 của Sở Y tế về việc bảo đảm oxy");
        cited.subject = "về cung ứng oxy".into();
        assert!(cited.words().ends_with("của Sở Y tế về cung ứng oxy"));
        (cited.number, cited.day) = (String::new(), None);
        assert_eq!(cited.short(), "Công văn (chưa có số, cần đối chiếu bản phát hành)");
        assert_eq!(lower("UBND tỉnh báo cáo"), "UBND tỉnh báo cáo");
    }

    /// «trước ngày 15/9» is late from 15/9 on, «chậm nhất ngày 15/9» from 16/9 on.
    #[test]
    fn days_late_are_counted_by_the_word_of_the_deadline() {
        let due = |word| Due { word, day: date(2021, 9, 15) };
        assert_eq!(due(DeadlineWord::Before).days_late(date(2021, 9, 14)), 0);
        assert_eq!(due(DeadlineWord::Before).days_late(date(2021, 9, 15)), 1);
        assert_eq!(due(DeadlineWord::AtLatest).days_late(date(2021, 9, 15)), 0);
        assert_eq!(due(DeadlineWord::AtLatest).days_late(date(2021, 11, 15)), 61);
    }

    #[test]
    fn what_a_body_may_say_comes_from_the_directory() {
        let tones = [Authority::Orders, Authority::Asks(WhyAsk::Private), Authority::Asks(WhyAsk::Superior)];
        assert_eq!(tones.map(Tone::from).map(Tone::verb), ["yêu cầu", "đề nghị", "kính đề nghị"]);
    }
}
