//! Everything that was forecast and counted of a signal, as a set of files: so that anybody can hold the forecasts against
//! what came, with `bontaicho forecast evaluate` or with his own tools (F010, TT09).

use std::collections::BTreeMap;

use forecast::naive_of_place;
use forecast::set::{CountRow, Row, write_rows, write_truth, write_vintages};
use jiff::ToSpan;
use jiff::civil::Date;
use store::Connection;

use crate::actor::Actor;
use crate::counts::Signal;
use crate::failure::{Failure, Outcome};
use crate::forecasts::{ForecastMade, as_of_today, vintages, with_sum};
use crate::office::Office;
use crate::rights::Capability;
use crate::views::counts::{Known, known};
use crate::views::forecasts::{said_first, saturday};

/// Weeks back whose forecasts are told.
const WEEKS: i64 = 104;

/// The files of a set by their names, as `docs/formats/forecast-set.md` describes them; of the places that the actor sees.
///
/// # Errors
/// Without the right to take out figures; [`Failure::NotFound`] where nothing was forecast.
pub fn forecast_set(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    signal: Signal,
) -> Outcome<Vec<(&'static str, Vec<u8>)>> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let mut known = as_of_today(known(office, connection, actor, signal)?, &registry);
    if actor.sees_whole(&registry) {
        known = with_sum(known, &registry);
    }
    let keys: Vec<String> = known.places.iter().map(|place| place.key.to_string()).collect();
    let mut made = Vec::new();
    for back in (0..WEEKS).rev() {
        made.extend(said_first(connection, actor.province, signal, saturday(today, back))?.map(|kept| kept.content));
    }
    if made.is_empty() {
        return Err(Failure::NotFound);
    }
    let files = [
        ("truth.csv", truth(&known, &keys)),
        ("vintages.csv", told(&known, &keys)),
        ("naive-baseline.csv", naive(&known, &keys, &made)),
        ("bontaicho.csv", ours(&known, &keys, &made)),
    ];
    // Writing into memory fails for nothing but a want of it.
    files.into_iter().map(|(name, file)| Ok((name, file.map_err(|_| Failure::NotFound)?))).collect()
}

type File = std::io::Result<Vec<u8>>;

fn truth(known: &Known, keys: &[String]) -> File {
    let mut last: BTreeMap<(usize, Date), Option<u32>> = BTreeMap::new();
    for told in &known.told {
        last.insert((told.place, told.week_end), told.count);
    }
    let rows = last.into_iter().filter_map(|((place, week), count)| {
        Some((keys.get(place)?.as_str(), known.places.get(place)?.name.as_str(), week, count?))
    });
    let mut bytes = Vec::new();
    write_truth(rows, &mut bytes)?;
    Ok(bytes)
}

fn told(known: &Known, keys: &[String]) -> File {
    let row = |told: &crate::counts::weeks::WeekTold| -> Option<CountRow<'_>> {
        Some((told.told_on, keys.get(told.place)?, told.week_end, told.count))
    };
    let mut bytes = Vec::new();
    write_vintages(known.told.iter().filter_map(row), &mut bytes)?;
    Ok(bytes)
}

/// The naive forecasts of the same days: they say what is to be forecast.
fn naive(known: &Known, keys: &[String], made: &[ForecastMade]) -> File {
    let all = vintages(known);
    let mut said = Vec::new();
    for made in made {
        let frame = all.known_on(made.on);
        for (place, key) in keys.iter().enumerate() {
            let of_place = naive_of_place(&frame, place, made.last.saturating_add(7.days()));
            said.extend(of_place.into_iter().map(|ahead| (made.on, key, ahead)));
        }
    }
    let rows = said.iter().map(|(on, key, ahead)| Row {
        on: *on,
        place: key,
        weeks: ahead.weeks,
        day: ahead.day,
        said: &ahead.quantiles,
    });
    let mut bytes = Vec::new();
    write_rows(rows, &mut bytes)?;
    Ok(bytes)
}

fn ours(known: &Known, keys: &[String], made: &[ForecastMade]) -> File {
    let mut said = Vec::new();
    for made in made {
        for (place, key) in known.places.iter().zip(keys) {
            let weeks = made.place(place.key).map_or(&[][..], |ahead| ahead.weeks.as_slice());
            let of_week = |(before, week): (usize, &crate::forecasts::WeekAhead)| {
                Some((made.on, key, before + 1, week.ends, week.quantiles()?))
            };
            said.extend(weeks.iter().enumerate().filter_map(of_week));
        }
    }
    let rows =
        said.iter().map(|(on, key, weeks, day, said)| Row { on: *on, place: key, weeks: *weeks, day: *day, said });
    let mut bytes = Vec::new();
    write_rows(rows, &mut bytes)?;
    Ok(bytes)
}
