//! What a phone without a network needs to ask back as the server would ([`Store::second_look`]): what the store held and
//! how fast it was used, and what one of each unit weighs that people mix up.

use quantity::{Grams, ReferenceTemperature, Typed, Unit};

use crate::{Gauge, Store};

/// Units in which an amount is told by mistake, each a fixed mass.
const MIXED_UP: [Unit; 5] =
    [Unit::CubicMetre, Unit::LitreOfLiquid, Unit::Kilogram, Unit::Tonne, Unit::CubicMetreOfLiquid];

/// What one of a unit weighs, grams.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighs {
    /// Which.
    pub unit: Unit,
    /// One of it.
    pub grams: Grams,
}

/// The units that a figure of a store may have been meant in, its own first; none where its gauge is a dial of its own,
/// of which people read what it shows. Gas counts at 21 °C.
pub fn units_mixed_up(store: &Store) -> Vec<Weighs> {
    let Gauge::Direct(own) = store.gauge else { return Vec::new() };
    let weighs = |unit: Unit| {
        let one = Typed::measured(1.0, unit).grams(Some(ReferenceTemperature::Celsius21)).ok()?;
        (one > Grams::ZERO).then_some(Weighs { unit, grams: one })
    };
    let Some(first) = weighs(own) else { return Vec::new() };
    let others = MIXED_UP.into_iter().filter(|unit| *unit != own);
    std::iter::once(first).chain(others.filter_map(weighs)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilogram_may_be_a_cubic_metre_of_liquid() {
        let id = crate::StoreId(quantity::Id::from_bytes([1; 16]));
        let units = units_mixed_up(&Store::tank(id, "Bồn số 1", Grams::from_kg(3_000)));
        assert_eq!((units[0].unit, units[0].grams), (Unit::Kilogram, Grams(1_000)));
        let liquid = units.iter().find(|one| one.unit == Unit::CubicMetreOfLiquid).unwrap();
        assert!((1_130_000..1_150_000).contains(&liquid.grams.0), "{}", liquid.grams.0);
        assert_eq!(units.len(), 5);
    }
}
