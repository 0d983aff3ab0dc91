//! How the stores of a facility empty and are filled again: use, losses, orders, trucks that come or
//! come late.

use quantity::{Grams, Moment, Span};

use crate::demand::Demand;
use crate::dice::Dice;
use crate::installation::Vessel;
use crate::spec::{Spec, Stock, Story};
use crate::vessel::{Arrival, Course};

/// Of what is needed beside the machines, this share is taken from cylinders all the time: transport
/// between wards, ambulances.
const TRANSPORT: f64 = 0.03;
/// Leaks, as a share of what is drawn from liquid.
const LEAK: f64 = 0.06;
/// An order is placed when less than this share of what can be filled is left, or fewer hours than the
/// chapter's habit.
const ORDER_SHARE: f64 = 0.42;
/// No truck is ordered for less than this share of what can be filled.
const ORDER_LEAST: f64 = 0.15;

/// Where the story of a chapter stands in time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Calendar {
    pub(crate) from: Moment,
    pub(crate) opening: Moment,
    pub(crate) storm: Option<(Moment, Moment)>,
    /// Hours of stock, beyond those of the truck's way, below which people order.
    pub(crate) order_hours: i64,
}

impl Calendar {
    fn at(&self, hour: usize) -> Moment {
        self.from + Span::hours(hour as i64)
    }

    fn hour_of(&self, at: Moment) -> usize {
        usize::try_from((at - self.from).as_minutes() / 60).unwrap_or(0)
    }
}

/// What one vessel must give in each hour, when nothing else fails.
struct Duty {
    wanted: Vec<i64>,
    lost: Vec<i64>,
}

/// The true courses of the stores of a facility, in their order; machines hold nothing.
pub(crate) fn supply(
    seed: u64,
    place: u64,
    spec: &Spec,
    vessels: &[Vessel],
    demand: &Demand,
    calendar: &Calendar,
) -> Vec<Course> {
    let duties = share_out(vessels, demand);
    let main = vessels.iter().position(|vessel| vessel.store.kind.holds_stock());
    let mut orders: Vec<Orders> = vessels
        .iter()
        .enumerate()
        .map(|(index, vessel)| Orders {
            vessel,
            dice: Dice::of(seed, "orders", place, index as u64),
            // Only the store that most is drawn from has a story.
            story: if main == Some(index) { spec.story } else { Story::Usual },
            spec,
            calendar,
            due: None,
        })
        .collect();
    let mut courses: Vec<Course> = orders.iter_mut().map(|order| order.first_fill()).collect();
    for (index, order) in orders.iter().enumerate() {
        if let Some(target) = order.landing(&duties[index], 0) {
            courses[index] = Course::new(calendar.from, Grams(courses[index].content().min(target)));
        }
    }

    for hour in 0..demand.need.len() {
        let mut short = 0;
        for (index, course) in courses.iter_mut().enumerate() {
            let vessel = &vessels[index];
            if !vessel.store.kind.holds_stock() {
                continue;
            }
            let content = course.content();
            let arrival = orders[index].arrival(hour, content, &duties[index]);
            let wanted = duties[index].wanted[hour] + short;
            let used = course.pass(wanted, vessel.heel, duties[index].lost[hour], arrival);
            // What this store cannot give, the next one must.
            short = wanted - used;
            orders[index].order_when_low(hour, course.content(), duties[index].wanted[hour]);
        }
    }
    courses
}

/// The main store carries the need; cylinders beside it a little for transport.
fn share_out(vessels: &[Vessel], demand: &Demand) -> Vec<Duty> {
    let holding = |vessel: &Vessel| vessel.store.kind.holds_stock();
    let main = vessels.iter().position(holding);
    let beside = vessels.iter().rposition(holding).filter(|last| main != Some(*last));
    let net: Vec<i64> = demand.need.iter().zip(&demand.made).map(|(need, made)| need - made).collect();
    let transport = |hour: i64| if beside.is_some() { (hour as f64 * TRANSPORT) as i64 } else { 0 };
    let duty = |(index, vessel): (usize, &Vessel)| {
        let wanted: Vec<i64> = net
            .iter()
            .map(|hour| match index {
                _ if main == Some(index) => hour - transport(*hour),
                _ if beside == Some(index) => transport(*hour),
                _ => 0,
            })
            .collect();
        let leaks = |grams: &i64| if vessel.boil_off > 0 { (*grams as f64 * LEAK) as i64 } else { 0 };
        let lost = wanted.iter().map(|grams| vessel.boil_off + leaks(grams)).collect();
        Duty { wanted, lost }
    };
    vessels.iter().enumerate().map(duty).collect()
}

/// A truck on its way.
#[derive(Clone, Copy, Debug)]
struct Due {
    hour: usize,
    minute: i64,
}

/// Orders of one store.
struct Orders<'a> {
    vessel: &'a Vessel,
    dice: Dice,
    story: Story,
    spec: &'a Spec,
    calendar: &'a Calendar,
    due: Option<Due>,
}

impl Orders<'_> {
    fn first_fill(&mut self) -> Course {
        let fill = self.vessel.fills_to() as f64 * self.dice.between(0.55, 0.98);
        let content = if self.vessel.store.kind.holds_stock() { fill as i64 } else { 0 };
        let lot = self.vessel.lot();
        // Cylinders start full or empty.
        let content = if self.vessel.store.vessels.is_some() { content / lot * lot } else { content };
        Course::new(self.calendar.from, Grams(content))
    }

    /// How much may stand in a tight store at an hour, so that just the story's hours are left at the
    /// opening; `None` without such a story, or after the opening.
    fn landing(&self, duty: &Duty, hour: usize) -> Option<i64> {
        let Story::Tight { left, .. } = self.story else { return None };
        let opening = self.calendar.hour_of(self.calendar.opening);
        if hour > opening || duty.wanted.len() <= opening {
            return None;
        }
        let per_hour = |hour: usize| duty.wanted[hour] + duty.lost[hour];
        let into = (self.calendar.opening - self.calendar.at(opening)).as_hours();
        let ahead: i64 = (hour..opening).map(per_hour).sum();
        let last = per_hour(opening) as f64;
        // The norm's heel of a tenth counts as unusable; cylinders have none.
        let unusable = if self.vessel.heel > 0 { self.vessel.store.capacity.share(0.1).0 } else { 0 };
        Some((unusable + ahead + (last * (into + left)) as i64).max(0))
    }

    /// A truck that arrives in an hour, with as much as fits; to a tight store a supplier who is
    /// himself short brings only what the story leaves.
    fn arrival(&mut self, hour: usize, content: i64, duty: &Duty) -> Option<Arrival> {
        let due = self.due.filter(|due| due.hour <= hour)?;
        self.due = None;
        let fits = self.vessel.fills_to() - content;
        let brought = self.landing(duty, hour).map_or(fits, |most| fits.min(most - content));
        let lot = self.vessel.lot();
        let whole = brought / lot * lot;
        let worth_the_way = (self.vessel.store.capacity.0 / 100).max(lot);
        let at = self.calendar.at(hour) + Span::minutes(due.minute);
        (whole >= worth_the_way).then_some(Arrival { at, grams: whole })
    }

    fn order_when_low(&mut self, hour: usize, content: i64, rate: i64) {
        let usable = content - self.vessel.heel;
        let few_hours = usable < rate * (self.spec.lead + self.calendar.order_hours);
        let filled = content as f64 / (self.vessel.fills_to() as f64).max(1.0);
        if self.due.is_some() || !(few_hours || filled < ORDER_SHARE) || filled > 1.0 - ORDER_LEAST {
            return;
        }
        let minute = self.dice.below(60) as i64;
        let late = if self.dice.chance(0.15) { self.dice.between(3.0, 11.0) as i64 } else { 0 };
        let ready = hour + 1 + (self.spec.lead + late) as usize;
        self.due = Some(Due { hour: self.when_it_comes(hour, ready), minute });
    }

    fn when_it_comes(&self, ordered: usize, ready: usize) -> usize {
        if let Story::Tight { relief, .. } = self.story {
            let opening = self.calendar.hour_of(self.calendar.opening);
            let relieved = opening + relief as usize;
            // Before the opening short trips; what the supplier cannot bring in time comes as relief.
            if ordered <= opening {
                return if ordered + 3 <= opening { ordered + 3 } else { relieved };
            }
        }
        let by_day = |hour: usize| match hour % 24 {
            early @ 0..6 => hour + 6 - early,
            late @ 20..24 => hour + 30 - late,
            _ => hour,
        };
        let ready = by_day(ready);
        let at = self.calendar.at(ready);
        match self.calendar.storm {
            Some((from, to)) if self.spec.island && from <= at && at < to => by_day(self.calendar.hour_of(to) + 4),
            Some((from, to)) if from <= at && at < to => ready + 3,
            _ => ready,
        }
    }
}

/// Whether a store is filled by exchanging shells.
pub(crate) const fn is_exchanged(stock: &Stock) -> bool {
    matches!(stock, Stock::Cylinders(..))
}
