//! How long a forecast of many places takes: places of synthetic provinces as one nation, sixty weeks each, on one core.
//!
//! usage: cargo run --release -p bontaicho --example forecast_nation [PLACES]
//!
//! Then the coherent totals of 34 provinces and the nation: 200 paths of four weeks of every place.
//!
//! The communes of Vietnam were 10,600. One facility's own answer after a report is that of a small nation: try 20.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use forecast::need::Draws;
use forecast::tree::{Node, coherent};
use forecast::{Forecaster, Told, Vintages};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use simulate::epidemic::{Epidemic, Kind, Signal};

const WEEKS: usize = 60;
const PROVINCES: usize = 34;
const FIRST: Date = date(2021, 1, 2);

fn main() -> Result<(), Box<dyn Error>> {
    let places: usize = std::env::args().nth(1).map_or(Ok(400), |number| number.parse())?;
    let (mut told, mut place, mut seed) = (Vec::new(), 0, 1);
    while place < places {
        let weeks = Epidemic::draw(seed, Some(Kind::Waves)).reported(Signal::Cases).weeks();
        for row in weeks.rows().take(places - place) {
            for (week, count) in row.iter().enumerate().take(WEEKS) {
                let ends = FIRST.saturating_add((7 * week as i64).days());
                told.push(Told { on: ends, place, week: ends, count: *count });
            }
            place += 1;
        }
        seed += 1;
    }
    let vintages = Vintages::new(places, told);
    let last = FIRST.saturating_add((7 * (WEEKS as i64 - 1)).days());
    let forecaster = Forecaster::shipped();
    let begun = Instant::now();
    let forecast = forecaster.forecast(&vintages, last, last.saturating_add(7.days()));
    let took = begun.elapsed();
    if forecast.grounds.len() != places {
        return Err(format!("{} of {places} places have a forecast", forecast.grounds.len()).into());
    }
    writeln!(std::io::stdout(), "{places} places, {} forecasts: {:.3} s", forecast.ahead.len(), took.as_secs_f64())?;
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
