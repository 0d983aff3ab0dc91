//! The cheapest quantities while all visits stay where they are: a flow of least cost, reached by cancelling cycles that
//! lower it.
//!
//! Nodes are routes, the depot on every day, and what is left at the end. An arc from one route to another stands for a customer
//! that both visit, which gets more on the first and less on the other; its stock between the two says how much. Loads
//! over the capacity cost their penalty, so that a plan which breaks it a little is mended where it can be.

use super::state::{Model, NONE, Penalty, State};

/// Visits of a customer that exchange are at most so many apart.
const APART: usize = 8;
/// Smaller gains are rounding.
const GAIN: f64 = 1e-7;
const MOST_ROUNDS: usize = 400;
/// Longer cycles are not looked for.
const LONGEST: usize = 96;

#[derive(Debug, Clone, Copy)]
struct Arc {
    from: u16,
    to: u16,
    cost: f64,
    most: i64,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// A customer gets more on one day (of the visits' list) and less on another; `LAST` is after the last.
    Shift { node: u16, more: u16, less: u16 },
    /// More or less load on a route; nothing to do: loads follow the quantities.
    Load,
}

/// Stands for the end of the last day.
const LAST: u16 = u16::MAX;

/// Memory for flows, used again and again.
pub(super) struct Quantities {
    arcs: Vec<Arc>,
    distance: Vec<f64>,
    by: Vec<u32>,
    /// Days of the visits of one customer, its stock after each, and how far that may rise and fall.
    visits: Vec<u16>,
    rise: Vec<i64>,
    fall: Vec<i64>,
    cycle: Vec<u32>,
    /// Arcs that were looked at.
    pub(super) looked: u64,
}

impl Quantities {
    pub(super) fn new(model: &Model) -> Self {
        let nodes = model.days * model.vehicles + model.days + 1;
        Self {
            arcs: Vec::new(),
            distance: vec![0.0; nodes],
            by: vec![u32::MAX; nodes],
            visits: Vec::new(),
            rise: Vec::new(),
            fall: Vec::new(),
            cycle: Vec::new(),
            looked: 0,
        }
    }

    /// Lowers the penalised cost as far as quantities alone can; visits that are left with nothing go. True where something changed.
    pub(super) fn settle(&mut self, model: &Model, state: &mut State, penalty: Penalty) -> bool {
        let mut changed = false;
        for _ in 0..MOST_ROUNDS {
            self.build(model, state, penalty);
            self.looked += 4 * self.arcs.len() as u64;
            if !self.find() || !self.cancel(model, state) {
                break;
            }
            changed = true;
        }
        if changed {
            for node in 1..model.nodes {
                for day in 0..model.days {
                    if state.route_of(model, node, day) != NONE && state.quantity(model, node, day) == 0 {
                        state.take_out(model, node, day);
                    }
                }
            }
        }
        changed
    }

    /// The days of a customer's visits, and by how much its stock may rise or fall between each and the next.
    fn room(&mut self, model: &Model, state: &State, node: usize) {
        let customer = &model.instance.customers[node - 1];
        self.visits.clear();
        self.rise.clear();
        self.fall.clear();
        let mut stock = customer.stock;
        for day in 0..model.days {
            if state.route_of(model, node, day) != NONE {
                stock += state.quantity(model, node, day);
                if let Some(fall) = self.fall.last_mut() {
                    *fall = stock - state.quantity(model, node, day) - customer.least;
                }
                self.visits.push(day as u16);
                self.rise.push(customer.most - stock);
                self.fall.push(0);
            }
            stock -= customer.demand;
        }
        if let Some(fall) = self.fall.last_mut() {
            *fall = stock - customer.least;
        }
    }

    fn build(&mut self, model: &Model, state: &State, penalty: Penalty) {
        self.arcs.clear();
        let routes = model.days * model.vehicles;
        let last = (routes + model.days) as u16;
        for node in 1..model.nodes {
            self.room(model, state, node);
            let weights = model.weights(node);
            let count = self.visits.len();
            for one in 0..count {
                let day = usize::from(self.visits[one]);
                let route = state.route_of(model, node, day);
                let delivered = state.quantity(model, node, day);
                let name = node as u16;
                // More here, less at a later visit or at the end.
                let (mut most_up, mut most_down) = (i64::MAX, i64::MAX);
                for other in one + 1..(one + 1 + APART).min(count + 1) {
                    most_up = most_up.min(self.rise[other - 1]);
                    most_down = most_down.min(self.fall[other - 1]);
                    let (to, weight, less, there) = if other == count {
                        (last, 0.0, LAST, i64::MAX)
                    } else {
                        let later = self.visits[other];
                        let of_later = usize::from(later);
                        let route = state.route_of(model, node, of_later);
                        (route, weights[of_later], later, state.quantity(model, node, of_later))
                    };
                    let cost = weights[day] - weight;
                    let most = most_up.min(there);
                    if most > 0 {
                        let kind = Kind::Shift { node: name, more: day as u16, less };
                        self.arcs.push(Arc { from: route, to, cost, most, kind });
                    }
                    let most = most_down.min(delivered);
                    if most > 0 {
                        let kind = Kind::Shift { node: name, more: less, less: day as u16 };
                        self.arcs.push(Arc { from: to, to: route, cost: -cost, most, kind });
                    }
                }
            }
        }
        let capacity = model.instance.capacity;
        for route in 0..routes {
            if state.stops(model, route).is_empty() {
                continue;
            }
            let day = (routes + route / model.vehicles) as u16;
            let room = capacity - state.load(route);
            let (up, most_up) = if room > 0 { (0.0, room) } else { (penalty.overload, i64::MAX) };
            let (down, most_down) = if room >= 0 { (0.0, state.load(route)) } else { (-penalty.overload, -room) };
            self.arcs.push(Arc { from: day, to: route as u16, cost: up, most: most_up, kind: Kind::Load });
            self.arcs.push(Arc { from: route as u16, to: day, cost: down, most: most_down, kind: Kind::Load });
        }
        let mut sum = 0;
        for day in 0..model.days {
            sum += state.shipped[day];
            let slack = model.available[day] - sum;
            let (here, next) = ((routes + day) as u16, (routes + day + 1) as u16);
            let (later, most) = if slack >= 0 { (0.0, i64::MAX) } else { (-penalty.shortage, -slack) };
            self.arcs.push(Arc { from: here, to: next, cost: later, most, kind: Kind::Load });
            let (earlier, most) = if slack > 0 { (0.0, slack) } else { (penalty.shortage, i64::MAX) };
            self.arcs.push(Arc { from: next, to: here, cost: earlier, most, kind: Kind::Load });
        }
    }

    /// Finds a cycle of negative cost; its arcs are in `cycle`.
    fn find(&mut self) -> bool {
        let nodes = self.distance.len();
        self.distance.fill(0.0);
        self.by.fill(u32::MAX);
        for round in 0..nodes.min(LONGEST) {
            self.looked += self.arcs.len() as u64;
            let mut end = usize::MAX;
            for (number, arc) in self.arcs.iter().enumerate() {
                let with = self.distance[usize::from(arc.from)] + arc.cost;
                if with < self.distance[usize::from(arc.to)] - GAIN {
                    self.distance[usize::from(arc.to)] = with;
                    self.by[usize::from(arc.to)] = number as u32;
                    end = usize::from(arc.to);
                }
            }
            if end == usize::MAX {
                return false;
            }
            if round % 3 == 2 && self.close(end) {
                return true;
            }
        }
        false
    }

    /// Follows the arcs back from a node; a cycle among them, if there is one.
    fn close(&mut self, end: usize) -> bool {
        let mut at = end;
        for _ in 0..self.distance.len() {
            let by = self.by[at];
            if by == u32::MAX {
                return false;
            }
            at = usize::from(self.arcs[by as usize].from);
        }
        self.cycle.clear();
        let begin = at;
        loop {
            let by = self.by[at];
            self.cycle.push(by);
            at = usize::from(self.arcs[by as usize].from);
            if at == begin {
                return true;
            }
        }
    }

    /// Sends as much around the cycle as it takes. False where nothing fits, as when one customer is in it twice.
    fn cancel(&mut self, model: &Model, state: &mut State) -> bool {
        let mut amount = self.cycle.iter().map(|arc| self.arcs[*arc as usize].most).min().unwrap_or(0);
        let twice = self.cycle.iter().enumerate().any(|(at, one)| {
            let Kind::Shift { node, .. } = self.arcs[*one as usize].kind else { return false };
            self.cycle[..at]
                .iter()
                .any(|other| matches!(self.arcs[*other as usize].kind, Kind::Shift { node: same, .. } if same == node))
        });
        if amount == i64::MAX {
            return false;
        }
        while amount > 0 {
            self.send(model, state, amount);
            if !twice || self.sound(model, state) {
                return true;
            }
            self.send(model, state, -amount);
            amount /= 2;
        }
        false
    }

    fn send(&self, model: &Model, state: &mut State, amount: i64) {
        for arc in &self.cycle {
            if let Kind::Shift { node, more, less } = self.arcs[*arc as usize].kind {
                let node = usize::from(node);
                for (day, amount) in [(more, amount), (less, -amount)] {
                    if day != LAST {
                        let day = usize::from(day);
                        let route = usize::from(state.route_of(model, node, day));
                        state.carry(model, node, day, route, amount);
                    }
                }
            }
        }
    }

    /// Whether the customers of the cycle keep their rules.
    fn sound(&self, model: &Model, state: &State) -> bool {
        self.cycle.iter().all(|arc| {
            let Kind::Shift { node, .. } = self.arcs[*arc as usize].kind else { return true };
            let customer = &model.instance.customers[usize::from(node) - 1];
            let mut stock = customer.stock;
            (0..model.days).all(|day| {
                let delivered = state.quantity(model, usize::from(node), day);
                let full = stock + delivered;
                stock = full - customer.demand;
                delivered >= 0 && (delivered == 0 || full <= customer.most) && stock >= customer.least
            })
        })
    }
}
