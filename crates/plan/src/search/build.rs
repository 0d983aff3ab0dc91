//! The best schedule of one site: visits are added one by one, each time the one that saves most, until none saves
//! more than it costs. What a visit saves only falls when others are added, and what a delivery on a day could save at
//! most is known before any trip is looked at: so most tries are never made.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use oxygen::dispatch::{Minutes, SiteNo};

use super::choices::{Choice, Days, Scratch};
use super::state::State;
use crate::chance::Chance;
use crate::stock::{Drop, Lanes, Trace};

/// What must be saved for a visit to be worth a line in the plan, in patient-days.
const WORTH: f64 = 1e-4;
/// By how much the greater of two amounts must save more: what lies unused in a tank is missing elsewhere.
const FOR_MORE: f64 = 1.02;

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Bench {
    scratch: Scratch,
    choices: Vec<Choice>,
    trace: Trace,
    lanes: Lanes,
    tries: BinaryHeap<Try>,
    days: Days,
    room: Vec<f32>,
}

/// What is known of a choice: an upper bound of what it saves, or, once tried, what it saves with an amount.
#[derive(Clone, Copy)]
struct Try {
    choice: usize,
    units: i64,
    gain: f64,
    /// In which round this was found; none: it is a bound.
    round: Option<u32>,
}

impl Ord for Try {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.choice.cmp(&self.choice))
    }
}

impl PartialOrd for Try {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Try {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Try {}

/// What visits must be worth, and how many there may be: what is scarce has a price, so that whoever needs it more finds
/// it still there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// The most visits.
    pub most: usize,
    /// Price of an hour of a vehicle, beside what it costs.
    pub hour: f64,
    /// Price of a kilogram.
    pub kilogram: f64,
    /// Visits end before this.
    pub until: Minutes,
}

impl Terms {
    /// Nothing is scarce.
    pub const FREE: Self = Self { most: usize::MAX, hour: 0.0, kilogram: 0.0, until: Minutes::NEVER };
}

/// Whom a schedule is built for, and what counts.
#[derive(Clone, Copy)]
struct For<'w> {
    site: SiteNo,
    /// How much each path weighs.
    weights: &'w [f32],
    /// What the site costs as things stand.
    now: f64,
    terms: Terms,
}

impl Bench {
    /// Adds visits to a site as long as they save more than they cost, on the terms; gives back how many. `weights`:
    /// how much each path counts.
    pub fn serve(
        &mut self,
        state: &mut State<'_>,
        site: SiteNo,
        weights: &[f32],
        chance: &mut Chance,
        terms: Terms,
    ) -> usize {
        let mut added = 0;
        let mut choices = std::mem::take(&mut self.choices);
        state.refresh(site);
        let mut whom = For { site, weights, now: 0.0, terms };
        self.stand(state, &mut whom);
        self.potentials(state, whom);
        state.choices(site, chance, &self.days, terms.until, &mut self.scratch, &mut choices);
        self.tries.clear();
        for (number, choice) in choices.iter().enumerate() {
            let tank = state.given.ways[site.index()][choice.way].tank;
            let gain = self.days.most(tank, choice.ends) - choice.cost - terms.hour * choice.hours;
            let bound = gain + state.most_extra(site);
            if bound > WORTH && choice.ends < terms.until {
                self.tries.push(Try { choice: number, units: 0, gain: bound, round: None });
            }
        }
        let mut round = 0;
        while let Some(best) = self.tries.pop() {
            let choice = &choices[best.choice];
            if best.round != Some(round) {
                let (units, gain) = self.best_amount(state, whom, choice);
                if gain > WORTH {
                    self.tries.push(Try { units, gain, round: Some(round), ..best });
                }
                continue;
            }
            if !state.take(site, choice, best.units, &mut self.scratch) {
                continue;
            }
            // A trip has one stop at a site, and its other places have moved.
            if let Some((id, _)) = choice.joins {
                self.tries.retain(|other| choices[other.choice].joins.is_none_or(|(joined, _)| joined != id));
            }
            state.refresh(site);
            self.stand(state, &mut whom);
            round += 1;
            added += 1;
            if added == terms.most {
                break;
            }
        }
        self.choices = choices;
        added
    }

    /// Follows the site as it is served now.
    fn stand(&mut self, state: &State<'_>, whom: &mut For<'_>) {
        let paths = &state.given.sites[whom.site.index()];
        paths.trace(state.drops(whom.site), &mut self.lanes, &mut self.trace);
        whom.now = f64::from(paths.weighed(&self.lanes, whom.weights));
    }

    /// What as much as ever fits would save if it came on each of the days.
    fn potentials(&mut self, state: &State<'_>, whom: For<'_>) {
        let paths = &state.given.sites[whom.site.index()];
        let days = state.given.problem.days as usize;
        self.days.clear(days);
        for (store, tank) in [true, false].into_iter().enumerate() {
            let kg = paths.holds()[store];
            if kg <= 0.0 {
                continue;
            }
            for day in 0..days {
                let at = Minutes(day as i32 * Minutes::DAY.0 + Minutes::DAY.0 / 4);
                let drop = Drop { at, tank, kg, alive: u64::MAX };
                paths.run_with(state.drops(whom.site), &drop, &self.trace, &mut self.lanes);
                let saves = whom.now - f64::from(paths.weighed(&self.lanes, whom.weights));
                self.days.set(tank, day, saves);
            }
        }
    }

    /// The better of two amounts, in units, and what it saves: what fits on every path, and what fits on half of them.
    fn best_amount(&mut self, state: &State<'_>, whom: For<'_>, choice: &Choice) -> (i64, f64) {
        let given = state.given;
        let paths = &given.sites[whom.site.index()];
        let way = &given.ways[whom.site.index()][choice.way];
        let [most, half] = self.rooms(state, whom.site, choice);
        let mut best = (0, f64::NEG_INFINITY);
        let mut bound = (state.still_allowed(whom.site) / way.unit).min(choice.most);
        if !way.tank {
            let asked = state.asked_for(whom.site, way.source, choice.begins) / way.unit + 1;
            bound = state.shells_for(whom.site, choice.ends, bound.min(most.max(asked)));
        }
        let asked = state.asked_for(whom.site, way.source, choice.begins);
        let asked = (asked + way.unit - 1) / way.unit;
        for units in [most.max(asked), half.max(asked), asked] {
            let units = given.rounded(way, units.max(if asked > 0 { way.least } else { 0 }).min(bound));
            if units < way.least || units == best.0 {
                continue;
            }
            let visit = choice.visit(way, units);
            paths.run_with(state.drops(whom.site), &visit.drop, &self.trace, &mut self.lanes);
            let then = f64::from(paths.weighed(&self.lanes, whom.weights));
            let scarce = whom.terms.hour * choice.hours + whom.terms.kilogram * visit.grams as f64 / 1_000.0;
            let gain = whom.now - then - choice.cost - scarce - state.extra_with(whom.site, &visit);
            if best.1 == f64::NEG_INFINITY || gain * FOR_MORE >= best.1 {
                best = (units, gain);
            }
        }
        best
    }

    /// Units for which there is room when the visit comes: on the emptiest path, and on the middle one.
    fn rooms(&mut self, state: &State<'_>, site: SiteNo, choice: &Choice) -> [i64; 2] {
        let given = state.given;
        let paths = &given.sites[site.index()];
        let way = &given.ways[site.index()][choice.way];
        let day = choice.ends.day();
        let lanes = self.trace.day(day);
        let holds = paths.holds()[usize::from(!way.tank)];
        let part = (choice.ends.0 - day as i32 * Minutes::DAY.0) as f32 / Minutes::DAY.0 as f32;
        let today = |drop: &&Drop| drop.tank == way.tank && drop.at.day() == day && drop.at < choice.ends;
        let earlier: f32 = state.drops(site).iter().filter(today).map(|drop| drop.kg).sum();
        let stores = if way.tank { &lanes.tank } else { &lanes.rack };
        self.room.clear();
        if day < given.problem.days as usize {
            let net = paths.net(day);
            self.room.extend(stores.iter().enumerate().map(|(lane, stock)| {
                let from_tank = if way.tank { 0.0 } else { lanes.tank[lane] };
                let used = (net[lane] * part - from_tank).max(0.0);
                (holds - (stock + earlier - used).max(0.0)).max(0.0)
            }));
        } else {
            self.room.extend(stores.iter().map(|stock| (holds - stock).max(0.0)));
        }
        let middle = self.room.len() / 2;
        let (_, half, above) = self.room.select_nth_unstable_by(middle, f32::total_cmp);
        let most = above.iter().copied().fold(*half, f32::max);
        let unit = way.unit as f64 / 1_000.0;
        let units = |kg: f32| (f64::from(kg) / unit).floor() as i64;
        [units(most), units(*half)]
    }
}
