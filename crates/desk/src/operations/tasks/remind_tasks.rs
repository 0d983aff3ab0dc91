//! Remind the bodies of tasks whose deadline comes or has passed. Done by the watch; what was told is kept with the
//! task, so that nothing is told twice.

use locale::{Fact, Locale, say};
use quantity::time::show_date;
use serde::Serialize;

use super::{notify_text, short};
use crate::failure::Outcome;
use crate::letters::life::Reminded;
use crate::letters::people::whom_to_tell;
use crate::letters::remind::{DueStep, due_step};
use crate::letters::task::{Task, TaskId};
use crate::office_rules::rules_on;
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// Tasks that somebody is to be reminded of.
#[derive(Debug, Serialize)]
pub struct RemindTasks {
    /// Which.
    pub tasks: Vec<TaskId>,
}

impl Operation for RemindTasks {
    type Done = usize;
    const NAME: &'static str = "remind_of_tasks";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        desk.whole_province()?;
        let registry = desk.registry();
        let now = desk.now();
        let province = desk.actor().province;
        let rules = rules_on(desk.transaction(), province, now.date())?;
        let mut told = 0;
        for id in self.tasks {
            let before = desk.record(id)?;
            // Somebody may have handed it in since the watch looked.
            let Some(due) = due_step(&before.content, now, &rules) else { continue };
            let to = whom_to_tell(&registry, &before.content, now).filter(|to| to.phone.is_some());
            let mut after = before.content.clone();
            after.life.reminded.push(Reminded {
                step: due.step,
                due: due.due,
                at: now,
                to: to.as_ref().map(|to| to.name.clone()).unwrap_or_default(),
                instead_of: to.as_ref().map(|to| to.instead_of.clone()).unwrap_or_default(),
            });
            if let Some(to) = &to {
                notify_text(desk, id.0, to, words(&before.content, due, now), before.content.simulated)?;
                told += 1;
            }
            desk.revise(&before, &after)?;
        }
        desk.mention("told", told);
        Ok(told)
    }
}

/// The sentence of a reminder.
fn words(task: &Task, due: DueStep, now: quantity::Moment) -> String {
    let days = due.due.date().until(now.date()).map_or(0, |span| i64::from(span.get_days()));
    let key = match due.step {
        _ if now <= due.due && days == 0 => "task-message-today",
        ..0 => "task-message-before",
        0.. => "task-message-after",
    };
    let facts = [
        ("task", Fact::Text(short(&task.text))),
        ("body", Fact::Text(task.body_name.clone())),
        // On the last day after its hour it is late by less than a day.
        ("days", Fact::Text(days.abs().max(1).to_string())),
        ("day", Fact::Text(show_date(due.due.date()))),
    ];
    say(Locale::Vietnamese, key, &facts)
}
