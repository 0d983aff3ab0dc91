//! What a dispatcher keeps in mind while he sends one truck after the other.

use oxygen::dispatch::{
    Amount, Basis, Carries, Clock, Kind, Minutes, Problem, SiteNo, SourceNo, Stop, Travel, Trip, VehicleNo,
};
use quantity::Grams;

use super::may;
use crate::provinces::books::Books;
use crate::provinces::world::Asked;

/// A notice so long leaves nothing of the day.
const NOTICE: Minutes = Minutes::hours(6);

/// Everything promised so far.
pub(super) struct Trial<'a> {
    pub(super) problem: &'a Problem,
    pub(super) travel: &'a Travel,
    /// Need in a day net of the own plant, in grams: the mean of all paths over the days looked ahead.
    rate: Vec<f64>,
    /// What is there and what is on the way, in grams: tank, cylinders.
    tank: Vec<f64>,
    rack: Vec<f64>,
    /// Empty cylinders now less those that somebody has promised to take, though they may be emptied only until then.
    empty: Vec<i64>,
    /// Mean need of each day that the own plant does not make, in grams.
    net: Vec<Vec<f64>>,
    /// What is unloaded when, in grams: tank, cylinders. What is there now stands first.
    brought: Vec<Vec<(Minutes, f64, f64)>>,
    books: Books,
    /// When each vehicle is out, in order of time.
    out: Vec<Vec<(Minutes, Minutes)>>,
    /// Trips set out until then; the next morning asks again.
    until: Minutes,
    clock: Clock,
    best: Clock,
}

impl<'a> Trial<'a> {
    pub(super) fn new(asked: &Asked<'a>, look: usize, until: Minutes) -> Self {
        let problem = asked.problem;
        let rack = |site: &oxygen::dispatch::Site| {
            site.rack.as_ref().map_or(0.0, |rack| f64::from(rack.full) * rack.size.full().as_f64())
        };
        let net: Vec<Vec<f64>> = (0..problem.sites.len()).map(|site| net(problem, site)).collect();
        let mean = |days: &Vec<f64>| {
            let days = &days[..look.clamp(1, days.len().max(1)).min(days.len())];
            days.iter().sum::<f64>() / days.len().max(1) as f64
        };
        let tank: Vec<f64> =
            problem.sites.iter().map(|site| site.tank.as_ref().map_or(0.0, |tank| tank.stock.as_f64())).collect();
        let rack: Vec<f64> = problem.sites.iter().map(rack).collect();
        let now = tank.iter().zip(&rack).map(|(tank, rack)| vec![(Minutes::ZERO, *tank, *rack)]);
        Self {
            problem,
            travel: asked.travel,
            rate: net.iter().map(mean).collect(),
            brought: now.collect(),
            net,
            tank,
            rack,
            empty: problem
                .sites
                .iter()
                .map(|site| site.rack.as_ref().map_or(0, |rack| i64::from(rack.empty)))
                .collect(),
            books: Books::of(problem),
            out: vec![Vec::new(); problem.vehicles.len()],
            until,
            clock: Clock::default(),
            best: Clock::default(),
        }
    }

    /// Days of cover, with all that is on the way.
    pub(super) fn cover(&self, site: usize) -> f64 {
        (self.tank[site] + self.rack[site]) / self.rate[site].max(1.0)
    }

    /// Writes a trip down.
    pub(super) fn enter(&mut self, trip: &Trip) {
        self.books.enter(trip);
        let vehicle = trip.vehicle.index();
        self.out[vehicle].push((trip.leaves, trip.back));
        self.out[vehicle].sort();
        for stop in trip.stops.iter().filter(|stop| stop.leaves > Minutes::ZERO) {
            let (site, grams) = (stop.site.index(), stop.amount.grams().as_f64());
            let lender = self.problem.source(trip.source).lender.filter(|_| trip.loaded > Minutes::ZERO);
            let of_tank = match stop.amount {
                Amount::Liquid(_) => true,
                Amount::Cylinders { empty, .. } => {
                    self.empty[site] -= i64::from(empty);
                    false
                }
            };
            self.bring(site, stop.leaves, of_tank, grams);
            if let Some(lender) = lender {
                self.bring(lender.index(), Minutes::ZERO, of_tank, -grams);
            }
        }
    }

    fn bring(&mut self, site: usize, at: Minutes, tank: bool, grams: f64) {
        let (liquid, cylinders) = if tank { (grams, 0.0) } else { (0.0, grams) };
        self.tank[site] += liquid;
        self.rack[site] += cylinders;
        self.brought[site].push((at, liquid, cylinders));
        self.brought[site].sort_by_key(|(at, ..)| *at);
    }

    /// What is taken from the cylinders of a site until a minute, in grams: the tank is emptied first.
    fn used(&self, site: usize, until: Minutes) -> f64 {
        let (mut now, mut tank, mut rack, mut used) = (Minutes::ZERO, 0.0_f64, 0.0_f64, 0.0);
        let last = (until, 0.0, 0.0);
        for (at, liquid, cylinders) in self.brought[site].iter().filter(|(at, ..)| *at < until).chain([&last]) {
            while now < *at {
                let day = now.day();
                let next = Minutes::days(day as i32 + 1).min(*at);
                let net = self.net[site].get(day).copied().unwrap_or(0.0);
                let need = net * f64::from((next - now).0) / f64::from(Minutes::DAY.0);
                let of_rack = (need - tank).clamp(0.0, rack);
                (tank, rack, used) = ((tank - need).max(0.0), rack - of_rack, used + of_rack);
                now = next;
            }
            (tank, rack) = ((tank + liquid).max(0.0), (rack + cylinders).max(0.0));
        }
        used
    }

    /// The first time at which a vehicle can do a trip between those it has; it stands in `self.clock` then.
    fn when(&mut self, of: (VehicleNo, SourceNo), stops: &[SiteNo], earliest: Minutes, until: Minutes) -> bool {
        let vehicle = of.0.index();
        let mut ready = earliest;
        let gaps = self.out[vehicle].len() + 1;
        for gap in 0..gaps {
            let next = self.out[vehicle].get(gap).copied();
            if self.clock.set(self.problem, self.travel, of, ready, stops) {
                let duty = self.duty(of.0, self.clock.leaves) + (self.clock.back - self.clock.leaves);
                let rested = duty <= self.problem.vehicle(of.0).duty;
                if self.clock.leaves >= until {
                    return false;
                }
                if rested && next.is_none_or(|(leaves, _)| self.clock.back <= leaves) {
                    return true;
                }
            }
            match next {
                Some((_, back)) => ready = ready.max(back),
                None => return false,
            }
        }
        false
    }

    /// The vehicle that would unload first.
    pub(super) fn quickest(&mut self, source: SourceNo, site: SiteNo, tank: bool) -> Option<VehicleNo> {
        let earliest = self.notice(source, site, tank)?;
        // Whoever must be told in the morning for the night is told for the next morning too.
        let until = if earliest < NOTICE { self.until } else { self.until + Minutes::hours(12) };
        let mut best: Option<(Minutes, VehicleNo)> = None;
        for vehicle in (0..self.problem.vehicles.len()).map(VehicleNo::of) {
            if !may(self.problem, vehicle, source, site, tank) || self.spent(vehicle) {
                continue;
            }
            if !self.when((vehicle, source), &[site], Minutes::ZERO, until) {
                continue;
            }
            if self.clock.loads < earliest && !self.when((vehicle, source), &[site], earliest, until) {
                continue;
            }
            let Some(begins) = self.clock.visits.first().map(|visit| visit.begins) else { continue };
            if best.is_none_or(|(soonest, _)| begins < soonest) {
                best = Some((begins, vehicle));
                std::mem::swap(&mut self.clock, &mut self.best);
            }
        }
        best.map(|(_, vehicle)| vehicle)
    }

    /// How long a vehicle's drivers are out already on the day of a minute; what is under way counts for the first.
    fn duty(&self, vehicle: VehicleNo, at: Minutes) -> Minutes {
        let out = self.out[vehicle.index()].iter().filter(|(leaves, _)| leaves.day() == at.day());
        Minutes(out.map(|(leaves, back)| (*back - *leaves).0).sum())
    }

    /// Whether a vehicle's drivers have less than an hour left on every day that is planned.
    fn spent(&self, vehicle: VehicleNo) -> bool {
        self.until <= Minutes::DAY
            && self.duty(vehicle, Minutes::ZERO) + Minutes::hours(1) > self.problem.vehicle(vehicle).duty
    }

    /// The earliest loading that some basis allows.
    fn notice(&self, source: SourceNo, site: SiteNo, tank: bool) -> Option<Minutes> {
        let kind = self.kind(site, tank)?;
        let lead = |basis: &Basis| match basis {
            Basis::Contract(number) => {
                let contract = self.problem.contract(*number);
                (self.books.allowed(*basis) > Grams::ZERO).then(|| contract.lead.max(contract.force.from))
            }
            Basis::Loan | Basis::EmergencyPurchase => Some(Minutes::ZERO),
        };
        let bases = self.problem.bases(source, site, kind).ok()?;
        let earliest = bases.iter().filter_map(lead).min()?;
        Some(earliest.max(self.problem.source(source).released?).max(Minutes::ZERO))
    }

    fn kind(&self, site: SiteNo, tank: bool) -> Option<Kind> {
        let site = self.problem.site(site);
        match (tank, &site.rack) {
            (true, _) => site.tank.as_ref().map(|_| Kind::Liquid),
            (false, Some(rack)) => Some(Kind::Cylinders(rack.size)),
            (false, None) => None,
        }
    }

    /// The trip that [`Trial::quickest`] found, with as much as fits, is there and is allowed; none when that is too
    /// little to go for.
    pub(super) fn first_visit(&mut self, of: (VehicleNo, SourceNo), site: SiteNo, lot: f64) -> Option<Trip> {
        std::mem::swap(&mut self.clock, &mut self.best);
        let mut trip = Trip {
            vehicle: of.0,
            source: of.1,
            leaves: Minutes::ZERO,
            loads: Minutes::ZERO,
            loaded: Minutes::ZERO,
            stops: Vec::new(),
            returns: None,
            back: Minutes::ZERO,
        };
        self.visit(&mut trip, site, lot).then_some(trip)
    }

    /// Adds a visit at the end of a trip, if its vehicle has the time and the room.
    pub(super) fn add(&mut self, trip: &mut Trip, site: SiteNo, lot: f64) -> bool {
        let tank = matches!(self.problem.vehicle(trip.vehicle).carries, Carries::Liquid(_));
        if !may(self.problem, trip.vehicle, trip.source, site, tank) {
            return false;
        }
        let mut stops: Vec<SiteNo> = trip.stops.iter().map(|stop| stop.site).collect();
        stops.push(site);
        // It sets out when it would have, so that the first visits stay what they were.
        let fits = self.when((trip.vehicle, trip.source), &stops, trip.leaves, self.until + Minutes::DAY)
            && self.clock.loads == trip.loads;
        fits && self.visit(trip, site, lot)
    }

    /// Gives the last stop of the clock its amount and its basis, and the trip the clock's times.
    fn visit(&mut self, trip: &mut Trip, site: SiteNo, lot: f64) -> bool {
        let clock = &self.clock;
        let Some(visit) = clock.visits.last() else { return false };
        let Some(amount) = self.amount(trip, site, lot, visit.begins) else { return false };
        let Some(basis) = self.basis(trip, site, &amount) else { return false };
        (trip.leaves, trip.loads, trip.loaded) = (clock.leaves, clock.loads, clock.loaded);
        (trip.returns, trip.back) = (clock.returns, clock.back);
        for (stop, visit) in trip.stops.iter_mut().zip(&clock.visits) {
            (stop.arrives, stop.begins, stop.leaves) = (visit.arrives, visit.begins, visit.leaves);
        }
        let (arrives, begins, leaves) = (visit.arrives, visit.begins, visit.leaves);
        trip.stops.push(Stop { site, arrives, begins, leaves, amount, basis });
        true
    }

    fn amount(&self, trip: &Trip, site: SiteNo, lot: f64, begins: Minutes) -> Option<Amount> {
        let (number, loads) = (site.index(), self.clock.loads);
        let place = self.problem.site(site);
        let days = begins.as_hours().max(0.0) / 24.0;
        let most = if lot.is_finite() { (lot * self.rate[number]).max(1.0) } else { f64::MAX };
        match self.problem.vehicle(trip.vehicle).carries {
            Carries::Liquid(holds) => {
                let tank = place.tank.as_ref()?;
                let used = (self.rate[number] * days).min(self.tank[number]);
                let space = tank.holds.as_f64() - (self.tank[number] - used);
                let room = holds - trip.grams();
                let there = self.books.liquid(trip.source, loads) - trip.grams();
                let lot = tank.smallest_lot;
                let grams = Grams(space.min(most.max(lot.as_f64())).max(0.0) as i64).min(room).min(there);
                (grams >= lot.max(Grams(1))).then_some(Amount::Liquid(grams))
            }
            Carries::Cylinders(holds) => {
                let rack = place.rack.as_ref()?;
                let one = rack.size.full().as_f64();
                // A gram less, because a cylinder that is nearly empty is not.
                let empty = self.empty[number] + ((self.used(number, begins) - 1.0).max(0.0) / one) as i64;
                let empty = empty.clamp(0, i64::from(u32::MAX)) as u32;
                let aboard = |stop: &Stop| match stop.amount {
                    Amount::Cylinders { size, full, .. } => (full, if size == rack.size { full } else { 0 }),
                    Amount::Liquid(_) => (0, 0),
                };
                let (all, same) = trip.stops.iter().map(aboard).fold((0, 0), |sum, now| (sum.0 + now.0, sum.1 + now.1));
                let there = self.books.cylinders(trip.source, rack.size, loads).saturating_sub(same);
                // Full against empty: whoever lends shells out of the loop has none to fill tomorrow.
                let count = empty.min(holds - all.min(holds)).min(there).min((most / one).ceil() as u32);
                let worth = count > 0 && count >= (empty / 4).min(4);
                worth.then_some(Amount::Cylinders { size: rack.size, full: count, empty: count })
            }
        }
    }

    /// The first basis that holds then and allows so much.
    fn basis(&self, trip: &Trip, site: SiteNo, amount: &Amount) -> Option<Basis> {
        let kind = match amount {
            Amount::Liquid(_) => Kind::Liquid,
            Amount::Cylinders { size, .. } => Kind::Cylinders(*size),
        };
        let bases = self.problem.bases(trip.source, site, kind).ok()?;
        bases.into_iter().find(|basis| {
            let drawn: Grams =
                trip.stops.iter().filter(|stop| stop.basis == *basis).map(|stop| stop.amount.grams()).sum();
            let left = match basis {
                Basis::Contract(_) => self.books.allowed(*basis) - drawn,
                Basis::Loan | Basis::EmergencyPurchase => Grams(i64::MAX),
            };
            self.problem.holds(*basis, trip.source, self.clock.loads) && amount.grams() <= left
        })
    }
}

/// Mean need of a facility on each day that its own plant does not make.
fn net(problem: &Problem, site: usize) -> Vec<f64> {
    let of =
        |what: &[Vec<Grams>], day: usize| what.get(site).and_then(|days| days.get(day)).map_or(0.0, |day| day.as_f64());
    let mean = |day: usize| {
        let sum: f64 = problem.paths.iter().map(|path| of(&path.need, day) - of(&path.made, day)).sum();
        (sum / problem.paths.len().max(1) as f64).max(0.0)
    };
    (0..problem.days as usize).map(mean).collect()
}
