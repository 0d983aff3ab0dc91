//! Provinces that go on in another: the merger of 1/7/2025 and those that come.
//!
//! Lives here: what an old command post has and what becomes of it ([`plan`]), which records travel ([`records`]), which
//! area a place has become ([`place_today`]). Not here: writing it ([`crate::operations::bodies::merge_command_post`]),
//! merging two facilities (`operations::merge_facility`).
//!
//! The old post is closed on a day and stays as it is: ledgers, digests, seals, journal, signed papers. The new one
//! gets its facilities under the same keys, and their ledgers appended once more (`store::transfer`), so that a past
//! day is answered from either.

mod plan;
pub mod records;

pub(crate) use plan::stricter;
pub use plan::{FromPost, Plan, SplitPlace, plan};

use jiff::civil::Date;
use place::{Area, AreaBook, AreaCode, Level};
use quantity::Coded;
use quantity::time::show_date;

use crate::failure::Failure;
use crate::operations::found_command_post::Refused::NotAProvince;

/// Why provinces do not go on in another, or a code is not the place that was meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The code was a province once.
    #[error("MRG-001: {code} was {old} until {ended}")]
    ProvinceEnded {
        /// As typed.
        code: String,
        /// What it was.
        old: String,
        /// First day on which it was no more.
        ended: String,
        /// What it has become.
        now: String,
    },
    /// The province has not become that one.
    #[error("MRG-002: {old} has become {heirs}, not {into}")]
    NotItsHeir {
        /// The old one.
        old: String,
        /// What it has become.
        heirs: String,
        /// What was asked.
        into: String,
    },
    /// Places of facilities that could be several communes today.
    #[error("MRG-003: {count} places were split: {places}")]
    PlacesSplit {
        /// How many.
        count: usize,
        /// Each with its candidates.
        places: String,
    },
    /// It has been merged already, or never was.
    #[error("MRG-004: no open command post {number}")]
    NoOpenPost {
        /// Its number.
        number: i64,
    },
    /// A place was named that is no heir of the old one.
    #[error("MRG-005: {code} is none of {candidates}")]
    NotACandidate {
        /// As typed.
        code: String,
        /// Those that it may be.
        candidates: String,
    },
    /// A commune that was split.
    #[error("MRG-010: {old} was split into {candidates}")]
    CommuneSplit {
        /// What it was.
        old: String,
        /// What it may be.
        candidates: String,
    },
    /// Code and name mean two places.
    #[error("MRG-011: {code} was {known}, not {typed}")]
    NameDiffers {
        /// The code as typed.
        code: String,
        /// The name as typed.
        typed: String,
        /// What the code meant.
        known: String,
        /// On which day.
        on: String,
    },
    /// A name that several places had.
    #[error("MRG-012: {typed} may be {candidates}")]
    NameOfSeveral {
        /// As typed.
        typed: String,
        /// Those that had it.
        candidates: String,
    },
    /// Neither code nor name is known.
    #[error("MRG-013: there was no {typed} on {on}")]
    NoSuchPlace {
        /// As typed.
        typed: String,
        /// On which day.
        on: String,
    },
    /// Its heir lies in another province.
    #[error("MRG-014: {old} is {now} today, outside {province}")]
    Elsewhere {
        /// What it was.
        old: String,
        /// What it is.
        now: String,
        /// The province of the command post.
        province: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::ProvinceEnded { .. } => "MRG-001",
            Self::NotItsHeir { .. } => "MRG-002",
            Self::PlacesSplit { .. } => "MRG-003",
            Self::NoOpenPost { .. } => "MRG-004",
            Self::NotACandidate { .. } => "MRG-005",
            Self::CommuneSplit { .. } => "MRG-010",
            Self::NameDiffers { .. } => "MRG-011",
            Self::NameOfSeveral { .. } => "MRG-012",
            Self::NoSuchPlace { .. } => "MRG-013",
            Self::Elsewhere { .. } => "MRG-014",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let facts: Vec<(&'static str, &String)> = match self {
            Self::ProvinceEnded { code, old, ended, now } => {
                vec![("typed", code), ("old", old), ("ended", ended), ("now", now)]
            }
            Self::NotItsHeir { old, heirs, into } => vec![("old", old), ("heirs", heirs), ("into", into)],
            Self::PlacesSplit { count, places } => {
                return vec![("count", count.to_string()), ("places", places.clone())];
            }
            Self::NoOpenPost { number } => return vec![("number", number.to_string())],
            Self::NotACandidate { code, candidates } => vec![("typed", code), ("candidates", candidates)],
            Self::CommuneSplit { old, candidates } => vec![("old", old), ("candidates", candidates)],
            Self::NameDiffers { code, typed, known, on } => {
                vec![("typed", code), ("name", typed), ("known", known), ("on", on)]
            }
            Self::NameOfSeveral { typed, candidates } => vec![("name", typed), ("candidates", candidates)],
            Self::NoSuchPlace { typed, on } => vec![("name", typed), ("on", on)],
            Self::Elsewhere { old, now, province } => vec![("old", old), ("now", now), ("province", province)],
        };
        facts.into_iter().map(|(name, value)| (name, value.clone())).collect()
    }
}

/// What an area has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// One area.
    One(AreaCode),
    /// Nobody wrote down what.
    Unknown,
    /// Several: which one, only somebody who knows the place can say.
    Several(Vec<AreaCode>),
}

/// What the area of a code, as it was meant on one day, has become by another.
pub fn place_today(areas: &AreaBook, code: AreaCode, meant_on: Date, today: Date) -> Became {
    let Some(area) = areas.on(code, meant_on) else { return Became::Unknown };
    let heirs: Vec<AreaCode> = areas.heirs(area.key(), today).iter().map(|heir| heir.code).collect();
    match heirs[..] {
        [] => Became::Unknown,
        [one] => Became::One(one),
        _ => Became::Several(heirs),
    }
}

/// «Xã An Biên (31018), Xã Đông Thái (31024)», «chưa rõ» where nothing is recorded.
pub(crate) fn named<'a>(areas: impl IntoIterator<Item = &'a Area>) -> String {
    let names: Vec<String> = areas.into_iter().map(|area| format!("{} ({})", area.name, area.code)).collect();
    if names.is_empty() { "chưa rõ".to_owned() } else { names.join(", ") }
}

/// Why no command post of an area can be opened on a day: it was a province once, or never.
pub fn not_a_province(areas: &AreaBook, code: AreaCode, day: Date) -> Failure {
    match province_ended(areas, code, day).filter(|_| code.level() == Level::Province) {
        Some(ended) => Failure::refused(ended),
        None => Failure::refused(NotAProvince { code: code.to_string(), day: show_date(day) }),
    }
}

/// Why a code is no province on a day although it was one before.
fn province_ended(areas: &AreaBook, code: AreaCode, day: Date) -> Option<Refused> {
    let before = areas.lives(code).iter().rev().find(|area| area.valid_to.is_some_and(|end| end <= day))?;
    Some(Refused::ProvinceEnded {
        code: code.to_string(),
        old: before.name.to_string(),
        ended: before.valid_to.map_or_else(String::new, show_date),
        now: named(areas.heirs(before.key(), day)),
    })
}
