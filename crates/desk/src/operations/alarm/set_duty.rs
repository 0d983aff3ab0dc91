//! Enter a shift on the duty roster, or take one back.

use place::body::{Body, PostKind};
use quantity::{Moment, Span};
use serde::Serialize;

use super::refused::{Refused, is_phone};
use crate::alarms::escalate::addressee;
use crate::alarms::records::{DutyPerson, DutyShift, Skipped};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{self, RecordId};
use crate::rights::Capability;

/// A shift longer than this is a slip of the date.
const LONGEST: Span = Span::days(7);

/// A shift.
#[derive(Debug, Serialize)]
pub struct SetDuty {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Begins.
    pub from: Moment,
    /// Ends.
    pub to: Moment,
    /// On duty.
    pub duty: DutyPerson,
    /// Stands in.
    pub deputy: Option<DutyPerson>,
}

impl Operation for SetDuty {
    type Done = RecordId<DutyShift>;
    const NAME: &'static str = "set_duty";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<DutyShift>> {
        desk.whole_province()?;
        if self.to <= self.from || self.to - self.from > LONGEST {
            return Err(Failure::refused(Refused::EndsBeforeItBegins));
        }
        let duty = checked(desk, self.duty, self.from)?;
        let deputy = self.deputy.map(|deputy| checked(desk, deputy, self.from)).transpose()?;
        let province = desk.actor().province;
        let others = record::open::<DutyShift>(desk.transaction(), province)?;
        let overlap = others.iter().find(|other| other.content.from < self.to && self.from < other.content.to);
        if let Some(other) = overlap {
            let (who, from, to) = (other.content.duty.name.clone(), other.content.from, other.content.to);
            return Err(Failure::refused(Refused::Overlaps { who, from, to }));
        }
        desk.open_record(&DutyShift { from: self.from, to: self.to, duty, deputy, closed: false })
    }
}

/// Name and phone can be used, and the person has not left; the post's own name and phone stand where
/// nothing was typed.
fn checked(desk: &Desk<'_, '_>, person: DutyPerson, from: Moment) -> Outcome<DutyPerson> {
    let registry = desk.registry();
    let post = person.person.and_then(|id| {
        let kinds =
            [PostKind::DutyOfficer, PostKind::Head, PostKind::Deputy, PostKind::FocalOfficer, PostKind::FocalDeputy];
        let held = |body, kind| registry.roster().holders(body, kind, from).into_iter().find(|post| post.person == id);
        let of_body = |body: &Body| kinds.into_iter().find_map(|kind| held(body.id, kind));
        registry.bodies().iter().find_map(of_body).cloned()
    });
    let kept = |text: String| Some(text.trim().chars().take(120).collect::<String>()).filter(|text| !text.is_empty());
    let name = kept(person.name).or_else(|| post.as_ref().map(|post| post.name.clone()));
    let Some(name) = name else { return Err(Failure::refused(Refused::NobodyNamed)) };
    let phone = person.phone.and_then(kept).or_else(|| post.and_then(|post| post.phone));
    if let Some(phone) = phone.as_ref().filter(|phone| !is_phone(phone)) {
        return Err(Failure::refused(Refused::Phone { phone: phone.clone() }));
    }
    let person = DutyPerson { name, phone, email: person.email.and_then(kept), person: person.person };
    match addressee(&registry, &person, from).skipped {
        Some(Skipped::Left | Skipped::Absent) => Err(Failure::refused(Refused::CannotServe { who: person.name })),
        Some(Skipped::NoPhone) => Err(Failure::refused(Refused::Phone { phone: String::new() })),
        _ => Ok(person),
    }
}

/// A shift that is taken back.
#[derive(Debug, Serialize)]
pub struct WithdrawDuty {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub shift: RecordId<DutyShift>,
}

impl Operation for WithdrawDuty {
    type Done = ();
    const NAME: &'static str = "withdraw_duty";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        desk.whole_province()?;
        let kept = desk.record(self.shift)?;
        desk.about(self.shift.0);
        desk.revise(&kept, &DutyShift { closed: true, ..kept.content.clone() })
    }
}
