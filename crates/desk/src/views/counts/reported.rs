//! What became known on which day (F010): of the days on which something was told, how many people each brought, and of
//! which days they are.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use store::Connection;

use super::told::Told;
use super::{may_see, told_of};
use crate::actor::Actor;
use crate::counts::place::PlaceKey;
use crate::counts::{Signal, Span};
use crate::failure::Outcome;
use crate::office::Office;
use crate::registry::Registry;

/// Days of report that are shown.
const DAYS: usize = 14;
/// A figure that comes so many days after its day is a little late.
const LITTLE_LATE: i32 = 3;

/// What came in, newest day first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// What is counted.
    pub signal: Signal,
    /// Today, by the domain clock.
    pub today: Date,
    /// The last days on which something was told.
    pub days: Vec<ReportedDay>,
    /// Whether any of it is invented.
    pub simulated: bool,
}

/// What a day brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportedDay {
    /// The day on which it was told.
    pub told_on: Date,
    /// People of that same day.
    pub same_day: u32,
    /// People of one to three days before.
    pub little_late: u32,
    /// People of days before those.
    pub late: u32,
    /// People of earlier reports who turned out to be none, those of figures taken back too.
    pub fewer: u32,
    /// People of days that nobody knows any more.
    pub back_fill: u32,
    /// Places that told something.
    pub places: usize,
    /// The first and the last day that figures were told of; none where only back-fills came.
    pub of_days: Option<(Date, Date)>,
}

impl ReportedDay {
    const fn of(told_on: Date) -> Self {
        let (same_day, little_late, late) = (0, 0, 0);
        Self { told_on, same_day, little_late, late, fewer: 0, back_fill: 0, places: 0, of_days: None }
    }

    /// By how many people more is known since that day.
    pub fn known_more(&self) -> i64 {
        let more = [self.same_day, self.little_late, self.late, self.back_fill];
        more.iter().map(|people| i64::from(*people)).sum::<i64>() - i64::from(self.fewer)
    }

    fn takes(&mut self, day: Date, more: i64) {
        let people = u32::try_from(more.unsigned_abs()).unwrap_or(u32::MAX);
        let bucket = match (self.told_on - day).get_days() {
            _ if more < 0 => &mut self.fewer,
            ..=0 => &mut self.same_day,
            1..=LITTLE_LATE => &mut self.little_late,
            _ => &mut self.late,
        };
        *bucket = bucket.saturating_add(people);
        let (first, last) = self.of_days.unwrap_or((day, day));
        self.of_days = Some((first.min(day), last.max(day)));
    }
}

/// What came in on the last days, of the places in the actor's scope. Weeks told as such are not in it. Where a place and
/// one above it told of the same day, the one above counts: nobody is counted twice.
pub fn reported(office: &Office, connection: &mut Connection, actor: &Actor, signal: Signal) -> Outcome<Reported> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let today = office.now(connection)?.date();
    let told = told_of(office, connection, actor.province, signal)?;
    let seen: BTreeSet<PlaceKey> =
        told.places.iter().filter(|place| place.is_seen_by(&registry, actor)).copied().collect();
    let simulated =
        told.places.iter().zip(&told.simulated).any(|(place, simulated)| *simulated && seen.contains(place));
    Ok(Reported { signal, today, days: days_of(&told, &registry, &seen, today), simulated })
}

fn days_of(told: &Told, registry: &Registry, seen: &BTreeSet<PlaceKey>, today: Date) -> Vec<ReportedDay> {
    // The days that will be shown, before what they brought is added up.
    let told_on = told.days.iter().filter(|(of, _)| of.span == Span::Day).flat_map(|(_, day)| day.said.keys());
    let days: BTreeSet<Date> =
        told_on.filter(|(place, on)| *on <= today && seen.contains(place)).map(|(_, on)| *on).collect();
    let mut found: BTreeMap<Date, ReportedDay> =
        days.into_iter().rev().take(DAYS).map(|on| (on, ReportedDay::of(on))).collect();
    let mut tellers: BTreeMap<Date, BTreeSet<PlaceKey>> = BTreeMap::new();
    let mut above: BTreeMap<PlaceKey, Vec<PlaceKey>> = BTreeMap::new();
    for (of, day) in told.days.iter().filter(|(of, _)| of.span == Span::Day) {
        let mut before: (Option<PlaceKey>, u32) = (None, 0);
        let told_itself = |place: &PlaceKey| seen.contains(place) && day.now.counts.contains_key(place);
        for ((place, on), count) in &day.said {
            if before.0 != Some(*place) {
                before = (Some(*place), 0);
            }
            let more = i64::from(count.unwrap_or_default()) - i64::from(before.1);
            before.1 = count.unwrap_or_default();
            let Some(on_day) = found.get_mut(on).filter(|_| seen.contains(place)) else { continue };
            let above = above.entry(*place).or_insert_with(|| all_above(registry, *place));
            if above.iter().any(told_itself) {
                continue;
            }
            tellers.entry(*on).or_default().insert(*place);
            if of.back_fill {
                let people = u32::try_from(more.unsigned_abs()).unwrap_or(u32::MAX);
                let bucket = if more < 0 { &mut on_day.fewer } else { &mut on_day.back_fill };
                *bucket = bucket.saturating_add(people);
            } else {
                on_day.takes(of.day, more);
            }
        }
    }
    for (on, tellers) in tellers {
        if let Some(day) = found.get_mut(&on) {
            day.places = tellers.len();
        }
    }
    found.into_values().rev().collect()
}

/// The places above one, nearest first.
fn all_above(registry: &Registry, place: PlaceKey) -> Vec<PlaceKey> {
    let mut above = Vec::new();
    let mut here = place;
    while let Some(parent) = here.parent(registry).filter(|parent| !above.contains(parent)) {
        above.push(parent);
        here = parent;
    }
    above
}
