//! The middle of what comes: one weighted ridge regression of all places on their situations.

use crate::pool::Pool;
use crate::situation::{DRAWN, NOISE, SURPRISE, Situation, is_seasonal};

/// Columns: one that is always 1, and the figures.
pub(crate) const COLUMNS: usize = DRAWN + 1;

/// A row of the regression.
pub(crate) type Row = [f64; COLUMNS];

/// How strongly coefficients are held back, as a share of the weight of all rows.
const RIDGE: f64 = 0.3;
/// Figures and movements beyond these shares of the pool count as those at the ends.
const ENDS: [f64; 2] = [0.002, 0.998];
/// No place is surer than this.
const SMALLEST_NOISE: f64 = 0.01;
/// No situation counts more than one as noisy as this.
const SMALLEST_NOISE_WEIGHED: f64 = 0.02;
/// How far a usual surprise reaches, in deviations.
const SURPRISE_REACH: f64 = 1.3;

/// How uncertain what follows a situation is: what surprised so far and the noise of counting.
pub(crate) fn noise(situation: &Situation) -> f64 {
    (SURPRISE_REACH * situation[SURPRISE]).hypot(situation[NOISE]).max(SMALLEST_NOISE)
}

/// The figures at two shares of many, both known ones of those given.
pub(crate) fn ends_of(figures: &mut Vec<f64>, shares: [f64; 2]) -> [f64; 2] {
    figures.retain(|figure| figure.is_finite());
    shares.map(|share| {
        let Some(last) = figures.len().checked_sub(1) else { return 0.0 };
        let place = (share * last as f64).round() as usize;
        *figures.select_nth_unstable_by(place, f64::total_cmp).1
    })
}

/// How figures become columns: held between their usual ends, then by mean and deviation.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    ends: [[f64; 2]; DRAWN],
    middle: [f64; DRAWN],
    /// Infinite where a column says nothing.
    deviation: [f64; DRAWN],
}

impl Columns {
    /// As the situations of a pool are.
    pub(crate) fn of(pool: &Pool, seasonal: bool) -> Self {
        let mut columns = Self { ends: [[0.0; 2]; DRAWN], middle: [0.0; DRAWN], deviation: [f64::INFINITY; DRAWN] };
        let all: f64 = pool.pasts.iter().map(|past| past.weight).sum();
        let mut figures = Vec::with_capacity(pool.len());
        for figure in (0..DRAWN).filter(|figure| seasonal || !is_seasonal(*figure)) {
            figures.clear();
            figures.extend(pool.pasts.iter().map(|past| past.situation[figure]));
            let [low, high] = ends_of(&mut figures, ENDS);
            let (mut sum, mut squares) = (0.0, 0.0);
            for past in &pool.pasts {
                let held = past.situation[figure].clamp(low, high);
                sum += past.weight * held;
                squares += past.weight * held * held;
            }
            let middle = sum / all;
            let deviation = (squares / all - middle * middle).max(0.0).sqrt();
            columns.ends[figure] = [low, high];
            columns.middle[figure] = middle;
            columns.deviation[figure] = if deviation > 1e-9 { deviation } else { f64::INFINITY };
        }
        columns
    }

    /// The row of a situation. A figure that is not known stands in the middle.
    pub(crate) fn row(&self, situation: &Situation) -> Row {
        let mut row = [1.0; COLUMNS];
        for figure in 0..DRAWN {
            let known = Some(situation[figure]).filter(|known| known.is_finite()).unwrap_or(self.middle[figure]);
            let [low, high] = self.ends[figure];
            row[figure + 1] = (known.clamp(low, high) - self.middle[figure]) / self.deviation[figure];
        }
        row
    }
}

/// What a regression learnt for so many weeks ahead.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    coefficients: Row,
    /// No middle lies beyond what was seen.
    ends: [f64; 2],
}

impl Line {
    /// Learns from the situations after which the movement `ahead` (0 for one week) is known; none from none.
    pub(crate) fn learn(pool: &Pool, rows: &[Row], ahead: usize) -> Option<Self> {
        let mut moves: Vec<f64> = pool.pasts.iter().map(|past| past.moved[ahead]).collect();
        let ends = ends_of(&mut moves, ENDS);
        if moves.is_empty() {
            return None;
        }
        let (mut gram, mut right, mut all) = ([[0.0; COLUMNS]; COLUMNS], [0.0; COLUMNS], 0.0);
        for (past, row) in pool.pasts.iter().zip(rows) {
            let moved = past.moved[ahead];
            if moved.is_nan() {
                continue;
            }
            let weight = past.weight / noise(&past.situation).max(SMALLEST_NOISE_WEIGHED).powi(2);
            all += weight;
            let moved = moved.clamp(ends[0], ends[1]);
            for (column, one) in row.iter().enumerate() {
                let weighed = weight * one;
                right[column] += weighed * moved;
                for (sum, other) in gram[column][..=column].iter_mut().zip(row) {
                    *sum += weighed * other;
                }
            }
        }
        for (column, sums) in gram.iter_mut().enumerate() {
            sums[column] += RIDGE * all;
        }
        Some(Self { coefficients: solved(gram, right)?, ends })
    }

    /// How far the middle of what comes is away.
    pub(crate) fn middle(&self, row: &Row) -> f64 {
        let drawn: f64 = self.coefficients.iter().zip(row).map(|(one, other)| one * other).sum();
        drawn.clamp(self.ends[0], self.ends[1])
    }
}

/// Solves for a symmetric positive definite matrix, of which the lower half is given, by Cholesky's method.
fn solved(mut lower: [[f64; COLUMNS]; COLUMNS], mut right: Row) -> Option<Row> {
    for column in 0..COLUMNS {
        for row in column..COLUMNS {
            let dot: f64 = (0..column).map(|before| lower[row][before] * lower[column][before]).sum();
            let rest = lower[row][column] - dot;
            if row == column {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                lower[row][column] = rest.sqrt();
            } else {
                lower[row][column] = rest / lower[column][column];
            }
        }
    }
    for row in 0..COLUMNS {
        let dot: f64 = (0..row).map(|before| lower[row][before] * right[before]).sum();
        right[row] = (right[row] - dot) / lower[row][row];
    }
    for row in (0..COLUMNS).rev() {
        let dot: f64 = (row + 1..COLUMNS).map(|after| lower[after][row] * right[after]).sum();
        right[row] = (right[row] - dot) / lower[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A matrix made from known rows gives back what it was made from.
        #[test]
        fn what_is_solved_fits(seeds in prop::collection::vec(-1.0_f64..1.0, 3 * COLUMNS * COLUMNS), wanted in prop::array::uniform12(-5.0_f64..5.0)) {
            let (mut gram, mut right) = ([[0.0; COLUMNS]; COLUMNS], [0.0; COLUMNS]);
            for row in seeds.chunks(COLUMNS) {
                let target: f64 = row.iter().zip(&wanted).map(|(one, other)| one * other).sum();
                for one in 0..COLUMNS {
                    right[one] += row[one] * target;
                    for other in 0..COLUMNS {
                        gram[one][other] += row[one] * row[other];
                    }
                }
            }
            let found = solved(gram, right).unwrap();
            for (found, wanted) in found.iter().zip(&wanted) {
                prop_assert!((found - wanted).abs() < 1e-5, "{found} {wanted}");
            }
        }
    }

    #[test]
    fn ends_of_nothing_are_nothing() {
        assert_eq!(ends_of(&mut vec![f64::NAN], ENDS), [0.0, 0.0]);
        let mut hundred: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(ends_of(&mut hundred, [0.1, 0.9]), [10.0, 90.0]);
    }
}
