//! The watch over forecasts: each hour of the domain clock it is asked whether more is known than when the last forecast
//! was made, and if so one is made.

use forecast::Forecaster;
use jiff::civil::Date;
use place::ProvinceId;
use store::{Connection, register};

use super::{ForecastMade, as_of_today, make, with_sum};
use crate::actor::Actor;
use crate::counts::Signal;
use crate::counts::place::{PlaceKey, own_area};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::counts::keep_forecast::KeepForecast;
use crate::record;
use crate::views::counts::known;

/// An hour in microseconds.
const HOUR: i64 = 60 * 60 * 1_000_000;

/// Watches the counts of every province.
pub fn watch_all(office: &Office) -> Outcome<()> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    for post in posts.into_iter().filter(|post| post.closed_on.is_none()) {
        watch(office, post.province)?;
    }
    Ok(())
}

/// Makes the forecasts of a province, once in an hour of the domain clock; how many were new.
pub fn watch(office: &Office, province: ProvinceId) -> Outcome<usize> {
    let name = format!("forecasts_watched_{}", province.number());
    let asked = name.clone();
    let hour = office.look_blocking(move |office, connection| {
        let hour = (office.now(connection)?.micros() / HOUR).to_string();
        Ok((register::setting(connection, &asked)?.as_deref() != Some(hour.as_str())).then_some(hour))
    })?;
    let Some(hour) = hour else { return Ok(0) };
    let made = run(office, province)?;
    office
        .store()
        .write_blocking::<_, Failure, _>(move |transaction| Ok(register::set_setting(transaction, &name, &hour)?))?;
    Ok(made)
}

/// The signal that goes before another, where that was measured: cases before admissions.
const fn leading(signal: Signal) -> Option<Signal> {
    match signal {
        Signal::Admissions => Some(Signal::Cases),
        Signal::Cases | Signal::Severe | Signal::Recovered | Signal::Deaths => None,
    }
}

/// Makes the forecasts of a province now; how many differ from what was kept.
pub fn run(office: &Office, province: ProvinceId) -> Outcome<usize> {
    let today = office.look_blocking(|office, connection| Ok(office.now(connection)?.date()))?;
    run_on(office, province, today)
}

/// Makes the forecasts of a province as they would have been made at the end of a past day, from nothing that became known
/// later: so that a province that begins with the counts of past weeks sees how good they would have been.
pub fn run_on(office: &Office, province: ProvinceId, on: Date) -> Outcome<usize> {
    let forecaster = Forecaster::shipped();
    let mut kept = 0;
    for signal in Signal::ALL.iter().copied() {
        let made = office.look_blocking(|office, connection| {
            let registry = office.registry(connection, province)?;
            let told = |connection: &mut Connection, signal: Signal| {
                let known = known(office, connection, &Actor::program(province), signal)?;
                Ok::<_, Failure>(with_sum(as_of_today(known, &registry), &registry))
            };
            let known = told(connection, signal)?;
            let lead = match leading(signal).filter(|_| !known.places.is_empty()) {
                Some(lead) => Some(told(connection, lead)?),
                None => None,
            };
            let all = own_area(&registry).map(|own| PlaceKey::Area(own.key()));
            if known.told.is_empty() && known.days.is_empty() {
                return Ok(None);
            }
            let made = make(&forecaster, signal, &known, lead.as_ref().map(|lead| (lead, all)), on);
            let before =
                record::of_code::<ForecastMade>(connection, province, &ForecastMade::code_of(signal, made.last))?;
            let same = before.is_some_and(|before| before.content.places == made.places);
            Ok((!same && !made.places.is_empty()).then_some(made))
        })?;
        if let Some(made) = made {
            office.perform_blocking(Actor::program(province), KeepForecast { made })?;
            kept += 1;
        }
    }
    Ok(kept)
}
