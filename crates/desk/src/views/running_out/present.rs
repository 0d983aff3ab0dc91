//! The list of now, renewed while reports pour in.
//!
//! Of 1,500 facilities a handful reports in a second. Only those are computed anew; the others keep their
//! line until hours have passed that one could see. The list says the moment of its *oldest* line, so
//! it is never older than it says. One caller renews it; the others get the list that stands, if it
//! is younger than a second.

use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError, TryLockError};

use oxygen::StoreId;
use oxygen::chain::ChainNorms;
use place::FacilityId;
use quantity::{Moment, Span};
use store::projection::{self, CensusState, Seen, StoreState};
use store::{Connection, register};

use super::{Line, Roads, RunningOut, Said, line, lines, ranked};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::Registry;
use crate::views::supply::road::roads;

/// A list may be this old while reports pour in; the first after a quiet moment is made anew.
const FRESH: Span = Span::micros(250_000);
/// Without any report hours still pass: all lines are made anew after this, by either clock.
const STANDS: Span = Span::seconds(10);
/// Who comes while the list is being renewed gets one that is younger than this.
const WHILE_RENEWED: Span = Span::seconds(1);

/// A list kept until something changes.
#[derive(Debug)]
pub(crate) struct Cached {
    made_at: Moment,
    list: Arc<RunningOut>,
}

/// What the list was made of.
#[derive(Debug, Default)]
pub(crate) struct Working {
    /// When all lines were made, by the real clock and by the domain clock; none before the first time.
    whole: Option<(Moment, Moment)>,
    registry: Option<Arc<Registry>>,
    seen: Seen,
    said: Said,
    counted: HashMap<FacilityId, CensusState>,
    roads: Roads,
    lines: HashMap<FacilityId, Line>,
}

pub(super) fn present(
    office: &Office,
    connection: &mut Connection,
    registry: &Arc<Registry>,
) -> Outcome<Arc<RunningOut>> {
    let province = registry.province();
    let pulse = register::pulse(connection, province)?;
    let standing = |within: Span| {
        let cached = office.cached_list(province)?;
        let age = office.real_now() - cached.made_at;
        // A machine whose clock was set back must not show an old list until it has caught up.
        let fits = age >= Span::ZERO && (age < within || (cached.list.seq == pulse.seq && age < STANDS));
        fits.then(|| Arc::clone(&cached.list))
    };
    if let Some(list) = standing(FRESH) {
        return Ok(list);
    }
    let working = office.working_list(province);
    let mut working: MutexGuard<'_, Working> = match working.try_lock() {
        Ok(free) => free,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => {
            if let Some(list) = standing(WHILE_RENEWED) {
                return Ok(list);
            }
            let free = working.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody has just renewed it.
            if let Some(list) = standing(FRESH) {
                return Ok(list);
            }
            free
        }
    };
    let (real, now) = (office.real_now(), office.now(connection)?);
    let at = working.renew(connection, registry, real, now)?;
    // The registry's order stands behind the rank.
    let ordered = registry.facilities().iter().filter_map(|facility| working.lines.get(&facility.id).cloned());
    let list = Arc::new(ranked(registry, at, pulse.seq, ordered.collect()));
    office.cache_list(province, Arc::new(Cached { made_at: real, list: Arc::clone(&list) }));
    Ok(list)
}

impl Working {
    /// Renews what has changed, or everything; gives the moment of the oldest line.
    fn renew(
        &mut self,
        connection: &mut Connection,
        registry: &Arc<Registry>,
        real: Moment,
        now: Moment,
    ) -> Outcome<Moment> {
        let stands = |since: Moment, until: Moment| (Span::ZERO..STANDS).contains(&(until - since));
        let same = self.registry.as_ref().is_some_and(|known| Arc::ptr_eq(known, registry));
        // Whoever stops half-way leaves nothing that counts as whole.
        let whole = self.whole.take().filter(|(made, at)| same && stands(*made, real) && stands(*at, now));
        let censuses = projection::censuses(connection, registry.province())?;
        let roads = roads(connection, registry.province(), None)?;
        let still_there = censuses.iter().filter(|state| self.counted.contains_key(&state.facility)).count();
        if let Some((made, at)) = whole
            && let Some(changed) = projection::of_province_since(connection, registry.province(), &mut self.seen)?
            && still_there == self.counted.len()
        {
            self.renew_some(registry, changed, censuses, roads, now)?;
            self.whole = Some((made, at));
            return Ok(at);
        }
        *self = Self { registry: Some(Arc::clone(registry)), ..Self::default() };
        let states = projection::of_province_since(connection, registry.province(), &mut self.seen)?;
        self.said = states.into_iter().flatten().map(said_of).collect();
        self.counted = censuses.into_iter().map(|state| (state.facility, state)).collect();
        self.roads = roads;
        let all = lines(registry, now, &self.said, &self.counted, &self.roads)?;
        self.lines = all.into_iter().map(|line| (line.facility, line)).collect();
        self.whole = Some((real, now));
        Ok(now)
    }

    fn renew_some(
        &mut self,
        registry: &Registry,
        changed: Vec<StoreState>,
        censuses: Vec<CensusState>,
        roads: Roads,
        now: Moment,
    ) -> Outcome<()> {
        let mut facilities: Vec<FacilityId> = changed.iter().map(|state| state.facility).collect();
        self.said.extend(changed.into_iter().map(said_of));
        for state in censuses {
            if self.counted.get(&state.facility) != Some(&state) {
                facilities.push(state.facility);
                self.counted.insert(state.facility, state);
            }
        }
        // A truck that was loaded, arrived or turned back.
        let before = std::mem::replace(&mut self.roads, roads);
        let either = before.keys().chain(self.roads.keys());
        facilities.extend(either.filter(|id| before.get(id) != self.roads.get(id)));
        facilities.sort_unstable();
        facilities.dedup();
        let day = now.date();
        let chain_norms = ChainNorms::from_norms(registry.norms(), day).map_err(Failure::refused)?;
        for id in facilities {
            let known = registry.facility(id).filter(|facility| facility.body.valid_on(day));
            if let Some(facility) = known {
                let settings = registry.settings(facility, day)?;
                let (census, road) = (self.counted.get(&id), self.roads.get(&id));
                let made = line(registry, facility, (&settings, &chain_norms), now, &self.said, census, road);
                self.lines.insert(id, made);
            }
        }
        Ok(())
    }
}

fn said_of(state: StoreState) -> (StoreId, (Option<projection::Latest>, oxygen::Recent)) {
    (state.store, (state.latest, state.recent))
}
