//! Somebody of a body has opened its task under his account: that counts as received (DT08).

use serde::Serialize;

use crate::failure::Outcome;
use crate::letters::receipt::{By, Received};
use crate::letters::task::TaskId;
use crate::operation::{Desk, Operation};
use crate::operations::tasks::task;
use crate::rights::Capability;
use crate::supply::Who;

/// A task that was opened.
#[derive(Debug, Serialize)]
pub struct NoteOpened {
    /// Which.
    pub task: TaskId,
}

impl Operation for NoteOpened {
    type Done = ();
    const NAME: &'static str = "note_task_opened";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = task(desk, self.task)?;
        let who = Who::of(desk.actor());
        let known = |one: &Received| one.by == By::Account && one.noted_by.as_ref() == Some(&who);
        // Who sees the whole province has not received it for the body.
        if desk.actor().sees_all() || before.content.life.received.iter().any(known) {
            return Ok(());
        }
        let mut after = before.content.clone();
        let (name, at) = (who.name.clone(), desk.now());
        after.life.received.push(Received {
            who: name,
            by: By::Account,
            at,
            noted_by: Some(who),
            note: String::new(),
            file: None,
        });
        desk.revise(&before, &after)
    }
}
