//! Letters that go out, put together from records: reminder, report on a letter's implementation, child letter, dispatch
//! order, conclusion notice, plan. Each composer takes plain facts and gives an [`OfficialDocument`]; nothing is read,
//! stored or signed here.
//!
//! Lives here: what each paper says and in which order ([`reminder`], [`implementation`], [`child`], [`dispatch`],
//! [`conclusion`], [`plan`], [`quarter`]), its wording as data ([`wording`]), what is missing before it may go to the leader
//! ([`check`]), the kinds that are written by hand ([`kinds`]), a paper as text that a person edits ([`text`]), the file of `letter write` ([`mod@file`]).
//! Not here: how a page looks (`document::official`), the way of a paper to its signature
//! (`operations::papers::draft_letter`), which records the facts come from (whoever calls).
//!
//! Pure: the day is an argument. Nothing is invented: what a record does not tell is said to be missing.
//!
//! ```
//! use desk::letters_out::{Cited, Writer, reminder::{BodyTasks, Reminder}};
//! let reminder = Reminder {
//!     writer: Writer { issuer: "Sở Y tế".into(), issuer_code: "SYT".into(), place: "An Giang".into(), ..Writer::default() },
//!     letter: Cited { kind: "Công văn".into(), number: "3183/SYT-KHTC".into(), ..Cited::default() },
//!     bodies: vec![BodyTasks { body: "Bệnh viện Hải Âu".into(), ..BodyTasks::default() }],
//!     ..Reminder::default()
//! };
//! assert_eq!(desk::letters_out::reminder::compose(&reminder).unwrap().recipients, ["Bệnh viện Hải Âu"]);
//! ```

pub mod check;
pub mod child;
pub mod conclusion;
pub mod dispatch;
mod facts;
pub mod file;
pub mod implementation;
pub mod kinds;
pub mod plan;
mod problem;
pub mod quarter;
pub mod reminder;
#[cfg(test)]
mod samples;
pub mod text;
pub mod wording;

pub use document::official::OfficialDocument;
pub use facts::{Cited, Due, TaskLine, TaskState, Tone, Writer};
pub use problem::NotComposed;
