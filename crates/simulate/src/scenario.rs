//! A chapter with its truth: province, events, and what really stood in every store.

use std::collections::HashMap;

use oxygen::{Census, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, GramsPerHour, Moment, Span};

use crate::Chapter;
use crate::demand::Demand;
use crate::event::Event;
use crate::installation::{Vessel, install};
use crate::province::{Province, found};
use crate::reporting::Desk;
use crate::supply::{Calendar, supply};
use crate::vessel::{Course, Flows};

/// A facility at a moment as nobody sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Truth {
    /// Every store with its content; machines hold nothing.
    pub contents: Vec<(StoreId, Grams)>,
    /// Every store with what went in and out since the beginning of the history.
    pub flows: Vec<(StoreId, Flows)>,
    /// What leaves the stores in the hour of the moment: use and losses.
    pub rate: GramsPerHour,
    /// What patients need in that hour, more than `rate` when they do not get it.
    pub need: GramsPerHour,
    /// What machines make of it.
    pub production: GramsPerHour,
    /// Patients.
    pub census: Census,
}

/// A chapter from the beginning of its history to a moment, all of it decided by chapter and seed.
#[derive(Clone, Debug)]
pub struct Scenario {
    chapter: Chapter,
    until: Moment,
    province: Province,
    places: HashMap<FacilityId, usize>,
    vessels: Vec<Vec<Vessel>>,
    demands: Vec<Demand>,
    courses: Vec<Vec<Course>>,
    /// By the moment they were recorded.
    events: Vec<Event>,
}

impl Scenario {
    /// How far ahead of the opening a demonstration is made at first.
    pub const USUAL_AHEAD: Span = Span::days(30);

    /// A chapter up to a moment, at least to a day after its opening. A longer one begins exactly
    /// like a shorter one of the same seed: when a clock comes near the end, make it again, longer.
    pub fn new(chapter: Chapter, seed: u64, province: ProvinceId, until: Moment) -> Self {
        let (from, opening) = (chapter.history_from(), chapter.opening());
        let until = until.max(opening + Span::days(1));
        let hours = ((until - from).as_minutes() / 60 + 1) as usize;
        let calendar = Calendar { from, opening, storm: chapter.storm(), order_hours: chapter.order_hours() };
        let specs = chapter.facilities();
        let wave = chapter.wave(seed, from, hours);

        let vessels: Vec<Vec<Vessel>> =
            (0_u64..).zip(&specs).map(|(place, spec)| install(seed, place, spec.stock, from)).collect();
        let demands: Vec<Demand> =
            (0_u64..).zip(&specs).map(|(place, spec)| Demand::invent(seed, place, spec, &wave)).collect();
        let courses: Vec<Vec<Course>> = specs
            .iter()
            .enumerate()
            .map(|(place, spec)| supply(seed, place as u64, spec, &vessels[place], &demands[place], &calendar))
            .collect();
        let (province, officers) = found(chapter, seed, province, &specs, &vessels);

        let mut events: Vec<Event> = Vec::new();
        for (place, known) in province.facilities.iter().enumerate() {
            let desk = Desk {
                chapter,
                seed,
                place: place as u64,
                spec: &specs[place],
                facility: known.facility.id,
                supplier: known.supplier,
                vessels: &vessels[place],
                courses: &courses[place],
                demand: &demands[place],
                officers: officers[place],
                absences: &province.absences,
            };
            events.extend(desk.events());
        }
        events.retain(|event| event.recorded_at() < until);
        events.sort_by_key(|event| (event.recorded_at(), event.key()));
        Self { chapter, until, places: province.places(), province, vessels, demands, courses, events }
    }

    /// The chapter.
    pub const fn chapter(&self) -> Chapter {
        self.chapter
    }

    /// The end, not included: nothing is known of later moments.
    pub const fn until(&self) -> Moment {
        self.until
    }

    /// The province as its registers would hold it at the opening.
    pub const fn province(&self) -> &Province {
        &self.province
    }

    /// What arrives from a moment on and before another, in the order of arrival. Pieces of a span
    /// put together are the span: a clock can fetch as often as it likes.
    pub fn events(&self, from: Moment, to: Moment) -> &[Event] {
        let first = self.events.partition_point(|event| event.recorded_at() < from);
        let last = self.events.partition_point(|event| event.recorded_at() < to);
        &self.events[first..last.max(first)]
    }

    /// What is true of a facility at a moment of the scenario; `None` for a facility it does not have.
    pub fn truth(&self, facility: FacilityId, at: Moment) -> Option<Truth> {
        let place = *self.places.get(&facility)?;
        let hour = usize::try_from((at - self.chapter.history_from()).as_minutes() / 60).unwrap_or(0);
        let demand = &self.demands[place];
        let stores = || self.vessels[place].iter().map(|vessel| vessel.store.id).zip(&self.courses[place]);
        let of_hour = |grams: &[i64]| GramsPerHour(grams.get(hour).copied().unwrap_or(0) as f64);
        Some(Truth {
            contents: stores().map(|(store, course)| (store, course.content_at(at))).collect(),
            flows: stores().map(|(store, course)| (store, course.flows_at(at))).collect(),
            rate: stores().map(|(_, course)| GramsPerHour(course.rate_at(at))).sum(),
            need: of_hour(&demand.need),
            production: of_hour(&demand.made),
            census: demand.census(hour),
        })
    }

    /// How many hours an amount would really last from a moment on, were no more trucks to come: what
    /// patients need beside the machines, and what is lost. `None` when it outlasts the scenario, or
    /// the scenario has no such facility.
    pub fn lasts(&self, facility: FacilityId, at: Moment, amount: Grams) -> Option<f64> {
        const HOUR: i64 = 3_600_000_000;
        let place = *self.places.get(&facility)?;
        let (demand, courses) = (&self.demands[place], &self.courses[place]);
        let since = (at - self.chapter.history_from()).as_micros();
        let mut hour = usize::try_from(since / HOUR).ok()?;
        let mut part = 1.0 - (since % HOUR) as f64 / HOUR as f64;
        let (mut left, mut hours) = (amount.as_f64().max(0.0), 0.0);
        while hour < demand.need.len() {
            let drawn: i64 = courses.iter().map(|course| course.drawn_in(hour)).sum();
            // Where nothing can be drawn any more, patients still need it.
            let rate = drawn.max(demand.need[hour] - demand.made[hour]) as f64;
            if left <= rate * part {
                return Some(if rate > 0.0 { hours + left / rate } else { hours });
            }
            left -= rate * part;
            hours += part;
            (hour, part) = (hour + 1, 1.0);
        }
        None
    }
}
