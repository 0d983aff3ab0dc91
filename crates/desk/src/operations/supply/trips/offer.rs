//! Write down what a supplier says that he can give on a day (OX13). Said again, the newer word stands.

use jiff::civil::Date;
use quantity::{Grams, Unit};
use serde::Serialize;

use super::super::{Refused as SupplyRefused, needed, read_amount};
use super::{Through, link};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{LinkTo, Offer, Product, Supplier, Who, offer_code};

/// What can be had.
#[derive(Debug, Clone, Serialize)]
pub struct TellOffer {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Of whom.
    pub supplier: RecordId<Supplier>,
    /// Of what.
    pub product: Product,
    /// On which day.
    pub day: Date,
    /// How much in all, as typed; kilograms unless another unit stands behind it.
    pub amount: String,
    /// Who said it.
    pub said_by: String,
}

impl Operation for TellOffer {
    type Done = RecordId<Offer>;
    const NAME: &'static str = "tell_offer";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Offer>> {
        match self.through {
            None if desk.actor().may(Capability::KeepSupply) => desk.whole_province()?,
            None => return Err(Failure::NotFound),
            Some(id) => {
                let link = desk.record(id)?.content;
                link::check_open(&link, desk.real_now())?;
                if link.to != LinkTo::Supplier(self.supplier) {
                    return Err(Failure::NotFound);
                }
            }
        }
        desk.record(self.supplier)?;
        let typed = read_amount(&self.amount, Some(Unit::Kilogram))?;
        let grams = typed.grams(None).map_err(|problem| Failure::refused(SupplyRefused::Figure(problem)))?;
        if grams < Grams::ZERO {
            return Err(Failure::refused(SupplyRefused::NotPositive));
        }
        let before = desk.record_of_code::<Offer>(&offer_code(self.supplier, self.product, self.day))?;
        let offer = Offer {
            supplier: self.supplier,
            product: self.product,
            day: self.day,
            typed,
            grams,
            said_by: needed(&self.said_by, "said_by")?,
            by: Who::of(desk.actor()),
            at: desk.now(),
        };
        let id = desk.keep_record(before.as_ref(), &offer)?;
        desk.about(id.0);
        Ok(id)
    }
}
