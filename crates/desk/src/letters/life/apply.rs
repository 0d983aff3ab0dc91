//! Which deed may follow which: the one place where a task changes its stage.

use quantity::Moment;

use super::{Deed, Entry, Occurrence, Proof, TaskRefused, recur};
use crate::letters::task::{Due, DueSource, Stage, Task};
use crate::supply::Who;

/// What is kept of one task at most.
const MOST_ENTRIES: usize = 2_000;
/// Earlier times of one that recurs: a year of days and some.
const MOST_PAST: usize = 400;

fn needed(text: &str) -> Result<String, TaskRefused> {
    let text = text.trim();
    if text.is_empty() { Err(TaskRefused::NoReason) } else { Ok(text.to_owned()) }
}

fn needs(allowed: bool, stage: Stage) -> Result<(), TaskRefused> {
    if allowed { Ok(()) } else { Err(TaskRefused::NotNow { stage: stage.code() }) }
}

/// The stage that a deed leads to; refused where it has no place.
///
/// # Errors
/// [`TaskRefused::NotNow`].
pub fn next(stage: Stage, deed: &Deed, recurs: bool) -> Result<Stage, TaskRefused> {
    use Stage as S;
    let works = matches!(stage, S::Assigned | S::Accepted | S::UnderWay | S::Returned);
    let at_work = if stage == S::Returned { S::Returned } else { S::UnderWay };
    match deed {
        Deed::Accept => needs(stage == S::Assigned, stage).map(|()| S::Accepted),
        Deed::Tell { .. } | Deed::HandDown { .. } => needs(works, stage).map(|()| at_work),
        Deed::Prove { .. } => {
            needs(stage.is_open(), stage).map(|()| if stage == S::Submitted { S::Submitted } else { at_work })
        }
        Deed::Submit { .. } => needs(works, stage).map(|()| if recurs { S::UnderWay } else { S::Submitted }),
        Deed::Approve { .. } => needs(stage == S::Submitted, stage).map(|()| S::Done),
        Deed::Return { .. } => {
            let handed_in = matches!(stage, S::Submitted | S::Done) || (recurs && stage == S::UnderWay);
            needs(handed_in, stage).map(|()| S::Returned)
        }
        Deed::SetDue { .. } | Deed::Hand { .. } => needs(stage.is_open(), stage).map(|()| stage),
        Deed::Drop { .. } => needs(stage.is_open(), stage).map(|()| S::Dropped),
    }
}

/// The task after a deed.
///
/// # Errors
/// [`TaskRefused`]: the deed has no place at its stage, or lacks what it needs.
pub fn apply(task: &Task, deed: Deed, by: Who, at: Moment) -> Result<Task, TaskRefused> {
    if task.life.log.len() >= MOST_ENTRIES {
        return Err(TaskRefused::TooMany);
    }
    let stage = next(task.stage, &deed, task.life.every.is_some())?;
    let deed = checked(task, deed, &by, at)?;
    let mut after = task.clone();
    after.stage = stage;
    match &deed {
        Deed::Submit { .. } => roll_on(&mut after, at),
        Deed::Return { due, .. } if task.life.every.is_some() => {
            // That time is undone again, from its own deadline.
            after.life.past.pop();
            if let (Some(now), Some(due)) = (&mut after.due, due) {
                now.until = *due;
            }
        }
        Deed::SetDue { until, .. } => {
            after.due = until.map(|until| Due { until, words: String::new(), source: DueSource::Leader });
        }
        Deed::Hand { to, .. } => after.holder = Some(to.clone()),
        _ => {}
    }
    after.life.log.push(Entry { at, by, deed });
    Ok(after)
}

/// One that recurs goes on to its next time as soon as it was handed in.
fn roll_on(task: &mut Task, at: Moment) {
    let Some(every) = task.life.every else { return };
    let Some(due) = &mut task.due else { return };
    let from = due.until.max(at);
    let missed = recur::between(every, due.until, at);
    task.life.past.push(Occurrence { due: due.until, submitted_at: at, missed });
    if task.life.past.len() > MOST_PAST {
        task.life.past.remove(0);
    }
    due.until = recur::next(every, from);
}

fn checked(task: &Task, deed: Deed, by: &Who, at: Moment) -> Result<Deed, TaskRefused> {
    Ok(match deed {
        Deed::Tell { percent, words, mut ticked } => {
            ticked.sort_unstable();
            ticked.dedup();
            let parts = task.subtasks.len();
            if percent.is_some_and(|percent| percent > 100) || ticked.iter().any(|part| *part as usize >= parts) {
                return Err(TaskRefused::NoSuchPart);
            }
            let words = words.trim().to_owned();
            if percent.is_none() && words.is_empty() && ticked == task.life.ticked() {
                return Err(TaskRefused::Nothing);
            }
            Deed::Tell { percent, words, ticked }
        }
        Deed::Prove { proof } => {
            match &proof {
                Proof::Text { words } if words.trim().is_empty() => return Err(TaskRefused::Nothing),
                Proof::Link { href, .. } if !is_own_page(href) => return Err(TaskRefused::Elsewhere),
                _ => {}
            }
            Deed::Prove { proof }
        }
        Deed::Submit { words } => {
            if !task.life.has_fresh_proof() {
                return Err(TaskRefused::NoProof);
            }
            Deed::Submit { words: words.trim().to_owned() }
        }
        Deed::Approve { words } => {
            let own = task.life.submitted().and_then(|entry| entry.by.user);
            // The program itself has no account, and tells the past of a demonstration.
            if own.is_some() && own == by.user {
                return Err(TaskRefused::OwnWork);
            }
            Deed::Approve { words: words.trim().to_owned() }
        }
        Deed::Return { reason, .. } => {
            let due = match (task.life.every, task.life.past.last()) {
                (Some(_), None) => return Err(TaskRefused::NotNow { stage: task.stage.code() }),
                (Some(_), Some(last)) => Some(last.due),
                (None, _) => task.due.as_ref().map(|due| due.until),
            };
            Deed::Return { reason: needed(&reason)?, due }
        }
        Deed::SetDue { until, reason, .. } => {
            let before = task.due.as_ref().map(|due| due.until);
            if until.is_some_and(|until| until < at) {
                return Err(TaskRefused::Past);
            }
            // The first day needs no reason; another one does.
            let reason = if before.is_some() { needed(&reason)? } else { reason.trim().to_owned() };
            if until.is_none() && before.is_none() {
                return Err(TaskRefused::Nothing);
            }
            Deed::SetDue { until, before, reason }
        }
        Deed::Hand { to, reason, .. } => {
            if to.name.trim().is_empty() || task.holder.as_ref() == Some(&to) {
                return Err(TaskRefused::Nothing);
            }
            Deed::Hand { to, from: task.holder.clone(), reason: reason.trim().to_owned() }
        }
        Deed::Drop { reason } => Deed::Drop { reason: needed(&reason)? },
        Deed::HandDown { tasks, .. } if tasks.is_empty() => return Err(TaskRefused::Nothing),
        other @ (Deed::Accept | Deed::HandDown { .. }) => other,
    })
}

/// A path of this program; never another site.
fn is_own_page(href: &str) -> bool {
    let own = href.starts_with('/') && !href.starts_with("//");
    own && href.len() <= 300 && !href.contains(['\\', '<', '>', '"']) && !href.chars().any(char::is_whitespace)
}
