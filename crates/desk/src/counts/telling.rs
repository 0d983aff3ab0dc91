//! What is kept of the counts of a day: each telling with what it changed.
//!
//! A hundred communes tell their figures one after the other. Were each telling kept with all figures of the day, the
//! hundredth would hold a hundred: the day would cost the square of its places. Tellings of earlier builds do hold the
//! whole day, and are read for ever.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use place::ProvinceId;
use serde::{Deserialize, Serialize};
use store::Connection;

use super::place::PlaceKey;
use super::{CountsKey, DayCounts, Figure, Signal, Span};
use crate::failure::Outcome;
use crate::record::{self, Kept, Record};

/// One telling of the counts of a day or a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// What is counted.
    pub signal: Signal,
    /// The day, as in [`DayCounts::day`].
    pub day: Date,
    /// A day or a week.
    pub span: Span,
    /// Whether it is a back-fill.
    #[serde(default)]
    pub back_fill: bool,
    /// Whether only what changed stands here; otherwise the whole day does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changes: bool,
    /// The figures that were told.
    pub counts: BTreeMap<PlaceKey, Figure>,
    /// Places whose figure was taken back.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub gone: BTreeSet<PlaceKey>,
}

impl Record for Telling {
    const KIND: &'static str = "day_counts";

    fn code(&self) -> Option<String> {
        Some(self.key().code())
    }
}

impl Telling {
    /// What must be told so that one state of a day becomes another.
    pub fn between(before: &DayCounts, after: &DayCounts) -> Self {
        let CountsKey { signal, day, span, back_fill } = after.key();
        let told = after.counts.iter().filter(|(place, figure)| before.counts.get(place) != Some(figure));
        let gone = before.counts.keys().filter(|place| !after.counts.contains_key(place));
        Self {
            signal,
            day,
            span,
            back_fill,
            changes: true,
            counts: told.map(|(place, figure)| (*place, *figure)).collect(),
            gone: gone.copied().collect(),
        }
    }

    /// What its day is known by.
    pub const fn key(&self) -> CountsKey {
        CountsKey { signal: self.signal, day: self.day, span: self.span, back_fill: self.back_fill }
    }
}

impl DayCounts {
    /// Takes in what was told next; says of each place whose figure changed what it said before and what it says now.
    pub fn take(&mut self, telling: &Telling) -> Vec<(PlaceKey, Option<Figure>, Option<Figure>)> {
        let mut changed = Vec::new();
        let gone: Vec<PlaceKey> = if telling.changes {
            telling.gone.iter().copied().collect()
        } else {
            self.counts.keys().filter(|place| !telling.counts.contains_key(place)).copied().collect()
        };
        for (place, figure) in &telling.counts {
            let before = self.counts.insert(*place, *figure);
            if before != Some(*figure) {
                changed.push((*place, before, Some(*figure)));
            }
        }
        for place in gone {
            if let Some(before) = self.counts.remove(&place) {
                changed.push((place, Some(before), None));
            }
        }
        changed
    }

    /// What stands after all tellings of one day, oldest first; none where nothing was told.
    pub fn after(tellings: &[Kept<Telling>]) -> Option<Self> {
        let mut day = Self::empty(tellings.first()?.content.key());
        for kept in tellings {
            day.take(&kept.content);
        }
        Some(day)
    }
}

/// What stands of a day, and its last telling; none where nothing was told.
pub fn standing(
    connection: &mut Connection,
    province: ProvinceId,
    of: CountsKey,
) -> Outcome<Option<(Kept<Telling>, DayCounts)>> {
    let Some(last) = record::of_code::<Telling>(connection, province, &of.code())? else { return Ok(None) };
    let tellings = if last.content.changes && last.version > 1 {
        record::versions::<Telling>(connection, province, last.id)?
    } else {
        vec![last.clone()]
    };
    Ok(DayCounts::after(&tellings).map(|day| (last, day)))
}

/// What stands of every day, by signal and day.
pub fn all_standing(connection: &mut Connection, province: ProvinceId) -> Outcome<Vec<DayCounts>> {
    let mut days = Vec::new();
    for signal in Signal::ALL {
        let tellings = record::all_versions::<Telling>(connection, province, &signal.begins())?;
        days.extend(tellings.chunk_by(|one, other| one.id == other.id).filter_map(DayCounts::after));
    }
    days.sort_by_key(DayCounts::key);
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::RecordId;
    use jiff::civil::date;
    use proptest::prelude::*;
    use quantity::{Id, Moment};

    fn place(number: u8) -> PlaceKey {
        PlaceKey::Facility(place::FacilityId(Id::from_bytes([number; 16])))
    }

    fn figure(count: u32) -> Figure {
        Figure { count, reported_on: date(2026, 11, 22), simulated: false, source: None }
    }

    fn kept(version: i64, content: Telling) -> Kept<Telling> {
        let id = RecordId::new(Id::from_bytes([1; 16]));
        Kept { id, version, recorded_at: Moment::from_micros(version), content }
    }

    #[test]
    fn what_was_kept_once_is_read_for_ever() {
        let old = r#"{"signal":"cases","day":"2021-11-22","span":"day","counts":{"899@2021-11-01":{"count":12,"reported_on":"2021-11-23"}}}"#;
        let read: Telling = serde_json::from_str(old).unwrap();
        assert_eq!((read.code().as_deref(), read.changes), (Some("cases/2021-11-22"), false));
        let (place, figure) = read.counts.first_key_value().unwrap();
        assert_eq!((place.to_string().as_str(), figure.count, figure.simulated), ("899@2021-11-01", 12, false));
        let again = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Telling>(&again).unwrap(), read);
    }

    proptest! {
        /// Whether tellings hold the whole day, as they once did, or what changed: the same stands, and the same places
        /// are said to have changed.
        #[test]
        fn whole_days_and_changes_come_to_the_same(
            steps in proptest::collection::vec(
                (proptest::collection::btree_map(0_u8..6, proptest::option::of(0_u32..4), 1..4), any::<bool>()), 1..12),
        ) {
            let key = CountsKey::of_day(Signal::Cases, date(2026, 11, 22));
            let mut states = vec![DayCounts::empty(key)];
            for (told, _) in &steps {
                let mut next = states.last().unwrap().clone();
                for (number, count) in told {
                    match count {
                        Some(count) => { next.counts.insert(place(*number), figure(*count)); }
                        None => { next.counts.remove(&place(*number)); }
                    }
                }
                states.push(next);
            }
            let telling = |(step, pair): (usize, &[DayCounts])| {
                let changes = Telling::between(&pair[0], &pair[1]);
                let whole = Telling { changes: false, counts: pair[1].counts.clone(), gone: BTreeSet::new(), ..changes.clone() };
                kept(step as i64 + 1, if steps[step].1 { whole } else { changes })
            };
            let tellings: Vec<_> = states.windows(2).enumerate().map(telling).collect();
            let after = DayCounts::after(&tellings);
            prop_assert_eq!(after.as_ref(), states.last());
            let mut day = DayCounts::empty(key);
            for (step, kept) in tellings.iter().enumerate() {
                let text = serde_json::to_string(&kept.content).unwrap();
                let read: Telling = serde_json::from_str(&text).unwrap();
                let changed = day.take(&read);
                prop_assert_eq!(&day, &states[step + 1]);
                for (place, before, after) in changed {
                    prop_assert_ne!(before, after);
                    prop_assert_eq!(before.as_ref(), states[step].counts.get(&place));
                    prop_assert_eq!(after.as_ref(), states[step + 1].counts.get(&place));
                }
            }
        }
    }
}
