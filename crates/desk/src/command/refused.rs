//! Why something of the command room is not done.

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

/// A refusal with its code; sentence and next step stand in `locales/`.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A field that must say something says nothing.
    #[error("CMD-001: {field} is empty")]
    Empty {
        /// Its name on the form.
        field: &'static str,
    },
    /// A day that lies ahead, of something that has happened.
    #[error("CMD-002: {day} lies ahead")]
    Ahead {
        /// The day.
        day: Date,
    },
    /// An end before its beginning.
    #[error("CMD-003: {to} lies before {from}")]
    EndsBefore {
        /// Beginning.
        from: Date,
        /// End.
        to: Date,
    },
    /// The list has no such line, or the line asks somebody else.
    #[error("CMD-004: the list has no line {key} for it")]
    NoSuchLine {
        /// As asked.
        key: String,
    },
    /// There is no founding paper yet.
    #[error("CMD-010: the unit has not been founded")]
    NotFounded,
    /// The head is no vice-chair of the people's committee, and nobody says why.
    #[error("CMD-011: the head must be a vice-chair of the people's committee")]
    HeadIsNoViceChair,
    /// The post has its holder.
    #[error("CMD-012: {name} holds the post")]
    PostTaken {
        /// Who.
        name: String,
    },
    /// The notice has been answered already, or another one waits.
    #[error("CMD-013: the notice of {day} is still open")]
    NoticeOpen {
        /// The day it was sent.
        day: Date,
    },
    /// A file that is no PDF and no picture, or is too large.
    #[error("CMD-014: a file of this kind is not kept")]
    BadFile,
    /// Only who reports by courtesy may be hidden.
    #[error("CMD-020: it is a unit of the department")]
    NotByCourtesy,
    /// A group of nobody.
    #[error("CMD-021: a group of no facility")]
    NoFacilities,
    /// A mass that cannot be read or cannot be.
    #[error("CMD-022: {text} is no mass of oxygen")]
    NoMass {
        /// As typed.
        text: String,
    },
    /// Nothing was counted.
    #[error("CMD-030: nothing was counted")]
    NothingCounted,
    /// Done already.
    #[error("CMD-031: it was mended on {day}")]
    MendedAlready {
        /// The day.
        day: Date,
    },
    /// No area of the file is one of the province's.
    #[error("CMD-045: none of {count} outlines belongs to the province")]
    NoAreaOfOurs {
        /// How many outlines the file has.
        count: usize,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "CMD-001",
            Self::Ahead { .. } => "CMD-002",
            Self::EndsBefore { .. } => "CMD-003",
            Self::NoSuchLine { .. } => "CMD-004",
            Self::NotFounded => "CMD-010",
            Self::HeadIsNoViceChair => "CMD-011",
            Self::PostTaken { .. } => "CMD-012",
            Self::NoticeOpen { .. } => "CMD-013",
            Self::BadFile => "CMD-014",
            Self::NotByCourtesy => "CMD-020",
            Self::NoFacilities => "CMD-021",
            Self::NoMass { .. } => "CMD-022",
            Self::NothingCounted => "CMD-030",
            Self::MendedAlready { .. } => "CMD-031",
            Self::NoAreaOfOurs { .. } => "CMD-045",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty { field } => vec![("field", (*field).to_owned())],
            Self::Ahead { day } | Self::NoticeOpen { day } | Self::MendedAlready { day } => {
                vec![("day", show_date(*day))]
            }
            Self::EndsBefore { from, to } => vec![("from", show_date(*from)), ("to", show_date(*to))],
            Self::NoSuchLine { key } => vec![("key", key.clone())],
            Self::PostTaken { name } => vec![("name", name.clone())],
            Self::NoMass { text } => vec![("text", text.clone())],
            Self::NoAreaOfOurs { count } => vec![("count", count.to_string())],
            Self::NotFounded
            | Self::HeadIsNoViceChair
            | Self::BadFile
            | Self::NotByCourtesy
            | Self::NoFacilities
            | Self::NothingCounted => Vec::new(),
        }
    }
}
