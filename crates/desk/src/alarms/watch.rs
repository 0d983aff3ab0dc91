//! The watch: each minute of the domain clock the figures of a province are judged, and what has
//! changed is written. Judged in a read, written only when something changed.

use std::collections::{HashMap, HashSet};

use oxygen::alarm::{
    AlarmFacts, AlarmKind, AlarmSettings, Blocked, Closures, Finding, RefillCalendar, Severity, Situation, Terms, judge,
};
use oxygen::{Outlook, Standing};
use place::body::Ownership;
use place::{FacilityId, ProvinceId};
use quantity::{Id, Moment, Span};
use serde::Serialize;
use store::{Connection, register};

use super::escalate::{due_steps, on_duty};
use super::records::{Alarm, Closure, ClosureWhy, DutyShift, RefillTerms};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::alarm::keep_alarms::KeepAlarms;
use crate::record::{self, Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::views::running_out::{Line, Past, running_out};

/// An alarm that the figures of a moment give, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which facility; none for the province.
    pub facility: Option<FacilityId>,
    /// The storm that it is about.
    pub subject: Option<Id>,
    /// What, how grave, until when, with its numbers.
    pub finding: Finding,
}

/// What makes an alarm the same one.
pub type Identity = (Option<FacilityId>, Option<Id>, AlarmKind);

/// What the figures of a moment mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The moment, by the domain clock.
    pub at: Moment,
    /// Alarms.
    pub found: Vec<Found>,
    /// Facilities whose hours nobody knows now: their alarms about running out stay as they are.
    pub unknown: HashSet<FacilityId>,
}

/// Serialised for the operation's sake: only how many.
impl Serialize for Assessment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.found.len() as u64)
    }
}

/// The terms and closures of a province, looked up once.
pub struct Refills {
    terms: HashMap<FacilityId, Kept<RefillTerms>>,
    closures: Vec<Kept<Closure>>,
    settings: AlarmSettings,
}

impl Refills {
    /// Reads them.
    pub fn load(connection: &mut Connection, registry: &Registry, now: Moment) -> Outcome<Self> {
        let province = registry.province();
        let terms = record::open::<RefillTerms>(connection, province)?;
        Ok(Self {
            terms: terms.into_iter().map(|kept| (kept.content.facility, kept)).collect(),
            closures: record::open(connection, province)?,
            settings: settings(registry, now)?,
        })
    }

    /// The terms of a facility, where somebody entered them.
    pub fn entered(&self, facility: FacilityId) -> Option<&RefillTerms> {
        self.terms.get(&facility).map(|kept| &kept.content)
    }

    /// The record of a facility's terms.
    pub fn record(&self, facility: FacilityId) -> Option<RecordId<RefillTerms>> {
        self.terms.get(&facility).map(|kept| kept.id)
    }

    /// The terms that hold for a facility: its own or the usual ones.
    pub fn terms(&self, facility: FacilityId) -> Terms {
        self.entered(facility).map_or_else(|| self.settings.usual_terms(), RefillTerms::terms)
    }

    /// The closures in force or to come.
    pub fn closures(&self) -> &[Kept<Closure>] {
        &self.closures
    }

    /// The closures that concern a facility.
    pub fn closures_of(&self, facility: &Facility, registry: &Registry) -> Closures {
        let by_ferry = self.terms(facility.id).ferry.is_some();
        let mut found = Closures::default();
        for Kept { content: closure, .. } in &self.closures {
            if !concerns(closure, facility, registry) || (closure.why == ClosureWhy::Ferry && !by_ferry) {
                continue;
            }
            let list = if closure.why.stops_loading() { &mut found.loading } else { &mut found.arriving };
            list.push(Blocked { from: closure.from, to: closure.to });
        }
        found
    }

    /// The calendar of a facility around a moment.
    pub fn calendar(&self, facility: &Facility, registry: &Registry, now: Moment) -> RefillCalendar {
        RefillCalendar::around(now, &self.terms(facility.id), &self.closures_of(facility, registry))
    }
}

/// Whether a closure concerns a facility.
pub fn concerns(closure: &Closure, facility: &Facility, registry: &Registry) -> bool {
    match (closure.facility, &closure.area) {
        (Some(one), _) => one == facility.id,
        (None, Some(area)) => registry.lies_within(&facility.area_code, area),
        (None, None) => true,
    }
}

/// The norms of alarms on a day.
pub fn settings(registry: &Registry, now: Moment) -> Outcome<AlarmSettings> {
    AlarmSettings::from_norms(registry.norms(), now.date()).map_err(Failure::refused)
}

/// Judges the figures of now.
pub fn assess(office: &Office, connection: &mut Connection, province: ProvinceId) -> Outcome<Assessment> {
    let list = running_out(office, connection, &Actor::program(province), Past::default())?;
    let registry = office.registry(connection, province)?;
    let now = list.at;
    let refills = Refills::load(connection, &registry, now)?;
    let mut open: HashMap<FacilityId, Vec<AlarmKind>> = HashMap::new();
    for kept in record::open::<Alarm>(connection, province)? {
        if let Some(facility) = kept.content.facility {
            open.entry(facility).or_default().push(kept.content.kind);
        }
    }
    let mut found = Vec::new();
    let mut unknown = HashSet::new();
    for line in &list.lines {
        let Some(facility) = registry.facility(line.facility) else { continue };
        if hours_unknown(&line.outlook) {
            unknown.insert(line.facility);
        }
        let raised = open.get(&line.facility).map_or(&[][..], Vec::as_slice);
        let findings = judge_line(line, facility, &registry, &refills, now, raised);
        found.extend(findings.into_iter().map(|finding| Found {
            facility: Some(line.facility),
            subject: None,
            finding,
        }));
    }
    found.extend(storms(&registry, &refills, now));
    let shifts = record::open::<DutyShift>(connection, province)?;
    if !on_duty(&registry, &shifts, now).is_manned() {
        let finding = Finding {
            kind: AlarmKind::NobodyOnDuty,
            severity: Severity::Urgent,
            act_by: Some(now),
            facts: AlarmFacts::default(),
        };
        found.push(Found { facility: None, subject: None, finding });
    }
    Ok(Assessment { at: now, found, unknown })
}

fn judge_line(
    line: &Line,
    facility: &Facility,
    registry: &Registry,
    refills: &Refills,
    now: Moment,
    raised: &[AlarmKind],
) -> Vec<Finding> {
    let calendar = refills.calendar(facility, registry, now);
    let about = Situation {
        outlook: &line.outlook,
        calendar: &calendar,
        terms_known: refills.entered(facility.id).is_some(),
        flow: line.flow.map(|flow| (flow.needed, flow.deliverable)),
        // Private, military and police facilities report by courtesy and are never late.
        must_report: facility.body.ownership == Ownership::Public,
        has_contact: line.call.is_some(),
    };
    let mut findings = judge(now, &about, &refills.settings, raised);
    let road = line.road.as_ref();
    let truck = road.and_then(|road| Some((road.plate.clone()?, road.eta?)));
    // Only who runs out asks what is under way.
    for finding in findings.iter_mut().filter(|finding| finding.facts.usable.is_some()) {
        finding.facts.truck.clone_from(&truck);
    }
    findings
}

fn hours_unknown(outlook: &Outlook) -> bool {
    outlook.hours.is_none() && matches!(outlook.rank.standing, Standing::Lost | Standing::Danger | Standing::Unrated)
}

/// One alarm for each storm that comes within its days, counting whom it concerns.
fn storms(registry: &Registry, refills: &Refills, now: Moment) -> Vec<Found> {
    let coming = |closure: &Closure| {
        closure.why == ClosureWhy::Storm && now < closure.from && closure.from - now <= refills.settings.storm_ahead
    };
    let of_storm = |kept: &Kept<Closure>| {
        let storm = &kept.content;
        let concerned = registry.facilities().iter().filter(|facility| concerns(storm, facility, registry));
        let latest: Vec<Option<Moment>> =
            concerned.map(|facility| refills.calendar(facility, registry, now).latest_call(storm.from)).collect();
        let facts = AlarmFacts {
            facilities: u32::try_from(latest.len()).ok(),
            begins_at: Some(storm.from),
            ..AlarmFacts::default()
        };
        let act_by = latest.into_iter().flatten().min().map(|by| by.max(now));
        let finding = Finding { kind: AlarmKind::Storm, severity: Severity::Notice, act_by, facts };
        Found { facility: storm.facility, subject: Some(kept.id.0), finding }
    };
    refills.closures.iter().filter(|kept| coming(&kept.content)).map(of_storm).collect()
}

/// Whether anything would be written.
pub fn changes(assessment: &Assessment, open: &[Kept<Alarm>], steps_due: impl Fn(&Alarm) -> bool) -> bool {
    let known: HashMap<Identity, &Alarm> = open.iter().map(|kept| (identity(&kept.content), &kept.content)).collect();
    let found: HashSet<Identity> = assessment.found.iter().map(identity_of).collect();
    let differs =
        |each: &Found| known.get(&identity_of(each)).is_none_or(|alarm| updated(alarm, each, assessment.at).is_some());
    assessment.found.iter().any(differs)
        || open.iter().any(|kept| {
            (!found.contains(&identity(&kept.content)) && !is_held(&kept.content, assessment))
                || steps_due(&kept.content)
        })
}

/// What makes it the same alarm.
pub const fn identity(alarm: &Alarm) -> Identity {
    (alarm.facility, alarm.subject, alarm.kind)
}

/// The same of what was found.
pub const fn identity_of(found: &Found) -> Identity {
    (found.facility, found.subject, found.finding.kind)
}

/// An alarm about running out is not put to rest by silence.
pub fn is_held(alarm: &Alarm, assessment: &Assessment) -> bool {
    let supply = matches!(alarm.kind, AlarmKind::Out | AlarmKind::BeforeHelp | AlarmKind::BeforeMorning);
    supply && alarm.facility.is_some_and(|facility| assessment.unknown.contains(&facility))
}

/// A new alarm.
pub fn raised(found: &Found, now: Moment) -> Alarm {
    Alarm {
        facility: found.facility,
        subject: found.subject,
        kind: found.finding.kind,
        severity: found.finding.severity,
        since: now,
        raised_at: now,
        act_by: found.finding.act_by,
        facts: found.finding.facts.clone(),
        acknowledged: None,
        told: Vec::new(),
        cleared_at: None,
    }
}

/// The same alarm by the newest figures, if they differ enough to be written: graver or lighter, or a
/// moment that moved by a quarter of an hour. A graver one is told anew.
pub fn updated(alarm: &Alarm, found: &Found, now: Moment) -> Option<Alarm> {
    let finding = &found.finding;
    let moved = |old: Option<Moment>, new: Option<Moment>| match (old, new) {
        (Some(old), Some(new)) => (new - old).abs() >= Span::minutes(15),
        (old, new) => old.is_some() != new.is_some(),
    };
    let (old, new) = (&alarm.facts, &finding.facts);
    // «Act at once» follows the clock; that is no news.
    let ahead = |by: &Moment| *by > now;
    let news = alarm.severity != finding.severity
        || moved(alarm.act_by.filter(ahead), finding.act_by.filter(ahead))
        || moved(old.runs_out_at, new.runs_out_at)
        || old.read_at != new.read_at
        || old.heard_at != new.heard_at
        || old.facilities != new.facilities
        || old.truck != new.truck
        || (old.flow_needed, old.flow_deliverable) != (new.flow_needed, new.flow_deliverable);
    news.then(|| {
        let graver = finding.severity < alarm.severity;
        Alarm {
            severity: finding.severity,
            act_by: finding.act_by,
            facts: finding.facts.clone(),
            raised_at: if graver { now } else { alarm.raised_at },
            acknowledged: alarm.acknowledged.clone().filter(|_| !graver),
            ..alarm.clone()
        }
    })
}

const MINUTE: i64 = 60_000_000;

/// Watches every province whose clock shows another minute than when it was last watched.
pub fn watch_all(office: &Office) -> Outcome<()> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    // A post that goes on in another is an archive.
    for post in posts.into_iter().filter(|post| post.closed_on.is_none()) {
        watch(office, post.province)?;
    }
    Ok(())
}

/// Judges the figures of a province and writes what has changed; once in a minute of the domain clock.
pub fn watch(office: &Office, province: ProvinceId) -> Outcome<()> {
    let name = format!("alarms_watched_{}", province.number());
    let asked = name.clone();
    let looked = office.look_blocking(move |office, connection| {
        let now = office.now(connection)?;
        let minute = (now.micros() / MINUTE).to_string();
        if register::setting(connection, &asked)?.as_deref() == Some(minute.as_str()) {
            return Ok(None);
        }
        let assessment = assess(office, connection, province)?;
        let registry = office.registry(connection, province)?;
        let shifts = record::open::<DutyShift>(connection, province)?;
        let pause = settings(&registry, now)?.escalate_after;
        let duty = on_duty(&registry, &shifts, assessment.at);
        let open = record::open::<Alarm>(connection, province)?;
        let steps_due = |alarm: &Alarm| !due_steps(alarm, &duty, assessment.at, pause).is_empty();
        let writes = changes(&assessment, &open, steps_due);
        Ok(Some((minute, writes.then_some(assessment))))
    })?;
    let Some((minute, assessment)) = looked else { return Ok(()) };
    if let Some(assessment) = assessment {
        office.perform_blocking(Actor::program(province), KeepAlarms { assessment })?;
    }
    office
        .store()
        .write_blocking::<_, Failure, _>(move |transaction| Ok(register::set_setting(transaction, &name, &minute)?))
}
