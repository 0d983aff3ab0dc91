//! Say when a milestone of the oxygen programme is planned for or was reached, what shows it, whose it is
//! (OX01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use serde::Serialize;

use super::not_ahead;
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
        match self.facility {
            Some(facility) => drop(desk.facility(facility)?),
            None => desk.whole_province()?,
        }
        let level = if self.facility.is_some() { Asks::Facility } else { Asks::Province };
        let list = Checklist::programme_4308().map_err(Failure::refused)?;
        let line = list.item(&self.line).filter(|item| item.level == level);
        let Some(line) = line else { return Err(Failure::refused(Refused::NoSuchLine { key: self.line })) };
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
            key: line.key.clone(),
            facility: self.facility,
            planned_on: self.planned_on,
            reached_on: self.reached_on,
            evidence,
            holder: said(&self.holder).unwrap_or_default(),
        };
        desk.mention("line", line.key.as_str());
        let code = code_of(&line.key, self.facility);
        match desk.record_of_code::<Milestone>(&code)? {
            Some(before) => {
                desk.about(before.id.0);
                // A day that was said before and is not said again stays.
                let planned_on = content.planned_on.or(before.content.planned_on);
                desk.revise(&before, &Milestone { planned_on, ..content })?;
                Ok(before.id)
            }
            None => {
                let id = desk.open_record(&content)?;
                desk.about(id.0);
                Ok(id)
            }
        }
    }
}
