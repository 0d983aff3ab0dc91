//! Working days of the country: weekends, holidays, and days worked in exchange, year by year as data.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::NormProblem;
use crate::version::day;

/// Nobody is away longer than this at a stretch; a calendar that says otherwise must not loop.
const LONGEST_STRETCH: usize = 60;

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stretch {
    #[serde(deserialize_with = "day")]
    from: Date,
    #[serde(deserialize_with = "day")]
    to: Date,
    name: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(transparent)]
struct Worked(#[serde(deserialize_with = "day")] Date);

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    source: String,
    unconfirmed: bool,
    off: Vec<Stretch>,
    worked: Vec<Worked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Vec<Year>,
}

/// The working days of the years that are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkingDays {
    years: BTreeMap<i16, Year>,
}

impl WorkingDays {
    /// The years as shipped.
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn shipped() -> Result<Self, NormProblem> {
        Self::from_toml("working-days.toml", include_str!("../../../protocols/working-days.toml"))
    }

    /// Years from a text.
    ///
    /// # Errors
    /// [`NormProblem::Malformed`] when it cannot be read, a year stands twice, or a day lies in another year.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NormProblem> {
        let malformed = |cause: String| NormProblem::Malformed { file: file.to_owned(), cause };
        let read: File = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        let mut years = BTreeMap::new();
        for year in read.year {
            let number = year.year;
            let ends = year.off.iter().flat_map(|stretch| [stretch.from, stretch.to]);
            let foreign = ends.chain(year.worked.iter().map(|day| day.0)).find(|day| day.year() != number);
            if let Some(day) = foreign {
                return Err(malformed(format!("{day} does not lie in {number}")));
            }
            if year.off.iter().any(|stretch| stretch.to < stretch.from) {
                return Err(malformed(format!("a stretch of {number} ends before it begins")));
            }
            if years.insert(number, year).is_some() {
                return Err(malformed(format!("{number} stands twice")));
            }
        }
        Ok(Self { years })
    }

    /// Whether a year's holidays are known; otherwise its weekends alone are off.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// Where a year's days stand written, and whether nobody has confirmed them.
    pub fn source_of(&self, year: i16) -> Option<(&str, bool)> {
        self.years.get(&year).map(|year| (year.source.as_str(), year.unconfirmed))
    }

    /// The holiday that a day belongs to.
    pub fn holiday(&self, day: Date) -> Option<&str> {
        let year = self.years.get(&day.year())?;
        year.off.iter().find(|stretch| stretch.from <= day && day <= stretch.to).map(|stretch| stretch.name.as_str())
    }

    /// Whether offices work on a day.
    pub fn is_working(&self, day: Date) -> bool {
        let swapped = self.years.get(&day.year()).is_some_and(|year| year.worked.iter().any(|one| one.0 == day));
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        swapped || (!weekend && self.holiday(day).is_none())
    }

    /// The last working day not after `day` and not before `first`; none where all of them are off.
    pub fn last_between(&self, first: Date, day: Date) -> Option<Date> {
        std::iter::successors(Some(day), |day| day.yesterday().ok())
            .take_while(|day| *day >= first)
            .find(|day| self.is_working(*day))
    }

    /// The first working day after a day.
    pub fn next_after(&self, day: Date) -> Date {
        let days = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
        days.take(LONGEST_STRETCH).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The day that many working days after another.
    pub fn plus(&self, day: Date, working_days: u32) -> Date {
        (0..working_days).fold(day, |day, _| self.next_after(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// DT17: weekends, Tết and swapped days of each year from 2021 to 2026.
    #[test]
    fn the_years_of_the_letters_are_known() {
        let days = WorkingDays::shipped().unwrap();
        for year in 2021..=2026 {
            assert!(days.knows(year));
            let (source, unconfirmed) = days.source_of(year).unwrap();
            assert!(!source.is_empty() && unconfirmed);
        }
        assert!(!days.knows(2027));
        assert!(days.is_working(date(2026, 11, 20)) && !days.is_working(date(2026, 11, 22)), "a Friday and a Sunday");
        assert_eq!(days.holiday(date(2026, 2, 17)), Some("Tết Nguyên đán"));
        assert!(!days.is_working(date(2026, 2, 17)));
        assert!(days.is_working(date(2026, 1, 10)), "a Saturday worked for 2/1");
        assert!(!days.is_working(date(2024, 4, 29)) && days.is_working(date(2024, 5, 4)), "29/4/2024 was swapped");
    }

    #[test]
    fn terms_are_counted_over_tet() {
        let days = WorkingDays::shipped().unwrap();
        assert_eq!(days.plus(date(2026, 2, 13), 1), date(2026, 2, 23), "the Friday before Tết");
        assert_eq!(days.plus(date(2026, 11, 20), 3), date(2026, 11, 25));
        assert_eq!(days.last_between(date(2026, 2, 16), date(2026, 2, 22)), None, "a week wholly off");
        assert_eq!(days.last_between(date(2026, 11, 16), date(2026, 11, 22)), Some(date(2026, 11, 20)));
    }

    #[test]
    fn a_year_twice_or_a_day_of_another_year_is_refused() {
        let year = "[[year]]\nyear=2021\nsource='S'\nunconfirmed=true\noff=[]\nworked=[]\n";
        assert!(WorkingDays::from_toml("w", year).is_ok());
        assert!(WorkingDays::from_toml("w", &format!("{year}{year}")).is_err());
        assert!(WorkingDays::from_toml("w", &year.replace("worked=[]", "worked=[2022-01-01]")).is_err());
        let reversed = year.replace("off=[]", "off=[{from=2021-02-02,to=2021-02-01,name='x'}]");
        assert!(WorkingDays::from_toml("w", &reversed).is_err());
    }

    proptest! {
        /// A term never ends on a day off, and one more day is later.
        #[test]
        fn a_term_ends_on_a_working_day(offset in 0_i64..2_190, count in 1_u32..30) {
            let days = WorkingDays::shipped().unwrap();
            let start = date(2021, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
            let end = days.plus(start, count);
            prop_assert!(days.is_working(end) && end > start);
            prop_assert!(days.plus(start, count + 1) > end);
        }
    }
}
