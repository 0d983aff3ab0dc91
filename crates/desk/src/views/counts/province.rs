//! The weeks of the province: as it told them, and otherwise as its places sum up.

use std::collections::BTreeMap;

use jiff::civil::Date;
use oxygen::Source;
use store::Connection;

use super::told::Told;
use super::{Known, may_see, told_of};
use crate::actor::Actor;
use crate::counts::place::{PlaceKey, own_area};
use crate::counts::{CountsKey, Figure, Signal, Span};
use crate::failure::Outcome;
use crate::forecasts::{as_of_today, with_sum};
use crate::office::Office;
use crate::registry::Registry;

/// Cases of one week in the province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvinceWeek {
    /// Its last day; a Saturday, but for weeks that an earlier build kept.
    pub ends: Date,
    /// People.
    pub count: u32,
    /// How the figure of the week came; none for what was summed, or where nobody said.
    pub source: Option<Source>,
    /// Whether any of it is invented.
    pub simulated: bool,
    /// Whether it is the sum of days or places, not a figure of the week that the province told.
    pub summed: bool,
}

/// The weeks of new cases that the province itself told, as weeks or day by day, until today; oldest first. The total of
/// a province is published: whoever sees oxygen sees it.
pub fn province_weeks(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    signal: Signal,
) -> Outcome<Vec<ProvinceWeek>> {
    may_see(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let today = office.now(connection)?.date();
    let told = told_of(office, connection, actor.province, signal)?;
    Ok(own_weeks(&told, &registry, signal, today))
}

/// The same from what was told.
pub(super) fn own_weeks(told: &Told, registry: &Registry, signal: Signal, today: Date) -> Vec<ProvinceWeek> {
    let Some(own) = own_area(registry).map(|own| PlaceKey::Area(own.key())) else { return Vec::new() };
    let Some(number) = told.places.iter().position(|place| *place == own) else { return Vec::new() };
    let figure = |ends: Date| -> Option<Figure> {
        let of = CountsKey { span: Span::Week, ..CountsKey::of_day(signal, ends) };
        told.days.get(&of)?.now.counts.get(&own).copied()
    };
    let mut known: BTreeMap<Date, Option<u32>> = BTreeMap::new();
    for week in told.weeks.iter().filter(|week| week.place == number && week.told_on <= today) {
        known.insert(week.week_end, week.count);
    }
    let summed_is_simulated = told.simulated.get(number).copied().unwrap_or_default();
    let mut weeks: Vec<ProvinceWeek> = Vec::new();
    for (ends, count) in known {
        let Some(count) = count else { continue };
        let told = figure(ends).filter(|figure| figure.count == count);
        weeks.push(ProvinceWeek {
            ends,
            count,
            source: told.and_then(|figure| figure.source),
            simulated: told.map_or(summed_is_simulated, |figure| figure.simulated),
            summed: told.is_none(),
        });
    }
    for of in told.days.keys().filter(|of| of.is_odd_week()) {
        if let Some(figure) = figure(of.day).filter(|figure| figure.reported_on <= today) {
            let Figure { count, source, simulated, .. } = figure;
            weeks.push(ProvinceWeek { ends: of.day, count, source, simulated, summed: false });
        }
    }
    weeks.retain(|week| week.ends <= today);
    weeks.sort_by_key(|week| week.ends);
    weeks
}

/// The weeks of the province as its places sum up, for whoever sees all of it; a sum of what one happens to see is not
/// the province.
pub(super) fn summed_weeks(known: Known, registry: &Registry, actor: &Actor) -> Vec<ProvinceWeek> {
    let Some(own) = own_area(registry).map(|own| PlaceKey::Area(own.key())) else { return Vec::new() };
    if !actor.sees_whole(registry) {
        return Vec::new();
    }
    let known = with_sum(as_of_today(known, registry), registry);
    let Some(number) = known.places.iter().position(|place| place.key == own) else { return Vec::new() };
    let mut weeks: BTreeMap<Date, Option<u32>> = BTreeMap::new();
    for week in known.told.iter().filter(|week| week.place == number && week.told_on <= known.today) {
        weeks.insert(week.week_end, week.count);
    }
    let summed = |(ends, count): (Date, Option<u32>)| {
        Some(ProvinceWeek { ends, count: count?, source: None, simulated: known.simulated, summed: true })
    };
    weeks.into_iter().filter(|(ends, _)| *ends <= known.today).filter_map(summed).collect()
}
