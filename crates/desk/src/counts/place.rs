//! Places that counts are of: an area as it stood on a day, or a facility.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use place::text::SearchKeys;
use place::{Area, AreaBook, AreaCode, AreaKey, FacilityId, Level, When};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Refused;
use crate::actor::{Actor, Scope};
use crate::registry::Registry;

/// A place, for ever: codes of areas are given anew (91 was Kiên Giang and is An Giang), so an area is named by its code
/// and the day from which the code meant it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKey {
    /// A commune, district or province.
    Area(AreaKey),
    /// A facility.
    Facility(FacilityId),
}

impl fmt::Display for PlaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(key) => key.fmt(f),
            Self::Facility(id) => id.fmt(f),
        }
    }
}

/// The text is no key of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of a place")]
pub struct NotAPlace;

impl FromStr for PlaceKey {
    type Err = NotAPlace;

    /// `30307@2025-07-01`, or the key of a facility.
    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        match text.split_once('@') {
            Some((code, from)) => {
                let code = code.parse().map_err(|_| NotAPlace)?;
                Ok(Self::Area(AreaKey { code, valid_from: from.parse().map_err(|_| NotAPlace)? }))
            }
            None => text.parse().map(Self::Facility).map_err(|_| NotAPlace),
        }
    }
}

impl Serialize for PlaceKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PlaceKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl PlaceKey {
    /// Its name, without what lies above; empty where nobody knows it.
    pub fn name(self, registry: &Registry) -> String {
        match self {
            Self::Area(key) => registry.areas().get(key).map(|area| area.name.to_string()).unwrap_or_default(),
            Self::Facility(id) => registry.facility(id).map(|one| one.body.name.clone()).unwrap_or_default(),
        }
    }

    /// What sheets call it: the code of an area or of a facility.
    pub fn short(self, registry: &Registry) -> String {
        match self {
            Self::Area(key) => key.code.to_string(),
            Self::Facility(id) => registry.facility(id).map(|one| one.code.clone()).unwrap_or_default(),
        }
    }

    /// The place above: the area above an area in its own time, the area that a facility lies in.
    pub fn parent(self, registry: &Registry) -> Option<Self> {
        let areas = registry.areas();
        let parent = match self {
            Self::Area(key) => areas.get(key).and_then(|area| areas.on(area.parent?, key.valid_from)),
            Self::Facility(id) => {
                let facility = registry.facility(id)?;
                areas.on(facility.area_code?, opened_on(registry))
            }
        };
        parent.map(|area| Self::Area(area.key()))
    }

    /// What it has become by a day: itself while it is valid, otherwise its heirs, the main one first.
    pub fn heirs(self, registry: &Registry, day: Date) -> Vec<Self> {
        match self {
            Self::Area(key) => {
                registry.areas().heirs(key, day).into_iter().map(|area| Self::Area(area.key())).collect()
            }
            Self::Facility(id) => {
                let body = registry.facility(id).map(|facility| &facility.body);
                let gone = body.filter(|body| !body.valid_on(day) && !body.successors.is_empty());
                gone.map_or_else(
                    || vec![self],
                    |body| body.successors.iter().map(|heir| Self::Facility(FacilityId::of_body(*heir))).collect(),
                )
            }
        }
    }

    /// Whether it was there on a day.
    pub fn valid_on(self, registry: &Registry, day: Date) -> bool {
        match self {
            Self::Area(key) => registry.areas().on(key.code, day).is_some_and(|area| area.key() == key),
            Self::Facility(id) => registry.facility(id).is_some(),
        }
    }

    /// Whether it lies in the command post's own area and in what the actor sees.
    pub fn is_seen_by(self, registry: &Registry, actor: &Actor) -> bool {
        match self {
            Self::Facility(id) => registry.facility(id).is_some_and(|facility| actor.sees(facility, registry)),
            Self::Area(key) => {
                let own = own_area(registry);
                let inside = own.is_some_and(|own| lies_in(registry.areas(), key, own.key()));
                inside
                    && match &actor.scope {
                        Scope::Province => true,
                        Scope::Bodies(_) => false,
                        Scope::Area(code) => registry
                            .areas()
                            .on(*code, opened_on(registry))
                            .is_some_and(|scope| lies_in(registry.areas(), key, scope.key())),
                    }
            }
        }
    }

    /// More people than any place of its kind has: a slip of the keyboard. Nobody tells the program how many live where.
    pub fn most(self) -> i64 {
        match self {
            Self::Area(key) => match key.code.level() {
                Level::Province => 15_000_000,
                Level::District => 1_500_000,
                Level::Commune => 400_000,
            },
            Self::Facility(_) => 20_000,
        }
    }
}

fn opened_on(registry: &Registry) -> Date {
    registry.post().map_or_else(|| registry.areas().first_day(), |post| post.opened_on)
}

/// The area of the command post, as it stood on the day it was opened.
pub fn own_area(registry: &Registry) -> Option<&Area> {
    let post = registry.post()?;
    registry.areas().on(post.area_code.parse().ok()?, post.opened_on)
}

/// Whether an area lies in another, each in its own time: what ended before the other began lies where its heirs lie.
fn lies_in(areas: &AreaBook, inner: AreaKey, outer: AreaKey) -> bool {
    let day = inner.valid_from.max(outer.valid_from);
    let outers: Vec<AreaKey> = areas.heirs(outer, day).into_iter().map(Area::key).collect();
    let inside = |heir: &Area| areas.chain(heir.code, day).iter().any(|above| outers.contains(&above.key()));
    areas.heirs(inner, day).into_iter().any(inside)
}

/// The place that somebody names: by code or name of a facility, by code or name of an area on a day.
///
/// # Errors
/// [`Refused::UnknownPlace`] where there is none in the actor's scope, [`Refused::SeveralPlaces`] where there is more
/// than one of that name.
pub fn named(registry: &Registry, actor: &Actor, typed: &str, day: Date) -> Result<PlaceKey, Refused> {
    let typed = typed.trim();
    let unknown = || Refused::UnknownPlace { typed: typed.to_owned(), day };
    if let Some(facility) = registry.facility_called(typed).filter(|facility| actor.sees(facility, registry)) {
        return Ok(PlaceKey::Facility(facility.id));
    }
    let seen = |key: AreaKey| Some(PlaceKey::Area(key)).filter(|place| place.is_seen_by(registry, actor));
    if let Ok(code) = typed.parse::<AreaCode>() {
        return registry.areas().on(code, day).and_then(|area| seen(area.key())).ok_or_else(unknown);
    }
    let asked = SearchKeys::of(typed).exact;
    if asked.is_empty() {
        return Err(unknown());
    }
    let is_called =
        |area: &Area| SearchKeys::of(&area.name).exact == asked || SearchKeys::of(area.short_name()).exact == asked;
    let hits = registry.areas().search(typed, When::On(day), MOST_NAMESAKES);
    let mut found: Vec<PlaceKey> =
        hits.into_iter().filter(|hit| is_called(hit.area)).filter_map(|hit| seen(hit.area.key())).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown()),
        _ => Err(Refused::SeveralPlaces { typed: typed.to_owned() }),
    }
}

/// More areas of one name than the country has.
const MOST_NAMESAKES: usize = 200;

/// The places that somebody may report of on a day: the actor's own area, those below it, facilities in scope.
pub fn offered(registry: &Registry, actor: &Actor, day: Date) -> Vec<PlaceKey> {
    let areas = registry.areas();
    let top = match &actor.scope {
        Scope::Province => own_area(registry),
        Scope::Area(code) => areas.on(*code, opened_on(registry)),
        Scope::Bodies(_) => None,
    };
    let top: Vec<&Area> = top.map(|top| areas.heirs(top.key(), day)).unwrap_or_default();
    let mut below: Vec<&Area> = top.iter().flat_map(|top| areas.children(top.code, day)).collect();
    below.sort_by_cached_key(|area| place::text::sort_key(&area.name));
    let facilities = registry.facilities().iter();
    let facilities = facilities.filter(|one| one.body.valid_on(day) && actor.sees(one, registry));
    let areas = top.into_iter().chain(below).map(|area| PlaceKey::Area(area.key()));
    areas.chain(facilities.map(|one| PlaceKey::Facility(one.id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn key(areas: &AreaBook, code: &str, day: Date) -> AreaKey {
        areas.on(code.parse().unwrap(), day).unwrap().key()
    }

    /// 91 was Kiên Giang and is An Giang: a district of 2021 lies in both, a commune of 2026 in the second only.
    #[test]
    fn areas_lie_in_each_other_in_their_own_time() {
        let areas = AreaBook::shipped();
        let (then, now) = (date(2021, 11, 22), date(2026, 11, 22));
        let (kien_giang, an_giang) = (key(&areas, "91", then), key(&areas, "91", now));
        assert_ne!(kien_giang, an_giang);
        let district = key(&areas, "899", then);
        assert!(lies_in(&areas, district, kien_giang) && lies_in(&areas, district, an_giang));
        let commune = key(&areas, "30307", now);
        assert!(lies_in(&areas, commune, an_giang));
        assert!(!lies_in(&areas, key(&areas, "01", now), an_giang));
        assert!(lies_in(&areas, key(&areas, "89", then), an_giang), "the other old province");
        assert!(!lies_in(&areas, key(&areas, "89", then), kien_giang));
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_is_shown(number in 0_u32..99_999, days in 0_i32..4_000, bytes in any::<[u8; 16]>()) {
            use jiff::ToSpan;
            let code = format!("{number:05}").parse().unwrap();
            let from = date(2021, 11, 1).checked_add(days.days()).unwrap();
            let id = FacilityId(quantity::Id::from_bytes(bytes));
            for place in [PlaceKey::Area(AreaKey { code, valid_from: from }), PlaceKey::Facility(id)] {
                prop_assert_eq!(place.to_string().parse::<PlaceKey>().unwrap(), place);
            }
        }

        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,40}") {
            if let Ok(place) = text.parse::<PlaceKey>() {
                prop_assert_eq!(place.to_string().parse::<PlaceKey>().unwrap(), place);
            }
        }
    }
}
