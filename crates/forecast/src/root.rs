//! The scale on which places are compared: the fourth root, on which the noise of counts is nearly the same for a
//! commune and a nation. The logarithm was tried and is worse (`docs/forecasting.md`).

/// Added before the root, so that the step from 0 to 1 is not the largest of all.
const SHIFT: f64 = 0.25;

/// A count on the scale.
pub(crate) fn root(count: f64) -> f64 {
    (count.max(0.0) + SHIFT).sqrt().sqrt()
}

/// What stands on the scale as a count; never below 0.
pub(crate) fn count(root: f64) -> f64 {
    let root = root.max(0.0);
    let square = root * root;
    (square * square - SHIFT).max(0.0)
}

/// How much a Poisson count with this root varies on the scale (one deviation): a quarter of root^-1, from the first
/// derivative of the root.
pub(crate) fn counting_noise(root: f64) -> f64 {
    0.25 / root.max(0.75)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(given in 0.0_f64..1e9) {
            let back = super::count(super::root(given));
            prop_assert!((back - given).abs() <= 1e-9 * (1.0 + given), "{given} {back}");
        }
    }
}
