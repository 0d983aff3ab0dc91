//! Give a task to a person of its body, or to another one; both are told. Who is away is named with who stands in.

use locale::Fact;
use place::PersonId;
use serde::Serialize;

use super::{done, notify, refused, task};
use crate::failure::Outcome;
use crate::letters::life::{Deed, TaskRefused};
use crate::letters::people::{ToTell, post_of, stand_in, whom_to_tell};
use crate::letters::task::{Named, Stage, Task, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::registry::Registry;
use crate::rights::Capability;

/// Who shall work on a task.
#[derive(Debug, Serialize)]
pub struct HandTask {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// Who, where he holds a post of the body.
    pub person: Option<PersonId>,
    /// His name, where he holds none.
    pub name: String,
    /// Why; may be empty.
    pub reason: String,
    /// Although he is away: until he is back, who stands in for him is told.
    pub although_away: bool,
}

impl Operation for HandTask {
    type Done = Stage;
    const NAME: &'static str = "hand_task";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let before = task(desk, self.task)?.content;
        let registry = desk.registry();
        let to = self.chosen(&before, &registry, desk.now())?;
        let deed = Deed::Hand { to: to.clone(), from: None, reason: self.reason };
        let (before, after) = done(desk, self.task, deed)?;
        let now = desk.now();
        if let Some(new) = whom_to_tell(&registry, &after, now) {
            notify(desk, self.task.0, &new, "task-message-given", &after, &[])?;
        }
        // Who had it is told that he has it no longer, where he is still there.
        let former = before.holder.and_then(|holder| Some((before.body?, holder.person?)));
        let former = former.and_then(|(body, person)| post_of(registry.roster(), body, person, now));
        // Who is away is told nothing; the task's own page keeps from whom to whom it went.
        let former = former.filter(|post| !registry.roster().is_absent(post.person, now));
        if let Some(post) = former {
            let told = ToTell { name: post.name.clone(), phone: post.phone.clone(), instead_of: String::new() };
            notify(desk, self.task.0, &told, "task-message-taken", &after, &[("name", Fact::Text(to.name))])?;
        }
        Ok(after.stage)
    }
}

impl HandTask {
    fn chosen(&self, task: &Task, registry: &Registry, now: quantity::Moment) -> Outcome<Named> {
        let Some(person) = self.person else {
            return Ok(Named { person: None, name: self.name.trim().to_owned(), post: String::new() });
        };
        let roster = registry.roster();
        let body = task.body.ok_or_else(|| refused(TaskRefused::Nothing))?;
        let instead = || stand_in(roster, body, person, now).map(|post| post.name.clone()).unwrap_or_default();
        match post_of(roster, body, person, now) {
            None => Err(refused(TaskRefused::Left { name: self.name.trim().to_owned(), stand_in: instead() })),
            Some(post) if roster.is_absent(person, now) && !self.although_away => {
                Err(refused(TaskRefused::Away { name: post.name.clone(), stand_in: instead() }))
            }
            Some(post) => Ok(Named { person: Some(person), name: post.name.clone(), post: String::new() }),
        }
    }
}
