//! The best settings of the rules, and how they were found.

use super::{First, Rule};
use crate::provinces::shape::Balance;

/// The settings tried: target of cover in days, most days' need a delivery, days looked ahead, drops a trip.
pub const GRID: Grid = Grid {
    targets: &[1.5, 2.0, 3.0, 4.0, 5.0, 6.0],
    lots: &[2.0, 3.0, f64::INFINITY],
    looks: &[1, 3, 6],
    drops: &[2, 4, 6],
};

/// Settings to try, all with all.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    targets: &'static [f64],
    lots: &'static [f64],
    looks: &'static [usize],
    drops: &'static [usize],
}

impl Grid {
    /// Every rule of the grid.
    pub fn rules(&self, first: First) -> Vec<Rule> {
        let mut rules = Vec::new();
        for target in self.targets {
            for lot in self.lots {
                for look in self.looks {
                    for drops in self.drops {
                        rules.push(Rule { first, target: *target, lot: *lot, look: *look, drops: *drops });
                    }
                }
            }
        }
        rules
    }
}

/// The rule with the setting of the grid that left the least weighted need unmet in provinces of a balance.
pub const fn tuned(first: First, balance: Balance) -> Rule {
    let (target, lot, look, drops) = match (first, balance) {
        (First::Cover, Balance::Tight) => (4.0, 3.0, 3, 6),
        (First::Cover, Balance::Balanced) => (6.0, 3.0, 6, 4),
        (First::Cover, Balance::Surplus) => (6.0, f64::INFINITY, 6, 6),
        (First::Priority, Balance::Tight) => (2.0, f64::INFINITY, 6, 2),
        (First::Priority, Balance::Balanced) => (3.0, 3.0, 6, 4),
        (First::Priority, Balance::Surplus) => (3.0, f64::INFINITY, 1, 4),
    };
    Rule { first, target, lot, look, drops }
}
