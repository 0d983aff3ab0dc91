//! Places that are no more: what they told goes on under the place that they became.

use std::collections::{BTreeMap, BTreeSet};

use super::sum::{add, summed};
use crate::counts::place::PlaceKey;
use crate::counts::weeks::{WeekTold, week_end_of};
use crate::registry::Registry;
use crate::views::counts::{DayTold, Known, Place};

/// The same with every place as it is today: what a commune of before a merger told counts as told by the commune that it
/// became, summed with the others that became the same; of one that was parted, by the largest part of it, so that sums
/// above stay true. Days and weeks that the place of today told itself stand as it told them.
pub fn as_of_today(known: Known, registry: &Registry) -> Known {
    carried(known, |key| (key.name(registry), key.parent(registry)))
}

/// The same, asking the name of a place and what lies above it.
fn carried(mut known: Known, ask: impl Fn(PlaceKey) -> (String, Option<PlaceKey>)) -> Known {
    let heir = |place: &Place| {
        place.heirs.first().copied().filter(|heir| *heir != place.key && !place.heirs.contains(&place.key))
    };
    let mut before: BTreeMap<PlaceKey, Vec<usize>> = BTreeMap::new();
    for (number, place) in known.places.iter().enumerate() {
        if let Some(heir) = heir(place) {
            before.entry(heir).or_default().push(number);
        }
    }
    if before.is_empty() {
        return known;
    }
    let gone: BTreeSet<usize> = before.values().flatten().copied().collect();
    for (key, ancestors) in before {
        let there = known.places.iter().position(|place| place.key == key);
        let number = there.unwrap_or(known.places.len());
        if there.is_none() {
            let (name, parent) = ask(key);
            known.places.push(Place { key, name, parent, heirs: vec![key] });
        }
        let leaves: Vec<bool> = (0..known.places.len()).map(|place| ancestors.contains(&place)).collect();
        let (weeks, days) = summed(&known, &leaves, number);
        let own_weeks: BTreeSet<_> =
            known.told.iter().filter(|told| told.place == number).map(|told| told.week_end).collect();
        let own_days: BTreeSet<_> =
            known.days.iter().filter(|told| told.place == number).map(|told| told.day).collect();
        let own_day_weeks: BTreeSet<_> = own_days.iter().map(|day| week_end_of(*day)).collect();
        let weeks = weeks
            .into_iter()
            .filter(|told| !own_weeks.contains(&told.week_end) && !own_day_weeks.contains(&told.week_end));
        let days = days.into_iter().filter(|told| !own_days.contains(&told.day));
        let (weeks, days) = (weeks.collect(), days.collect());
        add(&mut known, weeks, days);
    }
    without(known, &gone)
}

/// Without some places, the others numbered anew.
fn without(known: Known, gone: &BTreeSet<usize>) -> Known {
    let mut number = Vec::with_capacity(known.places.len());
    let mut left = 0;
    for place in 0..known.places.len() {
        number.push((!gone.contains(&place)).then_some(left));
        left += usize::from(!gone.contains(&place));
    }
    let anew = |place: usize| number.get(place).copied().flatten();
    let places = known.places.into_iter().enumerate().filter(|(place, _)| !gone.contains(place));
    Known {
        places: places.map(|(_, place)| place).collect(),
        told: known.told.into_iter().filter_map(|told| Some(WeekTold { place: anew(told.place)?, ..told })).collect(),
        days: known.days.into_iter().filter_map(|told| Some(DayTold { place: anew(told.place)?, ..told })).collect(),
        back_fills: known
            .back_fills
            .into_iter()
            .filter_map(|told| Some(DayTold { place: anew(told.place)?, ..told }))
            .collect(),
        ..known
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::counts::Signal;

    fn key(code: &str, from: &str) -> PlaceKey {
        format!("{code}@{from}").parse().unwrap()
    }

    fn told(place: usize, week_end: Date, count: u32) -> WeekTold {
        WeekTold { told_on: week_end.tomorrow().unwrap(), place, week_end, count: Some(count) }
    }

    /// F010: three communes became one in July 2025, one stayed as it was.
    #[test]
    fn what_communes_told_goes_on_under_the_one_they_became() {
        let (old, new) = ("1975-05-01", "2025-07-01");
        let heir = key("30307", new);
        let place = |code: &str, from: &str, heirs: Vec<PlaceKey>| Place {
            key: key(code, from),
            name: code.to_owned(),
            parent: None,
            heirs,
        };
        let places = vec![
            place("30304", old, vec![heir]),
            place("30307", old, vec![heir]),
            place("30310", new, vec![key("30310", new)]),
            place("30307", new, vec![heir]),
        ];
        let (before, after) = (date(2025, 6, 28), date(2025, 7, 5));
        let known = Known {
            signal: Signal::Cases,
            today: date(2025, 7, 7),
            places,
            told: vec![
                told(0, before, 10),
                told(1, before, 30),
                told(2, before, 5),
                told(1, after, 99),
                told(2, after, 6),
                told(3, after, 44),
            ],
            days: Vec::new(),
            back_fills: Vec::new(),
            simulated: false,
        };
        let today = carried(known, |key| (key.to_string(), None));
        let names: Vec<String> = today.places.iter().map(|place| place.key.to_string()).collect();
        assert_eq!(names, ["30310@2025-07-01", "30307@2025-07-01"]);
        let shown: Vec<_> = today.told.iter().map(|told| (told.place, told.week_end, told.count)).collect();
        assert_eq!(
            shown,
            [(0, before, Some(5)), (1, before, Some(40)), (0, after, Some(6)), (1, after, Some(44)),],
            "its own week stands as it told it"
        );
    }
}
