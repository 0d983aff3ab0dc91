//! Counts of cases and admissions: what a forecast reads of them ([`known`]), what the page shows ([`board`], [`told`]).

mod page;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use store::Connection;

pub use page::{Board, Line, TellOf, Version, board, told};

use crate::actor::Actor;
use crate::counts::place::PlaceKey;
use crate::counts::weeks::{Change, WeekTold, weeks};
use crate::counts::{DayCounts, Signal, Span};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
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
    let begins = format!("{}/", signal.code());
    let versions = record::all_versions::<DayCounts>(connection, actor.province, &begins)?;
    let mut seen: HashMap<PlaceKey, bool> = HashMap::new();
    let mut found = Vec::new();
    for of_one in versions.chunk_by(|one, other| one.id == other.id) {
        changes_of(of_one, &mut found);
    }
    found.retain(|(key, ..)| *seen.entry(*key).or_insert_with(|| key.is_seen_by(&registry, actor)));
    let simulated = versions.iter().flat_map(|kept| &kept.content.counts);
    let simulated =
        simulated.into_iter().any(|(key, figure)| figure.simulated && seen.get(key).copied().unwrap_or(false));
    let mut places: BTreeMap<PlaceKey, usize> = found.iter().map(|(key, ..)| (*key, 0)).collect();
    for (index, (_, place)) in places.iter_mut().enumerate() {
        *place = index;
    }
    found.sort_by_key(|(key, _, change)| (change.told_on, places.get(key).copied(), change.day));
    let mut known = Known {
        signal,
        today,
        places: places.keys().map(|key| place_of(&registry, *key, today)).collect(),
        told: Vec::new(),
        days: Vec::new(),
        back_fills: Vec::new(),
        simulated,
    };
    let mut of_weeks = Vec::new();
    for (key, back_fill, change) in found {
        let place = places.get(&key).copied().unwrap_or_default();
        let Change { told_on, day, count, .. } = change;
        match (back_fill, change.span) {
            (true, _) => known.back_fills.push(DayTold { told_on, place, day, count }),
            (false, span) => {
                of_weeks.push(Change { place, ..change });
                if span == Span::Day {
                    known.days.push(DayTold { told_on, place, day, count });
                }
            }
        }
    }
    known.told = weeks(&of_weeks);
    Ok(known)
}

fn may_see(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::SeeOxygen) { Ok(()) } else { Err(Failure::Forbidden(Capability::SeeOxygen)) }
}

fn place_of(registry: &Registry, key: PlaceKey, today: Date) -> Place {
    Place { key, name: key.name(registry), parent: key.parent(registry), heirs: key.heirs(registry, today) }
}

/// What each version of one record changed, one figure of a place and day at the end of each day; whether it is a
/// back-fill.
fn changes_of(versions: &[Kept<DayCounts>], found: &mut Vec<(PlaceKey, bool, Change)>) {
    let mut last: BTreeMap<(PlaceKey, Date), Change> = BTreeMap::new();
    let mut before: Option<&DayCounts> = None;
    let back_fill = versions.first().is_some_and(|kept| kept.content.back_fill);
    for kept in versions {
        let after = &kept.content;
        let told = |told_on, count| Change { told_on, place: 0, day: after.day, span: after.span, count };
        for (place, figure) in &after.counts {
            if before.and_then(|before| before.counts.get(place)) != Some(figure) {
                last.insert((*place, figure.reported_on), told(figure.reported_on, Some(figure.count)));
            }
        }
        // What is taken back is taken back on the day on which that is written down.
        let gone = before.iter().flat_map(|before| before.counts.keys()).filter(|key| !after.counts.contains_key(key));
        let on = kept.recorded_at.date();
        for place in gone {
            last.insert((*place, on), told(on, None));
        }
        before = Some(after);
    }
    found.extend(last.into_iter().map(|((place, _), change)| (place, back_fill, change)));
}
