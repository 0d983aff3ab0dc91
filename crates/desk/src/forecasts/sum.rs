//! The province's own figure where nobody told it: the sum of its places.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::above::with_areas_above;
use crate::counts::place::{PlaceKey, own_area};
use crate::counts::weeks::WeekTold;
use crate::registry::Registry;
use crate::views::counts::{DayTold, Known, Place};

/// Weeks for which a place that does not tell counts with the last it told: as long as a forecast bridges them.
pub(super) const CARRIED: i64 = 2;
/// The share of a week's sum that must have been told itself.
const TOLD: f64 = 0.8;

/// Adds the areas above the places that tell, and the province as one more place, unless it was told itself or there is only
/// one place. Only places that nothing lies below are summed. What one place does not tell is not 0: it counts with the last it told, up to two weeks before; a
/// week's sum is known once every place that had begun to tell has such a figure, and four fifths of the sum were told
/// of the week itself. Days are summed in the same way where all of them tell days: the one of a week before stands for one
/// that is missing.
pub fn with_sum(known: Known, registry: &Registry) -> Known {
    let mut known = with_areas_above(known, registry);
    let Some(own) = own_area(registry) else { return known };
    let key = PlaceKey::Area(own.key());
    let there = known.places.iter().position(|place| place.key == key);
    // Whatever has nothing known above it lies below the province.
    let heard: HashSet<PlaceKey> = known.places.iter().map(|place| place.key).collect();
    for place in known.places.iter_mut().filter(|place| place.key != key) {
        place.parent = place.parent.filter(|above| heard.contains(above)).or(Some(key));
    }
    let told_itself = there.is_some_and(|own| known.told.iter().any(|told| told.place == own));
    let others = known.places.len() - usize::from(there.is_some());
    if told_itself || others < 2 {
        return known;
    }
    let above: HashSet<PlaceKey> = known.places.iter().filter_map(|place| place.parent).collect();
    let is_leaf = |place: &Place| place.key != key && !above.contains(&place.key);
    let leaves: Vec<bool> = known.places.iter().map(is_leaf).collect();
    let sum = there.unwrap_or(known.places.len());
    if there.is_none() {
        known.places.push(Place { key, name: own.name.to_string(), parent: None, heirs: Vec::new() });
    }
    let (weeks, days) = summed(&known, &leaves, sum);
    add(&mut known, weeks, days);
    known
}

/// Adds counts in their order.
pub(super) fn add(known: &mut Known, weeks: Vec<WeekTold>, days: Vec<DayTold>) {
    known.told.extend(weeks);
    known.told.sort_by_key(|told| (told.told_on, told.place, told.week_end));
    known.days.extend(days);
    known.days.sort_by_key(|told| (told.told_on, told.place, told.day));
}

/// The sums of some places, weeks and days, as counts of one more place.
pub(super) fn summed(known: &Known, leaves: &[bool], place: usize) -> (Vec<WeekTold>, Vec<DayTold>) {
    let days: Vec<WeekTold> = known.days.iter().map(as_week).collect();
    let mut begun = begun(&known.told, leaves);
    let of_weeks = sums(&known.told, leaves, &begun);
    // Who has told weeks and no days is missing in the days, so that no day has a sum.
    for (place, first) in self::begun(&days, leaves) {
        begun.entry(place).and_modify(|known| *known = first.min(*known)).or_insert(first);
    }
    let of_days = sums(&days, leaves, &begun).into_iter();
    let as_day = |of: WeekTold| DayTold { told_on: of.told_on, place, day: of.week_end, count: of.count };
    (of_weeks.into_iter().map(|told| WeekTold { place, ..told }).collect(), of_days.map(as_day).collect())
}

/// A day in the place of a week: both are summed alike.
fn as_week(told: &DayTold) -> WeekTold {
    WeekTold { told_on: told.told_on, place: told.place, week_end: told.day, count: told.count }
}

/// The first that each place told.
fn begun(told: &[WeekTold], leaves: &[bool]) -> BTreeMap<usize, Date> {
    let mut begun: BTreeMap<usize, Date> = BTreeMap::new();
    for told in told.iter().filter(|told| leaves.get(told.place).copied().unwrap_or(false)) {
        let first = begun.entry(told.place).or_insert(told.week_end);
        *first = told.week_end.min(*first);
    }
    begun
}

fn sums(told: &[WeekTold], leaves: &[bool], begun: &BTreeMap<usize, Date>) -> Vec<WeekTold> {
    let is_leaf = |told: &&WeekTold| leaves.get(told.place).copied().unwrap_or(false);
    let mut counts: BTreeMap<Date, BTreeMap<usize, u32>> = BTreeMap::new();
    let mut known: BTreeSet<Date> = BTreeSet::new();
    let mut sums = Vec::new();
    for of_day in told.chunk_by(|one, other| one.told_on == other.told_on) {
        let mut changed = BTreeSet::new();
        for told in of_day.iter().filter(is_leaf) {
            let week = counts.entry(told.week_end).or_default();
            match told.count {
                Some(count) => week.insert(told.place, count),
                None => week.remove(&told.place),
            };
            changed.insert(told.week_end);
        }
        for week_end in changed {
            let count = sum_of(&counts, begun, week_end);
            let was_known = known.contains(&week_end);
            match count {
                Some(_) => known.insert(week_end),
                None => known.remove(&week_end),
            };
            if count.is_some() || was_known {
                sums.push(WeekTold { told_on: of_day[0].told_on, place: leaves.len(), week_end, count });
            }
        }
    }
    sums
}

/// The sum of a week, by what is known of it and of the weeks before.
fn sum_of(counts: &BTreeMap<Date, BTreeMap<usize, u32>>, begun: &BTreeMap<usize, Date>, week_end: Date) -> Option<u32> {
    let of = |place: &usize, weeks_before: i64| {
        counts.get(&week_end.saturating_sub((7 * weeks_before).days())).and_then(|week| week.get(place)).copied()
    };
    let (mut told, mut sum) = (0.0, 0_u32);
    for place in begun.iter().filter(|(_, first)| **first <= week_end).map(|(place, _)| place) {
        let (weeks_before, count) = (0..=CARRIED).find_map(|weeks| of(place, weeks).map(|count| (weeks, count)))?;
        sum = sum.saturating_add(count);
        if weeks_before == 0 {
            told += f64::from(count);
        }
    }
    (told >= TOLD * f64::from(sum)).then_some(sum)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn told(day: i8, place: usize, week: i8, count: Option<u32>) -> WeekTold {
        WeekTold { told_on: date(2021, 11, day), place, week_end: date(2021, 11, week), count }
    }

    fn shown(told: &[WeekTold], leaves: &[bool]) -> Vec<(i8, i8, Option<u32>)> {
        sums(told, leaves, &begun(told, leaves))
            .iter()
            .map(|sum| (sum.told_on.day(), sum.week_end.day(), sum.count))
            .collect()
    }

    /// F010: a sum is known when nearly all of it was told, and follows corrections on the day on which they came.
    #[test]
    fn a_sum_waits_for_the_large_place_and_follows_corrections() {
        let told = [
            told(7, 0, 6, Some(100)),
            told(9, 1, 6, Some(5)),
            told(14, 1, 13, Some(7)),
            told(15, 0, 13, Some(200)),
            told(16, 0, 6, Some(120)),
        ];
        let expected = [(9, 6, Some(105)), (15, 13, Some(207)), (16, 6, Some(125))];
        assert_eq!(shown(&told, &[true, true]), expected, "one small place of 207 is not enough for the second week");
    }

    #[test]
    fn a_small_place_that_is_silent_counts_with_its_last_for_two_weeks() {
        let told = [
            told(7, 0, 6, Some(100)),
            told(7, 1, 6, Some(5)),
            told(14, 0, 13, Some(110)),
            told(21, 0, 20, Some(120)),
            told(28, 0, 27, Some(130)),
        ];
        assert_eq!(shown(&told, &[true, true]), [(7, 6, Some(105)), (14, 13, Some(115)), (21, 20, Some(125))]);
    }

    #[test]
    fn what_lies_above_others_is_not_counted_twice_and_a_newcomer_breaks_no_old_sum() {
        let told =
            [told(7, 0, 6, Some(10)), told(7, 1, 6, Some(10)), told(14, 0, 13, Some(3)), told(14, 2, 13, Some(4))];
        assert_eq!(shown(&told, &[true, false, true]), [(7, 6, Some(10)), (14, 13, Some(7))]);
    }
}
