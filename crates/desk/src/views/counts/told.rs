//! Everything that was told of a signal, read once and then followed: what was told since is read, nothing else.
//!
//! Two years of a hundred communes are some 70,000 tellings. Whoever reads them asks each time which version is the last
//! of each day, and reads only those that he lacks: right also where another process writes into the same database, and
//! after a snapshot was put back, because a version is known by its number and the moment at which it was written down.
//! Who looks back reads from the ledger itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use jiff::civil::Date;
use place::ProvinceId;
use quantity::Moment;
use store::Connection;

use super::DayTold;
use crate::counts::place::PlaceKey;
use crate::counts::telling::Telling;
use crate::counts::weeks::{Change, WeekTold, weeks};
use crate::counts::{CountsKey, DayCounts, Signal, Span};
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{self, Kept, RecordId};

/// More days than this that changed at once are read together with all others.
const FEW: usize = 100;

/// The counts of a day as they stand and how they came to be.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// What stands.
    pub now: DayCounts,
    /// What each place said at the end of each day on which it said something, by place and day.
    pub said: BTreeMap<(PlaceKey, Date), Option<u32>>,
    /// Places of which an invented figure was told.
    pub simulated: BTreeSet<PlaceKey>,
}

impl Day {
    fn take(&mut self, kept: &Kept<Telling>) {
        for (place, _, after) in self.now.take(&kept.content) {
            // What is taken back is taken back on the day on which that is written down.
            let told_on = after.map_or_else(|| kept.recorded_at.date(), |figure| figure.reported_on);
            // What is told again after it was taken back is not known again before that.
            let before = self.said.range((place, Date::MIN)..=(place, Date::MAX)).next_back();
            let told_on = before.map_or(told_on, |((_, before), _)| told_on.max(*before));
            self.said.insert((place, told_on), after.map(|figure| figure.count));
            if after.is_some_and(|figure| figure.simulated) {
                self.simulated.insert(place);
            }
        }
    }

    fn of(tellings: &[Kept<Telling>]) -> Option<Self> {
        let now = DayCounts::empty(tellings.first()?.content.key());
        let mut day = Self { now, said: BTreeMap::new(), simulated: BTreeSet::new() };
        for kept in tellings {
            day.take(kept);
        }
        Some(day)
    }
}

/// Everything that was told of a signal, of all places.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// By what it is known by.
    pub days: BTreeMap<CountsKey, Arc<Day>>,
    /// The places, in order.
    pub places: Vec<PlaceKey>,
    /// For each place whether anything of it is invented.
    pub simulated: Vec<bool>,
    /// As in [`super::Known::told`].
    pub weeks: Vec<WeekTold>,
    /// As in [`super::Known::days`].
    pub daily: Vec<DayTold>,
    /// As in [`super::Known::back_fills`].
    pub back_fills: Vec<DayTold>,
}

impl Told {
    fn of(days: BTreeMap<CountsKey, Arc<Day>>) -> Self {
        let places: BTreeSet<PlaceKey> =
            days.values().flat_map(|day| day.said.keys().map(|(place, _)| *place)).collect();
        let places: Vec<PlaceKey> = places.into_iter().collect();
        let number: HashMap<PlaceKey, usize> =
            places.iter().enumerate().map(|(number, place)| (*place, number)).collect();
        let mut told = Self { simulated: vec![false; places.len()], ..Self::default() };
        let mut of_weeks = Vec::new();
        for (of, day) in &days {
            for ((place, told_on), count) in &day.said {
                let place = number.get(place).copied().unwrap_or_default();
                let (told_on, count) = (*told_on, *count);
                let of_day = DayTold { told_on, place, day: of.day, count };
                if of.back_fill {
                    told.back_fills.push(of_day);
                    continue;
                }
                if of.span == Span::Day {
                    told.daily.push(of_day);
                }
                // A week that ends on another day is no week of a forecast.
                if !of.is_odd_week() {
                    of_weeks.push(Change { told_on, place, day: of.day, span: of.span, count });
                }
            }
            for place in &day.simulated {
                if let Some(simulated) = number.get(place).and_then(|number| told.simulated.get_mut(*number)) {
                    *simulated = true;
                }
            }
        }
        let order = |told: &DayTold| (told.told_on, told.place, told.day);
        told.daily.sort_by_key(order);
        told.back_fills.sort_by_key(order);
        of_weeks.sort_by_key(|change| (change.told_on, change.place, change.day));
        told.weeks = weeks(&of_weeks);
        told.places = places;
        told.days = days;
        told
    }
}

/// What an office remembers of a signal in a province.
#[derive(Default)]
pub(crate) struct Remembered {
    days: HashMap<RecordId<Telling>, Followed>,
    told: Option<Arc<Told>>,
}

struct Followed {
    version: i64,
    recorded_at: Moment,
    day: Arc<Day>,
}

impl Followed {
    fn of(tellings: &[Kept<Telling>]) -> Option<(RecordId<Telling>, Self)> {
        let last = tellings.last()?;
        let day = Arc::new(Day::of(tellings)?);
        Some((last.id, Self { version: last.version, recorded_at: last.recorded_at, day }))
    }

    /// Takes in later tellings; false where they do not follow what is remembered.
    fn follow(&mut self, tellings: &[Kept<Telling>]) -> bool {
        let Some((here, later)) = tellings.split_first() else { return false };
        let follows = here.version == self.version && here.recorded_at == self.recorded_at;
        if !follows {
            return false;
        }
        let day = Arc::make_mut(&mut self.day);
        for kept in later {
            day.take(kept);
            (self.version, self.recorded_at) = (kept.version, kept.recorded_at);
        }
        true
    }
}

/// Everything that was told of a signal, as this reading sees it.
pub(crate) fn told_of(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    signal: Signal,
) -> Outcome<Arc<Told>> {
    if connection.lens().is_some() {
        let tellings = record::all_versions::<Telling>(connection, province, &signal.begins())?;
        let days = tellings.chunk_by(|one, other| one.id == other.id).filter_map(Day::of);
        return Ok(Arc::new(Told::of(days.map(|day| (day.now.key(), Arc::new(day))).collect())));
    }
    let remembered = office.remembered_counts(province, signal);
    let mut remembered = remembered.lock().unwrap_or_else(PoisonError::into_inner);
    remembered.catch_up(connection, province, signal)
}

impl Remembered {
    fn catch_up(&mut self, connection: &mut Connection, province: ProvinceId, signal: Signal) -> Outcome<Arc<Told>> {
        let newest = record::newest_versions::<Telling>(connection, province, &signal.begins())?;
        let is_same = |(id, version, at): &(RecordId<Telling>, i64, Moment)| {
            self.days.get(id).is_some_and(|known| (known.version, known.recorded_at) == (*version, *at))
        };
        let changed: Vec<RecordId<Telling>> = newest.iter().filter(|one| !is_same(one)).map(|(id, ..)| *id).collect();
        let gone = self.days.len() + changed.iter().filter(|id| !self.days.contains_key(id)).count() > newest.len();
        if let Some(told) = self.told.as_ref().filter(|_| changed.is_empty() && !gone) {
            return Ok(Arc::clone(told));
        }
        self.told = None;
        if changed.len() > FEW {
            let tellings = record::all_versions::<Telling>(connection, province, &signal.begins())?;
            self.days = tellings.chunk_by(|one, other| one.id == other.id).filter_map(Followed::of).collect();
        } else {
            let there: HashSet<RecordId<Telling>> = newest.iter().map(|(id, ..)| *id).collect();
            self.days.retain(|id, _| there.contains(id));
            for id in changed {
                self.follow(connection, province, id)?;
            }
        }
        let days = self.days.values().map(|followed| (followed.day.now.key(), Arc::clone(&followed.day))).collect();
        let told = Arc::new(Told::of(days));
        self.told = Some(Arc::clone(&told));
        Ok(told)
    }

    fn follow(&mut self, connection: &mut Connection, province: ProvinceId, id: RecordId<Telling>) -> Outcome<()> {
        if let Some(known) = self.days.get_mut(&id) {
            let later = record::versions_from::<Telling>(connection, province, id, known.version)?;
            if known.follow(&later) {
                return Ok(());
            }
        }
        // Not known yet, or another past than the one that is remembered.
        let all = record::versions_from::<Telling>(connection, province, id, 1)?;
        match Followed::of(&all) {
            Some((id, followed)) => drop(self.days.insert(id, followed)),
            None => drop(self.days.remove(&id)),
        }
        Ok(())
    }
}
