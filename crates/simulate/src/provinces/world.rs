//! The world in which a policy is played: every day it is asked, what begins before the next day is done, and the truth
//! goes its own way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use oxygen::dispatch::{Amount, Minutes, Plan, Problem, Travel, Trip};

use super::course::Course;
use super::gate;
use super::known::Known;
use super::law::HISTORY;
use super::paths::Noise;
use super::province::Province;
use super::road::{self, Way};
use super::score::{Balances, Score};
use super::stores::{PARTS, Store, Yard};
use super::told;

/// How a world is played.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Play {
    /// How many days; at most 28.
    pub days: usize,
    /// Time between two decisions; the first is at minute 0, 06:00.
    pub step: Minutes,
    /// How many days a plan looks ahead; at most 14.
    pub ahead: usize,
    /// How many paths the planner is given.
    pub paths: usize,
    /// Trips of the plan before that begin within this are not touched.
    pub frozen: Minutes,
    /// Its visits within this are changed for a price.
    pub slushy: Minutes,
}

impl Default for Play {
    /// A fortnight, a decision every morning for a week ahead on 30 paths; 12 hours frozen, three days announced.
    fn default() -> Self {
        Self {
            days: 14,
            step: Minutes::DAY,
            ahead: 7,
            paths: 30,
            frozen: Minutes::hours(12),
            slushy: Minutes::hours(72),
        }
    }
}

impl Play {
    /// Within what a world can be played for.
    fn sane(mut self) -> Self {
        self.days = self.days.clamp(1, 28);
        self.ahead = self.ahead.clamp(1, 14);
        self.paths = self.paths.max(1);
        self.step = self.step.max(Minutes::hours(1)).min(Minutes::DAY);
        self
    }
}

/// What a policy is asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What the command post knows.
    pub problem: &'a Problem,
    /// The ways of the problem, worked out already.
    pub travel: &'a Travel,
    /// A seed for whatever the policy draws: the same for every policy at this decision.
    pub seed: u64,
}

/// A policy: from what is known to a plan.
pub type Policy<'a> = dyn FnMut(&Asked) -> Plan + 'a;

impl Province {
    /// Plays a policy on one of the province's paths. Paths with the same number are the same for every policy.
    pub fn play(&self, path: u64, play: &Play, policy: &mut Policy) -> Score {
        let play = play.sane();
        let mut world = World::opening(self, path, &play);
        let end = Minutes::days(play.days as i32);
        while world.now < end {
            world.decide(policy);
            let next = (world.now + play.step).min(end);
            world.run(next);
            world.now = next;
        }
        world.score()
    }

    /// What a command post is asked on the morning of a day (from 0) when the policy has ruled until then.
    pub fn problem_on(&self, day: usize, path: u64, play: &Play, policy: &mut Policy) -> Problem {
        let play = play.sane();
        let mut world = World::opening(self, path, &play);
        while world.now < Minutes::days(day.min(play.days) as i32) {
            world.decide(policy);
            let next = world.now + play.step;
            world.run(next);
            world.now = next;
        }
        world.hear();
        told::told(&world).0
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Event {
    /// Loading ends.
    Loads,
    /// Unloading ends, or fails.
    Unloads(usize),
    /// Empty cylinders and what was not unloaded are back at the source.
    Returns,
}

/// A trip that has been let through.
#[derive(Clone, Debug)]
pub(super) struct Out {
    pub(super) way: Way,
    /// Whether loading is over.
    pub(super) loaded: bool,
    /// Which visits are over, well or not.
    pub(super) over: Vec<bool>,
    /// Aboard: what could not be unloaded, and empty cylinders.
    pub(super) left: Vec<Amount>,
    /// All oxygen aboard, in parts of a gram.
    pub(super) parts: i64,
    pub(super) returned: bool,
}

impl Out {
    /// Empty cylinders aboard, by size.
    pub(super) fn empties(&self) -> impl Iterator<Item = (quantity::VesselSpec, u32)> {
        self.left.iter().filter_map(|amount| match amount {
            Amount::Cylinders { size, empty, .. } => Some((*size, *empty)),
            Amount::Liquid(_) => None,
        })
    }
}

/// The state of a world.
pub(super) struct World<'p> {
    pub(super) province: &'p Province,
    pub(super) course: Course,
    pub(super) noise: Noise,
    pub(super) play: Play,
    pub(super) now: Minutes,
    pub(super) known: Known,
    pub(super) stores: Vec<Store>,
    pub(super) yards: Vec<Yard>,
    /// What contracts still allow, in grams.
    pub(super) contracts: Vec<i64>,
    pub(super) out: Vec<Out>,
    /// When each vehicle is back.
    pub(super) back: Vec<Minutes>,
    /// The plan of the last decision, in minutes after the opening.
    pub(super) before: Option<Plan>,
    events: BinaryHeap<Reverse<(Minutes, Event, usize)>>,
    /// By site and day, in parts.
    unmet: Vec<Vec<i64>>,
    score: Score,
}

impl<'p> World<'p> {
    fn opening(province: &'p Province, path: u64, play: &Play) -> Self {
        let told = &province.told;
        let course = Course::of(province, path, play.days);
        let known = Known::opening(province, &course);
        let stores: Vec<Store> = told.sites.iter().map(Store::of).collect();
        let yards: Vec<Yard> = told.sources.iter().map(Yard::of).collect();
        let opening = stores.iter().map(Store::parts).chain(yards.iter().map(Yard::parts)).sum();
        let balance = Balances { opening, ..Balances::default() };
        Self {
            province,
            known,
            noise: Noise::draw(province, play.paths, play.days + play.ahead + 1),
            course,
            play: *play,
            now: Minutes::ZERO,
            unmet: vec![vec![0; play.days]; stores.len()],
            stores,
            yards,
            contracts: told.contracts.iter().map(|contract| contract.left.0).collect(),
            out: Vec::new(),
            back: vec![Minutes::ZERO; told.vehicles.len()],
            before: None,
            events: BinaryHeap::new(),
            score: Score { balance, ..Score::default() },
        }
    }

    /// Readings and reports come in.
    fn hear(&mut self) {
        let since = if self.now == Minutes::ZERO { Minutes::ZERO } else { self.play.step };
        (0..self.stores.len()).for_each(|site| self.advance(site, self.now));
        self.known.hear(self.province, &self.course, &self.stores, self.now, since);
        (0..self.yards.len()).for_each(|source| self.yards[source].advance(self.now, &self.course.sources_out[source]));
    }

    fn decide(&mut self, policy: &mut Policy) {
        self.hear();
        let (problem, travel, under_way) = told::told(self);
        let seed = self.province.seed ^ (self.now.0 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let plan = policy(&Asked { problem: &problem, travel: &travel, seed });
        let (announced, changed) = changes(&problem, &plan, &under_way);
        self.score.announced += announced;
        self.score.changed += changed;
        let (passed, refused) = gate::pass(&problem, &travel, &plan, &under_way, self.play.step);
        for (refusal, count) in refused {
            *self.score.refused.entry(refusal).or_insert(0) += count;
        }
        self.out.retain(|out| out.way.trip.back > self.now || !out.returned);
        // The queue names trips by their place in the list, which has just changed.
        self.events.clear();
        (0..self.out.len()).for_each(|number| self.announce(number));
        for trip in &passed {
            self.set_out(&moved(trip, self.now));
        }
        let ahead = plan.trips.iter().filter(|trip| trip.leaves >= self.play.step && sane(trip)).cloned();
        let ahead: Vec<Trip> = ahead.map(|trip| moved(&trip, self.now)).collect();
        self.before = Some(Plan { trips: ahead });
    }

    fn set_out(&mut self, trip: &Trip) {
        let vehicle = trip.vehicle.index();
        let Some(way) = road::drive(self.province, &self.course, trip, self.back[vehicle]) else {
            self.score.failed += 1;
            return;
        };
        self.back[vehicle] = way.trip.back;
        self.score.trips += 1;
        self.score.hours += (way.trip.back - way.trip.leaves).as_hours();
        self.score.kilometres += way.metres as f64 / 1_000.0;
        self.score.failed += way.misses.iter().filter(|misses| **misses).count();
        let over = vec![false; way.trip.stops.len()];
        self.out.push(Out { loaded: !way.loads, returned: !way.loads, way, over, left: Vec::new(), parts: 0 });
        self.announce(self.out.len() - 1);
    }

    /// Puts what is still to come of a trip into the queue.
    fn announce(&mut self, number: usize) {
        let out = &self.out[number];
        if out.returned {
            return;
        }
        let trip = &out.way.trip;
        if !out.loaded {
            self.events.push(Reverse((trip.loaded, Event::Loads, number)));
        }
        for (visit, stop) in trip.stops.iter().enumerate().filter(|(visit, _)| !out.over[*visit]) {
            self.events.push(Reverse((stop.leaves, Event::Unloads(visit), number)));
        }
        self.events.push(Reverse((trip.returns.unwrap_or(trip.back), Event::Returns, number)));
    }

    fn run(&mut self, until: Minutes) {
        while let Some(Reverse((at, event, number))) = self.events.peek().copied() {
            if at > until {
                break;
            }
            self.events.pop();
            match event {
                Event::Loads => self.load(number, at),
                Event::Unloads(visit) => self.unload(number, visit, at),
                Event::Returns => self.come_back(number, at),
            }
        }
    }

    fn net(&self, site: usize, day: usize) -> i64 {
        (self.course.need[site][HISTORY + day] - self.course.made[site][day]).max(0)
    }

    pub(super) fn advance(&mut self, site: usize, to: Minutes) {
        let (need, made) = (&self.course.need[site], &self.course.made[site]);
        let unmet = &mut self.unmet[site];
        let net = |day: usize| (need[HISTORY + day] - made[day]).max(0);
        self.stores[site].advance(to, net, |day, parts| {
            if let Some(unmet) = unmet.get_mut(day) {
                *unmet += parts;
            }
        });
    }

    fn score(mut self) -> Score {
        let end = self.now;
        let told = &self.province.told;
        for site in 0..self.stores.len() {
            self.advance(site, end);
        }
        for source in 0..self.yards.len() {
            self.yards[source].advance(end, &self.course.sources_out[source]);
        }
        let mut score = std::mem::take(&mut self.score);
        for (number, site) in told.sites.iter().enumerate() {
            let weight = told.aims.weight(site.class);
            let day = site.patient_day.as_f64().max(1.0);
            let (mut days, mut net) = (0.0, 0);
            for at in 0..self.play.days {
                let (need, unmet) = (self.course.need[number][HISTORY + at], self.unmet[number][at]);
                let grams = unmet as f64 / PARTS as f64;
                score.patient_days += grams / day;
                score.unmet += weight * grams / day;
                score.need += weight * need as f64 / day;
                days += grams / (need as f64).max(1.0);
                net += self.net(number, at) * PARTS - unmet;
            }
            score.balance.taken += net;
            score.days.push(days);
        }
        score.balance.made = self.yards.iter().map(|yard| yard.all_made).sum();
        score.balance.aboard = self.out.iter().map(|out| out.parts).sum();
        score.balance.closing = self.stores.iter().map(Store::parts).chain(self.yards.iter().map(Yard::parts)).sum();
        score
    }
}

/// A trip later by so much.
pub(super) fn moved(trip: &Trip, by: Minutes) -> Trip {
    let mut trip = trip.clone();
    for at in [&mut trip.leaves, &mut trip.loads, &mut trip.loaded, &mut trip.back] {
        *at += by;
    }
    trip.returns = trip.returns.map(|at| at + by);
    for stop in &mut trip.stops {
        for at in [&mut stop.arrives, &mut stop.begins, &mut stop.leaves] {
            *at += by;
        }
    }
    trip
}

/// Whether a trip's times can be reckoned with at all; what is announced beyond is forgotten.
fn sane(trip: &Trip) -> bool {
    let near = |at: Minutes| at.0.unsigned_abs() <= Minutes::days(400).0.unsigned_abs();
    [trip.leaves, trip.loads, trip.loaded, trip.back].into_iter().chain(trip.returns).all(near)
        && trip.stops.iter().all(|stop| [stop.arrives, stop.begins, stop.leaves].into_iter().all(near))
}

/// Announced visits that are not under way, and how many of them the plan does not have any more as they were.
fn changes(problem: &Problem, plan: &Plan, under_way: &[Trip]) -> (usize, usize) {
    let Some(before) = &problem.before else { return (0, 0) };
    let own = |trip: &Trip| !under_way.iter().any(|out| out.vehicle == trip.vehicle && out.leaves == trip.leaves);
    let announced = before.stops().filter(|(trip, stop)| own(trip) && stop.begins < problem.slushy_until);
    let (mut count, mut changed) = (0, 0);
    for (trip, stop) in announced {
        count += 1;
        let kept = |(now, other): (&Trip, &oxygen::dispatch::Stop)| {
            (now.vehicle, now.source) == (trip.vehicle, trip.source)
                && (other.site, other.begins, other.amount) == (stop.site, stop.begins, stop.amount)
        };
        changed += usize::from(!plan.stops().any(kept));
    }
    (count, changed)
}
