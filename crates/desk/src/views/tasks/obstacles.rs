//! What stands in the way of tasks, and what is proposed: unanswered ones first, the latest answer first (DT10).

use quantity::Moment;
use store::Connection;

use super::allowed;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::obstacle::Obstacle;
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::rights::Capability;

/// Answered ones that are read at most.
const MOST: i64 = 300;

/// One obstacle.
#[derive(Debug, Clone)]
pub struct ObstacleLine {
    /// It.
    pub kept: Kept<Obstacle>,
    /// Whether its answer is late.
    pub late: bool,
    /// Whether the reader may answer it or pass it on.
    pub answers: bool,
}

/// Obstacles and proposals.
#[derive(Debug, Clone)]
pub struct Obstacles {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Unanswered, the most urgent first.
    pub open: Vec<ObstacleLine>,
    /// Answered, the newest first.
    pub answered: Vec<ObstacleLine>,
}

/// The obstacles that an actor sees: of tasks in his scope, and those that lie with a body of his.
pub fn obstacles(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Obstacles> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let with_him = |obstacle: &Obstacle| {
        obstacle.with.is_some() && !actor.sees_all() && body_in_scope(actor, obstacle.with, &registry)
    };
    let sees = |kept: &Kept<Obstacle>| {
        body_in_scope(actor, kept.content.body, &registry) || with_him(&kept.content)
    };
    let line = |kept: Kept<Obstacle>| {
        let judges = actor.sees_all() && actor.may(Capability::JudgeTasks);
        let may = judges || (actor.may(Capability::AnswerTasks) && with_him(&kept.content));
        ObstacleLine { late: kept.content.is_late(now), answers: may && kept.content.answer.is_none(), kept }
    };
    let mut open: Vec<ObstacleLine> =
        record::open::<Obstacle>(connection, actor.province)?.into_iter().filter(sees).map(line).collect();
    open.sort_by_key(|line| line.kept.content.answer_by);
    let newest = record::newest::<Obstacle>(connection, actor.province, MOST)?;
    let answered =
        newest.into_iter().filter(|kept| kept.content.answer.is_some()).filter(sees).map(line).collect();
    Ok(Obstacles { now, open, answered })
}
