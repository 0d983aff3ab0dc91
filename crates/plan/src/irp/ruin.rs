//! Which customers lose their visits, and in which order they get new ones.

use super::dice::Dice;
use super::state::{Model, NONE, State};

/// Customers that lose their visits at once.
const MOST: usize = 10;
/// A route with more stops is not emptied.
const LONG: usize = 30;
/// How often which kind is drawn: neighbours, strings, a whole route, anybody.
const KINDS: [usize; 4] = [4, 4, 1, 1];
/// How often which order is drawn: random, much use first, far first, near first, little room first.
const ORDERS: [usize; 5] = [4, 2, 2, 1, 2];

/// Memory for choices, used again and again.
pub(super) struct Ruin {
    /// Who was chosen.
    pub(super) out: Vec<u16>,
    chosen: Vec<bool>,
    keys: Vec<i64>,
    most: usize,
}

/// A kind, by weight.
fn pick<const KINDS: usize>(dice: &mut Dice, weights: [usize; KINDS]) -> usize {
    let mut drawn = dice.below(weights.iter().sum());
    for (kind, weight) in weights.into_iter().enumerate() {
        if drawn < weight {
            return kind;
        }
        drawn -= weight;
    }
    0
}

impl Ruin {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            out: Vec::with_capacity(model.nodes),
            chosen: vec![false; model.nodes],
            keys: vec![0; model.nodes],
            most: MOST.min(model.nodes - 1),
        }
    }

    fn mark(&mut self, node: u16) {
        if !std::mem::replace(&mut self.chosen[usize::from(node)], true) {
            self.out.push(node);
        }
    }

    /// Fills `out`; gives a route that is to stay closed while they get new visits.
    pub(super) fn choose(&mut self, model: &Model, state: &State, dice: &mut Dice) -> Option<usize> {
        self.out.clear();
        let customers = model.nodes - 1;
        let count = 1 + dice.below(self.most);
        let seed = 1 + dice.below(customers);
        let mut closed = None;
        match pick(dice, KINDS) {
            0 => self.neighbours(model, dice, seed, count),
            1 => self.strings(model, state, dice, seed, count),
            2 => closed = self.route(model, state, dice, seed),
            _ => (0..count).for_each(|_| self.mark(1 + dice.below(customers) as u16)),
        }
        for node in &self.out {
            self.chosen[usize::from(*node)] = false;
        }
        self.order(model, dice);
        closed
    }

    /// Fills `out` with customers of one day, whose visits of that day alone are to be put elsewhere; gives the day.
    pub(super) fn choose_of_day(&mut self, model: &Model, state: &State, dice: &mut Dice) -> usize {
        self.out.clear();
        let day = dice.below(model.days);
        let route = day * model.vehicles + dice.below(model.vehicles);
        let stops = state.stops(model, route);
        if !stops.is_empty() {
            let seed = usize::from(stops[dice.below(stops.len())]);
            let count = 1 + dice.below(self.most);
            self.string(model, state, dice, seed as u16, day, count);
            for other in model.near(seed) {
                if self.out.len() >= count {
                    break;
                }
                if !self.chosen[usize::from(*other)] && state.route_of(model, usize::from(*other), day) != NONE {
                    self.string(model, state, dice, *other, day, count - self.out.len());
                }
            }
            for node in &self.out {
                self.chosen[usize::from(*node)] = false;
            }
            self.order(model, dice);
        }
        day
    }

    /// Two routes of different days, the first of which has stops; `out` is filled with all that they visit.
    pub(super) fn choose_routes(&mut self, model: &Model, state: &State, dice: &mut Dice) -> Option<(usize, usize)> {
        self.out.clear();
        if model.days < 2 {
            return None;
        }
        let one = dice.below(model.days * model.vehicles);
        let day = one / model.vehicles;
        // Mostly the day before or after.
        let other = match dice.below(5) {
            0 => dice.below(model.days),
            1 | 2 if day > 0 => day - 1,
            _ => day + 1,
        };
        if other == day || other >= model.days || state.stops(model, one).is_empty() {
            return None;
        }
        let other = other * model.vehicles + dice.below(model.vehicles);
        for stop in state.stops(model, one).iter().chain(state.stops(model, other)) {
            self.mark(*stop);
        }
        for node in &self.out {
            self.chosen[usize::from(*node)] = false;
        }
        dice.shuffle(&mut self.out);
        Some((one, other))
    }

    /// A customer and most of those next to it.
    fn neighbours(&mut self, model: &Model, dice: &mut Dice, seed: usize, count: usize) {
        self.mark(seed as u16);
        for other in model.near(seed) {
            if self.out.len() >= count {
                break;
            }
            if !dice.one_in(4) {
                self.mark(*other);
            }
        }
    }

    /// Pieces of the routes of one day around a customer.
    fn strings(&mut self, model: &Model, state: &State, dice: &mut Dice, seed: usize, count: usize) {
        let day = dice.below(model.days);
        self.string(model, state, dice, seed as u16, day, count);
        for other in model.near(seed) {
            if self.out.len() >= count {
                break;
            }
            if !self.chosen[usize::from(*other)] && state.route_of(model, usize::from(*other), day) != NONE {
                self.string(model, state, dice, *other, day, count - self.out.len());
            }
        }
    }

    /// A piece, of no more than so many stops, of the route that visits a customer on a day; the customer alone if none
    /// does.
    fn string(&mut self, model: &Model, state: &State, dice: &mut Dice, node: u16, day: usize, most: usize) {
        let length = 1 + dice.below(most);
        let route = state.route_of(model, usize::from(node), day);
        if route == NONE {
            self.mark(node);
            return;
        }
        let stops = state.stops(model, usize::from(route));
        let place = stops.iter().position(|stop| *stop == node).unwrap_or(0);
        let length = length.min(stops.len());
        let earliest = (place + 1).saturating_sub(length);
        let latest = place.min(stops.len() - length);
        let from = earliest + dice.below(latest - earliest + 1);
        for stop in &stops[from..from + length] {
            self.mark(*stop);
        }
    }

    /// All of a route that is not too long, which is closed then.
    fn route(&mut self, model: &Model, state: &State, dice: &mut Dice, seed: usize) -> Option<usize> {
        let route = dice.below(model.days * model.vehicles);
        let stops = state.stops(model, route);
        if stops.is_empty() || stops.len() > LONG {
            self.mark(seed as u16);
            return None;
        }
        for stop in stops {
            self.mark(*stop);
        }
        Some(route)
    }

    /// Random, or those first that use much, lie far away, lie near, or hold little.
    fn order(&mut self, model: &Model, dice: &mut Dice) {
        dice.shuffle(&mut self.out);
        let kind = pick(dice, ORDERS);
        if kind == 0 {
            return;
        }
        let instance = model.instance;
        for node in self.out.iter().map(|node| usize::from(*node)) {
            let customer = &instance.customers[node - 1];
            self.keys[node] = match kind {
                1 => -customer.demand,
                2 => -instance.distance(0, node),
                3 => instance.distance(0, node),
                _ => (customer.most - customer.least) * 16 / customer.demand.max(1),
            };
        }
        let keys = &self.keys;
        self.out.sort_by_key(|node| keys[usize::from(*node)]);
    }
}
