//! Set the state of the province: quiet days, reinforced, emergency. It sets how often figures are
//! due and when silence is an alarm.

use protocol::Readiness;
use serde::Serialize;
use store::register;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The state from now on.
#[derive(Debug, Serialize)]
pub struct SetState {
    /// Which.
    pub state: Readiness,
}

impl Operation for SetState {
    type Done = ();
    const NAME: &'static str = "set_state";
    const NEEDS: Capability = Capability::SetState;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let province = desk.actor().province;
        desk.mention("state", self.state.code());
        desk.registers_changed();
        if register::set_state(desk.transaction(), province, self.state.code())? {
            Ok(())
        } else {
            Err(Failure::NotFound)
        }
    }
}
