//! A figure as it was typed: the words, the value, the unit, and what was said about temperature
//! and purity. Kept beside every mass, so that a wrong conversion can be found and undone later.

use serde::{Deserialize, Serialize};

use crate::convert::{grams_of_gas, grams_of_liquid, rate_of_l_per_min, rate_of_m3_per_h};
use crate::{
    Coded, Convention, Grams, GramsPerHour, NumberProblem, Purity, ReferenceTemperature, Unit, read_number, show_number,
};

/// A figure as typed, spoken or sent.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Typed {
    /// The words themselves.
    pub text: String,
    /// The number that was read in them.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
    /// The reference temperature, when one was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<ReferenceTemperature>,
    /// The purity, when one was said; bottled and liquid oxygen count as pure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purity: Option<Purity>,
}

/// Why a typed figure cannot become a mass or a flow.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ConversionProblem {
    /// The number itself was not read.
    #[error(transparent)]
    Number(#[from] NumberProblem),
    /// Digits without a unit, where the place does not imply one.
    #[error("QTY-010: {text:?} has no unit")]
    MissingUnit {
        /// As typed.
        text: String,
    },
    /// A cubic metre at 0 °C holds 7.6 % more than one at 21 °C.
    #[error("QTY-011: a volume of gas without its reference temperature")]
    MissingReference {
        /// As typed.
        text: String,
    },
    /// Only the store's own gauge chart can tell.
    #[error("QTY-012: {unit} needs the chart of the store")]
    NeedsChart {
        /// The unit of the figure.
        unit: Unit,
    },
    /// A flow where an amount belongs.
    #[error("QTY-013: {unit} is a flow, not an amount")]
    FlowNotAmount {
        /// The unit of the figure.
        unit: Unit,
    },
    /// An amount where a flow belongs.
    #[error("QTY-014: {unit} is an amount, not a flow")]
    AmountNotFlow {
        /// The unit of the figure.
        unit: Unit,
    },
    /// Not above 0 and at most 100 %.
    #[error("QTY-015: {percent} % is no purity")]
    NotAPurity {
        /// As typed, in per cent.
        percent: f64,
    },
    /// A word after the number that names no unit.
    #[error("QTY-016: {words:?} names no unit")]
    UnknownUnit {
        /// The words after the number.
        words: String,
    },
}

impl Coded for ConversionProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Number(problem) => problem.code(),
            Self::MissingUnit { .. } => "QTY-010",
            Self::MissingReference { .. } => "QTY-011",
            Self::NeedsChart { .. } => "QTY-012",
            Self::FlowNotAmount { .. } => "QTY-013",
            Self::AmountNotFlow { .. } => "QTY-014",
            Self::NotAPurity { .. } => "QTY-015",
            Self::UnknownUnit { .. } => "QTY-016",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Number(problem) => problem.facts(),
            Self::MissingUnit { text } | Self::MissingReference { text } => {
                vec![("text", text.clone())]
            }
            Self::NeedsChart { unit } | Self::FlowNotAmount { unit } | Self::AmountNotFlow { unit } => {
                vec![("unit", unit.label().to_owned())]
            }
            Self::NotAPurity { percent } => vec![("shown", show_number(*percent, 1))],
            Self::UnknownUnit { words } => vec![("text", words.clone())],
        }
    }
}

impl Typed {
    /// A figure whose value and unit come from separate fields of a form or file.
    pub fn new(text: impl Into<String>, value: f64, unit: Unit) -> Self {
        Self { text: text.into(), value, unit, reference: None, purity: None }
    }

    /// A figure that no hand typed: from a sensor or a simulation.
    pub fn measured(value: f64, unit: Unit) -> Self {
        let places = if value.fract() == 0.0 { 0 } else { 1 };
        Self::new(format!("{} {unit}", show_number(value, places)), value, unit)
    }

    /// Reads words such as `310 kg`, `3,2 tấn`, `480mmH2O`, `60 %`. `implied` is the unit that the
    /// place implies when the words name none.
    ///
    /// # Errors
    /// The number is not read, or no unit is named or implied, or its name is unknown.
    pub fn read(text: &str, convention: Option<Convention>, implied: Option<Unit>) -> Result<Self, ConversionProblem> {
        let text = text.trim();
        let end = text.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(text.len());
        let (number, words) = text.split_at(end);
        let value = read_number(number, convention)?;
        let unit = match (words.trim(), implied) {
            ("", Some(unit)) => unit,
            ("", None) => {
                return Err(ConversionProblem::MissingUnit { text: text.to_owned() });
            }
            (words, _) => {
                Unit::from_words(words).ok_or_else(|| ConversionProblem::UnknownUnit { words: words.to_owned() })?
            }
        };
        Ok(Self::new(text, value, unit))
    }

    /// States the reference temperature.
    pub fn at(mut self, reference: ReferenceTemperature) -> Self {
        self.reference = Some(reference);
        self
    }

    /// States the purity.
    pub fn of_purity(mut self, purity: Purity) -> Self {
        self.purity = Some(purity);
        self
    }

    /// The mass of an amount. `assumed` is the province's assumption for a volume of gas without a
    /// reference temperature; with `None` such a volume is refused.
    ///
    /// # Errors
    /// A flow, a unit that only a chart can weigh, or a volume of gas without a temperature.
    pub fn grams(&self, assumed: Option<ReferenceTemperature>) -> Result<Grams, ConversionProblem> {
        let purity = self.purity.unwrap_or(Purity::PURE);
        let gas = |m3: f64| Ok(grams_of_gas(m3, self.reference_or(assumed)?, purity));
        match self.unit {
            Unit::Kilogram => Ok(Grams::from_kg_f64(self.value)),
            Unit::Tonne => Ok(Grams::from_kg_f64(self.value * 1_000.0)),
            Unit::CubicMetre => gas(self.value),
            Unit::Litre => gas(self.value / 1_000.0),
            Unit::LitreOfLiquid => Ok(grams_of_liquid(self.value)),
            Unit::CubicMetreOfLiquid => Ok(grams_of_liquid(self.value * 1_000.0)),
            unit if unit.is_flow() => Err(ConversionProblem::FlowNotAmount { unit }),
            unit => Err(ConversionProblem::NeedsChart { unit }),
        }
    }

    /// The rate of a flow. A normal cubic metre is at 0 °C by its name.
    ///
    /// # Errors
    /// An amount, or litres a minute without a temperature said or assumed.
    pub fn rate(&self, assumed: Option<ReferenceTemperature>) -> Result<GramsPerHour, ConversionProblem> {
        let purity = self.purity.unwrap_or(Purity::PURE);
        match self.unit {
            Unit::LitrePerMinute => Ok(rate_of_l_per_min(self.value, self.reference_or(assumed)?, purity)),
            Unit::NormalCubicMetrePerHour => Ok(rate_of_m3_per_h(self.value, ReferenceTemperature::Celsius0, purity)),
            unit => Err(ConversionProblem::AmountNotFlow { unit }),
        }
    }

    fn reference_or(&self, assumed: Option<ReferenceTemperature>) -> Result<ReferenceTemperature, ConversionProblem> {
        self.reference.or(assumed).ok_or_else(|| ConversionProblem::MissingReference { text: self.text.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReferenceTemperature::{Celsius0, Celsius21};

    fn typed(text: &str) -> Typed {
        Typed::read(text, Some(Convention::DecimalComma), None).unwrap()
    }

    #[test]
    fn words_become_grams() {
        assert_eq!(typed("310 kg").grams(None), Ok(Grams::from_kg(310)));
        assert_eq!(typed("3,2 tấn").grams(None), Ok(Grams::from_kg(3_200)));
        assert_eq!(typed("100 lít lỏng").grams(None), Ok(Grams(114_200)));
        assert_eq!(typed("26 m³ lỏng").grams(None), Ok(Grams::from_kg(29_692)));
        assert_eq!(typed("860 lít").at(Celsius21).grams(None), Ok(Grams(1_141)));
    }

    /// OX04: a volume without a reference temperature is refused, or read under a stated assumption.
    #[test]
    fn a_volume_needs_its_temperature() {
        let volume = typed("100 m3");
        assert_eq!(volume.grams(None).map_err(|refused| refused.code()), Err("QTY-011"));
        assert_eq!(volume.grams(Some(Celsius21)), Ok(Grams(132_700)));
        assert_eq!(volume.clone().at(Celsius0).grams(Some(Celsius21)), Ok(Grams(142_800)), "what was said wins");
        assert_eq!(volume.at(Celsius0).of_purity(Purity::PLANT_93).grams(None), Ok(Grams(132_804)));
    }

    #[test]
    fn flows_and_amounts_are_not_mixed() {
        let code = |refused: ConversionProblem| refused.code();
        assert_eq!(typed("10 l/phút").grams(Some(Celsius21)).map_err(code), Err("QTY-013"));
        assert_eq!(typed("10 kg").rate(None).map_err(code), Err("QTY-014"));
        assert_eq!(typed("480 mmH2O").grams(None).map_err(code), Err("QTY-012"));
        assert_eq!(typed("10 l/phút").rate(None).map_err(code), Err("QTY-011"));
        assert!((typed("10 l/phút").rate(Some(Celsius21)).unwrap().0 - 796.2).abs() < 1e-9);
        assert!((typed("1 Nm³/h").rate(None).unwrap().0 - 1_428.0).abs() < 1e-9);
    }

    #[test]
    fn a_missing_or_strange_unit_is_refused() {
        let code = |text: &str, implied| Typed::read(text, None, implied).map_err(|refused| refused.code());
        assert_eq!(code("310", None), Err("QTY-010"));
        assert_eq!(code("310", Some(Unit::Kilogram)).map(|typed| typed.unit), Ok(Unit::Kilogram));
        assert_eq!(code("310 khối", Some(Unit::Kilogram)), Err("QTY-016"));
        assert_eq!(code("1.200 kg", None), Err("QTY-002"));
        assert_eq!(code("kg", None), Err("QTY-001"));
    }

    #[test]
    fn what_was_typed_survives_storage() {
        let before = typed("22.400 m³").at(Celsius21).of_purity(Purity::PLANT_93);
        let stored = serde_json::to_string(&before).unwrap();
        assert_eq!(stored, r#"{"text":"22.400 m³","value":22400.0,"unit":"m3","reference":"21C","purity":930000}"#);
        assert_eq!(serde_json::from_str::<Typed>(&stored).unwrap(), before);
        assert_eq!(Typed::measured(480.0, Unit::MillimetreOfWater).text, "480 mmH2O");
    }
}
