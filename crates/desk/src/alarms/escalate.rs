//! Who is told of an alarm, and when the next one is. Pure.

use place::BodyId;
use place::body::{BodyKind, PostKind};
use quantity::{Moment, Span};

use super::records::{Alarm, DutyPerson, DutyShift, Skipped, Step, Telling};
use crate::record::Kept;
use crate::registry::Registry;

/// Somebody to be told, and whether he can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Who.
    pub person: DutyPerson,
    /// Why he cannot.
    pub skipped: Option<Skipped>,
}

/// Who is on duty at a moment: duty officer, deputy, head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OnDuty {
    /// Duty officer of the shift.
    pub duty: Option<Addressee>,
    /// His deputy.
    pub deputy: Option<Addressee>,
    /// Head of the desk's body.
    pub head: Option<Addressee>,
    /// When the shift ends.
    pub until: Option<Moment>,
}

impl OnDuty {
    /// Whether the duty officer or his deputy can be told.
    pub fn is_manned(&self) -> bool {
        [&self.duty, &self.deputy].into_iter().flatten().any(|one| one.skipped.is_none())
    }

    /// Whoever a step concerns.
    pub const fn of(&self, step: Step) -> Option<&Addressee> {
        match step {
            Step::Duty => self.duty.as_ref(),
            Step::Deputy => self.deputy.as_ref(),
            Step::Head => self.head.as_ref(),
        }
    }
}

/// The bodies whose people keep the desk: the coordination unit, then the health department.
pub fn desk_bodies(registry: &Registry) -> Vec<BodyId> {
    let kinds = [BodyKind::OxygenCoordinationUnit, BodyKind::HealthDepartment];
    kinds.into_iter().filter_map(|kind| registry.body_of_kind(kind)).map(|body| body.id).collect()
}

/// Who is on duty. Where no shift at all is kept, the standing duty post counts; where shifts are
/// kept, a gap is a gap.
pub fn on_duty(registry: &Registry, shifts: &[Kept<DutyShift>], at: Moment) -> OnDuty {
    let bodies = desk_bodies(registry);
    let post = |kind| {
        let found = bodies.iter().find_map(|body| registry.roster().whom(*body, kind, at)).map(|one| one.post());
        found.map(|post| {
            let (name, phone) = (post.name.clone(), post.phone.clone());
            addressee(registry, &DutyPerson { name, phone, email: None, person: Some(post.person) }, at)
        })
    };
    let head = post(PostKind::Head);
    if let Some(shift) = shifts.iter().find(|kept| kept.content.from <= at && at < kept.content.to) {
        let shift = &shift.content;
        return OnDuty {
            duty: Some(addressee(registry, &shift.duty, at)),
            deputy: shift.deputy.as_ref().map(|deputy| addressee(registry, deputy, at)),
            head,
            until: Some(shift.to),
        };
    }
    if shifts.is_empty() {
        return OnDuty { duty: post(PostKind::DutyOfficer), deputy: post(PostKind::Deputy), head, until: None };
    }
    OnDuty { head, ..OnDuty::default() }
}

/// Whether somebody of the roster can be told at a moment. Who holds no post any more has left.
pub fn addressee(registry: &Registry, person: &DutyPerson, at: Moment) -> Addressee {
    let left = |id| {
        let kinds =
            [PostKind::Head, PostKind::Deputy, PostKind::FocalOfficer, PostKind::FocalDeputy, PostKind::DutyOfficer];
        let holds = |body: BodyId| {
            kinds.into_iter().any(|kind| registry.roster().holders(body, kind, at).iter().any(|post| post.person == id))
        };
        !registry.bodies().iter().any(|body| holds(body.id))
    };
    let skipped = match person.person {
        Some(id) if registry.roster().is_absent(id, at) => Some(Skipped::Absent),
        Some(id) if left(id) => Some(Skipped::Left),
        _ if person.phone.is_none() && person.email.is_none() => Some(Skipped::NoPhone),
        _ => None,
    };
    Addressee { person: person.clone(), skipped }
}

/// The steps that are due: the first at once, each next after a pause without an answer. Who cannot be
/// told is passed over at once, and it is said so.
pub fn due_steps(alarm: &Alarm, on_duty: &OnDuty, now: Moment, pause: Span) -> Vec<Telling> {
    if !alarm.severity.wakes() || alarm.acknowledged.is_some() || !alarm_is_open(alarm) {
        return Vec::new();
    }
    let of_this_time: Vec<&Telling> = alarm.told.iter().filter(|told| told.at >= alarm.raised_at).collect();
    let mut waits_since = of_this_time.iter().rfind(|told| told.skipped.is_none()).map(|told| told.at);
    let mut due = Vec::new();
    for step in Step::ALL {
        if of_this_time.iter().any(|told| told.step == step) {
            continue;
        }
        if waits_since.is_some_and(|since| now - since < pause) {
            break;
        }
        let to = on_duty.of(step);
        let skipped = to.map_or(Some(Skipped::Nobody), |one| one.skipped);
        let name = to.map_or_else(String::new, |one| one.person.name.clone());
        due.push(Telling { step, name, at: now, skipped });
        if skipped.is_none() {
            waits_since = Some(now);
        }
    }
    due
}

const fn alarm_is_open(alarm: &Alarm) -> bool {
    alarm.cleared_at.is_none()
}
