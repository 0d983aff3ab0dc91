//! Report an incident of a body to several levels at once (DT11).

use place::BodyId;
use quantity::Moment;
use serde::Serialize;

use super::{body_in_scope, needed, refused};
use crate::failure::{Failure, Outcome};
use crate::letters::incident::{Incident, IncidentId, Level, Told};
use crate::letters::life::TaskRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;
use crate::supply::Who;

/// An incident.
#[derive(Debug, Serialize)]
pub struct ReportIncident {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Whose.
    pub body: BodyId,
    /// What happened.
    pub words: String,
    /// When; none is now.
    pub happened_at: Option<Moment>,
    /// The levels it goes to.
    pub levels: Vec<Level>,
}

impl Operation for ReportIncident {
    type Done = IncidentId;
    const NAME: &'static str = "report_incident";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<IncidentId> {
        let registry = desk.registry();
        if !body_in_scope(desk.actor(), Some(self.body), &registry) {
            return Err(Failure::NotFound);
        }
        let body = registry.bodies().iter().find(|body| body.id == self.body).ok_or(Failure::NotFound)?;
        let words = needed(&self.words)?;
        if self.levels.is_empty() {
            return Err(refused(TaskRefused::Nothing));
        }
        let now = desk.now();
        if self.happened_at.is_some_and(|at| at > now) {
            return Err(refused(TaskRefused::NotYet));
        }
        let told = |level: Level| Told { level, sent_at: now, seen: None };
        let chosen = Level::ALL.into_iter().filter(|level| self.levels.contains(level));
        let facility = registry.facilities().iter().find(|facility| facility.body.id == body.id);
        let id = desk.open_record(&Incident {
            body: body.id,
            body_name: body.name.clone(),
            words,
            happened_at: self.happened_at.unwrap_or(now),
            reported_at: now,
            by: Who::of(desk.actor()),
            levels: chosen.map(told).collect(),
            simulated: facility.is_some_and(|facility| facility.simulated),
        })?;
        desk.about(id.0);
        Ok(id)
    }
}
