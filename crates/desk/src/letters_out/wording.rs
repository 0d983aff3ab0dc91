//! The wording of the papers as data: `protocols/paper-*.toml`. `{words}` in braces stand for facts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use document::official::{CopyTo, Family, Kind, OfficialDocument};
use serde::Deserialize;

use super::Writer;
use crate::papers::layout::{Copy, PaperForm};

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// Công văn đôn đốc.
    Reminder,
    /// Báo cáo kết quả thực hiện.
    Implementation,
    /// Công văn triển khai.
    ChildLetter,
    /// Quyết định điều phối oxy.
    DispatchOrder,
    /// Thông báo kết luận cuộc họp.
    ConclusionNotice,
    /// Thông báo kết luận, of the Party.
    PartyConclusion,
    /// Kế hoạch.
    Plan,
    /// Kế hoạch xử lý vướng mắc.
    ForwardPlan,
    /// Thông báo tình hình thực hiện nhiệm vụ hằng quý.
    TaskQuarter,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Reminder,
        Self::Implementation,
        Self::ChildLetter,
        Self::DispatchOrder,
        Self::ConclusionNotice,
        Self::PartyConclusion,
        Self::Plan,
        Self::ForwardPlan,
        Self::TaskQuarter,
    ];

    /// Stable name, the key of its file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Implementation => "implementation",
            Self::ChildLetter => "child_letter",
            Self::DispatchOrder => "dispatch_order",
            Self::ConclusionNotice => "conclusion_notice",
            Self::PartyConclusion => "party_conclusion",
            Self::Plan => "plan",
            Self::ForwardPlan => "forward_plan",
            Self::TaskQuarter => "task_quarter",
        }
    }

    /// Its wording. A shipped file that cannot be read fails a test, and gives an empty wording here.
    pub fn wording(self) -> &'static Wording {
        static ALL: LazyLock<[Wording; 9]> = LazyLock::new(|| {
            [
                include_str!("../../../../protocols/paper-reminder.toml"),
                include_str!("../../../../protocols/paper-implementation.toml"),
                include_str!("../../../../protocols/paper-child-letter.toml"),
                include_str!("../../../../protocols/paper-dispatch-order.toml"),
                include_str!("../../../../protocols/paper-conclusion-notice.toml"),
                include_str!("../../../../protocols/paper-party-conclusion.toml"),
                include_str!("../../../../protocols/paper-plan.toml"),
                include_str!("../../../../protocols/paper-forward-plan.toml"),
                include_str!("../../../../protocols/paper-task-quarter.toml"),
            ]
            .map(|text| toml::from_str(text).unwrap_or_default())
        });
        let place = Self::ALL.iter().position(|one| *one == self).unwrap_or_default();
        &ALL[place]
    }
}

/// What a paper says in fixed words.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// What the code calls it.
    pub key: String,
    /// Kept with what was written by it.
    pub version: String,
    /// What screens call it.
    pub title: String,
    /// Where its words come from.
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// A named kind or a letter.
    #[serde(default)]
    pub form: PaperForm,
    /// Whose form it follows.
    #[serde(default)]
    pub family: Family,
    /// «Báo cáo».
    pub name: String,
    /// «BC»; of a letter «CV», which stands in the register of numbers alone.
    pub symbol: String,
    /// Trích yếu.
    pub subject: String,
    /// Lưu.
    #[serde(default)]
    pub archive: String,
    /// Nơi nhận, beside what the facts give.
    #[serde(default)]
    pub copies: Vec<Copy>,
    /// Sentences by their names.
    pub phrases: BTreeMap<String, String>,
}

impl Wording {
    /// A sentence with facts in the place of its words in braces. One that the file does not have is empty; a test
    /// composes every paper and looks.
    pub fn say(&self, name: &str, facts: &[(&str, &str)]) -> String {
        filled(self.phrases.get(name).map_or("", String::as_str), facts)
    }

    /// An unsigned paper with head, subject, copies and archive; its text is empty.
    pub(super) fn paper(&self, writer: &Writer, facts: &[(&str, &str)]) -> OfficialDocument {
        let subject = filled(&self.subject, facts);
        let letter = self.form == PaperForm::Letter;
        let copies = self.copies.iter();
        OfficialDocument {
            family: self.family,
            symbol: writer.mark(&self.symbol, letter, self.family),
            kind: if letter { Kind::Letter { subject } } else { Kind::Named { name: self.name.clone(), subject } },
            copies: copies
                .map(|copy| CopyTo { whom: filled(&copy.whom, facts), purpose: copy.purpose.clone() })
                .collect(),
            archive: match (self.archive.as_str(), writer.unit.as_str()) {
                ("", "") => String::new(),
                ("", unit) if self.family == Family::Government => format!("VT, {unit}"),
                (own, _) => own.to_owned(),
            },
            ..writer.paper()
        }
    }
}

/// Facts in the place of the words in braces, in one pass: braces inside a fact stay text.
fn filled(text: &str, facts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, then)| facts.iter().find(|(known, _)| *known == name).map(|(_, words)| (*words, then)));
        rest = match known {
            Some((words, then)) => {
                filled.push_str(words);
                then
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_text_and_unknown_words_stay() {
        let facts = [("a", "{b}"), ("b", "x")];
        assert_eq!(filled("{a} {b} {c} {", &facts), "{b} x {c} {");
    }

    #[test]
    fn every_shipped_wording_can_be_read_and_names_its_source() {
        for paper in Paper::ALL {
            let wording = paper.wording();
            assert_eq!(wording.key, paper.code(), "its file can be read");
            assert!(!wording.source.is_empty() && !wording.version.is_empty(), "{}", wording.key);
            let letter = wording.form == PaperForm::Letter;
            assert_eq!(letter, wording.symbol == "CV", "{}: letters are numbered as CV", wording.key);
        }
    }
}
