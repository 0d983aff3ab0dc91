//! Who may deliver to whom, and on what basis (rule 8): release, ownership of tanks and shells, contracts.

use quantity::{Coded, VesselSpec};

use super::minutes::Minutes;
use super::numbers::{ContractNo, SiteNo, SourceNo, VehicleNo};
use super::plan::Basis;
use super::problem::{Carries, Problem};

/// Why a source or a vehicle may not serve a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Bar {
    /// It has no tank, or no cylinders, for what is carried.
    #[error("PLN-001: the facility takes nothing of the kind")]
    TakesNothing,
    /// The source has nothing of the kind, or fills no cylinder of that size.
    #[error("PLN-002: the source has nothing of the kind")]
    HasNothing,
    /// The line is not released for medical oxygen.
    #[error("PLN-003: the oxygen is not released for patients")]
    NotReleased,
    /// The tank or the shells are another supplier's, who has not agreed.
    #[error("PLN-004: the tank or the cylinders are another supplier's")]
    AnotherOwner,
    /// No contract allows it, and nobody may buy without one.
    #[error("PLN-005: no contract allows it")]
    NoContract,
    /// The vehicle is too heavy for the road.
    #[error("PLN-006: the vehicle is too heavy for the road")]
    TooHeavy,
    /// The vehicle carries for another supplier.
    #[error("PLN-007: the vehicle carries for another supplier")]
    CarriesForAnother,
    /// The tank is smaller than the smallest lot.
    #[error("PLN-008: the tank is smaller than the smallest lot")]
    TankTooSmall,
    /// It would lend to itself.
    #[error("PLN-009: a facility does not lend to itself")]
    Itself,
}

impl Coded for Bar {
    fn code(&self) -> &'static str {
        match self {
            Self::TakesNothing => "PLN-001",
            Self::HasNothing => "PLN-002",
            Self::NotReleased => "PLN-003",
            Self::AnotherOwner => "PLN-004",
            Self::NoContract => "PLN-005",
            Self::TooHeavy => "PLN-006",
            Self::CarriesForAnother => "PLN-007",
            Self::TankTooSmall => "PLN-008",
            Self::Itself => "PLN-009",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// What is carried: liquid, or cylinders of a size.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Into the tank.
    Liquid,
    /// For the rack.
    Cylinders(VesselSpec),
}

impl Problem {
    /// What a vehicle could bring to a site, and why not otherwise.
    ///
    /// # Errors
    /// A [`Bar`] when the vehicle cannot serve the site at all.
    pub fn kind_for(&self, vehicle: VehicleNo, site: SiteNo) -> Result<Kind, Bar> {
        let (vehicle, site) = (self.vehicle(vehicle), self.site(site));
        if vehicle.road > site.road {
            return Err(Bar::TooHeavy);
        }
        match vehicle.carries {
            Carries::Liquid(_) => {
                let tank = site.tank.as_ref().ok_or(Bar::TakesNothing)?;
                if tank.holds < tank.smallest_lot { Err(Bar::TankTooSmall) } else { Ok(Kind::Liquid) }
            }
            Carries::Cylinders(_) => {
                let rack = site.rack.as_ref().ok_or(Bar::TakesNothing)?;
                Ok(Kind::Cylinders(rack.size))
            }
        }
    }

    /// Whether a vehicle carries for a source.
    ///
    /// # Errors
    /// [`Bar::CarriesForAnother`].
    pub fn carries_for(&self, vehicle: VehicleNo, source: SourceNo) -> Result<(), Bar> {
        let bound = self.vehicle(vehicle).carries_for;
        if bound.is_some_and(|bound| bound != source) { Err(Bar::CarriesForAnother) } else { Ok(()) }
    }

    /// Every basis on which a source may deliver a kind to a site, contracts in their order, the purchase without
    /// one last.
    ///
    /// # Errors
    /// A [`Bar`] when there is none.
    pub fn bases(&self, source: SourceNo, site: SiteNo, kind: Kind) -> Result<Vec<Basis>, Bar> {
        let (from, to) = (self.source(source), self.site(site));
        if from.lender == Some(site) {
            return Err(Bar::Itself);
        }
        let allowed = |owner: Option<SourceNo>, consent: &[SourceNo]| {
            owner.is_none_or(|owner| owner == source) || consent.contains(&source)
        };
        let (has, theirs) = match kind {
            Kind::Liquid => {
                let tank = to.tank.as_ref().ok_or(Bar::TakesNothing)?;
                (from.liquid.is_some(), allowed(tank.owner, &tank.consent))
            }
            Kind::Cylinders(size) => {
                let rack = to.rack.as_ref().filter(|rack| rack.size == size).ok_or(Bar::TakesNothing)?;
                let filled = from.cylinders.iter().any(|cylinders| cylinders.size == size);
                // A lender gives full shells against empty ones and refills none.
                (filled, from.lender.is_some() || allowed(rack.owner, &rack.consent))
            }
        };
        if !has {
            return Err(Bar::HasNothing);
        }
        if from.released.is_none() {
            return Err(Bar::NotReleased);
        }
        if !theirs {
            return Err(Bar::AnotherOwner);
        }
        if from.lender.is_some() {
            return Ok(vec![Basis::Loan]);
        }
        let contracts = self.contracts.iter().enumerate().filter(|(_, contract)| {
            contract.source == source && (contract.sites.is_empty() || contract.sites.contains(&site))
        });
        let mut bases: Vec<Basis> = contracts.map(|(at, _)| Basis::Contract(ContractNo::of(at))).collect();
        if self.aims.emergency_purchase.is_some() {
            bases.push(Basis::EmergencyPurchase);
        }
        if bases.is_empty() { Err(Bar::NoContract) } else { Ok(bases) }
    }

    /// Whether a basis holds for loading that begins at a minute: the contract is in force and was told in time, the
    /// oxygen is released.
    pub fn holds(&self, basis: Basis, source: SourceNo, loads: Minutes) -> bool {
        let released = self.source(source).released.is_some_and(|from| from <= loads);
        let contract = match basis {
            Basis::Contract(number) => {
                let contract = self.contract(number);
                contract.force.holds(loads) && contract.lead <= loads
            }
            Basis::Loan | Basis::EmergencyPurchase => true,
        };
        released && contract
    }
}
