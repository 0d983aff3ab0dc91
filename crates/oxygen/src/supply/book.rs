//! The oxygen book of a facility, day by day: what there was, what came, what was used, what was left.
//!
//! What was used follows from the other figures, so a day without a reading at its end, or after such a day, has
//! none: it stays unknown.

use jiff::civil::Date;
use quantity::Grams;

/// What is known of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayFacts {
    /// Which.
    pub day: Date,
    /// All stores at the last readings of the day; none where a store was not read that day.
    pub closing: Option<Grams>,
    /// Delivered.
    pub received: Grams,
    /// Handed over, taken over, lost, adjusted: with its sign.
    pub moved: Grams,
    /// Patients on oxygen by the last count of the day.
    pub patients: Option<u32>,
    /// Who wrote it down.
    pub who: Option<String>,
}

/// One line of the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookDay {
    /// Which day.
    pub day: Date,
    /// At its beginning: what was left the day before.
    pub opening: Option<Grams>,
    /// Delivered.
    pub received: Grams,
    /// Moved otherwise.
    pub moved: Grams,
    /// Opening + received + moved − closing; negative where the figures contradict each other.
    pub used: Option<Grams>,
    /// At its end.
    pub closing: Option<Grams>,
    /// Patients on oxygen.
    pub patients: Option<u32>,
    /// Who wrote it down.
    pub who: Option<String>,
}

impl BookDay {
    /// Whether nothing was read that day.
    pub const fn is_missing(&self) -> bool {
        self.closing.is_none()
    }

    /// Whether more was left than there can have been.
    pub fn contradicts_itself(&self) -> bool {
        self.used.is_some_and(|used| used < Grams::ZERO)
    }
}

/// The sums under a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BookTotals {
    /// Delivered.
    pub received: Grams,
    /// Used on the days on which that is known.
    pub used: Grams,
    /// How many days those are.
    pub days_known: usize,
    /// Days without a reading.
    pub days_missing: usize,
}

/// The lines of days that follow each other; `before` is what was left before the first.
pub fn book(before: Option<Grams>, days: Vec<DayFacts>) -> Vec<BookDay> {
    let mut opening = before;
    days.into_iter()
        .map(|facts| {
            let DayFacts { day, closing, received, moved, patients, who } = facts;
            let used = opening.zip(closing).map(|(opening, closing)| opening + received + moved - closing);
            let line = BookDay { day, opening, received, moved, used, closing, patients, who };
            opening = closing;
            line
        })
        .collect()
}

/// The sums of some lines.
pub fn totals(lines: &[BookDay]) -> BookTotals {
    BookTotals {
        received: lines.iter().map(|line| line.received).sum(),
        used: lines.iter().filter_map(|line| line.used).sum(),
        days_known: lines.iter().filter(|line| line.used.is_some()).count(),
        days_missing: lines.iter().filter(|line| line.is_missing()).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn facts(day: i8, closing: Option<i64>, received: i64) -> DayFacts {
        DayFacts {
            day: date(2026, 11, day),
            closing: closing.map(Grams::from_kg),
            received: Grams::from_kg(received),
            moved: Grams::ZERO,
            patients: None,
            who: None,
        }
    }

    /// A missing day is marked; what it hides is unknown, never 0.
    #[test]
    fn a_missing_day_hides_two_uses() {
        let kg = Grams::from_kg;
        let days =
            vec![facts(1, Some(900), 0), facts(2, None, 500), facts(3, Some(1_100), 0), facts(4, Some(1_000), 0)];
        let lines = book(Some(kg(1_000)), days);
        let used: Vec<_> = lines.iter().map(|line| line.used).collect();
        assert_eq!(used, [Some(kg(100)), None, None, Some(kg(100))]);
        assert!(lines[1].is_missing() && lines[2].opening.is_none());
        let sums = totals(&lines);
        assert_eq!((sums.used, sums.received, sums.days_known, sums.days_missing), (kg(200), kg(500), 2, 1));
        let odd = book(Some(kg(100)), vec![facts(1, Some(300), 0)]);
        assert!(odd[0].contradicts_itself());
    }

    proptest! {
        #[test]
        fn a_month_without_gaps_balances(before in 0_i64..10_000, days in prop::collection::vec((0_i64..10_000, 0_i64..5_000), 1..28)) {
            let facts = (1_i8..).zip(&days).map(|(day, (closing, received))| facts(day, Some(*closing), *received));
            let lines = book(Some(Grams::from_kg(before)), facts.collect());
            let sums = totals(&lines);
            let last = lines.last().and_then(|line| line.closing).unwrap();
            prop_assert_eq!(Grams::from_kg(before) + sums.received - sums.used, last);
        }
    }
}
