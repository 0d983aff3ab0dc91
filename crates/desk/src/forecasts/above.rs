//! Areas above the places that tell: a commune with two hospitals, a district with its communes.

use std::collections::{BTreeMap, HashMap, HashSet};

use place::Level;

use super::sum::{add, summed};
use crate::counts::place::PlaceKey;
use crate::registry::Registry;
use crate::views::counts::{Known, Place};

/// Adds every area below the province that lies above two places or more and told nothing itself, with the sums of the
/// lowest places below it. Above a single place the area would only say the same again: that place is taken to lie
/// directly below what is above the area.
pub(super) fn with_areas_above(mut known: Known, registry: &Registry) -> Known {
    let given = known.places.len();
    while let Some((key, below)) = lowest_unheard(&known.places, registry) {
        let parent = key.parent(registry);
        if below.len() < 2 {
            below.into_iter().for_each(|place| known.places[place].parent = parent);
        } else {
            known.places.push(Place { key, name: key.name(registry), parent, heirs: Vec::new() });
        }
    }
    let (mut weeks, mut days) = (Vec::new(), Vec::new());
    for area in given..known.places.len() {
        let below = leaves_below(&known.places, area);
        let (of_weeks, of_days) = summed(&known, &below, area);
        weeks.extend(of_weeks);
        days.extend(of_days);
    }
    add(&mut known, weeks, days);
    known
}

/// The lowest area that is no province and not among the places, though it lies above some of them.
fn lowest_unheard(places: &[Place], registry: &Registry) -> Option<(PlaceKey, Vec<usize>)> {
    let heard: HashSet<PlaceKey> = places.iter().map(|place| place.key).collect();
    let mut below: BTreeMap<PlaceKey, Vec<usize>> = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        if let Some(above) = place.parent.filter(|above| !heard.contains(above)) {
            below.entry(above).or_default().push(number);
        }
    }
    let level = |key: &PlaceKey| match key {
        PlaceKey::Area(key) => registry.areas().get(*key).map(|area| area.level),
        PlaceKey::Facility(_) => None,
    };
    let is_lower = |key: &PlaceKey| matches!(level(key), Some(Level::District | Level::Commune));
    let depth = |key: &PlaceKey| usize::from(level(key) == Some(Level::Commune));
    below.into_iter().filter(|(key, _)| is_lower(key)).max_by_key(|(key, _)| depth(key))
}

/// Which places have an area above them and nothing below.
fn leaves_below(places: &[Place], area: usize) -> Vec<bool> {
    let parents: HashMap<PlaceKey, Option<PlaceKey>> = places.iter().map(|place| (place.key, place.parent)).collect();
    let above: HashSet<PlaceKey> = places.iter().filter_map(|place| place.parent).collect();
    let lies_below = |place: &Place| {
        let mut up = std::iter::successors(place.parent, |key| parents.get(key).copied().flatten());
        up.by_ref().take(places.len()).any(|key| key == places[area].key)
    };
    places.iter().map(|place| !above.contains(&place.key) && lies_below(place)).collect()
}
