//! Decisions that cannot stand together, down to the smallest sets of them.
//!
//! What is looked at are conditions that every plan must meet, so whatever is named here is a contradiction indeed. That
//! the rest can be met together only a search can tell.

use oxygen::dispatch::{Decision, Minutes, Pin, Plan, Problem, SiteNo, SourceNo, Stop, Trip, Window};
use quantity::Grams;

use crate::check::{self, Rule};

use super::told::kinds;

/// Sets of decisions that contradict each other (or the problem, when a set is of one): places in [`Problem::pins`]. Of
/// each set none can be left out without its being no contradiction any more; no decision stands in two sets.
///
/// The problem's shape must be sound.
pub fn conflicts(problem: &Problem) -> Vec<Vec<usize>> {
    let mut tried = problem.clone();
    let mut contradicts = |pins: &[usize]| {
        tried.pins = pins.iter().map(|pin| problem.pins[*pin].clone()).collect();
        contradictory(&tried)
    };
    let mut pool: Vec<usize> = (0..problem.pins.len()).collect();
    let mut sets = Vec::new();
    while !pool.is_empty() && contradicts(&pool) {
        let mut set = pool.clone();
        // The newest go first: what stood longest is kept in the set last.
        for pin in pool.iter().rev() {
            let without: Vec<usize> = set.iter().copied().filter(|other| other != pin).collect();
            if contradicts(&without) {
                set = without;
            }
        }
        if set.is_empty() {
            break;
        }
        pool.retain(|pin| !set.contains(pin));
        sets.push(set);
    }
    sets
}

/// Whether no plan can keep all decisions of a problem. More decisions never make it one that can.
fn contradictory(problem: &Problem) -> bool {
    if problem.pins.is_empty() {
        return false;
    }
    let standing = standing(problem);
    if problem.pins.iter().any(|pin| matches!(pin.decision, Decision::Keep(_))) {
        // What other trips could still mend does not count: empty cylinders that they bring back or let be used up.
        let mendable = [Rule::Deliver, Rule::EmptiesNotThere, Rule::NoFull];
        if check::checked(problem, &standing).iter().any(|fault| !mendable.contains(&fault.rule)) {
            return true;
        }
    }
    let decided = problem.decided();
    let wanted: Vec<Wanted> = problem.pins.iter().filter_map(|pin| Wanted::of(pin, &standing)).collect();
    wanted.iter().any(|wanted| !wanted.possible(problem, &decided, &standing))
        || problem.pins.iter().any(|pin| match pin.decision {
            // Frozen trips come all the same, and are not held against anybody.
            Decision::AtMost { site, most } => {
                least(&wanted, &standing, site) > most.max(coming(frozen(problem).iter(), site))
            }
            _ => false,
        })
}

/// The trips that are not touched.
fn frozen(problem: &Problem) -> Vec<Trip> {
    let before = problem.before.as_ref().map_or(&[][..], |before| &before.trips);
    before.iter().filter(|trip| trip.leaves < problem.frozen_until).cloned().collect()
}

/// What trips bring to a site from the start on.
fn coming<'a>(trips: impl Iterator<Item = &'a Trip>, site: SiteNo) -> Grams {
    let stops = trips.flat_map(|trip| &trip.stops);
    stops.filter(|stop| stop.site == site && stop.leaves >= Minutes::ZERO).map(|stop| stop.amount.grams()).sum()
}

/// The trips that every plan must have: those frozen and those kept.
fn standing(problem: &Problem) -> Plan {
    let mut trips = frozen(problem);
    for pin in &problem.pins {
        if let Decision::Keep(trip) = &pin.decision
            && !trips.contains(trip)
        {
            trips.push(trip.clone());
        }
    }
    Plan { trips }
}

/// A delivery that somebody wants.
struct Wanted {
    site: SiteNo,
    source: Option<SourceNo>,
    when: Window,
    least: Grams,
}

impl Wanted {
    /// What a decision wants, beyond what was unloaded before the start.
    fn of(pin: &Pin, standing: &Plan) -> Option<Self> {
        let Decision::Deliver { site, source, when, least } = pin.decision else { return None };
        let all = Self { site, source, when, least };
        let past = standing.stops().filter(|(trip, stop)| all.means(trip, stop) && stop.leaves < Minutes::ZERO);
        let least = least - past.map(|(_, stop)| stop.amount.grams()).sum();
        (least > Grams::ZERO).then_some(Self { least, ..all })
    }

    fn means(&self, trip: &Trip, stop: &Stop) -> bool {
        let from = self.source.is_none_or(|source| source == trip.source);
        stop.site == self.site && from && self.when.holds(stop.begins)
    }

    /// Whether the sources that may deliver then have enough between them.
    fn possible(&self, problem: &Problem, decided: &Problem, standing: &Plan) -> bool {
        let come = standing.stops().filter(|(trip, stop)| self.means(trip, stop) && stop.leaves >= Minutes::ZERO);
        let missing = self.least - come.map(|(_, stop)| stop.amount.grams()).sum();
        let sources = (0..decided.sources.len()).map(SourceNo::of);
        let meant = sources.filter(|source| self.source.is_none_or(|only| only == *source));
        let most: Grams = meant.map(|source| self.most(problem, decided, source)).sum();
        missing <= Grams::ZERO || missing <= most
    }

    /// More than a source can have brought to the site within the window, whatever else it does.
    fn most(&self, problem: &Problem, decided: &Problem, source: SourceNo) -> Grams {
        let Some(latest) = self.latest(problem, decided, source) else { return Grams::ZERO };
        let from = decided.source(source);
        let days = latest.0.max(0) as usize / Minutes::DAY.0 as usize + 1;
        let mut most = Grams::ZERO;
        for liquid in kinds(decided, source, self.site) {
            if liquid {
                let made = from.liquid.iter().flat_map(|liquid| liquid.made.iter().take(days));
                most += from.liquid.iter().map(|liquid| liquid.stock).sum::<Grams>() + made.sum();
            } else {
                let size = decided.site(self.site).rack.as_ref().map(|rack| rack.size);
                for cylinders in from.cylinders.iter().filter(|cylinders| Some(cylinders.size) == size) {
                    let count = i64::from(cylinders.full) + i64::from(cylinders.fills) * days as i64;
                    most += cylinders.size.full() * count;
                }
            }
        }
        if from.lender.is_none() && decided.aims.emergency_purchase.is_none() {
            let of_site = decided.contracts.iter().filter(|contract| {
                contract.source == source && (contract.sites.is_empty() || contract.sites.contains(&self.site))
            });
            most = most.min(of_site.map(|contract| contract.left).sum());
        }
        most
    }

    /// The last minute of the window at which unloading from a source can begin; `None` when there is none.
    fn latest(&self, problem: &Problem, decided: &Problem, source: SourceNo) -> Option<Minutes> {
        let (site, from) = (decided.site(self.site), decided.source(source));
        let end = decided.end() - site.unloading + Minutes(1);
        let mut open = vec![Window::new(self.when.from.max(Minutes::ZERO), self.when.to.min(end))];
        if !site.unloads.is_empty() {
            let begins = |window: &Window| Window::new(window.from, window.to - site.unloading + Minutes(1));
            open = site.unloads.iter().map(begins).map(|window| both(window, open[0])).collect();
        }
        for pin in &problem.pins {
            match pin.decision {
                Decision::Forbid { site, source: only, when }
                    if site == self.site && only.is_none_or(|only| only == source) =>
                {
                    open = without(open, when);
                }
                // Nobody arrives before a flood goes down that began before he could have left.
                Decision::RoadClosed { from: flooded, to: None, when }
                    if flooded == site.place && from.place != flooded && when.from <= Minutes::ZERO =>
                {
                    open = without(open, Window::new(Minutes::ZERO, when.to));
                }
                _ => {}
            }
        }
        let latest = open.iter().filter(|window| window.from < window.to).map(|window| window.to - Minutes(1)).max()?;
        let loads = |window: &Window| {
            window.from + from.loading <= window.to && window.from.max(Minutes::ZERO) + from.loading <= latest
        };
        let loaded = if from.loads.is_empty() { from.loading <= latest } else { from.loads.iter().any(loads) };
        loaded.then_some(latest)
    }
}

fn both(one: Window, other: Window) -> Window {
    Window::new(one.from.max(other.from), one.to.min(other.to))
}

fn without(open: Vec<Window>, closed: Window) -> Vec<Window> {
    let parts = open.into_iter().flat_map(|window| {
        [Window::new(window.from, window.to.min(closed.from)), Window::new(window.from.max(closed.to), window.to)]
    });
    parts.filter(|part| part.from < part.to).collect()
}

/// What a site gets at least when everything that is wanted comes: deliveries whose windows share no minute, or that come
/// from different sources, cannot be one; and what comes in any case.
fn least(wanted: &[Wanted], standing: &Plan, site: SiteNo) -> Grams {
    let here = || wanted.iter().filter(|wanted| wanted.site == site);
    let mut sources: Vec<SourceNo> = here().filter_map(|wanted| wanted.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let of = |source| apart(here().filter(|wanted| wanted.source == Some(source)).collect());
    let by_source: Grams = sources.into_iter().map(of).sum();
    by_source.max(apart(here().collect())).max(coming(standing.trips.iter(), site))
}

/// The most that deliveries are together of which no two windows share a minute.
fn apart(mut wanted: Vec<&Wanted>) -> Grams {
    wanted.sort_by_key(|wanted| wanted.when.to);
    let mut best: Vec<Grams> = Vec::with_capacity(wanted.len());
    for (number, one) in wanted.iter().enumerate() {
        let before = wanted[..number].iter().rposition(|other| other.when.to <= one.when.from);
        let with = one.least + before.map_or(Grams::ZERO, |before| best[before]);
        best.push(best.last().map_or(with, |last| with.max(*last)));
    }
    best.last().copied().unwrap_or_default()
}
