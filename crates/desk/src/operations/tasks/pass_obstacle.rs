//! Pass an obstacle on to the body above, which must answer it then (DT10).

use serde::Serialize;

use super::answer_obstacle::unsettled;
use super::raise_obstacle::above;
use super::refused;
use crate::failure::Outcome;
use crate::letters::life::TaskRefused;
use crate::letters::obstacle::{Obstacle, ObstacleId, PassedOn};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::supply::Who;

/// A step up.
#[derive(Debug, Serialize)]
pub struct PassObstacle {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What is passed on.
    pub obstacle: ObstacleId,
    /// Why; may be empty.
    pub words: String,
}

impl Operation for PassObstacle {
    type Done = ();
    const NAME: &'static str = "pass_obstacle_on";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = unsettled(desk, self.obstacle)?;
        let mut obstacle: Obstacle = before.content.clone();
        if obstacle.with.is_none() {
            return Err(refused(TaskRefused::NobodyAbove));
        }
        let registry = desk.registry();
        let now = desk.now();
        let (with, with_name) = above(&registry, obstacle.with, now.date());
        obstacle.passed.push(PassedOn {
            at: now,
            by: Who::of(desk.actor()),
            from: obstacle.with_name.clone(),
            to: with_name.clone(),
            words: self.words.trim().to_owned(),
        });
        let (province, today) = (desk.actor().province, desk.now().date());
        let rules = crate::office_rules::rules_on(desk.transaction(), province, today)?;
        (obstacle.with, obstacle.with_name) = (with, with_name);
        obstacle.answer_by = rules.answer_by(now);
        desk.revise(&before, &obstacle)?;
        desk.mention("obstacle", self.obstacle.to_string());
        Ok(())
    }
}
