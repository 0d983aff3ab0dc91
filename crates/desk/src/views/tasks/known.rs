//! What is made known to all staff (DT09), and incidents with who has seen them (DT11).

use place::BodyId;
use quantity::Moment;
use store::Connection;

use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::incident::Incident;
use crate::letters::spread::{Dissemination, DisseminationId};
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::rights::Capability;

/// Read at most.
const MOST: i64 = 300;

/// Letters made known, and what can be made known.
#[derive(Debug, Clone)]
pub struct Spreads {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The newest first.
    pub lines: Vec<Kept<Dissemination>>,
    /// Bodies to choose from.
    pub bodies: Vec<(BodyId, String)>,
    /// Letters to choose from: those with a task of a body in scope; of the whole province the newest.
    pub letters: Vec<(DirectiveId, String)>,
    /// Whether the reader may begin one.
    pub answers: bool,
}

/// Bodies of an actor's scope on the day, by name.
fn bodies(office: &Office, connection: &mut Connection, actor: &Actor, now: Moment) -> Outcome<Vec<(BodyId, String)>> {
    let registry = office.registry(connection, actor.province)?;
    let on_day = registry.bodies().iter().filter(|body| body.valid_on(now.date()));
    let mine = on_day.filter(|body| body_in_scope(actor, Some(body.id), &registry));
    Ok(mine.map(|body| (body.id, body.name.clone())).collect())
}

/// The letters that an actor's bodies make known.
pub fn spreads(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Spreads> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let mut lines = record::newest::<Dissemination>(connection, actor.province, MOST)?;
    lines.retain(|kept| body_in_scope(actor, Some(kept.content.body), &registry));
    let mut letters: Vec<(DirectiveId, String)> = Vec::new();
    if actor.sees_all() {
        for kept in record::newest::<Directive>(connection, actor.province, MOST)? {
            let letter = &kept.content;
            if letter.standing == Standing::Confirmed {
                letters.push((kept.id, letter.name()));
            }
        }
    } else {
        let mine = find::of_scope(connection, actor, &registry, None, MOST)?;
        let called = find::letters(connection, actor.province, mine.iter().map(|kept| &kept.content))?;
        letters.extend(called.into_iter().map(|(id, called)| (DirectiveId::new(id), called)));
        letters.sort_by(|one, other| one.1.cmp(&other.1));
    }
    Ok(Spreads {
        now,
        lines,
        bodies: bodies(office, connection, actor, now)?,
        letters,
        answers: actor.may(Capability::AnswerTasks),
    })
}

/// One letter in one body: who has read it, who has not.
pub fn spread(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: DisseminationId,
) -> Outcome<(Kept<Dissemination>, bool)> {
    allowed(actor)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let registry = office.registry(connection, actor.province)?;
    if !body_in_scope(actor, Some(kept.content.body), &registry) {
        return Err(Failure::NotFound);
    }
    Ok((kept, actor.may(Capability::AnswerTasks)))
}

/// Incidents, and what can be reported.
#[derive(Debug, Clone)]
pub struct Incidents {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Those that some level has not seen first, then the newest.
    pub lines: Vec<Kept<Incident>>,
    /// Bodies to choose from.
    pub bodies: Vec<(BodyId, String)>,
    /// Whether the reader may report one.
    pub answers: bool,
    /// Whether he answers for the department and the province.
    pub whole: bool,
}

/// The incidents of an actor's bodies.
pub fn incidents(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Incidents> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let mut lines = record::newest::<Incident>(connection, actor.province, MOST)?;
    lines.retain(|kept| body_in_scope(actor, Some(kept.content.body), &registry));
    lines.sort_by_key(|kept| {
        let seen = kept.content.levels.iter().all(|level| level.seen.is_some());
        (seen, std::cmp::Reverse(kept.content.reported_at))
    });
    Ok(Incidents {
        now,
        lines,
        bodies: bodies(office, connection, actor, now)?,
        answers: actor.may(Capability::AnswerTasks),
        whole: actor.sees_all(),
    })
}
