//! The clock of a trip: when it leaves, loads, unloads and is back, with all that it must wait for.

use super::minutes::{Minutes, Window, first_open};
use super::numbers::{PlaceNo, SiteNo, SourceNo, VehicleNo};
use super::problem::{Carries, Problem};
use super::roads::Travel;

/// When a visit takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// The vehicle is there.
    pub arrives: Minutes,
    /// Unloading begins.
    pub begins: Minutes,
    /// It sets off again.
    pub leaves: Minutes,
}

/// When a trip takes place. Kept and filled again, so that a search need not ask for memory at every try.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clock {
    /// It leaves the depot.
    pub leaves: Minutes,
    /// Loading begins.
    pub loads: Minutes,
    /// It leaves the source.
    pub loaded: Minutes,
    /// Its visits, in order.
    pub visits: Vec<Visit>,
    /// Empty cylinders are back at the source; none for liquid.
    pub returns: Option<Minutes>,
    /// It is back at the depot.
    pub back: Minutes,
    /// How far it goes, in metres.
    pub metres: i64,
}

impl Clock {
    /// From leaving the depot until it is back.
    pub fn out(&self) -> Window {
        Window::new(self.leaves, self.back)
    }

    /// Fills it with the earliest times of a trip that is ready at `ready`. `false` when the trip cannot take place:
    /// no way, nothing open any more, longer than the drivers may be out, or not within a window of the vehicle. What
    /// it holds then means nothing.
    pub fn set(
        &mut self,
        problem: &Problem,
        travel: &Travel,
        (vehicle, source): (VehicleNo, SourceNo),
        ready: Minutes,
        stops: &[SiteNo],
    ) -> bool {
        let free = &problem.vehicle(vehicle).free;
        if free.is_empty() {
            return self.run(problem, travel, (vehicle, source), ready, stops).is_some();
        }
        for window in free.iter().filter(|window| window.to > ready) {
            let from = ready.max(window.from);
            if self.run(problem, travel, (vehicle, source), from, stops).is_none() {
                continue;
            }
            if self.back <= window.to {
                return true;
            }
        }
        false
    }

    fn run(
        &mut self,
        problem: &Problem,
        travel: &Travel,
        of: (VehicleNo, SourceNo),
        ready: Minutes,
        stops: &[SiteNo],
    ) -> Option<()> {
        let vehicle = problem.vehicle(of.0);
        let source = problem.source(of.1);
        let arrives = travel.arrives(vehicle.depot, source.place, ready, vehicle.boards)?;
        self.loads = first_open(&source.loads, arrives, source.loading)?;
        self.leaves = ready;
        if self.loads > arrives {
            // Nobody waits at a closed gate who could have stayed at home.
            let later = ready + (self.loads - arrives);
            if travel.arrives(vehicle.depot, source.place, later, vehicle.boards) == Some(self.loads) {
                self.leaves = later;
            }
        }
        self.loaded = self.loads + source.loading;
        self.metres = 0;
        self.visits.clear();
        let mut at = vehicle.depot;
        let mut drive = |to: PlaceNo| {
            let metres = travel.leg(at, to).map_or(0, |leg| leg.metres);
            self.metres += metres;
            std::mem::replace(&mut at, to)
        };
        drive(source.place);
        let mut now = self.loaded;
        for stop in stops {
            let site = problem.site(*stop);
            let from = drive(site.place);
            let arrives = travel.arrives(from, site.place, now, vehicle.boards)?;
            let begins = first_open(&site.unloads, arrives, site.unloading)?;
            now = begins + site.unloading;
            self.visits.push(Visit { arrives, begins, leaves: now });
        }
        self.returns = None;
        if matches!(vehicle.carries, Carries::Cylinders(_)) {
            let from = drive(source.place);
            now = travel.arrives(from, source.place, now, vehicle.boards)?;
            self.returns = Some(now);
        }
        let from = drive(vehicle.depot);
        self.back = travel.arrives(from, vehicle.depot, now, vehicle.boards)?;
        (self.back - self.leaves <= vehicle.duty).then_some(())
    }
}
