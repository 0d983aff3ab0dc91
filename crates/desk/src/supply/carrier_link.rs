//! The link by which a supplier or a driver comes in without an account: to his own orders and trips, nothing else (OX13).
//!
//! Its secret and those of the devices that opened it are kept as digests only. It ends by the real clock.

use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::{Ended, Supplier, Trip, Who};
use crate::record::{Record, RecordId};

/// Whom a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTo {
    /// A supplier: his orders and trips.
    Supplier(RecordId<Supplier>),
    /// The driver of a trip.
    Trip(RecordId<Trip>),
}

impl LinkTo {
    /// Devices on which such a link may be opened: a driver's telephone has a browser inside its messenger and another
    /// one; in a supplier's office there are several people.
    pub const fn devices(self) -> usize {
        match self {
            Self::Trip(_) => 2,
            Self::Supplier(_) => 4,
        }
    }
}

/// A device that opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDevice {
    /// Digest of the secret that the device keeps.
    pub digest: String,
    /// When, by the real clock.
    pub at: Moment,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierLink {
    /// Whom it is for.
    pub to: LinkTo,
    /// As whom he is written down.
    pub name: String,
    /// Digest of its secret.
    pub digest: String,
    /// Who gave it out.
    pub by: Who,
    /// When, by the domain clock.
    pub at: Moment,
    /// Ends at this moment of the real clock.
    pub expires_at: Moment,
    /// The devices that opened it.
    pub devices: Vec<LinkDevice>,
    /// Why it was shut before its time.
    #[serde(default)]
    pub shut: Option<Ended>,
}

impl CarrierLink {
    /// Whether a device opened it.
    pub fn knows(&self, device_digest: &str) -> bool {
        self.devices.iter().any(|device| device.digest == device_digest)
    }
}

impl Record for CarrierLink {
    const KIND: &'static str = "carrier_link";

    fn owner(&self) -> Option<Id> {
        Some(match self.to {
            LinkTo::Supplier(id) => id.0,
            LinkTo::Trip(id) => id.0,
        })
    }

    fn is_open(&self) -> bool {
        self.shut.is_none()
    }
}
