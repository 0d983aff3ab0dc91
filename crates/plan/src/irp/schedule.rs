//! The best delivery schedule of one customer while all others stay: on which days, on which routes, how much.
//!
//! Forward over days and stocks. A delivery ends in a stock that is a limit (full, or just enough for a number of
//! days), or fills what is left of a vehicle. Load over the capacity, and stock that the depot does not have, cost their penalty.

use super::state::{Model, Penalty, State};

/// A route that a visit could join on a day.
#[derive(Debug, Clone, Copy)]
struct Choice {
    /// What the detour adds, in distance.
    added: f64,
    /// What the vehicle can still take.
    room: i64,
    route: u16,
    place: u16,
}

/// A visit whose day and quantity stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) node: usize,
    pub(super) day: usize,
    pub(super) quantity: i64,
}

/// A stock that can be reached, after the delivery of a day.
#[derive(Debug, Clone, Copy)]
struct Reached {
    stock: i64,
    cost: f64,
    /// From which of the day before.
    from: u16,
    /// By which choice; `NOTHING` for no delivery.
    choice: u16,
    quantity: i64,
}

const NOTHING: u16 = u16::MAX;
/// Stocks of a day that are followed; filling what is left of vehicles makes many that are alike.
const MOST_REACHED: usize = 40;

/// Memory for schedules, used again and again.
pub(super) struct Scheduler {
    /// By day: choices, cheapest first, each later one with more room.
    choices: Vec<Vec<Choice>>,
    reached: Vec<Vec<Reached>>,
    targets: Vec<i64>,
    /// By day: the stock above which the depot would run short.
    ceiling: Vec<i64>,
    /// Whether deliveries may also fill what is left of a vehicle. That is slower and seldom better, as quantities are
    /// settled afterwards.
    pub(super) fill: bool,
    /// Places in routes that were looked at.
    pub(super) looked: u64,
    /// Ways from one stock to another that were weighed.
    pub(super) weighed: u64,
}

impl Scheduler {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            choices: (0..model.days).map(|_| Vec::with_capacity(model.vehicles)).collect(),
            reached: (0..model.days).map(|_| Vec::with_capacity(MOST_REACHED + 8)).collect(),
            targets: Vec::with_capacity(64),
            ceiling: vec![0; model.days],
            fill: true,
            looked: 0,
            weighed: 0,
        }
    }

    /// Puts a customer that has no visits back in the cheapest way. `closed` says which routes are not to be used.
    /// False where its stock cannot keep the rules, which happens only when routes are closed.
    pub(super) fn put_back(
        &mut self,
        model: &Model,
        state: &mut State,
        node: usize,
        penalty: Penalty,
        mut closed: impl FnMut(usize) -> bool,
    ) -> bool {
        self.choose(model, state, node, &mut closed);
        self.ceilings(model, state, node);
        let Some((day, at)) = self.follow(model, node, penalty) else { return false };
        self.carry_out(model, state, node, day, at);
        true
    }

    /// Puts one visit on the cheapest route of its day.
    pub(super) fn put_on_day(
        &mut self,
        model: &Model,
        state: &mut State,
        visit: Visit,
        penalty: Penalty,
        mut closed: impl FnMut(usize) -> bool,
    ) {
        let Visit { node, day, quantity } = visit;
        let row = model.instance.row(node);
        let first = day * model.vehicles;
        let (mut best, mut at) = (f64::INFINITY, (first, 0));
        let mut empty_seen = false;
        for route in first..first + model.vehicles {
            let empty = state.stops(model, route).is_empty();
            if (empty && empty_seen) || (best < f64::INFINITY && closed(route)) {
                continue;
            }
            empty_seen |= empty;
            self.looked += state.stops(model, route).len() as u64 + 8;
            let (added, place) = state.cheapest(model, route, row);
            let room = (model.instance.capacity - state.load(route)).max(0);
            let cost = f64::from(added) + penalty.overload * (quantity - room).max(0) as f64;
            if cost < best {
                (best, at) = (cost, (route, place));
            }
        }
        state.insert(model, node, at.0, at.1, quantity);
    }

    /// Finds the routes worth joining, day by day.
    fn choose(&mut self, model: &Model, state: &State, node: usize, closed: &mut impl FnMut(usize) -> bool) {
        let row = model.instance.row(node);
        let capacity = model.instance.capacity;
        for (day, choices) in self.choices.iter_mut().enumerate() {
            choices.clear();
            let mut empty_seen = false;
            for route in day * model.vehicles..(day + 1) * model.vehicles {
                // Empty vehicles are all alike.
                let empty = state.stops(model, route).is_empty();
                if (empty && empty_seen) || closed(route) {
                    continue;
                }
                empty_seen |= empty;
                let (added, place) = state.cheapest(model, route, row);
                self.looked += state.stops(model, route).len() as u64 + 8;
                let room = (capacity - state.load(route)).max(0);
                let choice = Choice { added: f64::from(added), room, route: route as u16, place: place as u16 };
                let at = choices.partition_point(|other| other.added <= choice.added);
                if at > 0 && choices[at - 1].room >= room {
                    continue;
                }
                choices.insert(at, choice);
                let mut later = at + 1;
                while later < choices.len() && choices[later].room <= room {
                    later += 1;
                }
                choices.drain(at + 1..later);
            }
        }
    }

    /// Up to which stock the depot can fill the customer, day by day.
    fn ceilings(&mut self, model: &Model, state: &State, node: usize) {
        let customer = &model.instance.customers[node - 1];
        let mut sum = 0;
        for day in 0..model.days {
            sum += state.shipped[day];
            // What the depot has beyond the others may have come to this customer, and part of it is used.
            let beyond = (model.available[day] - sum).max(0);
            self.ceiling[day] = customer.stock + beyond - customer.demand * day as i64;
        }
    }

    /// Fills `targets` with the stocks that a delivery of a day may end in, whatever stood there before.
    fn aim(&mut self, model: &Model, node: usize, day: usize) {
        let customer = &model.instance.customers[node - 1];
        let (least, most) = (customer.least + customer.demand, customer.most);
        self.targets.clear();
        self.targets.push(most);
        let ceiling = self.ceiling[day];
        if ceiling < most && ceiling >= least {
            self.targets.push(ceiling);
        }
        let mut enough = least;
        for _ in (day..model.days).take(MOST_REACHED) {
            if enough >= most || customer.demand == 0 {
                if enough < most {
                    self.targets.push(enough);
                }
                break;
            }
            self.targets.push(enough);
            enough += customer.demand;
        }
    }

    /// Goes through the days; gives the last day and the cheapest stock reached on it.
    fn follow(&mut self, model: &Model, node: usize, penalty: Penalty) -> Option<(usize, usize)> {
        let customer = &model.instance.customers[node - 1];
        let least = customer.least + customer.demand;
        let weights = model.weights(node);
        let start =
            Reached { stock: customer.stock + customer.demand, cost: 0.0, from: 0, choice: NOTHING, quantity: 0 };
        for (day, weight) in weights.iter().copied().enumerate() {
            self.aim(model, node, day);
            let (before, now) = self.reached.split_at_mut(day);
            let now = &mut now[0];
            now.clear();
            let before: &[Reached] = before.last().map_or(std::slice::from_ref(&start), Vec::as_slice);
            let choices = &self.choices[day];
            let ceiling = self.ceiling[day];
            let short = |stock: i64| penalty.shortage * (stock - ceiling).max(0) as f64;
            // What a quantity costs by the best of the routes.
            let delivery = |quantity: i64| {
                let (mut cost, mut by) = (f64::INFINITY, NOTHING);
                for (number, choice) in choices.iter().enumerate() {
                    let over = (quantity - choice.room).max(0);
                    let with = choice.added + penalty.overload * over as f64;
                    if with < cost {
                        (cost, by) = (with, number as u16);
                    }
                    if over == 0 {
                        break;
                    }
                }
                (cost + weight * quantity as f64, by)
            };
            self.weighed += ((self.targets.len() + choices.len() + 1) * before.len()) as u64;
            for target in &self.targets {
                let mut best = Reached { stock: *target, cost: f64::INFINITY, from: 0, choice: NOTHING, quantity: 0 };
                for (number, from) in before.iter().enumerate() {
                    let quantity = target + customer.demand - from.stock;
                    if quantity <= 0 {
                        continue;
                    }
                    let (cost, by) = delivery(quantity);
                    let cost = from.cost + cost;
                    if cost < best.cost {
                        best = Reached { stock: *target, cost, from: number as u16, choice: by, quantity };
                    }
                }
                if best.cost < f64::INFINITY {
                    best.cost += short(*target);
                    now.push(best);
                }
            }
            for (number, from) in before.iter().enumerate() {
                let stock = from.stock - customer.demand;
                let number = number as u16;
                if stock >= least {
                    let cost = from.cost + short(stock);
                    add(now, Reached { stock, cost, from: number, choice: NOTHING, quantity: 0 });
                }
                if !self.fill {
                    continue;
                }
                for (by, choice) in choices.iter().enumerate() {
                    let filled = stock + choice.room;
                    if choice.room == 0 || filled < least {
                        continue;
                    }
                    if filled >= customer.most || now.len() >= MOST_REACHED {
                        break;
                    }
                    let cost = from.cost + choice.added + weight * choice.room as f64 + short(filled);
                    let reached =
                        Reached { stock: filled, cost, from: number, choice: by as u16, quantity: choice.room };
                    add(now, reached);
                }
            }
        }
        let last = self.reached.last()?;
        let cheapest = last.iter().enumerate().min_by(|one, other| one.1.cost.total_cmp(&other.1.cost))?;
        Some((model.days - 1, cheapest.0))
    }

    /// Makes the visits that lead to a stock.
    fn carry_out(&self, model: &Model, state: &mut State, node: usize, day: usize, at: usize) {
        let mut at = at;
        for day in (0..=day).rev() {
            let reached = self.reached[day][at];
            if reached.choice != NOTHING {
                let choice = self.choices[day][usize::from(reached.choice)];
                let (route, place) = (usize::from(choice.route), usize::from(choice.place));
                state.insert(model, node, route, place, reached.quantity);
            }
            at = usize::from(reached.from);
        }
    }
}

/// Keeps the cheaper way to a stock.
fn add(now: &mut Vec<Reached>, reached: Reached) {
    match now.iter_mut().find(|other| other.stock == reached.stock) {
        Some(other) if other.cost > reached.cost => *other = reached,
        Some(_) => {}
        None => now.push(reached),
    }
}
