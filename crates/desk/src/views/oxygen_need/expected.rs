//! Who is expected where: the forecast of a facility's own admissions, or its part of what is expected of the province; and
//! who was counted before.

use std::collections::{BTreeMap, HashMap};

use forecast::Quantiles;
use forecast::need::{Draws, weekly_paths};
use jiff::ToSpan;
use jiff::civil::Date;
use place::ProvinceId;
use store::Connection;

use super::DAYS;
use crate::actor::Actor;
use crate::counts::Signal;
use crate::counts::place::{PlaceKey, own_area};
use crate::failure::Outcome;
use crate::forecasts::{Doubt, ForecastMade, PlaceAhead, WeekAhead, as_of_today};
use crate::office::Office;
use crate::registry::Registry;
use crate::views::counts::{Known, known};
use crate::views::forecasts::newest;

/// Days before today that are looked at: beyond them hardly anybody is still there.
const BEFORE: usize = 60;
/// A day's sum over places is known where so many of them told it.
const TOLD: f64 = 0.8;

/// What is expected of a place.
pub(super) struct Ahead {
    pub(super) weeks: Vec<Quantiles>,
    /// Days of the first week that are over.
    pub(super) gone: usize,
    pub(super) doubts: Vec<Doubt>,
}

/// What is expected of the province.
pub(super) struct Province {
    pub(super) signal: Signal,
    pub(super) ahead: Ahead,
    /// The same paths for everybody who gets a part of them.
    pub(super) paths: Vec<Vec<f64>>,
    pub(super) before: Vec<f64>,
}

/// What is expected, and was counted, of everybody.
pub(super) struct Expected {
    first: Date,
    admissions: Option<ForecastMade>,
    admitted: HashMap<PlaceKey, Vec<f64>>,
    pub(super) province: Option<Province>,
    /// Which forecasts all rests on: of what, after which week, which version.
    pub(super) made: Vec<(Signal, Date, i64)>,
}

impl Expected {
    /// From what is known before a day.
    pub(super) fn read(
        office: &Office,
        connection: &mut Connection,
        registry: &Registry,
        (first, draws): (Date, &Draws),
    ) -> Outcome<Self> {
        let province = registry.province();
        let mut expected = Self { first, admissions: None, admitted: HashMap::new(), province: None, made: Vec::new() };
        for signal in [Signal::Admissions, Signal::Cases] {
            let Some(made) = newest(connection, province, signal, first)? else { continue };
            let counted = counted(office, connection, province, (signal, first))?;
            expected.made.push((signal, made.content.last, made.version));
            let own = own_area(registry).map(|own| PlaceKey::Area(own.key()));
            if expected.province.is_none()
                && let Some(ahead) = own.and_then(|own| made.content.place(own)).and_then(|own| ahead(own, first))
            {
                let paths = weekly_paths(&ahead.weeks, 0, draws);
                let before = sum(&counted, own);
                expected.province = Some(Province { signal, ahead, paths, before });
            }
            if signal == Signal::Admissions {
                expected.admitted = counted.days;
                expected.admissions = Some(made.content);
            }
            if expected.province.is_some() {
                break;
            }
        }
        Ok(expected)
    }

    /// What is expected of a place by its own admissions, and who was admitted before; none where it tells none.
    pub(super) fn of_place(&self, place: PlaceKey) -> Option<(Ahead, &[f64])> {
        let made = self.admissions.as_ref()?.place(place)?;
        Some((ahead(made, self.first)?, self.admitted.get(&place).map_or(&[], Vec::as_slice)))
    }
}

/// The weeks that are not over on a day; none where all are.
fn ahead(place: &PlaceAhead, first: Date) -> Option<Ahead> {
    let to_come = || place.weeks.iter().filter(|week| week.ends >= first);
    let weeks: Vec<Quantiles> = to_come().filter_map(WeekAhead::as_if_all_to_come).collect();
    let left = first.until(to_come().next()?.ends).map_or(0, |span| span.get_days());
    let gone = usize::try_from(6 - left).unwrap_or(0);
    let mut weeks = weeks;
    let last = weeks.last().copied()?;
    // What lies beyond the forecast goes on as its last week, so that the days are always as many.
    while 7 * weeks.len() < DAYS + gone {
        weeks.push(last);
    }
    Some(Ahead { weeks, gone, doubts: place.doubts.clone() })
}

/// Counts by day of every place, those of the day before `first` last.
struct Counted {
    days: HashMap<PlaceKey, Vec<f64>>,
    /// Places with others below them.
    above: Vec<PlaceKey>,
}

fn counted(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    (signal, first): (Signal, Date),
) -> Outcome<Counted> {
    let known = known(office, connection, &Actor::program(province), signal)?;
    let known = as_of_today(known, &*office.registry(connection, province)?);
    let above = known.places.iter().filter_map(|place| place.parent).collect();
    Ok(Counted { days: by_day(&known, first), above })
}

/// How many days lie between a day and the first one to come; 0 is the day before it.
fn back(day: Date, first: Date) -> Option<usize> {
    let back = day.until(first).ok()?.get_days() - 1;
    usize::try_from(back).ok().filter(|back| *back < BEFORE)
}

fn by_day(known: &Known, first: Date) -> HashMap<PlaceKey, Vec<f64>> {
    let mut days: HashMap<PlaceKey, Vec<f64>> = HashMap::new();
    let nothing = || vec![f64::NAN; BEFORE];
    for told in &known.days {
        let (Some(place), Some(back)) = (known.places.get(told.place), back(told.day, first)) else { continue };
        days.entry(place.key).or_insert_with(nothing)[BEFORE - 1 - back] = told.count.map_or(f64::NAN, f64::from);
    }
    // Of a week told as one, what its days do not tell falls evenly on those that told nothing.
    let mut last: BTreeMap<(usize, Date), Option<u32>> = BTreeMap::new();
    for told in &known.told {
        last.insert((told.place, told.week_end), told.count);
    }
    for ((place, week_end), count) in last {
        let (Some(place), Some(count)) = (known.places.get(place), count) else { continue };
        let of_place = days.entry(place.key).or_insert_with(nothing);
        let week: Vec<usize> = (0..7_i64)
            .filter_map(|ago| back(week_end.saturating_sub(ago.days()), first))
            .map(|back| BEFORE - 1 - back)
            .collect();
        let silent: Vec<usize> = week.iter().copied().filter(|day| of_place[*day].is_nan()).collect();
        let rest: f64 =
            f64::from(count) - week.iter().map(|day| of_place[*day]).filter(|day| day.is_finite()).sum::<f64>();
        if week.len() == 7 {
            for day in &silent {
                of_place[*day] = (rest / silent.len() as f64).max(0.0);
            }
        }
    }
    days
}

/// The province by day: as told itself, otherwise the sum of the places that nothing lies below.
fn sum(counted: &Counted, own: Option<PlaceKey>) -> Vec<f64> {
    let told_itself = own.and_then(|own| counted.days.get(&own)).filter(|days| days.iter().any(|day| day.is_finite()));
    if let Some(days) = told_itself {
        return days.clone();
    }
    let leaves = || counted.days.iter().filter(|(key, _)| Some(**key) != own && !counted.above.contains(key));
    let tell = |day: usize| leaves().filter(|(_, days)| days[day].is_finite()).count() as f64;
    let most = (0..BEFORE).map(tell).fold(0.0, f64::max);
    let of_day = |day: usize| {
        let known = most > 0.0 && tell(day) >= TOLD * most;
        let sum = leaves().map(|(_, days)| days[day]).filter(|count| count.is_finite()).sum::<f64>();
        if known { sum } else { f64::NAN }
    };
    (0..BEFORE).map(of_day).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::counts::weeks::WeekTold;
    use crate::views::counts::{DayTold, Place};

    fn key(code: &str) -> PlaceKey {
        format!("{code}@2025-07-01").parse().unwrap()
    }

    fn place(code: &str, parent: Option<&str>) -> Place {
        Place { key: key(code), name: code.to_owned(), parent: parent.map(key), heirs: Vec::new() }
    }

    /// Sunday 22/11/2026 is today; a week was told as one, two days of another by one of two communes.
    #[test]
    fn days_before_are_told_by_days_and_weeks_and_summed_where_enough_tell() {
        let first = date(2026, 11, 22);
        let week = |place, count| WeekTold { told_on: first, place, week_end: date(2026, 11, 14), count: Some(count) };
        let day = |place, day, count| DayTold { told_on: first, place, day: date(2026, 11, day), count };
        let known = Known {
            signal: Signal::Admissions,
            today: first,
            places: vec![place("30304", Some("91")), place("30307", Some("91"))],
            told: vec![week(0, 70), week(1, 20)],
            days: vec![
                day(0, 21, Some(9)),
                day(1, 21, Some(4)),
                day(0, 20, Some(7)),
                day(1, 14, Some(8)),
                day(0, 20, None),
            ],
            back_fills: Vec::new(),
            simulated: false,
        };
        let days = by_day(&known, first);
        let of = |code: &str, back: usize| days[&key(code)][BEFORE - 1 - back];
        assert_eq!((of("30304", 0), of("30304", 7), of("30307", 7), of("30307", 8)), (9.0, 10.0, 8.0, 2.0));
        assert!(of("30304", 1).is_nan(), "taken back: unknown again, not 0");
        let counted = Counted { days, above: vec![key("91")] };
        let summed = sum(&counted, Some(key("91")));
        assert_eq!((summed[BEFORE - 1], summed[BEFORE - 9]), (13.0, 12.0));
        assert!(summed[BEFORE - 2].is_nan() && summed[0].is_nan());
    }
}
