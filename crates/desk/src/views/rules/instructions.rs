//! What newer letters say of the tasks of older ones, and what was decided of each task (DT14).

use letter::Role;
use quantity::Moment;
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::finding::number_key;
use crate::letters::instruction::{TaskInstruction, asks};
use crate::letters::task::{OriginKind, Task};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;
use crate::views::letters::at_task::{older, pairs_of};
use crate::views::letters::graph::{Brief, Together};
use crate::views::tasks::find;

/// Choices of one task that are read.
const MOST: i64 = 100;

/// What touches one task.
#[derive(Debug, Clone, Default)]
pub struct AtTask {
    /// Letters to be read together, with decider and decision.
    pub pairs: Vec<Together>,
    /// Newer letters that change the task's own, and of which nobody said what becomes of the task.
    pub undecided: Vec<(Brief, Role)>,
    /// What was decided of the task, the newest first.
    pub chosen: Vec<Kept<TaskInstruction>>,
}

/// What touches a task. Whoever sees the task sees the question; whether he may open the letters is asked where they are.
pub fn at_task(connection: &mut Connection, actor: &Actor, task: &Kept<Task>) -> Outcome<AtTask> {
    if task.content.origin.kind != OriginKind::Directive {
        return Ok(AtTask::default());
    }
    let id = DirectiveId::new(task.content.origin.id);
    let Some(letter) = record::one::<Directive>(connection, actor.province, id)? else { return Ok(AtTask::default()) };
    let pairs = pairs_of(connection, actor, &letter)?;
    let chosen = record::of_owner::<TaskInstruction>(connection, actor.province, task.id.0, MOST)?;
    let own = letter.content.called().map(number_key).unwrap_or_default();
    let about_it = |pair: &&Together| !own.is_empty() && number_key(&pair.earlier_number) == own && asks(pair.role);
    let open = |pair: &&Together| {
        task.content.stage.is_open() && chosen.iter().all(|kept| kept.content.later != pair.later.id)
    };
    let undecided = pairs.iter().filter(about_it).filter(open).map(|pair| (pair.later.clone(), pair.role));
    Ok(AtTask { undecided: undecided.collect(), chosen, pairs })
}

/// An older letter with its open tasks, each with what was decided of it because of the newer one.
#[derive(Debug, Clone)]
pub struct OlderLetter {
    /// The older letter.
    pub letter: Brief,
    /// What the newer one does with it.
    pub role: Role,
    /// Its tasks that are open, or of which something was decided.
    pub tasks: Vec<(Kept<Task>, Option<Kept<TaskInstruction>>)>,
}

/// The tasks of older letters that a letter touches.
#[derive(Debug, Clone)]
pub struct OldTasks {
    /// Now, by the domain clock.
    pub now: Moment,
    /// What the newer letter is called.
    pub called: String,
    /// The older ones.
    pub older: Vec<OlderLetter>,
    /// Open tasks of which nothing was decided yet.
    pub undecided: usize,
    /// Whether the reader decides.
    pub decides: bool,
}

/// The tasks of older letters that a letter touches.
pub fn old_tasks(office: &Office, connection: &mut Connection, actor: &Actor, id: DirectiveId) -> Outcome<OldTasks> {
    if !actor.may(Capability::SeeLetters) {
        return Err(Failure::Forbidden(Capability::SeeLetters));
    }
    if !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let now = office.now(connection)?;
    let letter = record::one::<Directive>(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    let mut found = Vec::new();
    let mut undecided = 0;
    for (key, brief, role) in older(connection, actor, &letter)? {
        let Some(old) = record::one::<Directive>(connection, actor.province, RecordId::new(key))? else { continue };
        let mut tasks = Vec::new();
        for task in find::by_keys(connection, actor.province, &old.content.tasks)? {
            let of_task = record::of_owner::<TaskInstruction>(connection, actor.province, task.id.0, MOST)?;
            let chosen = of_task.into_iter().find(|kept| kept.content.later == id.0);
            if task.content.stage.is_open() && chosen.is_none() {
                undecided += 1;
            }
            if task.content.stage.is_open() || chosen.is_some() {
                tasks.push((task, chosen));
            }
        }
        found.push(OlderLetter { letter: brief, role, tasks });
    }
    let called = letter.called().map(str::to_owned).or_else(|| letter.subject.clone()).unwrap_or_default();
    Ok(OldTasks { now, called, older: found, undecided, decides: actor.may(Capability::JudgeTasks) })
}
