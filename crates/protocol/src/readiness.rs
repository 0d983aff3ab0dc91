//! The three states of a province or facility. They set cadence, approvals and thresholds.

use serde::{Deserialize, Serialize};

/// A state of readiness, calm first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Thường xuyên: weekly entry, monthly where only cylinders stand.
    #[default]
    Routine,
    /// Tăng cường: daily.
    Heightened,
    /// Khẩn cấp: at each shift handover, every four hours below 24 hours of stock.
    Emergency,
}

impl Readiness {
    /// Every state, calm first.
    pub const ALL: [Self; 3] = [Self::Routine, Self::Heightened, Self::Emergency];

    /// Stable text for storage; also the key of the state's rows in the tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Heightened => "heightened",
            Self::Emergency => "emergency",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Routine => "Thường xuyên",
            Self::Heightened => "Tăng cường",
            Self::Emergency => "Khẩn cấp",
        }
    }
}

impl std::fmt::Display for Readiness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_calm_comes_first() {
        for state in Readiness::ALL {
            assert_eq!(Readiness::from_code(state.code()), Some(state));
        }
        assert!(Readiness::Routine < Readiness::Emergency);
        assert_eq!(Readiness::from_code("war"), None);
    }
}
