//! Name the ordinary report through which a recount went into the ledger (DT12).

use oxygen::ReportId;
use serde::Serialize;
use store::series;

use crate::command::recount::Recount;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which recount, which report.
#[derive(Debug, Clone, Serialize)]
pub struct LinkRecount {
    /// The recount.
    pub recount: RecordId<Recount>,
    /// The report.
    pub report: ReportId,
}

impl Operation for LinkRecount {
    type Done = ();
    const NAME: &'static str = "link_recount";
    const NEEDS: Capability = Capability::KeepCommand;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.recount)?;
        let facility = desk.facility(before.content.facility)?;
        let province = desk.actor().province;
        let report = series::report(desk.transaction(), province, self.report)?;
        report.filter(|report| report.facility == facility.id).ok_or(Failure::NotFound)?;
        if before.content.report == Some(self.report) {
            return Ok(());
        }
        desk.about(before.id.0);
        desk.revise(&before, &Recount { report: Some(self.report), ..before.content.clone() })
    }
}
