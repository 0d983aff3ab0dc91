//! The periods of which figures are published, and what a task comes to in those that it belongs to.
//!
//! What depends on the present is kept with the moment from which on it is otherwise, so that a sum that was
//! written once is right at every later moment.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quantity::Moment;
use store::finding::Summed;

use crate::letters::task::{Stage, Task};

/// A period: a month or a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Year.
    pub year: i16,
    /// Its first month.
    pub month: i8,
    /// One month or three.
    pub months: i8,
}

impl Period {
    /// The quarter of a day.
    pub fn quarter_of(day: Date) -> Self {
        Self { year: day.year(), month: (day.month() - 1) / 3 * 3 + 1, months: 3 }
    }

    /// The month of a day.
    pub fn month_of(day: Date) -> Self {
        Self { year: day.year(), month: day.month(), months: 1 }
    }

    /// `2026-Q4` or `2026-11`.
    pub fn code(self) -> String {
        if self.months == 3 {
            format!("{}-Q{}", self.year, (self.month - 1) / 3 + 1)
        } else {
            format!("{}-{:02}", self.year, self.month)
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        let (year, part) = code.split_once('-')?;
        let year = year.parse().ok().filter(|year| (2000..=2200).contains(year))?;
        let (month, months) = match part.strip_prefix('Q') {
            Some(quarter) => (quarter.parse::<i8>().ok().filter(|one| (1..=4).contains(one))? * 3 - 2, 3),
            None => (part.parse().ok().filter(|month| (1..=12).contains(month))?, 1),
        };
        Some(Self { year, month, months })
    }

    /// The one before.
    pub fn before(self) -> Self {
        let months = i16::from(self.month) - 1 - i16::from(self.months);
        let year = self.year + months.div_euclid(12);
        Self { year, month: i8::try_from(months.rem_euclid(12)).unwrap_or(0) + 1, months: self.months }
    }

    /// Whether a moment lies in it.
    pub fn holds(self, at: Moment) -> bool {
        let day = at.date();
        day.year() == self.year && (self.month..self.month + self.months).contains(&day.month())
    }

    /// The month and the quarter of a moment.
    fn both_of(at: Moment) -> [Self; 2] {
        [Self::month_of(at.date()), Self::quarter_of(at.date())]
    }
}

/// How a task stands, as far as time does not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Done in time, or done where no day was set.
    InTime,
    /// Done late; added up: by how much.
    Late,
    /// Handed in late and not yet done; added up: the deadline.
    Undone,
    /// Not handed in: undone from its deadline on, which is added up.
    Running,
    /// Handed in in time, or without a day: somebody must look.
    Waiting,
    /// Not handed in, and no day was set.
    Undated,
    /// Given back at least once, whatever became of it.
    Returned,
    /// A time of a task that recurs, handed in in time.
    TimeInTime,
    /// One handed in late.
    TimeLate,
    /// One that passed without anything.
    TimeMissed,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::InTime,
        Self::Late,
        Self::Undone,
        Self::Running,
        Self::Waiting,
        Self::Undated,
        Self::Returned,
        Self::TimeInTime,
        Self::TimeLate,
        Self::TimeMissed,
    ];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Undone => "undone",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Undated => "undated",
            Self::Returned => "returned",
            Self::TimeInTime => "time_in_time",
            Self::TimeLate => "time_late",
            Self::TimeMissed => "time_missed",
        }
    }
}

/// The whole second of a moment: delays are added up in seconds, which a million tasks do not overflow.
pub(crate) const fn second(at: Moment) -> i64 {
    at.micros().div_euclid(1_000_000)
}

/// How a task stands, with its moment (0 where time changes nothing) and what is added up.
fn stands(task: &Task) -> (Verdict, i64, i64) {
    let due = task.counted_due();
    let submitted = task.life.submitted().map(|entry| entry.at);
    match (task.stage, due) {
        (Stage::Done, Some(due)) => match submitted.or(task.life.closed_at()) {
            Some(at) if at > due => (Verdict::Late, 0, second(at) - second(due)),
            _ => (Verdict::InTime, 0, 0),
        },
        (Stage::Done, None) => (Verdict::InTime, 0, 0),
        (Stage::Submitted, Some(due)) if submitted.is_some_and(|at| at > due) => (Verdict::Undone, 0, second(due)),
        (Stage::Submitted, _) => (Verdict::Waiting, 0, 0),
        (_, None) => (Verdict::Undated, 0, 0),
        (_, Some(due)) => (Verdict::Running, due.micros(), second(due)),
    }
}

/// What a task comes to: in the month and the quarter of the deadline that counts, of the day it was given out where
/// there is none, and of its earlier times where it recurs. What was dropped comes to nothing.
pub fn summed(task: &Task) -> Vec<Summed> {
    if task.stage == Stage::Dropped {
        return Vec::new();
    }
    let own = task.counted_due().unwrap_or(task.assigned_at);
    let times = task.life.past.iter().map(|time| time.due);
    let periods: BTreeSet<Period> = std::iter::once(own).chain(times).flat_map(Period::both_of).collect();
    let name = if task.body.is_some() { "" } else { task.body_name.as_str() };
    let mut lines = Vec::new();
    for period in periods {
        let mut line = |verdict: Verdict, at: i64, works: usize, amount: i64| {
            lines.push(Summed {
                period: period.code(),
                name: name.to_owned(),
                verdict: verdict.code().to_owned(),
                at,
                works: i64::try_from(works).unwrap_or(i64::MAX),
                amount,
            });
        };
        let (verdict, at, amount) = stands(task);
        line(verdict, at, 1, amount);
        if task.life.returned() > 0 {
            line(Verdict::Returned, 0, 1, 0);
        }
        if task.life.every.is_none() {
            continue;
        }
        let held = || task.life.past.iter().filter(|time| period.holds(time.due));
        let late = held().filter(|time| time.submitted_at > time.due).count();
        let missed = held().map(|time| time.missed as usize).sum();
        let times =
            [(Verdict::TimeInTime, held().count() - late), (Verdict::TimeLate, late), (Verdict::TimeMissed, missed)];
        times.into_iter().filter(|(_, works)| *works > 0).for_each(|(verdict, works)| line(verdict, 0, works, 0));
    }
    lines
}
