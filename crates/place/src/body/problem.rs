//! What can be wrong with bodies, facilities, posts and addressees.

use jiff::civil::Date;
use quantity::{Coded, time::show_date};

/// Why a question about a body has no answer, or a row about it is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Unknown, not yet founded, or already closed.
    #[error("PLA-030: no such body on {day}")]
    NotOnThatDay {
        /// The day asked for.
        day: Date,
    },
    /// A facility must treat patients.
    #[error("PLA-031: this kind of body treats no patients")]
    TreatsNoPatients {
        /// Its name.
        name: String,
    },
    /// More oxygen or intensive-care beds than open beds.
    #[error("PLA-032: {part} beds of a kind among {open} open beds")]
    BedsDoNotFit {
        /// Beds of the kind.
        part: u32,
        /// All open beds.
        open: u32,
    },
    /// A post would end before it begins.
    #[error("PLA-033: a post ends before it begins")]
    EndsBeforeItBegins,
    /// Not a phone number.
    #[error("PLA-034: not a phone number")]
    PhoneUnreadable {
        /// As typed.
        phone: String,
    },
}

impl Coded for BodyError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOnThatDay { .. } => "PLA-030",
            Self::TreatsNoPatients { .. } => "PLA-031",
            Self::BedsDoNotFit { .. } => "PLA-032",
            Self::EndsBeforeItBegins => "PLA-033",
            Self::PhoneUnreadable { .. } => "PLA-034",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotOnThatDay { day } => vec![("day", show_date(*day))],
            Self::TreatsNoPatients { name } => vec![("name", name.clone())],
            Self::BedsDoNotFit { part, open } => vec![("part", part.to_string()), ("open", open.to_string())],
            Self::EndsBeforeItBegins => Vec::new(),
            Self::PhoneUnreadable { phone } => vec![("phone", phone.clone())],
        }
    }
}

/// Why an addressee is not expanded. Nothing is ever guessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GroupError {
    /// Some words of the phrase are not understood.
    #[error("PLA-040: the addressee is not understood")]
    NotUnderstood {
        /// The phrase as written.
        phrase: String,
    },
    /// The phrase names districts, and there are none on the day.
    #[error("PLA-041: there are no districts since {since}")]
    NoDistricts {
        /// The phrase as written.
        phrase: String,
        /// The first day without districts.
        since: Date,
    },
    /// One body is meant, and several bear the name.
    #[error("PLA-042: {count} bodies bear this name")]
    Several {
        /// The phrase as written.
        phrase: String,
        /// How many.
        count: usize,
    },
    /// Understood, and the directory holds no such body on the day.
    #[error("PLA-043: no such body in the directory on {day}")]
    Nobody {
        /// The phrase as written.
        phrase: String,
        /// The day asked for.
        day: Date,
    },
    /// The phrase names a province that did not exist on the day or has no command post.
    #[error("PLA-044: no command post for the province named, on {day}")]
    UnknownProvince {
        /// The phrase as written.
        phrase: String,
        /// The day asked for.
        day: Date,
    },
}

impl Coded for GroupError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotUnderstood { .. } => "PLA-040",
            Self::NoDistricts { .. } => "PLA-041",
            Self::Several { .. } => "PLA-042",
            Self::Nobody { .. } => "PLA-043",
            Self::UnknownProvince { .. } => "PLA-044",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotUnderstood { phrase } => vec![("phrase", phrase.clone())],
            Self::NoDistricts { phrase, since } => vec![("phrase", phrase.clone()), ("since", show_date(*since))],
            Self::Several { phrase, count } => vec![("phrase", phrase.clone()), ("count", count.to_string())],
            Self::Nobody { phrase, day } | Self::UnknownProvince { phrase, day } => {
                vec![("phrase", phrase.clone()), ("day", show_date(*day))]
            }
        }
    }
}
