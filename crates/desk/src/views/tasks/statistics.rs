//! The figures of a period by body: in time, late, undone, given back; what is published each quarter.

use std::collections::BTreeMap;

use jiff::civil::Date;
use place::BodyId;
use place::text::ascii_fold;
use quantity::{Moment, Span};
use store::Connection;

use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::life::judged::Judged;
use crate::letters::task::{Stage, Task};
use crate::office::Office;
use crate::record::Kept;

/// A period: a month or a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// The figures of one body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Which; none where the register does not know it.
    pub body: Option<BodyId>,
    /// Its name.
    pub name: String,
    /// Tasks of the period.
    pub all: usize,
    /// Done in time.
    pub in_time: usize,
    /// Done late.
    pub late: usize,
    /// Not done, and the deadline has passed.
    pub undone: usize,
    /// Not done, and there is time; with those that wait for judgement.
    pub open: usize,
    /// Given back at least once, whatever became of them.
    pub returned: usize,
    /// The delays of the late and the undone, added.
    pub delay: Span,
    /// Times of tasks that recur: handed in in time, late, missed.
    pub recurring: (usize, usize, usize),
}

impl Counted {
    /// The mean delay of the late and the undone, in days; none where there is none.
    pub fn mean_delay_days(&self) -> Option<f64> {
        let count = self.late + self.undone;
        (count > 0).then(|| self.delay.as_hours() / 24.0 / count as f64)
    }

    /// The share done in time of all whose deadline has passed or that are done; none where there is none.
    pub fn share_in_time(&self) -> Option<f64> {
        let judged = self.in_time + self.late + self.undone;
        (judged > 0).then(|| self.in_time as f64 / judged as f64)
    }

    fn count(&mut self, task: &Task, now: Moment, period: Period) {
        if task.life.every.is_some() {
            for time in task.life.past.iter().filter(|time| period.holds(time.due)) {
                let (in_time, late, missed) = &mut self.recurring;
                *(if time.submitted_at <= time.due { in_time } else { late }) += 1;
                *missed += time.missed as usize;
            }
        }
        self.all += 1;
        self.returned += usize::from(task.life.returned() > 0);
        match task.judged(now) {
            Judged::InTime | Judged::DoneWithoutDay => self.in_time += 1,
            Judged::Late(delay) => {
                self.late += 1;
                self.delay = self.delay + delay;
            }
            Judged::Undone(delay) => {
                self.undone += 1;
                self.delay = self.delay + delay;
            }
            Judged::Open | Judged::OpenWithoutDay | Judged::Waiting => self.open += 1,
            Judged::Dropped => {}
        }
    }
}

/// The figures of a period.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Which period.
    pub period: Period,
    /// By body: the most undone first.
    pub bodies: Vec<Counted>,
    /// All together.
    pub sum: Counted,
    /// Whether older tasks were not read.
    pub cut: bool,
}

/// Whether a task belongs to a period: its deadline that counts lies in it; without one, it was given out in it.
fn belongs(task: &Task, period: Period) -> bool {
    let recurred = task.life.past.iter().any(|time| period.holds(time.due));
    recurred || period.holds(task.counted_due().unwrap_or(task.assigned_at))
}

/// Counts tasks by body. Pure; what was dropped is not counted.
pub fn count(tasks: &[Kept<Task>], period: Period, now: Moment) -> (Vec<Counted>, Counted) {
    let mut by_body: BTreeMap<(Option<BodyId>, String), Counted> = BTreeMap::new();
    let mut sum = Counted::default();
    let counts = |task: &&Task| task.stage != Stage::Dropped && belongs(task, period);
    for task in tasks.iter().map(|kept| &kept.content).filter(counts) {
        let key = (task.body, if task.body.is_some() { String::new() } else { task.body_name.clone() });
        let one = by_body.entry(key).or_default();
        (one.body, one.name) = (task.body, task.body_name.clone());
        one.count(task, now, period);
        sum.count(task, now, period);
    }
    let mut bodies: Vec<Counted> = by_body.into_values().collect();
    bodies.sort_by(|one, other| {
        (other.undone, other.late, ascii_fold(&one.name)).cmp(&(one.undone, one.late, ascii_fold(&other.name)))
    });
    (bodies, sum)
}

/// The figures of a period, of the bodies in the actor's scope; without one, of this quarter.
pub fn statistics(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    period: Option<Period>,
) -> Outcome<Statistics> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let period = period.unwrap_or_else(|| Period::quarter_of(now.date()));
    let tasks = find::of_scope(connection, actor, &registry, None, find::MOST_COUNTED)?;
    let (bodies, sum) = count(&tasks, period, now);
    Ok(Statistics { now, period, bodies, sum, cut: tasks.len() as i64 >= find::MOST_COUNTED })
}
