//! Ask once, through the outbox, why nobody has received what was given out (DT08): one message a person, whatever the
//! number of tasks. Done by the watch.

use locale::{Fact, Locale, say};
use quantity::Id;
use serde::Serialize;

use crate::failure::Outcome;
use crate::letters::people::{ToTell, whom_to_tell};
use crate::letters::receipt::is_asked;
use crate::letters::task::{Task, TaskId};
use crate::office_rules::rules_on;
use crate::operation::{Desk, Operation};
use crate::operations::tasks::{notify_text, short};
use crate::rights::Capability;

/// Tasks that nobody has received.
#[derive(Debug, Serialize)]
pub struct AskReceipts {
    /// Which.
    pub tasks: Vec<TaskId>,
}

impl Operation for AskReceipts {
    type Done = usize;
    const NAME: &'static str = "ask_task_receipts";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        desk.whole_province()?;
        let (province, now, registry) = (desk.actor().province, desk.now(), desk.registry());
        let rules = rules_on(desk.transaction(), province, now.date())?;
        let mut asked: Vec<(ToTell, Id, Vec<Task>)> = Vec::new();
        for id in self.tasks {
            let before = desk.record(id)?;
            // Somebody may have opened it since the watch looked.
            if !is_asked(&before.content, now, &rules) {
                continue;
            }
            let mut after = before.content.clone();
            after.life.receipt_asked = Some(now);
            desk.revise(&before, &after)?;
            let Some(to) = whom_to_tell(&registry, &after, now).filter(|to| to.phone.is_some()) else { continue };
            let origin = after.origin.id;
            match asked.iter_mut().find(|(known, of, _)| *known == to && *of == origin) {
                Some((.., tasks)) => tasks.push(after),
                None => asked.push((to, origin, vec![after])),
            }
        }
        desk.mention("told", asked.len());
        for (to, origin, tasks) in &asked {
            let facts = [
                ("count", Fact::from(tasks.len())),
                ("body", Fact::Text(tasks.first().map(|task| task.body_name.clone()).unwrap_or_default())),
                ("task", Fact::Text(tasks.first().map(|task| short(&task.text)).unwrap_or_default())),
            ];
            let text = say(Locale::Vietnamese, "rules-message-receipt", &facts);
            let simulated = tasks.iter().any(|task| task.simulated);
            notify_text(desk, *origin, to, text, simulated)?;
        }
        Ok(asked.len())
    }
}
