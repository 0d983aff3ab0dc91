//! Sums of squares and products: all that a regression needs, of any part of its figures.

use super::figures::FIGURES;

/// How strongly coefficients are held back, as a share of each figure's own sum of squares.
const RIDGE: f64 = 0.03;
/// No range becomes narrower than this share.
const NARROWEST: f64 = 0.4;

/// Weighted sums of figures, misses and their products.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moments {
    weight: f64,
    gram: [[f64; FIGURES]; FIGURES],
    right: [f64; FIGURES],
    squares: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self { weight: 0.0, gram: [[0.0; FIGURES]; FIGURES], right: [0.0; FIGURES], squares: 0.0 }
    }
}

impl Moments {
    pub(super) const COLUMNS: usize = FIGURES;
    /// How many sums.
    pub(super) const FIGURES: usize = FIGURES * FIGURES + FIGURES + 2;

    pub(super) fn weight(&self) -> f64 {
        self.weight
    }

    pub(super) fn take(&mut self, weight: f64, figures: &[f64; FIGURES], miss: f64) {
        self.weight += weight;
        self.squares += weight * miss * miss;
        for (one, figure) in figures.iter().enumerate() {
            self.right[one] += weight * figure * miss;
            for (sum, other) in self.gram[one].iter_mut().zip(figures) {
                *sum += weight * figure * other;
            }
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.weight += other.weight;
        self.squares += other.squares;
        self.right.iter_mut().zip(other.right).for_each(|(sum, other)| *sum += other);
        self.gram.iter_mut().flatten().zip(other.gram.iter().flatten()).for_each(|(sum, other)| *sum += other);
    }

    pub(super) fn times(&self, factor: f64) -> Self {
        Self {
            weight: self.weight * factor,
            gram: self.gram.map(|row| row.map(|sum| sum * factor)),
            right: self.right.map(|sum| sum * factor),
            squares: self.squares * factor,
        }
    }

    /// All sums in one order.
    pub(super) fn figures(&self) -> Vec<f64> {
        let gram = self.gram.iter().flatten().copied();
        [self.weight, self.squares].into_iter().chain(self.right).chain(gram).collect()
    }

    /// Read in that order; none of what are no such sums.
    pub(super) fn of_figures(figures: &mut impl Iterator<Item = f64>) -> Option<Self> {
        let mut next = || figures.next().filter(|figure| figure.is_finite());
        let mut read = Self { weight: next()?, squares: next()?, ..Self::default() };
        for sum in read.right.iter_mut().chain(read.gram.iter_mut().flatten()) {
            *sum = next()?;
        }
        (read.weight >= 0.0 && read.squares >= 0.0).then_some(read)
    }

    /// The coefficients of some of the figures, and the share of the deviation that they leave; none where nothing can be
    /// learnt.
    pub(super) fn solved(&self, used: &[usize]) -> Option<(Vec<f64>, f64)> {
        let n = used.len();
        let mut lower = vec![vec![0.0; n]; n];
        for column in 0..n {
            for row in column..n {
                let mut sum = self.gram[used[row]][used[column]];
                if row == column {
                    sum *= 1.0 + RIDGE;
                }
                let dot: f64 = (0..column).map(|before| lower[row][before] * lower[column][before]).sum();
                let rest = sum - dot;
                if row == column {
                    if rest.is_nan() || rest <= 1e-9 * sum {
                        return None;
                    }
                    lower[row][column] = rest.sqrt();
                } else {
                    lower[row][column] = rest / lower[column][column];
                }
            }
        }
        let mut found: Vec<f64> = used.iter().map(|figure| self.right[*figure]).collect();
        for row in 0..n {
            let dot: f64 = (0..row).map(|before| lower[row][before] * found[before]).sum();
            found[row] = (found[row] - dot) / lower[row][row];
        }
        for row in (0..n).rev() {
            let dot: f64 = (row + 1..n).map(|after| lower[after][row] * found[after]).sum();
            found[row] = (found[row] - dot) / lower[row][row];
        }
        let mut left = self.squares;
        for (one, figure) in found.iter().zip(used) {
            left -= 2.0 * one * self.right[*figure];
            for (other, second) in found.iter().zip(used) {
                left += one * other * self.gram[*figure][*second];
            }
        }
        let narrower = (left / self.squares).max(0.0).sqrt().clamp(NARROWEST, 1.0);
        narrower.is_finite().then_some((found, narrower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures without a pattern, between −1 and 1.
    fn figures(row: usize) -> [f64; FIGURES] {
        std::array::from_fn(|figure| ((row * 7 + figure * 13 + row * figure * 5) % 101) as f64 / 50.0 - 1.0)
    }

    fn learnt(missed: impl Fn(usize, &[f64; FIGURES]) -> f64) -> Moments {
        let mut moments = Moments::default();
        for row in 0..2_000 {
            moments.take(1.0, &figures(row), missed(row, &figures(row)));
        }
        moments
    }

    #[test]
    fn what_misses_hang_on_is_found() {
        let moments = learnt(|_, figures| 0.5 * figures[1] - 0.3 * figures[6]);
        let (found, narrower) = moments.solved(&[0, 1, 2, 3, 4, 5, 6, 7]).unwrap();
        assert!((found[1] - 0.5).abs() < 0.03 && (found[6] + 0.3).abs() < 0.03 && found[0].abs() < 0.03, "{found:?}");
        assert_eq!(narrower, NARROWEST, "never surer than this");
        let (part, left) = moments.solved(&[1]).unwrap();
        assert!((part[0] - 0.5).abs() < 0.05 && left > narrower && left < 0.7, "{part:?} {left}");
    }

    #[test]
    fn what_misses_do_not_hang_on_changes_nothing() {
        let moments = learnt(|row, _| if (row * row) % 7 < 3 { 1.0 } else { -0.75 });
        let (found, narrower) = moments.solved(&[0, 6]).unwrap();
        assert!(found.iter().all(|one| one.abs() < 0.1) && narrower > 0.98, "{found:?} {narrower}");
        assert!(Moments::default().solved(&[0, 1]).is_none(), "nothing was learnt");
    }

    #[test]
    fn sums_add_up_and_are_read_as_they_are_written() {
        let moments = learnt(|row, figures| figures[0] + (row % 3) as f64);
        let mut twice = moments.clone();
        twice.add(&moments);
        assert_eq!(twice, moments.times(2.0));
        assert_eq!(Moments::of_figures(&mut moments.figures().into_iter()), Some(moments.clone()));
        assert_eq!(Moments::of_figures(&mut moments.figures().into_iter().skip(1)), None);
        let broken = moments.figures().into_iter().map(|sum| sum / 0.0);
        assert_eq!(Moments::of_figures(&mut broken.collect::<Vec<_>>().into_iter()), None);
    }
}
