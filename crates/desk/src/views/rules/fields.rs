//! Who is in charge of which field in which body, from when to when, and the open tasks of each (DT07).

use place::body::Post;
use place::text::sort_key;
use place::{BodyId, PersonId};
use protocol::OfficerFields;
use quantity::Moment;
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::field::{Officer, OfficerField, OfficerFieldId, officers};
use crate::letters::people::staff;
use crate::letters::task::Task;
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::views::tasks::allowed;

/// Fields read at most.
const MOST: i64 = 2_000;
/// Open tasks of one body that are looked through.
const MOST_TASKS: i64 = 500;

/// An officer with his body and his open tasks.
#[derive(Debug, Clone)]
pub struct OfficerLine {
    /// Him, with whether he is there.
    pub officer: Officer,
    /// His body's name.
    pub body: String,
    /// Open tasks of his body that name his field, or that he works on.
    pub tasks: usize,
    /// Those of them that are overdue.
    pub overdue: usize,
}

/// Somebody who may be put in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// His body.
    pub body: BodyId,
    /// Its name.
    pub body_name: String,
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
}

/// The register.
#[derive(Debug, Clone)]
pub struct Fields {
    /// Now, by the domain clock.
    pub now: Moment,
    /// In force, by body.
    pub lines: Vec<OfficerLine>,
    /// Ended, or not begun yet, the newest first, with the body's name.
    pub others: Vec<(Kept<OfficerField>, String)>,
    /// The fields with their source.
    pub known: OfficerFields,
    /// Who may be put in charge; nobody for whoever may not do it.
    pub candidates: Vec<Candidate>,
}

fn body_name(registry: &Registry, body: BodyId) -> String {
    registry.bodies().iter().find(|one| one.id == body).map(|one| one.name.clone()).unwrap_or_default()
}

/// The open tasks of an officer: his body's, where they name his field, or he works on them.
fn tasks_of(
    connection: &mut Connection,
    actor: &Actor,
    field: &OfficerField,
    known: &OfficerFields,
) -> Outcome<Vec<Kept<Task>>> {
    let mut tasks = record::open_of_owner::<Task>(connection, actor.province, field.body.0, MOST_TASKS)?;
    tasks.retain(|kept| {
        let holds = kept.content.holder.as_ref().and_then(|holder| holder.person) == Some(field.person);
        holds || field.means(known, &kept.content.text)
    });
    Ok(tasks)
}

/// The register of fields.
pub fn fields(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Fields> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let known = OfficerFields::shipped().map_err(Failure::refused)?;
    let mut all = record::newest::<OfficerField>(connection, actor.province, MOST)?;
    all.retain(|kept| body_in_scope(actor, Some(kept.content.body), &registry));
    let (in_force, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|kept| kept.content.in_force(now));
    let mut lines = Vec::new();
    for officer in officers(in_force, registry.roster(), now) {
        let tasks = tasks_of(connection, actor, &officer.field, &known)?;
        lines.push(OfficerLine {
            body: body_name(&registry, officer.field.body),
            tasks: tasks.len(),
            overdue: tasks.iter().filter(|kept| kept.content.is_overdue(now)).count(),
            officer,
        });
    }
    lines.sort_by_cached_key(|line| (sort_key(&line.body), sort_key(&line.officer.field.name)));
    let others = others.into_iter().map(|kept| {
        let body = body_name(&registry, kept.content.body);
        (kept, body)
    });
    let candidates =
        if actor.may(Capability::KeepCommand) && actor.sees_all() { candidates(&registry, now) } else { Vec::new() };
    Ok(Fields { now, lines, others: others.collect(), known, candidates })
}

fn candidates(registry: &Registry, now: Moment) -> Vec<Candidate> {
    let of_body = |body: &place::body::Body| {
        let posts: Vec<&Post> = staff(registry.roster(), body.id, now);
        let (id, name) = (body.id, body.name.clone());
        let one = move |post: &Post| Candidate {
            body: id,
            body_name: name.clone(),
            person: post.person,
            name: post.name.clone(),
        };
        posts.into_iter().map(one).collect::<Vec<_>>()
    };
    let bodies = registry.bodies().iter().filter(|body| body.valid_on(now.date()));
    let mut found: Vec<Candidate> = bodies.flat_map(of_body).collect();
    found.sort_by_cached_key(|one| (sort_key(&one.body_name), sort_key(&one.name)));
    found
}

/// One officer's field with its open tasks.
#[derive(Debug, Clone)]
pub struct FieldInFull {
    /// Now, by the domain clock.
    pub now: Moment,
    /// What is kept.
    pub kept: Kept<OfficerField>,
    /// Him as he is now; none where the charge is not in force.
    pub officer: Option<Officer>,
    /// His body's name.
    pub body: String,
    /// The open tasks.
    pub tasks: Vec<Kept<Task>>,
    /// Whether the reader may end it.
    pub may_end: bool,
}

/// One officer's field.
pub fn field(office: &Office, connection: &mut Connection, actor: &Actor, id: OfficerFieldId) -> Outcome<FieldInFull> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    if !body_in_scope(actor, Some(kept.content.body), &registry) {
        return Err(Failure::NotFound);
    }
    let known = OfficerFields::shipped().map_err(Failure::refused)?;
    let mut tasks = tasks_of(connection, actor, &kept.content, &known)?;
    tasks.sort_by_key(|task| task.content.due.as_ref().map_or(i64::MAX, |due| due.until.micros()));
    let officer = officers(vec![kept.clone()], registry.roster(), now).pop();
    Ok(FieldInFull {
        now,
        officer,
        body: body_name(&registry, kept.content.body),
        tasks,
        may_end: actor.may(Capability::KeepCommand) && actor.sees_all() && kept.content.to.is_none(),
        kept,
    })
}
