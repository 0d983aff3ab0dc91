//! The records of supply: who delivers, with what, under which contract, and each request from need to receipt.
//!
//! Lives here: what is kept. Not here: who may change it and when (`crate::operations::supply`), what somebody sees of
//! it (`crate::views::supply`), the arithmetic (`oxygen::supply`).

mod asset;
mod carrier_link;
mod contract;
mod contract_step;
pub mod drawing;
mod invoice;
mod loan;
mod offer;
mod receipt;
mod request;
mod supplier;
mod trip;
mod vehicle;

pub use asset::{Asset, Condition, Given, Letter, ReturnDecision, Verdict};
pub use carrier_link::{CarrierLink, LinkDevice, LinkTo};
pub use contract::Contract;
pub use contract_step::ContractStep;
pub use invoice::{Invoice, Settlement};
pub use loan::{Loan, Returned};
pub use offer::{Offer, offer_code};
pub use receipt::{Corrected, Receipt, Signature, Signed, receipt_code};
pub use request::{Accepted, Approved, Authority, Ended, Load, OrderTerms, Part, Priority, Request, Stage};
pub use supplier::{Contact, Output, Plant, Product, Shells, Supplier, name_key};
pub use trip::{Closing, Stop, StopEnd, Trip, TripSource, TripStage, WhyFailed, Word};
pub use vehicle::{Vehicle, VehicleKind};

use place::UserId;
use serde::{Deserialize, Serialize};

/// Somebody who did something: his account, and his name as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// His account; none for the program itself.
    pub user: Option<UserId>,
    /// His name.
    pub name: String,
}

impl Who {
    /// Whoever acts.
    pub fn of(actor: &crate::Actor) -> Self {
        Self { user: actor.user, name: actor.display_name.clone() }
    }
}
