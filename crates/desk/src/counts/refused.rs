//! Why counts are not written down.

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

use crate::failure::Failure;

/// Why a figure is refused. Each has its sentence and next step in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing was told.
    #[error("DEM-001: no figure")]
    Nothing,
    /// No place of that code or name, in the actor's scope and on that day.
    #[error("DEM-002: no place is called {typed} on {day}")]
    UnknownPlace {
        /// As typed.
        typed: String,
        /// The day.
        day: Date,
    },
    /// More than one place of that name.
    #[error("DEM-003: several places are called {typed}")]
    SeveralPlaces {
        /// As typed.
        typed: String,
    },
    /// The area was not there on that day: codes are given anew.
    #[error("DEM-004: {place} was not there on {day}")]
    NotOnThatDay {
        /// The place.
        place: String,
        /// The day.
        day: Date,
    },
    /// A day that is still to come.
    #[error("DEM-005: {day} is still to come")]
    StillToCome {
        /// The day.
        day: Date,
    },
    /// Told before it happened.
    #[error("DEM-006: told on {reported_on}, before {day}")]
    ToldBefore {
        /// The day of the events.
        day: Date,
        /// The day on which it was told.
        reported_on: Date,
    },
    /// A week that does not end on a Saturday.
    #[error("DEM-007: {day} is no Saturday")]
    NotASaturday {
        /// The day.
        day: Date,
    },
    /// Two figures of one place.
    #[error("DEM-008: two figures of {place}")]
    Twice {
        /// The place.
        place: String,
    },
    /// Fewer than nobody.
    #[error("DEM-009: {count} is negative")]
    Negative {
        /// As told.
        count: i64,
    },
    /// More than any place of its kind has people.
    #[error("DEM-010: {count} is more than {most}")]
    TooMany {
        /// As told.
        count: i64,
        /// The most.
        most: i64,
    },
    /// A correction of what nobody told.
    #[error("DEM-011: {place} has no figure to correct")]
    NothingToCorrect {
        /// The place.
        place: String,
    },
    /// A correction takes more away than there is.
    #[error("DEM-012: {standing} cannot be lowered by {by}")]
    BelowNobody {
        /// What stands.
        standing: u32,
        /// What is taken away.
        by: i64,
    },
    /// Something newer is known.
    #[error("DEM-013: {place} has a figure told on {known}")]
    NewerIsKnown {
        /// The place.
        place: String,
        /// The day on which what stands was told.
        known: Date,
    },
    /// Far above the days before: said once more, it is taken.
    #[error("DEM-014: {count} is far above the {usual} of the days before")]
    Surprising {
        /// As told.
        count: i64,
        /// The most of the fourteen days before.
        usual: u32,
    },
    /// What was typed is no whole number.
    #[error("DEM-015: {typed} is no whole number")]
    NotANumber {
        /// As typed.
        typed: String,
    },
}

impl Refused {
    /// As the failure of an operation.
    pub fn failure(self) -> Failure {
        Failure::refused(self)
    }
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "DEM-001",
            Self::UnknownPlace { .. } => "DEM-002",
            Self::SeveralPlaces { .. } => "DEM-003",
            Self::NotOnThatDay { .. } => "DEM-004",
            Self::StillToCome { .. } => "DEM-005",
            Self::ToldBefore { .. } => "DEM-006",
            Self::NotASaturday { .. } => "DEM-007",
            Self::Twice { .. } => "DEM-008",
            Self::Negative { .. } => "DEM-009",
            Self::TooMany { .. } => "DEM-010",
            Self::NothingToCorrect { .. } => "DEM-011",
            Self::BelowNobody { .. } => "DEM-012",
            Self::NewerIsKnown { .. } => "DEM-013",
            Self::Surprising { .. } => "DEM-014",
            Self::NotANumber { .. } => "DEM-015",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::UnknownPlace { typed, day } => vec![("typed", typed.clone()), ("day", show_date(*day))],
            Self::SeveralPlaces { typed } | Self::NotANumber { typed } => vec![("typed", typed.clone())],
            Self::NotOnThatDay { place, day } => vec![("place", place.clone()), ("day", show_date(*day))],
            Self::StillToCome { day } | Self::NotASaturday { day } => vec![("day", show_date(*day))],
            Self::ToldBefore { day, reported_on } => {
                vec![("day", show_date(*day)), ("reported", show_date(*reported_on))]
            }
            Self::Twice { place } | Self::NothingToCorrect { place } => vec![("place", place.clone())],
            Self::Negative { count } => vec![("count", count.to_string())],
            Self::TooMany { count, most } => vec![("count", count.to_string()), ("most", most.to_string())],
            Self::BelowNobody { standing, by } => vec![("standing", standing.to_string()), ("by", by.to_string())],
            Self::NewerIsKnown { place, known } => vec![("place", place.clone()), ("known", show_date(*known))],
            Self::Surprising { count, usual } => vec![("count", count.to_string()), ("usual", usual.to_string())],
        }
    }
}
