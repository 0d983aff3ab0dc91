//! Give an installation a domain clock of its own: a demonstration or a drill, while it is set up.
//! Only the program itself may, and only once: from then on the clock is everybody's.

use serde::Serialize;
use store::register;

use super::move_clock::{Refused, store_clock};
use crate::clock::{DomainClock, SETTING};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The clock from now on.
#[derive(Debug, Serialize)]
pub struct SetClock {
    /// How it runs.
    pub clock: DomainClock,
}

impl Operation for SetClock {
    type Done = ();
    const NAME: &'static str = "set_clock";
    const NEEDS: Capability = Capability::MoveClock;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        if desk.actor().user.is_some() {
            return Err(Failure::Forbidden(Self::NEEDS));
        }
        // A clock that has been given stays; it is moved, and only forwards.
        if register::setting(desk.transaction(), SETTING)?.is_some() {
            return Err(Failure::refused(Refused::GivenAlready));
        }
        let speed = DomainClock::usable_speed(self.clock.speed);
        store_clock(desk, &DomainClock { speed, ..self.clock })
    }
}
