//! Why something of the installations is not written down.

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;

use crate::failure::{Failure, Outcome};

/// Why a record is refused. Each has its sentence and next step in `locales/`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// Something that must be said is not.
    #[error("CHN-010: something is missing")]
    Missing,
    /// A figure that is no flow.
    #[error("CHN-011: {text:?} is no flow")]
    NotAFlow {
        /// As typed.
        text: String,
    },
    /// A day that is still to come, for something that has been seen.
    #[error("CHN-012: {on} is still to come")]
    StillToCome {
        /// The day.
        on: Date,
    },
    /// The facility has no such store, or it has no gauge.
    #[error("CHN-013: no such store with a gauge")]
    NoGauge,
    /// A part of something is more than the whole.
    #[error("CHN-014: {part} of {whole}")]
    PartAboveWhole {
        /// The part.
        part: u32,
        /// The whole.
        whole: u32,
    },
    /// A figure outside of what is believable.
    #[error("CHN-015: {text} is not believable")]
    NotBelievable {
        /// The figure.
        text: String,
    },
    /// Another vessel has the number.
    #[error("CHN-016: the number {serial} is taken")]
    SerialTaken {
        /// As typed.
        serial: String,
    },
    /// A number that cannot be used. It says nothing of the vessel that has it: that lies outside the scope.
    #[error("CHN-023: the number {serial} cannot be used")]
    OtherSerial {
        /// As typed.
        serial: String,
    },
    /// The next inspection does not come after the last.
    #[error("CHN-017: {next} is not after {last}")]
    InspectionsReversed {
        /// The last.
        last: Date,
        /// The next.
        next: Date,
    },
    /// A treatment site does not go from this state to that.
    #[error("CHN-018: a site does not go from {from} to {to}")]
    NoSuchStep {
        /// Stable name.
        from: &'static str,
        /// Stable name.
        to: &'static str,
    },
    /// What is closed or dropped needs its reason.
    #[error("CHN-019: the reason is missing")]
    NoReason,
    /// The chart ends above what the tank can hold.
    #[error("CHN-020: the chart ends at {end}, the tank holds {capacity}")]
    ChartAboveTank {
        /// End of the chart.
        end: String,
        /// What the tank holds.
        capacity: String,
    },
    /// The record is closed.
    #[error("CHN-021: it is closed already")]
    Closed,
    /// A day before the one that stands already.
    #[error("CHN-022: {on} is before {since}")]
    BeforeTheLast {
        /// The day given.
        on: Date,
        /// The day that stands.
        since: Date,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "CHN-010",
            Self::NotAFlow { .. } => "CHN-011",
            Self::StillToCome { .. } => "CHN-012",
            Self::NoGauge => "CHN-013",
            Self::PartAboveWhole { .. } => "CHN-014",
            Self::NotBelievable { .. } => "CHN-015",
            Self::SerialTaken { .. } => "CHN-016",
            Self::OtherSerial { .. } => "CHN-023",
            Self::InspectionsReversed { .. } => "CHN-017",
            Self::NoSuchStep { .. } => "CHN-018",
            Self::NoReason => "CHN-019",
            Self::ChartAboveTank { .. } => "CHN-020",
            Self::Closed => "CHN-021",
            Self::BeforeTheLast { .. } => "CHN-022",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAFlow { text } | Self::NotBelievable { text } => vec![("text", text.clone())],
            Self::StillToCome { on } => vec![("on", show_date(*on))],
            Self::PartAboveWhole { part, whole } => vec![("part", part.to_string()), ("whole", whole.to_string())],
            Self::SerialTaken { serial } | Self::OtherSerial { serial } => vec![("serial", serial.clone())],
            Self::InspectionsReversed { last, next } => vec![("last", show_date(*last)), ("next", show_date(*next))],
            Self::NoSuchStep { from, to } => vec![("from", (*from).to_owned()), ("to", (*to).to_owned())],
            Self::ChartAboveTank { end, capacity } => vec![("end", end.clone()), ("capacity", capacity.clone())],
            Self::BeforeTheLast { on, since } => vec![("on", show_date(*on)), ("since", show_date(*since))],
            Self::Missing | Self::NoGauge | Self::NoReason | Self::Closed => Vec::new(),
        }
    }
}

impl Refused {
    /// As the failure of an operation.
    pub(crate) fn failure(self) -> Failure {
        Failure::refused(self)
    }
}

/// Words that must be said: trimmed, at most 200 signs.
pub(crate) fn needed(text: &str) -> Outcome<String> {
    let kept: String = text.trim().chars().filter(|sign| !sign.is_control()).take(200).collect();
    if kept.is_empty() { Err(Refused::Missing.failure()) } else { Ok(kept) }
}

/// Words that may be left out.
pub(crate) fn optional(text: Option<String>) -> Option<String> {
    text.and_then(|text| needed(&text).ok())
}

/// That a day has come.
pub(crate) fn has_come(on: Date, today: Date) -> Outcome<()> {
    if on > today { Err(Refused::StillToCome { on }.failure()) } else { Ok(()) }
}

/// That a figure is not negative, is a number, and is at most so much.
pub(crate) fn believable(figure: Option<f64>, at_most: f64) -> Outcome<()> {
    match figure {
        Some(figure) if !(0.0..=at_most).contains(&figure) => {
            Err(Refused::NotBelievable { text: quantity::show_number(figure, 1) }.failure())
        }
        _ => Ok(()),
    }
}

/// That a part is not more than its whole, where both are known.
pub(crate) fn within(part: Option<u32>, whole: Option<u32>) -> Outcome<()> {
    match (part, whole) {
        (Some(part), Some(whole)) if part > whole => Err(Refused::PartAboveWhole { part, whole }.failure()),
        _ => Ok(()),
    }
}
