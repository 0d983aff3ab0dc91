//! Counts of days: the same method on windows of seven days that end on the last day that is well known, instead of weeks
//! that end on Saturdays; what it says of windows becomes calendar weeks again, of which the days that are known enter as
//! they are.
//!
//! In order: [`Days`] are counts by day and place as they became known; on a day [`Rows`] of them are visible; they are
//! regrouped into windows, which are forecast as weeks are; [`Cut`] takes each window apart at the end of the calendar
//! week and puts the weeks together, path by path.

mod cut;
mod rows;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::forecaster::{Forecast, Forecaster};
use crate::grounds::Doubt;
use crate::late::{Corrected, corrected};
use crate::leading::Leads;
use crate::need::{Draws, WeekProfile};
use crate::pool::WEEKS_AHEAD;
use crate::{Ahead, Frame, Quantiles, Vintages};

use cut::{Cut, day_noise};
use rows::{Rows, number};

/// Days of a window.
const WINDOW: usize = 7;
/// The last days of a window that lead it.
pub const RECENT_DAYS: usize = 3;
/// The last day that is looked at is yesterday: of a day that is not over, a part is told by some.
const YOUNGEST: i32 = 1;
/// The last day that is well known may lie so many days before the last week's end; else weeks tell as much.
const OLDEST_DAYS: i32 = 6;
/// A day is well known when places with half of what is counted have told it; some that have not are filled.
const TOLD: f64 = 0.5;
/// Windows that a place must have told, or all its weeks but one if those are fewer.
const ENOUGH_WINDOWS: usize = 8;
/// Paths of a place: they place the 1 and 99 % ends.
const PATHS: usize = 400;
/// The same counts give the same paths.
const SEED: u64 = 7;
/// Windows hang together more than the 0.8 that is drawn elsewhere, because a week is made of two of them; measured.
const WEEK_TO_WEEK: f64 = 0.95;
/// Days of which weekdays and their scatter are learnt.
const LEARNT_DAYS: i32 = 182;

/// A count of a day as it became known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayTold {
    /// On which day.
    pub on: Date,
    /// Of which place, by its number.
    pub place: usize,
    /// Of which day.
    pub day: Date,
    /// The count; not a number where it was taken back.
    pub count: f64,
}

/// Counts by day, in the order of the days on which they became known.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    places: usize,
    told: Vec<rows::Told>,
}

impl Days {
    /// Sorts what was told by the day on which it was; of the same day the order stays. A day that had not come when it
    /// was told, one of decades ago and a place beyond the number of places are left out; what is no number, infinite or
    /// taken back is unknown, and less than nothing is nothing.
    pub fn new(places: usize, told: impl IntoIterator<Item = DayTold>) -> Self {
        Self { places, told: rows::in_order(places, told) }
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

/// What of the weeks of a place rests on days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Begun {
    /// Which place, by its number.
    pub place: usize,
    /// The last day that is well known.
    pub last: Date,
    /// Days of the first week ahead that are over and known; none where the last known day lies before that week.
    pub days: usize,
    /// What was counted on them, with what will still be told of them.
    pub count: f64,
}

/// A forecast for which days were looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromDays {
    /// Of all places, as [`Forecaster::forecast`] gives it.
    pub forecast: Forecast,
    /// The places of which days were used, in order.
    pub begun: Vec<Begun>,
    /// The places for which a leading signal was followed, in order.
    pub led: Vec<usize>,
}

impl Forecaster {
    /// The coming weeks of every place as [`Forecaster::forecast`] gives them, from weeks and, of places that tell days,
    /// from all days that were known at the end of a day. A place that tells only weeks, told few days or fell behind is
    /// forecast from its weeks. `first_target` is the last day of the week that runs, or of the first to come.
    pub fn forecast_daily(&self, weeks: &Vintages, days: &Days, on: Date, first_target: Date) -> FromDays {
        self.forecast_led(weeks, days, None, on, first_target)
    }

    /// The same where another signal may lead: what it tells of what this forecast would miss is made up for.
    pub fn forecast_led(
        &self,
        weeks: &Vintages,
        days: &Days,
        leads: Option<&Leads<'_>>,
        on: Date,
        first_target: Date,
    ) -> FromDays {
        let last = first_target.saturating_sub(7.days());
        let daily = self.windowed(weeks, days, leads, on, first_target).unwrap_or_default();
        let by_day = |place: &usize| daily.begun.binary_search_by_key(place, |begun| begun.place).is_ok();
        let known = corrected(weeks, on, last);
        let tells = |place: &usize| (0..known.frame.weeks()).any(|week| known.frame.count(week, *place).is_finite());
        if (0..known.frame.places()).filter(tells).all(|place| by_day(&place)) {
            return daily;
        }
        let lead = leads.map(|leads| leads.beside(&known.frame, &corrected(leads.weeks, on, last).frame));
        let weekly = self.expect(&known, lead.as_ref(), None, first_target);
        let mut led: Vec<usize> = weekly.led.into_iter().filter(|place| !by_day(place)).collect();
        led.extend(&daily.led);
        led.sort_unstable();
        FromDays { forecast: merged(&weekly.forecast, &daily.forecast), begun: daily.begun, led }
    }

    fn windowed(
        &self,
        weeks: &Vintages,
        days: &Days,
        leads: Option<&Leads<'_>>,
        on: Date,
        first_target: Date,
    ) -> Option<FromDays> {
        let week_end = first_target.saturating_sub(7.days());
        let rows = Rows::known_on(days, on);
        let last = rows.last_well_known(number(on) - YOUNGEST, number(week_end) - OLDEST_DAYS, TOLD)?;
        let begun = last - number(week_end);
        let mut filled = rows;
        let gaps = filled.fill(last);
        let places = served(&filled, weeks, on, last);
        if places.iter().all(|served| !served) {
            return None;
        }
        let day = on.saturating_sub((number(on) - last).days());
        let Corrected { frame, mut unsure } =
            corrected(&rows::windows(days, &filled, &places, on, last, WINDOW), on, day);
        for (unsure, (_, gap)) in unsure.iter_mut().zip(&gaps) {
            *unsure = unsure.hypot(*gap);
        }
        // What is known of the running week, made up for what comes late as the windows are.
        let known = usize::try_from(begun).ok().filter(|begun| *begun > 0).map(|begun| {
            let Corrected { frame, unsure } =
                corrected(&rows::windows(days, &filled, &places, on, last, begun), on, day);
            let gaps = gaps.iter().map(|(_, gap)| gap * WINDOW as f64 / begun as f64);
            let unsure: Vec<f64> = unsure.iter().zip(gaps).map(|(unsure, gap)| unsure.hypot(gap)).collect();
            (frame, unsure)
        });
        let lead = leads.map(|leads| leads.beside(&frame, &windows_of(leads.days, on, last, day)));
        let frame = Corrected { frame, unsure };
        let recent = corrected(&rows::windows(days, &filled, &places, on, last, RECENT_DAYS), on, day).frame;
        let recent = with_all(&frame.frame, &recent);
        let windows = self.expect(&frame, lead.as_ref(), Some(&recent), day.saturating_add(7.days()));
        let frame = frame.frame;
        let profiles = Profiles::learnt(&filled, last);
        let draws = Draws { seed: SEED, paths: PATHS, week_to_week: WEEK_TO_WEEK, ..Draws::default() };
        let mut made = FromDays::default();
        for of_place in windows.forecast.ahead.chunk_by(|one, other| one.place == other.place) {
            let Some(place) = of_place.first().map(|ahead| ahead.place) else { continue };
            let Some(quantiles) = of_windows(of_place) else { continue };
            let now = last_of(&frame, place);
            let cut = Cut {
                begun,
                last: day,
                window: now,
                known: known.as_ref().map_or(0.0, |(frame, _)| last_of(frame, place)),
                unsure: known.as_ref().map_or(0.0, |(_, unsure)| unsure[place]),
                profile: profiles.places[place],
                noise: profiles.noise[place],
            };
            // Windows that end on Saturday are weeks already.
            let weeks = if begun == 0 { quantiles.to_vec() } else { cut.weeks(&quantiles, place, &draws) };
            for (week, quantiles) in weeks.into_iter().enumerate() {
                let day = first_target.saturating_add((7 * week as i64).days());
                made.forecast.ahead.push(Ahead { place, weeks: week + 1, day, quantiles });
            }
            let days = usize::try_from(begun).unwrap_or(0);
            made.begun.push(Begun { place, last: day, days, count: cut.known });
        }
        made.forecast.grounds = windows.forecast.grounds;
        for grounds in &mut made.forecast.grounds {
            if let Some((days, _)) = gaps.get(grounds.place).filter(|(days, _)| *days > 0) {
                grounds.doubts.push(Doubt::MissingDays { days: *days });
            }
        }
        made.led = windows.led;
        Some(made)
    }
}

/// The windows of all places up to a day, with gaps filled and late reports made up for.
fn windows_of(days: &Days, on: Date, last: i32, day: Date) -> Frame {
    let mut rows = Rows::known_on(days, on);
    let _gaps = rows.fill(last);
    let all = vec![true; rows.places()];
    corrected(&rows::windows(days, &rows, &all, on, last, WINDOW), on, day).frame
}

/// The last days of windows beside the windows: the same weeks and places, and one more for all.
fn with_all(frame: &Frame, recent: &Frame) -> Frame {
    let places = frame.places();
    let mut beside = Frame::new(frame.first(), places + 1);
    for week in 0..frame.weeks() {
        let day = frame.day(week);
        let there = recent.week_of(day);
        let mut all = f64::NAN;
        for place in 0..places {
            let count = there.map_or(f64::NAN, |there| recent.count(there, place));
            let _inside = beside.set(day, place, count);
            if count.is_finite() {
                all = if all.is_finite() { all + count } else { count };
            }
        }
        let _inside = beside.set(day, places, all);
    }
    beside
}

/// Of a place all weeks ahead; none where one is missing.
fn of_windows(of_place: &[Ahead]) -> Option<[Quantiles; WEEKS_AHEAD]> {
    let quantiles: Vec<Quantiles> = of_place.iter().map(|ahead| ahead.quantiles).collect();
    quantiles.try_into().ok()
}

/// The count of the last window; 0 where it is not known.
fn last_of(frame: &Frame, place: usize) -> f64 {
    let count = frame.weeks().checked_sub(1).map_or(0.0, |week| frame.count(week, place));
    if count.is_finite() { count } else { 0.0 }
}

/// Which places are forecast from their days: those whose last window is known and who told about as many windows as
/// weeks, or enough.
fn served(rows: &Rows, weeks: &Vintages, on: Date, last: i32) -> Vec<bool> {
    let told = weeks.known_on(on);
    let serves = |place: usize| {
        let weeks = match place < told.places() {
            true => (0..told.weeks()).filter(|week| told.count(*week, place).is_finite()).count(),
            false => 0,
        };
        let windows = rows.known_windows(place, last);
        rows.sum(place, last, WINDOW).is_finite() && windows + 1 >= weeks.min(ENOUGH_WINDOWS)
    };
    (0..rows.places()).map(serves).collect()
}

/// Weekdays, and how much the days of a place scatter about them.
struct Profiles {
    places: Vec<WeekProfile>,
    noise: Vec<f64>,
}

impl Profiles {
    /// From days that are a week old, because younger ones may still grow. Places that tell little are pulled to all.
    fn learnt(rows: &Rows, last: i32) -> Self {
        let until = last - WINDOW as i32;
        let all = WeekProfile::learnt(&rows.total(until - LEARNT_DAYS, until));
        let own: Vec<Vec<(Date, f64)>> =
            (0..rows.places()).map(|place| rows.days(place, until - LEARNT_DAYS, until)).collect();
        let places: Vec<WeekProfile> = own.iter().map(|days| all.and(days)).collect();
        let noise = day_noise(&own, &places);
        Self { places, noise }
    }
}

/// Place by place the forecast from days where there is one.
fn merged(weekly: &Forecast, daily: &Forecast) -> Forecast {
    let mut places: BTreeMap<usize, &Forecast> = BTreeMap::new();
    for from in [weekly, daily] {
        places.extend(from.grounds.iter().map(|grounds| (grounds.place, from)));
    }
    let mut all = Forecast::default();
    for (place, from) in places {
        let first = from.ahead.partition_point(|ahead| ahead.place < place);
        all.ahead.extend(from.ahead[first..].iter().take_while(|ahead| ahead.place == place).cloned());
        let grounds = from.grounds.partition_point(|grounds| grounds.place < place);
        all.grounds.extend(from.grounds.get(grounds).cloned());
    }
    all
}
