//! Counts of places by week, and what of them was known when.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Weeks that a frame may have: a thousand weeks are nineteen years.
pub const MOST_WEEKS: usize = 2_000;

/// Counts by week and place. A week is named by its last day. What is not known is not a number, never 0.
#[derive(Debug, Clone)]
pub struct Frame {
    first: Date,
    places: usize,
    /// Week after week, in each the places in their order.
    counts: Vec<f64>,
}

/// What is unknown in both is the same.
impl PartialEq for Frame {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, other): (&f64, &f64)| one == other || (one.is_nan() && other.is_nan());
        (self.first, self.places, self.counts.len()) == (other.first, other.places, other.counts.len())
            && self.counts.iter().zip(&other.counts).all(same)
    }
}

fn weeks(number: usize) -> Span {
    i64::try_from(number).unwrap_or(i64::MAX).weeks()
}

/// How many weeks lie between two last days, where the second is a whole number of weeks after the first or the same.
fn weeks_between(first: Date, other: Date) -> Option<usize> {
    let days = first.until(other).ok()?.get_days();
    (days >= 0 && days % 7 == 0).then(|| usize::try_from(days / 7).unwrap_or(usize::MAX))
}

impl Frame {
    /// So many places, no week yet; the first week ends on a day.
    pub fn new(first: Date, places: usize) -> Self {
        Self { first, places, counts: Vec::new() }
    }

    /// The last day of the first week.
    pub fn first(&self) -> Date {
        self.first
    }

    /// How many places.
    pub fn places(&self) -> usize {
        self.places
    }

    /// How many weeks.
    pub fn weeks(&self) -> usize {
        self.counts.len() / self.places.max(1)
    }

    /// The last day of a week.
    pub fn day(&self, week: usize) -> Date {
        self.first.saturating_add(weeks(week))
    }

    /// The last day of the last week; none without weeks.
    pub fn last(&self) -> Option<Date> {
        self.weeks().checked_sub(1).map(|week| self.day(week))
    }

    /// Which week ends on a day; none where none does.
    pub fn week_of(&self, day: Date) -> Option<usize> {
        weeks_between(self.first, day).filter(|week| *week < self.weeks())
    }

    /// The counts of a week, place by place.
    pub fn week(&self, week: usize) -> &[f64] {
        &self.counts[week * self.places..(week + 1) * self.places]
    }

    /// The count of a place in a week; not a number where it is not known.
    pub fn count(&self, week: usize, place: usize) -> f64 {
        self.counts[week * self.places + place]
    }

    /// Writes a count down. Weeks between the last one and this are there then, unknown. A day that ends no week of this
    /// frame, lies before its first or too far behind its last is refused.
    #[must_use = "a count that lies outside is not written"]
    pub fn set(&mut self, day: Date, place: usize, count: f64) -> bool {
        let Some(week) = weeks_between(self.first, day).filter(|week| *week < MOST_WEEKS && place < self.places) else {
            return false;
        };
        if week >= self.weeks() {
            self.counts.resize((week + 1) * self.places, f64::NAN);
        }
        self.counts[week * self.places + place] = count;
        true
    }

    /// Up to the week that ends on a day, with unknown weeks where the last known one lies before.
    pub fn until(&self, last: Date) -> Self {
        let mut cut = self.clone();
        if let Some(week) = weeks_between(self.first, last).filter(|week| *week < MOST_WEEKS) {
            cut.counts.resize((week + 1) * self.places, f64::NAN);
        }
        cut
    }

    /// The counts, to be changed in place.
    pub(crate) fn count_mut(&mut self, week: usize, place: usize) -> &mut f64 {
        &mut self.counts[week * self.places + place]
    }
}

/// A count as it became known on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// On which day.
    pub on: Date,
    /// Of which place, by its number.
    pub place: usize,
    /// Of the week that ends on this day.
    pub week: Date,
    /// The count; not a number where it was taken back.
    pub count: f64,
}

/// All that became known, in the order of the days on which it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Vintages {
    first: Date,
    places: usize,
    told: Vec<Told>,
}

impl Vintages {
    /// Sorts what was told by the day on which it was; of the same day the order stays. Weeks that do not end on the
    /// weekday of the first one, and places beyond the number of places, are left out.
    pub fn new(places: usize, mut told: Vec<Told>) -> Self {
        told.sort_by_key(|told| told.on);
        let first = told.iter().map(|told| told.week).min().unwrap_or(Date::MIN);
        told.retain(|told| {
            told.place < places && weeks_between(first, told.week).is_some_and(|week| week < MOST_WEEKS)
        });
        Self { first, places, told }
    }

    /// How many places.
    pub fn places(&self) -> usize {
        self.places
    }

    /// What was known at the end of a day.
    pub fn known_on(&self, day: Date) -> Frame {
        let mut frame = Frame::new(self.first, self.places);
        for told in self.told.iter().take_while(|told| told.on <= day) {
            let _inside = frame.set(told.week, told.place, told.count);
        }
        frame
    }

    /// What was told up to a day, in its order.
    pub fn told_until(&self, day: Date) -> &[Told] {
        &self.told[..self.told.partition_point(|told| told.on <= day)]
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_between_are_unknown_and_days_outside_refused() {
        let mut frame = Frame::new(date(2021, 11, 6), 2);
        assert!(frame.set(date(2021, 11, 20), 1, 7.0));
        assert_eq!((frame.weeks(), frame.count(2, 1), frame.last()), (3, 7.0, Some(date(2021, 11, 20))));
        assert!(frame.count(0, 0).is_nan() && frame.count(2, 0).is_nan());
        assert!(!frame.set(date(2021, 11, 21), 0, 1.0), "a Sunday ends no week");
        assert!(!frame.set(date(2021, 10, 30), 0, 1.0), "before the first");
        assert!(!frame.set(date(2021, 11, 6), 2, 1.0), "no such place");
        assert_eq!(frame.until(date(2021, 12, 4)).weeks(), 5);
        assert_eq!(frame.until(date(2021, 11, 6)).weeks(), 1);
    }

    /// F010: what became known later is not seen before.
    #[test]
    fn a_day_sees_what_was_told_until_its_end() {
        let (week, on) = (date(2022, 3, 5), |day| date(2022, 3, day));
        let told = |day, count| Told { on: on(day), place: 0, week, count };
        let vintages = Vintages::new(1, vec![told(14, 25_112.0), told(7, 9.0)]);
        assert_eq!(vintages.known_on(on(6)).weeks(), 0);
        assert_eq!(vintages.known_on(on(7)).count(0, 0), 9.0);
        assert_eq!(vintages.known_on(on(14)).count(0, 0), 25_112.0);
        assert_eq!((vintages.told_until(on(7)).len(), vintages.told_until(on(14)).len()), (1, 2));
    }
}
