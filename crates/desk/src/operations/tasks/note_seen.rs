//! Note that a level has seen an incident, and who said so (DT11). For the department and the province their own people
//! do; for the others whoever reported it, after a call.

use serde::Serialize;

use super::{body_in_scope, needed, refused};
use crate::failure::{Failure, Outcome};
use crate::letters::incident::{IncidentId, Level};
use crate::letters::life::TaskRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A level that has seen an incident.
#[derive(Debug, Serialize)]
pub struct NoteSeen {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which incident.
    pub incident: IncidentId,
    /// Which level.
    pub level: Level,
    /// Who said so there; empty where it is the actor himself.
    pub by: String,
}

impl Operation for NoteSeen {
    type Done = ();
    const NAME: &'static str = "note_incident_seen";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.incident)?;
        let registry = desk.registry();
        if !body_in_scope(desk.actor(), Some(before.content.body), &registry) {
            return Err(Failure::NotFound);
        }
        // A body does not say for the department that the department has seen it.
        if self.level.is_own() && !desk.actor().sees_all() {
            return Err(Failure::Forbidden(Capability::JudgeTasks));
        }
        let by = match self.level.is_own() && self.by.trim().is_empty() {
            true => desk.actor().display_name.clone(),
            false => needed(&self.by)?,
        };
        let now = desk.now();
        let mut after = before.content.clone();
        let level = after.levels.iter_mut().find(|told| told.level == self.level).ok_or(Failure::NotFound)?;
        if level.seen.is_some() {
            return Err(refused(TaskRefused::Settled));
        }
        level.seen = Some((now, by));
        desk.about(self.incident.0);
        desk.mention("level", self.level.code());
        desk.revise(&before, &after)
    }
}
