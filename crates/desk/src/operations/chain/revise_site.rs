//! Change a treatment site of the set-up plan, and take its next step where it has come further (OX06, TR03).

use serde::Serialize;

use super::plan_site::PlanSite;
use crate::failure::Outcome;
use crate::means::{Site, SiteStep};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A site as it is planned from now on.
#[derive(Debug, Clone, Serialize)]
pub struct ReviseSite {
    /// The plan, with the key of the device.
    pub plan: PlanSite,
    /// Which.
    pub site: RecordId<Site>,
    /// Its next step, where it has taken one.
    pub step: Option<SiteStep>,
}

impl Operation for ReviseSite {
    type Done = ();
    const NAME: &'static str = "revise_site";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.plan.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.site)?;
        // Whose it was and whose it becomes must both lie in the actor's scope.
        for facility in [before.content.facility, self.plan.facility] {
            match facility {
                Some(facility) => drop(desk.facility(facility)?),
                None => desk.whole_province()?,
            }
        }
        let (beds, oxygen_beds, icu_beds) = self.plan.beds;
        let PlanSite { name, facility, tier, basis, planned_on, .. } = self.plan;
        let steps = before.content.steps.clone();
        let site = Site { name, facility, tier, beds, oxygen_beds, icu_beds, basis, planned_on, steps }.check()?;
        let site = match self.step {
            Some(step) => site.stepping(step, desk.now().date())?,
            None => site,
        };
        desk.revise(&before, &site)?;
        desk.about(before.id.0);
        desk.mention("state", site.state().code());
        Ok(())
    }
}
