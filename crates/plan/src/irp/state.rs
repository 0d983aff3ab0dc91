//! Routes and quantities of every day while they are searched: flat tables, changed in place.

use super::instance::Instance;
use super::solution::{Solution, Stop};

/// Stands for no route.
pub(super) const NONE: u16 = u16::MAX;

/// What does not change while an instance is searched.
pub(super) struct Model<'i> {
    pub(super) instance: &'i Instance,
    pub(super) nodes: usize,
    pub(super) days: usize,
    pub(super) vehicles: usize,
    /// Room of a route in the tables: all nodes, and the depot at its end.
    pub(super) stride: usize,
    /// The other customers of each customer, nearest first.
    near: Vec<u16>,
    /// Cost of a unit delivered to a customer on a day: it stands there and no longer at the depot until the last day.
    weight: Vec<f64>,
    /// What the depot can have shipped by each day.
    pub(super) available: Vec<i64>,
}

impl<'i> Model<'i> {
    pub(super) fn of(instance: &'i Instance) -> Self {
        let (nodes, days) = (instance.nodes(), instance.days);
        let mut near = Vec::with_capacity(nodes * nodes);
        for node in 0..nodes {
            let row = instance.row(node);
            let mut others: Vec<u16> = (1..nodes).filter(|other| *other != node).map(|other| other as u16).collect();
            others.sort_by_key(|other| (row[usize::from(*other)], *other));
            near.extend_from_slice(&others);
            near.resize((node + 1) * nodes, NONE);
        }
        let mut weight = vec![0.0; nodes * days];
        for (number, customer) in (1..).zip(&instance.customers) {
            for day in 0..days {
                weight[number * days + day] = (customer.holding - instance.holding) * (days - day) as f64;
            }
        }
        let available = (0..days).map(|day| instance.stock + instance.production * day as i64).collect();
        Self { instance, nodes, days, vehicles: instance.vehicles, stride: nodes + 1, near, weight, available }
    }

    /// The other customers, nearest first.
    pub(super) fn near(&self, node: usize) -> &[u16] {
        let others = self.nodes - 1 - usize::from(node > 0);
        &self.near[node * self.nodes..node * self.nodes + others]
    }

    /// What a unit delivered to a customer costs, day by day.
    pub(super) fn weights(&self, node: usize) -> &[f64] {
        &self.weight[node * self.days..(node + 1) * self.days]
    }
}

/// What breaking a rule costs, a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Penalty {
    /// Of load over the capacity.
    pub(super) overload: f64,
    /// Of what the depot does not have, each day.
    pub(super) shortage: f64,
}

/// Routes, quantities, and sums over them. Stocks of customers always keep their rules; loads and the depot's stock may
/// break theirs for a while.
pub(super) struct State {
    /// Nodes of route `day * vehicles + vehicle` from `route * stride`: the depot, stops, the depot.
    sequence: Vec<u16>,
    /// Distance from a place in `sequence` to the next.
    edge: Vec<i32>,
    /// Stops of a route.
    length: Vec<u16>,
    load: Vec<i64>,
    /// By customer and day.
    route_of: Vec<u16>,
    quantity: Vec<i64>,
    /// By day.
    pub(super) shipped: Vec<i64>,
    /// By customer: the weighted sum of its quantities.
    holding: Vec<f64>,
    pub(super) distance: i64,
    pub(super) overload: i64,
    /// Sum of `holding`; [`State::sum_up`] takes out the rounding that gathers.
    held: f64,
}

impl State {
    /// No deliveries at all.
    pub(super) fn empty(model: &Model) -> Self {
        let routes = model.days * model.vehicles;
        Self {
            sequence: vec![0; routes * model.stride],
            edge: vec![0; routes * model.stride],
            length: vec![0; routes],
            load: vec![0; routes],
            route_of: vec![NONE; model.nodes * model.days],
            quantity: vec![0; model.nodes * model.days],
            shipped: vec![0; model.days],
            holding: vec![0.0; model.nodes],
            distance: 0,
            overload: 0,
            held: 0.0,
        }
    }

    /// Becomes the same as another, without new memory.
    pub(super) fn copy_from(&mut self, model: &Model, other: &Self) {
        for route in 0..self.length.len() {
            let stops = usize::from(other.length[route]);
            let from = route * model.stride;
            if stops > 0 {
                self.sequence[from..from + stops + 2].copy_from_slice(&other.sequence[from..from + stops + 2]);
                self.edge[from..=from + stops].copy_from_slice(&other.edge[from..=from + stops]);
            } else if self.length[route] > 0 {
                self.sequence[from + 1] = 0;
                self.edge[from] = 0;
            }
        }
        self.length.copy_from_slice(&other.length);
        self.load.copy_from_slice(&other.load);
        self.route_of.copy_from_slice(&other.route_of);
        self.quantity.copy_from_slice(&other.quantity);
        self.shipped.copy_from_slice(&other.shipped);
        self.holding.copy_from_slice(&other.holding);
        self.distance = other.distance;
        self.overload = other.overload;
        self.held = other.held;
    }

    /// The stops of a route.
    pub(super) fn stops(&self, model: &Model, route: usize) -> &[u16] {
        let from = route * model.stride + 1;
        &self.sequence[from..from + usize::from(self.length[route])]
    }

    pub(super) fn load(&self, route: usize) -> i64 {
        self.load[route]
    }

    /// The route that visits a customer on a day, or [`NONE`].
    pub(super) fn route_of(&self, model: &Model, node: usize, day: usize) -> u16 {
        self.route_of[node * model.days + day]
    }

    pub(super) fn quantity(&self, model: &Model, node: usize, day: usize) -> i64 {
        self.quantity[node * model.days + day]
    }

    /// The cheapest place in a route for a node: what it adds, and behind which place.
    pub(super) fn cheapest(&self, model: &Model, route: usize, row: &[i32]) -> (i32, usize) {
        let from = route * model.stride;
        let stops = usize::from(self.length[route]);
        let ahead = &self.sequence[from + 1..from + stops + 2];
        let edges = &self.edge[from..=from + stops];
        let mut before = row[0];
        let mut best = (i32::MAX, 0);
        for (place, (next, edge)) in ahead.iter().zip(edges).enumerate() {
            let after = row[usize::from(*next)];
            let added = before + after - edge;
            if added < best.0 {
                best = (added, place);
            }
            before = after;
        }
        best
    }

    /// Puts a visit behind a place of a route.
    pub(super) fn insert(&mut self, model: &Model, node: usize, route: usize, place: usize, quantity: i64) {
        let row = model.instance.row(node);
        let from = route * model.stride;
        let stops = usize::from(self.length[route]);
        let (before, after) = (self.sequence[from + place], self.sequence[from + place + 1]);
        self.sequence.copy_within(from + place + 1..from + stops + 2, from + place + 2);
        self.edge.copy_within(from + place..=from + stops, from + place + 1);
        self.sequence[from + place + 1] = node as u16;
        let (to, on) = (row[usize::from(before)], row[usize::from(after)]);
        self.distance += i64::from(to + on - self.edge[from + place]);
        self.edge[from + place] = to;
        self.edge[from + place + 1] = on;
        self.length[route] += 1;
        let day = route / model.vehicles;
        self.route_of[node * model.days + day] = route as u16;
        self.carry(model, node, day, route, quantity);
    }

    /// Takes the visit of a day out; there must be one.
    pub(super) fn take_out(&mut self, model: &Model, node: usize, day: usize) {
        let route = usize::from(self.route_of[node * model.days + day]);
        let from = route * model.stride;
        let stops = usize::from(self.length[route]);
        let wanted = node as u16;
        let found = self.sequence[from + 1..=from + stops].iter().position(|stop| *stop == wanted);
        let Some(place) = found else { return };
        let (before, after) = (self.sequence[from + place], self.sequence[from + place + 2]);
        let joined = model.instance.row(usize::from(before))[usize::from(after)];
        self.distance += i64::from(joined - self.edge[from + place] - self.edge[from + place + 1]);
        self.sequence.copy_within(from + place + 2..from + stops + 2, from + place + 1);
        self.edge.copy_within(from + place + 1..=from + stops, from + place);
        self.edge[from + place] = joined;
        self.length[route] -= 1;
        let quantity = self.quantity[node * model.days + day];
        self.carry(model, node, day, route, -quantity);
        self.route_of[node * model.days + day] = NONE;
    }

    /// Adds to what a visit delivers.
    pub(super) fn carry(&mut self, model: &Model, node: usize, day: usize, route: usize, more: i64) {
        let capacity = model.instance.capacity;
        let before = (self.load[route] - capacity).max(0);
        self.load[route] += more;
        self.overload += (self.load[route] - capacity).max(0) - before;
        self.quantity[node * model.days + day] += more;
        self.shipped[day] += more;
        let held = more as f64 * model.weights(node)[day];
        self.holding[node] += held;
        self.held += held;
    }

    /// Takes all visits of a customer out.
    pub(super) fn remove(&mut self, model: &Model, node: usize) {
        for day in 0..model.days {
            if self.route_of[node * model.days + day] != NONE {
                self.take_out(model, node, day);
            }
        }
        self.holding[node] = 0.0;
    }

    /// By how much the depot's stock falls below zero, summed over the days.
    pub(super) fn shortage(&self, model: &Model) -> i64 {
        let (mut sum, mut short) = (0, 0);
        for (shipped, available) in self.shipped.iter().zip(&model.available) {
            sum += shipped;
            short += (sum - available).max(0);
        }
        short
    }

    /// Routes and holding, without what no plan changes.
    pub(super) fn cost(&self) -> f64 {
        self.distance as f64 + self.held
    }

    /// Adds the holding of all customers up anew.
    pub(super) fn sum_up(&mut self) {
        self.held = self.holding.iter().sum();
    }

    /// The mean length of an edge; 1 where there are none.
    pub(super) fn edge(&self) -> f64 {
        let filled = self.length.iter().filter(|length| **length > 0);
        let edges: usize = filled.map(|length| usize::from(*length) + 1).sum();
        if edges == 0 { 1.0 } else { (self.distance as f64 / edges as f64).max(0.01) }
    }

    pub(super) fn feasible(&self, model: &Model) -> bool {
        self.overload == 0 && self.shortage(model) == 0
    }

    /// With what broken rules cost.
    pub(super) fn penalised(&self, model: &Model, penalty: Penalty) -> f64 {
        self.cost() + penalty.overload * self.overload as f64 + penalty.shortage * self.shortage(model) as f64
    }

    /// As a solution.
    pub(super) fn solution(&self, model: &Model) -> Solution {
        let route = |day: usize, vehicle: usize| -> Vec<Stop> {
            let stops = self.stops(model, day * model.vehicles + vehicle).iter();
            let stop = |node: &u16| {
                let customer = usize::from(*node);
                Stop { customer, quantity: self.quantity(model, customer, day) }
            };
            stops.map(stop).collect()
        };
        let days = (0..model.days).map(|day| (0..model.vehicles).map(|vehicle| route(day, vehicle)).collect());
        Solution::of(model.instance, days.collect())
    }
}
