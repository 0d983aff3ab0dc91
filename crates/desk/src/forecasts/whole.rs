//! Totals that are the sums of what is shown below them: what the method says of every place by itself is brought together
//! over the tree of areas.

use std::collections::HashMap;

use forecast::need::Draws;
use forecast::tree::{Node, coherent, told_below};
use forecast::{Doubt, Forecast, Quantiles};
use jiff::civil::Date;

use super::made::vintages;
use super::sum::CARRIED;
use crate::counts::place::PlaceKey;
use crate::views::counts::Known;

/// Paths from which quantiles are read: the ends of 1 % rest on four of them.
const PATHS: usize = 400;

/// The forecast of all places, in agreement. A place that has told nothing for longer than a sum carries it takes no part and keeps its
/// own, as does one with nothing above and nothing below it.
pub(super) fn agreed(mut forecast: Forecast, known: &Known, on: Date) -> Forecast {
    let numbers: HashMap<PlaceKey, usize> = known.places.iter().map(|place| place.key).zip(0..).collect();
    let mut parents: Vec<Option<usize>> =
        known.places.iter().map(|place| place.parent.and_then(|above| numbers.get(&above)).copied()).collect();
    let is_gone = |doubt: &Doubt| matches!(doubt, Doubt::Silent { weeks } if *weeks as i64 > CARRIED);
    let mut takes_part = vec![false; parents.len()];
    for grounds in &forecast.grounds {
        takes_part[grounds.place] = !grounds.doubts.iter().any(is_gone);
    }
    for (parent, _) in parents.iter_mut().zip(&takes_part).filter(|(_, takes_part)| !**takes_part) {
        *parent = None;
    }
    let told = told_below(&vintages(known).known_on(on), &parents);
    let mut nodes: Vec<Node> = parents
        .iter()
        .zip(told)
        .map(|(parent, told_below)| Node { parent: *parent, weeks: Vec::new(), told_below })
        .collect();
    for ahead in forecast.ahead.iter().filter(|ahead| takes_part[ahead.place]) {
        nodes[ahead.place].weeks.push(ahead.quantiles);
    }
    let has_below: Vec<bool> = (0..nodes.len()).map(|place| parents.contains(&Some(place))).collect();
    let told = coherent(&nodes, &Draws { paths: PATHS, ..Draws::default() });
    for ahead in &mut forecast.ahead {
        let stands_alone = parents[ahead.place].is_none() && !has_below[ahead.place];
        if let Some(said) = told.quantiles(ahead.place, ahead.weeks - 1).filter(|_| !stands_alone) {
            ahead.quantiles = Quantiles::rising(said.figures().map(f64::round));
        }
    }
    forecast
}
