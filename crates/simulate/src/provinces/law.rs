//! The laws that a province's truth follows. Other laws than the planner's ([`super::paths`]) on purpose: what he assumes
//! is never quite so.

use super::shape::Wave;
use crate::dice::Dice;

/// Days before the opening of which the needs are known too.
pub(super) const HISTORY: usize = 7;

/// What is true of a province, whatever path its days take.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Law {
    /// Change of every need in a day (of its logarithm) before the turn, and after it.
    pub(super) slope: (f64, f64),
    /// The day of the turn.
    pub(super) turn: f64,
    /// What all facilities share beside the wave: memory from day to day, deviation of what is new.
    pub(super) common: (f64, f64),
    /// What each has for itself.
    pub(super) own: (f64, f64),
    /// Chance in a day that a facility's need jumps, as when a cluster of patients comes.
    pub(super) jump: f64,
    /// Chance in a day that a source stops.
    pub(super) sources: f64,
    /// Chance in a day that a vehicle breaks down.
    pub(super) vehicles: f64,
    /// Chance in a day that a facility's own plant fails, and that a failed one runs again.
    pub(super) plants: (f64, f64),
    /// Chance in a day that a facility falls silent, and that a silent one speaks again.
    pub(super) silence: (f64, f64),
    /// Chance that a reading is wrong.
    pub(super) slips: f64,
    /// How much longer the ways of a vehicle's day take: deviation, and the chance of a bad day.
    pub(super) late: (f64, f64),
}

impl Law {
    pub(super) fn draw(seed: u64, wave: Wave) -> Self {
        let mut dice = Dice::of(seed, "law of a province", 0, 0);
        let (up, down) = (dice.between(0.02, 0.05), -dice.between(0.02, 0.05));
        let turn = dice.between(3.0, 9.0);
        Self {
            slope: match wave {
                Wave::Up => (up, up),
                Wave::Peak => (up, down),
                Wave::Down => (down, down),
            },
            turn,
            common: (dice.between(0.7, 0.9), dice.between(0.015, 0.045)),
            own: (dice.between(0.5, 0.9), dice.between(0.08, 0.18)),
            jump: dice.between(0.005, 0.025),
            sources: dice.between(0.005, 0.025),
            vehicles: dice.between(0.008, 0.03),
            plants: (dice.between(0.01, 0.04), dice.between(0.25, 0.6)),
            silence: (dice.between(0.02, 0.06), dice.between(0.25, 0.45)),
            slips: dice.between(0.01, 0.04),
            late: (dice.between(0.04, 0.12), dice.between(0.02, 0.06)),
        }
    }

    /// Logarithm of what the wave multiplies the need of day 0 by.
    pub(super) fn wave(&self, day: f64) -> f64 {
        if day <= self.turn { self.slope.0 * day } else { self.slope.0 * self.turn + self.slope.1 * (day - self.turn) }
    }

    /// What the wave multiplies the need of day 0 by, on average of the first days.
    pub(super) fn mean_factor(&self, days: usize) -> f64 {
        (0..days).map(|day| self.wave(day as f64).exp()).sum::<f64>() / days.max(1) as f64
    }
}
