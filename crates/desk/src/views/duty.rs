//! *Trực và giao ban*: who is on duty, the roster with its gaps, what a handover is made of (OX11).

use place::PersonId;
use place::body::PostKind;
use quantity::{Moment, Span};
use store::Connection;

use super::alarms::{AlarmLine, RECENT, alarms, may_see_all};
use crate::actor::Actor;
use crate::alarms::escalate::{Addressee, OnDuty, addressee, desk_bodies, on_duty};
use crate::alarms::records::{Call, Display, DutyShift, Handover};
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::Registry;
use crate::views::supply::requests::{RequestLine, requests};

/// A shift of the roster, or the gap between two.
#[derive(Debug, Clone)]
pub enum RosterLine {
    /// A shift, and whether its people can take it.
    Shift(Box<Kept<DutyShift>>, Addressee, Option<Addressee>),
    /// Nobody from one moment to another.
    Gap(Moment, Moment),
}

/// Somebody who can be put on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Number of his post.
    pub phone: Option<String>,
}

/// The duty page.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The moment.
    pub at: Moment,
    /// Who is on duty now.
    pub now: OnDuty,
    /// The shifts of the coming week and the gaps between them.
    pub roster: Vec<RosterLine>,
    /// Who can be put on it.
    pub candidates: Vec<Candidate>,
    /// Notes, newest first.
    pub handovers: Vec<Kept<Handover>>,
    /// Calls of this shift, newest first, with the facility's name.
    pub calls: Vec<(Kept<Call>, String)>,
    /// Alarms open now.
    pub alarms: Vec<AlarmLine>,
    /// Screens on walls.
    pub displays: Vec<Kept<Display>>,
    /// Requests for oxygen under way, the most urgent first.
    pub requests: Vec<RequestLine>,
}

/// How far ahead the roster is looked at.
pub const ROSTER_AHEAD: Span = Span::days(3);
/// Calls and notes of so long belong to a handover.
const SHIFT: Span = Span::hours(12);

/// The roster, who is on now, and what a handover is made of.
pub fn duty(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Duty> {
    may_see_all(actor)?;
    let province = actor.province;
    let registry = office.registry(connection, province)?;
    let at = office.now(connection)?;
    let shifts = record::open::<DutyShift>(connection, province)?;
    let calls = record::newest::<Call>(connection, province, RECENT)?
        .into_iter()
        .filter(|kept| at - kept.content.at <= SHIFT && kept.content.at <= at)
        // What a hidden facility said on the telephone is hidden with it.
        .filter(|kept| {
            let seen = |id| registry.facility(id).is_some_and(|facility| actor.sees(facility, &registry));
            kept.content.facility.is_none_or(seen)
        })
        .map(|kept| {
            let facility = kept.content.facility.and_then(|facility| registry.facility(facility));
            let name = facility.map_or_else(String::new, |facility| facility.body.name.clone());
            (kept, name)
        })
        .collect();
    Ok(Duty {
        at,
        now: on_duty(&registry, &shifts, at),
        roster: roster(&registry, shifts, at),
        candidates: candidates(&registry, at),
        handovers: record::newest(connection, province, 10)?,
        calls,
        alarms: alarms(office, connection, actor)?.lines,
        requests: requests(office, connection, actor)?.open,
        displays: record::open(connection, province)?,
    })
}

fn roster(registry: &Registry, mut shifts: Vec<Kept<DutyShift>>, at: Moment) -> Vec<RosterLine> {
    let until = at + ROSTER_AHEAD;
    shifts.retain(|kept| kept.content.to > at);
    shifts.sort_by_key(|kept| kept.content.from);
    let mut lines = Vec::new();
    let mut covered = at;
    for kept in shifts {
        let (from, to) = (kept.content.from, kept.content.to);
        if from > covered {
            lines.push(RosterLine::Gap(covered, from));
        }
        covered = covered.max(to);
        let when = from.max(at);
        let duty = addressee(registry, &kept.content.duty, when);
        let deputy = kept.content.deputy.as_ref().map(|deputy| addressee(registry, deputy, when));
        lines.push(RosterLine::Shift(Box::new(kept), duty, deputy));
    }
    if covered < until {
        lines.push(RosterLine::Gap(covered, until));
    }
    lines
}

fn candidates(registry: &Registry, at: Moment) -> Vec<Candidate> {
    let kinds =
        [PostKind::DutyOfficer, PostKind::Deputy, PostKind::Head, PostKind::FocalOfficer, PostKind::FocalDeputy];
    let mut found: Vec<Candidate> = Vec::new();
    for body in desk_bodies(registry) {
        for post in kinds.iter().flat_map(|kind| registry.roster().holders(body, *kind, at)) {
            if !found.iter().any(|known| known.person == post.person) {
                let (name, phone) = (post.name.clone(), post.phone.clone());
                found.push(Candidate { person: post.person, name, phone });
            }
        }
    }
    found
}
