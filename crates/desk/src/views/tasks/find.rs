//! The questions about tasks to the database, each over an index of `record_state`: by body, by deadline, by key.

use std::collections::{HashMap, HashSet};

use place::{BodyId, ProvinceId};
use quantity::{Id, Moment, Span};
use store::Connection;

use crate::actor::{Actor, Scope};
use crate::failure::Outcome;
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::task::{OriginKind, Task, TaskId};
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::registry::Registry;

/// Tasks read for a list at most.
pub const MOST: i64 = 1_000;
/// Tasks read for the figures of a period at most.
pub const MOST_COUNTED: i64 = 20_000;

/// The bodies of an actor's scope; none is all.
fn bodies(actor: &Actor, registry: &Registry) -> Option<Vec<BodyId>> {
    match &actor.scope {
        Scope::Province => None,
        Scope::Bodies(bodies) => Some(bodies.clone()),
        Scope::Area(_) => {
            let inside = registry.bodies().iter().filter(|body| body_in_scope(actor, Some(body.id), registry));
            Some(inside.map(|body| body.id).collect())
        }
    }
}

/// The open tasks that an actor sees; of one body where it is named. Of the whole province those that are due first,
/// then the newest. Whether there are more than were read.
pub fn open(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    body: Option<BodyId>,
    now: Moment,
) -> Outcome<(Vec<Kept<Task>>, bool)> {
    let chosen = match (body, bodies(actor, registry)) {
        (Some(body), _) if !body_in_scope(actor, Some(body), registry) => Some(Vec::new()),
        (Some(body), _) => Some(vec![body]),
        (None, all) => all,
    };
    let mut found: Vec<Kept<Task>> = Vec::new();
    let mut cut = false;
    match chosen {
        Some(bodies) => {
            for body in bodies {
                let of_one = record::open_of_owner::<Task>(connection, actor.province, body.0, MOST)?;
                cut |= of_one.len() as i64 == MOST;
                found.extend(of_one);
            }
        }
        None => {
            let ahead = (Moment::from_micros(i64::MIN), now + Span::days(31));
            found = record::due_between::<Task>(connection, actor.province, ahead, MOST)?;
            let newest = record::open_few::<Task>(connection, actor.province, MOST)?;
            cut = found.len() as i64 == MOST || newest.len() as i64 == MOST;
            let known: HashSet<Id> = found.iter().map(|kept| kept.id.0).collect();
            found.extend(newest.into_iter().filter(|kept| !known.contains(&kept.id.0)));
        }
    }
    Ok((found, cut))
}

/// Closed tasks that an actor sees, the newest first.
pub fn closed(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    body: Option<BodyId>,
) -> Outcome<Vec<Kept<Task>>> {
    let mut found = of_scope(connection, actor, registry, body, MOST)?;
    found.retain(|kept| !kept.content.stage.is_open());
    Ok(found)
}

/// All tasks that an actor sees, closed ones too, the newest first.
pub fn of_scope(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    body: Option<BodyId>,
    most: i64,
) -> Outcome<Vec<Kept<Task>>> {
    let chosen = match (body, bodies(actor, registry)) {
        (Some(body), _) if !body_in_scope(actor, Some(body), registry) => Some(Vec::new()),
        (Some(body), _) => Some(vec![body]),
        (None, all) => all,
    };
    let Some(bodies) = chosen else { return record::newest::<Task>(connection, actor.province, most) };
    let mut found = Vec::new();
    for body in bodies {
        found.extend(record::of_owner::<Task>(connection, actor.province, body.0, most)?);
    }
    Ok(found)
}

/// Open tasks of a province whose deadline lies in a time.
pub fn due_within(
    connection: &mut Connection,
    province: ProvinceId,
    between: (Moment, Moment),
) -> Outcome<Vec<Kept<Task>>> {
    record::due_between::<Task>(connection, province, between, MOST_COUNTED)
}

/// Tasks by their keys, in their order; what is not there is left out.
pub fn by_keys(connection: &mut Connection, province: ProvinceId, keys: &[TaskId]) -> Outcome<Vec<Kept<Task>>> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.extend(record::one(connection, province, *key)?);
    }
    Ok(found)
}

/// What letters of tasks are called: key, number or subject.
pub fn letters<'t>(
    connection: &mut Connection,
    province: ProvinceId,
    tasks: impl Iterator<Item = &'t Task>,
) -> Outcome<HashMap<Id, String>> {
    let of_letters = tasks.filter(|task| task.origin.kind == OriginKind::Directive).map(|task| task.origin.id);
    let keys: HashSet<Id> = of_letters.collect();
    let mut called = HashMap::new();
    for key in keys {
        if let Some(kept) = record::one::<Directive>(connection, province, DirectiveId::new(key))? {
            let letter = &kept.content;
            let name = letter.called().map(str::to_owned).or_else(|| letter.subject.clone()).unwrap_or_default();
            called.insert(key, name);
        }
    }
    Ok(called)
}
