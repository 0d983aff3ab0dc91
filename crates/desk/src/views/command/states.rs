//! The three states: what each means in numbers, who is in which, and how it came to be so.

use place::FacilityId;
use protocol::Readiness;
use quantity::Moment;
use store::Connection;

use super::{may_look, seen};
use crate::actor::Actor;
use crate::command::courtesy::by_courtesy;
use crate::command::state::StateChange;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};

/// What a state means, in hours of the norms in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meaning {
    /// Which.
    pub state: Readiness,
    /// Figures are due this often.
    pub cadence: f64,
    /// Where only cylinders stand, on quiet days; or below a day of stock, in an emergency.
    pub other_cadence: Option<f64>,
    /// Silence of so long is an alarm.
    pub silence: f64,
    /// Use is reckoned over so long.
    pub window: f64,
}

/// A facility with its own state.
#[derive(Debug, Clone)]
pub struct FacilityState {
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Its own state.
    pub own: Readiness,
    /// The stricter of its own and the province's: what counts.
    pub counts: Readiness,
    /// Whether it is asked and not ordered.
    pub courtesy: bool,
    /// When its own state was last changed, and by whom.
    pub changed: Option<StateChange>,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct StatesView {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The province.
    pub province: String,
    /// Its state.
    pub state: Readiness,
    /// What each means.
    pub meanings: Vec<Meaning>,
    /// The facilities.
    pub facilities: Vec<FacilityState>,
    /// Changes of the province and of facilities in scope, newest first, with the name of whom they concern.
    pub changes: Vec<(String, Kept<StateChange>)>,
}

/// The states as an actor may see them.
pub fn states(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<StatesView> {
    may_look(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let state = registry.readiness();
    let province = registry.post().map_or_else(String::new, |post| post.name.clone());
    let changes = record::newest::<StateChange>(connection, actor.province, 500)?;
    let norm = |table: &str, key: &str| {
        let found = registry.norms().lookup(table, key, now.date()).map_err(Failure::refused)?;
        Ok::<f64, Failure>(found.figure.value)
    };
    let mut meanings = Vec::with_capacity(Readiness::ALL.len());
    for one in Readiness::ALL {
        let other = match one {
            Readiness::Routine => Some("routine_cylinders_only"),
            Readiness::Heightened => None,
            Readiness::Emergency => Some("emergency_low"),
        };
        meanings.push(Meaning {
            state: one,
            cadence: norm("oxygen.cadence", one.code())?,
            other_cadence: other.map(|key| norm("oxygen.cadence", key)).transpose()?,
            silence: norm("oxygen.silence", one.code())?,
            window: norm("oxygen.burn_window", one.code())?,
        });
    }
    let visible = seen(&registry, actor, now.date());
    let facilities = visible
        .iter()
        .map(|facility| FacilityState {
            id: facility.id,
            name: facility.body.name.clone(),
            own: facility.readiness,
            counts: facility.readiness.max(state),
            courtesy: by_courtesy(&facility.body).is_some(),
            changed: changes
                .iter()
                .map(|kept| &kept.content)
                .find(|change| change.facility == Some(facility.id))
                .cloned(),
        })
        .collect();
    let name_of = |change: &StateChange| match change.facility {
        None => Some(province.clone()),
        Some(id) => visible.iter().find(|facility| facility.id == id).map(|facility| facility.body.name.clone()),
    };
    let changes = changes.iter().filter_map(|kept| Some((name_of(&kept.content)?, kept.clone()))).collect();
    Ok(StatesView { now, state, meanings, facilities, changes, province })
}
