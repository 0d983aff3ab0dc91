//! A treatment site is ready, opens, closes: each with its day and reason (TR03).

use serde::Serialize;

use crate::failure::Outcome;
use crate::means::{Site, SiteStep};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// The next step of a site.
#[derive(Debug, Clone, Serialize)]
pub struct MoveSite {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub site: RecordId<Site>,
    /// The step.
    pub step: SiteStep,
}

impl Operation for MoveSite {
    type Done = ();
    const NAME: &'static str = "move_site";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.site)?;
        match before.content.facility {
            Some(facility) => drop(desk.facility(facility)?),
            None => desk.whole_province()?,
        }
        let to = self.step.state;
        let site = before.content.clone().stepping(self.step, desk.now().date())?;
        desk.revise(&before, &site)?;
        desk.about(before.id.0);
        desk.mention("state", to.code());
        Ok(())
    }
}
