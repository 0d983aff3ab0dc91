//! Counts of cases and admissions: what a forecast reads of them ([`known`]), what the page shows ([`board`], [`told`]),
//! the weeks of the province ([`province_weeks`]), what came in on which day ([`reported`]).

mod page;
mod province;
mod reported;
mod told;

use jiff::civil::Date;
use store::Connection;

pub use page::{Board, Line, TellOf, Version, board, has_counts, told};
pub use province::{ProvinceWeek, province_weeks};
pub use reported::{Reported, ReportedDay, reported};
pub(crate) use told::{Remembered, told_of};

use crate::actor::Actor;
use crate::counts::Signal;
use crate::counts::place::PlaceKey;
use crate::counts::weeks::WeekTold;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::Registry;
use crate::rights::Capability;

/// A place that has told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its key, for ever.
    pub key: PlaceKey,
    /// Its name, without what lies above.
    pub name: String,
    /// The place above, in its own time; it may have told nothing itself.
    pub parent: Option<PlaceKey>,
    /// What it is today: itself, or the places that follow it, the main one first; empty where that is not recorded.
    pub heirs: Vec<PlaceKey>,
}

/// A figure of a day as it became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTold {
    /// From the end of which day on.
    pub told_on: Date,
    /// Its place in [`Known::places`].
    pub place: usize,
    /// The day it is of; of a back-fill the day on which it came.
    pub day: Date,
    /// People; none where it became unknown again.
    pub count: Option<u32>,
}

/// Everything that was told of one signal, with the day from whose end on it was known.
///
/// That is the day on which a figure was reported: the day it was written down, or the earlier one that a list or a form
/// names for it. Back-fills stand apart and are in neither days nor weeks. Nothing is summed over places: a province may
/// have told its own figure beside those of its communes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What is counted.
    pub signal: Signal,
    /// Today, by the domain clock (the moment looked back to, where one looks back).
    pub today: Date,
    /// Places, by their keys.
    pub places: Vec<Place>,
    /// Weeks, which end on Saturdays: by the day on which they became known or changed, then by place and week. A week of
    /// which a day is missing is not there.
    pub told: Vec<WeekTold>,
    /// Days, in the same order.
    pub days: Vec<DayTold>,
    /// Cases of days that nobody knows any more, by the day on which they came.
    pub back_fills: Vec<DayTold>,
    /// Whether any of it is invented.
    pub simulated: bool,
}

/// What is known of a signal in the places that the actor sees: for a forecast, `Actor::program(province)` sees all.
///
/// # Errors
/// Without the right to see oxygen, or where the database fails.
pub fn known(office: &Office, connection: &mut Connection, actor: &Actor, signal: Signal) -> Outcome<Known> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let today = office.now(connection)?.date();
    let told = told_of(office, connection, actor.province, signal)?;
    // Its number among those that are seen, for each place.
    let mut seen: Vec<Option<usize>> = Vec::with_capacity(told.places.len());
    let mut places = Vec::new();
    for key in &told.places {
        let is_seen = key.is_seen_by(&registry, actor);
        seen.push(is_seen.then_some(places.len()));
        if is_seen {
            places.push(place_of(&registry, *key, today));
        }
    }
    let number = |place: usize| seen.get(place).copied().flatten();
    let of_days = |days: &[DayTold]| -> Vec<DayTold> {
        days.iter().filter_map(|told| Some(DayTold { place: number(told.place)?, ..*told })).collect()
    };
    let of_weeks = told.weeks.iter().filter_map(|told| Some(WeekTold { place: number(told.place)?, ..*told }));
    Ok(Known {
        signal,
        today,
        told: of_weeks.collect(),
        days: of_days(&told.daily),
        back_fills: of_days(&told.back_fills),
        simulated: told.simulated.iter().zip(&seen).any(|(simulated, seen)| *simulated && seen.is_some()),
        places,
    })
}

fn may_see(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::SeeOxygen) { Ok(()) } else { Err(Failure::Forbidden(Capability::SeeOxygen)) }
}

fn place_of(registry: &Registry, key: PlaceKey, today: Date) -> Place {
    Place { key, name: key.name(registry), parent: key.parent(registry), heirs: key.heirs(registry, today) }
}
