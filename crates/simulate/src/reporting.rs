//! When a facility reports, who does it, what he reads off the gauge and what he gets wrong.

use oxygen::{Census, CylinderChange, Gauge, MovementId, ReportId, Shown, StoreKind};
use place::{Absence, BodyId, FacilityId, PersonId};
use protocol::Readiness;
use quantity::{Grams, Moment, Span, Typed, Unit};

use crate::Chapter;
use crate::demand::Demand;
use crate::dice::Dice;
use crate::event::{Event, SimulatedDelivery, SimulatedReading, SimulatedReport, Slip};
use crate::installation::Vessel;
use crate::province::state_of;
use crate::spec::{Spec, Stock, Story};
use crate::staff::{Officers, is_away};
use crate::supply::is_exchanged;
use crate::vessel::Course;

/// Share of gauge readings that go wrong.
const SLIPS: f64 = 0.012;
/// Below this many hours of stock a facility in the state of emergency reports every four hours: the rule
/// says 24 by the pessimistic end, which lies about a third below the truth.
const LOW_HOURS: f64 = 36.0;
/// The play of a gauge: deviation of what it shows, as a share of the capacity, at most.
const PLAY: f64 = 0.003;

/// Everything about one facility that its reports depend on.
pub(crate) struct Desk<'a> {
    pub(crate) chapter: Chapter,
    pub(crate) seed: u64,
    pub(crate) place: u64,
    pub(crate) spec: &'a Spec,
    pub(crate) facility: FacilityId,
    pub(crate) supplier: BodyId,
    pub(crate) vessels: &'a [Vessel],
    pub(crate) courses: &'a [Course],
    pub(crate) demand: &'a Demand,
    pub(crate) officers: Officers,
    pub(crate) absences: &'a [Absence],
}

/// A facility's ways of reporting.
struct Manners {
    /// Share of reports that never come.
    misses: f64,
    /// Share that is typed hours after the gauge was read.
    types_late: f64,
    /// Share in which nobody asked who waits for oxygen.
    does_not_ask: f64,
    /// Begins the round of the gauges three quarters of an hour after the handover.
    unhurried: bool,
    /// Is running out, or has few reports to make: none fails.
    careful: bool,
    weekday: usize,
    month_day: usize,
}

impl Manners {
    /// When the round of the gauges begins after the handover and how long it takes, in seconds.
    const fn round(&self) -> (f64, f64) {
        match (self.careful, self.unhurried) {
            (true, _) => (0.0, 300.0),
            (false, false) => (0.0, 900.0),
            (false, true) => (2_700.0, 900.0),
        }
    }
}

impl Desk<'_> {
    /// What the facility sends, in no order.
    pub(crate) fn events(&self) -> Vec<Event> {
        let mut events = self.reports();
        for (index, course) in self.courses.iter().enumerate() {
            for (number, arrival) in course.arrivals.iter().enumerate() {
                events.push(self.delivery(index, number, arrival.at, Grams(arrival.grams)));
            }
        }
        events
    }

    fn reports(&self) -> Vec<Event> {
        let manners = self.manners();
        let mut events = Vec::new();
        let mut last: Vec<Option<Shown>> = vec![None; self.vessels.len()];
        for hour in 0..self.demand.need.len() {
            let at = self.chapter.history_from() + Span::hours(hour as i64);
            if !self.is_due(&manners, hour, at) {
                continue;
            }
            let mut dice = Dice::of(self.seed, "report", self.place, hour as u64);
            let (misses, types_late) = (dice.chance(manners.misses), dice.chance(manners.types_late));
            let may_fail = self.may_fail(manners.unhurried, at);
            if misses && may_fail || self.is_silent(at) {
                continue;
            }
            let (begins, takes) = manners.round();
            let happened_at = at + Span::seconds((begins + dice.share() * takes) as i64);
            // A late clerk sits down hours later.
            let delay = if types_late && may_fail { dice.between(60.0, 330.0) } else { dice.between(1.0, 7.0) };
            let recorded_at = happened_at + Span::seconds((delay * 60.0) as i64);
            let readings = self.read(hour, happened_at, &mut last, &mut dice);
            let census = self.count(hour, &manners, &mut dice);
            events.push(Event::Report(SimulatedReport {
                id: ReportId(dice.id(recorded_at)),
                facility: self.facility,
                happened_at,
                recorded_at,
                readings,
                census,
                by: self.who(recorded_at),
            }));
        }
        events
    }

    fn manners(&self) -> Manners {
        let mut dice = Dice::of(self.seed, "manners", self.place, 0);
        let routine = self.chapter.readiness(self.chapter.opening()) == Readiness::Routine;
        // Whoever is running out reports; on quiet days nobody is in a hurry and few reports fail.
        let careful = matches!(self.spec.story, Story::Tight { .. }) || routine;
        let share = |most: f64, dice: &mut Dice| dice.between(0.0, most) * if careful { 0.0 } else { 1.0 };
        Manners {
            misses: share(0.16, &mut dice),
            types_late: share(0.3, &mut dice),
            does_not_ask: dice.between(0.0, 0.5) * if careful { 0.0 } else { 1.0 },
            unhurried: dice.chance(0.25) && !careful,
            careful,
            weekday: dice.below(5),
            // Later than the 18th day before the opening: rates older than three weeks are unknown.
            month_day: 14 + dice.below(16),
        }
    }

    /// Whether a report is due at a full hour, by the state of that day.
    fn is_due(&self, manners: &Manners, hour: usize, at: Moment) -> bool {
        let (day, of_day) = (hour / 24, hour % 24);
        match state_of(self.chapter, self.spec, at) {
            Readiness::Emergency if of_day % 8 == 6 => true,
            Readiness::Emergency => of_day % 4 == 2 && self.hours_left(at) < LOW_HOURS,
            Readiness::Heightened => of_day == 7,
            Readiness::Routine if self.spec.has_cylinders_only() => of_day == 8 && day % 30 == manners.month_day,
            Readiness::Routine => of_day == 8 && day % 7 == manners.weekday,
        }
    }

    /// Whether a report may fail or come late. Just before the opening only the last one of an unhurried
    /// facility with stock may, as the one before it is not yet so old that it means silence: who is
    /// silent at the opening belongs to the story.
    fn may_fail(&self, unhurried: bool, at: Moment) -> bool {
        let opening = self.chapter.opening();
        let by_shift = state_of(self.chapter, self.spec, at) == Readiness::Emergency;
        let last_word = opening - Span::hours(if by_shift { 13 } else { 25 });
        let last_of_all = by_shift && opening - Span::hours(8) <= at;
        let calm = unhurried && self.hours_left(at) > 2.0 * LOW_HOURS;
        at < last_word || opening <= at || (last_of_all && calm)
    }

    fn is_silent(&self, at: Moment) -> bool {
        let opening = self.chapter.opening();
        matches!(self.spec.story, Story::Silent(hours) if opening - Span::hours(hours) <= at && at < opening + Span::hours(6))
    }

    /// What the people on the spot feel: all that can be drawn over what is drawn.
    fn hours_left(&self, at: Moment) -> f64 {
        let drawn = |(vessel, course): (&Vessel, &Course)| (course.content_at(at).0 - vessel.heel).max(0) as f64;
        let stock: f64 = self.vessels.iter().zip(self.courses).map(drawn).sum();
        let rate: f64 = self.courses.iter().map(|course| course.rate_at(at)).sum();
        if rate > 0.0 {
            stock / rate
        } else if stock > 0.0 {
            f64::INFINITY
        } else {
            0.0
        }
    }

    /// The share of the need of an hour that neither machines nor stores gave.
    fn unmet(&self, hour: usize) -> f64 {
        let (need, made) = (self.demand.need[hour], self.demand.made[hour]);
        let used: i64 = self.courses.iter().map(|course| course.used_in(hour)).sum();
        if need > 0 { (1.0 - (made + used) as f64 / need as f64).clamp(0.0, 1.0) } else { 0.0 }
    }

    fn who(&self, at: Moment) -> PersonId {
        if is_away(self.absences, self.officers.focal, at) { self.officers.deputy } else { self.officers.focal }
    }

    fn count(&self, hour: usize, manners: &Manners, dice: &mut Dice) -> Census {
        let census = self.demand.census(hour);
        let asked = !dice.chance(manners.does_not_ask);
        let without = f64::from(census.patients()) * self.unmet(hour);
        // Those with masks go without first.
        let without = (without.round() as u32).min(census.mask);
        let waiting = census.waiting.filter(|_| asked).map(|waiting| waiting + without);
        Census { mask: census.mask - without, waiting, ..census }
    }

    fn read(&self, hour: usize, at: Moment, last: &mut [Option<Shown>], dice: &mut Dice) -> Vec<SimulatedReading> {
        let may_slip = self.may_slip(at);
        let mut readings = Vec::with_capacity(self.vessels.len());
        for (index, vessel) in self.vessels.iter().enumerate() {
            let honest = match vessel.store.kind {
                StoreKind::Tank | StoreKind::Dewar => {
                    level(vessel, self.courses[index].content_at(at), dice.between(-PLAY, PLAY), 0.0)
                }
                StoreKind::Cylinders => counted(vessel, self.courses[index].content_at(at)),
                StoreKind::Plant | StoreKind::Concentrators => running(vessel, self.demand.running(hour)),
            };
            let slips = dice.chance(SLIPS) && may_slip && matches!(honest, Shown::Level(_));
            let (shown, slip) = if !slips {
                (honest.clone(), None)
            } else if let Some(before) = last[index].clone().filter(|_| dice.chance(0.6)) {
                (before, Some(Slip::Copied))
            } else {
                let content = self.courses[index].content_at(at);
                let off = if content.0 > vessel.store.capacity.0 / 2 { -0.1 } else { 0.1 };
                (level(vessel, content, 0.0, off), Some(Slip::Misread))
            };
            last[index] = Some(shown.clone());
            readings.push(SimulatedReading { store: vessel.store.id, shown, slip });
        }
        readings
    }

    /// In the time before the opening that rates of use look back on, everybody reads with care, so that
    /// a chapter opens the same way whatever the seed.
    fn may_slip(&self, at: Moment) -> bool {
        let opening = self.chapter.opening();
        let careful_days = if self.chapter.readiness(opening) == Readiness::Routine { 31 } else { 2 };
        at < opening - Span::days(careful_days) || opening < at
    }

    fn delivery(&self, index: usize, number: usize, at: Moment, amount: Grams) -> Event {
        let vessel = &self.vessels[index];
        let mut dice = Dice::of(self.seed, "delivery", self.place * 100 + index as u64, number as u64);
        let late = dice.chance(0.12) && !matches!(self.spec.story, Story::Tight { .. });
        let delay = if late { dice.between(90.0, 420.0) } else { dice.between(5.0, 40.0) };
        let recorded_at = at + Span::seconds((delay * 60.0) as i64);
        let exchanged = is_exchanged(&vessel.stock).then(|| amount.0 / vessel.lot());
        let typed = match exchanged {
            Some(shells) => Typed::measured(shells as f64, Unit::Cylinder),
            None => Typed::measured(amount.as_kg(), Unit::Kilogram),
        };
        Event::Delivery(SimulatedDelivery {
            id: MovementId(dice.id(recorded_at)),
            facility: self.facility,
            store: vessel.store.id,
            happened_at: at,
            recorded_at,
            amount,
            typed,
            cylinders: exchanged.map(|shells| CylinderChange {
                full: shells as i32,
                empty: -(shells as i32),
                ..CylinderChange::default()
            }),
            supplier: self.supplier,
            by: self.who(recorded_at),
        })
    }
}

/// What a gauge shows of a content, with its play, in the steps of its scale; `off` is a share of the
/// capacity by which it is misread.
fn level(vessel: &Vessel, content: Grams, play: f64, off: f64) -> Shown {
    let capacity = vessel.store.capacity;
    let seen = (content + capacity.share(play + off)).clamp(Grams::ZERO, capacity);
    let (value, unit) = match &vessel.store.gauge {
        Gauge::Chart(chart) => {
            let step = if chart.unit() == Unit::MillimetreOfWater { 5.0 } else { 1.0 };
            ((chart.shown_at(seen) / step).round() * step, chart.unit())
        }
        _ => ((seen.as_kg() / 10.0).round() * 10.0, Unit::Kilogram),
    };
    Shown::Level(Typed::measured(value, unit))
}

/// Full cylinders, at most one in use, the rest empty or damaged.
fn counted(vessel: &Vessel, content: Grams) -> Shown {
    let lot = vessel.lot();
    let owned = vessel.store.vessels.map_or(0, |vessels| vessels.owned);
    let full = u32::try_from(content.0 / lot).unwrap_or(owned);
    let part = u32::from(content.0 % lot > 0);
    Shown::Cylinders { full, part, empty: owned.saturating_sub(full + part + vessel.damaged), damaged: vessel.damaged }
}

/// Machines at work, with the flow of one.
fn running(vessel: &Vessel, share: f64) -> Shown {
    let (units, rated, unit) = match vessel.stock {
        Stock::Plant(m3) => (1, m3, Unit::NormalCubicMetrePerHour),
        Stock::Concentrators(litres, units) => (units, litres, Unit::LitrePerMinute),
        Stock::Tank(..) | Stock::Dewars(_) | Stock::Cylinders(..) => (0, 0.0, Unit::LitrePerMinute),
    };
    Shown::Running { units, flow: Typed::measured((rated * share * 10.0).round() / 10.0, unit) }
}
