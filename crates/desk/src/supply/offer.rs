//! What a supplier says that he can give on a day (OX13): it stands in the place of his usual output.

use jiff::civil::Date;
use quantity::{Grams, Id, Moment, Typed};
use serde::{Deserialize, Serialize};

use super::{Product, Supplier, Who};
use crate::record::{Record, RecordId};

/// What can be had of a supplier on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Of whom.
    pub supplier: RecordId<Supplier>,
    /// Of what.
    pub product: Product,
    /// On which day.
    pub day: Date,
    /// As typed.
    pub typed: Typed,
    /// How much in all, what is ordered already included.
    pub grams: Grams,
    /// Who said it.
    pub said_by: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
}

/// One offer of a supplier for a product and a day.
pub fn offer_code(supplier: RecordId<Supplier>, product: Product, day: Date) -> String {
    format!("{supplier} {} {day}", product.code())
}

impl Record for Offer {
    const KIND: &'static str = "supplier_offer";

    fn owner(&self) -> Option<Id> {
        Some(self.supplier.0)
    }

    fn code(&self) -> Option<String> {
        Some(offer_code(self.supplier, self.product, self.day))
    }
}
