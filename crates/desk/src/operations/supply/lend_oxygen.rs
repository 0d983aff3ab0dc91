//! Lend oxygen from one hospital to another: a handover record that moves both ledgers.

use jiff::civil::Date;
use oxygen::{MovementKind, Source, StoreId};
use place::{BodyId, FacilityId};
use quantity::{Grams, Moment, Typed, Unit};
use serde::Serialize;

use super::super::file_report::check_time;
use super::super::record_movement::RecordMovement;
use super::{Refused, fillable, needed, next_number, read_amount, weigh};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Loan, Who};

/// A handover.
#[derive(Debug, Clone, Serialize)]
pub struct LendOxygen {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Who lends.
    pub lender: FacilityId,
    /// From which store.
    pub from: StoreId,
    /// Who borrows.
    pub borrower: FacilityId,
    /// Into which store.
    pub into: StoreId,
    /// How much, as typed.
    pub amount: String,
    /// The unit beside it; none refuses a bare number.
    pub unit: Option<Unit>,
    /// When; now if nobody says.
    pub at: Option<Moment>,
    /// Last day to give it back.
    pub due: Date,
    /// Who signed for the lender, then for the borrower.
    pub signed: [String; 2],
}

impl Operation for LendOxygen {
    type Done = RecordId<Loan>;
    const NAME: &'static str = "lend_oxygen";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Loan>> {
        let (lender, from) = fillable(desk, self.lender, self.from)?;
        let (borrower, into) = fillable(desk, self.borrower, self.into)?;
        if lender.id == borrower.id {
            return Err(Failure::refused(Refused::SameFacility));
        }
        let at = check_time(desk.now(), self.at)?;
        let settings = desk.registry().settings(&lender, at.date())?;
        let typed = read_amount(&self.amount, self.unit)?;
        let (grams, _) = weigh(&from, &typed, &settings)?;
        let signed = [needed(&self.signed[0], "deliverer")?, needed(&self.signed[1], "receiver")?];
        hand_over(desk, [(from.id, lender.id), (into.id, borrower.id)], grams, &typed, at)?;
        let number = next_number::<Loan>(desk, |loan| loan.number)?;
        let loan = desk.open_record(&Loan {
            number,
            lender: lender.id,
            from: from.id,
            borrower: borrower.id,
            into: into.id,
            typed,
            grams,
            at,
            due: self.due,
            signed,
            by: Who::of(desk.actor()),
            returned: Vec::new(),
        })?;
        desk.about(loan.0);
        Ok(loan)
    }
}

/// Moves oxygen from one store to another: out of the first ledger and into the second, in one transaction. Both are
/// written in kilograms, because the stores may be counted in different vessels.
pub(super) fn hand_over(
    desk: &mut Desk<'_, '_>,
    [from, into]: [(StoreId, FacilityId); 2],
    grams: Grams,
    typed: &Typed,
    at: Moment,
) -> Outcome<()> {
    let in_kilograms = Typed { text: typed.text.clone(), ..Typed::measured(grams.as_kg(), Unit::Kilogram) };
    let sides = [(MovementKind::HandedOver, from, into), (MovementKind::TakenOver, into, from)];
    for (kind, (store, _), (_, other)) in sides {
        let movement = RecordMovement {
            key: None,
            store,
            kind,
            happened_at: at,
            typed: in_kilograms.clone(),
            cylinders: None,
            counterpart: Some(BodyId::from(other)),
            source: Source::Form,
        };
        movement.run(desk)?;
    }
    Ok(())
}
