//! What a pasted message says: «BV Số 3 còn 2,1 khối, dùng 400 chai/ngày, 18h» (OX07, OX13).
//!
//! Lives here: from the words of a message to *proposed* figures, each with its place in the text, and
//! questions about everything that is not certain. Not here: who may confirm it, what is recorded (`desk`),
//! how the questions are worded (`locale`).
//!
//! The rule of this module: nothing is guessed. A number without its unit, two hospitals in one text, a
//! volume that may be liquid or gas, two figures that contradict each other: each becomes a [`Question`]
//! and no figure. What is understood is still only proposed; a person confirms it.
//!
//! The steps, in order, each taking the words it has understood away from the next: telephone numbers,
//! the facility, time and speaker, people (patients by device, waiting), then vessels.

mod counted;
mod figures;
mod people;
mod rest;
mod short;
mod stores;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
mod when;
mod whom;
mod words;

use std::ops::Range;

use place::FacilityId;
use quantity::{Moment, Unit};
use serde::{Deserialize, Serialize};

pub use short::{NotShort, Short, read_short};

use crate::{Device, Settings, Store, StoreId};
use words::Text;

/// Bytes of a text that are read; a longer one is cut here and asked about.
pub const LONGEST: usize = 8_000;

/// A facility that a message may mean.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// Which.
    pub id: FacilityId,
    /// Its short code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its stores on the day of the message.
    pub stores: Vec<&'a Store>,
}

/// A place in the text, in bytes.
pub type Place = Range<usize>;

/// What a message is understood to say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The facility, when exactly one is meant.
    pub facility: Option<Found<FacilityId>>,
    /// What was understood, in the order of the text.
    pub figures: Vec<Figure>,
    /// When it was so, when the text says it exactly.
    pub at: Option<Found<Moment>>,
    /// Who said it.
    pub told_by: Option<Found<String>>,
    /// What must be asked before anything is recorded.
    pub questions: Vec<Question>,
    /// What was understood but is no reading: deliveries, needs, sizes.
    pub asides: Vec<Aside>,
}

/// Something and its place in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found<T> {
    /// What.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// One proposed figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it says.
    pub said: Said,
    /// Where it stands: the number with its unit.
    pub place: Place,
    /// «khoảng», «gần», «hơn» stands before it.
    pub about: bool,
}

/// The words of a number and what it is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// As a Vietnamese form takes it: `2,1`.
    pub text: String,
    /// Its value in the unit that stands beside it.
    pub value: f64,
}

/// What a figure says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// What the gauge of a tank or dewar shows.
    Level {
        /// Which, when it is certain.
        store: Option<StoreId>,
        /// How much.
        amount: Amount,
        /// In which unit.
        unit: Unit,
    },
    /// Cylinders of one size in one condition.
    Cylinders {
        /// Which store of cylinders, when it is certain.
        store: Option<StoreId>,
        /// In which condition.
        condition: Condition,
        /// How many.
        count: u32,
    },
    /// Used in a day. Not recorded as a reading: the desk compares it with the rate from the gauge.
    UsedPerDay {
        /// How much.
        amount: Amount,
        /// In which unit.
        unit: Unit,
    },
    /// Patients on a device.
    Patients {
        /// Which.
        device: Device,
        /// How many.
        count: u32,
    },
    /// People who wait for a bed or for oxygen. Zero was said, not assumed.
    Waiting {
        /// How many.
        count: u32,
    },
}

/// What a cylinder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Đầy.
    Full,
    /// Đang dùng dở.
    Part,
    /// Vỏ, rỗng.
    Empty,
    /// Hỏng.
    Damaged,
}

/// Understood, but not a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// Where it stands.
    pub place: Place,
}

/// What an aside is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// A telephone number.
    Phone,
    /// Came, went or was filled: entered as a delivery.
    Delivery,
    /// Asked for.
    Need,
    /// How large a vessel is.
    Size,
    /// How long it is said to last.
    Lasting,
    /// Something else that is counted: SpO2, staff, machines.
    Other,
}

/// What must be asked. Each has its words in `locales/` under `inbox-ask-…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Question {
    /// Which facility? The text names none.
    NoFacility,
    /// Words that begin like a facility's name are the name of none.
    UnknownFacility {
        /// Where.
        place: Place,
    },
    /// The words fit several facilities.
    WhichFacility {
        /// Where.
        place: Place,
        /// Those.
        facilities: Vec<FacilityId>,
    },
    /// Two or more facilities in one text: whose figures are these?
    SeveralFacilities {
        /// Those, in the order of the text.
        facilities: Vec<Found<FacilityId>>,
    },
    /// A number without unit.
    NoUnit {
        /// Where.
        place: Place,
    },
    /// `1,200` may be twelve hundred or one and a fifth.
    TwoNumbers {
        /// Where.
        place: Place,
    },
    /// A volume that may be liquid or gas.
    LiquidOrGas {
        /// Where.
        place: Place,
    },
    /// The facility has several tanks, or none.
    WhichVessel {
        /// Where.
        place: Place,
    },
    /// The figure cannot be true of its vessel, or its gauge is read in another unit.
    NotOfThisVessel {
        /// Where.
        place: Place,
        /// Which.
        store: StoreId,
        /// Code of the reason.
        code: String,
    },
    /// Is that the size of the tank or what is in it?
    LevelOrSize {
        /// Where.
        place: Place,
    },
    /// Two figures for one thing.
    Contradiction {
        /// The first.
        first: Place,
        /// The second.
        second: Place,
    },
    /// Full ones or shells?
    FullOrEmpty {
        /// Where.
        place: Place,
    },
    /// On which device do they breathe?
    WhichDevice {
        /// Where.
        place: Place,
    },
    /// In which time was it used?
    UsedInWhatTime {
        /// Where.
        place: Place,
    },
    /// «sáng nay»: at what hour?
    WhatHour {
        /// Where.
        place: Place,
    },
    /// The hour has not come yet.
    LaterThanNow {
        /// Where.
        place: Place,
    },
    /// The text says that there is nothing left: call at once.
    SaysEmpty {
        /// Where.
        place: Place,
    },
    /// The text is longer than is read.
    TooLong,
    /// No figure was understood.
    NoFigure,
}

impl Question {
    /// The place in the text that it is about; the first of several.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NoFacility | Self::TooLong | Self::NoFigure => None,
            Self::SeveralFacilities { facilities } => facilities.first().map(|found| &found.place),
            Self::Contradiction { first, .. } => Some(first),
            Self::UnknownFacility { place }
            | Self::WhichFacility { place, .. }
            | Self::NoUnit { place }
            | Self::TwoNumbers { place }
            | Self::LiquidOrGas { place }
            | Self::WhichVessel { place }
            | Self::NotOfThisVessel { place, .. }
            | Self::LevelOrSize { place }
            | Self::FullOrEmpty { place }
            | Self::WhichDevice { place }
            | Self::UsedInWhatTime { place }
            | Self::WhatHour { place }
            | Self::LaterThanNow { place }
            | Self::SaysEmpty { place } => Some(place),
        }
    }
}

/// Reads a message that was received at a moment. `meant` is the facility that somebody has chosen:
/// then names in the text no longer decide.
pub fn read(
    text: &str,
    received_at: Moment,
    candidates: &[Candidate<'_>],
    meant: Option<FacilityId>,
    settings: &Settings,
) -> Reading {
    let mut reading = Reading::default();
    let (text, cut) = shortened(text);
    let mut text = Text::of(text);
    rest::phones(&mut text, &mut reading);
    whom::facility(&mut text, candidates, meant, &mut reading);
    when::time(&mut text, received_at, &mut reading);
    whom::speaker(&text, &mut reading);
    people::people(&mut text, &mut reading);
    let chosen = meant.or(reading.facility.as_ref().map(|found| found.value));
    let stores = candidates.iter().find(|candidate| Some(candidate.id) == chosen).map(|found| &found.stores[..]);
    figures::vessels(&mut text, stores, settings, &mut reading);
    rest::empty(&text, &mut reading);
    rest::without_unit(&text, &mut reading);
    rest::contradictions(stores, settings, &mut reading);
    reading.figures.sort_by_key(|figure| figure.place.start);
    if cut {
        reading.questions.push(Question::TooLong);
    }
    if reading.figures.is_empty() && !reading.questions.iter().any(|question| question.place().is_some()) {
        reading.questions.push(Question::NoFigure);
    }
    reading
}

fn shortened(text: &str) -> (&str, bool) {
    if text.len() <= LONGEST {
        return (text, false);
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (&text[..end], true)
}
