//! A file that was sent for a register: its bytes, its preview, what was written of it.

use jiff::civil::Date;
use locale::{Fact, Locale};
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::failure::Failure;
use crate::record::Record;
use crate::supply::Who;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The register does not have it.
    New,
    /// It changes something that stands.
    Changed,
    /// It says what stands.
    Same,
    /// It is given back.
    Refused,
}

/// One cell that a row changes, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Title of the column.
    pub title: String,
    /// What stands; empty for nothing.
    pub before: String,
    /// What would stand.
    pub after: String,
}

/// Why a row is given back, as it can be kept: the sentence is made when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptReason {
    /// Stable code.
    pub code: String,
    /// Facts of its sentence.
    pub facts: Vec<(String, String)>,
}

impl KeptReason {
    /// From a refusal.
    pub fn of(reason: &dyn Coded) -> Self {
        let facts = reason.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: reason.code().to_owned(), facts }
    }

    /// From a failure of a row's operation.
    pub fn of_failure(failure: &Failure) -> Self {
        Self::of(failure)
    }

    /// Its sentence and the next step.
    pub fn words(&self, locale: Locale) -> (String, String) {
        let facts: Vec<(&str, Fact)> =
            self.facts.iter().map(|(name, value)| (name.as_str(), Fact::from(value.as_str()))).collect();
        let next = format!("{}.next", self.code);
        let sentence = if locale::knows(locale, &self.code) {
            locale::say(locale, &self.code, &facts)
        } else {
            locale::say(locale, "error-without-text", &[])
        };
        let next = if locale::knows(locale, &next) { locale::say(locale, &next, &facts) } else { String::new() };
        (sentence, next)
    }
}

/// One row of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Its number in the file.
    pub number: u32,
    /// What a person calls it.
    pub label: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it changes.
    pub fields: Vec<FieldChange>,
    /// Why it is given back.
    pub reason: Option<KeptReason>,
}

/// A sheet with a column for each day, as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WideShape {
    /// The first day of its columns.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Columns of days.
    pub days: usize,
    /// Rows with figures.
    pub rows: usize,
    /// Whether a title named no year.
    pub assumed_year: bool,
}

/// What a file would change; after the writing, what it has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Titles of the file that belong to no column, with their letters.
    pub unknown: Vec<(String, String)>,
    /// How it was read, where it has a column for each day; then each figure is a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<WideShape>,
    /// Its rows.
    pub rows: Vec<PreviewRow>,
}

impl Preview {
    /// How many rows of each kind.
    pub fn counts(&self) -> Counts {
        let of = |verdict| self.rows.iter().filter(|row| row.verdict == verdict).count();
        Counts {
            new: of(Verdict::New),
            changed: of(Verdict::Changed),
            same: of(Verdict::Same),
            refused: of(Verdict::Refused),
        }
    }
}

/// Rows by what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// New in the register.
    pub new: usize,
    /// Changing something.
    pub changed: usize,
    /// Saying what stands.
    pub same: usize,
    /// Given back.
    pub refused: usize,
}

impl Counts {
    /// Rows that write something.
    pub const fn written(self) -> usize {
        self.new + self.changed
    }
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Somebody looks at what it would change.
    Previewed,
    /// It is being written since, by the real clock.
    Writing(Moment),
    /// It was written.
    Written(Moment),
}

/// A file that was sent for a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFile {
    /// Name of the register.
    pub register: String,
    /// Name of the file.
    pub name: String,
    /// Its bytes, by their digest in hexadecimal.
    pub file: String,
    /// Its preview, later its outcome, by digest.
    pub preview: String,
    /// Its rows by what becomes of them.
    pub counts: Counts,
    /// Who sent it.
    pub by: Who,
    /// When, by the domain clock.
    pub sent_at: Moment,
    /// How far it has come.
    pub state: FileState,
}

impl RegisterFile {
    /// Who sent it sees it, and nobody else: its rows may name people.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        self.by.user == actor.user
    }
}

impl Record for RegisterFile {
    const KIND: &'static str = "register_file";

    fn is_open(&self) -> bool {
        !matches!(self.state, FileState::Written(_))
    }
}
