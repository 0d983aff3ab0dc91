//! What every other part takes for granted: numbers within their lists, windows in order, amounts that can be.

use oxygen::dispatch::{
    Amount, Basis, Carries, Cylinders, Decision, Minutes, Plan, Problem, Rack, Site, Source, Trip, Vehicle, Window,
};
use quantity::{Grams, Moment, VesselSpec};

use super::flaw::{Flaw, Unsound};
use super::{MOST_DAYS, MOST_PATHS, MOST_PLACES, MOST_SITES, MOST_SOURCES, MOST_VEHICLES};

/// A million tonnes: more than a country uses in a year.
pub const MOST_GRAMS: Grams = Grams(1_000_000_000_000);
/// Cylinders in one place.
const MOST_SHELLS: u32 = 10_000_000;
/// The longest way, loading or duty.
const LONGEST: i32 = Minutes::days(60).0;

/// The years 2000 to 2199: every minute of a plan has a day.
const CALENDAR: std::ops::Range<Moment> =
    Moment::from_micros(946_684_800_000_000)..Moment::from_micros(7_258_118_400_000_000);

/// What has been found so far.
pub struct Found<'a> {
    pub problem: &'a Problem,
    pub all: Vec<Unsound>,
}

impl Found<'_> {
    pub fn tell(&mut self, flaw: Unsound) {
        self.all.push(flaw);
    }

    /// A number that must lie within its list.
    pub fn index(&mut self, at: &str, number: usize, count: usize) {
        if number >= count {
            self.tell(Unsound::new(Flaw::Index, at).with("found", number).with("count", count));
        }
    }

    pub fn grams(&mut self, at: &str, grams: Grams) {
        if grams < Grams::ZERO {
            self.tell(Unsound::new(Flaw::Negative, at).with("found", grams));
        } else if grams > MOST_GRAMS {
            self.tell(Unsound::new(Flaw::TooLarge, at).with("found", grams).with("limit", MOST_GRAMS));
        }
    }

    fn shells(&mut self, at: &str, count: u32) {
        if count > MOST_SHELLS {
            self.tell(Unsound::new(Flaw::TooLarge, at).with("found", count).with("limit", MOST_SHELLS));
        }
    }

    /// A length of time.
    pub fn length(&mut self, at: &str, length: Minutes) {
        if length < Minutes::ZERO {
            self.tell(Unsound::new(Flaw::Negative, at).with("found", length.0));
        } else if length.0 > LONGEST {
            self.tell(Unsound::new(Flaw::TooLarge, at).with("found", length.0).with("limit", LONGEST));
        }
    }

    /// A minute of the calendar.
    fn minute(&mut self, at: &str, minute: Minutes) {
        if minute < Minutes(-Minutes::NEVER.0) || minute > Minutes::NEVER {
            self.tell(Unsound::new(Flaw::TooLarge, at).with("found", minute.0).with("limit", Minutes::NEVER.0));
        }
    }

    fn window(&mut self, at: &str, window: Window) {
        self.minute(&format!("{at}.from"), window.from);
        self.minute(&format!("{at}.to"), window.to);
        if window.from >= window.to {
            self.tell(Unsound::new(Flaw::EmptyWindow, at).with("found", window.from.0).with("to", window.to.0));
        }
    }

    /// Windows in the order of time that share no minute.
    pub fn windows(&mut self, at: &str, windows: &[Window]) {
        for (number, window) in windows.iter().enumerate() {
            self.window(&format!("{at}[{number}]"), *window);
        }
        if let Some(number) = windows.windows(2).position(|two| two[0].to > two[1].from) {
            self.tell(Unsound::new(Flaw::WindowOrder, format!("{at}[{}]", number + 1)));
        }
    }

    fn size(&mut self, at: &str, size: VesselSpec) {
        let full = size.full();
        if full <= Grams::ZERO {
            self.tell(Unsound::new(Flaw::NoContent, at).with("found", size));
        } else if full > Grams::from_kg(1_000) {
            self.tell(Unsound::new(Flaw::TooLarge, at).with("found", full).with("limit", Grams::from_kg(1_000)));
        }
    }

    pub fn most(&mut self, at: &str, count: usize, limit: usize) {
        if count > limit {
            self.tell(Unsound::new(Flaw::TooMany, at).with("found", count).with("limit", limit));
        }
    }
}

/// Everything that is refused, but for decisions that contradict each other.
pub fn shape(found: &mut Found<'_>) {
    let problem = found.problem;
    if !(1..=MOST_DAYS).contains(&problem.days) {
        found.tell(Unsound::new(Flaw::Days, "days").with("found", problem.days).with("limit", MOST_DAYS));
    }
    if !CALENDAR.contains(&problem.start) {
        found.tell(Unsound::new(Flaw::Start, "start").with("found", problem.start.micros()));
    }
    found.minute("frozen_until", problem.frozen_until);
    found.minute("slushy_until", problem.slushy_until);
    found.most("places", problem.places.len(), MOST_PLACES);
    found.most("sites", problem.sites.len(), MOST_SITES);
    found.most("sources", problem.sources.len(), MOST_SOURCES);
    found.most("vehicles", problem.vehicles.len(), MOST_VEHICLES);
    found.most("paths", problem.paths.len(), MOST_PATHS);
    for (flaw, at, none) in [
        (Flaw::NoSite, "sites", problem.sites.is_empty()),
        (Flaw::NoSource, "sources", problem.sources.is_empty()),
        (Flaw::NoVehicle, "vehicles", problem.vehicles.is_empty()),
        (Flaw::NoPath, "paths", problem.paths.is_empty()),
    ] {
        if none {
            found.tell(Unsound::new(flaw, at));
        }
    }
    aims(found);
    for (number, one) in problem.sites.iter().enumerate() {
        site(found, &format!("sites[{number}]"), one);
    }
    for (number, one) in problem.sources.iter().enumerate() {
        source(found, &format!("sources[{number}]"), one);
    }
    for (number, one) in problem.vehicles.iter().enumerate() {
        vehicle(found, &format!("vehicles[{number}]"), one);
    }
    contracts(found);
    if let Some(Plan { trips }) = &problem.before {
        for (number, one) in trips.iter().enumerate() {
            trip(found, &format!("before.trips[{number}]"), one);
        }
    }
    for number in 0..problem.pins.len() {
        pin(found, &format!("pins[{number}].decision"), &problem.pins[number].decision);
    }
}

fn aims(found: &mut Found<'_>) {
    let aims = &found.problem.aims;
    let weights = ["emergency", "severe", "usual"].iter().zip(aims.weights);
    let mut all: Vec<(String, f64, f64)> =
        weights.map(|(class, weight)| (format!("aims.weights ({class})"), weight, f64::MAX)).collect();
    all.extend(
        [
            ("unfairness", aims.unfairness, f64::MAX),
            ("caution", aims.caution, 1.0),
            ("tail", aims.tail, 1.0),
            ("reserve", aims.reserve, f64::MAX),
            ("cover", aims.cover, f64::MAX),
            ("later", aims.later, 1.0),
            ("hour", aims.hour, f64::MAX),
            ("kilometre", aims.kilometre, f64::MAX),
            ("change", aims.change, f64::MAX),
            ("emergency_purchase", aims.emergency_purchase.unwrap_or(0.0), f64::MAX),
        ]
        .map(|(name, value, most)| (format!("aims.{name}"), value, most)),
    );
    for (at, value, most) in all {
        if !(0.0..=most).contains(&value) {
            found.tell(Unsound::new(Flaw::Aims, at).with("found", value));
        }
    }
}

fn site(found: &mut Found<'_>, at: &str, site: &Site) {
    let problem = found.problem;
    found.index(&format!("{at}.place"), site.place.index(), problem.places.len());
    found.grams(&format!("{at}.reserve"), site.reserve);
    found.grams(&format!("{at}.patient_day"), site.patient_day);
    if site.patient_day == Grams::ZERO {
        found.tell(Unsound::new(Flaw::PatientDay, format!("{at}.patient_day")).with("name", &site.name));
    }
    found.length(&format!("{at}.unloading"), site.unloading);
    found.windows(&format!("{at}.unloads"), &site.unloads);
    if let Some(tank) = &site.tank {
        found.grams(&format!("{at}.tank.stock"), tank.stock);
        found.grams(&format!("{at}.tank.holds"), tank.holds);
        found.grams(&format!("{at}.tank.smallest_lot"), tank.smallest_lot);
        for owner in tank.owner.iter().chain(&tank.consent) {
            found.index(&format!("{at}.tank.owner"), owner.index(), problem.sources.len());
        }
    }
    if let Some(Rack { size, full, empty, room, owner, consent }) = &site.rack {
        found.size(&format!("{at}.rack.size"), *size);
        for (name, count) in [("full", full), ("empty", empty), ("room", room)] {
            found.shells(&format!("{at}.rack.{name}"), *count);
        }
        for owner in owner.iter().chain(consent) {
            found.index(&format!("{at}.rack.owner"), owner.index(), problem.sources.len());
        }
    }
}

fn source(found: &mut Found<'_>, at: &str, source: &Source) {
    found.index(&format!("{at}.place"), source.place.index(), found.problem.places.len());
    if let Some(liquid) = &source.liquid {
        found.grams(&format!("{at}.liquid.stock"), liquid.stock);
        for (day, made) in liquid.made.iter().enumerate() {
            found.grams(&format!("{at}.liquid.made[{day}]"), *made);
        }
    }
    for (number, Cylinders { size, full, empty, fills }) in source.cylinders.iter().enumerate() {
        let at = format!("{at}.cylinders[{number}]");
        found.size(&format!("{at}.size"), *size);
        for (name, count) in [("full", full), ("empty", empty), ("fills", fills)] {
            found.shells(&format!("{at}.{name}"), *count);
        }
        if source.cylinders[..number].iter().any(|other| other.size == *size) {
            found.tell(Unsound::new(Flaw::SizeTwice, at).with("name", &source.name).with("found", size));
        }
    }
    found.windows(&format!("{at}.loads"), &source.loads);
    found.length(&format!("{at}.loading"), source.loading);
    if let Some(released) = source.released {
        found.minute(&format!("{at}.released"), released);
    }
    if let Some(lender) = source.lender {
        found.index(&format!("{at}.lender"), lender.index(), found.problem.sites.len());
    }
}

fn vehicle(found: &mut Found<'_>, at: &str, vehicle: &Vehicle) {
    found.index(&format!("{at}.depot"), vehicle.depot.index(), found.problem.places.len());
    match vehicle.carries {
        Carries::Liquid(most) => found.grams(&format!("{at}.carries"), most),
        Carries::Cylinders(most) => found.shells(&format!("{at}.carries"), most),
    }
    found.windows(&format!("{at}.free"), &vehicle.free);
    found.length(&format!("{at}.duty"), vehicle.duty);
    if let Some(source) = vehicle.carries_for {
        found.index(&format!("{at}.carries_for"), source.index(), found.problem.sources.len());
    }
}

fn contracts(found: &mut Found<'_>) {
    let problem = found.problem;
    for (number, contract) in problem.contracts.iter().enumerate() {
        let at = format!("contracts[{number}]");
        found.index(&format!("{at}.source"), contract.source.index(), problem.sources.len());
        for (place, site) in contract.sites.iter().enumerate() {
            found.index(&format!("{at}.sites[{place}]"), site.index(), problem.sites.len());
        }
        found.grams(&format!("{at}.left"), contract.left);
        found.window(&format!("{at}.force"), contract.force);
        found.length(&format!("{at}.lead"), contract.lead);
    }
}

/// A trip of the plan before, or one that a person keeps.
fn trip(found: &mut Found<'_>, at: &str, trip: &Trip) {
    let problem = found.problem;
    found.index(&format!("{at}.vehicle"), trip.vehicle.index(), problem.vehicles.len());
    found.index(&format!("{at}.source"), trip.source.index(), problem.sources.len());
    let times = [("leaves", trip.leaves), ("loads", trip.loads), ("loaded", trip.loaded), ("back", trip.back)];
    for (name, minute) in times.into_iter().chain(trip.returns.map(|returns| ("returns", returns))) {
        found.minute(&format!("{at}.{name}"), minute);
    }
    if trip.back < trip.leaves {
        found.tell(Unsound::new(Flaw::TripOrder, format!("{at}.back")).with("found", trip.back.0));
    }
    for (number, stop) in trip.stops.iter().enumerate() {
        let at = format!("{at}.stops[{number}]");
        found.index(&format!("{at}.site"), stop.site.index(), problem.sites.len());
        for (name, minute) in [("arrives", stop.arrives), ("begins", stop.begins), ("leaves", stop.leaves)] {
            found.minute(&format!("{at}.{name}"), minute);
        }
        match stop.amount {
            Amount::Liquid(grams) => found.grams(&format!("{at}.amount"), grams),
            Amount::Cylinders { size, full, empty } => {
                found.size(&format!("{at}.amount.size"), size);
                found.shells(&format!("{at}.amount.full"), full);
                found.shells(&format!("{at}.amount.empty"), empty);
            }
        }
        if let Basis::Contract(contract) = stop.basis {
            found.index(&format!("{at}.basis"), contract.index(), problem.contracts.len());
        }
    }
}

fn pin(found: &mut Found<'_>, at: &str, decision: &Decision) {
    let problem = found.problem;
    let (sites, sources) = (problem.sites.len(), problem.sources.len());
    let (mut site, mut source, mut when) = (None, None, None);
    match decision {
        Decision::Keep(kept) => trip(found, at, kept),
        Decision::Deliver { site: to, source: from, when: window, least } => {
            (site, source, when) = (Some(*to), *from, Some(*window));
            found.grams(&format!("{at}.least"), *least);
        }
        Decision::Forbid { site: to, source: from, when: window } => {
            (site, source, when) = (Some(*to), *from, Some(*window));
        }
        Decision::AtMost { site: to, most } => {
            site = Some(*to);
            found.grams(&format!("{at}.most"), *most);
        }
        Decision::Counts { site: to, .. } => site = Some(*to),
        Decision::VehicleOut { vehicle, when: window } => {
            when = Some(*window);
            found.index(&format!("{at}.vehicle"), vehicle.index(), problem.vehicles.len());
        }
        Decision::SourceOut { source: from, when: window } => (source, when) = (Some(*from), Some(*window)),
        Decision::Reserve { source: from, grams } => {
            source = Some(*from);
            found.grams(&format!("{at}.grams"), *grams);
        }
        Decision::RoadClosed { from, to, when: window } => {
            when = Some(*window);
            for place in std::iter::once(from).chain(to) {
                found.index(at, place.index(), problem.places.len());
            }
            if *to == Some(*from) {
                found.tell(Unsound::new(Flaw::SamePlace, at));
            }
        }
    }
    if let Some(site) = site {
        found.index(&format!("{at}.site"), site.index(), sites);
    }
    if let Some(source) = source {
        found.index(&format!("{at}.source"), source.index(), sources);
    }
    if let Some(when) = when {
        found.window(&format!("{at}.when"), when);
    }
}
