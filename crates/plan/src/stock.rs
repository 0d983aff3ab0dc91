//! What a site has on every path of a problem, followed exactly.
//!
//! The rules of the reckoning, which the search, the checker and the lower bound share:
//! - A day's need is taken evenly over its 24 hours, less what the site's own plant makes in the same day (what it makes
//!   beyond the need is lost); first from the tank, then from the cylinders. What neither has is **unmet**.
//! - A delivery counts when unloading ends. On each path as much is unloaded as fits ([`oxygen::dispatch::Tank::holds`];
//!   room × content of the cylinders); the rest goes back and is no use to anybody within the plan.
//! - A trip does not take place on a path on which its source cannot load when loading begins, or its vehicle is out of
//!   service at any minute of it.
//! - A lender's stock falls when loading ends.
//!
//! Kilograms in single precision: a plan weighs tonnes, and four paths fit where two would.

use oxygen::dispatch::{Aims, Minutes, Path, Site};

/// The most paths that are followed side by side: one bit each says on which a trip takes place.
pub const MOST_PATHS: usize = 64;

/// A delivery as the stock sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Drop {
    /// When unloading ends.
    pub at: Minutes,
    /// Into the tank; otherwise cylinders.
    pub tank: bool,
    /// How much; negative is lent.
    pub kg: f32,
    /// Paths on which it takes place, one bit each.
    pub alive: u64,
}

/// A site with its need on every path.
#[derive(Clone, Debug)]
pub struct SitePaths {
    paths: usize,
    days: usize,
    /// Need of a day less what its plant makes, by day and path, in kilograms.
    net: Vec<f32>,
    /// Stock now: tank and cylinders.
    start: [f32; 2],
    /// The most that fits: tank and cylinders.
    holds: [f32; 2],
    reserve: f32,
    /// What a kilogram that is missing costs, and what its square costs on each path.
    linear: f32,
    square: Vec<f32>,
    reserve_price: f32,
    cover_price: f32,
    /// What a kilogram that is missing on a day counts.
    worth: Vec<f32>,
}

/// The paths of one site side by side, at some minute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// In the tank.
    pub tank: Vec<f32>,
    /// In the cylinders.
    pub rack: Vec<f32>,
    /// Unmet so far, later days counted less ([`Aims::later`]).
    pub unmet: Vec<f32>,
    /// Reserve missing at the ends of days so far, summed.
    pub low: Vec<f32>,
}

impl Lanes {
    fn copy(&mut self, other: &Self) {
        self.tank.clone_from(&other.tank);
        self.rack.clone_from(&other.rack);
        self.unmet.clone_from(&other.unmet);
        self.low.clone_from(&other.low);
    }
}

/// How a site stands at the beginning of each day: where a changed schedule is taken up again.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    days: Vec<Lanes>,
}

impl Trace {
    /// The lanes at the beginning of a day.
    pub fn day(&self, day: usize) -> &Lanes {
        &self.days[day.min(self.days.len() - 1)]
    }
}

const DAY: f32 = Minutes::DAY.0 as f32;

impl SitePaths {
    /// A site on the paths of a problem; `of` is its place in the list of sites.
    pub fn new(site: &Site, of: usize, paths: &[Path], days: usize, aims: &Aims) -> Self {
        let count = paths.len();
        let mut net = vec![0.0; days * count];
        let mut whole = vec![0.0_f32; count];
        for (lane, path) in paths.iter().enumerate() {
            for day in 0..days {
                let made = path.made.get(of).and_then(|made| made.get(day)).map_or(0.0, |made| made.as_kg());
                let need = (path.need[of][day].as_kg() - made).max(0.0) as f32;
                net[day * count + lane] = need;
                whole[lane] += need;
            }
        }
        let (tank, rack) = (site.tank.as_ref(), site.rack.as_ref());
        let content = rack.map_or(0.0, |rack| rack.size.full().as_kg());
        let start = [
            tank.map_or(0.0, |tank| tank.stock.as_kg() as f32),
            rack.map_or(0.0, |rack| (f64::from(rack.full) * content) as f32),
        ];
        let holds = [
            tank.map_or(0.0, |tank| tank.holds.as_kg() as f32).max(start[0]),
            rack.map_or(0.0, |rack| (f64::from(rack.room) * content) as f32).max(start[1]),
        ];
        let patient = site.patient_day.as_kg().max(1e-3);
        let linear = (aims.weight(site.class) / patient) as f32;
        let unfair = linear * aims.unfairness as f32;
        let square = whole.iter().map(|whole| if *whole > 0.0 { unfair / whole } else { 0.0 }).collect();
        let reserve = site.reserve.as_kg() as f32;
        Self {
            paths: count,
            days,
            net,
            start,
            holds,
            reserve,
            linear,
            square,
            reserve_price: linear * aims.reserve as f32,
            cover_price: linear * aims.cover as f32,
            worth: (0..days).map(|day| aims.later.powi(day as i32) as f32).collect(),
        }
    }

    /// How many paths it has.
    pub fn paths(&self) -> usize {
        self.paths
    }

    /// What a day takes on every path, in kilograms.
    pub fn net(&self, day: usize) -> &[f32] {
        &self.net[day * self.paths..(day + 1) * self.paths]
    }

    /// The most that fits into tank and cylinders, in kilograms.
    pub fn holds(&self) -> [f32; 2] {
        self.holds
    }

    /// How it stands now.
    pub fn begin(&self, lanes: &mut Lanes) {
        for (lane, value) in [
            (&mut lanes.tank, self.start[0]),
            (&mut lanes.rack, self.start[1]),
            (&mut lanes.unmet, 0.0),
            (&mut lanes.low, 0.0),
        ] {
            lane.clear();
            lane.resize(self.paths, value);
        }
    }

    /// From `from` to `to` without a delivery, both within one day.
    fn take(&self, lanes: &mut Lanes, day: usize, minutes: i32) {
        let part = minutes as f32 / DAY;
        let (net, worth) = (self.net(day), self.worth[day]);
        let lanes = lanes.tank.iter_mut().zip(&mut lanes.rack).zip(&mut lanes.unmet).zip(net);
        for (((tank, rack), unmet), net) in lanes {
            let left = *tank - net * part;
            *tank = left.max(0.0);
            let left = *rack - (-left).max(0.0);
            *rack = left.max(0.0);
            *unmet += (-left).max(0.0) * worth;
        }
    }

    fn unload(&self, lanes: &mut Lanes, drop: &Drop) {
        let (store, holds) =
            if drop.tank { (&mut lanes.tank, self.holds[0]) } else { (&mut lanes.rack, self.holds[1]) };
        for (lane, stock) in store.iter_mut().enumerate() {
            let takes_place = if drop.alive >> lane & 1 == 1 { drop.kg } else { 0.0 };
            *stock = (*stock + takes_place).min(holds).max(0.0);
        }
    }

    /// Follows a schedule from the beginning of `day`, where `lanes` stand, to the end of day `until`. The drops are in
    /// order of time; those before `day` are over. What lies in a trace from there on is written anew.
    fn follow(
        &self,
        lanes: &mut Lanes,
        day: usize,
        until: usize,
        drops: &[Drop],
        extra: Option<&Drop>,
        mut trace: Option<&mut Trace>,
    ) {
        let begins = day as i32 * Minutes::DAY.0;
        let mut rest = &drops[drops.partition_point(|drop| drop.at.0 < begins)..];
        let mut extra = extra.filter(|drop| drop.at.0 >= begins);
        for day in day..until {
            if let Some(trace) = trace.as_deref_mut() {
                trace.days[day].copy(lanes);
            }
            let (mut now, end) = (day as i32 * Minutes::DAY.0, (day as i32 + 1) * Minutes::DAY.0);
            loop {
                let (next, is_extra) = match (rest.first(), extra) {
                    (Some(drop), Some(other)) if other.at < drop.at => (other, true),
                    (Some(drop), _) => (drop, false),
                    (None, Some(other)) => (other, true),
                    (None, None) => break,
                };
                if next.at.0 >= end {
                    break;
                }
                if next.at.0 > now {
                    self.take(lanes, day, next.at.0 - now);
                    now = next.at.0;
                }
                self.unload(lanes, next);
                if is_extra { extra = None } else { rest = &rest[1..] }
            }
            if end > now {
                self.take(lanes, day, end - now);
            }
            let stands = lanes.tank.iter().zip(&lanes.rack);
            for (low, (tank, rack)) in lanes.low.iter_mut().zip(stands) {
                *low += (self.reserve - tank - rack).max(0.0);
            }
        }
        if let Some(trace) = trace
            && until == self.days
        {
            trace.days[until].copy(lanes);
        }
    }

    /// Follows a schedule to its end and keeps how each day begins.
    pub fn trace(&self, drops: &[Drop], lanes: &mut Lanes, trace: &mut Trace) {
        trace.days.resize_with(self.days + 1, Lanes::default);
        self.begin(lanes);
        self.follow(lanes, 0, self.days, drops, None, Some(trace));
    }

    /// Follows a schedule to its end.
    pub fn run(&self, drops: &[Drop], lanes: &mut Lanes) {
        self.begin(lanes);
        self.follow(lanes, 0, self.days, drops, None, None);
    }

    /// Follows a schedule with one more delivery, taken up where the trace of the schedule knows it.
    pub fn run_with(&self, drops: &[Drop], extra: &Drop, trace: &Trace, lanes: &mut Lanes) {
        let day = extra.at.day().min(self.days);
        lanes.copy(trace.day(day));
        self.follow(lanes, day, self.days, drops, Some(extra), None);
    }

    /// How it stands at a minute within the plan, deliveries before it counted.
    pub fn at(&self, drops: &[Drop], at: Minutes, lanes: &mut Lanes) {
        self.begin(lanes);
        let day = at.day().min(self.days);
        self.follow(lanes, 0, day, drops, None, None);
        let mut now = day as i32 * Minutes::DAY.0;
        for drop in drops.iter().filter(|drop| drop.at.day() == day && drop.at < at) {
            if day < self.days && drop.at.0 > now {
                self.take(lanes, day, drop.at.0 - now);
                now = drop.at.0;
            }
            self.unload(lanes, drop);
        }
        if day < self.days && at.0 > now {
            self.take(lanes, day, at.0 - now);
        }
    }

    /// What each path costs that ends like this, in weighted patient-days.
    pub fn costs(&self, lanes: &Lanes, costs: &mut Vec<f32>) {
        costs.clear();
        costs.extend((0..self.paths).map(|lane| self.cost(lanes, lane)));
    }

    fn cost(&self, lanes: &Lanes, lane: usize) -> f32 {
        let unmet = lanes.unmet[lane];
        let missing = (self.reserve - lanes.tank[lane] - lanes.rack[lane]).max(0.0);
        let low = lanes.low[lane] * self.cover_price;
        unmet * (self.linear + self.square[lane] * unmet) + missing * self.reserve_price + low
    }

    /// What it costs over all paths, each weighed.
    pub fn weighed(&self, lanes: &Lanes, weights: &[f32]) -> f32 {
        let mut sum = 0.0;
        let all = lanes.tank.iter().zip(&lanes.rack).zip(&lanes.unmet).zip(&lanes.low).zip(&self.square).zip(weights);
        for (((((tank, rack), unmet), low), square), weight) in all {
            let missing = (self.reserve - tank - rack).max(0.0);
            let short = unmet * (self.linear + square * unmet);
            sum += weight * (short + missing * self.reserve_price + low * self.cover_price);
        }
        sum
    }
}
