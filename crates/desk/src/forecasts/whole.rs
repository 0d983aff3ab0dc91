//! Totals that are the sums of what is shown below them: what the method says of every place by itself is brought together
//! over the tree of areas.

use std::collections::HashMap;

use forecast::tree::told_below;
use forecast::{Doubt, Forecast};
use jiff::civil::Date;

use super::made::vintages;
use super::sum::CARRIED;
use crate::counts::place::PlaceKey;
use crate::views::counts::Known;

/// The forecast of all places, in agreement. A place that has told nothing for longer than a sum carries it takes no part
/// and keeps its own, as does one with nothing above and nothing below it.
pub(super) fn agreed(mut forecast: Forecast, known: &Known, on: Date) -> Forecast {
    let numbers: HashMap<PlaceKey, usize> = known.places.iter().map(|place| place.key).zip(0..).collect();
    let is_gone = |doubt: &Doubt| matches!(doubt, Doubt::Silent { weeks } if *weeks as i64 > CARRIED);
    let mut takes_part = vec![false; known.places.len()];
    for grounds in &forecast.grounds {
        takes_part[grounds.place] = !grounds.doubts.iter().any(is_gone);
    }
    let above = |place: usize| {
        let parent = known.places[place].parent.filter(|_| takes_part[place])?;
        numbers.get(&parent).copied().filter(|parent| takes_part[*parent])
    };
    let parents: Vec<Option<usize>> = (0..known.places.len()).map(above).collect();
    let told = told_below(&vintages(known).known_on(on), &parents);
    forecast::tree::agreed(&mut forecast.ahead, &parents, &told);
    forecast
}
