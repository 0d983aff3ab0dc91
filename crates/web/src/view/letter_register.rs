//! The register of letters, and the stamp of a letter that came.

use askama::Template;

use super::{Choice, Link, Say, Shell, Tone};

/// GET /van-ban/so.
#[derive(Template)]
#[template(path = "letter_register.html")]
pub struct LetterRegister {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// How many letters were found.
    pub sentence: String,
    /// How many tasks there are; what is looked for.
    pub about: String,
    /// Other pages.
    pub links: Vec<Link>,
    /// What was typed.
    pub words: String,
    /// Words of the issuer.
    pub issuer: String,
    /// Years that there are.
    pub years: Vec<Choice>,
    /// Kinds that there are.
    pub kinds: Vec<Choice>,
    /// Where it stands.
    pub standings: Vec<Choice>,
    /// Which way it went.
    pub directions: Vec<Choice>,
    /// Only those with open tasks.
    pub open_tasks: bool,
    /// Whether anything but words is asked for: then the filters are open.
    pub filtered: bool,
    /// What was found.
    pub lines: Vec<RegisterLine>,
    /// Where the next page is; empty after the last.
    pub next: String,
    /// Back to the first page; empty there.
    pub first: String,
}

/// A letter in the register.
#[derive(Debug, Clone, Default)]
pub struct RegisterLine {
    /// Its number, or that it has none.
    pub number: String,
    /// Its page.
    pub href: String,
    /// «đến số 12», «đi».
    pub way: String,
    /// Its day.
    pub date: String,
    /// Who issued it, or who signed it for us.
    pub issuer: String,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub standing: String,
    /// The colour of that.
    pub tone: Tone,
    /// How many tasks.
    pub tasks: String,
}

/// GET /van-ban/{id}/dau-den: the stamp of arrival, to be printed on the letter.
#[derive(Template)]
#[template(path = "letter_stamp.html")]
pub struct LetterStamp {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// What it is the stamp of.
    pub sentence: String,
    /// Whose stamp.
    pub office: String,
    /// «Số đến».
    pub number: String,
    /// «Ngày đến».
    pub day: String,
    /// «Giờ».
    pub hour: String,
    /// «Chuyển»: to whom.
    pub passed_to: String,
    /// Back to the letter.
    pub back: String,
}
