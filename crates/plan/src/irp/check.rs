//! Reads the text of a solution and holds it to every rule. Shares nothing with the search but the instance.

use quantity::Coded;

use super::instance::Instance;

/// Costs are told with two decimals.
const ROUNDING: f64 = 0.015;

/// What a solution breaks; the first that is found. Lines, days, routes and customers count from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CheckProblem {
    /// A line is not what belongs there.
    #[error("IRP-101: line {line}: {wanted} belongs here")]
    Form {
        /// Which line; the one behind the last where the text ends too early.
        line: usize,
        /// How the line should begin, or what it should be.
        wanted: String,
    },
    /// A quantity is no whole number above zero.
    #[error("IRP-102: line {line}: a delivery of {typed}")]
    Quantity {
        /// Which line.
        line: usize,
        /// What stands there, cut.
        typed: String,
    },
    /// A day has more routes than there are vehicles.
    #[error("IRP-103: day {day} has more than {most} routes")]
    Routes {
        /// Which day.
        day: usize,
        /// How many vehicles there are.
        most: usize,
    },
    /// A route visits a node that is no customer.
    #[error("IRP-104: line {line}: no customer {customer}")]
    Stranger {
        /// Which line.
        line: usize,
        /// Which node.
        customer: usize,
    },
    /// A customer is visited twice a day.
    #[error("IRP-105: customer {customer} is visited twice on day {day}")]
    Twice {
        /// Which customer.
        customer: usize,
        /// Which day.
        day: usize,
    },
    /// A vehicle carries too much.
    #[error("IRP-106: day {day}, route {route}: {load} of {most}")]
    Overload {
        /// Which day.
        day: usize,
        /// Which route.
        route: usize,
        /// What it carries.
        load: i64,
        /// What it can carry.
        most: i64,
    },
    /// A delivery does not fit.
    #[error("IRP-107: customer {customer} has {stock} after the delivery of day {day}, room for {most}")]
    Full {
        /// Which customer.
        customer: usize,
        /// Which day.
        day: usize,
        /// Its stock then.
        stock: i64,
        /// What it can hold.
        most: i64,
    },
    /// A customer has too little at the end of a day.
    #[error("IRP-108: customer {customer} ends day {day} with {stock}, needs {least}")]
    Empty {
        /// Which customer.
        customer: usize,
        /// Which day.
        day: usize,
        /// Its stock then.
        stock: i64,
        /// What it must keep.
        least: i64,
    },
    /// The depot ships what it does not have.
    #[error("IRP-109: the depot is short of {short} on day {day}")]
    Depot {
        /// Which day.
        day: usize,
        /// How much is missing.
        short: i64,
    },
    /// A cost is told wrongly.
    #[error("IRP-110: line {line} tells {told}, not {found}")]
    Cost {
        /// Which line.
        line: usize,
        /// What it says.
        told: f64,
        /// What it should say.
        found: f64,
    },
}

impl Coded for CheckProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "IRP-101",
            Self::Quantity { .. } => "IRP-102",
            Self::Routes { .. } => "IRP-103",
            Self::Stranger { .. } => "IRP-104",
            Self::Twice { .. } => "IRP-105",
            Self::Overload { .. } => "IRP-106",
            Self::Full { .. } => "IRP-107",
            Self::Empty { .. } => "IRP-108",
            Self::Depot { .. } => "IRP-109",
            Self::Cost { .. } => "IRP-110",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let fact = |name: &'static str, value: &dyn ToString| (name, value.to_string());
        match self {
            Self::Form { line, wanted } => vec![fact("line", line), fact("wanted", wanted)],
            Self::Quantity { line, typed } => vec![fact("line", line), fact("typed", typed)],
            Self::Routes { day, most } => vec![fact("day", day), fact("most", most)],
            Self::Stranger { line, customer } => vec![fact("line", line), fact("customer", customer)],
            Self::Twice { customer, day } => vec![fact("customer", customer), fact("day", day)],
            Self::Overload { day, route, load, most } => {
                vec![fact("day", day), fact("route", route), fact("load", load), fact("most", most)]
            }
            Self::Full { customer, day, stock, most } => {
                vec![fact("customer", customer), fact("day", day), fact("stock", stock), fact("most", most)]
            }
            Self::Empty { customer, day, stock, least } => {
                vec![fact("customer", customer), fact("day", day), fact("stock", stock), fact("least", least)]
            }
            Self::Depot { day, short } => vec![fact("day", day), fact("short", short)],
            Self::Cost { line, told, found } => {
                let figure = |value: &f64| format!("{value:.2}").replace('.', ",");
                vec![fact("line", line), fact("told", &figure(told)), fact("found", &figure(found))]
            }
        }
    }
}

/// The text, line by line.
struct Text<'t> {
    lines: std::iter::Peekable<std::str::Lines<'t>>,
    number: usize,
}

impl<'t> Text<'t> {
    fn next(&mut self, wanted: &str) -> Result<&'t str, CheckProblem> {
        self.number += 1;
        let line = self.lines.next().map(str::trim).filter(|line| !line.is_empty());
        line.ok_or_else(|| self.bad(wanted))
    }

    fn bad(&self, wanted: &str) -> CheckProblem {
        CheckProblem::Form { line: self.number, wanted: wanted.to_owned() }
    }

    fn cost(&mut self, wanted: &str, found: f64) -> Result<(), CheckProblem> {
        let line = self.next(wanted)?;
        let told: f64 = line.parse().map_err(|_| self.bad(wanted))?;
        if (told - found).abs() <= ROUNDING {
            Ok(())
        } else {
            Err(CheckProblem::Cost { line: self.number, told, found })
        }
    }

    /// The stops of a route: customer and quantity.
    fn route(&mut self, number: usize) -> Result<Vec<(usize, i64)>, CheckProblem> {
        let begin = format!("Route {number}:");
        let line = self.next(&begin)?;
        let rest = line.strip_prefix(&begin).ok_or_else(|| self.bad(&begin))?;
        let form = format!("{begin} 0 - … - 0");
        let pieces: Vec<&str> = rest.split(" - ").map(str::trim).collect();
        let [first, stops @ .., last] = pieces.as_slice() else { return Err(self.bad(&form)) };
        if *first != "0" || *last != "0" {
            return Err(self.bad(&form));
        }
        stops.iter().map(|stop| self.stop(stop, &form)).collect()
    }

    fn stop(&self, stop: &str, form: &str) -> Result<(usize, i64), CheckProblem> {
        let (node, rest) = stop.split_once('(').ok_or_else(|| self.bad(form))?;
        let quantity = rest.trim().strip_suffix(')').ok_or_else(|| self.bad(form))?.trim();
        let node = node.trim().parse().map_err(|_| self.bad(form))?;
        let found: Option<i64> = quantity.parse().ok().filter(|quantity| *quantity > 0);
        let typed = || quantity.chars().take(24).collect();
        found.map(|found| (node, found)).ok_or_else(|| CheckProblem::Quantity { line: self.number, typed: typed() })
    }
}

/// Holds the text of a solution to the rules of the instance; its total cost.
///
/// # Errors
/// What cannot be understood; the first rule that is broken; a cost that is told wrongly.
pub fn check(instance: &Instance, text: &str) -> Result<f64, CheckProblem> {
    let mut text = Text { lines: text.lines().peekable(), number: 0 };
    let mut stocks: Vec<i64> = instance.customers.iter().map(|customer| customer.stock).collect();
    let (mut depot, mut length) = (instance.stock, 0);
    let (mut of_customers, mut of_depot) = (0.0, 0.0);
    for day in 1..=instance.days {
        let head = format!("Day {day}");
        if text.next(&head)? != head {
            return Err(text.bad(&head));
        }
        let mut visited = vec![false; stocks.len()];
        let mut route = 0;
        while text.lines.peek().is_some_and(|line| line.trim_start().starts_with("Route")) {
            route += 1;
            if route > instance.vehicles {
                return Err(CheckProblem::Routes { day, most: instance.vehicles });
            }
            let stops = text.route(route)?;
            let (mut load, mut at) = (0_i64, 0);
            for (node, quantity) in stops {
                if node == 0 || node > stocks.len() {
                    return Err(CheckProblem::Stranger { line: text.number, customer: node });
                }
                if std::mem::replace(&mut visited[node - 1], true) {
                    return Err(CheckProblem::Twice { customer: node, day });
                }
                load = load.saturating_add(quantity);
                let most = instance.customers[node - 1].most;
                let stock = stocks[node - 1].saturating_add(quantity);
                if stock > most {
                    return Err(CheckProblem::Full { customer: node, day, stock, most });
                }
                stocks[node - 1] = stock;
                length += instance.distance(at, node);
                at = node;
            }
            length += instance.distance(at, 0);
            if load > instance.capacity {
                return Err(CheckProblem::Overload { day, route, load, most: instance.capacity });
            }
            depot -= load;
        }
        if depot < 0 {
            return Err(CheckProblem::Depot { day, short: -depot });
        }
        depot += instance.production;
        of_depot += depot as f64 * instance.holding;
        for (number, (stock, customer)) in (1..).zip(stocks.iter_mut().zip(&instance.customers)) {
            *stock -= customer.demand;
            if *stock < customer.least {
                return Err(CheckProblem::Empty { customer: number, day, stock: *stock, least: customer.least });
            }
            of_customers += *stock as f64 * customer.holding;
        }
    }
    let total = length as f64 + of_customers + of_depot;
    text.cost("routing cost", length as f64)?;
    text.cost("holding cost of customers", of_customers)?;
    text.cost("holding cost of the depot", of_depot)?;
    text.cost("total cost", total)?;
    text.next("processor")?;
    let seconds = text.next("seconds")?;
    if !seconds.parse::<f64>().is_ok_and(|seconds| seconds >= 0.0) {
        return Err(text.bad("seconds"));
    }
    Ok(total)
}
