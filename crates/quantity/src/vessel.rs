//! Cylinders by water volume and pressure. Letters (D, E, G…) mean different bottles in different
//! countries and are no key.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::convert::{BAR_PER_ATM, grams_of_gas};
use crate::{Coded, Grams, Purity, ReferenceTemperature, show_number};

/// Water volumes of the cylinders sold in Vietnam, in millilitres.
const SOLD_ML: [u32; 6] = [2_000, 5_000, 8_000, 10_000, 14_000, 40_000];
/// The usual filling pressure, in bar.
const USUAL_BAR: u16 = 150;

/// The key of a kind of cylinder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct VesselSpec {
    /// Volume of water that fills it, in millilitres.
    pub water_volume_ml: u32,
    /// Filling pressure when full, in bar.
    pub pressure_bar: u16,
}

/// A size of cylinder that nobody sells.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("QTY-020: no cylinder is known as {told:?}")]
pub struct UnknownVessel {
    /// As told.
    pub told: String,
}

impl Coded for UnknownVessel {
    fn code(&self) -> &'static str {
        "QTY-020"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let known: Vec<String> = SOLD_ML.iter().map(|ml| show_number(f64::from(*ml) / 1_000.0, 0)).collect();
        vec![("text", self.told.clone()), ("known", format!("{} L", known.join(", ")))]
    }
}

impl VesselSpec {
    /// 40 L at 150 bar, sold as «chai 6 m³».
    pub const LITRES_40: Self = Self { water_volume_ml: 40_000, pressure_bar: USUAL_BAR };
    /// 10 L at 150 bar, sold as «chai 1,5 m³».
    pub const LITRES_10: Self = Self { water_volume_ml: 10_000, pressure_bar: USUAL_BAR };
    /// 8 L at 150 bar, sold as «chai 1,2 m³».
    pub const LITRES_8: Self = Self { water_volume_ml: 8_000, pressure_bar: USUAL_BAR };

    /// The cylinder of a water volume at the usual 150 bar.
    ///
    /// # Errors
    /// [`UnknownVessel`] when no such size is sold.
    pub fn of_litres(litres: f64) -> Result<Self, UnknownVessel> {
        SOLD_ML
            .into_iter()
            .find(|ml| (f64::from(*ml) / 1_000.0 - litres).abs() < 1e-6)
            .map(|water_volume_ml| Self { water_volume_ml, pressure_bar: USUAL_BAR })
            .ok_or_else(|| UnknownVessel { told: format!("{} L", show_number(litres, 1)) })
    }

    /// The cylinder of a trade name, the cubic metres of gas it is said to hold: 6, 1.5 or 1.2.
    ///
    /// # Errors
    /// [`UnknownVessel`] when no cylinder is sold under that figure.
    pub fn of_trade_name(m3: f64) -> Result<Self, UnknownVessel> {
        [(6.0, Self::LITRES_40), (1.5, Self::LITRES_10), (1.2, Self::LITRES_8)]
            .into_iter()
            .find(|(name, _)| (name - m3).abs() < 1e-6)
            .map(|(_, vessel)| vessel)
            .ok_or_else(|| UnknownVessel { told: format!("{} m³", show_number(m3, 1)) })
    }

    /// Cubic metres of gas when full, as an ideal gas: water volume × pressure / 1 atm.
    pub fn ideal_m3(self) -> f64 {
        self.ideal_m3_at(f64::from(self.pressure_bar))
    }

    /// Cubic metres of gas at a pressure in bar, as an ideal gas.
    pub fn ideal_m3_at(self, bar: f64) -> f64 {
        f64::from(self.water_volume_ml) / 1e6 * bar / BAR_PER_ATM
    }

    /// Oxygen in a full cylinder, at 21 °C.
    pub fn full(self) -> Grams {
        self.content_at(f64::from(self.pressure_bar))
    }

    /// Oxygen at a pressure in bar, at 21 °C.
    pub fn content_at(self, bar: f64) -> Grams {
        grams_of_gas(self.ideal_m3_at(bar), ReferenceTemperature::Celsius21, Purity::PURE)
    }

    /// Oxygen that a full cylinder gives when `residual_bar` stay in it (one to two bar, against
    /// air and damp entering the shell).
    pub fn usable(self, residual_bar: f64) -> Grams {
        self.content_at((f64::from(self.pressure_bar) - residual_bar).max(0.0))
    }
}

impl fmt::Display for VesselSpec {
    /// `40 L × 150 bar`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = if self.water_volume_ml.is_multiple_of(1_000) { 0 } else { 1 };
        let litres = show_number(f64::from(self.water_volume_ml) / 1_000.0, places);
        f.pad(&format!("{litres} L × {} bar", self.pressure_bar))
    }
}

impl From<VesselSpec> for String {
    fn from(vessel: VesselSpec) -> Self {
        format!("{}ml@{}bar", vessel.water_volume_ml, vessel.pressure_bar)
    }
}

impl TryFrom<String> for VesselSpec {
    type Error = UnknownVessel;

    fn try_from(code: String) -> Result<Self, UnknownVessel> {
        code.parse()
    }
}

impl std::str::FromStr for VesselSpec {
    type Err = UnknownVessel;

    /// Reads the stored form, `40000ml@150bar`.
    fn from_str(code: &str) -> Result<Self, UnknownVessel> {
        let parts = code.strip_suffix("bar").and_then(|rest| rest.split_once("ml@"));
        let vessel = parts.and_then(|(volume, pressure)| {
            Some(Self { water_volume_ml: volume.parse().ok()?, pressure_bar: pressure.parse().ok()? })
        });
        vessel
            .filter(|vessel| vessel.water_volume_ml > 0 && vessel.pressure_bar > 0)
            .ok_or_else(|| UnknownVessel { told: code.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Facts §1: 40 L at 150 bar hold 5.92 m³, sold as «chai 6 m³»; 10 L 1.5, 8 L 1.2.
    #[test]
    fn ideal_contents() {
        assert_eq!(show_number(VesselSpec::LITRES_40.ideal_m3(), 2), "5,92");
        assert_eq!(show_number(VesselSpec::LITRES_10.ideal_m3(), 1), "1,5");
        assert_eq!(show_number(VesselSpec::LITRES_8.ideal_m3(), 1), "1,2");
        assert_eq!(VesselSpec::LITRES_40.full(), Grams(7_858));
        assert_eq!(VesselSpec::LITRES_40.usable(1.5), Grams(7_779));
        assert_eq!(VesselSpec::LITRES_40.usable(200.0), Grams::ZERO);
    }

    #[test]
    fn vessels_are_keyed_by_volume_and_pressure() {
        assert_eq!(VesselSpec::of_trade_name(6.0), Ok(VesselSpec::LITRES_40));
        assert_eq!(VesselSpec::of_litres(40.0), Ok(VesselSpec::LITRES_40));
        let unknown = VesselSpec::of_litres(33.0).unwrap_err();
        assert_eq!(unknown.code(), "QTY-020");
        assert_eq!(unknown.facts()[1].1, "2, 5, 8, 10, 14, 40 L");
        assert_eq!(VesselSpec::LITRES_40.to_string(), "40 L × 150 bar");
    }

    #[test]
    fn the_stored_form_is_read_back() {
        let stored = serde_json::to_string(&VesselSpec::LITRES_8).unwrap();
        assert_eq!(stored, "\"8000ml@150bar\"");
        assert_eq!(serde_json::from_str::<VesselSpec>(&stored).unwrap(), VesselSpec::LITRES_8);
        assert!("40L".parse::<VesselSpec>().is_err());
        assert!("0ml@150bar".parse::<VesselSpec>().is_err());
    }
}
