//! Pause, jump or hasten the domain clock of a demonstration or drill. A province that lives in the
//! present refuses: its clock is everybody's.

use quantity::Coded;
use serde::Serialize;
use store::register;

use crate::clock::{ClockChange, DomainClock, SETTING};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// What is done to the clock.
#[derive(Debug, Serialize)]
pub struct MoveClock {
    /// The change.
    pub change: ClockChange,
}

/// Why the clock is not moved.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is real data here.
    #[error("DSK-020: this installation lives in the present")]
    LivesInThePresent,
    /// Backwards, everything would happen twice.
    #[error("DSK-021: the clock only goes forwards")]
    Backwards,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::LivesInThePresent => "DSK-020",
            Self::Backwards => "DSK-021",
        }
    }
}

impl Operation for MoveClock {
    type Done = DomainClock;
    const NAME: &'static str = "move_clock";
    const NEEDS: Capability = Capability::MoveClock;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DomainClock> {
        if matches!(self.change, ClockChange::Jump(span) if span.as_micros() < 0) {
            return Err(Failure::refused(Refused::Backwards));
        }
        let stored = register::setting(desk.transaction(), SETTING)?;
        let clock: DomainClock = stored
            .and_then(|text| serde_json::from_str(&text).ok())
            .filter(DomainClock::is_moved)
            .ok_or_else(|| Failure::refused(Refused::LivesInThePresent))?;
        let changed = clock.changed(desk.real_now(), self.change);
        set_clock(desk, &changed)?;
        Ok(changed)
    }
}

/// Stores a clock; also how a demonstration sets its own at the start.
pub fn set_clock(desk: &mut Desk<'_, '_>, clock: &DomainClock) -> Outcome<()> {
    let text = serde_json::to_string(clock)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
    register::set_setting(desk.transaction(), SETTING, &text)?;
    desk.registers_changed();
    Ok(())
}
