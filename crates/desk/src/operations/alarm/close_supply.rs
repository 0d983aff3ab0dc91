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
        check_place(desk, self.facility, self.area)?;
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

/// That a place lies in the actor's scope.
fn check_place(desk: &Desk<'_, '_>, facility: Option<FacilityId>, area: Option<AreaCode>) -> Outcome<()> {
    match (facility, area) {
        (Some(facility), _) => desk.facility(facility).map(drop),
        (None, Some(area)) => {
            let seen = desk.actor().sees_area(&Some(area), &desk.registry());
            if seen { Ok(()) } else { Err(Failure::NotFound) }
        }
        (None, None) => desk.whole_province(),
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
        let kept = desk.record(self.closure)?;
        // Whoever may enter one for a place may take it back: the desk of an area its own.
        check_place(desk, kept.content.facility, kept.content.area)?;
        desk.about(self.closure.0);
        desk.revise(&kept, &Closure { closed: true, ..kept.content.clone() })
    }
}
