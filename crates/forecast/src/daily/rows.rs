//! Days as they were visible, and windows of them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{DayTold, Days, WINDOW};
use crate::late::LEARNT_FROM;
use crate::{MOST_WEEKS, Vintages};

const EPOCH: Date = date(1970, 1, 1);
/// Days of a window that may be missing and are filled.
const FILLED: usize = 3;
/// Days back over which a place is weighed by its counts.
const WEIGHED: i32 = 28;
/// How far, as a logarithm, a day that is filled from a week before may be off.
const FILLED_OFF: f64 = 0.4;

/// Days since 1970.
pub(super) fn number(day: Date) -> i32 {
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

pub(super) fn day_of(number: i32) -> Date {
    EPOCH.saturating_add(i64::from(number).days())
}

/// A count as it became known, with days by their numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    on: i32,
    place: usize,
    day: i32,
    count: f64,
}

/// Told ones in the order in which they were, without what cannot be.
pub(super) fn in_order(places: usize, told: impl IntoIterator<Item = DayTold>) -> Vec<Told> {
    let told = told.into_iter().map(|told| {
        let count = if told.count.is_finite() { told.count.max(0.0) } else { f64::NAN };
        Told { on: number(told.on), place: told.place, day: number(told.day), count }
    });
    let mut told: Vec<Told> = told.filter(|told| told.place < places && told.day <= told.on).collect();
    let last = told.iter().map(|told| told.day).max().unwrap_or(0);
    let oldest = last - (MOST_WEEKS * WINDOW) as i32 + 2 * WINDOW as i32;
    told.retain(|told| told.day >= oldest);
    told.sort_by_key(|told| told.on);
    told
}

/// Of a place the counts from its first day on.
#[derive(Debug, Clone, Default)]
struct Row {
    first: i32,
    counts: Vec<f64>,
}

/// Counts by place and day that were visible at the end of a day; not a number where unknown.
#[derive(Debug, Clone)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Room for all that is ever told, and nothing known.
    fn blank(days: &Days) -> Self {
        let mut rows = vec![Row { first: i32::MAX, counts: Vec::new() }; days.places];
        for told in &days.told {
            rows[told.place].first = rows[told.place].first.min(told.day);
        }
        Self(rows)
    }

    fn take(&mut self, told: &Told) {
        let row = &mut self.0[told.place];
        let Ok(at) = usize::try_from(told.day - row.first) else { return };
        if at >= row.counts.len() {
            row.counts.resize(at + 1, f64::NAN);
        }
        row.counts[at] = told.count;
    }

    /// What was known at the end of a day.
    pub(super) fn known_on(days: &Days, on: Date) -> Self {
        let (mut rows, on) = (Self::blank(days), number(on));
        days.told.iter().take_while(|told| told.on <= on).for_each(|told| rows.take(told));
        rows
    }

    pub(super) fn places(&self) -> usize {
        self.0.len()
    }

    /// The count of a place on a day.
    pub(super) fn count(&self, place: usize, day: i32) -> f64 {
        let row = &self.0[place];
        let at = day.checked_sub(row.first).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| row.counts.get(at)).copied().unwrap_or(f64::NAN)
    }

    /// The sum of so many days that end on a day; not a number where one is unknown.
    pub(super) fn sum(&self, place: usize, last: i32, days: usize) -> f64 {
        (0..days as i32).map(|back| self.count(place, last - back)).sum()
    }

    /// Windows of a place, a week apart, that are known up to a day.
    pub(super) fn known_windows(&self, place: usize, last: i32) -> usize {
        self.ends(place, last, WINDOW).filter(|end| self.sum(place, *end, WINDOW).is_finite()).count()
    }

    /// The last days of the windows of a place, a week apart, the oldest first.
    fn ends(&self, place: usize, last: i32, days: usize) -> impl Iterator<Item = i32> + use<> {
        let first = self.0[place].first.saturating_add(days as i32 - 1);
        let weeks = if first > last { 0 } else { (last - first) / 7 + 1 };
        (0..weeks).rev().map(move |back| last - 7 * back)
    }

    /// Days of a place between two, both included, that are known.
    pub(super) fn days(&self, place: usize, from: i32, until: i32) -> Vec<(Date, f64)> {
        let from = from.max(self.0[place].first);
        (from..=until).map(|day| (day_of(day), self.count(place, day))).collect()
    }

    /// What all places told of days between two.
    pub(super) fn total(&self, from: i32, until: i32) -> Vec<(Date, f64)> {
        let first = self.0.iter().map(|row| row.first).min().unwrap_or(until);
        let sum = |day: i32| {
            let told = (0..self.places()).map(|place| self.count(place, day)).filter(|count| count.is_finite());
            told.sum::<f64>()
        };
        (from.max(first)..=until).map(|day| (day_of(day), sum(day))).collect()
    }

    /// The last day up to `newest` that places with a share of all counts have told, not before `oldest`.
    pub(super) fn last_well_known(&self, newest: i32, oldest: i32, share: f64) -> Option<i32> {
        let weight = |place: usize| {
            let counts = (0..WEIGHED).map(|back| self.count(place, newest - back)).filter(|count| count.is_finite());
            let (sum, known) = counts.fold((0.0, 0.0), |(sum, known), count| (sum + count, known + 1.0));
            if known > 0.0 { (1.0_f64 + sum / known).sqrt() } else { 0.0 }
        };
        let weights: Vec<f64> = (0..self.places()).map(weight).collect();
        let all: f64 = weights.iter().sum();
        let told = |day: i32| {
            let told = weights.iter().enumerate().filter(|(place, _)| self.count(*place, day).is_finite());
            told.map(|(_, weight)| weight).sum::<f64>()
        };
        (oldest..=newest).rev().find(|day| all > 0.0 && told(*day) >= share * all)
    }

    /// Fills up to three missing days of the last window from a week before, as this week goes beside that one. For
    /// each place how many were filled, and how unsure the window is then: one deviation of its logarithm.
    pub(super) fn fill(&mut self, last: i32) -> Vec<(usize, f64)> {
        (0..self.places()).map(|place| self.fill_place(place, last)).collect()
    }

    fn fill_place(&mut self, place: usize, last: i32) -> (usize, f64) {
        let days = last - WINDOW as i32 + 1..=last;
        let missing: Vec<i32> = days.clone().filter(|day| self.count(place, *day).is_nan()).collect();
        let before = |day: i32| self.count(place, day - WINDOW as i32);
        if missing.is_empty() || missing.len() > FILLED || missing.iter().any(|day| before(*day).is_nan()) {
            return (0, 0.0);
        }
        let (mut now, mut then) = (1.0, 1.0);
        for day in days.filter(|day| !missing.contains(day) && before(*day).is_finite()) {
            now += self.count(place, day);
            then += before(day);
        }
        let counts: Vec<f64> = missing.iter().map(|day| before(*day) * now / then).collect();
        let filled = counts.iter().sum::<f64>();
        let share = filled / (now + filled);
        for (day, count) in missing.iter().zip(counts) {
            self.take(&Told { on: last, place, day: *day, count });
        }
        (missing.len(), share * FILLED_OFF)
    }
}

/// Windows of so many days, a week apart, the last of which ends on a day: as they stood on that day of each of the weeks
/// from which lateness is learnt, and now with what was filled.
pub(super) fn windows(days: &Days, now: &Rows, places: &[bool], on: Date, last: i32, length: usize) -> Vintages {
    let mut rows = Rows::blank(days);
    let mut said: Vec<Vec<f64>> = vec![Vec::new(); days.places];
    let (mut told, mut next) = (Vec::new(), 0);
    for back in (0..=LEARNT_FROM).rev() {
        let then = on.saturating_sub((7 * back as i64).days());
        let until = number(then);
        while let Some(one) = days.told.get(next).filter(|told| told.on <= until) {
            rows.take(one);
            next += 1;
        }
        let rows = if back == 0 { now } else { &rows };
        for place in (0..days.places).filter(|place| places[*place]) {
            let said = &mut said[place];
            for (window, end) in rows.ends(place, last, length).enumerate() {
                if said.len() <= window {
                    said.resize(window + 1, f64::NAN);
                }
                let count = rows.sum(place, end, length);
                if count.is_finite() && count != said[window] || count.is_nan() && said[window].is_finite() {
                    said[window] = count;
                    told.push(crate::Told { on: then, place, week: day_of(end), count });
                }
            }
        }
    }
    Vintages::new(days.places, told)
}
