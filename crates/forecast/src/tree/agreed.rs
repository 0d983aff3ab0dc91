//! Forecasts of many places brought into agreement.

use super::{Node, coherent};
use crate::need::Draws;
use crate::{Ahead, Frame, Quantiles};

/// Paths from which quantiles are read: the ends of 1 % rest on two of them.
const PATHS: usize = 200;
/// Weeks that are looked at for a total, so many of which must be known.
const WEEKS: (usize, usize) = (26, 6);
/// How far a total may lie from the sum of the others, and in which share of weeks.
const NEAR: (f64, f64) = (0.02, 0.8);
/// Fewer places than this have no total among them.
const LEAST_PLACES: usize = 4;

/// Every total becomes the sum of what lies below it, and what lies below moves towards the total ([`coherent`]); whole numbers.
/// `told_below` is that of each place ([`told_below`](super::told_below)). A place with nothing above and nothing below
/// keeps its forecast.
pub fn agreed(ahead: &mut [Ahead], parents: &[Option<usize>], told_below: &[f64]) {
    let mut nodes: Vec<Node> = parents
        .iter()
        .zip(told_below)
        .map(|(parent, told_below)| Node { parent: *parent, weeks: Vec::new(), told_below: *told_below })
        .collect();
    let mut is_tied: Vec<bool> = parents.iter().map(Option::is_some).collect();
    for parent in parents.iter().flatten() {
        if let Some(is_tied) = is_tied.get_mut(*parent) {
            *is_tied = true;
        }
    }
    for ahead in ahead.iter() {
        if let Some(node) = nodes.get_mut(ahead.place).filter(|_| is_tied[ahead.place]) {
            node.weeks.push(ahead.quantiles);
        }
    }
    let told = coherent(&nodes, &Draws { paths: PATHS, ..Draws::default() });
    for ahead in ahead {
        if let Some(said) = ahead.weeks.checked_sub(1).and_then(|week| told.quantiles(ahead.place, week)) {
            ahead.quantiles = Quantiles::rising(said.figures().map(f64::round));
        }
    }
}

/// The place that is the sum of all others, as far as is known: within two per cent in four of five of the last 26 weeks,
/// at least six of them known. None where no place is, or there are fewer than four.
pub fn total_among(frame: &Frame) -> Option<usize> {
    if frame.places() < LEAST_PLACES {
        return None;
    }
    let weeks: Vec<&[f64]> = (0..frame.weeks()).rev().take(WEEKS.0).map(|week| frame.week(week)).collect();
    let known = |count: f64| if count.is_finite() { count.max(0.0) } else { 0.0 };
    let is_total = |place: &usize| {
        let compared: Vec<bool> = weeks
            .iter()
            .filter(|counts| counts[*place] > 0.0)
            .map(|counts| {
                let others = counts.iter().map(|count| known(*count)).sum::<f64>() - counts[*place];
                (others - counts[*place]).abs() <= NEAR.0 * counts[*place]
            })
            .collect();
        let near = compared.iter().filter(|near| **near).count() as f64;
        compared.len() >= WEEKS.1 && near >= NEAR.1 * compared.len() as f64
    };
    (0..frame.places()).find(is_total)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    use super::*;
    use crate::{LEVEL, LEVELS};

    const FIRST: Date = date(2021, 11, 6);

    fn frame(weeks: usize, counts: impl Fn(usize, usize) -> f64, places: usize) -> Frame {
        let mut frame = Frame::new(FIRST, places);
        for week in 0..weeks {
            for place in 0..places {
                assert!(frame.set(FIRST.saturating_add((7 * week as i64).days()), place, counts(week, place)));
            }
        }
        frame
    }

    #[test]
    fn the_nation_among_its_provinces_is_found() {
        let counts = |week: usize, place: usize| (10 + 7 * place + 3 * week) as f64;
        let nation = |week: usize| (1..5).map(|place| counts(week, place)).sum::<f64>();
        let with = |wrong: f64| {
            move |week: usize, place: usize| if place == 0 { wrong * nation(week) } else { counts(week, place) }
        };
        assert_eq!(total_among(&frame(8, with(1.0), 5)), Some(0));
        assert_eq!(total_among(&frame(8, with(1.01), 5)), Some(0), "late by a little");
        assert_eq!(total_among(&frame(8, with(1.1), 5)), None);
        assert_eq!(total_among(&frame(5, with(1.0), 5)), None, "too few weeks");
        assert_eq!(total_among(&frame(8, |_, place| [2.0, 1.0, 1.0][place], 3)), None, "too few places");
        assert_eq!(total_among(&frame(8, |_, _| 0.0, 5)), None, "of nothing everything is the sum");
        let unknown = |week: usize, place: usize| if week < 2 { f64::NAN } else { with(1.0)(week, place) };
        assert_eq!(total_among(&frame(8, unknown, 5)), Some(0));
    }

    #[test]
    fn totals_agree_and_who_stands_alone_stays() {
        let ahead = |place: usize, size: f64| Ahead {
            place,
            weeks: 1,
            day: FIRST,
            quantiles: Quantiles::rising(LEVEL.map(|level| (size * (0.5 + level)).round())),
        };
        let alone = ahead(4, 33.0);
        let mut all = vec![ahead(0, 230.0), ahead(1, 50.0), ahead(2, 50.0), ahead(3, 100.0), alone.clone()];
        agreed(&mut all, &[None, Some(0), Some(0), Some(0), None], &[1.0; 5]);
        assert_eq!(all[4], alone);
        let medians: f64 = all[1..4].iter().map(|ahead| ahead.quantiles.median()).sum();
        assert!((all[0].quantiles.median() - medians).abs() < 8.0 && medians > 210.0 && medians < 230.0, "{medians}");
        // What was never forecast makes nothing up, and places beyond the tree keep theirs.
        let mut odd = vec![ahead(0, 5.0), ahead(9, 5.0), Ahead { weeks: 0, ..ahead(1, 5.0) }];
        odd[0].quantiles = Quantiles::rising([f64::NAN; LEVELS]);
        agreed(&mut odd, &[None, Some(0), Some(77)], &[1.0; 3]);
        assert_eq!((odd[1].quantiles, odd[2].weeks), (ahead(9, 5.0).quantiles, 0));
    }
}
