//! Say when a milestone of the oxygen programme is planned for or was reached, what shows it, whose it is
//! (OX01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::Checklist;
use serde::Serialize;

use super::{check_line, not_ahead};
use crate::command::programme::{Milestone, code_of};
use crate::command::{Refused, must_say, said};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// One line of the programme, for the province or a facility.
#[derive(Debug, Clone, Serialize)]
pub struct SetMilestone {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Key of the line.
    pub line: String,
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// Planned for.
    pub planned_on: Option<Date>,
    /// Reached on; needs evidence.
    pub reached_on: Option<Date>,
    /// What shows it.
    pub evidence: String,
    /// Whose it is.
    pub holder: String,
}

impl Operation for SetMilestone {
    type Done = RecordId<Milestone>;
    const NAME: &'static str = "set_milestone";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        let list = Checklist::programme_4308().map_err(Failure::refused)?;
        check_line(desk, &list, &self.line, self.facility)?;
        if self.planned_on.is_none() && self.reached_on.is_none() {
            return Err(Failure::refused(Refused::Empty { field: "planned_on" }));
        }
        let evidence = match self.reached_on {
            Some(day) => {
                not_ahead(desk, day)?;
                must_say("evidence", &self.evidence)?
            }
            None => said(&self.evidence).unwrap_or_default(),
        };
        let content = Milestone {
            key: self.line.clone(),
            facility: self.facility,
            planned_on: self.planned_on,
            reached_on: self.reached_on,
            evidence,
            holder: said(&self.holder).unwrap_or_default(),
        };
        desk.mention("line", self.line.as_str());
        let code = code_of(&self.line, self.facility);
        let before = desk.record_of_code::<Milestone>(&code)?;
        // A day that was said before and is not said again stays.
        let planned_on = content.planned_on.or(before.as_ref().and_then(|before| before.content.planned_on));
        let id = desk.keep_record(before.as_ref(), &Milestone { planned_on, ..content })?;
        desk.about(id.0);
        Ok(id)
    }
}
