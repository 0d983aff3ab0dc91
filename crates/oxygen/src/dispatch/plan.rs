//! A delivery plan: who brings what to whom, when, in which order, and on what it rests.

use quantity::{Grams, VesselSpec};
use serde::{Deserialize, Serialize};

use super::minutes::{Minutes, Window};
use super::numbers::{ContractNo, SiteNo, SourceNo, VehicleNo};

/// What is brought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// So much liquid, into the tank.
    Liquid(Grams),
    /// Full cylinders, and what goes back.
    Cylinders {
        /// Their size.
        size: VesselSpec,
        /// Full ones brought.
        full: u32,
        /// Empty ones taken back.
        empty: u32,
    },
}

impl Amount {
    /// What it weighs in oxygen.
    pub fn grams(self) -> Grams {
        match self {
            Self::Liquid(grams) => grams,
            Self::Cylinders { size, full, .. } => size.full() * i64::from(full),
        }
    }
}

/// What an order rests on (rule 8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A contract, which names payer, signer and legal basis.
    Contract(ContractNo),
    /// A loan between facilities, returned in kind.
    Loan,
    /// A purchase without contract: somebody must name its legal basis before it is sent.
    EmergencyPurchase,
}

/// A visit of a trip to a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stop {
    /// Whom.
    pub site: SiteNo,
    /// When the vehicle is there.
    pub arrives: Minutes,
    /// When unloading begins.
    pub begins: Minutes,
    /// When it sets off again.
    pub leaves: Minutes,
    /// What it brings.
    pub amount: Amount,
    /// What it rests on.
    pub basis: Basis,
}

/// A vehicle goes out, loads at one source, visits sites, and comes back; with cylinders, by way of the source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trip {
    /// Which vehicle.
    pub vehicle: VehicleNo,
    /// Where it loads.
    pub source: SourceNo,
    /// When it leaves its depot.
    pub leaves: Minutes,
    /// When loading begins.
    pub loads: Minutes,
    /// When it leaves the source.
    pub loaded: Minutes,
    /// Its visits, in order.
    pub stops: Vec<Stop>,
    /// When empty cylinders are back at the source; none for liquid.
    pub returns: Option<Minutes>,
    /// When it is back at its depot.
    pub back: Minutes,
}

impl Trip {
    /// From leaving the depot until it is back.
    pub fn out(&self) -> Window {
        Window::new(self.leaves, self.back)
    }

    /// All that it brings.
    pub fn grams(&self) -> Grams {
        self.stops.iter().map(|stop| stop.amount.grams()).sum()
    }
}

/// A plan.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Its trips, in the order of leaving.
    pub trips: Vec<Trip>,
}

impl Plan {
    /// Every visit with its trip.
    pub fn stops(&self) -> impl Iterator<Item = (&Trip, &Stop)> {
        self.trips.iter().flat_map(|trip| trip.stops.iter().map(move |stop| (trip, stop)))
    }

    /// Puts the trips in the order of leaving, then of vehicles.
    pub fn in_order(mut self) -> Self {
        self.trips.sort_by_key(|trip| (trip.leaves, trip.vehicle));
        self
    }
}
