//! All areas of the country with the days they were valid, and questions about a day.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::civil::{Date, date};

use super::search::Index;
use super::{Area, AreaCode, AreaKey, Level};

/// How well the book knows the areas of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The day lies inside a known state.
    Known,
    /// The day lies before the first state, which is shown instead: "or earlier".
    OrEarlier {
        /// The first day that the book knows.
        first: Date,
    },
    /// The day lies between two known states; the days of the changes between are not recorded.
    Between {
        /// Last day of the state before.
        after: Date,
        /// First day of the state after.
        before: Date,
    },
}

/// The register of areas. Made once at start, then only read.
#[derive(Debug)]
pub struct AreaBook {
    /// Sorted by code, then by first day.
    pub(super) areas: Vec<Area>,
    pub(super) below: HashMap<AreaCode, Vec<u32>>,
    /// Stretches that are known, by first and last day; an open end lasts.
    known: Vec<(Date, Option<Date>)>,
    first: Date,
    /// Days on which areas of a level ended with recorded successors.
    pub(super) reuse_days: HashSet<(Date, Level)>,
    pub(super) index: OnceLock<Index>,
}

impl AreaBook {
    /// A book of areas, say of an imported file: every state between its days is known.
    pub fn from_rows(areas: Vec<Area>) -> Self {
        let first = areas.iter().map(|area| area.valid_from).min().unwrap_or(date(2021, 11, 1));
        Self::new(areas, vec![(first, None)])
    }

    pub(super) fn new(mut areas: Vec<Area>, known: Vec<(Date, Option<Date>)>) -> Self {
        areas.sort_by_key(Area::key);
        let mut below: HashMap<AreaCode, Vec<u32>> = HashMap::new();
        for (place, area) in (0_u32..).zip(&areas) {
            if let Some(parent) = area.parent {
                below.entry(parent).or_default().push(place);
            }
        }
        let first = areas.iter().map(|area| area.valid_from).min().unwrap_or(date(2021, 11, 1));
        let reuse_days = areas
            .iter()
            .filter(|area| !area.successors.is_empty())
            .filter_map(|area| Some((area.valid_to?, area.level)))
            .collect();
        Self { areas, below, known, first, reuse_days, index: OnceLock::new() }
    }

    /// Every area of every time, by code and first day.
    pub fn all(&self) -> &[Area] {
        &self.areas
    }

    /// The first day the book knows; earlier days are answered with it.
    pub const fn first_day(&self) -> Date {
        self.first
    }

    /// How well a day is known.
    pub fn standing(&self, day: Date) -> Standing {
        if day < self.first {
            return Standing::OrEarlier { first: self.first };
        }
        let mut after = self.first;
        for (from, last) in &self.known {
            if day < *from {
                return Standing::Between { after, before: *from };
            }
            match last {
                Some(last) if day > *last => after = *last,
                _ => return Standing::Known,
            }
        }
        Standing::Known
    }

    /// The day whose state answers for a day: itself, or the first known one.
    pub(super) fn answered_by(&self, day: Date) -> Date {
        day.max(self.first)
    }

    /// What a code meant on a day.
    pub fn on(&self, code: AreaCode, day: Date) -> Option<&Area> {
        let day = self.answered_by(day);
        self.lives(code).iter().find(|area| area.valid_on(day))
    }

    /// The area of a key.
    pub fn get(&self, key: AreaKey) -> Option<&Area> {
        let place = self.areas.binary_search_by_key(&key, Area::key).ok()?;
        self.areas.get(place)
    }

    /// Everything a code has meant, oldest first.
    pub fn lives(&self, code: AreaCode) -> &[Area] {
        let start = self.areas.partition_point(|area| area.code < code);
        let end = self.areas.partition_point(|area| area.code <= code);
        &self.areas[start..end]
    }

    /// All areas of a level on a day, by code.
    pub fn level_on(&self, level: Level, day: Date) -> impl Iterator<Item = &Area> {
        let day = self.answered_by(day);
        self.areas.iter().filter(move |area| area.level == level && area.valid_on(day))
    }

    /// How many provinces, districts and communes there were on a day.
    pub fn counts(&self, day: Date) -> [usize; 3] {
        [Level::Province, Level::District, Level::Commune].map(|level| self.level_on(level, day).count())
    }

    /// Areas directly below one on a day, by code.
    pub fn children(&self, code: AreaCode, day: Date) -> impl Iterator<Item = &Area> {
        let day = self.answered_by(day);
        let places = self.below.get(&code).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.areas.get(*place as usize)).filter(move |area| area.valid_on(day))
    }

    /// All areas of a level inside one on a day, itself included when it is of that level.
    pub fn within(&self, code: AreaCode, level: Level, day: Date) -> Vec<&Area> {
        let mut found = Vec::new();
        let mut open: Vec<&Area> = self.on(code, day).into_iter().collect();
        while let Some(area) = open.pop() {
            if area.level == level {
                found.push(area);
            } else {
                // Rows that turn the levels around must not loop.
                open.extend(self.children(area.code, day).filter(|child| child.level > area.level));
            }
        }
        found.sort_by_key(|area| area.code);
        found
    }

    /// The area and everything above it on a day, itself first. Empty when the code meant nothing then.
    pub fn chain(&self, code: AreaCode, day: Date) -> Vec<&Area> {
        let mut chain: Vec<&Area> = Vec::with_capacity(3);
        let mut next = Some(code);
        while let Some(area) = next.and_then(|code| self.on(code, day)) {
            // Levels fall from commune to province; a file that says otherwise must not loop.
            if chain.last().is_some_and(|below| below.level <= area.level) {
                break;
            }
            next = area.parent;
            chain.push(area);
        }
        chain
    }

    /// Whether one area lay inside another (or is it) on a day: the scope test of rights.
    pub fn inside(&self, inner: AreaCode, outer: AreaCode, day: Date) -> bool {
        self.chain(inner, day).iter().any(|area| area.code == outer)
    }

    /// The province of an area on a day.
    pub fn province_of(&self, code: AreaCode, day: Date) -> Option<&Area> {
        self.chain(code, day).into_iter().find(|area| area.level == Level::Province)
    }

    /// «Xã An Biên, Huyện An Biên, Tỉnh Kiên Giang»: an area as it is always shown.
    pub fn label(&self, code: AreaCode, day: Date) -> String {
        let names: Vec<&str> = self.chain(code, day).iter().map(|area| &*area.name).collect();
        names.join(", ")
    }

    /// Whether the country had districts on a day; since 1/7/2025 it has none.
    pub fn has_districts(&self, day: Date) -> bool {
        self.level_on(Level::District, day).next().is_some()
    }

    /// The first day without districts, when the book holds their end.
    pub fn districts_end(&self) -> Option<Date> {
        let districts = || self.areas.iter().filter(|area| area.level == Level::District);
        if districts().any(|area| area.valid_to.is_none()) {
            return None;
        }
        districts().filter_map(|area| area.valid_to).max()
    }
}
