//! Tell whoever is given something, once it is confirmed: one message a person, whatever the number of his tasks. Nobody
//! who is away or has left gets one; who stands in gets it and is told for whom.

use locale::{Fact, Locale, say};
use quantity::Id;
use quantity::time::show_date;

use crate::failure::Outcome;
use crate::letters::people::{ToTell, whom_to_tell};
use crate::letters::task::{Task, TaskId};
use crate::operation::Desk;
use crate::operations::tasks::{notify_text, short};

/// Tells the people of some tasks that were just given out because of a record, which is `called` so.
pub(crate) fn of_tasks(desk: &mut Desk<'_, '_>, about: Id, called: &str, tasks: &[TaskId]) -> Outcome<()> {
    let (registry, now) = (desk.registry(), desk.now());
    let mut people: Vec<(ToTell, Vec<Task>)> = Vec::new();
    let mut nobody = 0_usize;
    for id in tasks {
        let task = desk.record(*id)?.content;
        let Some(to) = whom_to_tell(&registry, &task, now).filter(|to| to.phone.is_some()) else {
            nobody += 1;
            continue;
        };
        match people.iter_mut().find(|(known, _)| *known == to) {
            Some((_, tasks)) => tasks.push(task),
            None => people.push((to, vec![task])),
        }
    }
    desk.mention("told", people.len());
    if nobody > 0 {
        desk.mention("told_nobody", nobody);
    }
    for (to, tasks) in &people {
        let text = words(called, tasks);
        notify_text(desk, about, to, text, tasks.iter().any(|task| task.simulated))?;
    }
    Ok(())
}

fn words(called: &str, tasks: &[Task]) -> String {
    let mut bodies: Vec<&str> = Vec::new();
    for task in tasks {
        if !bodies.contains(&task.body_name.as_str()) {
            bodies.push(&task.body_name);
        }
    }
    let first = tasks.iter().filter_map(|task| task.due.as_ref()).map(|due| due.until).min();
    let due = match first {
        Some(until) => say(Locale::Vietnamese, "rules-message-first-day", &[("day", show_date(until.date()).into())]),
        None => say(Locale::Vietnamese, "rules-message-no-day", &[]),
    };
    let facts = [
        ("count", Fact::from(tasks.len())),
        ("body", Fact::Text(bodies.join(", "))),
        ("letter", Fact::Text(called.to_owned())),
        ("task", Fact::Text(tasks.first().map(|task| short(&task.text)).unwrap_or_default())),
        ("due", Fact::Text(due)),
    ];
    say(Locale::Vietnamese, "rules-message-given", &facts)
}
