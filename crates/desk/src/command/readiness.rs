//! The readiness check «bốn tại chỗ» (PR01): answers with their evidence, and what they add up to.

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use quantity::Id;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// After a year an answer says nothing about tonight.
const YEAR: i32 = 365;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// As asked.
    Yes,
    /// Not wholly.
    Partly,
    /// Not.
    No,
}

impl Met {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|met| met.code() == code)
    }
}

/// The answer to one line for the province or a facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Key of its line in `four-on-the-spot.toml`.
    pub key: String,
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// What was found.
    pub met: Met,
    /// What shows it.
    pub evidence: String,
    /// When somebody looked.
    pub seen_on: Date,
    /// Who looked.
    pub by: String,
}

impl Record for Answer {
    const KIND: &'static str = "readiness_answer";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(super::programme::code_of(&self.key, self.facility))
    }
}

/// How one of the four stands: lines by what was found. Nobody having looked is not «no».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// As asked.
    pub yes: usize,
    /// Not wholly.
    pub partly: usize,
    /// Not.
    pub no: usize,
    /// Nobody has looked within the year.
    pub unknown: usize,
}

impl Tally {
    /// Lines asked.
    pub const fn asked(&self) -> usize {
        self.yes + self.partly + self.no + self.unknown
    }

    /// The share that is as asked, between 0 and 1, a partial answer counting half. `None` where nobody has
    /// looked at anything; what is unknown counts as not there, and is said beside it.
    pub fn score(&self) -> Option<f64> {
        let seen = self.yes + self.partly + self.no;
        (seen > 0).then(|| (self.yes as f64 + 0.5 * self.partly as f64) / self.asked() as f64)
    }

    fn count(&mut self, answer: Option<&Answer>, today: Date) {
        match answer.filter(|answer| is_fresh(answer, today)).map(|answer| answer.met) {
            Some(Met::Yes) => self.yes += 1,
            Some(Met::Partly) => self.partly += 1,
            Some(Met::No) => self.no += 1,
            None => self.unknown += 1,
        }
    }
}

/// Whether an answer is not older than a year.
pub fn is_fresh(answer: &Answer, today: Date) -> bool {
    (today - answer.seen_on).get_days() <= YEAR
}

/// The tally of one of the four over the province and some facilities.
pub fn tally<'a>(
    list: &Checklist,
    group: &str,
    facilities: &[FacilityId],
    answer: impl Fn(&str, Option<FacilityId>) -> Option<&'a Answer>,
    today: Date,
) -> Tally {
    let mut tally = Tally::default();
    for item in list.items.iter().filter(|item| item.group == group) {
        match item.level {
            Asks::Province => tally.count(answer(&item.key, None), today),
            Asks::Facility => {
                facilities.iter().for_each(|facility| tally.count(answer(&item.key, Some(*facility)), today));
            }
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_nobody_looked_at_is_unknown_and_counts_as_not_there() {
        let list = Checklist::four_on_the_spot().unwrap();
        let facility = FacilityId(Id::from_bytes([7; 16]));
        let today = date(2026, 11, 22);
        let answer = |key: &str, met, seen_on| Answer {
            key: key.to_owned(),
            facility: None,
            met,
            evidence: String::new(),
            seen_on,
            by: String::new(),
        };
        let known = [
            answer("command-duty", Met::Yes, date(2026, 5, 1)),
            answer("command-order", Met::Partly, date(2025, 11, 22)),
        ];
        let find = |key: &str, at: Option<FacilityId>| known.iter().find(|one| one.key == key && one.facility == at);
        let command = tally(&list, "command", &[facility], find, today);
        assert_eq!(command, Tally { yes: 1, partly: 1, no: 0, unknown: 1 });
        assert_eq!(command.score(), Some(0.5));
        let later = tally(&list, "command", &[facility], find, date(2026, 11, 23));
        assert_eq!(later.unknown, 2, "an answer older than a year says nothing");
        assert_eq!(tally(&list, "means", &[facility], find, today).score(), None);
    }
}
