//! A letter as a person writes it, and what it still lacks beside it.

use askama::Template;

use super::{Choice, Link, Refusal, Say, Shell};

/// GET and refused POST /chi-dao/van-ban-di, /chi-dao/bao-cao/{id}/sua.
#[derive(Template, Clone, Debug)]
#[template(path = "letter_write.html")]
pub struct LetterWritePage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// What the page is for, in one sentence.
    pub sentence: String,
    /// Idempotency key for a browser without script; a refused form keeps its own.
    pub key: String,
    /// Where it is sent.
    pub action: String,
    /// Name and value of fields that nobody sees.
    pub hidden: Vec<(String, String)>,
    /// The letter that is edited; none of a new one.
    pub paper: Option<Link>,
    /// Kinds to choose from; none once it is drafted.
    pub kinds: Vec<Choice>,
    /// The unit that drafts.
    pub unit: String,
    /// How urgent.
    pub urgencies: Vec<Choice>,
    /// Trích yếu.
    pub subject: String,
    /// One a line.
    pub recipients: String,
    /// Its text as `desk::letters_out::text` writes it.
    pub body: String,
    /// One a line.
    pub copies: String,
    /// Lưu.
    pub archive: String,
    /// `2026-11-22`; may be empty.
    pub due_day: String,
    /// What it lacks.
    pub checks: Checks,
    /// Why it was not kept.
    pub refusal: Option<Refusal>,
}

/// POST /chi-dao/van-ban-di/kiem: the findings alone.
#[derive(Template, Clone, Debug)]
#[template(path = "letter_checks.html")]
pub struct LetterChecks {
    /// What the letter lacks.
    pub checks: Checks,
}

/// What a letter lacks.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// «Còn thiếu 2 phần».
    pub title: String,
    /// Said where nothing is found.
    pub nothing: String,
    /// What was found.
    pub lines: Vec<CheckLine>,
    /// How the letter will be numbered and signed.
    pub shape: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct CheckLine {
    /// Without it the letter is not submitted.
    pub must: bool,
    /// In words.
    pub text: String,
}
