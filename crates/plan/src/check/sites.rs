//! Whether the shells of a site do what the plan says: room for all of them, and only empty ones that are there go back.

use oxygen::dispatch::{Amount, Minutes, Rack, SiteNo, Stop};

use super::case::Case;
use super::rule::Rule;

const DAY: i64 = Minutes::DAY.0 as i64;

/// A stop with cylinders.
struct Visit<'a> {
    trip: usize,
    at: usize,
    stop: &'a Stop,
    full: i64,
    empty: i64,
}

/// Looks at every site with cylinders. What was unloaded before the start stands in its counts already.
pub fn sites(case: &mut Case<'_>) {
    let mut of_site: Vec<Vec<Visit<'_>>> = case.problem.sites.iter().map(|_| Vec::new()).collect();
    for (trip, at, _, stop) in case.stops().filter(|(.., stop)| stop.leaves >= Minutes::ZERO) {
        let Some(rack) = &case.problem.site(stop.site).rack else { continue };
        if let Amount::Cylinders { size, full, empty } = stop.amount
            && size == rack.size
        {
            let visit = Visit { trip, at, stop, full: i64::from(full), empty: i64::from(empty) };
            of_site[stop.site.index()].push(visit);
        }
    }
    for (number, mut visits) in of_site.into_iter().enumerate() {
        let site = &case.problem.sites[number];
        let Some(rack) = site.rack.as_ref().filter(|_| !visits.is_empty()) else { continue };
        visits.sort_by_key(|visit| (visit.stop.begins, visit.trip, visit.at));
        room(case, rack, &visits);
        let used = Used::of(case, SiteNo::of(number), rack);
        empties(case, rack, &visits, &used);
    }
}

fn room(case: &mut Case<'_>, rack: &Rack, visits: &[Visit<'_>]) {
    let mut shells = i64::from(rack.full) + i64::from(rack.empty);
    for visit in visits {
        shells += visit.full - visit.empty;
        if shells > i64::from(rack.room) && !case.frozen[visit.trip] {
            let fault = case.of_stop(Rule::NoRoom, visit.trip, visit.at);
            case.fault(fault.against(shells.to_string(), rack.room.to_string()));
            return;
        }
    }
}

fn empties(case: &mut Case<'_>, rack: &Rack, visits: &[Visit<'_>], used: &Used) {
    let mut taken = 0;
    for visit in visits {
        taken += visit.empty;
        let there = i64::from(rack.empty) + used.until(i64::from(visit.stop.begins.0));
        if visit.empty > 0 && taken > there && !case.frozen[visit.trip] {
            let fault = case.of_stop(Rule::EmptiesNotThere, visit.trip, visit.at);
            case.fault(fault.against(taken.to_string(), there.to_string()));
            return;
        }
    }
}

/// How many cylinders a site has used up: what it needs beyond what its own plant makes, on the mean of the paths, evenly
/// over each day, first from the tank, then from the cylinders, as far as there are any.
struct Used {
    /// Over each day of the plan, summed over the paths, in grams.
    net: Vec<i128>,
    /// At the start, and the most that fits: tank and cylinders.
    start: [i128; 2],
    holds: [i128; 2],
    /// What one cylinder holds.
    content: i128,
    /// What comes (or is lent, negative), by minute: into the tank or the cylinders.
    comes: Vec<(i64, usize, i128)>,
}

impl Used {
    fn of(case: &Case<'_>, number: SiteNo, rack: &Rack) -> Self {
        let mut net = vec![0_i128; case.problem.days as usize];
        for path in &case.problem.paths {
            let made = path.made.get(number.index());
            for (day, sum) in net.iter_mut().enumerate() {
                let need = path.need[number.index()][day].0;
                let own = made.and_then(|made| made.get(day)).map_or(0, |made| made.0);
                *sum += i128::from((need - own).max(0));
            }
        }
        // Whole numbers throughout: grams × minutes of a day × paths.
        let gram = i128::from(DAY) * case.problem.paths.len().max(1) as i128;
        let content = i128::from(rack.size.full().0) * gram;
        let tank = case.problem.site(number).tank.as_ref();
        let start = [tank.map_or(0, |tank| i128::from(tank.stock.0) * gram), i128::from(rack.full) * content];
        let holds = [tank.map_or(0, |tank| i128::from(tank.holds.0) * gram), i128::from(rack.room) * content];
        let mut comes = Vec::new();
        let amount = |stop: &Stop| match stop.amount {
            Amount::Liquid(grams) => (0, i128::from(grams.0) * gram),
            Amount::Cylinders { full, .. } => (1, i128::from(full) * content),
        };
        for (_, trip) in case.trips() {
            let lends = case.problem.source(trip.source).lender == Some(number) && trip.loads >= Minutes::ZERO;
            for stop in &trip.stops {
                let (store, units) = amount(stop);
                if lends {
                    comes.push((i64::from(trip.loaded.0), store, -units));
                }
                if stop.site == number && stop.leaves >= Minutes::ZERO {
                    comes.push((i64::from(stop.leaves.0), store, units));
                }
            }
        }
        comes.sort_unstable();
        Self { net, start, holds: [holds[0].max(start[0]), holds[1].max(start[1])], content, comes }
    }

    /// Whole cylinders used up until a minute.
    fn until(&self, minute: i64) -> i64 {
        let ([mut tank, mut rack], mut used, mut now) = (self.start, 0_i128, 0_i64);
        let mut go = |tank: &mut i128, rack: &mut i128, used: &mut i128, to: i64| {
            while now < to {
                let until = to.min((now / DAY + 1) * DAY);
                let need = self.net.get((now / DAY) as usize).copied().unwrap_or(0) * i128::from(until - now);
                let from_tank = need.min(*tank);
                let from_rack = (need - from_tank).min(*rack);
                (*tank, *rack, *used, now) = (*tank - from_tank, *rack - from_rack, *used + from_rack, until);
            }
        };
        for (at, store, units) in self.comes.iter().filter(|(at, ..)| *at < minute) {
            go(&mut tank, &mut rack, &mut used, *at);
            let stock = if *store == 0 { &mut tank } else { &mut rack };
            *stock = (*stock + units).clamp(0, self.holds[*store]);
        }
        go(&mut tank, &mut rack, &mut used, minute);
        i64::try_from(used / self.content.max(1)).unwrap_or(i64::MAX)
    }
}
