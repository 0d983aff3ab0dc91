//! What is supposed in place of the forecast.

use forecast::need::{Scenario, Wave};

/// Days from now on which a new wave begins.
const WAVE_STARTS: usize = 7;
/// Days in which it doubles.
const WAVE_DOUBLES: f64 = 7.0;

/// What is supposed, as whole figures that a person sets. By default nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Supposed {
    /// People who come, per cent of the forecast.
    pub people: u32,
    /// Odds of intensive care against the ward, per cent.
    pub graver: u32,
    /// Stays of those who come, per cent.
    pub stays: u32,
    /// Oxygen that each patient takes, per cent.
    pub flow: u32,
    /// People of a new wave on its first day, a week from now; their number doubles every week.
    pub wave: u32,
}

impl Default for Supposed {
    fn default() -> Self {
        Self { people: 100, graver: 100, stays: 100, flow: 100, wave: 0 }
    }
}

/// Least, most and step of a figure.
pub type Reach = (u32, u32, u32);

impl Supposed {
    /// How far [`people`](Self::people) can be moved.
    pub const PEOPLE: Reach = (25, 400, 25);
    /// How far [`graver`](Self::graver) can be moved.
    pub const GRAVER: Reach = (50, 400, 25);
    /// How far [`stays`](Self::stays) can be moved.
    pub const STAYS: Reach = (50, 200, 10);
    /// How far [`flow`](Self::flow) can be moved.
    pub const FLOW: Reach = (50, 200, 10);
    /// How far [`wave`](Self::wave) can be moved.
    pub const WAVE: Reach = (0, 200, 10);

    /// Cases that everybody asks for, each with a stable name; the first supposes nothing.
    pub fn usual() -> [(&'static str, Self); 6] {
        let nothing = Self::default();
        [
            ("as-forecast", nothing),
            ("twice", Self { people: 200, ..nothing }),
            ("half", Self { people: 50, ..nothing }),
            ("graver", Self { graver: 200, ..nothing }),
            ("longer", Self { stays: 130, ..nothing }),
            ("wave", Self { wave: 20, ..nothing }),
        ]
    }

    /// The same, each figure within its reach.
    #[must_use]
    pub fn within_reach(self) -> Self {
        let held = |figure: u32, (least, most, _): Reach| figure.clamp(least, most);
        Self {
            people: held(self.people, Self::PEOPLE),
            graver: held(self.graver, Self::GRAVER),
            stays: held(self.stays, Self::STAYS),
            flow: held(self.flow, Self::FLOW),
            wave: held(self.wave, Self::WAVE),
        }
    }

    /// For a place that gets so large a part of a new wave.
    pub(super) fn scenario(self, part: f64) -> Scenario {
        let times = |percent: u32| f64::from(percent) / 100.0;
        let first = f64::from(self.wave) * part;
        let wave = Wave { starts: WAVE_STARTS, first, doubling_days: WAVE_DOUBLES };
        Scenario {
            cases: times(self.people),
            graver: times(self.graver),
            stays: times(self.stays),
            flow: times(self.flow),
            wave: (self.wave > 0).then_some(wave),
            ..Scenario::default()
        }
    }
}
