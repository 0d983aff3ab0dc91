//! Enter a time during which nothing is loaded or nothing comes in: Tết, a storm, a ferry, a road.

use place::{AreaCode, FacilityId};
use quantity::{Moment, Span};
use serde::Serialize;

use super::refused::Refused;
use crate::alarms::records::{Closure, ClosureWhy};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A closure longer than this is a slip of the date.
const LONGEST: Span = Span::days(60);

/// A closure.
#[derive(Debug, Serialize)]
pub struct CloseSupply {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// One facility only.
    pub facility: Option<FacilityId>,
    /// One area only.
    pub area: Option<AreaCode>,
    /// From.
    pub from: Moment,
    /// To.
    pub to: Moment,
    /// Why.
    pub why: ClosureWhy,
    /// In words.
    pub note: String,
}

impl Operation for CloseSupply {
    type Done = RecordId<Closure>;
    const NAME: &'static str = "close_supply";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Closure>> {
        match (self.facility, self.area) {
            (Some(facility), _) => desk.facility(facility).map(drop)?,
            (None, Some(area)) => {
                let registry = desk.registry();
                if !desk.actor().sees_area(&Some(area), &registry) {
                    return Err(Failure::NotFound);
                }
            }
            (None, None) => desk.whole_province()?,
        }
        if self.to <= self.from || self.to - self.from > LONGEST {
            return Err(Failure::refused(Refused::EndsBeforeItBegins));
        }
        desk.mention("why", self.why.code());
        desk.open_record(&Closure {
            facility: self.facility,
            area: self.area,
            from: self.from,
            to: self.to,
            why: self.why,
            note: self.note.trim().chars().take(200).collect(),
            closed: false,
        })
    }
}

/// A closure that is taken back.
#[derive(Debug, Serialize)]
pub struct WithdrawClosure {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub closure: RecordId<Closure>,
}

impl Operation for WithdrawClosure {
    type Done = ();
    const NAME: &'static str = "withdraw_closure";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let kept = desk.record(self.closure)?;
        desk.about(self.closure.0);
        desk.revise(&kept, &Closure { closed: true, ..kept.content.clone() })
    }
}
