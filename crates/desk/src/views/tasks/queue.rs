//! A list of tasks page by page, the worst first: which pieces of the store's lists make a standing, where a page
//! ended, and how many there are of each standing.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use place::ProvinceId;
use quantity::{Id, Moment, Span};
use store::Connection;
use store::finding::{self, Among, Slice};

use crate::failure::Outcome;
use crate::letters::life::judged::Urgency;
use crate::letters::task::{Stage, Task, TaskId};

/// The present, and from which moment on something is due soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Now.
    pub now: Moment,
    /// Due soon is within this.
    pub soon: Span,
}

/// Where a page ended: after a task of a standing, or, in a search that finds many, at a place of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// After this task, which is due then (microseconds).
    Task(Urgency, i64, Id),
    /// At this place.
    Place(i64),
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Task(urgency, due, id) => write!(f, "{}.{due}.{id}", urgency.code()),
            Self::Place(place) => write!(f, "{place}"),
        }
    }
}

/// What is no end of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("where a page ended is «standing.time.task» or a number")]
pub struct NoPageEnd;

impl FromStr for After {
    type Err = NoPageEnd;

    fn from_str(text: &str) -> Result<Self, NoPageEnd> {
        let mut parts = text.split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(place), None, None, None) => place.parse().map(Self::Place).map_err(|_| NoPageEnd),
            (Some(code), Some(due), Some(id), None) => {
                let urgency = Urgency::ALL.into_iter().find(|one| one.code() == code).ok_or(NoPageEnd)?;
                let due = due.parse().map_err(|_| NoPageEnd)?;
                Ok(Self::Task(urgency, due, id.parse().map_err(|_| NoPageEnd)?))
            }
            _ => Err(NoPageEnd),
        }
    }
}

/// When a task is due, as the store puts it in order; without a day it comes last.
pub fn due_of(task: &Task) -> i64 {
    task.due.as_ref().map_or(i64::MAX, |due| due.until.micros())
}

/// The pieces of the store's lists that make a standing.
fn slices(urgency: Urgency, clock: Clock) -> Vec<Slice> {
    let now = clock.now.micros();
    let soon = (clock.now + clock.soon).micros();
    let (stages, from, until): (&[Stage], i64, i64) = match urgency {
        Urgency::Overdue => {
            (&[Stage::Assigned, Stage::Accepted, Stage::UnderWay, Stage::Returned], i64::MIN, now.saturating_sub(1))
        }
        Urgency::Returned => (&[Stage::Returned], now, i64::MAX),
        Urgency::Soon => (&[Stage::Assigned, Stage::Accepted, Stage::UnderWay], now, soon),
        Urgency::Waiting => (&[Stage::Submitted], i64::MIN, i64::MAX),
        Urgency::New => (&[Stage::Assigned], soon.saturating_add(1), i64::MAX),
        Urgency::UnderWay => (&[Stage::Accepted, Stage::UnderWay], soon.saturating_add(1), i64::MAX),
        Urgency::Closed => (&[Stage::Done, Stage::Dropped], i64::MIN, i64::MAX),
    };
    stages.iter().map(|stage| Slice { stage: stage.code(), from, until }).collect()
}

/// The next tasks of some standings, each standing after the other; in each by its day, of the closed the last day first.
/// One more than `limit` tells whether another page follows.
pub fn page(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    (urgencies, clock): (&[Urgency], Clock),
    after: Option<After>,
    limit: usize,
) -> Outcome<Vec<TaskId>> {
    let mut found = Vec::new();
    for urgency in urgencies {
        let after = match after {
            Some(After::Task(last, _, _)) if *urgency < last => continue,
            Some(After::Task(last, due, id)) if *urgency == last => Some((due, id)),
            _ => None,
        };
        let slices = slices(*urgency, clock);
        let back = *urgency == Urgency::Closed;
        let left = limit + 1 - found.len();
        let next = finding::page_of_works(connection, province, among, (&slices, back), after, left)?;
        found.extend(next.into_iter().map(|(id, _)| TaskId::new(id)));
        if found.len() > limit {
            break;
        }
    }
    Ok(found)
}

/// How many there are of each standing.
pub fn counts(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    clock: Clock,
) -> Outcome<Vec<(Urgency, usize)>> {
    let mut works: BTreeMap<String, i64> = BTreeMap::new();
    for count in finding::counts_among(connection, province, among)? {
        *works.entry(count.stage).or_default() += count.works;
    }
    let all = |stage: Stage| works.get(stage.code()).copied().unwrap_or(0);
    let running = [Stage::Assigned, Stage::Accepted, Stage::UnderWay, Stage::Returned].map(Stage::code);
    // Due soon holds its last moment too.
    let soon = Moment::from_micros((clock.now + clock.soon).micros().saturating_add(1));
    let before_now = finding::works_before(connection, province, among, &running, clock.now)?;
    let before_soon = finding::works_before(connection, province, among, &running[..3], soon)?;
    let late = |stage: Stage| before_now.get(stage.code()).copied().unwrap_or(0);
    let near = |stage: Stage| before_soon.get(stage.code()).copied().unwrap_or(0);
    let count = |urgency: Urgency| match urgency {
        Urgency::Overdue => before_now.values().sum(),
        Urgency::Returned => all(Stage::Returned) - late(Stage::Returned),
        Urgency::Soon => before_soon.values().sum::<i64>() - before_now.values().sum::<i64>() + late(Stage::Returned),
        Urgency::Waiting => all(Stage::Submitted),
        Urgency::New => all(Stage::Assigned) - near(Stage::Assigned),
        Urgency::UnderWay => {
            all(Stage::Accepted) + all(Stage::UnderWay) - near(Stage::Accepted) - near(Stage::UnderWay)
        }
        Urgency::Closed => all(Stage::Done) + all(Stage::Dropped),
    };
    Ok(Urgency::ALL.map(|urgency| (urgency, usize::try_from(count(urgency)).unwrap_or(0))).to_vec())
}

/// A page and whether another follows.
pub fn cut<T>(mut found: Vec<T>, limit: usize) -> (Vec<T>, bool) {
    let more = found.len() > limit;
    found.truncate(limit);
    (found, more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::letters::life::tests::task;
    use crate::letters::task::{Due, DueSource};

    proptest! {
        /// Each task lies in the pieces of its own standing and of no other.
        #[test]
        fn every_task_has_one_standing(stage in 0_usize..7, due in proptest::option::of(-400_000_000_000_i64..900_000_000_000), exact in 0_usize..4) {
            let mut task = task();
            let clock = Clock { now: task.assigned_at, soon: Span::days(3) };
            task.stage = Stage::ALL[stage];
            let edges = [None, Some(0), Some(-1), Some(Span::days(3).as_micros())];
            let due = edges[exact].or(due).map(|after| clock.now + Span::micros(after));
            task.due = due.map(|until| Due { until, words: String::new(), source: DueSource::Leader });
            let holds = |urgency: Urgency| slices(urgency, clock).into_iter().any(|slice| {
                slice.stage == task.stage.code() && (slice.from..=slice.until).contains(&due_of(&task))
            });
            let held: Vec<Urgency> = Urgency::ALL.into_iter().filter(|urgency| holds(*urgency)).collect();
            prop_assert_eq!(held, vec![Urgency::of(&task, clock.now, clock.soon)]);
        }

        /// Where a page ended is read as it was written, and nothing else breaks the reading.
        #[test]
        fn page_ends_are_read_back(urgency in 0_usize..7, due in any::<i64>(), id in any::<[u8; 16]>(), noise in ".{0,40}") {
            for after in [After::Task(Urgency::ALL[urgency], due, Id::from_bytes(id)), After::Place(due)] {
                prop_assert_eq!(after.to_string().parse(), Ok(after));
            }
            if let Ok(after) = noise.parse::<After>() {
                prop_assert!(matches!(after, After::Place(_)) || noise.contains('.'));
            }
        }
    }
}
