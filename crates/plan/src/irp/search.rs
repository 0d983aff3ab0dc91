//! Ruin and recreate: customers that lie together lose all their visits and get their best schedules one after the
//! other; simulated annealing decides whether that stays.

use super::dice::Dice;
use super::instance::Instance;
use super::quantities::Quantities;
use super::schedule::Scheduler;
use super::solution::Solution;
use super::state::{Model, NONE, Penalty, State};

/// What can be set.
#[derive(Debug, Clone)]
pub struct Settings {
    pub first_cycle: u64,
    pub growth: f64,
    pub hot: f64,
    pub cold: f64,
    pub reheat: f64,
    pub most: usize,
    pub blink: usize,
    pub route_share: f64,
    pub weights: [usize; 4],
    pub orders: [usize; 5],
    pub aim_low: f64,
    pub aim_high: f64,
    pub near_best: f64,
    pub every: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            first_cycle: 20_000,
            growth: 1.5,
            hot: 0.5,
            cold: 0.01,
            reheat: 0.5,
            most: 10,
            blink: 50,
            route_share: 0.1,
            weights: [4, 4, 1, 1],
            orders: [4, 2, 2, 1, 2],
            aim_low: 0.3,
            aim_high: 0.6,
            near_best: 0.003,
            every: 20,
        }
    }
}

/// How far a search is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Iterations done.
    pub iterations: u64,
    /// Cost of the best solution that keeps all rules, but for what no plan changes.
    pub best: Option<f64>,
}

struct Search<'m, 'i> {
    model: &'m Model<'i>,
    settings: Settings,
    dice: Dice,
    scheduler: Scheduler,
    quantities: Quantities,
    wait: u64,
    now: State,
    trial: State,
    best: State,
    best_cost: f64,
    penalty: Penalty,
    out: Vec<u16>,
    taken: Vec<bool>,
    keys: Vec<f64>,
    kept: u32,
    seen: u32,
}

/// Runs; gives the best and the iterations done.
pub fn run(
    instance: &Instance,
    seed: u64,
    settings: &Settings,
    stop: &mut dyn FnMut(Progress) -> bool,
) -> (Option<Solution>, u64) {
    let model = Model::of(instance);
    let mut search = Search::new(&model, seed, settings.clone());
    let iterations = search.run(stop);
    let found = search.best_cost < f64::INFINITY;
    (found.then(|| search.best.solution(&model)), iterations)
}

impl<'m, 'i> Search<'m, 'i> {
    fn new(model: &'m Model<'i>, seed: u64, settings: Settings) -> Self {
        let mut search = Self {
            model,
            settings,
            dice: Dice::of(seed, 0),
            scheduler: Scheduler::new(model),
            quantities: Quantities::new(model),
            wait: 0,
            now: State::empty(model),
            trial: State::empty(model),
            best: State::empty(model),
            best_cost: f64::INFINITY,
            penalty: Penalty { overload: 1.0, shortage: 1.0 },
            out: Vec::new(),
            taken: vec![false; model.nodes],
            keys: vec![0.0; model.nodes],
            kept: 0,
            seen: 0,
        };
        search.first();
        search
    }

    /// Everybody's best schedule in random order.
    fn first(&mut self) {
        let mut order: Vec<u16> = (1..self.model.nodes).map(|node| node as u16).collect();
        self.dice.shuffle(&mut order);
        // A unit over the capacity costs at first as much as carrying three there and back.
        let demand: i64 = self.model.instance.customers.iter().map(|customer| customer.demand.max(1)).sum();
        let there: i64 = self.model.instance.row(0).iter().map(|far| i64::from(*far)).sum();
        let unit = there as f64 / demand as f64;
        self.penalty = Penalty { overload: (3.0 * unit).max(0.01), shortage: (3.0 * unit).max(0.01) };
        for node in order {
            self.scheduler.put_back(self.model, &mut self.now, usize::from(node), self.penalty, |_| false);
        }
        self.keep_best();
    }

    fn keep_best(&mut self) {
        if self.now.feasible(self.model) {
            let cost = self.now.cost();
            if cost < self.best_cost - 1e-6 {
                self.best_cost = cost;
                self.best.copy_from(self.model, &self.now);
            }
        }
    }

    fn run(&mut self, stop: &mut dyn FnMut(Progress) -> bool) -> u64 {
        let mut iterations = 0;
        let mut length = self.settings.first_cycle as f64;
        let mut heat = 1.0;
        loop {
            let visits = self.now_visits().max(1);
            let edge = self.now.distance as f64 / visits as f64;
            let (hot, cold) = (self.settings.hot * edge * heat, self.settings.cold * edge);
            let steps = length as u64;
            let ratio = (cold / hot).powf(64.0 / steps as f64);
            let mut temperature = hot;
            for step in 0..steps {
                if iterations % 16 == 0
                    && stop(Progress { iterations, best: (self.best_cost < f64::INFINITY).then_some(self.best_cost) })
                {
                    return iterations;
                }
                if step % 64 == 63 {
                    temperature *= ratio;
                }
                self.iterate(temperature);
                iterations += 1;
            }
            length *= self.settings.growth;
            heat = self.settings.reheat;
            if self.best_cost < f64::INFINITY {
                self.now.copy_from(self.model, &self.best);
            }
        }
    }

    fn now_visits(&self) -> usize {
        (0..self.model.days * self.model.vehicles)
            .map(|route| self.now.stops(self.model, route).len() + usize::from(!self.now.stops(self.model, route).is_empty()))
            .sum()
    }

    fn iterate(&mut self, temperature: f64) {
        let model = self.model;
        self.trial.copy_from(model, &self.now);
        let closed = self.ruin();
        for at in 0..self.out.len() {
            self.trial.remove(model, usize::from(self.out[at]));
        }
        self.order();
        let blink = self.settings.blink;
        let mut fine = true;
        for at in 0..self.out.len() {
            let node = usize::from(self.out[at]);
            self.taken[node] = false;
            let dice = &mut self.dice;
            let shut = |route: usize| Some(route) == closed || dice.one_in(blink);
            if !self.scheduler.put_back(model, &mut self.trial, node, self.penalty, shut) {
                fine &= self.scheduler.put_back(model, &mut self.trial, node, self.penalty, |_| false);
            }
        }
        if !fine {
            return;
        }
        let feasible = self.trial.feasible(model);
        let cost = self.trial.penalised(model, self.penalty);
        let before = self.now.penalised(model, self.penalty);
        if cost < before - temperature * (1.0 - self.dice.share()).ln() {
            std::mem::swap(&mut self.now, &mut self.trial);
            let plain = self.now.cost();
            if (feasible && plain < self.best_cost - 1e-6)
                || (self.wait >= self.settings.every && plain < self.best_cost * (1.0 + self.settings.near_best))
            {
                self.wait = 0;
                self.quantities.settle(model, &mut self.now, self.penalty);
                if self.now.feasible(model) && self.now.cost() < self.best_cost - 1e-6 {
                    self.best_cost = self.now.cost();
                    self.best.copy_from(model, &self.now);
                }
            }
        }
        self.wait += 1;
        self.seen += 1;
        self.kept += u32::from(self.now.overload == 0);
        if self.seen == 200 {
            let share = f64::from(self.kept) / 200.0;
            if share < self.settings.aim_low {
                self.penalty.overload *= 1.1;
            } else if share > self.settings.aim_high {
                self.penalty.overload /= 1.1;
            }
            (self.seen, self.kept) = (0, 0);
        }
    }

    fn mark(&mut self, node: u16) {
        if !self.taken[usize::from(node)] {
            self.taken[usize::from(node)] = true;
            self.out.push(node);
        }
    }

    fn ruin(&mut self) -> Option<usize> {
        let model = self.model;
        let customers = model.nodes - 1;
        self.out.clear();
        let most = self.settings.most.min(customers);
        let count = 1 + self.dice.below(most);
        let weights = self.settings.weights;
        let mut pick = self.dice.below(weights.iter().sum());
        let mut kind = 0;
        while pick >= weights[kind] {
            pick -= weights[kind];
            kind += 1;
        }
        let seed = 1 + self.dice.below(customers);
        match kind {
            // Neighbours.
            0 => {
                self.mark(seed as u16);
                let near = model.near(seed);
                for other in near {
                    if self.out.len() >= count {
                        break;
                    }
                    if !self.dice.one_in(4) {
                        self.mark(*other);
                    }
                }
                None
            }
            // Strings of the routes of a day around a customer.
            1 => {
                let day = self.dice.below(model.days);
                let near = model.near(seed);
                let piece = 1 + self.dice.below(count);
                self.string(seed as u16, day, piece);
                for other in near {
                    if self.out.len() >= count {
                        break;
                    }
                    if !self.taken[usize::from(*other)] && self.now.route_of(model, usize::from(*other), day) != NONE {
                        let left = count - self.out.len();
                        let piece = 1 + self.dice.below(left);
                        self.string(*other, day, piece);
                    }
                }
                None
            }
            // A whole route, which is closed for now.
            2 => {
                let day = self.dice.below(model.days);
                let route = day * model.vehicles + self.dice.below(model.vehicles);
                let stops = self.now.stops(model, route).len();
                if stops == 0 || stops > 3 * most {
                    self.mark(seed as u16);
                    return None;
                }
                for at in 0..stops {
                    let node = self.now.stops(model, route)[at];
                    self.mark(node);
                }
                Some(route)
            }
            _ => {
                for _ in 0..count {
                    let node = 1 + self.dice.below(customers);
                    self.mark(node as u16);
                }
                None
            }
        }
    }

    /// Marks a piece of the route that visits a customer on a day.
    fn string(&mut self, node: u16, day: usize, length: usize) {
        let model = self.model;
        let route = self.now.route_of(model, usize::from(node), day);
        if route == NONE {
            self.mark(node);
            return;
        }
        let stops = self.now.stops(model, usize::from(route));
        let place = stops.iter().position(|stop| *stop == node).unwrap_or(0);
        let length = length.min(stops.len());
        let earliest = (place + 1).saturating_sub(length);
        let latest = place.min(stops.len() - length);
        let from = earliest + self.dice.below(latest - earliest + 1);
        for at in from..from + length {
            let node = self.now.stops(model, usize::from(route))[at];
            self.mark(node);
        }
    }

    fn order(&mut self) {
        let orders = self.settings.orders;
        let mut pick = self.dice.below(orders.iter().sum());
        let mut kind = 0;
        while pick >= orders[kind] {
            pick -= orders[kind];
            kind += 1;
        }
        let instance = self.model.instance;
        for at in 0..self.out.len() {
            let node = usize::from(self.out[at]);
            let customer = &instance.customers[node - 1];
            self.keys[node] = match kind {
                0 => 0.0,
                1 => -(customer.demand as f64),
                2 => -(instance.distance(0, node) as f64),
                3 => instance.distance(0, node) as f64,
                _ => (customer.most - customer.least) as f64 / customer.demand.max(1) as f64,
            };
        }
        self.dice.shuffle(&mut self.out);
        if kind > 0 {
            let keys = &self.keys;
            self.out.sort_by(|one, other| keys[usize::from(*one)].total_cmp(&keys[usize::from(*other)]));
        }
    }
}
