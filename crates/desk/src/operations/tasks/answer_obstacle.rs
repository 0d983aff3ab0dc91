//! Answer an obstacle or a proposal: who stands above its body, or a leader of the province (DT10).

use locale::Fact;
use serde::Serialize;

use super::{body_in_scope, needed, notify, refused, short};
use crate::failure::{Failure, Outcome};
use crate::letters::life::TaskRefused;
use crate::letters::obstacle::{Answered, Obstacle, ObstacleId};
use crate::letters::people::whom_to_tell;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::Kept;
use crate::rights::Capability;
use crate::supply::Who;

/// An answer.
#[derive(Debug, Serialize)]
pub struct AnswerObstacle {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// To what.
    pub obstacle: ObstacleId,
    /// What is answered.
    pub words: String,
}

/// An obstacle that the actor may settle: it lies with a body of his, or he judges the tasks of the province. Who only
/// sees it is told who may.
pub(super) fn unsettled(desk: &mut Desk<'_, '_>, id: ObstacleId) -> Outcome<Kept<Obstacle>> {
    let found = desk.record(id)?;
    let registry = desk.registry();
    let actor = desk.actor();
    let obstacle = &found.content;
    let answers = obstacle.with.is_some() && !actor.sees_all() && body_in_scope(actor, obstacle.with, &registry);
    let judges = actor.sees_all() && actor.may(Capability::JudgeTasks);
    if !answers && !judges {
        let sees = actor.sees_all() || body_in_scope(actor, obstacle.body, &registry);
        return Err(if sees { Failure::Forbidden(Capability::JudgeTasks) } else { Failure::NotFound });
    }
    if obstacle.answer.is_some() {
        return Err(refused(TaskRefused::Settled));
    }
    desk.about(found.content.task.0);
    Ok(found)
}

impl Operation for AnswerObstacle {
    type Done = ();
    const NAME: &'static str = "answer_obstacle";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = unsettled(desk, self.obstacle)?;
        let words = needed(&self.words)?;
        let answer = Answered { at: desk.now(), by: Who::of(desk.actor()), words: words.clone() };
        desk.revise(&before, &Obstacle { answer: Some(answer), ..before.content.clone() })?;
        desk.mention("obstacle", self.obstacle.to_string());
        let task = desk.record(before.content.task)?.content;
        let registry = desk.registry();
        if let Some(to) = whom_to_tell(&registry, &task, desk.now()) {
            let facts = [("answer", Fact::Text(short(&words)))];
            notify(desk, before.content.task.0, &to, "task-message-answer", &task, &facts)?;
        }
        Ok(())
    }
}
