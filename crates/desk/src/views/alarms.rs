//! *Cảnh báo*: what is open, who was told, whom to call, what changed since one last looked; and whose
//! screen on the wall may see it (OX11, OX16, PR04).

use std::collections::HashMap;

use place::BodyId;
use place::body::PostKind;
use quantity::Moment;
use store::Connection;

use crate::actor::Actor;
use crate::alarms::records::{Alarm, Call, Display, Message, MessageState, Seen};
use crate::door::digest_of;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::views::running_out::area_of;

/// Calls and messages that a page looks back at.
pub(super) const RECENT: i64 = 200;
/// Alarms that are looked through for what changed.
const CHANGED: i64 = 100;

/// Somebody of a facility who can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// As what.
    pub post: PostKind,
    /// Name.
    pub name: String,
    /// Number.
    pub phone: String,
}

/// One open alarm.
#[derive(Debug, Clone)]
pub struct AlarmLine {
    /// The record.
    pub kept: Kept<Alarm>,
    /// The facility's name; empty for the province.
    pub name: String,
    /// Where.
    pub area: String,
    /// Whom to call there.
    pub contacts: Vec<Contact>,
    /// Calls about it, newest first.
    pub calls: Vec<Kept<Call>>,
    /// Invented.
    pub simulated: bool,
}

/// What changed since somebody's visit before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// His visit before.
    pub since: Moment,
    /// Alarms opened since.
    pub opened: usize,
    /// Alarms that ended since.
    pub cleared: usize,
}

/// The open alarms of what an actor may see, worst first.
#[derive(Debug, Clone)]
pub struct Alarms {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// Worst first.
    pub lines: Vec<AlarmLine>,
    /// Since the visit before.
    pub changed: Option<Changed>,
    /// Messages that did not go out, of open alarms, newest first.
    pub unsent: Vec<Kept<Message>>,
    /// Whether an SMS gateway is configured.
    pub sends_sms: bool,
}

fn may_see(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::SeeOxygen) { Ok(()) } else { Err(Failure::Forbidden(Capability::SeeOxygen)) }
}

pub(super) fn may_see_all(actor: &Actor) -> Outcome<()> {
    may_see(actor)?;
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

fn sees(actor: &Actor, registry: &Registry, alarm: &Alarm) -> bool {
    match alarm.facility {
        None => actor.sees_all(),
        Some(facility) => registry.facility(facility).is_some_and(|facility| actor.sees(facility, registry)),
    }
}

/// The open alarms.
pub fn alarms(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Alarms> {
    may_see(actor)?;
    let province = actor.province;
    let registry = office.registry(connection, province)?;
    let at = office.now(connection)?;
    let mut calls: HashMap<quantity::Id, Vec<Kept<Call>>> = HashMap::new();
    for call in record::newest::<Call>(connection, province, RECENT)? {
        calls.entry(call.content.alarm).or_default().push(call);
    }
    let open = record::open::<Alarm>(connection, province)?;
    let mut lines: Vec<AlarmLine> = open
        .into_iter()
        .filter(|kept| sees(actor, &registry, &kept.content))
        .map(|kept| {
            let facility = kept.content.facility.and_then(|facility| registry.facility(facility));
            AlarmLine {
                name: facility.map_or_else(String::new, |facility| facility.body.name.clone()),
                area: facility.map_or_else(String::new, |facility| area_of(&registry, facility, at)),
                contacts: facility.map_or_else(Vec::new, |facility| contacts(&registry, facility, at)),
                calls: calls.remove(&kept.id.0).unwrap_or_default(),
                simulated: facility.is_some_and(|facility| facility.simulated),
                kept,
            }
        })
        .collect();
    lines.sort_by_key(|line| {
        let alarm = &line.kept.content;
        (alarm.severity, alarm.kind, alarm.act_by.unwrap_or(Moment::from_micros(i64::MAX)))
    });
    let unsent = record::newest::<Message>(connection, province, RECENT)?
        .into_iter()
        .filter(|kept| !matches!(kept.content.state, MessageState::Sent))
        .filter(|kept| actor.sees_all() && lines.iter().any(|line| line.kept.id.0 == kept.content.alarm))
        .collect();
    Ok(Alarms {
        at,
        changed: changed(connection, actor, &registry)?,
        lines,
        unsent,
        sends_sms: office.gateways().sms.is_some(),
    })
}

/// How many alarms are open for an actor.
pub fn count(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<usize> {
    if !actor.may(Capability::SeeOxygen) {
        return Ok(0);
    }
    let registry = office.registry(connection, actor.province)?;
    let open = record::open::<Alarm>(connection, actor.province)?;
    Ok(open.iter().filter(|kept| sees(actor, &registry, &kept.content)).count())
}

/// What changed since the visit before; nothing at the first.
pub fn changed(connection: &mut Connection, actor: &Actor, registry: &Registry) -> Outcome<Option<Changed>> {
    // The past has no visits of its own.
    let Some(user) = actor.user.filter(|_| connection.lens().is_none()) else { return Ok(None) };
    let seen = record::of_owner::<Seen>(connection, actor.province, user.0, 1)?;
    let Some(seen) = seen.first().filter(|kept| kept.content.before < kept.content.last) else { return Ok(None) };
    let since = seen.content.before;
    let newest = record::newest::<Alarm>(connection, actor.province, CHANGED)?;
    let visible: Vec<&Alarm> =
        newest.iter().map(|kept| &kept.content).filter(|alarm| sees(actor, registry, alarm)).collect();
    let opened = visible.iter().filter(|alarm| alarm.since > since && alarm.cleared_at.is_none()).count();
    let cleared = visible.iter().filter(|alarm| alarm.cleared_at.is_some_and(|at| at > since)).count();
    Ok(Some(Changed { since, opened, cleared }))
}

/// Who of a facility can be called: duty phone, oxygen officer, his deputy, head; each once.
fn contacts(registry: &Registry, facility: &Facility, at: Moment) -> Vec<Contact> {
    let body = BodyId::from(facility.id);
    let kinds = [PostKind::DutyOfficer, PostKind::FocalOfficer, PostKind::FocalDeputy, PostKind::Head];
    let mut found: Vec<Contact> = Vec::new();
    for kind in kinds {
        let Some(post) = registry.roster().whom(body, kind, at).map(|one| one.post()) else { continue };
        let Some(phone) = post.phone.clone() else { continue };
        if !found.iter().any(|known| known.phone == phone) {
            found.push(Contact { post: post.kind, name: post.name.clone(), phone });
        }
    }
    found
}

/// The province of a display's token, when it is allowed: `3.0a1b…`, the number of the province and a
/// secret.
pub fn display(connection: &mut Connection, token: &str) -> Outcome<Option<place::ProvinceId>> {
    let Some((province, secret)) = token.split_once('.') else { return Ok(None) };
    let Ok(number) = province.parse::<i64>() else { return Ok(None) };
    let province = place::ProvinceId::new(number);
    let found = record::of_code::<Display>(connection, province, &digest_of(secret))?;
    Ok(found.filter(|kept| !kept.content.withdrawn).map(|_| province))
}

/// Whether a look now would be a visit of its own, and not the same one going on.
pub fn is_new_visit(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<bool> {
    let Some(user) = actor.user.filter(|_| actor.may(Capability::SeeOxygen)) else { return Ok(false) };
    let now = office.now(connection)?;
    let seen = record::of_owner::<Seen>(connection, actor.province, user.0, 1)?;
    Ok(seen.first().is_none_or(|kept| now - kept.content.last >= crate::operations::alarm::look_in::VISIT))
}
