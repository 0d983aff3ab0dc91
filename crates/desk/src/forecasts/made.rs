//! Makes a forecast from what was known at the end of a day.

use forecast::{Ahead, Forecaster, Told, Vintages};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Doubt, ForecastMade, PlaceAhead, WeekAhead};
use crate::counts::Signal;
use crate::views::counts::Known;

/// The weeks that end on the Saturday of a day or before are behind it; the first to come ends on the next.
pub(super) fn last_week_before(day: Date) -> Date {
    let mut last = day;
    while last.weekday() != Weekday::Saturday {
        last = last.saturating_sub(1.day());
    }
    last
}

/// What a signal's counts say of the weeks after a day, from nothing that became known later.
pub fn make(forecaster: &Forecaster, signal: Signal, known: &Known, on: Date) -> ForecastMade {
    let last = last_week_before(on);
    let forecast = forecaster.forecast(&vintages(known), on, last.saturating_add(7.days()));
    let forecast = super::whole::agreed(forecast, known, on);
    let mut places = Vec::with_capacity(forecast.grounds.len());
    let by_place = forecast.ahead.chunk_by(|one, other| one.place == other.place);
    for (grounds, weeks) in forecast.grounds.iter().zip(by_place) {
        let Some(place) = known.places.get(grounds.place) else { continue };
        let week = |ahead: &Ahead| WeekAhead { ends: ahead.day, counts: ahead.quantiles.figures().map(whole).to_vec() };
        let alike = grounds.alike.iter().filter_map(|(place, ends)| Some((known.places.get(*place)?.key, *ends)));
        places.push(PlaceAhead {
            place: place.key,
            weeks: weeks.iter().map(week).collect(),
            doubts: grounds.doubts.iter().map(doubt).collect(),
            own_percent: (grounds.own * 100.0).round() as u8,
            alike: alike.collect(),
        });
    }
    let prior = forecaster.prior().map(|prior| prior.source().to_owned()).unwrap_or_default();
    ForecastMade { signal, on, last, prior, places }
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

fn whole(figure: f64) -> u32 {
    // The method gives whole numbers from 0; what is larger than any count is the largest.
    figure.clamp(0.0, f64::from(u32::MAX)).round() as u32
}

fn doubt(doubt: &forecast::Doubt) -> Doubt {
    let weeks = |weeks: usize| u32::try_from(weeks).unwrap_or(u32::MAX);
    match doubt {
        forecast::Doubt::Silent { weeks: silent } => Doubt::Silent(weeks(*silent)),
        forecast::Doubt::FewWeeks { weeks: known } => Doubt::FewWeeks(weeks(*known)),
    }
}
