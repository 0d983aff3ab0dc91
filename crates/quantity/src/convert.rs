//! The one conversion table of oxygen. Physics only: what a ministry may change stands in `protocol`.
//!
//! Source: IFC 2018, table G101.2, at 1 atm. The cubic metre at 0 °C and at 21 °C differ by 7.6 %,
//! which is why no function here takes a volume of gas without its reference temperature.

use serde::{Deserialize, Serialize};

use crate::typed::ConversionProblem;
use crate::{Grams, GramsPerHour, show_number};

/// Grams in a cubic metre of gas at 21 °C and 1 atm.
pub const GRAMS_PER_M3_AT_21: f64 = 1_327.0;
/// Grams in a normal cubic metre, at 0 °C and 1 atm.
pub const GRAMS_PER_M3_AT_0: f64 = 1_428.0;
/// Grams in a litre of liquid oxygen at its boiling point.
pub const GRAMS_PER_LITRE_OF_LIQUID: f64 = 1_142.0;
/// One standard atmosphere in bar.
pub const BAR_PER_ATM: f64 = 1.013_25;
/// Litres a minute in one cubic metre an hour: 1000 / 60.
pub const L_PER_MIN_IN_M3_PER_H: f64 = 1_000.0 / 60.0;

/// The temperature at which a volume of gas is stated, at 1 atm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ReferenceTemperature {
    /// 0 °C: the normal cubic metre, Nm³.
    #[serde(rename = "0C")]
    Celsius0,
    /// 21 °C: the cubic metre of most suppliers and of flow meters at the bedside.
    #[serde(rename = "21C")]
    Celsius21,
}

impl ReferenceTemperature {
    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Celsius0 => "0C",
            Self::Celsius21 => "21C",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Celsius0, Self::Celsius21].into_iter().find(|reference| reference.code() == code)
    }

    /// `21 °C`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Celsius0 => "0 °C",
            Self::Celsius21 => "21 °C",
        }
    }

    /// Grams in one cubic metre of pure gas.
    pub const fn grams_per_m3(self) -> f64 {
        match self {
            Self::Celsius0 => GRAMS_PER_M3_AT_0,
            Self::Celsius21 => GRAMS_PER_M3_AT_21,
        }
    }
}

/// The share of oxygen in a gas, in parts per million of its volume.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Purity(u32);

impl Purity {
    /// Counted as pure: liquid and bottled medical oxygen.
    pub const PURE: Self = Self(1_000_000);
    /// What plants and concentrators deliver: 93 ± 3 % (WHO 2020).
    pub const PLANT_93: Self = Self(930_000);

    /// From parts per million.
    pub fn from_ppm(ppm: u32) -> Result<Self, ConversionProblem> {
        if ppm == 0 || ppm > 1_000_000 {
            return Err(ConversionProblem::NotAPurity { percent: f64::from(ppm) / 10_000.0 });
        }
        Ok(Self(ppm))
    }

    /// From per cent.
    pub fn from_percent(percent: f64) -> Result<Self, ConversionProblem> {
        if percent > 0.0 && percent <= 100.0 {
            Self::from_ppm((percent * 10_000.0).round() as u32)
        } else {
            Err(ConversionProblem::NotAPurity { percent })
        }
    }

    /// Parts per million.
    pub const fn ppm(self) -> u32 {
        self.0
    }

    /// Between 0 and 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl TryFrom<u32> for Purity {
    type Error = ConversionProblem;
    fn try_from(ppm: u32) -> Result<Self, ConversionProblem> {
        Self::from_ppm(ppm)
    }
}

impl From<Purity> for u32 {
    fn from(purity: Purity) -> Self {
        purity.0
    }
}

impl std::fmt::Display for Purity {
    /// `93 %`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = self.share() * 100.0;
        let places = if self.0.is_multiple_of(10_000) { 0 } else { 1 };
        write!(f, "{} %", show_number(percent, places))
    }
}

/// Pure oxygen in a volume of gas.
pub fn grams_of_gas(m3: f64, reference: ReferenceTemperature, purity: Purity) -> Grams {
    Grams::from_f64(m3 * reference.grams_per_m3() * purity.share())
}

/// The volume of pure gas, in m³, that a mass fills.
pub fn m3_of_gas(mass: Grams, reference: ReferenceTemperature) -> f64 {
    mass.as_f64() / reference.grams_per_m3()
}

/// The mass of litres of liquid oxygen.
pub fn grams_of_liquid(litres: f64) -> Grams {
    Grams::from_f64(litres * GRAMS_PER_LITRE_OF_LIQUID)
}

/// Litres of liquid oxygen in a mass.
pub fn litres_of_liquid(mass: Grams) -> f64 {
    mass.as_f64() / GRAMS_PER_LITRE_OF_LIQUID
}

/// Pure oxygen in a flow given in litres of gas a minute.
pub fn rate_of_l_per_min(l_per_min: f64, reference: ReferenceTemperature, purity: Purity) -> GramsPerHour {
    rate_of_m3_per_h(l_per_min / L_PER_MIN_IN_M3_PER_H, reference, purity)
}

/// Pure oxygen in a flow given in cubic metres of gas an hour.
pub fn rate_of_m3_per_h(m3_per_h: f64, reference: ReferenceTemperature, purity: Purity) -> GramsPerHour {
    GramsPerHour(m3_per_h * reference.grams_per_m3() * purity.share())
}

/// Litres of pure gas a minute that carry a rate.
pub fn l_per_min(rate: GramsPerHour, reference: ReferenceTemperature) -> f64 {
    rate.0 / reference.grams_per_m3() * L_PER_MIN_IN_M3_PER_H
}

#[cfg(test)]
mod tests {
    use super::ReferenceTemperature::{Celsius0, Celsius21};
    use super::*;
    use proptest::prelude::*;

    fn close(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() <= within, "{left} is not {right} ± {within}");
    }

    /// OX04: the reference table itself, as printed.
    #[test]
    fn the_reference_table_at_21_degrees() {
        let kilogram = Grams::from_kg(1);
        close(m3_of_gas(kilogram, Celsius21), 0.754, 0.0005);
        close(litres_of_liquid(kilogram), 0.876, 0.0005);
        assert_eq!(grams_of_liquid(1.0), Grams(1_142));
        close(m3_of_gas(grams_of_liquid(1.0), Celsius21), 0.861, 0.0005);
        assert_eq!(grams_of_gas(1.0, Celsius21, Purity::PURE), Grams(1_327));
    }

    #[test]
    fn the_reference_table_at_0_degrees() {
        assert_eq!(grams_of_gas(1.0, Celsius0, Purity::PURE), Grams(1_428));
        close(m3_of_gas(Grams::from_kg(1), Celsius0), 0.700, 0.0005);
        // Expansion 799:1 in print; 1142 / 1428 is 799.7.
        close(m3_of_gas(grams_of_liquid(1.0), Celsius0) * 1_000.0, 799.0, 1.0);
        close(GRAMS_PER_M3_AT_0 / GRAMS_PER_M3_AT_21, 1.076, 0.0005);
    }

    #[test]
    fn flows_by_the_day() {
        let per_day = |flow| rate_of_l_per_min(flow, Celsius21, Purity::PURE).0 * 24.0 / 1_000.0;
        close(per_day(10.0), 19.1, 0.05);
        close(per_day(30.0), 57.3, 0.05);
        close(10.0 / L_PER_MIN_IN_M3_PER_H * 24.0, 14.4, 1e-9);
        close(L_PER_MIN_IN_M3_PER_H, 16.7, 0.05);
        close(1_000.0 / per_day(10.0), 52.3, 0.05);
        close(1_000.0 * 0.94 / per_day(10.0), 49.0, 0.3);
    }

    /// Trap: 860 L of gas read as 1 kg of liquid. It is one *litre* of liquid, 1.14 kg.
    #[test]
    fn trap_860_litres_of_gas_are_a_litre_of_liquid() {
        let mass = grams_of_gas(0.860, Celsius21, Purity::PURE);
        close(litres_of_liquid(mass), 1.0, 0.002);
        assert_eq!(mass, Grams(1_141));
    }

    /// Trap: 851,000 m³ a day printed as 1,300 t; it is 1,129 t at 21 °C, 1,215 t at 0 °C.
    #[test]
    fn trap_851_000_cubic_metres_are_not_1300_tonnes() {
        close(grams_of_gas(851_000.0, Celsius21, Purity::PURE).as_kg() / 1_000.0, 1_129.0, 0.5);
        close(grams_of_gas(851_000.0, Celsius0, Purity::PURE).as_kg() / 1_000.0, 1_215.0, 0.5);
    }

    /// Trap: 1 kL of liquid as 877.8 m³, beside a conversion ten times smaller on the next screen.
    #[test]
    fn trap_a_kilolitre_of_liquid_is_861_cubic_metres() {
        let gas = m3_of_gas(grams_of_liquid(1_000.0), Celsius21);
        close(gas, 861.0, 0.5);
        assert!((877.8 - gas).abs() > 16.0 && gas / 87.78 > 9.0);
    }

    /// Trap: a norm of 7.4 L/min multiplied by 8.778 and shown as m³/h, 146 times too high.
    #[test]
    fn trap_a_bed_norm_146_times_too_high() {
        let right = 7.4 / L_PER_MIN_IN_M3_PER_H;
        close(right, 0.444, 1e-9);
        close(7.4 * 8.778 / right, 146.3, 0.1);
    }

    /// Tanks are quoted in m³ of liquid or in tonnes.
    #[test]
    fn a_tank_of_26_cubic_metres() {
        let tank = grams_of_liquid(26_000.0);
        close(tank.as_kg() / 1_000.0, 29.7, 0.05);
        close(m3_of_gas(tank, Celsius21), 22_400.0, 50.0);
    }

    /// A plant's cubic metre is 93 % oxygen.
    #[test]
    fn purity_takes_its_share() {
        assert_eq!(grams_of_gas(100.0, Celsius0, Purity::PLANT_93), Grams(132_804));
        assert_eq!(Purity::PLANT_93.to_string(), "93 %");
        assert!(Purity::from_percent(0.0).is_err() && Purity::from_percent(100.1).is_err());
        assert!(Purity::from_percent(f64::NAN).is_err());
        assert_eq!(Purity::from_percent(93.0), Ok(Purity::PLANT_93));
        assert_eq!(serde_json::from_str::<Purity>("930000").ok(), Some(Purity::PLANT_93));
        assert!(serde_json::from_str::<Purity>("0").is_err());
    }

    proptest! {
        #[test]
        fn gas_and_liquid_survive_the_way_there_and_back(grams in -1_000_000_000_000_i64..1_000_000_000_000, cold: bool) {
            let reference = if cold { Celsius0 } else { Celsius21 };
            prop_assert_eq!(grams_of_gas(m3_of_gas(Grams(grams), reference), reference, Purity::PURE), Grams(grams));
            prop_assert_eq!(grams_of_liquid(litres_of_liquid(Grams(grams))), Grams(grams));
        }

        #[test]
        fn a_flow_survives_the_way_there_and_back(flow in 0.0..10_000.0_f64) {
            let back = l_per_min(rate_of_l_per_min(flow, Celsius21, Purity::PURE), Celsius21);
            prop_assert!((back - flow).abs() < 1e-6);
        }
    }
}
