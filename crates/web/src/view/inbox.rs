//! A message of the inbox: its words with what was understood in them, and the report that may come of it.

use askama::Template;

use super::{Choice, Copied, Link, Refusal, ReportSummary, Say, Shell};

/// GET /oxy/hop-thu/{id}.
#[derive(Template)]
#[template(path = "inbox_message.html")]
pub struct InboxMessagePage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// What was understood, in one line.
    pub sentence: String,
    /// Channel, sender, time.
    pub about: String,
    /// What speaks against recording it at once: the same words came before.
    pub doubts: Vec<String>,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
    /// Path of the photo.
    pub image: Option<String>,
    /// The sheet that came with it.
    pub file: Option<Link>,
    /// What must be asked.
    pub questions: Vec<Asked>,
    /// Understood, but no reading.
    pub asides: Vec<String>,
    /// Facilities, while it may be chosen.
    pub facilities: Vec<Choice>,
    /// Path of the message.
    pub path: String,
    /// The report that would come of it.
    pub confirm: Option<ConfirmForm>,
    /// Whether it waits.
    pub waits: bool,
    /// Key of the rejection.
    pub reject_key: String,
    /// Why it was not done.
    pub refusal: Option<Refusal>,
    /// What came of it.
    pub settled: Option<Settled>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it was understood.
    pub mark: Mark,
}

/// What a piece of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Words between.
    None,
    /// Understood.
    Understood,
    /// Asked about.
    Asked,
}

/// A question with the words it is about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// «45 đó»; may be empty.
    pub quote: String,
    /// What is asked.
    pub sentence: String,
}

/// The form of the report.
#[derive(Debug, Clone)]
pub struct ConfirmForm {
    /// Idempotency key for a browser without script.
    pub key: String,
    /// Id of the facility.
    pub facility: String,
    /// Its name.
    pub name: String,
    /// Vessels, patients, who waits.
    pub rows: Vec<ConfirmRow>,
    /// Field `told_by`.
    pub told_by: String,
    /// Field `happened`, as `2026-11-22T18:00`.
    pub happened: String,
    /// Where the hour comes from.
    pub happened_means: String,
    /// Field `note`.
    pub note: String,
    /// Stores whose doubtful figure may be confirmed.
    pub looked: Vec<Choice>,
}

/// One vessel, or the patients.
#[derive(Debug, Clone)]
pub struct ConfirmRow {
    /// «Bồn số 1».
    pub label: String,
    /// Its fields.
    pub fields: Vec<ConfirmField>,
    /// What was known before, with age and source.
    pub last: String,
}

/// One figure.
#[derive(Debug, Clone)]
pub struct ConfirmField {
    /// As it is sent.
    pub name: String,
    /// As it is read; empty where the row says it.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// Unit behind it, where there is one only.
    pub unit: String,
    /// Units to choose from, field `unit.{store}`.
    pub units: Vec<Choice>,
    /// Name of the field of the unit.
    pub unit_name: String,
    /// Read from the text; otherwise carried over from before.
    pub proposed: bool,
}

/// A message that is settled.
#[derive(Debug, Clone)]
pub struct Settled {
    /// What came of it.
    pub sentence: String,
    /// The report, when one came of it.
    pub report: Option<ReportSummary>,
    /// Path of the receipt.
    pub receipt: Option<String>,
    /// What is answered to the sender.
    pub reply: Option<Copied>,
}
