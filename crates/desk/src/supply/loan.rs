//! Oxygen lent from one hospital to another: a handover record, returned in kind.

use jiff::civil::Date;
use oxygen::StoreId;
use place::FacilityId;
use quantity::{Grams, Id, Moment, Typed};
use serde::{Deserialize, Serialize};

use super::Who;
use crate::record::Record;

/// A part that was given back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// How much.
    pub grams: Grams,
    /// As typed.
    pub typed: Typed,
    /// When.
    pub at: Moment,
    /// Who signed for the borrower, then for the lender.
    pub signed: [String; 2],
    /// Who wrote it down.
    pub by: Who,
}

/// A loan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loan {
    /// Number of the handover record.
    pub number: u32,
    /// Who lends.
    pub lender: FacilityId,
    /// From which store.
    pub from: StoreId,
    /// Who borrows.
    pub borrower: FacilityId,
    /// Into which store.
    pub into: StoreId,
    /// As typed.
    pub typed: Typed,
    /// How much.
    pub grams: Grams,
    /// When it was handed over.
    pub at: Moment,
    /// Last day to give it back.
    pub due: Date,
    /// Who signed for the lender, then for the borrower.
    pub signed: [String; 2],
    /// Who wrote it down.
    pub by: Who,
    /// Given back so far.
    pub returned: Vec<Returned>,
}

impl Loan {
    /// Lent and not given back; never negative.
    pub fn outstanding(&self) -> Grams {
        let back: Grams = self.returned.iter().map(|part| part.grams).sum();
        (self.grams - back).max(Grams::ZERO)
    }
}

impl Record for Loan {
    const KIND: &'static str = "oxygen_loan";

    fn owner(&self) -> Option<Id> {
        Some(self.borrower.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.number.to_string())
    }

    fn due_at(&self) -> Option<Moment> {
        let after = self.due.tomorrow().ok()?;
        self.is_open().then(|| Moment::start_of(after))
    }

    fn is_open(&self) -> bool {
        self.outstanding() > Grams::ZERO
    }
}
