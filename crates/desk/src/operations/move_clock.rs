//! Pause, jump or hasten the domain clock of a demonstration or drill. A province that lives in the
//! present refuses: its clock is everybody's.

use quantity::{Coded, Span};
use serde::Serialize;
use store::register;

use crate::clock::{ClockChange, DomainClock, SETTING};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// The farthest leap at once: no chapter of a drill is longer.
const FARTHEST: Span = Span::days(366);

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
    /// Years ahead: every figure would be silent, and the clock cannot come back.
    #[error("DSK-025: {days} days are too far")]
    TooFar {
        /// How far, in days.
        days: i64,
    },
    /// The installation has been given a clock before.
    #[error("DSK-026: the clock has been given before")]
    GivenAlready,
    /// Backwards, everything would happen twice.
    #[error("DSK-021: the clock only goes forwards")]
    Backwards,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::LivesInThePresent => "DSK-020",
            Self::Backwards => "DSK-021",
            Self::TooFar { .. } => "DSK-025",
            Self::GivenAlready => "DSK-026",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooFar { days } => vec![("days", days.to_string())],
            Self::LivesInThePresent | Self::Backwards | Self::GivenAlready => Vec::new(),
        }
    }
}

impl Operation for MoveClock {
    type Done = DomainClock;
    const NAME: &'static str = "move_clock";
    const NEEDS: Capability = Capability::MoveClock;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DomainClock> {
        desk.whole_province()?;
        if matches!(self.change, ClockChange::Jump(span) if span.as_micros() < 0) {
            return Err(Failure::refused(Refused::Backwards));
        }
        if let ClockChange::Jump(span) = self.change
            && span > FARTHEST
        {
            let days = span.as_micros() / Span::days(1).as_micros();
            return Err(Failure::refused(Refused::TooFar { days }));
        }
        let stored = register::setting(desk.transaction(), SETTING)?;
        let clock: DomainClock = stored
            .and_then(|text| serde_json::from_str(&text).ok())
            .filter(DomainClock::is_moved)
            .ok_or_else(|| Failure::refused(Refused::LivesInThePresent))?;
        let changed = clock.changed(desk.real_now(), self.change);
        store_clock(desk, &changed)?;
        Ok(changed)
    }
}

/// Stores a clock.
pub(crate) fn store_clock(desk: &mut Desk<'_, '_>, clock: &DomainClock) -> Outcome<()> {
    let text = serde_json::to_string(clock)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
    register::set_setting(desk.transaction(), SETTING, &text)?;
    desk.registers_changed();
    Ok(())
}
