//! Put a province's own norm in place of a shipped one, with its source and days of validity. The
//! shipped one stays; figures computed before keep the versions they used.

use protocol::Override;
use quantity::Coded;
use serde::Serialize;
use store::register;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The province's own norm.
#[derive(Debug, Serialize)]
pub struct OverrideNorm {
    /// Table, key, figure, source, days.
    pub own: Override,
}

/// Why a norm is not taken.
#[derive(Debug, thiserror::Error)]
#[error("DSK-024: {what}")]
pub struct NotTaken {
    /// What does not fit.
    what: String,
}

impl Coded for NotTaken {
    fn code(&self) -> &'static str {
        "DSK-024"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("what", self.what.clone())]
    }
}

impl Operation for OverrideNorm {
    type Done = ();
    const NAME: &'static str = "override_norm";
    const NEEDS: Capability = Capability::OverrideNorm;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let refused = |what: String| Failure::refused(NotTaken { what });
        // Tried before it is stored: a norm that cannot be loaded would close the whole desk.
        let mut norms = desk.registry().norms().clone();
        norms.override_with(self.own.clone()).map_err(|problem| refused(problem.to_string()))?;
        let content = serde_json::to_string(&self.own).map_err(|error| refused(error.to_string()))?;
        let (stamp, id) = (desk.stamp(), desk.new_id());
        desk.mention("table", self.own.table.as_str());
        desk.mention("key", self.own.key.as_str());
        desk.registers_changed();
        Ok(register::add_override(
            desk.transaction(),
            stamp.province,
            id,
            &content,
            stamp.operation,
            stamp.recorded_at,
        )?)
    }
}
