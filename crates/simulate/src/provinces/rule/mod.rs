//! What a war room does without a search: whoever has the fewest days of cover is served first (`cover`), or the gravest
//! patients first and among them the fewest days of cover (`priority`).
//!
//! The rule is given everything that a good dispatcher would use: the need of the days ahead and not only today's, trucks
//! as they come free, the nearest source that has stock and a contract, several drops a trip, what is on the road
//! already, the ceilings of contracts, the windows of every gate. What it lacks is the thought that a truck sent here is
//! not sent there.

mod trial;
mod tuning;

pub use tuning::{GRID, tuned};

use oxygen::dispatch::{Kind, Minutes, Plan, Problem, SiteNo, SourceNo, Trip, VehicleNo};

use self::trial::Trial;
use super::world::Asked;

/// Who comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum First {
    /// The fewest days of cover.
    Cover,
    /// The gravest class, and in it the fewest days of cover.
    Priority,
}

impl First {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cover, Self::Priority];

    /// As it is written on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Priority => "priority",
        }
    }
}

/// A war room's rule with its settings.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rule {
    /// Who comes first.
    pub first: First,
    /// Facilities with fewer days of cover are served.
    pub target: f64,
    /// How many days' need a delivery brings at most; infinite: as much as fits.
    pub lot: f64,
    /// Over how many days ahead the need is averaged; 1: today's.
    pub look: usize,
    /// Visits of a trip at most.
    pub drops: usize,
}

/// How many sources are tried for a facility, the nearest first.
const SOURCES: usize = 6;
/// How many facilities are thought of for the next drop, the neediest of the near ones first.
const NEAR: usize = 8;

impl Rule {
    /// The plan of a morning: what is frozen, and trips for a day.
    pub fn plan(&self, asked: &Asked) -> Plan {
        self.until(asked, Minutes::DAY)
    }

    /// The same for two days, so that the next morning has a plan before it.
    pub fn ahead(&self, asked: &Asked) -> Plan {
        self.until(asked, Minutes::days(2))
    }

    /// Trips that set out before a minute.
    pub fn until(&self, asked: &Asked, until: Minutes) -> Plan {
        let problem = asked.problem;
        let mut trial = Trial::new(asked, self.look, until);
        let kept = problem.before.iter().flat_map(|before| &before.trips);
        let mut trips: Vec<Trip> = kept.filter(|trip| trip.leaves < problem.frozen_until).cloned().collect();
        trips.iter().for_each(|trip| trial.enter(trip));
        let sources = sources_of(asked);
        let mut closed = vec![[false; 2]; problem.sites.len()];
        while let Some((site, tank)) = self.next(&trial, &closed) {
            match self.serve(&mut trial, site, tank, &sources[site.index()][usize::from(!tank)]) {
                Some(trip) => {
                    trial.enter(&trip);
                    trips.push(trip);
                }
                None => closed[site.index()][usize::from(!tank)] = true,
            }
        }
        Plan { trips }.in_order()
    }

    /// Who is served next, and whether his tank or his rack: the tank first, the rack when no tanker can come.
    fn next(&self, trial: &Trial, closed: &[[bool; 2]]) -> Option<(SiteNo, bool)> {
        let sites = trial.problem.sites.iter().enumerate();
        let open = sites.filter_map(|(number, site)| {
            let [tank, rack] = closed[number];
            let tank = site.tank.is_some() && !tank;
            if !tank && (site.rack.is_none() || rack) {
                return None;
            }
            let cover = trial.cover(number);
            let class = if self.first == First::Priority { site.class as usize } else { 0 };
            (cover < self.target).then_some((class, cover, number, tank))
        });
        let first = open.min_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)))?;
        Some((SiteNo::of(first.2), first.3))
    }

    /// A trip to a facility from the nearest source that can give, by the vehicle that is there first; more drops on
    /// the way while there is room.
    fn serve(&self, trial: &mut Trial, site: SiteNo, tank: bool, sources: &[SourceNo]) -> Option<Trip> {
        for source in sources {
            let Some(vehicle) = trial.quickest(*source, site, tank) else { continue };
            let Some(mut trip) = trial.first_visit((vehicle, *source), site, self.lot) else { continue };
            while trip.stops.len() < self.drops && self.drop(trial, &mut trip, tank) {}
            return Some(trip);
        }
        None
    }

    /// One more visit, to the neediest of those near the last; whether there is one.
    fn drop(&self, trial: &mut Trial, trip: &mut Trip, tank: bool) -> bool {
        let problem = trial.problem;
        let Some(last) = trip.stops.last().map(|stop| problem.site(stop.site).place) else { return false };
        let on = |number: usize| trip.stops.iter().any(|stop| stop.site.index() == number);
        let takes = |number: usize| {
            let site = &problem.sites[number];
            if tank { site.tank.is_some() } else { site.rack.is_some() && site.tank.is_none() }
        };
        let mut near: Vec<(i64, usize)> = (0..problem.sites.len())
            .filter(|number| takes(*number) && !on(*number) && trial.cover(*number) < self.target)
            .filter_map(|number| Some((trial.travel.leg(last, problem.sites[number].place)?.metres, number)))
            .collect();
        near.sort_unstable();
        near.truncate(NEAR);
        let class = |number: usize| match self.first {
            First::Priority => problem.sites[number].class as usize,
            First::Cover => 0,
        };
        near.sort_by(|(_, one), (_, other)| {
            class(*one).cmp(&class(*other)).then(trial.cover(*one).total_cmp(&trial.cover(*other)))
        });
        near.into_iter().any(|(_, number)| trial.add(trip, SiteNo::of(number), self.lot))
    }
}

/// For every facility the sources that may fill its tank, and those that may exchange its cylinders: suppliers before
/// lenders, the nearest first.
fn sources_of(asked: &Asked) -> Vec<[Vec<SourceNo>; 2]> {
    let problem = asked.problem;
    let sorted = |site: SiteNo, kind: Kind| {
        let fits = |source: &SourceNo| problem.bases(*source, site, kind).is_ok();
        let way = |source: SourceNo| {
            let source = problem.source(source);
            let leg = asked.travel.leg(source.place, problem.site(site).place)?;
            Some((source.lender.is_some(), asked.travel.least(leg)))
        };
        let sources = (0..problem.sources.len()).map(SourceNo::of).filter(fits);
        let mut ways: Vec<_> = sources.filter_map(|source| Some((way(source)?, source))).collect();
        ways.sort();
        ways.truncate(SOURCES);
        ways.into_iter().map(|(_, source)| source).collect()
    };
    let of_site = |number: usize| {
        let site = &problem.sites[number];
        let liquid = site.tank.as_ref().map(|_| sorted(SiteNo::of(number), Kind::Liquid));
        let cylinders = site.rack.as_ref().map(|rack| sorted(SiteNo::of(number), Kind::Cylinders(rack.size)));
        [liquid.unwrap_or_default(), cylinders.unwrap_or_default()]
    };
    (0..problem.sites.len()).map(of_site).collect()
}

/// Vehicles that carry for a source and may go to a site with the kind.
fn may(problem: &Problem, vehicle: VehicleNo, source: SourceNo, site: SiteNo, tank: bool) -> bool {
    problem.carries_for(vehicle, source).is_ok()
        && problem.kind_for(vehicle, site).is_ok_and(|kind| (kind == Kind::Liquid) == tank)
}
