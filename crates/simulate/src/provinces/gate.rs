//! The gate of the yards: a trip that cannot be what it says does not leave. It believes what was told, so what it
//! refuses is a fault of the plan, not of the day.

use std::collections::BTreeMap;

use oxygen::dispatch::{Amount, Basis, Carries, Kind, Minutes, Plan, Problem, Stop, Travel, Trip, first_open};
use quantity::{Grams, VesselSpec};

use super::books::Books;

/// Why a trip was refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Refusal {
    /// It names a vehicle, source, site or contract that is not there, or visits nobody.
    Unknown,
    /// It began before the decision, and nobody knows of it.
    Begun,
    /// The vehicle is still out, out of service, or carries for another.
    Vehicle,
    /// Its times cannot be kept: the way takes longer, a gate is closed, a ferry does not sail.
    Times,
    /// The drivers would be out for too long.
    Duty,
    /// The vehicle cannot hold it, or carries another kind.
    Capacity,
    /// The site takes nothing of the kind, or less than the tanker comes for.
    Site,
    /// Nothing allows it: no contract, no release, a rival's tank, told too late, over the ceiling.
    Basis,
    /// The source has not so much.
    Source,
}

/// Lets through what begins within a step, in the order of leaving. `under_way` are trips that are out already.
pub(super) fn pass(
    problem: &Problem,
    travel: &Travel,
    plan: &Plan,
    under_way: &[Trip],
    step: Minutes,
) -> (Vec<Trip>, BTreeMap<Refusal, usize>) {
    let mut books = Books::of(problem);
    under_way.iter().for_each(|trip| books.enter(trip));
    let mut gate = Gate { problem, travel, books, out: under_way.to_vec() };
    let (mut passed, mut refused) = (Vec::new(), BTreeMap::new());
    let mut due: Vec<&Trip> = plan.trips.iter().filter(|trip| trip.leaves < step).collect();
    due.sort_by_key(|trip| (trip.leaves, trip.vehicle));
    let mut fit = Vec::new();
    for trip in due {
        if under_way.iter().any(|out| same(out, trip)) {
            continue;
        }
        match gate.fits(trip) {
            Ok(()) => {
                gate.out.push(trip.clone());
                fit.push(trip);
            }
            Err(refusal) => *refused.entry(refusal).or_insert(0) += 1,
        }
    }
    // What stands at the sources is given in the order of loading.
    fit.sort_by_key(|trip| (trip.loads, trip.vehicle));
    // Whoever is refused brings no empties back, so those who counted on them are looked at again.
    loop {
        let before = passed.len();
        let mut left = Vec::new();
        for trip in fit {
            if gate.has(trip) {
                gate.books.enter(trip);
                passed.push(trip.clone());
            } else {
                left.push(trip);
            }
        }
        fit = left;
        if passed.len() == before {
            break;
        }
    }
    for _ in fit {
        *refused.entry(Refusal::Source).or_insert(0) += 1;
    }
    passed.sort_by_key(|trip| (trip.leaves, trip.vehicle));
    (passed, refused)
}

/// What the gate would refuse of a whole plan, whenever it begins, had it nothing but the problem: a second opinion for
/// whoever tests a search. Trips of the plan before that have begun count as out.
pub fn refusals(problem: &Problem, plan: &Plan) -> BTreeMap<Refusal, usize> {
    let decided = problem.decided();
    let travel = Travel::of(&decided.places, &decided.roads);
    let before = problem.before.iter().flat_map(|before| &before.trips);
    let under_way: Vec<Trip> = before.filter(|trip| trip.leaves < Minutes::ZERO).cloned().collect();
    pass(&decided, &travel, plan, &under_way, Minutes::NEVER).1
}

fn same(one: &Trip, other: &Trip) -> bool {
    one.vehicle == other.vehicle && one.leaves == other.leaves
}

struct Gate<'a> {
    problem: &'a Problem,
    travel: &'a Travel,
    books: Books,
    out: Vec<Trip>,
}

impl Gate<'_> {
    fn fits(&self, trip: &Trip) -> Result<(), Refusal> {
        self.known(trip)?;
        if trip.leaves < Minutes::ZERO {
            return Err(Refusal::Begun);
        }
        self.vehicle(trip)?;
        self.times(trip).ok_or(Refusal::Times)?;
        self.duty(trip)?;
        self.amounts(trip)?;
        self.bases(trip)
    }

    fn known(&self, trip: &Trip) -> Result<(), Refusal> {
        let problem = self.problem;
        let there = trip.vehicle.index() < problem.vehicles.len()
            && trip.source.index() < problem.sources.len()
            && !trip.stops.is_empty()
            && trip.stops.iter().all(|stop| stop.site.index() < problem.sites.len());
        if !there {
            return Err(Refusal::Unknown);
        }
        // Times beyond all reason are not reckoned with.
        let sane = |at: Minutes| at.0.unsigned_abs() <= Minutes::days(400).0.unsigned_abs();
        let own = [trip.leaves, trip.loads, trip.loaded, trip.back].into_iter().chain(trip.returns);
        let visits = trip.stops.iter().flat_map(|stop| [stop.arrives, stop.begins, stop.leaves]);
        if own.chain(visits).all(sane) { Ok(()) } else { Err(Refusal::Times) }
    }

    fn vehicle(&self, trip: &Trip) -> Result<(), Refusal> {
        let free = &self.problem.vehicle(trip.vehicle).free;
        let open = free.is_empty() || free.iter().any(|window| window.covers(trip.out()));
        let out = self.out.iter().any(|other| other.vehicle == trip.vehicle && other.out().meets(trip.out()));
        let bound = self.problem.carries_for(trip.vehicle, trip.source).is_err();
        if open && !out && !bound { Ok(()) } else { Err(Refusal::Vehicle) }
    }

    /// Every time is late enough for the way before it, and every gate is open.
    fn times(&self, trip: &Trip) -> Option<()> {
        let (vehicle, source) = (self.problem.vehicle(trip.vehicle), self.problem.source(trip.source));
        let way = |from, to, ready| self.travel.arrives(from, to, ready, vehicle.boards);
        let open = |windows: &[_], begins, length| first_open(windows, begins, length) == Some(begins);
        let late = |told: Minutes, least: Minutes| (told >= least).then_some(());
        late(trip.loads, way(vehicle.depot, source.place, trip.leaves)?)?;
        open(&source.loads, trip.loads, source.loading).then_some(())?;
        late(trip.loaded, trip.loads + source.loading)?;
        let (mut place, mut now) = (source.place, trip.loaded);
        for stop in &trip.stops {
            let site = self.problem.site(stop.site);
            late(stop.arrives, way(place, site.place, now)?)?;
            late(stop.begins, stop.arrives)?;
            open(&site.unloads, stop.begins, site.unloading).then_some(())?;
            late(stop.leaves, stop.begins + site.unloading)?;
            (place, now) = (site.place, stop.leaves);
        }
        if let Carries::Cylinders(_) = vehicle.carries {
            let returns = trip.returns?;
            late(returns, way(place, source.place, now)?)?;
            (place, now) = (source.place, returns);
        }
        late(trip.back, way(place, vehicle.depot, now)?)
    }

    fn duty(&self, trip: &Trip) -> Result<(), Refusal> {
        let today = |other: &&Trip| {
            other.vehicle == trip.vehicle && other.leaves >= Minutes::ZERO && other.leaves.day() == trip.leaves.day()
        };
        let out: i32 = self.out.iter().filter(today).map(|other| (other.back - other.leaves).0).sum();
        let with = Minutes(out) + (trip.back - trip.leaves);
        if with <= self.problem.vehicle(trip.vehicle).duty { Ok(()) } else { Err(Refusal::Duty) }
    }

    fn amounts(&self, trip: &Trip) -> Result<(), Refusal> {
        match self.problem.vehicle(trip.vehicle).carries {
            Carries::Liquid(most) => {
                for stop in &trip.stops {
                    let Amount::Liquid(grams) = stop.amount else { return Err(Refusal::Capacity) };
                    let tank = self.problem.site(stop.site).tank.as_ref().ok_or(Refusal::Site)?;
                    if grams < tank.smallest_lot.max(Grams(1)) {
                        return Err(Refusal::Site);
                    }
                }
                if trip.grams() <= most { Ok(()) } else { Err(Refusal::Capacity) }
            }
            Carries::Cylinders(most) => {
                let of = |stop: &Stop| match stop.amount {
                    Amount::Cylinders { size, full, empty } => Ok((size, u64::from(full), u64::from(empty))),
                    Amount::Liquid(_) => Err(Refusal::Capacity),
                };
                let mut aboard = 0;
                for stop in &trip.stops {
                    let (size, full, _) = of(stop)?;
                    let rack = self.problem.site(stop.site).rack.as_ref();
                    if rack.is_none_or(|rack| rack.size != size) || full == 0 {
                        return Err(Refusal::Site);
                    }
                    aboard += full;
                }
                for stop in &trip.stops {
                    if aboard > u64::from(most) {
                        return Err(Refusal::Capacity);
                    }
                    let (_, full, empty) = of(stop)?;
                    aboard = aboard - full + empty;
                }
                if aboard <= u64::from(most) { Ok(()) } else { Err(Refusal::Capacity) }
            }
        }
    }

    fn bases(&self, trip: &Trip) -> Result<(), Refusal> {
        for stop in &trip.stops {
            let kind: Kind = self.problem.kind_for(trip.vehicle, stop.site).map_err(|_| Refusal::Site)?;
            let bases = self.problem.bases(trip.source, stop.site, kind).map_err(|_| Refusal::Basis)?;
            if !bases.contains(&stop.basis) || !self.told_in_time(trip, stop) {
                return Err(Refusal::Basis);
            }
        }
        Ok(())
    }

    /// A visit that the plan before had from the same source at the same time was told then.
    fn told_in_time(&self, trip: &Trip, stop: &Stop) -> bool {
        if self.problem.holds(stop.basis, trip.source, trip.loads) {
            return true;
        }
        let announced = |(before, told): (&Trip, &Stop)| {
            before.source == trip.source
                && before.vehicle == trip.vehicle
                && before.loads == trip.loads
                && (told.site, told.basis) == (stop.site, stop.basis)
        };
        let told = self.problem.before.as_ref().is_some_and(|before| before.stops().any(announced));
        // Only the notice can lie in the past; force and release must hold on the day.
        told && self.in_force(trip, stop)
    }

    fn in_force(&self, trip: &Trip, stop: &Stop) -> bool {
        let released = self.problem.source(trip.source).released.is_some_and(|from| from <= trip.loads);
        let force = match stop.basis {
            Basis::Contract(number) => self.problem.contract(number).force.holds(trip.loads),
            _ => true,
        };
        released && force
    }

    /// Whether source and contracts have what the trip takes.
    fn has(&self, trip: &Trip) -> bool {
        let amounts = Amounts::of(trip);
        let liquid = amounts.liquid <= self.books.liquid(trip.source, trip.loads);
        let full = |(size, full): &(VesselSpec, u32)| *full <= self.books.cylinders(trip.source, *size, trip.loads);
        let mut drawn: Vec<(Basis, Grams)> = Vec::new();
        for stop in &trip.stops {
            match drawn.iter_mut().find(|(basis, _)| *basis == stop.basis) {
                Some((_, grams)) => *grams += stop.amount.grams(),
                None => drawn.push((stop.basis, stop.amount.grams())),
            }
        }
        let allowed = drawn.iter().all(|(basis, grams)| *grams <= self.books.allowed(*basis));
        liquid && amounts.full.iter().all(full) && allowed
    }
}

/// All that a trip loads.
pub(super) struct Amounts {
    pub(super) liquid: Grams,
    pub(super) full: Vec<(VesselSpec, u32)>,
}

impl Amounts {
    pub(super) fn of(trip: &Trip) -> Self {
        let mut all = Self { liquid: Grams::ZERO, full: Vec::new() };
        for stop in &trip.stops {
            match stop.amount {
                Amount::Liquid(grams) => all.liquid += grams,
                Amount::Cylinders { size, full, .. } => match all.full.iter_mut().find(|(of, _)| *of == size) {
                    Some((_, sum)) => *sum = sum.saturating_add(full),
                    None => all.full.push((size, full)),
                },
            }
        }
        all
    }
}
