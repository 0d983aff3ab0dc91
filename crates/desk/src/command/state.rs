//! Changes of state: when the province or a facility went from one of the three to another, by whom, why.

use place::FacilityId;
use protocol::Readiness;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// One change, written by `set_state`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// From.
    pub from: Readiness,
    /// To.
    pub to: Readiness,
    /// When, by the domain clock.
    pub at: Moment,
    /// Who, by the name that screens show.
    pub by: String,
    /// Why, where it was said.
    pub reason: Option<String>,
}

impl Record for StateChange {
    const KIND: &'static str = "state_change";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    // A fact of a moment: nothing of it is under way.
    fn is_open(&self) -> bool {
        false
    }
}

/// The state of a subject at a moment, out of the changes of all (in any order) and the state of today.
pub fn state_at(changes: &[StateChange], facility: Option<FacilityId>, today: Readiness, moment: Moment) -> Readiness {
    let later = changes.iter().filter(|change| change.facility == facility && change.at > moment);
    later.min_by_key(|change| change.at).map_or(today, |change| change.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_a_moment_is_read_back_through_the_changes() {
        let at = Moment::from_micros;
        let change =
            |when, from, to| StateChange { facility: None, from, to, at: at(when), by: String::new(), reason: None };
        let changes = [
            change(20, Readiness::Heightened, Readiness::Emergency),
            change(10, Readiness::Routine, Readiness::Heightened),
        ];
        let state = |moment| state_at(&changes, None, Readiness::Emergency, at(moment));
        assert_eq!(
            [state(5), state(10), state(19), state(20), state(99)],
            [
                Readiness::Routine,
                Readiness::Heightened,
                Readiness::Heightened,
                Readiness::Emergency,
                Readiness::Emergency
            ]
        );
        let other = Some(FacilityId(Id::from_bytes([1; 16])));
        assert_eq!(state_at(&changes, other, Readiness::Routine, at(5)), Readiness::Routine, "another's changes");
    }
}
