//! What went otherwise: a polite refusal inside a form, a short notice, a page of its own.

use askama::Template;

use super::{Link, Say, Shell, Tone};

/// A refusal shown above a form that keeps what was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// «Mức bồn 480 % không thể đúng.»
    pub sentence: String,
    /// «Đồng hồ này đo bằng mmH2O, bạn có gõ nhầm không?»; may be empty.
    pub next: String,
    /// `OXY-014`, small at the end.
    pub code: String,
    /// Name of the field it is about: it is marked and focused.
    pub field: Option<String>,
    /// What the person may have meant, one button each.
    pub suggestions: Vec<Suggestion>,
}

impl Refusal {
    /// Whether it is about the field of this name.
    pub fn is_about(&self, field: &str) -> bool {
        self.field.as_deref() == Some(field)
    }
}

/// A button that sends the form again with one reading of what was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// «Ý tôi là 310 m³ khí».
    pub text: String,
    /// Value of the field `meant`; the handler made it and understands it.
    pub value: String,
}

/// A short sentence at the head of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The sentence.
    pub sentence: String,
    /// Its tone.
    pub tone: Tone,
}

/// 401, 403, 404, 409, 429, 500 and the like.
#[derive(Template, Clone, Debug)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// HTTP status; `problem-{status}` is the key of its title where the sentence is empty.
    pub status: u16,
    /// What happened; empty takes the words of the status.
    pub sentence: String,
    /// What to do; empty takes the words of the status.
    pub next: String,
    /// Small at the end.
    pub code: String,
    /// Who has the right (403).
    pub holders: Vec<Holder>,
    /// Where to go.
    pub links: Vec<Link>,
}

impl ProblemPage {
    /// What happened, in the words of the handler or of the status.
    pub fn title(&self) -> String {
        self.own_words(&self.sentence, "")
    }

    /// What to do, in the words of the handler or of the status.
    pub fn advice(&self) -> String {
        self.own_words(&self.next, ".next")
    }

    fn own_words(&self, given: &str, attribute: &str) -> String {
        let known = match self.status {
            401 | 403 | 404 | 409 | 413 | 429 | 503 => self.status,
            _ => 500,
        };
        if given.is_empty() { self.t.say(&format!("problem-{known}{attribute}")) } else { given.to_owned() }
    }
}

/// Who may do it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// «Tổ điều phối oxy tỉnh».
    pub name: String,
    /// How to reach them.
    pub phone: Option<super::Phone>,
}
