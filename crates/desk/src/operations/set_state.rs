//! Set the state of the province or of one facility: quiet days, reinforced, emergency. It sets how often
//! figures are due and when silence is an alarm. The change is kept with who made it and why.

use place::FacilityId;
use protocol::Readiness;
use serde::Serialize;
use store::register;

use crate::command::said;
use crate::command::state::StateChange;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The state from now on.
#[derive(Debug, Default, Serialize)]
pub struct SetState {
    /// Which.
    pub state: Readiness,
    /// Of one facility; none for the province.
    pub facility: Option<FacilityId>,
    /// Why.
    pub reason: Option<String>,
}

impl Operation for SetState {
    type Done = ();
    const NAME: &'static str = "set_state";
    const NEEDS: Capability = Capability::SetState;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let province = desk.actor().province;
        let registry = desk.registry();
        let (from, found) = match self.facility {
            Some(id) => {
                let facility = desk.facility(id)?;
                desk.about(id.0);
                let found = register::set_facility_state(desk.transaction(), province, id, self.state.code())?;
                (facility.readiness, found)
            }
            None => (registry.readiness(), register::set_state(desk.transaction(), province, self.state.code())?),
        };
        if !found {
            return Err(Failure::NotFound);
        }
        desk.mention("state", self.state.code());
        desk.registers_changed();
        let reason = self.reason.as_deref().and_then(said);
        // Sent twice it is the same state: no change, unless there is a new reason for it.
        if from != self.state || reason.is_some() {
            let change = StateChange {
                facility: self.facility,
                from,
                to: self.state,
                at: desk.now(),
                by: desk.actor().display_name.clone(),
                reason,
            };
            desk.open_record(&change)?;
        }
        Ok(())
    }
}
