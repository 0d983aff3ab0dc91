//! What was done to a contract after it was entered, and why.

use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::{Contract, Who};
use crate::record::{Record, RecordId};

/// A change of a contract's terms, or its end. What it said before stays as an earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractStep {
    /// Of which contract.
    pub contract: RecordId<Contract>,
    /// The version that it wrote.
    pub version: i64,
    /// Whether it ended the contract.
    pub ended: bool,
    /// Why: the annex, the letter of termination.
    pub reason: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
}

impl Record for ContractStep {
    const KIND: &'static str = "contract_step";

    fn owner(&self) -> Option<Id> {
        Some(self.contract.0)
    }

    fn is_open(&self) -> bool {
        false
    }
}
