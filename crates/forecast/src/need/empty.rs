//! When nothing is left: a distribution, with deliveries on the way.

use quantity::{Grams, GramsPerHour, Moment, Span};

use super::ahead::{Line, Need};
use super::chance::Dice;
use crate::Quantiles;

/// A delivery on the way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrival {
    /// When it is expected.
    pub at: Moment,
    /// What it brings.
    pub grams: Grams,
    /// How probable it is that it comes by then.
    pub probability: f64,
}

/// What there is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stock<'a> {
    /// Now.
    pub now: Moment,
    /// Usable stock now.
    pub usable: Grams,
    /// What machines beside the vessels make, which does not come out of them.
    pub production: GramsPerHour,
    /// What the vessels hold when full, the usable part; a delivery beyond it goes away again. `None` where not known.
    pub holds: Option<Grams>,
    /// Deliveries on the way, in any order. What should have come before now is taken to come at once, if it comes.
    pub arrivals: &'a [Arrival],
}

/// Hours until nothing is left, path by path.
#[derive(Clone, PartialEq, Debug)]
pub struct Emptying {
    /// In rising order; paths on which something is left at the end of the days are not among them.
    hours: Vec<f64>,
    paths: usize,
    looked: f64,
    left: Vec<Quantiles>,
}

impl Emptying {
    /// What is left at the end of each day, grams. A path that is empty goes on when something comes.
    pub fn left(&self) -> &[Quantiles] {
        &self.left
    }

    /// The hours that are reached in a share of cases, `0.05` for the early end; `None` when more than that is left at the
    /// end of the days looked at.
    pub fn hours_at(&self, share: f64) -> Option<f64> {
        let rank = (share.clamp(0.0, 1.0) * self.paths as f64).ceil().max(1.0) as usize - 1;
        self.hours.get(rank).copied()
    }

    /// How probable it is that nothing is left within some hours; `None` beyond the hours looked at.
    pub fn chance_within(&self, hours: f64) -> Option<f64> {
        let within = self.hours.partition_point(|one| *one <= hours) as f64 / self.paths.max(1) as f64;
        (hours <= self.looked).then_some(within)
    }

    /// How probable it is that nothing is left at some time within the hours looked at.
    pub fn chance(&self) -> f64 {
        self.hours.len() as f64 / self.paths.max(1) as f64
    }

    /// Hours from now to the end of the last day of the need.
    pub fn looked(&self) -> f64 {
        self.looked
    }
}

/// Follows the stock along every path of a facility's need until the days are over. A day's oxygen is used
/// evenly over its hours; before the first day as on the first day. Whether a delivery comes is thrown for each path.
pub fn hours_to_empty(stock: &Stock<'_>, need: &Need, seed: u64) -> Emptying {
    let starts = Moment::start_of(need.first());
    let end = starts + Span::days(i64::try_from(need.days()).unwrap_or(0));
    let mut arrivals = stock.arrivals.to_vec();
    arrivals.sort_by_key(|arrival| (arrival.at, arrival.grams));
    let mut left = vec![vec![0.0; need.paths()]; need.days()];
    let mut hours: Vec<f64> = (0..need.paths())
        .filter_map(|path| {
            let mut dice = Dice::of(seed, "arrivals", 0, path as u64);
            let comes: Vec<bool> = arrivals.iter().map(|arrival| dice.share() < arrival.probability).collect();
            follow(
                stock,
                need,
                path,
                (starts, end),
                arrivals.iter().zip(comes).filter(|(_, comes)| *comes).map(|(one, _)| *one),
                |day, grams| left[day][path] = grams,
            )
        })
        .collect();
    hours.sort_by(f64::total_cmp);
    let left = left.iter().map(|of_day| need.quantiles(|path| of_day[path])).collect();
    Emptying { hours, paths: need.paths(), looked: (end - stock.now).as_hours().max(0.0), left }
}

/// When one path is empty first, in hours; what is left at the end of each day is told as it comes.
fn follow(
    stock: &Stock<'_>,
    need: &Need,
    path: usize,
    (starts, end): (Moment, Moment),
    arrivals: impl Iterator<Item = Arrival>,
    mut ends: impl FnMut(usize, f64),
) -> Option<f64> {
    let (mut at, mut left, mut empty) = (stock.now, stock.usable.as_f64(), None);
    let hours = |at: Moment| (at - stock.now).as_hours();
    let holds = stock.holds.map_or(f64::INFINITY, |holds| holds.max(stock.usable).as_f64());
    let mut arrivals = arrivals.peekable();
    loop {
        while let Some(due) = arrivals.next_if(|arrival| arrival.at <= at) {
            left = (left + due.grams.as_f64().max(0.0)).min(holds);
        }
        if left <= 0.0 {
            empty.get_or_insert(hours(at));
        }
        if at >= end {
            return empty;
        }
        let day = ((at - starts).as_micros().max(0) / Span::days(1).as_micros()) as usize;
        let day = day.min(need.days().checked_sub(1)?);
        let day_ends = (starts + Span::days(day as i64 + 1)).min(end);
        let mut until = day_ends;
        if let Some(next) = arrivals.peek() {
            until = until.min(next.at);
        }
        let rate = (need.grams_on(Line::All, path, day).as_f64() / 24.0 - stock.production.0).max(0.0);
        let span = (until - at).as_hours();
        if rate * span >= left && rate > 0.0 {
            empty.get_or_insert(hours(at) + left / rate);
        }
        left = (left - rate * span).max(0.0);
        at = until;
        if at == day_ends {
            ends(day, left);
        }
    }
}
