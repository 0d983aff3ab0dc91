//! Write down a work of the upgrade plan, or how far it has come (OX05).

use serde::Serialize;

use crate::failure::Outcome;
use crate::means::Work;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A work as it stands now.
#[derive(Debug, Clone, Serialize)]
pub struct PlanWork {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which; `None` is a new one.
    pub work: Option<RecordId<Work>>,
    /// What it says.
    pub content: Work,
}

impl Operation for PlanWork {
    type Done = RecordId<Work>;
    const NAME: &'static str = "plan_work";
    const NEEDS: Capability = Capability::KeepInstallations;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Work>> {
        let facility = desk.facility(self.content.facility)?;
        let content = self.content.check()?;
        crate::means::refused::has_come(content.percent_on, desk.now().date())?;
        let before = self.work.map(|id| desk.record(id)).transpose()?;
        if let Some(before) = &before {
            desk.facility(before.content.facility)?;
        }
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        desk.mention("percent", content.percent);
        Ok(id)
    }
}
