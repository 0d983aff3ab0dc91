//! Contracts with suppliers (OX14).

use jiff::civil::Date;
use oxygen::supply::Terms;
use place::FacilityId;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::{Supplier, name_key};
use crate::record::{Record, RecordId};

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Its number, as written on it.
    pub number: String,
    /// With whom.
    pub supplier: RecordId<Supplier>,
    /// For whom; empty for every facility of the province (joint bidding).
    pub buyers: Vec<FacilityId>,
    /// The joint buyer, where there is one.
    pub joint_buyer: Option<String>,
    /// On what it rests.
    pub legal_basis: String,
    /// Who pays.
    pub payer: String,
    /// Who signs orders under it.
    pub signer: String,
    /// When it was signed.
    pub signed_on: Option<Date>,
    /// From when to when, how much, at which price.
    pub terms: Terms,
    /// Hours from an order to the delivery.
    pub lead_hours: u32,
    /// Ended before its time.
    #[serde(default)]
    pub ended: bool,
}

impl Contract {
    /// Whether a facility buys under it.
    pub fn serves(&self, facility: FacilityId) -> bool {
        self.buyers.is_empty() || self.buyers.contains(&facility)
    }
}

impl Record for Contract {
    const KIND: &'static str = "contract";

    fn owner(&self) -> Option<Id> {
        Some(self.supplier.0)
    }

    fn code(&self) -> Option<String> {
        Some(name_key(&self.number))
    }

    fn due_at(&self) -> Option<Moment> {
        self.terms.to.tomorrow().ok().map(Moment::start_of)
    }

    fn is_open(&self) -> bool {
        !self.ended
    }
}
