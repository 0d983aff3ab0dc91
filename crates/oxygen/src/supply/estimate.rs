//! Next year's estimate for the budget: the last twelve months, and what one assumes of growth.

use quantity::Grams;

/// Growth of a year against the last, as factors: 1.05 is five per cent more.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Growth {
    /// Lower end.
    pub low: f64,
    /// What is assumed.
    pub mid: f64,
    /// Upper end.
    pub high: f64,
}

/// What a year may need.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Estimate {
    /// How many of the twelve months are known.
    pub months: usize,
    /// The known months, stretched to twelve.
    pub basis: Grams,
    /// Lower end.
    pub low: Grams,
    /// By the growth assumed.
    pub mid: Grams,
    /// Upper end.
    pub high: Grams,
}

/// Fewer known months than this say nothing of a year.
const FEWEST: usize = 3;

/// The estimate from the use of the last twelve months, unknown ones left out. `None` when too few are known.
pub fn next_year(months: &[Option<Grams>], growth: Growth) -> Option<Estimate> {
    let known: Vec<Grams> = months.iter().rev().take(12).filter_map(|month| *month).collect();
    if known.len() < FEWEST {
        return None;
    }
    let sum: Grams = known.iter().copied().sum();
    let basis = Grams::from_f64(sum.as_f64() * 12.0 / known.len() as f64);
    let at = |factor: f64| Grams::from_f64(basis.as_f64() * factor.max(0.0));
    Some(Estimate { months: known.len(), basis, low: at(growth.low), mid: at(growth.mid), high: at(growth.high) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GROWTH: Growth = Growth { low: 0.95, mid: 1.05, high: 1.3 };

    #[test]
    fn unknown_months_are_stretched_over_and_counted() {
        let month = |kg| Some(Grams::from_kg(kg));
        let told = next_year(&[month(100), None, month(200), month(300)], GROWTH).unwrap();
        assert_eq!((told.months, told.basis, told.mid), (3, Grams::from_kg(2_400), Grams::from_kg(2_520)));
        assert_eq!(next_year(&[month(100), None, month(100)], GROWTH), None);
    }

    proptest! {
        #[test]
        fn the_range_holds_the_estimate(months in prop::collection::vec(prop::option::of(0_i64..1_000_000), 0..24)) {
            let months: Vec<_> = months.into_iter().map(|kg| kg.map(Grams::from_kg)).collect();
            if let Some(told) = next_year(&months, GROWTH) {
                prop_assert!(told.low <= told.mid && told.mid <= told.high && told.months <= 12);
            }
        }
    }
}
