//! Whether a vehicle can be at a place at a stated time. The table of ways says how long a way takes, when it is closed and
//! when its ferry may be boarded; everything else is reckoned here.

use oxygen::dispatch::{Leg, Minutes, PlaceNo, Travel, Window};

use super::rule::Rule;

/// The first minute, not before `from`, at which `length` minutes of movement meet no closure. It is `from` itself or the
/// end of a closure; `None` when nothing is open any more.
fn first_open_road(closed: &[Window], from: i64, length: i64) -> Option<i64> {
    let blocked = |begins: i64| {
        closed.iter().any(|window| i64::from(window.from.0) < begins + length && begins < i64::from(window.to.0))
    };
    let ends = closed.iter().map(|window| i64::from(window.to.0)).filter(|end| *end > from);
    let open = std::iter::once(from).chain(ends).filter(|begins| !blocked(*begins)).min();
    open.filter(|begins| *begins < i64::from(Minutes::NEVER.0))
}

/// Minutes that a way takes when nobody waits: to the pier, and from boarding on.
fn lengths(travel: &Travel, leg: &Leg) -> (i64, i64) {
    let over = leg.ferry.map_or(0, |(ferry, drive)| i64::from(travel.sailing(ferry).1.0) + i64::from(drive.0));
    (i64::from(leg.drive.0), over)
}

/// The earliest arrival of who is ready at `ready`, under the closures given; `None` when there is none any more.
fn earliest(travel: &Travel, leg: &Leg, ready: i64, closed: &[Window]) -> Option<i64> {
    let (drive, over) = lengths(travel, leg);
    let there = first_open_road(closed, ready, drive)? + drive;
    let Some((ferry, _)) = leg.ferry else { return Some(there) };
    // It boards when the boarding window opens, at once, or when a closure ends that it would have met.
    let boardings = travel.sailing(ferry).0.iter().filter_map(|sails| {
        let boards = first_open_road(closed, there.max(i64::from(sails.from.0)), over)?;
        (boards < i64::from(sails.to.0)).then_some(boards)
    });
    boardings.min().map(|boards| boards + over)
}

/// The earliest minute at which a vehicle that is ready at `ready` can be there.
///
/// # Errors
/// The rule that says why it can never be.
pub fn arrival(travel: &Travel, from: PlaceNo, to: PlaceNo, ready: i64, boards: bool) -> Result<i64, Rule> {
    let leg = travel.leg(from, to).ok_or(Rule::NoWay)?;
    if leg.ferry.is_some() && !boards {
        return Err(Rule::NotBoarding);
    }
    earliest(travel, leg, ready, &[]).ok_or(Rule::FerryMissed)?;
    earliest(travel, leg, ready, travel.closed(leg)).ok_or(Rule::RoadClosed)
}

/// Whether a vehicle that is ready at `ready` can be there at `stated`.
///
/// # Errors
/// Why it cannot, and the earliest minute at which it can, if ever.
pub fn reached(
    travel: &Travel,
    (from, to): (PlaceNo, PlaceNo),
    (ready, stated): (i64, i64),
    boards: bool,
) -> Result<(), (Rule, Option<i64>)> {
    let earliest_of = arrival(travel, from, to, ready, boards);
    match earliest_of {
        Ok(first) if first <= stated => return Ok(()),
        Err(rule @ (Rule::NoWay | Rule::NotBoarding)) => return Err((rule, None)),
        _ => {}
    }
    // Too early, or never: the first obstacle of the three that explains it.
    let first = earliest_of.ok();
    let leg = travel.leg(from, to).ok_or((Rule::NoWay, None))?;
    let (drive, over) = lengths(travel, leg);
    if stated < ready + drive + over {
        return Err((Rule::TooFast, first));
    }
    match earliest(travel, leg, ready, &[]) {
        Some(open) if open <= stated => Err((Rule::RoadClosed, first)),
        _ => Err((Rule::FerryMissed, first)),
    }
}
