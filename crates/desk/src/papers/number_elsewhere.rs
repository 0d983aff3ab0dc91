//! Numbers that the document system gave: taken over into the register without holes and without doubles.
//!
//! A paper that is signed in the document system gets its number there. Where that is the next number of our register,
//! nothing is to be said. Where it is a later one, the numbers between were given there to papers that this register does
//! not know; that is written down ([`NumbersElsewhere`]), on the clerk's word, so that every number up to the last is
//! accounted for. A number that one of our papers has is never given again.

use jiff::civil::Date;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::number::{Asked, NumberGiven, NumberSeries};
use crate::exchange::refused::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::Record;

/// More numbers than this are not given in one leap: it is a slip of the pen.
const LEAP: i64 = 20_000;

/// Some numbers given elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The first.
    pub from: i64,
    /// The last.
    pub to: i64,
    /// When this was written down.
    pub at: Moment,
    /// On whose word.
    pub by: String,
}

/// The numbers of a body, kind and year that the document system gave to papers which are not in this register.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NumbersElsewhere {
    /// «SYT/BC/2026».
    pub series: String,
    /// In the order in which they were written down; none overlaps another.
    pub ranges: Vec<Range>,
    /// Numbers in them that turned out to belong to papers of ours.
    #[serde(default)]
    pub found: Vec<i64>,
}

impl Record for NumbersElsewhere {
    const KIND: &'static str = "paper_numbers_elsewhere";

    fn code(&self) -> Option<String> {
        Some(self.series.clone())
    }
}

impl NumbersElsewhere {
    /// Whether a number is one that another paper has there.
    pub fn holds(&self, number: i64) -> bool {
        self.ranges.iter().any(|range| (range.from..=range.to).contains(&number)) && !self.found.contains(&number)
    }

    /// How many numbers that are.
    pub fn count(&self) -> i64 {
        let all: i64 = self.ranges.iter().map(|range| range.to - range.from + 1).sum();
        all - i64::try_from(self.found.len()).unwrap_or_default()
    }
}

/// What a number means for a register that has come to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next one.
    Next,
    /// Later: those from here up to the one before were given elsewhere.
    Ahead(i64),
    /// Earlier.
    Behind,
    /// None that can be.
    Impossible,
}

/// How a number stands to the register.
pub const fn step(last: i64, number: i64) -> Step {
    if number < 1 || number > last + LEAP {
        Step::Impossible
    } else if number == last + 1 {
        Step::Next
    } else if number > last {
        Step::Ahead(last + 1)
    } else {
        Step::Behind
    }
}

/// The number of a paper as it stands on it, «12/BC-SYT», and what stands behind it.
pub fn parted(text: &str) -> Option<(i64, String)> {
    let plain: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    let number = plain[..digits].parse().ok().filter(|_| digits <= 6)?;
    let mark = plain[digits..].strip_prefix(['/', '-'])?;
    (!mark.is_empty()).then(|| (number, mark.to_owned()))
}

impl Desk<'_, '_> {
    /// Takes the number over that a paper got in the document system on a day. `asked.mark` is what stands behind it
    /// there; `word` is the clerk's word that the register may leap to it.
    pub fn take_number_over(&mut self, asked: &Asked<'_>, text: &str, day: Date, word: bool) -> Outcome<()> {
        let bad = || Failure::refused(Refused::BadNumber { number: text.to_owned() });
        let (number, _) = parted(text).ok_or_else(bad)?;
        let series = format!("{}/{}/{}", asked.issuer_code, asked.symbol, day.year());
        let before = self.record_of_code::<NumberSeries>(&series)?;
        let last = before.as_ref().map_or(0, |before| before.content.last);
        let needs_word = || {
            let (number, next) = (text.to_owned(), (last + 1).to_string());
            Failure::refused(Refused::NeedsWord { number, next })
        };
        let elsewhere = self.record_of_code::<NumbersElsewhere>(&series)?;
        let mut known = elsewhere.as_ref().map(|known| known.content.clone()).unwrap_or_default();
        known.series.clone_from(&series);
        match step(last, number) {
            Step::Impossible => return Err(bad()),
            Step::Next => {}
            Step::Ahead(_) if !word => return Err(needs_word()),
            Step::Ahead(from) => {
                let (at, by) = (self.now(), self.actor().display_name.clone());
                known.ranges.push(Range { from, to: number - 1, at, by });
                self.keep_record(elsewhere.as_ref(), &known)?;
            }
            Step::Behind => {
                let code = format!("{series}/{number}");
                if let Some(given) = self.record_of_code::<NumberGiven>(&code)? {
                    if given.content.paper == asked.paper {
                        return Ok(());
                    }
                    let (number, subject) = (text.to_owned(), given.content.subject);
                    return Err(Failure::refused(Refused::Taken { number, subject }));
                }
                if !known.holds(number) {
                    return Err(bad());
                }
                if !word {
                    return Err(needs_word());
                }
                known.found.push(number);
                self.keep_record(elsewhere.as_ref(), &known)?;
            }
        }
        if number > last {
            self.keep_record(before.as_ref(), &NumberSeries { series: series.clone(), last: number })?;
        }
        let given = NumberGiven {
            series,
            number,
            text: text.to_owned(),
            subject: asked.subject.to_owned(),
            given_at: self.now(),
            signer: asked.signer.to_owned(),
            user: self.actor().user,
            paper: asked.paper,
            issue: asked.issue,
        };
        self.open_record(&given)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_parted_from_what_stands_behind_it() {
        assert_eq!(parted("12/BC-SYT"), Some((12, "BC-SYT".into())));
        assert_eq!(parted(" 02 / SYT-NVY "), Some((2, "SYT-NVY".into())));
        assert_eq!(parted("07-TB/ĐU"), Some((7, "TB/ĐU".into())));
        for none in ["", "12", "/BC-SYT", "BC-SYT", "12/", "9999999/BC", "mười hai/BC"] {
            assert_eq!(parted(none), None, "{none}");
        }
    }

    proptest! {
        /// Whatever numbers come, each up to the last is given once or written down as given elsewhere, never both.
        #[test]
        fn no_holes_and_no_doubles(numbers in proptest::collection::vec(1_i64..60, 1..40)) {
            let (mut last, mut given, mut known) = (0, std::collections::BTreeSet::new(), NumbersElsewhere::default());
            let range = |from, to| Range { from, to, at: Moment::from_micros(0), by: String::new() };
            for number in numbers {
                match step(last, number) {
                    Step::Next => {}
                    Step::Ahead(from) => known.ranges.push(range(from, number - 1)),
                    Step::Behind if known.holds(number) => known.found.push(number),
                    Step::Behind | Step::Impossible => continue,
                }
                prop_assert!(given.insert(number), "{} twice", number);
                last = last.max(number);
            }
            for number in 1..=last {
                prop_assert!(given.contains(&number) != known.holds(number), "{}", number);
            }
            prop_assert_eq!(known.count(), last - i64::try_from(given.len()).unwrap());
        }
    }
}
