//! What is done to a task after it was given out: taken up, told of, shown, handed in, judged, handed on.
//!
//! Which deed has its place at which stage is `letters::life`'s; here stand who may, in which scope, and who is told.

pub mod accept_task;
pub mod add_evidence;
pub mod answer_obstacle;
pub mod approve_task;
pub mod drop_task;
pub mod hand_down;
pub mod hand_task;
pub mod note_read;
pub mod note_seen;
pub mod pass_obstacle;
pub mod raise_obstacle;
pub mod remind_tasks;
pub mod report_incident;
pub mod return_task;
pub mod send_digest;
pub mod set_deadline;
pub mod spread_letter;
pub mod submit_task;
pub mod tell_progress;

use locale::{Fact, Locale, say};
use place::BodyId;
use quantity::Id;

use crate::actor::{Actor, Scope};
use crate::alarms::records::{Channel, Message, MessageState};
use crate::failure::{Failure, Outcome};
use crate::letters::life::apply::apply;
use crate::letters::life::{Deed, TaskRefused};
use crate::letters::people::ToTell;
use crate::letters::task::{Task, TaskId};
use crate::operation::Desk;
use crate::record::Kept;
use crate::registry::Registry;
use crate::supply::Who;

/// Whether a body lies within an actor's scope. What no body of the register has is the whole province's.
pub fn body_in_scope(actor: &Actor, body: Option<BodyId>, registry: &Registry) -> bool {
    match (&actor.scope, body) {
        (Scope::Province, _) => true,
        (Scope::Bodies(bodies), Some(body)) => bodies.contains(&body),
        (Scope::Area(area), Some(id)) => registry
            .bodies()
            .iter()
            .find(|body| body.id == id)
            .is_some_and(|body| registry.lies_within(&body.area, area)),
        (_, None) => false,
    }
}

/// A task in the actor's scope; outside it there is none.
pub(crate) fn task(desk: &mut Desk<'_, '_>, id: TaskId) -> Outcome<Kept<Task>> {
    let found = desk.record(id)?;
    let registry = desk.registry();
    if !body_in_scope(desk.actor(), found.content.body, &registry) {
        return Err(Failure::NotFound);
    }
    desk.about(id.0);
    Ok(found)
}

/// Does a deed to a task; the task as it was and as it is.
pub(crate) fn done(desk: &mut Desk<'_, '_>, id: TaskId, deed: Deed) -> Outcome<(Task, Task)> {
    let before = task(desk, id)?;
    let code = deed.code();
    let by = Who::of(desk.actor());
    let after = apply(&before.content, deed, by, desk.now()).map_err(Failure::refused)?;
    desk.revise(&before, &after)?;
    desk.mention("deed", code);
    desk.mention("stage", after.stage.code());
    Ok((before.content, after))
}

fn refused(why: TaskRefused) -> Failure {
    Failure::refused(why)
}

/// Words that may not be empty.
fn needed(text: &str) -> Outcome<String> {
    let text = text.trim();
    if text.is_empty() { Err(refused(TaskRefused::Nothing)) } else { Ok(text.to_owned()) }
}

/// The beginning of an order, for a message.
pub(crate) fn short(text: &str) -> String {
    const LETTERS: usize = 90;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= LETTERS {
        return words;
    }
    let cut: String = words.chars().take(LETTERS).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// Tells somebody of a task through the outbox; nothing where he has no telephone.
pub(crate) fn notify(
    desk: &mut Desk<'_, '_>,
    about: Id,
    to: &ToTell,
    key: &str,
    task: &Task,
    facts: &[(&str, Fact)],
) -> Outcome<()> {
    let mut all = vec![("task", Fact::Text(short(&task.text))), ("body", Fact::Text(task.body_name.clone()))];
    all.extend_from_slice(facts);
    notify_text(desk, about, to, say(Locale::Vietnamese, key, &all), task.simulated)
}

/// The same in words of its own.
pub(crate) fn notify_text(
    desk: &mut Desk<'_, '_>,
    about: Id,
    to: &ToTell,
    text: String,
    simulated: bool,
) -> Outcome<()> {
    let Some(phone) = to.phone.clone() else { return Ok(()) };
    let text = match to.instead_of.is_empty() {
        true => text,
        false => {
            let facts = [
                ("name", Fact::Text(to.name.clone())),
                ("absent", Fact::Text(to.instead_of.clone())),
                ("text", Fact::Text(text)),
            ];
            say(Locale::Vietnamese, "task-message-instead", &facts)
        }
    };
    let mark = say(Locale::Vietnamese, "simulated", &[]);
    let text = if simulated { format!("[{mark}] {text}") } else { text };
    let real = desk.real_now();
    desk.open_record(&Message {
        channel: Channel::Sms,
        to: phone,
        name: to.name.clone(),
        text,
        alarm: about,
        written_at: desk.now(),
        written_real: real,
        state: MessageState::Waiting,
        attempts: 0,
        next_try: real,
        last_error: None,
    })?;
    Ok(())
}
