//! A synthetic province: what is told of it, and what is true of it.

use oxygen::dispatch::{Problem, Travel};

use super::law::Law;
use super::shape::Shape;

/// A synthetic province.
#[derive(Clone, PartialEq, Debug)]
pub struct Province {
    pub(super) seed: u64,
    pub(super) shape: Shape,
    /// What is told of it, in minutes after the opening; without paths.
    pub(super) told: Problem,
    /// The ways, in minutes after the opening.
    pub(super) travel: Travel,
    /// What each facility takes in a day at the opening, in grams.
    pub(super) level: Vec<f64>,
    /// What each facility's own plant makes in a day while it runs, in grams.
    pub(super) plant: Vec<f64>,
    pub(super) law: Law,
}

impl Province {
    /// From what it was drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What kind of province it is.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// How many vehicles it has.
    pub fn vehicles(&self) -> usize {
        self.told.vehicles.len()
    }
}
