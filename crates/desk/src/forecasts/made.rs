//! Makes a forecast from what was known at the end of a day.

use forecast::{Ahead, Begun, DayTold, Days, Forecaster, Leads, Told, Vintages};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::whole::agreed;
use super::{Doubt, ForecastMade, PlaceAhead, WeekAhead, WeekBegun};
use crate::counts::Signal;
use crate::counts::place::PlaceKey;
use crate::views::counts::Known;

/// The weeks that end on the Saturday of a day or before are behind it; the first to come ends on the next.
pub(super) fn last_week_before(day: Date) -> Date {
    let mut last = day;
    while last.weekday() != Weekday::Saturday {
        last = last.saturating_sub(1.day());
    }
    last
}

/// What a signal's counts say of the weeks after a day, from nothing that became known later. Of a place that tells its days
/// all days that are known count, those of the week that runs too; of others whole weeks. `leading` are the counts of a
/// signal that leads, where they are known, and the place among them that stands for the province.
pub fn make(
    forecaster: &Forecaster,
    signal: Signal,
    known: &Known,
    leading: Option<(&Known, Option<PlaceKey>)>,
    on: Date,
) -> ForecastMade {
    let last = last_week_before(on);
    let (weeks, days_told, first) = (vintages(known), days(known), last.saturating_add(7.days()));
    let lead = leading.map(|(lead, all)| {
        let place = |key: PlaceKey| lead.places.iter().position(|place| place.key == key);
        let of: Vec<Option<usize>> = known.places.iter().map(|own| place(own.key)).collect();
        (vintages(lead), days(lead), of, all.and_then(place))
    });
    let leads = lead.as_ref().map(|(weeks, days, of, all)| Leads { weeks, days, of, all: *all });
    let made = forecaster.forecast_led(&weeks, &days_told, leads.as_ref(), on, first);
    let forecast = agreed(made.forecast, known, &made.begun, on);
    let mut places = Vec::with_capacity(forecast.grounds.len());
    let by_place = forecast.ahead.chunk_by(|one, other| one.place == other.place);
    for (grounds, weeks) in forecast.grounds.iter().zip(by_place) {
        let Some(place) = known.places.get(grounds.place) else { continue };
        let begun = made.begun.binary_search_by_key(&grounds.place, |begun| begun.place).ok();
        let begun = begun.and_then(|begun| made.begun.get(begun));
        let week = |ahead: &Ahead| WeekAhead {
            ends: ahead.day,
            counts: ahead.quantiles.figures().map(whole).to_vec(),
            begun: begun.filter(|_| ahead.weeks == 1).and_then(week_begun),
        };
        let alike = grounds.alike.iter().filter_map(|(place, ends)| Some((known.places.get(*place)?.key, *ends)));
        places.push(PlaceAhead {
            place: place.key,
            weeks: weeks.iter().map(week).collect(),
            doubts: grounds.doubts.iter().map(doubt).collect(),
            own_percent: (grounds.own * 100.0).round() as u8,
            alike: alike.collect(),
            days_until: begun.map(|begun| begun.last),
            led_by: leading.filter(|_| made.led.binary_search(&grounds.place).is_ok()).map(|(lead, _)| lead.signal),
        });
    }
    let prior = forecaster.prior().map(|prior| prior.source().to_owned()).unwrap_or_default();
    ForecastMade { signal, on, last, prior, places, first: false }
}

/// What became known when, as the method takes it.
pub(crate) fn vintages(known: &Known) -> Vintages {
    let told = known.told.iter().map(|told| Told {
        on: told.told_on,
        place: told.place,
        week: told.week_end,
        count: told.count.map_or(f64::NAN, f64::from),
    });
    Vintages::new(known.places.len(), told.collect())
}

fn days(known: &Known) -> Days {
    let told = known.days.iter().map(|told| DayTold {
        on: told.told_on,
        place: told.place,
        day: told.day,
        count: told.count.map_or(f64::NAN, f64::from),
    });
    Days::new(known.places.len(), told)
}

fn week_begun(begun: &Begun) -> Option<WeekBegun> {
    let days = u8::try_from(begun.days).ok().filter(|days| *days > 0)?;
    Some(WeekBegun { days, count: whole(begun.count) })
}

fn whole(figure: f64) -> u32 {
    // The method gives whole numbers from 0; what is larger than any count is the largest.
    figure.clamp(0.0, f64::from(u32::MAX)).round() as u32
}

fn doubt(doubt: &forecast::Doubt) -> Doubt {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match doubt {
        forecast::Doubt::Silent { weeks } => Doubt::Silent(number(*weeks)),
        forecast::Doubt::FewWeeks { weeks } => Doubt::FewWeeks(number(*weeks)),
        forecast::Doubt::MissingDays { days } => Doubt::MissingDays(number(*days)),
    }
}
