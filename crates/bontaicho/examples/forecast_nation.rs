//! How long a forecast of many places takes: places of synthetic provinces as one nation, sixty weeks each, on one core.
//!
//! usage: cargo run --release -p bontaicho --example forecast_nation [PLACES [days]]
//!
//! Then the coherent totals of 34 provinces and the nation: 200 paths of four weeks of every place.
//!
//! With `days` every place tells its days, and the forecast is made on a Thursday from those up to Wednesday.
//! The communes of Vietnam were 10,600. One facility's own answer after a report is that of a small nation: try 20.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use forecast::need::Draws;
use forecast::tree::{Node, coherent};
use forecast::{DayTold, Days, Forecaster, Told, Vintages};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use simulate::epidemic::{Epidemic, Kind, Signal};

const WEEKS: usize = 60;
const PROVINCES: usize = 34;
const FIRST: Date = date(2021, 1, 2);

/// Counts of so many places: by week under its last day, or by day from the first day of the first week on.
fn counts(places: usize, by_day: bool) -> Vec<Vec<f64>> {
    let mut all = Vec::with_capacity(places);
    let mut seed = 1;
    while all.len() < places {
        let days = Epidemic::draw(seed, Some(Kind::Waves));
        let grid = days.reported(Signal::Cases);
        let grid = if by_day { grid.clone() } else { grid.weeks() };
        all.extend(grid.rows().take(places - all.len()).map(<[f64]>::to_vec));
        seed += 1;
    }
    all
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let places: usize = given.first().map_or(Ok(400), |number| number.parse())?;
    let by_day = given.get(1).is_some_and(|how| how == "days");
    let last = FIRST.saturating_add((7 * (WEEKS as i64 - 1)).days());
    let forecaster = Forecaster::shipped();
    let counts = counts(places, by_day);
    let (took, forecast) = if by_day {
        let sunday = FIRST.saturating_sub(6.days());
        let told = |(place, row): (usize, &Vec<f64>)| -> Vec<DayTold> {
            let day = |since: usize| sunday.saturating_add((since as i64).days());
            let told =
                |(since, count): (usize, &f64)| DayTold { on: day(since), place, day: day(since), count: *count };
            row.iter().enumerate().take(7 * WEEKS + 4).map(told).collect()
        };
        let days = Days::new(places, counts.iter().enumerate().flat_map(told));
        let weeks = Vintages::new(places, Vec::new());
        let begun = Instant::now();
        let on = last.saturating_add(5.days());
        let made = forecaster.forecast_daily(&weeks, &days, on, last.saturating_add(7.days()));
        if made.begun.len() != places {
            return Err(format!("{} of {places} places are forecast from days", made.begun.len()).into());
        }
        (begun.elapsed(), made.forecast)
    } else {
        let told = |(place, row): (usize, &Vec<f64>)| -> Vec<Told> {
            let ends = |week: usize| FIRST.saturating_add((7 * week as i64).days());
            let told = |(week, count): (usize, &f64)| Told { on: ends(week), place, week: ends(week), count: *count };
            row.iter().enumerate().take(WEEKS).map(told).collect()
        };
        let vintages = Vintages::new(places, counts.iter().enumerate().flat_map(told).collect());
        let begun = Instant::now();
        let forecast = forecaster.forecast(&vintages, last, last.saturating_add(7.days()));
        (begun.elapsed(), forecast)
    };
    if forecast.grounds.len() != places {
        return Err(format!("{} of {places} places have a forecast", forecast.grounds.len()).into());
    }
    let how = if by_day { "days" } else { "weeks" };
    let (number, seconds) = (forecast.ahead.len(), took.as_secs_f64());
    writeln!(std::io::stdout(), "{places} places, {number} forecasts from {how}: {seconds:.3} s")?;
    let mut nodes = vec![Node { parent: None, weeks: Vec::new(), told_below: 1.0 }; places + PROVINCES + 1];
    for (place, node) in nodes.iter_mut().enumerate().take(places + PROVINCES) {
        node.parent = Some(if place < places { places + place % PROVINCES } else { places + PROVINCES });
    }
    forecast.ahead.iter().for_each(|ahead| nodes[ahead.place].weeks.push(ahead.quantiles));
    let begun = Instant::now();
    let told = coherent(&nodes, &Draws::default());
    let took = begun.elapsed();
    let nation = told.quantiles(places + PROVINCES, 0).ok_or("the nation has no total")?;
    let (paths, seconds) = (told.paths(), took.as_secs_f64());
    writeln!(std::io::stdout(), "{paths} paths of them, a nation of {:.0}: {seconds:.3} s", nation.median())?;
    Ok(())
}
