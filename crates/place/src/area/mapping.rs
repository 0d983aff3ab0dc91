//! Moving figures from old units to new ones, without losing one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Area, AreaBook, AreaKey, MappingRefused};

/// How the figure of a split area is shared among its heirs.
#[derive(Clone, Copy)]
pub enum Weights<'a> {
    /// The same to each heir: the choice when nothing is known.
    Equal,
    /// All to the main heir, the first one recorded.
    MainTakesAll,
    /// A weight for (old area, heir), say residents. All zero counts as equal.
    Given(&'a dyn Fn(&Area, &Area) -> u64),
}

/// How a figure came to its new area.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
pub enum Share {
    /// Whole figures of areas that went there undivided.
    Whole,
    /// At least one part of a divided area: an approximation, to be shown as such.
    Apportioned,
}

/// A figure under the units of the new day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MappedFigure {
    /// The unit of the new day.
    pub area: AreaKey,
    /// In the unit of the figures that came in.
    pub value: i64,
    /// Whether any part of it was apportioned.
    pub share: Share,
}

/// Figures under new units. `figures` and `unmapped` together sum to exactly what came in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapped {
    /// By code.
    pub figures: Vec<MappedFigure>,
    /// Figures of areas whose heirs are not recorded, as they came in.
    pub unmapped: Vec<(AreaKey, i64)>,
}

impl AreaBook {
    /// Moves figures (whole numbers of any one unit) to the units of a day. What is divided is
    /// shared by the method of largest remainders, ties to the earlier heir, so totals stay exact.
    ///
    /// # Errors
    /// [`MappingRefused`] when a sum leaves the range of 64 bits.
    pub fn map_figures(
        &self,
        figures: &[(AreaKey, i64)],
        day: Date,
        weights: Weights<'_>,
    ) -> Result<Mapped, MappingRefused> {
        let mut sums: BTreeMap<AreaKey, (i128, Share)> = BTreeMap::new();
        let mut unmapped = Vec::new();
        for (key, figure) in figures {
            let heirs = self.heirs(*key, day);
            let Some(area) = self.get(*key).filter(|_| !heirs.is_empty()) else {
                unmapped.push((*key, *figure));
                continue;
            };
            let share = if heirs.len() == 1 { Share::Whole } else { Share::Apportioned };
            let parts = apportion(*figure, &weigh(area, &heirs, weights));
            for (heir, part) in heirs.iter().zip(parts) {
                let sum = sums.entry(heir.key()).or_insert((0, Share::Whole));
                *sum = (sum.0 + part, sum.1.max(share));
            }
        }
        let figures = sums
            .into_iter()
            .map(|(area, (sum, share))| {
                let value = i64::try_from(sum).map_err(|_| MappingRefused { area })?;
                Ok(MappedFigure { area, value, share })
            })
            .collect::<Result<_, _>>()?;
        Ok(Mapped { figures, unmapped })
    }
}

fn weigh(area: &Area, heirs: &[&Area], weights: Weights<'_>) -> Vec<u64> {
    let given: Vec<u64> = match weights {
        Weights::Equal => vec![1; heirs.len()],
        Weights::MainTakesAll => (0..heirs.len()).map(|place| u64::from(place == 0)).collect(),
        Weights::Given(weight) => heirs.iter().map(|heir| weight(area, heir)).collect(),
    };
    if given.iter().all(|weight| *weight == 0) { vec![1; heirs.len()] } else { given }
}

/// Parts of a figure by weight that sum to it exactly; a negative figure mirrors its positive.
fn apportion(figure: i64, weights: &[u64]) -> Vec<i128> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 {
        return Vec::new();
    }
    let size = u128::from(figure.unsigned_abs());
    // 64-bit figure times 64-bit weight fits 128 bits.
    let mut parts: Vec<u128> = weights.iter().map(|weight| size * u128::from(*weight) / total).collect();
    let mut by_rest: Vec<usize> = (0..weights.len()).collect();
    by_rest.sort_by_key(|place| {
        std::cmp::Reverse(weights.get(*place).map_or(0, |weight| size * u128::from(*weight) % total))
    });
    let missing = size - parts.iter().sum::<u128>();
    for place in by_rest.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    let sign = i128::from(figure.signum());
    parts.into_iter().map(|part| sign * i128::try_from(part).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_sum_to_the_figure(figure in any::<i64>(), weights in prop::collection::vec(any::<u64>(), 1..8)) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let parts = apportion(figure, &weights);
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().sum::<i128>(), i128::from(figure));
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(*weight > 0 || *part == 0);
            }
        }
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(-10, &[1, 1, 1]), [-4, -3, -3]);
        assert_eq!(apportion(7, &[0, 2, 1]), [0, 5, 2]);
    }
}
