//! Whether the shells of a site do what the plan says: room for all of them, and only empty ones that are there go back.

use oxygen::dispatch::{Amount, Minutes, Rack, SiteNo, Stop, Trip};

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
        let used = if site.tank.is_some() { None } else { Some(Used::of(case, SiteNo::of(number), rack)) };
        empties(case, rack, &visits, used.as_ref());
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

fn empties(case: &mut Case<'_>, rack: &Rack, visits: &[Visit<'_>], used: Option<&Used>) {
    let mut taken = 0;
    for visit in visits {
        taken += visit.empty;
        let begins = i64::from(visit.stop.begins.0);
        // Who unloads at the same time does not help yet.
        let brought = visits.iter().filter(|other| i64::from(other.stop.leaves.0) <= begins).map(|other| other.full);
        let there = i64::from(rack.empty) + used.map_or(0, |used| used.until(begins, brought.sum()));
        if visit.empty > 0 && taken > there && !case.frozen[visit.trip] {
            let fault = case.of_stop(Rule::EmptiesNotThere, visit.trip, visit.at);
            case.fault(fault.against(taken.to_string(), there.to_string()));
            return;
        }
    }
}

/// How many cylinders a site without a tank has used up: what it needs beyond what its own plant makes, on the mean of
/// the paths, evenly over each day, but no more than its full ones hold.
struct Used {
    /// Over each day of the plan, summed over the paths, in grams.
    net: Vec<i128>,
    paths: i128,
    /// Full ones at the start.
    full: i64,
    /// What one holds, in grams.
    content: i128,
    /// Full ones lent to others, and when they were gone.
    lent: Vec<(i64, i64)>,
}

impl Used {
    fn of(case: &Case<'_>, site: SiteNo, rack: &Rack) -> Self {
        let mut net = vec![0_i128; case.problem.days as usize];
        for path in &case.problem.paths {
            let made = path.made.get(site.index());
            for (day, sum) in net.iter_mut().enumerate() {
                let need = path.need[site.index()][day].0;
                let own = made.and_then(|made| made.get(day)).map_or(0, |made| made.0);
                *sum += i128::from((need - own).max(0));
            }
        }
        let lends = |trip: &Trip| case.problem.source(trip.source).lender == Some(site) && trip.loads >= Minutes::ZERO;
        let fulls = |stop: &Stop| match stop.amount {
            Amount::Cylinders { size, full, .. } if size == rack.size => i64::from(full),
            _ => 0,
        };
        let lent = case
            .trips()
            .filter(|(_, trip)| lends(trip))
            .map(|(_, trip)| (i64::from(trip.loaded.0), trip.stops.iter().map(fulls).sum()))
            .collect();
        let content = i128::from(rack.size.full().0);
        Self { net, paths: case.problem.paths.len() as i128, full: i64::from(rack.full), content, lent }
    }

    /// Whole cylinders used up until a minute, when so many full ones have been brought before.
    fn until(&self, minute: i64, brought: i64) -> i64 {
        let of_day = |(day, sum): (usize, &i128)| sum * i128::from((minute - day as i64 * DAY).clamp(0, DAY));
        // Grams × minutes of a day × paths: whole numbers.
        let need: i128 = self.net.iter().enumerate().map(of_day).sum();
        let one = self.content * i128::from(DAY) * self.paths;
        let gone: i64 = self.lent.iter().filter(|(at, _)| *at <= minute).map(|(_, full)| full).sum();
        let there = i128::from((self.full + brought - gone).max(0)) * one;
        i64::try_from(need.min(there) / one.max(1)).unwrap_or(i64::MAX)
    }
}
