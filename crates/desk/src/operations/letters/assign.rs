//! Give one order out: a task for each of its bodies, with the head who answers for it. Letters, meetings,
//! inspections, corrective actions and plans all give out through here.

use place::BodyId;
use place::body::PostKind;

use super::refused;
use crate::failure::{Failure, Outcome};
use crate::letters::people::whom_to_tell;
use crate::letters::receipt::Given;
use crate::letters::refused::Refused;
use crate::letters::task::{Named, Task, TaskId};
use crate::operation::Desk;

/// A task for each body, or one for whoever the order names where the register does not know him. `base` is what they
/// have in common. The head of a body stands before the head whom the order names.
pub(crate) fn to_bodies(desk: &mut Desk<'_, '_>, base: &Task, bodies: &[BodyId]) -> Outcome<Vec<TaskId>> {
    let registry = desk.registry();
    let now = desk.now();
    if bodies.is_empty() {
        if base.body_name.trim().is_empty() {
            let line = usize::try_from(base.origin.line).unwrap_or(usize::MAX - 1) + 1;
            return Err(refused(Refused::Task { line, what: "nobody" }));
        }
        return Ok(vec![desk.open_record(base)?]);
    }
    let mut given = Vec::new();
    for id in bodies {
        let body = registry.bodies().iter().find(|body| body.id == *id && body.valid_on(now.date()));
        let body = body.ok_or(Failure::NotFound)?;
        let head = registry.roster().whom(body.id, PostKind::Head, now).map(|standin| {
            let post = standin.post();
            Named { person: Some(post.person), name: post.name.clone(), post: String::new() }
        });
        let mut task = Task {
            body: Some(body.id),
            body_name: body.name.clone(),
            head: head.or_else(|| base.head.clone()),
            ..base.clone()
        };
        task.life.given = whom_to_tell(&registry, &task, now).as_ref().map(Given::from);
        given.push(desk.open_record(&task)?);
    }
    Ok(given)
}
