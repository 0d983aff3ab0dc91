//! The receipt of a delivery: weighbridge ticket, delivery note, two signatures.

use oxygen::supply::note_key;
use oxygen::{MovementId, StoreId};
use place::{FacilityId, UserId};
use quantity::{Grams, Id, Moment, Typed};
use serde::{Deserialize, Serialize};

use super::{Contract, Request, Supplier, Trip, Who};
use crate::record::{Record, RecordId};

/// How somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    /// By the code that was given to him when he loaded.
    Code,
    /// By the account that recorded it.
    Account(UserId),
    /// By name on the paper only.
    Paper,
    /// By the code that only his facility was told.
    GateCode,
    /// By his hand on the screen; the drawing is kept under this digest, in hexadecimal.
    Drawn(String),
}

/// A signature: who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who.
    pub name: String,
    /// When.
    pub at: Moment,
    /// How.
    pub how: Signed,
}

/// The receipt of one delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// Of which request.
    pub request: RecordId<Request>,
    /// Where.
    pub facility: FacilityId,
    /// Into which store.
    pub store: StoreId,
    /// From whom.
    pub supplier: Option<RecordId<Supplier>>,
    /// Under which contract.
    pub contract: Option<RecordId<Contract>>,
    /// Number of the delivery note.
    pub note: String,
    /// Number of the weighbridge ticket.
    pub ticket: Option<String>,
    /// Weight of the loaded vehicle, and of the same vehicle afterwards.
    pub scale: Option<(Grams, Grams)>,
    /// As typed, or as the scale says.
    pub typed: Typed,
    /// How much.
    pub grams: Grams,
    /// Full cylinders that came, and empty shells that went back.
    pub cylinders: Option<(u32, u32)>,
    /// The ledger's row.
    pub movement: MovementId,
    /// When.
    pub received_at: Moment,
    /// The plate at the gate.
    pub plate: String,
    /// Who delivered.
    pub deliverer: Signature,
    /// Who received.
    pub receiver: Signature,
    /// Who wrote it down; none in receipts of before this was kept.
    #[serde(default)]
    pub by: Option<Who>,
    /// The wrong receipt in whose place it stands.
    #[serde(default)]
    pub corrects: Option<RecordId<Receipt>>,
    /// The facility that lent it, where no supplier delivered it.
    #[serde(default)]
    pub lender: Option<FacilityId>,
    /// The trip that brought it.
    #[serde(default)]
    pub trip: Option<RecordId<Trip>>,
    /// Why it no longer counts: another stands in its place.
    #[serde(default)]
    pub corrected: Option<Corrected>,
}

/// That a receipt was wrong, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Why.
    pub reason: String,
    /// Who corrected it: never who recorded it.
    pub by: Who,
    /// When.
    pub at: Moment,
    /// The receipt in its place.
    pub instead: RecordId<Receipt>,
}

/// One delivery note of one supplier exists once in the province.
pub fn receipt_code(supplier: Option<RecordId<Supplier>>, note: &str) -> String {
    let supplier = supplier.map_or_else(|| "-".to_owned(), |supplier| supplier.to_string());
    format!("{supplier} {}", note_key(note))
}

impl Record for Receipt {
    const KIND: &'static str = "oxygen_receipt";

    fn owner(&self) -> Option<Id> {
        Some(self.contract.map_or(self.facility.0, |contract| contract.0))
    }

    fn code(&self) -> Option<String> {
        // The number of a wrong one is that of the right one in its place.
        self.corrected.is_none().then(|| receipt_code(self.supplier, &self.note))
    }

    fn is_open(&self) -> bool {
        false
    }
}
