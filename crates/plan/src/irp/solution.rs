//! A solution, its costs, and the text it is written as.

use std::fmt::{self, Write as _};

use super::instance::Instance;

/// A customer on a route, and what it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Node, from 1.
    pub customer: usize,
    /// What is delivered.
    pub quantity: i64,
}

/// What a solution costs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Costs {
    /// Length of all routes.
    pub routing: i64,
    /// Stock at the end of the days, at customers.
    pub customers: f64,
    /// Stock at the end of the days, at the depot.
    pub depot: f64,
}

impl Costs {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.routing as f64 + self.customers + self.depot
    }
}

/// Routes of every day, and what they cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Days, their routes, their stops; a day has as many routes as there are vehicles.
    pub days: Vec<Vec<Vec<Stop>>>,
    /// What it costs.
    pub costs: Costs,
}

impl Solution {
    /// The routes with their costs.
    pub fn of(instance: &Instance, days: Vec<Vec<Vec<Stop>>>) -> Self {
        let mut costs = Costs::default();
        let mut stocks: Vec<i64> = instance.customers.iter().map(|customer| customer.stock).collect();
        let mut depot = instance.stock;
        for routes in &days {
            for route in routes {
                let mut last = 0;
                for stop in route {
                    costs.routing += instance.distance(last, stop.customer);
                    stocks[stop.customer - 1] += stop.quantity;
                    depot -= stop.quantity;
                    last = stop.customer;
                }
                costs.routing += instance.distance(last, 0);
            }
            depot += instance.production;
            costs.depot += depot as f64 * instance.holding;
            for (stock, customer) in stocks.iter_mut().zip(&instance.customers) {
                *stock -= customer.demand;
                costs.customers += *stock as f64 * customer.holding;
            }
        }
        Self { days, costs }
    }

    /// The text in the form of the 12th DIMACS challenge, with the name of the processor and the seconds after which this
    /// solution was found.
    pub fn text(&self, processor: &str, seconds: f64) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = self.write(&mut text, processor, seconds);
        text
    }

    fn write(&self, text: &mut String, processor: &str, seconds: f64) -> fmt::Result {
        for (day, routes) in (1..).zip(&self.days) {
            writeln!(text, "Day {day}")?;
            for (number, route) in (1..).zip(routes) {
                write!(text, "Route {number}: 0 - ")?;
                for stop in route {
                    write!(text, "{} ( {} ) - ", stop.customer, stop.quantity)?;
                }
                writeln!(text, "0")?;
            }
        }
        writeln!(text, "{}", self.costs.routing)?;
        for cost in [self.costs.customers, self.costs.depot, self.costs.total()] {
            writeln!(text, "{cost:.2}")?;
        }
        // One line a figure: what names the processor must not break it.
        let processor: String = processor.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(text, "{}", if processor.is_empty() { "unknown" } else { &processor })?;
        writeln!(text, "{seconds:.2}")
    }
}
