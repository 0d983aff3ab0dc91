//! Two clocks. The domain clock says what time it is in the province: it can be paused, moved and
//! hastened for a demonstration or a drill, and is stored. The real clock says when leases,
//! sessions and retries end; nobody moves it.

use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

/// The name of the setting that keeps the domain clock.
pub(crate) const SETTING: &str = "domain_clock";

/// How the domain clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DomainClock {
    /// At this moment of the real clock …
    pub real: Moment,
    /// … the domain clock showed this.
    pub domain: Moment,
    /// Domain seconds in a real second; 1 is life.
    pub speed: f64,
    /// Stands still.
    pub paused: bool,
}

impl DomainClock {
    /// The clock of a province that lives in the present.
    pub const REAL: Self =
        Self { real: Moment::from_micros(0), domain: Moment::from_micros(0), speed: 1.0, paused: false };

    /// What it shows at a moment of the real clock.
    pub fn at(&self, real: Moment) -> Moment {
        if self.paused {
            return self.domain;
        }
        let passed = (real - self.real).as_micros();
        // Life needs no rounding: a clock at speed 1 must not drift by a microsecond.
        if (self.speed - 1.0).abs() < f64::EPSILON {
            return self.domain + Span::micros(passed);
        }
        self.domain + Span::micros((passed as f64 * self.speed) as i64)
    }

    /// The same clock, from now on differently: nothing jumps unless asked to.
    pub fn changed(&self, real: Moment, change: ClockChange) -> Self {
        let now = self.at(real);
        let same = Self { real, domain: now, ..*self };
        match change {
            ClockChange::Pause => Self { paused: true, ..same },
            ClockChange::Resume => Self { paused: false, ..same },
            ClockChange::Speed(speed) => Self { speed: Self::usable_speed(speed), paused: false, ..same },
            ClockChange::Jump(span) => Self { domain: now + span, ..same },
        }
    }

    /// A speed that a clock can run at: at least life, at most an hour in a second. What is no
    /// number would be stored as nothing, and the clock would fall back to the present.
    pub fn usable_speed(speed: f64) -> f64 {
        if speed.is_nan() { 1.0 } else { speed.clamp(1.0, 3_600.0) }
    }

    /// Whether it shows anything but the present.
    pub fn is_moved(&self) -> bool {
        *self != Self::REAL
    }
}

/// What can be done to the domain clock.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum ClockChange {
    /// Stop it.
    Pause,
    /// Let it run again.
    Resume,
    /// Domain seconds in a real second, from 1 to 3,600.
    Speed(f64),
    /// Move it by a span; only forwards, so that nothing happens twice.
    Jump(Span),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_never_runs_back_and_pausing_keeps_its_time() {
        let start = Moment::from_micros(1_000_000);
        let fast = DomainClock { real: start, domain: start, speed: 60.0, paused: false };
        let later = start + Span::minutes(1);
        assert_eq!(fast.at(later) - start, Span::hours(1));
        let paused = fast.changed(later, ClockChange::Pause);
        assert_eq!(paused.at(later + Span::days(1)), fast.at(later));
        let again = paused.changed(later + Span::days(1), ClockChange::Resume);
        assert_eq!(again.at(later + Span::days(1)), fast.at(later));
        assert_eq!(DomainClock::REAL.at(later), later);
        for speed in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -5.0] {
            let odd = fast.changed(later, ClockChange::Speed(speed));
            assert!((1.0..=3_600.0).contains(&odd.speed), "{speed} became {}", odd.speed);
        }
    }
}
