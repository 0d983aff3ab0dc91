//! Enter a supplier's invoice of a month, to be laid beside what was received (OX14).

use jiff::civil::Date;
use oxygen::supply::read_lines;
use place::FacilityId;
use quantity::{Grams, Unit};
use serde::Serialize;

use super::{Refused, needed, read_amount};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;
use crate::supply::{Invoice, Settlement, Supplier, Who};

/// An invoice as it stands on paper.
#[derive(Debug, Clone, Serialize)]
pub struct RecordInvoice {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// To whom.
    pub facility: FacilityId,
    /// From whom.
    pub supplier: RecordId<Supplier>,
    /// Any day of the month it is for.
    pub month: Date,
    /// Its number.
    pub number: String,
    /// How much it says, in kilograms unless another unit is typed.
    pub amount: String,
    /// What it costs, in đồng.
    pub dong: i64,
    /// Its deliveries, «số phiếu; kg» a line; may be empty.
    pub lines: String,
}

impl Operation for RecordInvoice {
    type Done = RecordId<Invoice>;
    const NAME: &'static str = "record_invoice";
    const NEEDS: Capability = Capability::AskSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Invoice>> {
        let facility = desk.facility(self.facility)?;
        desk.record(self.supplier)?;
        let settings = desk.registry().settings(&facility, desk.now().date())?;
        let typed = read_amount(&self.amount, Some(Unit::Kilogram))?;
        let grams = typed.grams(settings.assumed).map_err(|problem| Failure::refused(Refused::Figure(problem)))?;
        if grams <= Grams::ZERO || self.dong <= 0 {
            return Err(Failure::refused(Refused::NotPositive));
        }
        let lines = read_lines(&self.lines).map_err(|problem| Failure::refused(Refused::Line(problem)))?;
        let sum: Grams = lines.iter().map(|line| line.grams).sum();
        // Rounding of each line to the kilogram may not stop anybody.
        let slack = Grams::from_kg(i64::try_from(lines.len()).unwrap_or(i64::MAX).min(1_000));
        if !lines.is_empty() && (sum - grams).abs() > slack {
            return Err(Failure::refused(Refused::SumDiffers { lines: sum, total: grams }));
        }
        let invoice = Invoice {
            number: needed(&self.number, "number")?,
            supplier: self.supplier,
            facility: facility.id,
            month: self.month.first_of_month(),
            grams,
            dong: self.dong,
            lines,
            settlement: Settlement::Open,
            remark: String::new(),
            by: Who::of(desk.actor()),
            at: desk.now(),
            settled_by: None,
        };
        let code = invoice.code().unwrap_or_default();
        if desk.record_of_code::<Invoice>(&code)?.is_some() {
            return Err(Failure::refused(Refused::NameTaken { name: invoice.number }));
        }
        let id = desk.open_record(&invoice)?;
        desk.about(id.0);
        Ok(id)
    }
}
