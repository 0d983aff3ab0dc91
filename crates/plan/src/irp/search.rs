//! Ruin and recreate: a few customers lose all their visits and get their best schedules one after the other; simulated
//! annealing decides whether that stays.

use super::annealing::Annealing;
use super::dice::Dice;
use super::quantities::Quantities;
use super::ruin::Ruin;
use super::schedule::{Scheduler, Visit};
use super::state::{Model, NONE, Penalty, State};

/// A route is not seen once in so many times.
const BLINK: usize = 50;
/// Once in so many times two routes of different days change places; otherwise, once in so many times, visits of one day
/// only move within it.
const EXCHANGE: usize = 200;
const REROUTE: usize = 3;
/// Once in so many times deliveries may also fill what is left of a vehicle.
const FILL: usize = 8;
/// Penalties are looked at after so many iterations.
const LOOK: u32 = 200;
/// Below the first share of kept rules they become dearer to break, above the second cheaper.
const SELDOM: f64 = 0.3;
const OFTEN: f64 = 0.6;
/// Quantities of a solution that is worse than the best by no more than this share of its length are settled, after so
/// many iterations without.
const NEAR: f64 = 0.01;
const WAIT: u64 = 20;
/// Bounds of what a unit over a limit costs.
const CHEAPEST: f64 = 1e-4;
const DEAREST: f64 = 1e7;
/// Smaller gains are rounding.
const GAIN: f64 = 1e-6;

/// How often a rule was kept since the last look.
#[derive(Default)]
struct Kept {
    seen: u32,
    overload: u32,
    shortage: u32,
    both: u32,
}

/// One search; it can be carried on at any time.
pub(super) struct Search<'m, 'i> {
    model: &'m Model<'i>,
    dice: Dice,
    ruin: Ruin,
    scheduler: Scheduler,
    quantities: Quantities,
    annealing: Annealing,
    now: State,
    /// With what broken rules cost.
    now_cost: f64,
    trial: State,
    best: State,
    /// Without what no plan changes; infinite while there is none.
    best_cost: f64,
    penalty: Penalty,
    kept: Kept,
    waited: u64,
    iterations: u64,
}

impl<'m, 'i> Search<'m, 'i> {
    /// Begins with everybody's best schedule, in random order.
    pub(super) fn new(model: &'m Model<'i>, seed: u64, stream: u64) -> Self {
        let mut dice = Dice::of(seed, stream);
        let mut order: Vec<u16> = (1..model.nodes).map(|node| node as u16).collect();
        dice.shuffle(&mut order);
        // A unit over the capacity costs at first as much as carrying three there and back.
        let demand: i64 = model.instance.customers.iter().map(|customer| customer.demand.max(1)).sum();
        let far: i64 = model.instance.row(0).iter().map(|far| i64::from(*far)).sum();
        let unit = (3.0 * far as f64 / demand as f64).max(0.01);
        let penalty = Penalty { overload: unit, shortage: unit };
        let (mut scheduler, mut now) = (Scheduler::new(model), State::empty(model));
        for node in order {
            scheduler.put_back(model, &mut now, usize::from(node), penalty, |_| false);
        }
        let mut search = Self {
            model,
            dice,
            ruin: Ruin::new(model),
            scheduler,
            quantities: Quantities::new(model),
            annealing: Annealing::first(now.edge()),
            now_cost: 0.0,
            now,
            trial: State::empty(model),
            best: State::empty(model),
            best_cost: f64::INFINITY,
            penalty,
            kept: Kept::default(),
            waited: 0,
            iterations: 0,
        };
        search.settle();
        search
    }

    /// The best that keeps all rules, and what it costs, without what no plan changes.
    pub(super) fn best(&self) -> Option<(f64, &State)> {
        (self.best_cost < f64::INFINITY).then_some((self.best_cost, &self.best))
    }

    /// Nanoseconds of the machine it was measured on, as they are told by what was done.
    fn work(&self) -> f64 {
        let cells = (self.model.nodes * self.model.days) as f64;
        self.iterations as f64 * (200.0 + 0.7 * cells)
            + self.scheduler.looked as f64 * 0.85
            + self.scheduler.weighed as f64 * 9.5
            + self.quantities.looked as f64 * 1.3
    }

    /// Does so many iterations more.
    pub(super) fn carry_on(&mut self, iterations: u64) {
        for _ in 0..iterations {
            if self.iterations.is_multiple_of(64) && self.annealing.cool(self.work()) {
                if self.best_cost < f64::INFINITY {
                    self.now.copy_from(self.model, &self.best);
                }
                self.annealing.next(self.work(), self.now.edge());
                self.now_cost = self.now.penalised(self.model, self.penalty);
            }
            self.iterate();
            self.iterations += 1;
        }
    }

    fn iterate(&mut self) {
        let model = self.model;
        self.trial.copy_from(model, &self.now);
        if self.dice.one_in(EXCHANGE) {
            if !self.exchange() {
                return;
            }
        } else if self.dice.one_in(REROUTE) {
            self.reroute();
        } else {
            self.replan();
        }
        let cost = self.trial.penalised(model, self.penalty);
        self.waited += 1;
        if cost < self.now_cost - self.annealing.temperature() * (1.0 - self.dice.share()).ln() {
            std::mem::swap(&mut self.now, &mut self.trial);
            self.now_cost = cost;
            let margin = if self.waited > WAIT { NEAR * self.now.distance as f64 } else { -GAIN };
            if self.now.cost() < self.best_cost + margin && (self.waited > WAIT || self.now.feasible(model)) {
                self.settle();
            }
        }
        self.look();
    }

    /// A few customers lose all their visits and get their best schedules.
    fn replan(&mut self) {
        let model = self.model;
        self.scheduler.fill = self.dice.one_in(FILL);
        let closed = self.ruin.choose(model, &self.now, &mut self.dice);
        for node in &self.ruin.out {
            self.trial.remove(model, usize::from(*node));
        }
        for node in self.ruin.out.iter().map(|node| usize::from(*node)) {
            let dice = &mut self.dice;
            let shut = |route: usize| Some(route) == closed || dice.one_in(BLINK);
            // Where closed routes leave no way, all are open.
            if !self.scheduler.put_back(model, &mut self.trial, node, self.penalty, shut) {
                self.scheduler.put_back(model, &mut self.trial, node, self.penalty, |_| false);
            }
        }
    }

    /// Two routes of different days change places; then everyone on them gets the best schedule. False where there is
    /// nothing to exchange.
    fn exchange(&mut self) -> bool {
        let model = self.model;
        let Some((one, other)) = self.ruin.choose_routes(model, &self.now, &mut self.dice) else { return false };
        for (from, to) in [(one, other), (other, one)] {
            let (day, new) = (from / model.vehicles, to / model.vehicles);
            // In the same order, before those that are still there.
            let mut place = 0;
            for stop in self.now.stops(model, from) {
                let node = usize::from(*stop);
                self.trial.take_out(model, node, day);
                if self.now.route_of(model, node, new) == NONE {
                    self.trial.insert(model, node, to, place, self.now.quantity(model, node, day));
                    place += 1;
                }
            }
        }
        for node in self.ruin.out.iter().map(|node| usize::from(*node)) {
            self.trial.remove(model, node);
            let dice = &mut self.dice;
            if !self.scheduler.put_back(model, &mut self.trial, node, self.penalty, |_| dice.one_in(BLINK)) {
                self.scheduler.put_back(model, &mut self.trial, node, self.penalty, |_| false);
            }
        }
        true
    }

    /// A few visits of one day go to their best places on that day.
    fn reroute(&mut self) {
        let model = self.model;
        let day = self.ruin.choose_of_day(model, &self.now, &mut self.dice);
        for node in &self.ruin.out {
            self.trial.take_out(model, usize::from(*node), day);
        }
        for node in self.ruin.out.iter().map(|node| usize::from(*node)) {
            let visit = Visit { node, day, quantity: self.now.quantity(model, node, day) };
            let dice = &mut self.dice;
            self.scheduler.put_on_day(model, &mut self.trial, visit, self.penalty, |_| dice.one_in(BLINK));
        }
    }

    /// Settles the quantities; keeps the best.
    fn settle(&mut self) {
        self.waited = 0;
        self.quantities.settle(self.model, &mut self.now, self.penalty);
        self.now.sum_up();
        self.now_cost = self.now.penalised(self.model, self.penalty);
        if self.now.feasible(self.model) && self.now.cost() < self.best_cost - GAIN {
            self.best_cost = self.now.cost();
            self.best.copy_from(self.model, &self.now);
        }
    }

    /// Breaking a rule becomes dearer where that happens too often, cheaper where it hardly happens.
    fn look(&mut self) {
        let (loads, depot) = (self.now.overload == 0, self.now.shortage(self.model) == 0);
        self.kept.seen += 1;
        self.kept.overload += u32::from(loads);
        self.kept.shortage += u32::from(depot);
        self.kept.both += u32::from(loads && depot);
        if self.kept.seen < LOOK {
            return;
        }
        let share = |kept: u32| f64::from(kept) / f64::from(LOOK);
        let both = share(self.kept.both);
        // While nothing was found at all, faster.
        let dearer = if self.best_cost < f64::INFINITY { 1.1 } else { 1.5 };
        let turn = |kept: u32, penalty: &mut f64| {
            let kept = share(kept);
            if kept < SELDOM || (both < SELDOM && kept < 1.0) {
                *penalty = (*penalty * dearer).min(DEAREST);
            } else if kept > OFTEN {
                *penalty = (*penalty / 1.1).max(CHEAPEST);
            }
        };
        turn(self.kept.overload, &mut self.penalty.overload);
        turn(self.kept.shortage, &mut self.penalty.shortage);
        self.kept = Kept::default();
        self.now_cost = self.now.penalised(self.model, self.penalty);
    }
}
