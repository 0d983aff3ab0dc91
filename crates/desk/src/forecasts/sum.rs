//! The province's own figure where nobody told it: the sum of its places, as far as all of them are known.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use crate::counts::place::{PlaceKey, own_area};
use crate::counts::weeks::WeekTold;
use crate::registry::Registry;
use crate::views::counts::{Known, Place};

/// Adds the province as one more place, unless it was told itself or there is only one place. Only places that nothing lies
/// below are summed. A week's sum is known once every place that had told a week by then has told this one: what one
/// place does not tell is not 0.
pub fn with_sum(mut known: Known, registry: &Registry) -> Known {
    let Some(own) = own_area(registry) else { return known };
    let key = PlaceKey::Area(own.key());
    if known.places.len() < 2 || known.places.iter().any(|place| place.key == key) {
        return known;
    }
    let above: HashSet<PlaceKey> = known.places.iter().filter_map(|place| place.parent).collect();
    let leaves: Vec<bool> = known.places.iter().map(|place| !above.contains(&place.key)).collect();
    let sums = sums(&known.told, &leaves);
    known.places.push(Place { key, name: own.name.to_string(), parent: None, heirs: Vec::new() });
    known.told.extend(sums);
    known.told.sort_by_key(|told| (told.told_on, told.place, told.week_end));
    known
}

fn sums(told: &[WeekTold], leaves: &[bool]) -> Vec<WeekTold> {
    let is_leaf = |told: &&WeekTold| leaves.get(told.place).copied().unwrap_or(false);
    let mut begun: BTreeMap<usize, Date> = BTreeMap::new();
    for told in told.iter().filter(is_leaf) {
        let first = begun.entry(told.place).or_insert(told.week_end);
        *first = told.week_end.min(*first);
    }
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
            let week = &counts[&week_end];
            let whole =
                begun.iter().filter(|(_, first)| **first <= week_end).all(|(place, _)| week.contains_key(place));
            let count = whole.then(|| week.values().fold(0, |sum: u32, count| sum.saturating_add(*count)));
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn told(day: i8, place: usize, week: i8, count: Option<u32>) -> WeekTold {
        WeekTold { told_on: date(2021, 11, day), place, week_end: date(2021, 11, week), count }
    }

    /// F010: a sum is known when all are, and what is added later is told later.
    #[test]
    fn a_sum_waits_for_the_last_place_and_follows_corrections() {
        let told = [
            told(7, 0, 6, Some(10)),
            told(9, 1, 6, Some(5)),
            told(14, 1, 13, Some(7)),
            told(15, 0, 13, Some(20)),
            told(16, 0, 6, Some(12)),
            told(17, 1, 13, None),
        ];
        let sums: Vec<_> =
            sums(&told, &[true, true]).iter().map(|sum| (sum.told_on.day(), sum.week_end.day(), sum.count)).collect();
        assert_eq!(sums, [(9, 6, Some(15)), (15, 13, Some(27)), (16, 6, Some(17)), (17, 13, None)]);
    }

    #[test]
    fn what_lies_above_others_is_not_counted_twice_and_a_newcomer_breaks_no_old_sum() {
        let told =
            [told(7, 0, 6, Some(10)), told(7, 1, 6, Some(10)), told(14, 0, 13, Some(3)), told(14, 2, 13, Some(4))];
        let sums: Vec<_> =
            sums(&told, &[true, false, true]).iter().map(|sum| (sum.week_end.day(), sum.count)).collect();
        assert_eq!(sums, [(6, Some(10)), (13, Some(7))]);
    }
}
