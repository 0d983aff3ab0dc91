//! A trip with the names of what it points to.

use jiff::civil::Date;
use place::BodyId;
use place::body::PostKind;
use quantity::{Grams, Moment, Span};
use store::Connection;

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::record::{self, Kept, RecordId};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::supply::{OrderTerms, Request, Stop, Supplier, Trip, TripSource, Vehicle};

/// A stop with its names.
#[derive(Debug, Clone)]
pub struct StopLine {
    /// The stop.
    pub stop: Stop,
    /// Number of its order.
    pub order: u32,
    /// By when it is needed.
    pub needed_by: Moment,
    /// What the order rests on.
    pub terms: Option<OrderTerms>,
    /// Where.
    pub facility: String,
    /// Commune and province, as far as known.
    pub address: String,
    /// The store.
    pub store: String,
    /// Whom to call there, and his number.
    pub phone: Option<(String, String)>,
    /// When it is expected, by what the trip is late already.
    pub expected: Moment,
    /// By how much the arrival was or is late; none when it is not.
    pub late: Option<Span>,
    /// What the receiver says to sign; for those who report for the facility, and the desk.
    pub gate_code: Option<String>,
}

/// What somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Nobody asked whether the supplier's oxygen is released for patients.
    ReleaseUnknown,
    /// The vehicle's inspection has run out.
    Uninspected(Date),
    /// The supplier gives less than is planned.
    GivesLess {
        /// What he gives.
        gives: Grams,
        /// What is planned.
        planned: Grams,
    },
    /// The supplier is ready later than the trip should set off.
    ReadyLater(Moment),
    /// A stop is reached after the oxygen is needed there.
    TooLate(String),
}

/// A trip with its names.
#[derive(Debug, Clone)]
pub struct TripLine {
    /// Its key.
    pub id: RecordId<Trip>,
    /// The trip; stops out of the actor's scope are left out of it.
    pub trip: Trip,
    /// The stops that the actor sees.
    pub stops: Vec<StopLine>,
    /// How many stops lie outside his scope.
    pub hidden: usize,
    /// From where, by name.
    pub source: String,
    /// Whom to call there.
    pub source_phone: Option<(String, String)>,
    /// The vehicle's most, where it is registered.
    pub capacity: Option<Grams>,
    /// By how much it is late.
    pub late: Option<Span>,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
}

/// For whom lines are made.
pub(super) struct Shown<'a> {
    pub actor: &'a Actor,
    pub registry: &'a Registry,
    pub at: Moment,
    /// Every stop, whatever the scope: the trip's own driver.
    pub all: bool,
}

pub(super) fn line_of(connection: &mut Connection, shown: &Shown<'_>, kept: Kept<Trip>) -> Outcome<TripLine> {
    let Kept { id, content: mut trip, .. } = kept;
    let late = trip.late_by(shown.at);
    let (province, registry) = (shown.actor.province, shown.registry);
    let (source, source_phone, release) = match trip.source {
        TripSource::Supplier(supplier) => {
            let found = record::one::<Supplier>(connection, province, supplier)?.map(|kept| kept.content);
            let first = found.as_ref().and_then(|one| one.contacts.first());
            let phone = first.map(|contact| (contact.name.clone(), contact.phone.clone()));
            let release = found.as_ref().is_some_and(|one| one.medical_release.is_none());
            (found.map_or_else(String::new, |one| one.name), phone, release)
        }
        TripSource::Lender(facility, _) => {
            let name = registry.facility(facility).map_or_else(String::new, |one| one.body.name.clone());
            (name, whom(registry, BodyId::from(facility), shown.at), false)
        }
    };
    let vehicle = record::of_code::<Vehicle>(connection, province, &trip.plate_key())?.map(|kept| kept.content);
    let mut stops = Vec::new();
    for stop in trip.stops.clone() {
        let seen = registry.facility(stop.facility).is_some_and(|one| shown.actor.sees(one, registry));
        if seen || shown.all {
            stops.push(stop_line(connection, shown, &trip, stop)?);
        }
    }
    let warnings =
        if trip.stage.is_over() { Vec::new() } else { warnings_of(shown, &trip, &stops, release, vehicle.as_ref()) };
    let hidden = trip.stops.len() - stops.len();
    let seen: Vec<u32> = stops.iter().map(|line| line.stop.number).collect();
    trip.stops.retain(|stop| seen.contains(&stop.number));
    let capacity = vehicle.map(|vehicle| vehicle.capacity);
    Ok(TripLine { id, trip, stops, hidden, source, source_phone, capacity, late, warnings })
}

fn warnings_of(
    shown: &Shown<'_>,
    trip: &Trip,
    stops: &[StopLine],
    release: bool,
    vehicle: Option<&Vehicle>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if release {
        warnings.push(Warning::ReleaseUnknown);
    }
    let inspected = vehicle.and_then(|vehicle| vehicle.inspected_until);
    warnings.extend(inspected.filter(|until| *until < shown.at.date()).map(Warning::Uninspected));
    if let Some(word) = &trip.supplier_word {
        let planned = trip.grams();
        if let Some(gives) = word.grams.filter(|gives| *gives < planned && trip.stage.is_open_to_change()) {
            warnings.push(Warning::GivesLess { gives, planned });
        }
        warnings.extend(word.ready_at.filter(|ready| *ready > trip.starts_at).map(Warning::ReadyLater));
    }
    let late = stops.iter().filter(|line| line.stop.end.is_none() && line.expected > line.needed_by);
    warnings.extend(late.map(|line| Warning::TooLate(line.facility.clone())));
    warnings
}

/// Who answers for oxygen at a body, or else who is on duty there.
fn whom(registry: &Registry, body: BodyId, at: Moment) -> Option<(String, String)> {
    [PostKind::FocalOfficer, PostKind::DutyOfficer].into_iter().find_map(|kind| {
        let standin = registry.roster().whom(body, kind, at)?;
        let post = standin.post();
        post.phone.clone().map(|phone| (post.name.clone(), phone))
    })
}

fn stop_line(connection: &mut Connection, shown: &Shown<'_>, trip: &Trip, stop: Stop) -> Outcome<StopLine> {
    let registry = shown.registry;
    let facility = registry.facility(stop.facility);
    let request = record::one::<Request>(connection, shown.actor.province, stop.request)?.map(|kept| kept.content);
    let reports = shown.actor.may(Capability::ReportOxygen);
    let load = request.as_ref().and_then(|request| request.load.as_ref());
    let gate_code = load.filter(|load| reports && stop.end.is_none() && !load.gate_code.is_empty());
    let area = facility.and_then(|one| registry.areas().on(one.area_code?, shown.at.date()));
    let expected = trip.expected_at(&stop, shown.at);
    let came = stop.arrived_at.or(stop.end.as_ref().map(crate::supply::StopEnd::at));
    let late = match came {
        Some(came) => (came > stop.eta).then(|| came - stop.eta),
        None => (!trip.stage.is_over() && expected > stop.eta).then(|| expected - stop.eta),
    };
    let label = facility.into_iter().flat_map(|one| &one.stores).find(|entry| entry.store.id == stop.store);
    Ok(StopLine {
        order: request.as_ref().map_or(0, |request| request.number),
        needed_by: request.as_ref().map_or(stop.eta, |request| request.needed_by),
        gate_code: gate_code.map(|load| load.gate_code.clone()),
        terms: request.and_then(|request| request.terms),
        facility: facility.map_or_else(String::new, |one| one.body.name.clone()),
        address: area.map_or_else(String::new, |area| area.name.to_string()),
        store: label.map_or_else(String::new, |entry| entry.store.label.clone()),
        phone: whom(registry, BodyId::from(stop.facility), shown.at),
        expected,
        late,
        stop,
    })
}
