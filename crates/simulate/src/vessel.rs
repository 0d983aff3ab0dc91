//! What really stands in one tank, set of dewars or set of cylinders, hour by hour in whole grams.

use quantity::{Grams, Moment, Span};

const HOUR: i64 = 3_600_000_000;

/// One hour of a vessel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Hour {
    /// Content when the hour began.
    opened: i64,
    /// Used by patients in the hour.
    used: i64,
    /// Boiled off or leaked in the hour.
    lost: i64,
}

/// A delivery that arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Arrival {
    pub(crate) at: Moment,
    pub(crate) grams: i64,
}

/// What went into a vessel and out of it since the beginning of the history.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flows {
    /// Delivered.
    pub delivered: Grams,
    /// Used by patients.
    pub used: Grams,
    /// Boiled off or leaked.
    pub lost: Grams,
}

/// The true course of one vessel.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Course {
    from: Moment,
    hours: Vec<Hour>,
    /// Flows up to the beginning of each hour, deliveries left out.
    so_far: Vec<(i64, i64)>,
    pub(crate) arrivals: Vec<Arrival>,
    content: i64,
}

impl Course {
    /// A vessel with a content at a moment.
    pub(crate) fn new(from: Moment, content: Grams) -> Self {
        Self { from, hours: Vec::new(), so_far: vec![(0, 0)], arrivals: Vec::new(), content: content.0 }
    }

    /// What it holds at the end of the hours passed.
    pub(crate) const fn content(&self) -> i64 {
        self.content
    }

    /// Passes one hour: as much as is wanted and can be drawn is used, losses are taken from what is
    /// left, and what arrives in the hour can be used from the next on. Gives what was used.
    pub(crate) fn pass(&mut self, wanted: i64, heel: i64, loss: i64, arrival: Option<Arrival>) -> i64 {
        let opened = self.content;
        let used = wanted.min((opened - heel).max(0));
        let lost = loss.min(opened - used);
        self.hours.push(Hour { opened, used, lost });
        let (all_used, all_lost) = self.so_far.last().copied().unwrap_or_default();
        self.so_far.push((all_used + used, all_lost + lost));
        self.content = opened - used - lost + arrival.map_or(0, |arrival| arrival.grams);
        self.arrivals.extend(arrival);
        used
    }

    /// Content at a moment; before the history it is that of its beginning, after the hours passed
    /// that of their end.
    pub(crate) fn content_at(&self, at: Moment) -> Grams {
        let Some((index, into)) = self.hour_of(at) else { return Grams(self.content) };
        let hour = self.hours[index];
        let began = self.from + Span::hours(index as i64);
        let arrived: i64 = self.arrived(began, at);
        Grams(hour.opened - part(hour.used, into) - part(hour.lost, into) + arrived)
    }

    /// Flows since the beginning.
    pub(crate) fn flows_at(&self, at: Moment) -> Flows {
        let delivered = Grams(self.arrived(self.from, at));
        let (used, lost) = match self.hour_of(at) {
            Some((index, into)) => {
                let (hour, (used, lost)) = (self.hours[index], self.so_far[index]);
                (used + part(hour.used, into), lost + part(hour.lost, into))
            }
            None => self.so_far.last().copied().unwrap_or_default(),
        };
        Flows { delivered, used: Grams(used), lost: Grams(lost) }
    }

    /// Grams an hour that leave it in the hour of a moment, by use and loss.
    pub(crate) fn rate_at(&self, at: Moment) -> f64 {
        self.hour_of(at).map_or(0.0, |(index, _)| (self.hours[index].used + self.hours[index].lost) as f64)
    }

    /// Used by patients in an hour of the history.
    pub(crate) fn used_in(&self, hour: usize) -> i64 {
        self.hours.get(hour).map_or(0, |hour| hour.used)
    }

    /// Used and lost in an hour of the history.
    pub(crate) fn drawn_in(&self, hour: usize) -> i64 {
        self.hours.get(hour).map_or(0, |hour| hour.used + hour.lost)
    }

    fn arrived(&self, from: Moment, until: Moment) -> i64 {
        let first = self.arrivals.partition_point(|arrival| arrival.at < from);
        self.arrivals[first..].iter().take_while(|arrival| arrival.at <= until).map(|arrival| arrival.grams).sum()
    }

    /// The hour of a moment and the microseconds into it.
    fn hour_of(&self, at: Moment) -> Option<(usize, i64)> {
        let since = (at - self.from).as_micros().max(0);
        let index = usize::try_from(since / HOUR).ok().filter(|index| *index < self.hours.len())?;
        Some((index, since % HOUR))
    }
}

/// The part of an hour's grams that has gone after so many microseconds.
const fn part(grams: i64, into: i64) -> i64 {
    (grams as i128 * into as i128 / HOUR as i128) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nothing_is_drawn_below_the_heel_and_nothing_lost_below_zero() {
        let from = Moment::start_of(date(2026, 11, 22));
        let mut course = Course::new(from, Grams(1_000));
        assert_eq!(course.pass(600, 100, 0, None), 600);
        let arrival = Arrival { at: from + Span::minutes(90), grams: 50 };
        assert_eq!(course.pass(600, 100, 500, Some(arrival)), 300, "a hundred stays");
        assert_eq!(course.content(), 50, "losses take what is left, the delivery stays");
        assert_eq!(course.content_at(from + Span::minutes(30)), Grams(700));
        assert_eq!(course.content_at(from + Span::minutes(90)), Grams(250));
        assert_eq!(course.content_at(from + Span::days(1)), Grams(50));
        let flows = course.flows_at(from + Span::days(1));
        assert_eq!(flows, Flows { delivered: Grams(50), used: Grams(900), lost: Grams(100) });
    }
}
