//! A letter: its words on one side, what was read in them on the other.

use askama::Template;

use super::{Field, Input, Link, Refusal, Say, Shell, Tone};

/// GET /van-ban/{id}.
#[derive(Template)]
#[template(path = "letter.html")]
pub struct LetterPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Number and subject.
    pub title: String,
    /// How many tasks, and what is asked of the reader.
    pub sentence: String,
    /// Issuer, day, when it came.
    pub about: String,
    /// What has just been done; may be empty.
    pub done: String,
    /// Why it was not done.
    pub refusal: Option<Refusal>,
    /// What a person should look at: what is missing, a name that may be misspelt, two letters in one.
    pub doubts: Vec<String>,
    /// Its fields as they were read or confirmed.
    pub facts: Vec<Fact>,
    /// Files and other pages.
    pub links: Vec<Link>,
    /// The text in pieces.
    pub pieces: Vec<TextPiece>,
    /// While it waits: the form that makes tasks of it.
    pub form: Option<LetterForm>,
    /// Once confirmed: its tasks, a line of the letter each.
    pub lines: Vec<TaskLine>,
}

/// A field of the letter.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What was read; empty where nothing was.
    pub value: String,
    /// Anchor of its place in the text; empty where it has none.
    pub anchor: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextPiece {
    /// Its words.
    pub text: String,
    /// The task it belongs to, from 1; 0 for none.
    pub task: usize,
    /// The name of the field that was read here; may be empty.
    pub field: String,
    /// Anchor, where a task or field begins here; may be empty.
    pub anchor: String,
}

/// The form of a letter that waits.
#[derive(Debug, Clone)]
pub struct LetterForm {
    /// Where it goes.
    pub action: String,
    /// Idempotency key for a browser without script.
    pub key: String,
    /// The version that is shown.
    pub version: i64,
    /// Number, day, kind, issuer, subject: to be corrected.
    pub fields: Vec<Field>,
    /// Names of bodies to choose from.
    pub bodies: Vec<String>,
    /// The tasks.
    pub tasks: Vec<TaskCard>,
    /// Key of the withdrawal.
    pub withdraw_key: String,
}

/// A task while it waits.
#[derive(Debug, Clone)]
pub struct TaskCard {
    /// Which, from 1.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// Lines that its words take.
    pub rows: usize,
    /// Whether it becomes a task.
    pub kept: bool,
    /// Whether its sentence stands in the letter.
    pub in_text: bool,
    /// Whom it is for, as shown and typed.
    pub owner: String,
    /// What that means: «4 đơn vị: …», «chưa có trong danh bạ».
    pub owner_told: String,
    /// Whether somebody must look at the owner.
    pub owner_tone: Tone,
    /// What the owner does, with whom, who answers: in small words.
    pub told: Vec<String>,
    /// The letter's own deadline in words; may be empty.
    pub printed: String,
    /// The day that a leader sets, as a field has it.
    pub last_day: String,
    /// Whoever may work on it: value, name; empty where it is for several.
    pub people: Vec<(String, String, bool)>,
    /// Whether it can be split.
    pub may_split: bool,
}

/// A line of a confirmed letter.
#[derive(Debug, Clone)]
pub struct TaskLine {
    /// Which, from 1.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// Whether its sentence stands in the letter.
    pub in_text: bool,
    /// Left out when it was confirmed.
    pub left_out: bool,
    /// How many of its bodies are done: «3/12 đơn vị xong»; may be empty.
    pub sum: String,
    /// One for each body.
    pub bodies: Vec<TaskOfBody>,
}

/// How far one body is.
#[derive(Debug, Clone)]
pub struct TaskOfBody {
    /// Its name.
    pub name: String,
    /// The page of the task; may be empty.
    pub href: String,
    /// How far it is.
    pub stage: String,
    /// Until when, who works on it.
    pub told: String,
    /// Red for overdue.
    pub tone: Tone,
}
