//! Totals that are the sums of what is shown below them: whole paths of all places of a tree of areas.
//!
//! Every place is forecast by itself, and so is every total that was told. Quantiles of a province are not the sum of the
//! quantiles of its districts: how wide they are hangs on how much the districts surprise together. That is what the
//! direct forecast of the total is asked for here.
//!
//! # The concepts, in order
//! 1. A [`Node`] is a place: what lies above it, its own forecast week by week, and which part of its count the places
//!    below it tell. Places that nothing known lies below are *leaves*; what a place counts beyond those below it is a leaf
//!    without a name.
//! 2. The surprises of what lies directly below a place have a *share* in common. It is chosen week by week so that their
//!    sum is as wide for its size as the place's direct forecast (`moments`); where there is none, as
//!    [`Draws::place_to_place`] says.
//! 3. [`coherent`] draws the paths from the top: every leaf has its own quantiles by rank, only their order among the paths
//!    is chosen. All that lies above is summed path by path, so that every path is a whole: [`Coherent`].
//!
//! [`agreed`] does it for the forecasts of a day and gives quantiles back; [`told_below`] and [`total_among`] find out from
//! counts what nobody says.
//!
//! Path number n is the same scenario in all places, also of what is made of the paths: see
//! [`Weeks::Paths`](crate::need::Weeks::Paths).
//!
//! Not here: which places there are, and what lies above which; the forecasts themselves.
//!
//! ```
//! use forecast::need::Draws;
//! use forecast::tree::{Node, coherent};
//! use forecast::{LEVEL, Quantiles};
//!
//! let weeks = |size: f64| vec![Quantiles::rising(LEVEL.map(|level| size * (0.5 + level))); 4];
//! let province = Node { parent: None, weeks: weeks(100.0), told_below: 1.0 };
//! let district = Node { parent: Some(0), weeks: weeks(50.0), told_below: 1.0 };
//! let told = coherent(&[province, district.clone(), district], &Draws::default());
//! for path in 0..told.paths() {
//!     assert_eq!(told.count(0, path, 3), told.count(1, path, 3) + told.count(2, path, 3));
//! }
//! ```

mod agreed;
mod moments;
mod shape;
#[cfg(test)]
mod tests;
mod told;

use crate::need::Draws;
use crate::need::chance::{Dice, Ruler, normal_at, ranked};
use crate::quantiles::of_weighted;
use crate::{LEVELS, Quantiles};

pub use agreed::{agreed, total_among};
use moments::{Unit, common_share, lifted};
use shape::{Leaf, Shape};
pub use told::told_below;

/// Where the places below tell more than this, their sum is not moved towards what the place tells.
const TOO_MUCH: f64 = 1.02;

/// A place of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The place above it, by its number; none at the top. A number that no place has is none, and so is the place
    /// above for places that lie above each other in a ring.
    pub parent: Option<usize>,
    /// Its own forecast, week by week; empty without any. A forecast of fewer weeks than others have, or with a quantile
    /// that is not a number, is none.
    pub weeks: Vec<Quantiles>,
    /// Which part of its count the places below it tell, such as [`told_below`] finds. Below 0.98 the rest of its forecast is a leaf without
    /// a name. Above 1 the places below tell more than it does: they are believed, and nothing is taken off.
    pub told_below: f64,
}

/// Whole paths of all places.
#[derive(Debug, Clone, PartialEq)]
pub struct Coherent {
    weeks: usize,
    paths: usize,
    /// For each place where its counts begin; none where nothing is known of it and below it.
    begins: Vec<Option<usize>>,
    /// The same of what has no name below it.
    rests: Vec<Option<usize>>,
    ties: Ties,
    /// Block after block, in each the paths of the first week, then of the next.
    counts: Vec<f64>,
}

impl Coherent {
    /// How many weeks.
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// How many paths.
    pub fn paths(&self) -> usize {
        self.paths
    }

    /// Whether anything is known of a place or below it.
    pub fn has(&self, place: usize) -> bool {
        self.block(place).is_some()
    }

    /// The count of a place on a path in a week, all from 0; not a number where nothing is known.
    pub fn count(&self, place: usize, path: usize, week: usize) -> f64 {
        self.of_week(self.block(place), week).and_then(|counts| counts.get(path)).copied().unwrap_or(f64::NAN)
    }

    /// What a place counts on a path in a week beyond the places below it; 0 where they tell all of it.
    pub fn rest(&self, place: usize, path: usize, week: usize) -> f64 {
        let rest = self.rests.get(place).copied().flatten();
        self.of_week(rest, week).and_then(|counts| counts.get(path)).copied().unwrap_or(0.0)
    }

    /// The paths of a place, `[path][week]`, as [`Weeks::Paths`](crate::need::Weeks::Paths) takes them; empty where
    /// nothing is known.
    pub fn paths_of(&self, place: usize) -> Vec<Vec<f64>> {
        if !self.has(place) {
            return Vec::new();
        }
        (0..self.paths).map(|path| (0..self.weeks).map(|week| self.count(place, path, week)).collect()).collect()
    }

    /// The quantiles of a place in a week; none where nothing is known.
    pub fn quantiles(&self, place: usize, week: usize) -> Option<Quantiles> {
        let mut counts = self.of_week(self.block(place), week)?.to_vec();
        counts.sort_by(f64::total_cmp);
        of_weighted(&counts, &vec![1.0; counts.len()]).map(Quantiles::rising)
    }

    /// Which share of their surprise the places directly below a place have in common in a week, 0 to 1; none for leaves.
    pub fn share(&self, place: usize, week: usize) -> Option<f64> {
        self.ties.shares.get(place)?.get(week).copied()
    }

    /// By how much what lies below a place was multiplied in a week so that the sum agrees with the place's own forecast;
    /// none for leaves.
    pub fn lifted(&self, place: usize, week: usize) -> Option<f64> {
        self.ties.factors.get(place)?.get(week).copied()
    }

    fn block(&self, place: usize) -> Option<usize> {
        self.begins.get(place).copied().flatten()
    }

    fn of_week(&self, block: Option<usize>, week: usize) -> Option<&[f64]> {
        let begins = block? + week * self.paths;
        if week < self.weeks { self.counts.get(begins..begins + self.paths) } else { None }
    }
}

/// Paths of all places: leaves with their own quantiles by rank, everything above them their sum path by path.
/// [`Draws::week_to_week`] is how much a path's surprise goes on from week to week. The same seed, places and paths give the
/// same bytes.
pub fn coherent(nodes: &[Node], draws: &Draws) -> Coherent {
    let shape = Shape::of(nodes);
    let paths = draws.paths();
    let readings = Readings::new(paths);
    let ties = Ties::of(nodes, &shape, draws.place_to_place);
    let mut told = Coherent {
        weeks: shape.weeks,
        paths,
        begins: vec![None; nodes.len()],
        rests: vec![None; nodes.len()],
        ties,
        counts: Vec::new(),
    };
    let block = shape.weeks * paths;
    let above = shape.inner().count();
    told.counts = vec![0.0; (shape.leaves.len() + above) * block];
    let mut factors: Vec<Vec<f64>> = vec![Vec::new(); nodes.len()];
    for place in shape.inner() {
        let own = walk(draws, "above", place, shape.weeks, paths);
        factors[place] = match shape.parent(place) {
            Some(parent) => mixed(&factors[parent], &told.ties.shares[parent], own, paths),
            None => own,
        };
        for week in factors[place].chunks_mut(paths) {
            let scores = ranked(week.to_vec());
            week.copy_from_slice(&scores);
        }
    }
    for (number, leaf) in shape.leaves.iter().enumerate() {
        let purpose = if leaf.is_rest { "rest" } else { "place" };
        let own = walk(draws, purpose, leaf.place, shape.weeks, paths);
        let scores = match shape.parent_of(leaf) {
            Some(parent) => mixed(&factors[parent], &told.ties.shares[parent], own, paths),
            None => own,
        };
        let counts = &mut told.counts[number * block..(number + 1) * block];
        for (week, (counts, scores)) in counts.chunks_mut(paths).zip(scores.chunks(paths)).enumerate() {
            readings.by_rank(&leaf.quantiles(nodes, week), told.ties.lifted(&shape, leaf, week), scores, counts);
        }
        let begins = if leaf.is_rest { &mut told.rests } else { &mut told.begins };
        begins[leaf.place] = Some(number * block);
    }
    for (number, place) in shape.inner_from_below().enumerate() {
        let begins = (shape.leaves.len() + number) * block;
        let parts = shape.children(place).iter().filter_map(|child| told.begins[*child]).chain(told.rests[place]);
        for part in parts.collect::<Vec<usize>>() {
            let (before, sum) = told.counts.split_at_mut(begins);
            for (sum, count) in sum[..block].iter_mut().zip(&before[part..part + block]) {
                *sum += count;
            }
        }
        told.begins[place] = Some(begins);
    }
    told
}

/// How what lies directly below the places hangs together, week by week: nothing for leaves.
#[derive(Debug, Clone, PartialEq)]
struct Ties {
    shares: Vec<Vec<f64>>,
    /// By how much everything below is multiplied so that the sum agrees with the place's own forecast.
    factors: Vec<Vec<f64>>,
}

impl Ties {
    fn of(nodes: &[Node], shape: &Shape, unknown: f64) -> Self {
        let readings = Readings::new(moments::POINTS);
        let mut ties = Self { shares: vec![Vec::new(); nodes.len()], factors: vec![Vec::new(); nodes.len()] };
        for week in 0..shape.weeks {
            let mut below: Vec<Vec<Unit>> = vec![Vec::new(); nodes.len()];
            for leaf in &shape.leaves {
                if let Some(parent) = shape.parent_of(leaf) {
                    below[parent].push(readings.unit(&leaf.quantiles(nodes, week)));
                }
            }
            for place in shape.inner_from_below() {
                let units = std::mem::take(&mut below[place]);
                let direct = shape.is_known(place).then(|| readings.unit(&nodes[place].weeks[week]));
                let share = common_share(&units, direct.as_ref(), unknown);
                let believed = direct.filter(|_| nodes[place].told_below.max(0.0) <= TOO_MUCH);
                let factor = lifted(&units, believed.as_ref());
                ties.shares[place].push(share);
                ties.factors[place].push(factor);
                if let Some(parent) = shape.parent(place) {
                    below[parent].push(Unit::sum(&units, share).times(factor));
                }
            }
        }
        ties
    }

    /// By how much a leaf is multiplied in a week: what all places above it ask for.
    fn lifted(&self, shape: &Shape, leaf: &Leaf, week: usize) -> f64 {
        std::iter::successors(shape.parent_of(leaf), |above| shape.parent(*above))
            .map(|above| self.factors[above][week])
            .product()
    }
}

/// Deviations of paths, week after week; each goes on from the week before.
fn walk(draws: &Draws, purpose: &str, place: usize, weeks: usize, paths: usize) -> Vec<f64> {
    let mut dice = Dice::of(draws.seed, purpose, place as u64, 3);
    let keep = draws.week_to_week.clamp(0.0, 1.0);
    let fresh = (1.0 - keep * keep).sqrt();
    let mut walked: Vec<f64> = (0..weeks * paths).map(|_| dice.normal()).collect();
    for at in paths..walked.len() {
        walked[at] = keep * walked[at - paths] + fresh * walked[at];
    }
    walked
}

/// What a place shares with others, and what it has of its own.
fn mixed(common: &[f64], shares: &[f64], mut own: Vec<f64>, paths: usize) -> Vec<f64> {
    for ((own, common), share) in own.chunks_mut(paths).zip(common.chunks(paths)).zip(shares) {
        let (with, without) = (share.sqrt(), (1.0 - share).sqrt());
        own.iter_mut().zip(common).for_each(|(own, common)| *own = without * *own + with * common);
    }
    own
}

/// Reads quantiles at equally likely points.
struct Readings {
    ruler: Ruler,
    /// Normal scores of the points.
    points: Vec<f64>,
}

impl Readings {
    fn new(points: usize) -> Self {
        let points = (0..points).map(|point| normal_at((point as f64 + 0.5) / points as f64)).collect();
        Self { ruler: Ruler::new(), points }
    }

    fn read(&self, quantiles: &Quantiles) -> Vec<f64> {
        self.ruler.read_rising(quantiles, &self.points)
    }

    fn unit(&self, quantiles: &Quantiles) -> Unit {
        Unit::of(&self.read(quantiles), &self.points)
    }

    /// The figures at all points times a factor, in the order that the scores have.
    fn by_rank(&self, quantiles: &Quantiles, lifted: f64, scores: &[f64], counts: &mut [f64]) {
        let mut order: Vec<(f64, u32)> = scores.iter().copied().zip(0..).collect();
        order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for ((_, path), figure) in order.into_iter().zip(self.read(quantiles)) {
            counts[path as usize] = lifted * figure;
        }
    }
}

impl Leaf {
    /// What a leaf expects of a week: its place's forecast, or the part of it that has no name.
    fn quantiles(&self, nodes: &[Node], week: usize) -> Quantiles {
        let mut figures: [f64; LEVELS] = *nodes[self.place].weeks[week].figures();
        if self.is_rest {
            let rest = 1.0 - nodes[self.place].told_below.clamp(0.0, 1.0);
            figures.iter_mut().for_each(|figure| *figure *= rest);
        }
        Quantiles::rising(figures)
    }
}
