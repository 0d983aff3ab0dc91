//! The best schedule of one site: visits are added one by one, each time the one that saves most, until none saves
//! more than it costs. What a visit saves only falls when others are added, so most tries need not be repeated.

use oxygen::dispatch::SiteNo;

use crate::chance::Chance;
use crate::choices::{Choice, Scratch};
use crate::state::State;
use crate::stock::{Lanes, Trace};

/// What must be saved for a visit to be worth a line in the plan, in patient-days.
const WORTH: f64 = 1e-4;

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Bench {
    pub scratch: Scratch,
    choices: Vec<Choice>,
    trace: Trace,
    lanes: Lanes,
    tried: Vec<Tried>,
    room: Vec<f32>,
}

#[derive(Clone, Copy)]
struct Tried {
    choice: usize,
    units: i64,
    gain: f64,
    /// In which round this was found.
    round: u32,
}

impl Bench {
    /// Adds visits to a site as long as they save more than they cost. `weights`: how much each path counts.
    pub fn serve(&mut self, state: &mut State<'_>, site: SiteNo, weights: &[f32], chance: &mut Chance) {
        let given = state.given;
        let paths = &given.sites[site.index()];
        let mut choices = std::mem::take(&mut self.choices);
        state.refresh(site);
        state.choices(site, chance, &mut self.scratch, &mut choices);
        paths.trace(state.drops(site), &mut self.lanes, &mut self.trace);
        let mut now = f64::from(paths.weighed(&self.lanes, weights));
        self.tried.clear();
        for (number, choice) in choices.iter().enumerate() {
            let tried = self.best_amount(state, site, choice, number, now, weights, 0);
            if tried.gain > WORTH {
                self.tried.push(tried);
            }
        }
        let mut round = 0;
        while let Some(best) = self.best() {
            let tried = self.tried[best];
            if tried.round < round {
                let again = self.best_amount(state, site, &choices[tried.choice], tried.choice, now, weights, round);
                if again.gain > WORTH {
                    self.tried[best] = again;
                } else {
                    self.tried.swap_remove(best);
                }
                continue;
            }
            self.tried.swap_remove(best);
            let choice = &choices[tried.choice];
            if !state.take(site, choice, tried.units, &mut self.scratch) {
                continue;
            }
            // A trip has one stop at a site, and its other places have moved.
            if let Some((id, _)) = choice.joins {
                self.tried.retain(|other| choices[other.choice].joins.is_none_or(|(joined, _)| joined != id));
            }
            state.refresh(site);
            paths.trace(state.drops(site), &mut self.lanes, &mut self.trace);
            now = f64::from(paths.weighed(&self.lanes, weights));
            round += 1;
        }
        self.choices = choices;
    }

    fn best(&self) -> Option<usize> {
        let by_gain = |one: &usize, other: &usize| {
            let (one, other) = (&self.tried[*one], &self.tried[*other]);
            one.gain.total_cmp(&other.gain).then(other.choice.cmp(&one.choice))
        };
        (0..self.tried.len()).max_by(by_gain)
    }

    /// The better of two amounts: what fits on every path, and what fits on half of them.
    #[expect(clippy::too_many_arguments, reason = "what a try hangs on")]
    fn best_amount(
        &mut self,
        state: &State<'_>,
        site: SiteNo,
        choice: &Choice,
        number: usize,
        now: f64,
        weights: &[f32],
        round: u32,
    ) -> Tried {
        let given = state.given;
        let paths = &given.sites[site.index()];
        let way = &given.ways[site.index()][choice.way];
        let [most, half] = self.rooms(state, site, choice);
        let mut best = Tried { choice: number, units: 0, gain: f64::NEG_INFINITY, round };
        let mut bound = state.still_allowed(site) / way.unit;
        if !way.tank {
            let wanted = bound.min(choice.most).min(most);
            bound = state.shells_for(site, choice.ends, wanted);
        }
        for units in [most, half] {
            let units = given.rounded(way, units.min(choice.most).min(bound));
            if units < way.least || units == best.units {
                continue;
            }
            let visit = choice.visit(way, units);
            paths.run_with(state.drops(site), &visit.drop, &self.trace, &mut self.lanes);
            let then = f64::from(paths.weighed(&self.lanes, weights));
            let gain = now - then - choice.cost - state.extra_with(site, &visit);
            // What lies unused in a tank is missing elsewhere: the greater amount must earn its place.
            if gain > best.gain * 1.02 + 1e-9
                || best.gain == f64::NEG_INFINITY
                || (units < best.units && gain >= best.gain * 0.98)
            {
                best = Tried { choice: number, units, gain, round };
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
        let part = (choice.ends.0 - day as i32 * 1_440) as f32 / 1_440.0;
        let earlier: f32 = state
            .drops(site)
            .iter()
            .filter(|drop| drop.tank == way.tank && drop.at.day() == day && drop.at < choice.ends)
            .map(|drop| drop.kg)
            .sum();
        let stores = if way.tank { &lanes.tank } else { &lanes.rack };
        self.room.clear();
        if day < given.problem.days as usize {
            let net = paths.net(day);
            let other = if way.tank { None } else { Some(&lanes.tank) };
            self.room.extend(stores.iter().enumerate().map(|(lane, stock)| {
                let from_tank = other.map_or(0.0, |tank| tank[lane]);
                let used = (net[lane] * part - from_tank).max(0.0);
                (holds - (stock + earlier - used).max(0.0)).max(0.0)
            }));
        } else {
            self.room.extend(stores.iter().map(|stock| (holds - stock).max(0.0)));
        }
        self.room.sort_by(f32::total_cmp);
        let unit = way.unit as f64 / 1_000.0;
        let units = |kg: Option<&f32>| (f64::from(kg.copied().unwrap_or(0.0)) / unit).floor() as i64;
        [units(self.room.last()), units(self.room.get(self.room.len() / 2))]
    }
}
