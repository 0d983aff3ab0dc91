//! How far from the middle it may come: the misses of the regression in past situations like this one, each in units of
//! its own noise.

use crate::pool::{Pool, WEEKS_AHEAD};
use crate::quantiles::{LEVELS, of_weighted};
use crate::ridge::{Line, Row, noise};
use crate::situation::{BEGUN, LEVEL, SIZE, SURPRISE, Situation};

/// Situations are like each other by these figures.
const LIKE: [usize; 4] = [LEVEL, SIZE, SURPRISE, BEGUN];
/// How near is like, in deviations of the pool.
const NEAR: f64 = 0.5;
/// What a situation counts at least, however far it is: a range rests on a few like situations and a little on all.
const FAR: f64 = 0.0075;

/// Misses of past situations.
#[derive(Debug, Clone)]
pub(crate) struct Spread {
    /// What a situation's figures are divided by.
    deviation: [f64; LIKE.len()],
    places: Vec<[f64; LIKE.len()]>,
    weights: Vec<f64>,
    origins: Vec<Option<(usize, usize)>>,
    /// For each week ahead the misses from the lowest, and of which past each is.
    misses: [(Vec<f64>, Vec<u32>); WEEKS_AHEAD],
}

impl Spread {
    /// The misses of lines that were learnt, in the situations of a pool with their rows.
    pub(crate) fn of(pool: &Pool, rows: &[Row], lines: &[Option<Line>; WEEKS_AHEAD]) -> Self {
        let all: f64 = pool.pasts.iter().map(|past| past.weight).sum();
        let deviation = LIKE.map(|figure| {
            let mean = pool.pasts.iter().map(|past| past.weight * past.situation[figure]).sum::<f64>() / all;
            let off = |situation: &Situation| (situation[figure] - mean).powi(2);
            (pool.pasts.iter().map(|past| past.weight * off(&past.situation)).sum::<f64>() / all).sqrt().max(1e-9)
        });
        let misses = std::array::from_fn(|ahead| {
            let Some(line) = &lines[ahead] else { return (Vec::new(), Vec::new()) };
            let missed = |(past, row): (&crate::pool::Past, &Row)| {
                (past.moved[ahead] - line.middle(row)) / noise(&past.situation)
            };
            let mut misses: Vec<(f64, u32)> = pool.pasts.iter().zip(rows).map(missed).zip(0..).collect();
            misses.retain(|(miss, _)| miss.is_finite());
            misses.sort_by(|one, other| one.0.total_cmp(&other.0));
            misses.into_iter().unzip()
        });
        let like = |situation: &Situation| std::array::from_fn(|axis| situation[LIKE[axis]] / deviation[axis]);
        Self {
            deviation,
            places: pool.pasts.iter().map(|past| like(&past.situation)).collect(),
            weights: pool.pasts.iter().map(|past| past.weight).collect(),
            origins: pool.pasts.iter().map(|past| past.origin).collect(),
            misses,
        }
    }

    /// How much each past counts for a situation. A figure that is not known makes no difference.
    pub(crate) fn likeness(&self, situation: &Situation) -> Vec<f64> {
        let here: [f64; LIKE.len()] = std::array::from_fn(|axis| situation[LIKE[axis]] / self.deviation[axis]);
        let far = |there: &[f64; LIKE.len()]| {
            let squares = here.iter().zip(there).map(|(here, there)| (here - there).powi(2));
            squares.filter(|square| square.is_finite()).sum::<f64>()
        };
        let count =
            |(there, weight): (&[f64; LIKE.len()], &f64)| weight * ((-far(there) / (2.0 * NEAR * NEAR)).exp() + FAR);
        self.places.iter().zip(&self.weights).map(count).collect()
    }

    /// The misses at every level for so many weeks ahead (0 for one), in units of noise; none without any.
    pub(crate) fn misses(&self, likeness: &[f64], ahead: usize) -> Option<[f64; LEVELS]> {
        let (misses, pasts) = &self.misses[ahead];
        let weights: Vec<f64> = pasts.iter().map(|past| likeness[*past as usize]).collect();
        of_weighted(misses, &weights)
    }

    /// What share of the likeness is the places' own past, and the most alike of it: place and week, the most alike first,
    /// each place once.
    pub(crate) fn alike(&self, likeness: &[f64], most: usize) -> (f64, Vec<(usize, usize)>) {
        let mut own: Vec<(f64, (usize, usize))> = Vec::new();
        let (mut own_likeness, mut all) = (0.0, 0.0);
        for ((likeness, weight), origin) in likeness.iter().zip(&self.weights).zip(&self.origins) {
            all += likeness;
            if let Some(origin) = origin {
                own_likeness += likeness;
                own.push((likeness / weight, *origin));
            }
        }
        own.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut nearest: Vec<(usize, usize)> = Vec::with_capacity(most);
        for (_, (place, week)) in own {
            if nearest.len() == most {
                break;
            }
            if nearest.iter().all(|(known, _)| *known != place) {
                nearest.push((place, week));
            }
        }
        (if all > 0.0 { own_likeness / all } else { 0.0 }, nearest)
    }
}
