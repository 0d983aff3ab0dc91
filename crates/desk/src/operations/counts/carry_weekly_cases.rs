//! Carry the closed register of weekly cases over into the register of counts, once: each week as it was told, on the day
//! on which it was written down there.

use place::AreaCode;
use serde::Serialize;
use store::series::WeekOfCases;
use store::{register, series};

use crate::counts::carried::setting_of;
use crate::counts::place::{PlaceKey, own_area};
use crate::counts::telling::{Telling, standing};
use crate::counts::{CountsKey, DayCounts, Figure, Signal, Span};
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::rights::Capability;

/// All weeks of the command post that the closed register holds.
#[derive(Debug, Serialize)]
pub struct CarryWeeklyCases;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
pub struct CarriedWeeks {
    /// Figures that were told to the register of counts.
    pub told: usize,
    /// Figures of weeks of which that register knows the same or something newer.
    pub known: usize,
    /// Figures that no register of counts takes: of areas that nobody knows, of fewer than nobody.
    pub left: usize,
}

impl Operation for CarryWeeklyCases {
    type Done = CarriedWeeks;
    const NAME: &'static str = "carry_weekly_cases";
    const NEEDS: Capability = Capability::ImportReadings;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<CarriedWeeks> {
        desk.whole_province()?;
        let province = desk.actor().province;
        let rows = series::weekly_cases(desk.transaction(), province)?;
        let mut carried = CarriedWeeks::default();
        for row in &rows {
            match carry(desk, row)? {
                Some(true) => carried.told += 1,
                Some(false) => carried.known += 1,
                None => carried.left += 1,
            }
        }
        register::set_setting(desk.transaction(), &setting_of(province), &rows.len().to_string())?;
        desk.mention("weeks", carried.told);
        desk.mention("left", carried.left);
        Ok(carried)
    }
}

/// Tells one figure; false where the same or something newer is known, none where it cannot be told.
fn carry(desk: &mut Desk<'_, '_>, row: &WeekOfCases) -> Outcome<Option<bool>> {
    let (Some(place), Ok(count)) = (place_of(desk, row), u32::try_from(row.cases)) else { return Ok(None) };
    // A week that was written down before it ended was known at its end.
    let reported_on = row.recorded_at.date().max(row.week_ending);
    let source = oxygen::Source::from_code(&row.source);
    let figure = Figure { count, reported_on, simulated: source == Some(oxygen::Source::Simulation), source };
    let of = CountsKey { span: Span::Week, ..CountsKey::of_day(Signal::Cases, row.week_ending) };
    let province = desk.actor().province;
    let standing = standing(desk.transaction(), province, of)?;
    let (last, before) = match standing {
        Some((last, before)) => (Some(last), before),
        None => (None, DayCounts::empty(of)),
    };
    let newer = last.as_ref().is_some_and(|last| last.recorded_at > row.recorded_at);
    if before.counts.get(&place).is_some_and(|known| newer || known.count == count) {
        return Ok(Some(false));
    }
    let mut after = before.clone();
    after.counts.insert(place, figure);
    // Versions follow each other in time: where something newer stands of other places, this is written down now.
    let written = if newer { desk.now() } else { row.recorded_at };
    let last = last.map(|last| (last.id, last.version));
    desk.keep_record_of_then(last, &Telling::between(&before, &after), written)?;
    Ok(Some(true))
}

/// The area as it stood in the week; the command post's own where the code is its own and the book does not reach back.
fn place_of(desk: &Desk<'_, '_>, row: &WeekOfCases) -> Option<PlaceKey> {
    let registry = desk.registry();
    let code: AreaCode = row.area_code.parse().ok()?;
    let then = registry.areas().on(code, row.week_ending);
    let area = then.or_else(|| own_area(&registry).filter(|own| own.code == code))?;
    Some(PlaceKey::Area(area.key()))
}
