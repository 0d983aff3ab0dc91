//! Totals that are the sums of what is shown below them: what the method says of every place by itself is brought together
//! over the tree of areas.

use std::collections::HashMap;

use forecast::tree::told_below;
use forecast::{Ahead, Begun, Doubt, Forecast, Quantiles};
use jiff::civil::Date;

use super::made::vintages;
use super::sum::CARRIED;
use crate::counts::place::PlaceKey;
use crate::views::counts::Known;

/// The forecast of all places, in agreement. A place that has told nothing for longer than a sum carries it takes no part
/// and keeps its own, as does one with nothing above and nothing below it.
pub(super) fn agreed(mut forecast: Forecast, known: &Known, begun: &[Begun], on: Date) -> Forecast {
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
    let counted = counted(begun, &parents);
    shift(&mut forecast.ahead, &counted, -1.0);
    forecast::tree::agreed(&mut forecast.ahead, &parents, &told);
    shift(&mut forecast.ahead, &counted, 1.0);
    forecast
}

/// What is counted of the week that runs: of a place by its days, of one with others below it the sum of theirs.
fn counted(begun: &[Begun], parents: &[Option<usize>]) -> Vec<f64> {
    let mut counted = vec![0.0; parents.len()];
    for begun in begun.iter().filter(|begun| begun.days > 0 && !parents.contains(&Some(begun.place))) {
        let above = std::iter::successors(Some(begun.place), |place| parents.get(*place).copied().flatten());
        for place in above.take(parents.len()) {
            counted[place] += begun.count;
        }
    }
    counted
}

/// Takes what is counted off the first week, or adds it again: what has come is not moved.
fn shift(ahead: &mut [Ahead], counted: &[f64], sign: f64) {
    for ahead in ahead.iter_mut().filter(|ahead| ahead.weeks == 1) {
        let counted = counted.get(ahead.place).map_or(0.0, |counted| (sign * counted).round());
        ahead.quantiles = Quantiles::rising(ahead.quantiles.figures().map(|figure| (figure + counted).max(0.0)));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Five hundred are counted in two communes of a province: no agreement takes them off again.
    #[test]
    fn what_has_come_is_not_moved() {
        let begun = |place: usize, count: f64| Begun { place, last: date(2026, 11, 19), days: 5, count };
        let counted = counted(&[begun(0, 300.0), begun(1, 200.0)], &[Some(2), Some(2), None]);
        assert_eq!(counted, [300.0, 200.0, 500.0]);
        let of = |weeks| Ahead {
            place: 0,
            weeks,
            day: date(2026, 11, 21),
            quantiles: Quantiles::rising(std::array::from_fn(|level| 290.0 + 10.0 * level as f64)),
        };
        let mut ahead = [of(1), of(2)];
        shift(&mut ahead, &counted, -1.0);
        assert_eq!((ahead[0].quantiles.figures()[0], ahead[0].quantiles.figures()[22]), (0.0, 210.0));
        shift(&mut ahead, &counted, 1.0);
        assert_eq!((ahead[0].quantiles.figures()[0], &ahead[1]), (300.0, &of(2)));
    }
}
