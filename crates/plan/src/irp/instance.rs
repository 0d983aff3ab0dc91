//! An instance: read, checked, with the distances between its nodes.
//!
//! The form is that of the 12th DIMACS challenge: `nodes days capacity vehicles`, the depot
//! `0 x y stock production holding`, then a line for each customer: `number x y stock most least demand holding`.

use std::fmt::Display;

use super::problem::IrpProblem;

/// Largest quantity or capacity that is taken: sums over all days and nodes stay far inside `i64`.
const LARGEST: f64 = 1e9;
/// Farthest coordinate: a detour stays inside `i32`.
const FARTHEST: f64 = 1e8;
/// Nodes, the depot among them: the table of distances of 2,000 has 16 MB.
const MOST_NODES: i64 = 2_000;
const MOST_DAYS: i64 = 100;
/// Days × vehicles × nodes: as many cells has the search for its routes, which are fewer than `u16` can name then.
const MOST_CELLS: u64 = 4_000_000;

/// A place that uses the same amount every day.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Stock before the first day.
    pub stock: i64,
    /// Most it can hold, just after a delivery.
    pub most: i64,
    /// Least it must hold at the end of every day.
    pub least: i64,
    /// What it uses a day.
    pub demand: i64,
    /// Cost of a unit that stands there at the end of a day.
    pub holding: f64,
}

/// What is to be solved.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Days, from 1 to this one.
    pub days: usize,
    /// What a vehicle takes.
    pub capacity: i64,
    /// Routes a day at most.
    pub vehicles: usize,
    /// What the depot has before the first day.
    pub stock: i64,
    /// What the depot gets every day, after it has shipped.
    pub production: i64,
    /// Cost of a unit that stands at the depot at the end of a day.
    pub holding: f64,
    /// Node 1 is the first.
    pub customers: Vec<Customer>,
    distances: Vec<i32>,
}

impl Instance {
    /// Reads an instance.
    ///
    /// # Errors
    /// What cannot be understood, by line; what no solution can keep.
    pub fn read(text: &str) -> Result<Self, IrpProblem> {
        let mut lines = Lines::of(text);
        let head = lines.next::<4>(1)?;
        let nodes = head.size(0, 2, MOST_NODES)?;
        let days = head.size(1, 1, MOST_DAYS)?;
        let capacity = head.size(2, 1, LARGEST as i64)?;
        let vehicles = head.size(3, 1, LARGEST as i64)?;
        let customers = nodes - 1;
        // More vehicles than customers cannot all leave.
        let vehicles = vehicles.min(customers);
        let cells = (days * vehicles) as u64 * nodes as u64;
        if cells > MOST_CELLS {
            return Err(IrpProblem::TooLarge { cells, most: MOST_CELLS });
        }
        let depot = lines.next::<6>(nodes)?;
        depot.number(0)?;
        let mut places = vec![(depot.coordinate(1)?, depot.coordinate(2)?)];
        let (stock, production, holding) = (depot.whole(3)?, depot.whole(4)?, depot.cost(5)?);
        let mut read = Vec::with_capacity(customers);
        for node in 1..nodes {
            let line = lines.next::<8>(nodes - node)?;
            line.number(node)?;
            places.push((line.coordinate(1)?, line.coordinate(2)?));
            read.push(Customer {
                stock: line.whole(3)?,
                most: line.whole(4)?,
                least: line.whole(5)?,
                demand: line.whole(6)?,
                holding: line.cost(7)?,
            });
        }
        lines.end()?;
        let instance = Self {
            days,
            capacity: capacity as i64,
            vehicles,
            stock,
            production,
            holding,
            customers: read,
            distances: distances(&places),
        };
        instance.possible()?;
        Ok(instance)
    }

    /// Nodes, the depot (node 0) among them.
    pub fn nodes(&self) -> usize {
        self.customers.len() + 1
    }

    /// Rounded Euclidean distance between two nodes.
    pub fn distance(&self, from: usize, to: usize) -> i64 {
        i64::from(self.distances[from * self.nodes() + to])
    }

    /// Distances from a node to all.
    pub(super) fn row(&self, from: usize) -> &[i32] {
        let nodes = self.nodes();
        &self.distances[from * nodes..(from + 1) * nodes]
    }

    /// Refuses what no solution can keep, as far as sums show it.
    fn possible(&self) -> Result<(), IrpProblem> {
        for (number, customer) in (1..).zip(&self.customers) {
            if customer.stock > customer.most {
                return Err(IrpProblem::Overfull { customer: number, stock: customer.stock, most: customer.most });
            }
            let room = customer.most - customer.least;
            if customer.demand > room {
                return Err(IrpProblem::Demand { customer: number, demand: customer.demand, room });
            }
        }
        for day in 1..=self.days {
            let (mut needed, so_far) = (0, day as i64);
            let carried = self.capacity * so_far;
            for customer in &self.customers {
                let own = (customer.least + customer.demand * so_far - customer.stock).max(0);
                if own > carried {
                    return Err(IrpProblem::Vehicles { day, needed: own, possible: carried });
                }
                needed += own;
            }
            let carried = carried * self.vehicles as i64;
            if needed > carried {
                return Err(IrpProblem::Vehicles { day, needed, possible: carried });
            }
            let shipped = self.stock + self.production * (so_far - 1);
            if needed > shipped {
                return Err(IrpProblem::Depot { day, needed, possible: shipped });
            }
        }
        Ok(())
    }
}

/// All distances, rounded to the nearest whole number.
fn distances(places: &[(f64, f64)]) -> Vec<i32> {
    let between = |one: &(f64, f64), other: &(f64, f64)| (one.0 - other.0).hypot(one.1 - other.1).round() as i32;
    places.iter().flat_map(|one| places.iter().map(move |other| between(one, other))).collect()
}

/// The lines that have something, one after the other.
struct Lines<'t> {
    rest: std::iter::Enumerate<std::str::Lines<'t>>,
    last: usize,
}

/// The figures of one line.
struct Line<'t, const FIGURES: usize> {
    number: usize,
    figures: [&'t str; FIGURES],
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { rest: text.trim_start_matches('\u{feff}').lines().enumerate(), last: 0 }
    }

    fn filled(&mut self) -> Option<(usize, &'t str)> {
        let (number, line) = self.rest.find(|(_, line)| !line.trim().is_empty())?;
        self.last = number + 1;
        Some((number + 1, line))
    }

    /// The next line, which must have so many figures; so many are missing where there is none.
    fn next<const FIGURES: usize>(&mut self, missing: usize) -> Result<Line<'t, FIGURES>, IrpProblem> {
        let Some((number, line)) = self.filled() else {
            return Err(IrpProblem::Short { line: self.last, missing });
        };
        let mut figures = [""; FIGURES];
        let mut found = 0;
        for figure in line.split_whitespace() {
            if let Some(place) = figures.get_mut(found) {
                *place = figure;
            }
            found += 1;
        }
        if found != FIGURES {
            return Err(IrpProblem::Figures { line: number, found, wanted: FIGURES });
        }
        Ok(Line { number, figures })
    }

    fn end(&mut self) -> Result<(), IrpProblem> {
        self.filled().map_or(Ok(()), |(line, _)| Err(IrpProblem::Long { line }))
    }
}

impl<const FIGURES: usize> Line<'_, FIGURES> {
    fn refused(&self, at: usize) -> IrpProblem {
        let typed = self.figures[at].chars().take(24).collect();
        IrpProblem::NoNumber { line: self.number, column: at + 1, typed }
    }

    fn figure(&self, at: usize) -> Result<f64, IrpProblem> {
        let figure: Result<f64, _> = self.figures[at].parse();
        figure.ok().filter(|figure| figure.abs() <= LARGEST).ok_or_else(|| self.refused(at))
    }

    /// A coordinate.
    fn coordinate(&self, at: usize) -> Result<f64, IrpProblem> {
        self.figure(at).ok().filter(|figure| figure.abs() <= FARTHEST).ok_or_else(|| self.refused(at))
    }

    /// A cost: not below zero.
    fn cost(&self, at: usize) -> Result<f64, IrpProblem> {
        self.figure(at).ok().filter(|figure| *figure >= 0.0).ok_or_else(|| self.refused(at))
    }

    /// A quantity: whole, not below zero; `87` or `87.0`.
    fn whole(&self, at: usize) -> Result<i64, IrpProblem> {
        let figure = self.cost(at)?;
        if figure.fract() == 0.0 { Ok(figure as i64) } else { Err(self.refused(at)) }
    }

    /// A figure of the first line.
    fn size(&self, at: usize, least: i64, most: i64) -> Result<usize, IrpProblem> {
        let figure = self.figure(at)?;
        if figure.fract() != 0.0 {
            return Err(self.refused(at));
        }
        let value = figure as i64;
        if value < least || value > most {
            return Err(IrpProblem::Size { column: at + 1, value, least, most });
        }
        Ok(value as usize)
    }

    /// The number of the node that belongs here.
    fn number(&self, wanted: usize) -> Result<(), IrpProblem> {
        if self.whole(0)? == wanted as i64 { Ok(()) } else { Err(IrpProblem::Order { line: self.number, wanted }) }
    }
}

impl Display for Instance {
    fn fmt(&self, form: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(form, "{} customers, {} days, {} vehicles", self.customers.len(), self.days, self.vehicles)
    }
}
