//! Whether a facility was heard from in time. Silence is an alarm.

use protocol::Readiness;
use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

use crate::Settings;

/// How a facility stands against its cadence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// Within its cadence.
    OnTime,
    /// Past its cadence.
    Late,
    /// Past the threshold of silence.
    Silent,
    /// No figure was ever received.
    Never,
}

impl Heard {
    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Silent => "silent",
            Self::Never => "never",
        }
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OnTime => "đúng nhịp",
            Self::Late => "quá giờ báo",
            Self::Silent => "im lặng",
            Self::Never => "chưa từng nghe",
        }
    }

    /// Whether somebody should call.
    pub const fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::Never)
    }
}

/// When a facility was last heard from and when the next figures are due. Facilities that report by
/// courtesy have the same figures; whoever shows them does not mark them late.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Silence {
    /// Against the cadence.
    pub heard: Heard,
    /// The newest figure of any kind.
    pub heard_at: Option<Moment>,
    /// When the next figures are due.
    pub due_at: Option<Moment>,
}

impl Silence {
    pub(super) fn of(
        heard_at: Option<Moment>,
        cylinders_only: bool,
        pessimistic_hours: Option<f64>,
        settings: &Settings,
        now: Moment,
    ) -> Self {
        let Some(last) = heard_at else { return Self { heard: Heard::Never, heard_at, due_at: None } };
        let low = pessimistic_hours.is_some_and(|hours| hours < settings.watch_hours);
        let pick = |rhythm: &crate::Rhythm| -> Span {
            match (cylinders_only, low) {
                (_, true) => rhythm.low,
                (true, false) if settings.readiness == Readiness::Routine => rhythm.cylinders_only,
                _ => rhythm.usual,
            }
        };
        let age = now - last;
        let heard = if age > pick(&settings.silence) {
            Heard::Silent
        } else if age > pick(&settings.cadence) {
            Heard::Late
        } else {
            Heard::OnTime
        };
        Self { heard, heard_at, due_at: Some(last + pick(&settings.cadence)) }
    }
}
