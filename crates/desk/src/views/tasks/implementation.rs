//! How far a letter is: what its report on implementation says, task by task.

use std::collections::HashMap;

use quantity::{Id, Moment};
use store::Connection;

use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::life::Proof;
use crate::letters::life::judged::Judged;
use crate::letters::obstacle::Obstacle;
use crate::letters::task::{Stage, Task, TaskId};
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept, Record};

/// The most obstacles of one task that a report names.
const MOST_OBSTACLES: i64 = 20;

/// One task of a letter, as a report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Which task.
    pub task: TaskId,
    /// Which line of the letter, from 0.
    pub line: u32,
    /// The order.
    pub text: String,
    /// Whose it is.
    pub owner: String,
    /// The head who answers for it.
    pub head: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// Per cent, where it was told.
    pub percent: Option<u8>,
    /// What was told last.
    pub told: String,
    /// Until when it is due.
    pub due: Option<Moment>,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
    /// Handed in before its deadline; none while it is open, and where no day was set.
    pub in_time: Option<bool>,
    /// The deadline has passed and it is not done.
    pub overdue: bool,
    /// How often it was given back.
    pub returned: usize,
    /// What shows it, by name.
    pub evidence: Vec<String>,
    /// What stands in its way, with the answer where there is one.
    pub obstacles: Vec<(String, Option<String>)>,
}

/// How far a letter is.
#[derive(Debug, Clone)]
pub struct Implementation {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The letter.
    pub letter: Kept<Directive>,
    /// Its tasks, in the order of the letter.
    pub lines: Vec<ReportLine>,
}

impl Implementation {
    /// How many are done.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.stage == Stage::Done).count()
    }

    /// The bodies that are overdue, each once, with how many of their tasks.
    pub fn overdue_owners(&self) -> Vec<(String, usize)> {
        let mut owners: Vec<(String, usize)> = Vec::new();
        for line in self.lines.iter().filter(|line| line.overdue) {
            match owners.iter_mut().find(|(name, _)| *name == line.owner) {
                Some((_, count)) => *count += 1,
                None => owners.push((line.owner.clone(), 1)),
            }
        }
        owners
    }
}

/// The line of one task. Pure.
pub fn report_line(kept: &Kept<Task>, obstacles: &[Kept<Obstacle>], now: Moment) -> ReportLine {
    let task = &kept.content;
    let judged = task.judged(now);
    let told = task.life.last_told();
    let of_link = |proof: &Proof| proof.called().to_owned();
    ReportLine {
        task: kept.id,
        line: task.origin.line,
        text: task.text.clone(),
        owner: task.body_name.clone(),
        head: task.head.as_ref().map(|head| head.name.clone()),
        stage: task.stage,
        percent: told.and_then(|(_, percent, _)| percent),
        told: told.map(|(_, _, words)| words.to_owned()).unwrap_or_default(),
        due: task.due.as_ref().map(|due| due.until),
        submitted_at: task.life.submitted().map(|entry| entry.at),
        in_time: match judged {
            Judged::InTime => Some(true),
            Judged::Late(_) => Some(false),
            _ => None,
        },
        overdue: matches!(judged, Judged::Undone(_)),
        returned: task.life.returned(),
        evidence: task.life.proofs().map(|(_, proof)| of_link(proof)).collect(),
        obstacles: obstacles
            .iter()
            .map(|kept| {
                let answer = kept.content.answer.as_ref().map(|answer| answer.words.clone());
                (kept.content.words.clone(), answer)
            })
            .collect(),
    }
}

/// How far a letter is, as far as the actor sees its tasks.
pub fn implementation(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    letter: DirectiveId,
) -> Outcome<Implementation> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let letter = record::one(connection, actor.province, letter)?.ok_or(Failure::NotFound)?;
    let mut tasks = find::by_keys(connection, actor.province, &letter.content.tasks)?;
    tasks.retain(|kept| body_in_scope(actor, kept.content.body, &registry));
    let owners: Vec<Id> = tasks.iter().map(|kept| kept.id.0).collect();
    let mut obstacles: HashMap<Id, Vec<Kept<Obstacle>>> = HashMap::new();
    for kept in record::of_owners::<Obstacle>(connection, actor.province, &owners, MOST_OBSTACLES)? {
        if let Some(owner) = kept.content.owner() {
            obstacles.entry(owner).or_default().push(kept);
        }
    }
    let of_task = |kept: &Kept<Task>| obstacles.get(&kept.id.0).map_or(&[][..], Vec::as_slice);
    let mut lines: Vec<ReportLine> = tasks.iter().map(|kept| report_line(kept, of_task(kept), now)).collect();
    if lines.is_empty() && !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    lines.sort_by(|one, other| (one.line, &one.owner).cmp(&(other.line, &other.owner)));
    Ok(Implementation { now, letter, lines })
}
