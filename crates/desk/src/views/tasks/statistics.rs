//! The figures of a period by body: in time, late, undone, given back; what is published each quarter.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use place::BodyId;
use place::text::ascii_fold;
use quantity::{Moment, Span};
use store::Connection;
use store::finding::{self, Sum};

use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::life::period::{Verdict, second, summed};
use crate::letters::task::Task;
use crate::office::Office;
use crate::record::Kept;

pub use crate::letters::life::period::Period;

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

    /// Adds works that stand alike: how many, how many of them have their moment behind them, and what was added up
    /// over those, in seconds.
    fn add(&mut self, verdict: Verdict, (works, past, amount): (i64, i64, i64), now: Moment) {
        let size = |count: i64| usize::try_from(count).unwrap_or(0);
        let (all, over) = (size(works), size(past));
        match verdict {
            Verdict::Returned => self.returned += all,
            Verdict::TimeInTime => self.recurring.0 += all,
            Verdict::TimeLate => self.recurring.1 += all,
            Verdict::TimeMissed => self.recurring.2 += all,
            Verdict::InTime => {
                self.all += all;
                self.in_time += all;
            }
            Verdict::Late => {
                self.all += all;
                self.late += all;
                self.delay = self.delay + Span::seconds(amount);
            }
            Verdict::Undone | Verdict::Running => {
                self.all += all;
                self.undone += over;
                self.open += all.saturating_sub(over);
                // Each deadline lies so far back from now.
                self.delay = self.delay + Span::seconds(past.saturating_mul(second(now)).saturating_sub(amount));
            }
            Verdict::Waiting | Verdict::Undated => {
                self.all += all;
                self.open += all;
            }
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
    /// Whether older tasks were not read, as where one looks back far.
    pub cut: bool,
}

/// Sums by body: the most undone first, and all together. Pure; what was dropped is not counted.
fn counted(sums: impl IntoIterator<Item = Sum>, now: Moment) -> (Vec<Counted>, Counted) {
    let mut by_body: BTreeMap<(Option<BodyId>, String), Counted> = BTreeMap::new();
    let mut sum = Counted::default();
    for line in sums {
        let Some(verdict) = Verdict::ALL.into_iter().find(|one| one.code() == line.verdict) else { continue };
        let key = (line.body, if line.body.is_some() { String::new() } else { line.name.clone() });
        let one = by_body.entry(key).or_default();
        (one.body, one.name) = (line.body, line.name);
        let counted = (line.works, line.past, line.amount);
        one.add(verdict, counted, now);
        sum.add(verdict, counted, now);
    }
    let mut bodies: Vec<Counted> = by_body.into_values().collect();
    bodies.sort_by_cached_key(|one| (Reverse(one.undone), Reverse(one.late), ascii_fold(&one.name)));
    (bodies, sum)
}

/// What tasks come to one by one in a period, as the store sums it up.
fn sums_of(tasks: &[Kept<Task>], period: Period, now: Moment) -> Vec<Sum> {
    let code = period.code();
    let mut sums = Vec::new();
    for task in tasks.iter().map(|kept| &kept.content) {
        for line in summed(task).into_iter().filter(|line| line.period == code) {
            let is_past = line.at < now.micros();
            sums.push(Sum {
                body: task.body,
                name: task.body_name.clone(),
                verdict: line.verdict,
                works: line.works,
                past: if is_past { line.works } else { 0 },
                amount: if is_past { line.amount } else { 0 },
            });
        }
    }
    sums
}

/// Counts tasks by body. Pure; what was dropped is not counted.
pub fn count(tasks: &[Kept<Task>], period: Period, now: Moment) -> (Vec<Counted>, Counted) {
    counted(sums_of(tasks, period, now), now)
}

/// The figures of a period, of the bodies in the actor's scope; without one, of this quarter. Looking back, of which no
/// sums are kept, the newest tasks are counted one by one.
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
    if connection.lens().is_some() {
        let tasks = find::of_scope(connection, actor, &registry, None, find::MOST_COUNTED)?;
        let (bodies, sum) = count(&tasks, period, now);
        return Ok(Statistics { now, period, bodies, sum, cut: tasks.len() as i64 >= find::MOST_COUNTED });
    }
    let mut sums = finding::sums_of_period(connection, actor.province, &period.code(), now.micros())?;
    let names: HashMap<BodyId, &str> = registry.bodies().iter().map(|body| (body.id, body.name.as_str())).collect();
    let mine = find::among(actor, &registry, None);
    sums.retain(|line| find::is_among(&mine, line.body));
    for line in &mut sums {
        if let Some(name) = line.body.and_then(|body| names.get(&body)) {
            line.name = (*name).to_owned();
        }
    }
    let (bodies, sum) = counted(sums, now);
    Ok(Statistics { now, period, bodies, sum, cut: false })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::letters::life::judged::Judged;
    use crate::letters::life::tests::{random_task, start};
    use crate::record::RecordId;

    /// The same figures task by task, as a person would count them.
    fn one_by_one(tasks: &[Kept<Task>], period: Period, now: Moment) -> Counted {
        let mut sum = Counted::default();
        for task in tasks.iter().map(|kept| &kept.content) {
            let recurred = task.life.past.iter().any(|time| period.holds(time.due));
            let belongs = recurred || period.holds(task.counted_due().unwrap_or(task.assigned_at));
            let judged = task.judged(now);
            if !belongs || judged == Judged::Dropped {
                continue;
            }
            sum.all += 1;
            sum.returned += usize::from(task.life.returned() > 0);
            match judged {
                Judged::InTime | Judged::DoneWithoutDay => sum.in_time += 1,
                Judged::Late(delay) => (sum.late, sum.delay) = (sum.late + 1, sum.delay + delay),
                Judged::Undone(delay) => (sum.undone, sum.delay) = (sum.undone + 1, sum.delay + delay),
                _ => sum.open += 1,
            }
        }
        sum
    }

    proptest! {
        /// What was summed up when a task was written is right at every later moment.
        #[test]
        fn sums_are_the_tasks_one_by_one(tasks in proptest::collection::vec(random_task(), 0..12), later in 0_i64..400, month in 0_usize..3) {
            // After all that was done.
            let now = start() + Span::hours(1_800 + later);
            let kept: Vec<Kept<Task>> = tasks
                .into_iter()
                .map(|content| Kept { id: RecordId::new(content.origin.id), version: 1, recorded_at: start(), content })
                .collect();
            let period = ["2026-Q4", "2026-11", "2027-Q1"][month];
            let Some(period) = Period::from_code(period) else { return Ok(()) };
            let (_, sum) = count(&kept, period, now);
            let expected = one_by_one(&kept, period, now);
            let figures = |one: &Counted| (one.all, one.in_time, one.late, one.undone, one.open, one.returned);
            prop_assert_eq!(figures(&sum), figures(&expected));
            let apart = (sum.delay.as_micros() - expected.delay.as_micros()).abs();
            prop_assert!(apart <= 1_000_000 * kept.len() as i64, "whole seconds: {} µs apart", apart);
        }
    }
}
