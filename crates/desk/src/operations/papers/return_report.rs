//! Give a submitted report back to whoever drafted it, with the reason.

use serde::Serialize;

use super::{reason, standing};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// The report and why.
#[derive(Debug, Serialize)]
pub struct ReturnReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub report: RecordId<OfficialReport>,
    /// What is to be mended.
    pub reason: String,
}

impl Operation for ReturnReport {
    type Done = ();
    const NAME: &'static str = "return_report";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let why = reason(&self.reason)?;
        let before = standing(desk, self.report, State::Submitted)?;
        let back = OfficialReport { state: State::Drafted, returned: Some(why), ..before.content.clone() };
        desk.revise(&before, &back)
    }
}
