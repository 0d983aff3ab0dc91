//! *Cảnh báo*, *Trực và giao ban*, the storm list and the wall: what is open, who is told, who is on
//! duty, what changed since one last looked (OX11, OX16, PR04).

use std::collections::HashMap;

use oxygen::alarm::{AlarmKind, BeforeStorm, TopUp, top_up};
use place::body::PostKind;
use place::{BodyId, FacilityId, PersonId};
use quantity::{Grams, Moment, Span};
use store::Connection;

use crate::actor::Actor;
use crate::alarms::escalate::{Addressee, OnDuty, addressee, desk_bodies, on_duty};
use crate::alarms::records::{
    Alarm, Call, Closure, ClosureWhy, Display, DutyPerson, DutyShift, Handover, Message, RefillTerms, Seen,
};
use crate::alarms::watch::{Refills, concerns};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use crate::views::running_out::{Past, area_of, running_out};

/// Calls and messages that a page looks back at.
const RECENT: i64 = 200;
/// Alarms that are looked through for what changed.
const CHANGED: i64 = 500;

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

fn may_see_all(actor: &Actor) -> Outcome<()> {
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
        .filter(|kept| !matches!(kept.content.state, crate::alarms::records::MessageState::Sent))
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
    let Some(user) = actor.user else { return Ok(None) };
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
    let kinds = [PostKind::DutyOfficer, PostKind::Deputy, PostKind::Head, PostKind::FocalOfficer, PostKind::FocalDeputy];
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

/// The person of a candidate as the roster keeps him.
pub fn of_candidate(candidate: &Candidate) -> DutyPerson {
    let (name, phone) = (candidate.name.clone(), candidate.phone.clone());
    DutyPerson { name, phone, email: None, person: Some(candidate.person) }
}

/// One facility with the terms of its refill.
#[derive(Debug, Clone)]
pub struct RefillLine {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Its terms, where somebody entered them.
    pub terms: Option<RefillTerms>,
    /// When oxygen that is called for now would arrive.
    pub arrives: Option<Moment>,
}

/// Terms of refill and closures.
#[derive(Debug, Clone)]
pub struct RefillPage {
    /// The moment.
    pub at: Moment,
    /// In Vietnamese order.
    pub lines: Vec<RefillLine>,
    /// In force or to come, soonest first, with the name of where.
    pub closures: Vec<(Kept<Closure>, String)>,
}

/// When each facility could be refilled.
pub fn refills(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<RefillPage> {
    may_see_all(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let refills = Refills::load(connection, &registry, at)?;
    let lines = registry.facilities().iter().filter(|facility| facility.body.valid_on(at.date())).map(|facility| RefillLine {
        facility: facility.id,
        name: facility.body.name.clone(),
        terms: refills.entered(facility.id).cloned(),
        arrives: refills.calendar(facility, &registry, at).arrives(at),
    });
    let lines = lines.collect();
    let mut closures: Vec<(Kept<Closure>, String)> = refills
        .closures()
        .iter()
        .filter(|kept| kept.content.to > at)
        .map(|kept| (kept.clone(), place_of(&kept.content, &registry, at)))
        .collect();
    closures.sort_by_key(|(kept, _)| kept.content.from);
    Ok(RefillPage { at, lines, closures })
}

/// Where a closure holds; empty for the whole province.
fn place_of(closure: &Closure, registry: &Registry, at: Moment) -> String {
    match (closure.facility, closure.area) {
        (Some(facility), _) => registry.facility(facility).map_or_else(String::new, |one| one.body.name.clone()),
        (None, Some(area)) => registry.areas().on(area, at.date()).map_or_else(String::new, |area| area.name.to_string()),
        (None, None) => String::new(),
    }
}

/// One facility of the list before a storm.
#[derive(Debug, Clone)]
pub struct StormLine {
    /// What to bring, until when.
    pub top_up: TopUp<FacilityId>,
    /// Its name.
    pub name: String,
    /// Where.
    pub area: String,
    /// Who brings it; empty where nobody entered it.
    pub supplier: String,
    /// Whom to call.
    pub call: Option<(String, String)>,
    /// Age of its figures.
    pub age: Option<Span>,
}

/// A storm with its list.
#[derive(Debug, Clone)]
pub struct StormList {
    /// The storm.
    pub storm: Kept<Closure>,
    /// Where; empty for the whole province.
    pub place: String,
    /// Whether the days of the list have begun.
    pub is_near: bool,
    /// Islands first.
    pub lines: Vec<StormLine>,
    /// Facilities that are full.
    pub full: usize,
    /// Invented.
    pub simulated: bool,
}

/// The storms that are to come or rage, each with who is to be filled up.
pub fn storms(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<(Moment, Vec<StormList>)> {
    may_see_all(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let list = running_out(office, connection, actor, Past::default())?;
    let at = list.at;
    let refills = Refills::load(connection, &registry, at)?;
    let ahead = crate::alarms::watch::settings(&registry, at)?.storm_ahead;
    let outlooks: HashMap<FacilityId, _> = list.lines.iter().map(|line| (line.facility, line)).collect();
    let mut storms: Vec<&Kept<Closure>> =
        refills.closures().iter().filter(|kept| kept.content.why == ClosureWhy::Storm && kept.content.to > at).collect();
    storms.sort_by_key(|kept| kept.content.from);
    let mut lists = Vec::with_capacity(storms.len());
    for storm in storms {
        let concerned: Vec<&Facility> = registry
            .facilities()
            .iter()
            .filter(|facility| facility.body.valid_on(at.date()) && concerns(&storm.content, facility, &registry))
            .collect();
        let total = concerned.len();
        let simulated = concerned.iter().any(|facility| facility.simulated);
        let before = concerned.into_iter().map(|facility| {
            let stores: Vec<_> = facility.stores_on(at.date()).filter(|store| store.kind.holds_stock()).collect();
            let outlook = outlooks.get(&facility.id).map(|line| &line.outlook);
            BeforeStorm {
                key: facility.id,
                island: refills.terms(facility.id).ferry.is_some(),
                cylinders_only: !stores.is_empty() && stores.iter().all(|store| store.kind == oxygen::StoreKind::Cylinders),
                capacity: stores.iter().map(|store| store.capacity).sum::<Grams>(),
                holds: outlook.filter(|outlook| outlook.read_at.is_some()).map(|outlook| {
                    outlook.stock - (outlook.usable - outlook.usable_now.mid)
                }),
                terms: refills.terms(facility.id),
                closures: refills.closures_of(facility, &registry),
            }
        });
        let lines: Vec<StormLine> = top_up(at, storm.content.from, before.collect())
            .into_iter()
            .filter_map(|line| {
                let facility = registry.facility(line.key)?;
                let known = outlooks.get(&line.key);
                Some(StormLine {
                    name: facility.body.name.clone(),
                    area: area_of(&registry, facility, at),
                    supplier: refills.entered(line.key).map_or_else(String::new, |terms| terms.supplier.clone()),
                    call: known.and_then(|known| known.call.clone()),
                    age: known.and_then(|known| known.outlook.age),
                    top_up: line,
                })
            })
            .collect();
        lists.push(StormList {
            place: place_of(&storm.content, &registry, at),
            is_near: storm.content.from - at <= ahead,
            full: total - lines.len().min(total),
            storm: storm.clone(),
            lines,
            simulated,
        });
    }
    Ok((at, lists))
}

/// Kinds that a wall shows first.
pub const fn is_about_supply(kind: AlarmKind) -> bool {
    matches!(kind, AlarmKind::Out | AlarmKind::BeforeHelp | AlarmKind::BeforeMorning)
}

/// The province of a display's token, when it is allowed: `3.0a1b…`, the number of the province and a
/// secret.
pub fn display(connection: &mut Connection, token: &str) -> Outcome<Option<place::ProvinceId>> {
    let Some((province, secret)) = token.split_once('.') else { return Ok(None) };
    let Ok(number) = province.parse::<i64>() else { return Ok(None) };
    let province = place::ProvinceId::new(number);
    let found = record::of_code::<Display>(connection, province, &digest(secret))?;
    Ok(found.filter(|kept| !kept.content.withdrawn).map(|_| province))
}

/// How a display's secret is kept.
pub fn digest(secret: &str) -> String {
    store::sha256(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a look now would be a visit of its own, and not the same one going on.
pub fn is_new_visit(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<bool> {
    let Some(user) = actor.user.filter(|_| actor.may(Capability::SeeOxygen)) else { return Ok(false) };
    let now = office.now(connection)?;
    let seen = record::of_owner::<Seen>(connection, actor.province, user.0, 1)?;
    Ok(seen.first().is_none_or(|kept| now - kept.content.last >= crate::operations::alarm::look_in::VISIT))
}
