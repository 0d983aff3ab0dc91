//! A meeting (DT19): when, where, under whom, who came, which reports were heard, what was concluded.

use place::{BodyId, PersonId};
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::letters::Directive;
use crate::record::{Record, RecordId};

/// Somebody who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// As it was written.
    pub name: String,
    /// The person of the register of posts, where the name is one person's only.
    pub person: Option<PersonId>,
    /// The body, where the name is a body's.
    pub body: Option<BodyId>,
}

/// A report that was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Who reported.
    pub by: String,
    /// About what.
    pub about: String,
    /// The report's file: SHA-256 in hexadecimal, under which it is kept; with its name.
    pub file: Option<(String, String)>,
}

/// Where a meeting's record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Being written: nothing has gone out.
    Draft,
    /// Its conclusions are given out.
    Confirmed,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Where it stands.
    pub standing: Standing,
    /// What it was about, «Họp giao ban công tác oxy y tế».
    pub subject: String,
    /// When it began.
    pub held_at: Moment,
    /// Where.
    pub place: String,
    /// Who was in the chair, with his post.
    pub chair: String,
    /// Who came.
    pub attendees: Vec<Attendee>,
    /// Reports heard, in their order.
    pub heard: Vec<Heard>,
    /// What the meeting found of the situation; may be empty.
    pub assessment: String,
    /// Its conclusions, in their order.
    pub conclusions: Vec<Line>,
    /// Who confirmed them, and when.
    pub confirmed: Option<(String, Moment)>,
    /// The letter or notice that it led to: its number as written, and the letter where it is in the register.
    pub led_to: Option<(String, Option<RecordId<Directive>>)>,
    /// Who wrote it down.
    pub written_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Meeting {
    const KIND: &'static str = "meeting";

    fn is_open(&self) -> bool {
        self.standing == Standing::Draft
    }
}

/// The key of a meeting.
pub type MeetingId = RecordId<Meeting>;
