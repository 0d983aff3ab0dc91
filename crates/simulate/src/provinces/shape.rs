//! What kind of province is drawn.

use std::fmt;

use crate::dice::Dice;

/// What the sources make, against what the facilities take.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Balance {
    /// A little less than is taken.
    Tight,
    /// A little more than is taken.
    Balanced,
    /// Much more than is taken: only the way to it is short.
    Surplus,
}

/// Where in an epidemic wave the days lie.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wave {
    /// The need grows all the time.
    Up,
    /// It grows, turns and falls.
    Peak,
    /// It falls all the time.
    Down,
}

impl Balance {
    /// All.
    pub const ALL: [Self; 3] = [Self::Tight, Self::Balanced, Self::Surplus];

    /// As it is written in tables and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tight => "tight",
            Self::Balanced => "balanced",
            Self::Surplus => "surplus",
        }
    }

    /// What is made in a day over what is taken in a day, least and most.
    pub(super) const fn made(self) -> (f64, f64) {
        match self {
            Self::Tight => (0.88, 0.98),
            Self::Balanced => (1.05, 1.2),
            Self::Surplus => (1.35, 1.7),
        }
    }
}

impl Wave {
    /// All.
    pub const ALL: [Self; 3] = [Self::Up, Self::Peak, Self::Down];

    /// As it is written in tables and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Peak => "peak",
            Self::Down => "down",
        }
    }
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for Wave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// What kind of province is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shape {
    /// What is made against what is taken.
    pub balance: Balance,
    /// Where in a wave it is.
    pub wave: Wave,
    /// How many facilities, 20 to 150.
    pub sites: usize,
    /// How many suppliers, 2 to 15; hospitals that lend come on top.
    pub suppliers: usize,
    /// Vehicles over those that would just do on an average day; there are 5 to 60 of them.
    pub fleet: f64,
}

impl Shape {
    /// Fewest and most facilities.
    pub const SITES: (usize, usize) = (20, 150);
    /// Fewest and most suppliers.
    pub const SUPPLIERS: (usize, usize) = (2, 15);
    /// Fewest and most vehicles.
    pub const VEHICLES: (usize, usize) = (5, 60);

    /// The shape of the province with a number: nine following numbers have the nine pairs of balance and wave.
    pub fn of(seed: u64, number: usize) -> Self {
        let mut dice = Dice::of(seed, "shape of a province", number as u64, 0);
        let (least, most) = Self::SITES;
        let sites = dice.log_between(least as f64, most as f64 + 1.0) as usize;
        // A supplier for 12 facilities, give or take.
        let suppliers = (sites as f64 / 12.0 * dice.log_between(0.5, 2.0)).round() as usize;
        Self {
            balance: Balance::ALL[number % 3],
            wave: Wave::ALL[number / 3 % 3],
            sites: sites.clamp(least, most),
            suppliers: suppliers.clamp(Self::SUPPLIERS.0, Self::SUPPLIERS.1),
            fleet: dice.log_between(0.9, 1.8),
        }
    }
}
