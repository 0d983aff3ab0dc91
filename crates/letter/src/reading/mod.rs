//! A reading as data that other programs take: one flat object, its shape in
//! docs/formats/letter-reading.md. Keys and shapes do not change; new keys may come.
//!
//! Dates are `2021-09-11`, or `2021-11` where the day was left blank. What was not found is `null` or
//! absent and never made up; `evidence` says where each value stands in the text that was handed in.

mod compose;
mod places;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::deadline::{Every, On, Word};
use crate::{DateIs, Doubt, Family, Missing, Part, Purpose, Role, Urgency};

/// Where a value stands, and how sure the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte in the text that was handed in.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// 0 to 1; an estimate by the kind of evidence, not a measured rate.
    pub confidence: f64,
}

/// The signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// In whose place is signed, levels joined by « / ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// His post.
    pub post: Option<String>,
    /// His name as printed.
    pub name: Option<String>,
}

/// A deadline with its own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words of the letter.
    pub written: String,
    /// «trước» or «chậm nhất».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Word>,
    /// The printed day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The printed hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// «trong vòng N ngày».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u16>,
    /// Whether these are working days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<bool>,
    /// Within how many hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_hours: Option<u16>,
    /// How often it comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// On which day of the period, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<On>,
    /// From when it is overdue, local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_from: Option<String>,
}

/// An officer named for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// His name.
    pub name: String,
    /// Posts as printed.
    pub post: Option<String>,
    /// His field.
    pub field: String,
}

/// A task as the letter gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadTask {
    /// Who is to do it, as the text names it.
    pub owner: Option<String>,
    /// What the owner does in it.
    pub role: Part,
    /// The order, word for word, blanks single, without its marker.
    pub text: String,
    /// The same as it stands in the text that was handed in.
    pub sentence: String,
    /// The first printed day until when; `null` where there is none.
    pub deadline: Option<String>,
    /// Inline (1) (2) (3).
    pub subtasks: Vec<String>,
    /// Every deadline with its word, periodic and relative ones too.
    pub due: Vec<Due>,
    /// The owner is not addressed by the letter.
    pub unaddressed: bool,
    /// Whom the owner must direct.
    pub executors: Vec<String>,
    /// With whom.
    pub partners: Vec<String>,
    /// The heads who answer for it.
    pub accountable: Vec<String>,
    /// Officers named by field.
    pub officers: Vec<Named>,
    /// Words of haste.
    pub haste: Vec<String>,
    /// To whom it is reported.
    pub report_to: Option<String>,
}

/// A copy and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTo {
    /// Who gets it.
    pub to: String,
    /// What for.
    pub purpose: Option<Purpose>,
}

/// Another document that the letter names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its number.
    pub number: String,
    /// The word for its kind.
    pub kind: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What the letter does with it.
    pub role: Role,
}

/// What was read, as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// `government` or `party`.
    pub family: Option<Family>,
    /// Who issued it, written out.
    pub issuer: Option<String>,
    /// The body above the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_body: Option<String>,
    /// Its number as printed.
    pub number: Option<String>,
    /// Its date, or that of the meeting it concludes.
    pub date: Option<String>,
    /// `meeting` where `date` is that of the meeting; else absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_is: Option<DateIs>,
    /// Where it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// «Công văn», «Thông báo».
    pub kind: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The stamp of urgency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Short name → those it stands for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alias: BTreeMap<String, Vec<String>>,
    /// Number and date of each document named.
    pub references: Vec<(String, Option<String>)>,
    /// The same with kind, issuer and role.
    pub documents: Vec<Document>,
    /// Owners in the order of the text, and how many tasks each has.
    pub tasks_by_owner: Vec<(String, usize)>,
    /// Owners that the letter does not address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unaddressed_owners: Vec<String>,
    /// Whom owners must direct, and in how many tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub executors: Vec<(String, usize)>,
    /// Owner, which of his tasks (from 1), how many parts it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inline_subtasks: Vec<(String, usize, usize)>,
    /// Name and field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<(String, String)>,
    /// Percentages and the word that limits them, `=` where none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<(String, String)>,
    /// Printed days until when.
    pub deadlines: Vec<String>,
    /// To whom is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_to: Option<String>,
    /// What comes with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
    /// How many copies go out, the archive's not counted.
    pub copies: usize,
    /// Each of them.
    pub copies_to: Vec<CopyTo>,
    /// Who keeps it.
    pub archive: Option<String>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Of number, date and day, what the stamp has not filled in yet.
    pub missing: Vec<Missing>,
    /// Other parts that are not in the text.
    pub not_found: Vec<Missing>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// Orders without a task of their own.
    pub goals: Vec<String>,
    /// The tasks.
    pub tasks: Vec<ReadTask>,
    /// Key path (`issuer`, `tasks[0].owner`) → its place.
    pub evidence: BTreeMap<String, Evidence>,
}
