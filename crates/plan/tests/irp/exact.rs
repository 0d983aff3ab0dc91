//! Tiny instances, where all solutions can be tried: the search finds the cheapest.

use plan::irp::{Instance, check};
use proptest::prelude::*;

use crate::searched;

/// The cheapest way to visit a set of customers with loads, by at most so many vehicles; none where it cannot be.
fn cheapest_routes(instance: &Instance, loads: &[i64], vehicles: usize) -> Option<i64> {
    let Some(first) = loads.iter().position(|load| *load > 0) else { return Some(0) };
    if vehicles == 0 {
        return None;
    }
    // The route of the first customer takes any of the others with it.
    let mut best: Option<i64> = None;
    for with in 0..1_u32 << loads.len() {
        let taken: Vec<usize> = (0..loads.len()).filter(|at| with & 1 << at != 0 && loads[*at] > 0).collect();
        let marked = with.count_ones() as usize;
        if !taken.contains(&first) || taken.len() != marked {
            continue;
        }
        if taken.iter().map(|at| loads[*at]).sum::<i64>() > instance.capacity {
            continue;
        }
        let mut left = loads.to_vec();
        taken.iter().for_each(|at| left[*at] = 0);
        if let Some(others) = cheapest_routes(instance, &left, vehicles - 1) {
            let cost = others + shortest(instance, 0, &taken);
            best = Some(best.map_or(cost, |best| best.min(cost)));
        }
    }
    best
}

/// The shortest way from a node over all these customers to the depot.
fn shortest(instance: &Instance, from: usize, over: &[usize]) -> i64 {
    let ways = over.iter().map(|next| {
        let rest: Vec<usize> = over.iter().copied().filter(|other| other != next).collect();
        instance.distance(from, next + 1) + shortest(instance, next + 1, &rest)
    });
    ways.min().unwrap_or_else(|| instance.distance(from, 0))
}

/// All quantities of a day, customer by customer, then the next day.
struct Trial<'i> {
    instance: &'i Instance,
    best: f64,
}

impl Trial<'_> {
    fn day(&mut self, day: usize, stocks: &[i64], depot: i64, cost: f64) {
        if day == self.instance.days {
            self.best = self.best.min(cost);
            return;
        }
        self.customer(day, stocks, &mut Vec::new(), depot, cost);
    }

    fn customer(&mut self, day: usize, stocks: &[i64], loads: &mut Vec<i64>, depot: i64, cost: f64) {
        let instance = self.instance;
        if let Some(customer) = instance.customers.get(loads.len()) {
            let stock = stocks[loads.len()];
            for load in 0..=customer.most - stock {
                if stock + load - customer.demand >= customer.least {
                    loads.push(load);
                    self.customer(day, stocks, loads, depot, cost);
                    loads.pop();
                }
            }
            return;
        }
        let shipped: i64 = loads.iter().sum();
        let Some(routes) = cheapest_routes(instance, loads, instance.vehicles) else { return };
        if shipped > depot {
            return;
        }
        let depot = depot - shipped + instance.production;
        let mut cost = cost + routes as f64 + depot as f64 * instance.holding;
        let mut left = Vec::new();
        for ((stock, load), customer) in stocks.iter().zip(loads.iter()).zip(&instance.customers) {
            let stock = stock + load - customer.demand;
            cost += stock as f64 * customer.holding;
            left.push(stock);
        }
        self.day(day + 1, &left, depot, cost);
    }
}

fn exact(instance: &Instance) -> Option<f64> {
    let mut trial = Trial { instance, best: f64::INFINITY };
    let stocks: Vec<i64> = instance.customers.iter().map(|customer| customer.stock).collect();
    trial.day(0, &stocks, instance.stock, 0.0);
    (trial.best < f64::INFINITY).then_some(trial.best)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_global_rejects: 4_000, ..ProptestConfig::default() })]

    /// Up to four customers over three days, quantities of a few units, vehicles and depot often scarce.
    #[test]
    fn the_search_finds_the_cheapest(
        customers in proptest::collection::vec((0u32..40, 0u32..40, 2i64..4, 0i64..3, 1i64..3, 0u32..300), 2..5),
        vehicles in 1usize..3,
        spare in 0i64..4,
        (stock, production, holding) in (2i64..9, 1i64..8, 0u32..300),
        seed in any::<u64>(),
    ) {
        let demand: i64 = customers.iter().map(|customer| customer.4).sum();
        let capacity = demand / vehicles as i64 + spare;
        let mut text = format!("{} 3 {} {vehicles}\n", customers.len() + 1, capacity.max(1));
        text += &format!("0 20 20 {stock} {production} {}\n", f64::from(holding) / 100.0);
        for (number, (x, y, most, stock, demand, holding)) in (1..).zip(&customers) {
            let most = (*most).max(*demand);
            let holding = f64::from(*holding) / 100.0;
            text += &format!("{number} {x} {y} {} {most} 0 {demand} {holding}\n", (*stock).min(most));
        }
        let instance = Instance::read(&text);
        prop_assume!(instance.is_ok());
        let instance = instance.expect("just looked at");
        let least = exact(&instance);
        prop_assume!(least.is_some());
        let least = least.expect("just looked at");
        let outcome = searched(&instance, seed, 40_000);
        let found = check(&instance, &outcome.solution.text("any", 0.0)).expect("a sound solution");
        prop_assert!((found - least).abs() < 0.02, "{found} for {least}\n{text}");
    }
}
