//! Raise what stands in the way of a task, or propose something about it: the body above must answer (DT10).

use place::BodyId;
use serde::Serialize;

use super::{needed, task};
use crate::failure::Outcome;
use crate::letters::obstacle::{Obstacle, ObstacleId, ObstacleKind};
use crate::letters::task::TaskId;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::supply::Who;

/// An obstacle or a proposal.
#[derive(Debug, Serialize)]
pub struct RaiseObstacle {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which task.
    pub task: TaskId,
    /// What it is.
    pub kind: ObstacleKind,
    /// In words.
    pub words: String,
}

/// The next body above one, with its name; none above is the command post itself.
pub(super) fn above(registry: &Registry, body: Option<BodyId>, day: jiff::civil::Date) -> (Option<BodyId>, String) {
    let directory = registry.directory();
    let above = body.and_then(|body| directory.superiors(body, day).get(1).map(|above| (above.id, above.name.clone())));
    match above {
        Some((id, name)) => (Some(id), name),
        None => (None, registry.post().map_or_else(String::new, |post| post.name.clone())),
    }
}

impl Operation for RaiseObstacle {
    type Done = ObstacleId;
    const NAME: &'static str = "raise_obstacle";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<ObstacleId> {
        let task = task(desk, self.task)?.content;
        let words = needed(&self.words)?;
        let registry = desk.registry();
        let now = desk.now();
        let (province, today) = (desk.actor().province, desk.now().date());
        let rules = crate::office_rules::rules_on(desk.transaction(), province, today)?;
        let (with, with_name) = above(&registry, task.body, now.date());
        let obstacle = Obstacle {
            task: self.task,
            about: super::short(&task.text),
            body: task.body,
            body_name: task.body_name.clone(),
            kind: self.kind,
            words,
            raised_by: Who::of(desk.actor()),
            raised_at: now,
            with,
            with_name,
            answer_by: rules.answer_by(now),
            passed: Vec::new(),
            answer: None,
            simulated: task.simulated,
        };
        let id = desk.open_record(&obstacle)?;
        desk.mention("obstacle", id.to_string());
        Ok(id)
    }
}
