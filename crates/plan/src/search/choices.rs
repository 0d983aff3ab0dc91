//! Where a visit to a site could still be put: into a trip that goes anyway, or as a trip of its own.

use oxygen::dispatch::{Basis, Clock, Minutes, SiteNo, VehicleNo};

use super::prepared::Way;
use super::runs::{Load, Run, cost_of};
use super::state::{State, Visit};
use crate::chance::Chance;
use crate::stock::Drop;

/// The most stops of one trip: more than anybody drives in a day.
const MOST_STOPS: usize = 8;

/// How many vehicles a day are tried: the cheapest to send, and those that carry most.
const CHEAPEST: usize = 2;
const LARGEST: usize = 1;
/// How many gaps between the trips of a vehicle are tried a day.
const GAPS: usize = 2;
/// How many sources are tried for a tank and for cylinders: the nearest, and as many others by chance.
const SOURCES: usize = 2;

/// One place for a visit.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// The trip that it joins, and before which stop; none for a trip of its own.
    pub joins: Option<(u32, usize)>,
    pub way: usize,
    pub vehicle: VehicleNo,
    pub ready: Minutes,
    /// Unloading begins and ends.
    pub begins: Minutes,
    pub ends: Minutes,
    pub alive: u64,
    /// The most units.
    pub most: i64,
    pub basis: Basis,
    /// What it adds in hours and kilometres.
    pub cost: f64,
    /// The hours that it adds.
    pub hours: f64,
}

impl Choice {
    /// As the site's stock sees it.
    pub fn visit(&self, way: &Way, units: i64) -> Visit {
        let grams = units * way.unit;
        Visit {
            drop: Drop { at: self.ends, tank: way.tank, kg: grams as f32 / 1_000.0, alive: self.alive },
            begins: self.begins,
            run: u32::MAX,
            source: way.source,
            vehicle: self.vehicle,
            grams,
            basis: self.basis,
        }
    }
}

/// What a delivery could save at most, by the day on which it comes.
#[derive(Default)]
pub(crate) struct Days {
    saves: [Vec<f64>; 2],
}

impl Days {
    pub fn clear(&mut self, days: usize) {
        for saves in &mut self.saves {
            saves.clear();
            saves.resize(days + 1, 0.0);
        }
    }

    pub fn set(&mut self, tank: bool, day: usize, saves: f64) {
        self.saves[usize::from(!tank)][day] = saves;
    }

    /// At most this on the day of a minute; early on the next day counts as well, because a day is not one moment.
    pub fn most(&self, tank: bool, at: Minutes) -> f64 {
        let saves = &self.saves[usize::from(!tank)];
        let day = at.day().min(saves.len() - 1);
        let next = (day + 1).min(saves.len() - 1);
        saves[day].max(saves[next])
    }

    /// Whether a trip that begins on a day is worth a look: it arrives on it or on the next.
    fn worth(&self, tank: bool, day: i32, cost: f64) -> bool {
        let saves = &self.saves[usize::from(!tank)];
        let from = (day as usize).min(saves.len() - 1);
        saves[from..(from + 3).min(saves.len())].iter().any(|saves| *saves > cost)
    }
}

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Scratch {
    clock: Clock,
    stops: Vec<SiteNo>,
    ways: Vec<usize>,
}

impl State<'_> {
    /// Every place for a visit to a site.
    pub fn choices(
        &self,
        site: SiteNo,
        chance: &mut Chance,
        days: &Days,
        until: Minutes,
        scratch: &mut Scratch,
        choices: &mut Vec<Choice>,
    ) {
        choices.clear();
        let given = self.given;
        let ways = &given.ways[site.index()];
        for tank in [true, false] {
            scratch.ways.clear();
            scratch.ways.extend((0..ways.len()).filter(|way| ways[*way].tank == tank));
            // The nearest stand first; of the others a few come forward.
            for at in SOURCES..scratch.ways.len().min(2 * SOURCES) {
                let other = at + chance.below(scratch.ways.len() - at);
                scratch.ways.swap(at, other);
            }
            scratch.ways.truncate(2 * SOURCES);
            for at in 0..scratch.ways.len() {
                let number = scratch.ways[at];
                let way = &ways[number];
                self.joining(site, number, way, days, scratch, choices);
                for day in 0..given.problem.days as i32 {
                    if Minutes::days(day) >= until {
                        break;
                    }
                    if !days.worth(tank, day, way.cost) && !given.has_extra(site) {
                        continue;
                    }
                    // What may still be loaded only grows in the course of a day.
                    if self.runs.slack(given, way, Minutes::days(day + 1)) < way.least {
                        continue;
                    }
                    self.starting(site, number, way, day, &way.vehicles, CHEAPEST, scratch, choices);
                    self.starting(site, number, way, day, &way.largest, LARGEST, scratch, choices);
                }
            }
        }
    }

    fn joining(
        &self,
        site: SiteNo,
        number: usize,
        way: &Way,
        days: &Days,
        scratch: &mut Scratch,
        choices: &mut Vec<Choice>,
    ) {
        for (_, id) in self.runs.of_source(way.source) {
            let Some(run) = self.runs.get(*id).filter(|run| run.goes(way)) else { continue };
            let room = self.given.capacity(run.vehicle) - run.units();
            let fits = room >= way.least && run.loads.len() < MOST_STOPS && way.has(run.vehicle);
            let idle = !days.worth(way.tank, run.clock.loads.day() as i32, 0.0) && !self.given.has_extra(site);
            if idle || !fits || run.loads.iter().any(|load| load.site == site) {
                continue;
            }
            let before = cost_of(self.given, &run.clock);
            let mut best: Option<Choice> = None;
            for at in 0..=run.loads.len() {
                scratch.stops.clear();
                scratch.stops.extend(run.loads.iter().map(|load| load.site));
                scratch.stops.insert(at, site);
                let Some(choice) =
                    self.timed(site, number, way, (run.vehicle, run.ready), Some((*id, at)), room, scratch)
                else {
                    continue;
                };
                let hours = choice.hours - (run.clock.back - run.clock.leaves).as_hours();
                let choice = Choice { cost: choice.cost - before, hours, ..choice };
                if best.as_ref().is_none_or(|best| choice.cost < best.cost) {
                    best = Some(choice);
                }
            }
            choices.extend(best);
        }
    }

    /// Trips of its own that begin on a day, of the first vehicles in an order that are free.
    #[expect(clippy::too_many_arguments, reason = "the place of a visit is told by all of them")]
    fn starting(
        &self,
        site: SiteNo,
        number: usize,
        way: &Way,
        day: i32,
        vehicles: &[(VehicleNo, Minutes)],
        enough: usize,
        scratch: &mut Scratch,
        choices: &mut Vec<Choice>,
    ) {
        let (begin, end) = (Minutes::days(day), Minutes::days(day + 1));
        let mut found = 0;
        for (vehicle, least) in vehicles {
            let least = *least;
            let room = self.given.capacity(*vehicle);

            if self.runs.worked(*vehicle, day as usize) + least > self.given.problem.vehicle(*vehicle).duty {
                continue;
            }
            let trips = self.runs.of_vehicle(*vehicle);
            let mut next = trips.partition_point(|(out, _)| out.to <= begin);
            let mut ready = begin;
            let mut here = 0;
            while ready < end && here < GAPS {
                let gap = trips.get(next).map_or(Minutes::NEVER, |(out, _)| out.from);
                if gap - ready >= least {
                    scratch.stops.clear();
                    scratch.stops.push(site);
                    if let Some(choice) = self.timed(site, number, way, (*vehicle, ready), None, room, scratch) {
                        choices.push(choice);
                        here += 1;
                    }
                }
                let Some((out, _)) = trips.get(next) else { break };
                ready = ready.max(out.to);
                next += 1;
            }
            found += usize::from(here > 0);
            if found == enough {
                break;
            }
        }
    }

    /// A visit put among the stops of `scratch`, with its times, if all holds that can be known now.
    #[expect(clippy::too_many_arguments, reason = "the place of a visit is told by all of them")]
    fn timed(
        &self,
        site: SiteNo,
        number: usize,
        way: &Way,
        (vehicle, ready): (VehicleNo, Minutes),
        joins: Option<(u32, usize)>,
        room: i64,
        scratch: &mut Scratch,
    ) -> Option<Choice> {
        let given = self.given;
        let clock = &mut scratch.clock;
        if !clock.set(&given.problem, &given.travel, (vehicle, way.source), ready, &scratch.stops) {
            return None;
        }
        // What the other stops rest on holds for the minute at which the trip loads now.
        let loads = joins.and_then(|(id, _)| self.runs.get(id)).map(|run| run.clock.loads);
        if loads.is_some_and(|loads| loads != clock.loads) {
            return None;
        }
        let visit = clock.visits[joins.map_or(0, |(_, at)| at)];
        if clock.visits.last().is_some_and(|last| last.leaves > given.end) || clock.leaves < Minutes::ZERO {
            return None;
        }
        if given.is_forbidden(site, way.source, visit.begins) {
            return None;
        }
        if !self.runs.is_free(given, vehicle, clock, joins.map(|(id, _)| id)) {
            return None;
        }
        let (basis, left) = self.runs.basis(given, way, clock.loads)?;
        let slack = self.runs.slack(given, way, clock.loads);
        let most = room.min(slack).min(left / way.unit);
        if most < way.least {
            return None;
        }
        let alive = given.alive(vehicle, way.source, clock);
        let cost = cost_of(given, clock);
        Some(Choice {
            joins,
            way: number,
            vehicle,
            ready,
            begins: visit.begins,
            ends: visit.leaves,
            alive,
            most,
            basis,
            cost,
            hours: (clock.back - clock.leaves).as_hours(),
        })
    }

    /// Puts a visit where a choice says; `false`, and nothing changed, when it does not hold any more.
    pub fn take(&mut self, site: SiteNo, choice: &Choice, units: i64, scratch: &mut Scratch) -> bool {
        let given = self.given;
        let way = &given.ways[site.index()][choice.way];
        let load = Load { site, units, unit: way.unit, ledger: way.ledger(), empties: 0, basis: choice.basis };
        let mut loads = Vec::with_capacity(4);
        if let Some((id, at)) = choice.joins {
            let Some(run) = self.runs.get(id) else { return false };
            loads.extend_from_slice(&run.loads);
            if at > loads.len() {
                return false;
            }
            loads.insert(at, load);
        } else {
            loads.push(load);
        }
        scratch.stops.clear();
        scratch.stops.extend(loads.iter().map(|load| load.site));
        let room = given.capacity(choice.vehicle) - loads.iter().map(|load| load.units).sum::<i64>() + units;
        let again = self.timed(site, choice.way, way, (choice.vehicle, choice.ready), choice.joins, room, scratch);
        if again.is_none_or(|again| again.most < units || again.basis != choice.basis) {
            return false;
        }
        let run = Run {
            vehicle: choice.vehicle,
            source: way.source,
            tank: way.tank,
            ready: choice.ready,
            alive: given.alive(choice.vehicle, way.source, &scratch.clock),
            clock: scratch.clock.clone(),
            loads,
            fixed: false,
        };
        match choice.joins {
            Some((id, _)) => self.put(id, Some(run)),
            None => {
                self.add(run);
            }
        }
        true
    }
}
