//! The ways and the paths of a problem: usable numbers, every site and day told.

use oxygen::dispatch::{Path, Place, PlaceNo};
use quantity::Grams;

use super::flaw::{Flaw, Unsound};
use super::shape::{Found, MOST_GRAMS};

/// Places, roads, ferries, measured ways and closures.
pub fn roads(found: &mut Found<'_>) {
    let roads = &found.problem.roads;
    let count = found.problem.places.len();
    for (number, Place { name, at, .. }) in found.problem.places.iter().enumerate() {
        let on_earth = |(north, east): (f64, f64)| north.abs() <= 90.0 && east.abs() <= 180.0;
        if let Some((north, east)) = at.filter(|at| !on_earth(*at)) {
            let flaw = Unsound::new(Flaw::OffEarth, format!("places[{number}].at"));
            found.tell(flaw.with("name", name).with("found", format!("{north}, {east}")));
        }
    }
    for (name, value, usable) in [("winding", roads.winding, 1.0..=10.0), ("kmh", roads.kmh, 1.0..=200.0)] {
        if !usable.contains(&value) {
            let limit = format!("{} – {}", usable.start(), usable.end());
            found.tell(Unsound::new(Flaw::Roads, format!("roads.{name}")).with("found", value).with("limit", limit));
        }
    }
    let two = |found: &mut Found<'_>, at: &str, one: PlaceNo, other: PlaceNo| {
        found.index(at, one.index(), count);
        found.index(at, other.index(), count);
        if one == other {
            found.tell(Unsound::new(Flaw::SamePlace, at));
        }
    };
    for (number, ferry) in roads.ferries.iter().enumerate() {
        let at = format!("roads.ferries[{number}]");
        two(found, &at, ferry.one, ferry.other);
        found.windows(&format!("{at}.sails"), &ferry.sails);
        found.length(&format!("{at}.takes"), ferry.takes);
    }
    for (number, way) in roads.measured.iter().enumerate() {
        let at = format!("roads.measured[{number}]");
        two(found, &at, way.from, way.to);
        found.length(&format!("{at}.minutes"), way.minutes);
        if way.metres < 0 {
            found.tell(Unsound::new(Flaw::Negative, format!("{at}.metres")).with("found", way.metres));
        }
    }
    for (number, closure) in roads.closures.iter().enumerate() {
        let at = format!("roads.closures[{number}]");
        match closure.to {
            Some(to) => two(found, &at, closure.from, to),
            None => found.index(&at, closure.from.index(), count),
        }
        found.windows(&format!("{at}.closed"), &closure.closed);
    }
}

/// Every path tells every site and day.
pub fn paths(found: &mut Found<'_>) {
    for (number, path) in found.problem.paths.iter().enumerate() {
        let at = format!("paths[{number}]");
        rows(found, &format!("{at}.need"), &path.need, true);
        if !path.made.is_empty() {
            rows(found, &format!("{at}.made"), &path.made, false);
        }
        outages(found, &at, path);
    }
}

fn rows(found: &mut Found<'_>, at: &str, rows: &[Vec<Grams>], need: bool) {
    let problem = found.problem;
    let days = problem.days as usize;
    if rows.len() != problem.sites.len() {
        let flaw = Unsound::new(Flaw::PathShape, at).with("found", rows.len());
        found.tell(flaw.with("count", problem.sites.len()));
        return;
    }
    for (site, row) in rows.iter().enumerate() {
        let at = format!("{at}[{site}]");
        if row.is_empty() && need {
            // Nobody knows what it uses; it is not taken for one that uses nothing.
            found.tell(Unsound::new(Flaw::NeedUnknown, at).with("name", &problem.sites[site].name));
        } else if row.len() != days {
            found.tell(Unsound::new(Flaw::PathShape, at).with("found", row.len()).with("count", days));
        } else if let Some(day) = row.iter().position(|grams| !(Grams::ZERO..=MOST_GRAMS).contains(grams)) {
            found.grams(&format!("{at}[{day}]"), row[day]);
        }
    }
}

fn outages(found: &mut Found<'_>, at: &str, path: &Path) {
    let (sources, vehicles) = (found.problem.sources.len(), found.problem.vehicles.len());
    for (number, outage) in path.sources_out.iter().enumerate() {
        let at = format!("{at}.sources_out[{number}]");
        found.index(&at, outage.of.index(), sources);
        found.windows(&at, &[outage.when]);
    }
    for (number, outage) in path.vehicles_out.iter().enumerate() {
        let at = format!("{at}.vehicles_out[{number}]");
        found.index(&at, outage.of.index(), vehicles);
        found.windows(&at, &[outage.when]);
    }
}
