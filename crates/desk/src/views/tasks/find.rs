//! Whose tasks somebody sees, tasks by their keys, what their letters are called; and lists as they were known at an
//! earlier moment, of which no sums are kept: those are read over the indexes of `record_state`, so many at most.

use std::collections::{HashMap, HashSet};

use place::{BodyId, ProvinceId};
use quantity::{Id, Moment, Span};
use store::Connection;
use store::finding::Among;

use crate::actor::{Actor, Scope};
use crate::failure::Outcome;
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::task::{OriginKind, Task, TaskId};
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::registry::Registry;

/// Tasks read at most for a list that looks back.
pub const MOST: i64 = 1_000;
/// Tasks read at most for the figures of a period where one looks back.
pub const MOST_COUNTED: i64 = 20_000;

/// The bodies of an actor's scope; none is all.
fn bodies(actor: &Actor, registry: &Registry) -> Option<Vec<BodyId>> {
    match &actor.scope {
        Scope::Province => None,
        Scope::Bodies(bodies) => Some(bodies.clone()),
        Scope::Area(area) => {
            let inside = registry.bodies().iter().filter(|body| registry.lies_within(&body.area, area));
            Some(inside.map(|body| body.id).collect())
        }
    }
}

/// Among whose tasks an actor looks: those of his scope; of one body where it is named, and of none where that one lies
/// outside.
pub fn among(actor: &Actor, registry: &Registry, body: Option<BodyId>) -> Among {
    match (body, bodies(actor, registry)) {
        (Some(body), _) if !body_in_scope(actor, Some(body), registry) => Among::Bodies(Vec::new()),
        (Some(body), _) => Among::Bodies(vec![body]),
        (None, None) => Among::Province,
        (None, Some(mut bodies)) => {
            bodies.sort_unstable();
            bodies.dedup();
            Among::Bodies(bodies)
        }
    }
}

/// Whether a body is one of those.
pub fn is_among(among: &Among, body: Option<BodyId>) -> bool {
    match among {
        Among::Province => true,
        Among::Bodies(bodies) => body.is_some_and(|body| bodies.contains(&body)),
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
    let mut found: Vec<Kept<Task>> = Vec::new();
    let mut cut = false;
    match among(actor, registry, body) {
        Among::Bodies(bodies) => {
            for body in bodies {
                let of_one = record::open_of_owner::<Task>(connection, actor.province, body.0, MOST)?;
                cut |= of_one.len() as i64 == MOST;
                found.extend(of_one);
            }
        }
        Among::Province => {
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
    let Among::Bodies(bodies) = among(actor, registry, body) else {
        return record::newest::<Task>(connection, actor.province, most);
    };
    let owners: Vec<Id> = bodies.iter().map(|body| body.0).collect();
    let mut found = record::of_owners::<Task>(connection, actor.province, &owners, most)?;
    found.sort_unstable_by_key(|kept| std::cmp::Reverse(kept.id.0));
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
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
    record::many(connection, province, keys)
}

/// What letters of tasks are called: key, number or subject.
pub fn letters<'t>(
    connection: &mut Connection,
    province: ProvinceId,
    tasks: impl Iterator<Item = &'t Task>,
) -> Outcome<HashMap<Id, String>> {
    let of_letters = tasks.filter(|task| task.origin.kind == OriginKind::Directive).map(|task| task.origin.id);
    let keys: HashSet<Id> = of_letters.collect();
    let keys: Vec<DirectiveId> = keys.into_iter().map(DirectiveId::new).collect();
    let called = record::many::<Directive>(connection, province, &keys)?
        .into_iter()
        .map(|kept| (kept.id.0, kept.content.name()));
    Ok(called.collect())
}
