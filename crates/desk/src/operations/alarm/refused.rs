//! Why something about alarms, duty and refills is not done.

use quantity::{Coded, Moment};

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The alarm has ended in the meantime.
    #[error("ALM-001: the alarm has ended")]
    Ended,
    /// Somebody else has taken it up.
    #[error("ALM-002: the alarm is taken up already")]
    TakenUp {
        /// Who.
        by: String,
    },
    /// Two shifts at one time.
    #[error("ALM-003: the shift overlaps another")]
    Overlaps {
        /// Who is on duty then.
        who: String,
        /// From.
        from: Moment,
        /// To.
        to: Moment,
    },
    /// It ends before it begins, or lasts too long.
    #[error("ALM-004: the end is not after the beginning")]
    EndsBeforeItBegins,
    /// No name.
    #[error("ALM-005: nobody is named")]
    NobodyNamed,
    /// The phone has no digits, or too many.
    #[error("ALM-006: the phone cannot be read")]
    Phone {
        /// As typed.
        phone: String,
    },
    /// Hours that cannot be read.
    #[error("ALM-007: the hours cannot be read")]
    Hours {
        /// As typed.
        text: String,
    },
    /// A lead time of nothing or of weeks.
    #[error("ALM-008: the lead time is not between 0 and 240 hours")]
    Lead,
    /// The person has left or is away for the shift.
    #[error("ALM-009: the person cannot take the shift")]
    CannotServe {
        /// Who.
        who: String,
    },
    /// An empty note.
    #[error("ALM-010: the note is empty")]
    EmptyNote,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended => "ALM-001",
            Self::TakenUp { .. } => "ALM-002",
            Self::Overlaps { .. } => "ALM-003",
            Self::EndsBeforeItBegins => "ALM-004",
            Self::NobodyNamed => "ALM-005",
            Self::Phone { .. } => "ALM-006",
            Self::Hours { .. } => "ALM-007",
            Self::Lead => "ALM-008",
            Self::CannotServe { .. } => "ALM-009",
            Self::EmptyNote => "ALM-010",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TakenUp { by } => vec![("by", by.clone())],
            Self::Overlaps { who, from, to } => {
                vec![("who", who.clone()), ("from", from.to_string()), ("to", to.to_string())]
            }
            Self::Phone { phone } => vec![("phone", phone.clone())],
            Self::Hours { text } => vec![("text", text.clone())],
            Self::CannotServe { who } => vec![("who", who.clone())],
            _ => Vec::new(),
        }
    }
}

/// Whether a text can be dialled: three to fifteen digits with blanks, dots and signs between them.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && text.chars().all(|sign| sign.is_ascii_digit() || " .-+()".contains(sign))
}
