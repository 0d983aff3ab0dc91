//! Give lent oxygen back, in kind, whole or in parts.

use oxygen::Settings;
use quantity::{Moment, Unit};
use serde::Serialize;

use super::super::file_report::check_time;
use super::lend_oxygen::hand_over;
use super::{Refused, fillable, needed, read_amount, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Loan, Returned, Who};

/// A return.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnOxygen {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which loan.
    pub loan: RecordId<Loan>,
    /// How much, as typed.
    pub amount: String,
    /// The unit beside it; none refuses a bare number.
    pub unit: Option<Unit>,
    /// When; now if nobody says.
    pub at: Option<Moment>,
    /// Who signed for the borrower, then for the lender.
    pub signed: [String; 2],
}

impl Operation for ReturnOxygen {
    /// Whether the loan is settled.
    type Done = bool;
    const NAME: &'static str = "return_oxygen";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<bool> {
        let before = desk.record(self.loan)?;
        let mut loan = before.content.clone();
        let (borrower, into) = fillable(desk, loan.borrower, loan.into)?;
        let (lender, from) = fillable(desk, loan.lender, loan.from)?;
        let at = check_time(desk.now(), self.at)?;
        let settings: std::sync::Arc<Settings> = desk.registry().settings(&borrower, at.date())?;
        let typed = read_amount(&self.amount, self.unit)?;
        let (grams, _) = weigh(&into, &typed, &settings)?;
        if grams > loan.outstanding() {
            let outstanding = loan.outstanding();
            return Err(Failure::refused(Refused::MoreThanLent { back: grams, outstanding }));
        }
        let signed = [needed(&self.signed[0], "deliverer")?, needed(&self.signed[1], "receiver")?];
        hand_over(desk, [(into.id, borrower.id), (from.id, lender.id)], grams, &typed, at)?;
        loan.returned.push(Returned { grams, typed, at, signed, by: Who::of(desk.actor()) });
        let settled = loan.outstanding() == quantity::Grams::ZERO;
        desk.revise(&before, &loan)?;
        desk.about(self.loan.0);
        Ok(settled)
    }
}
