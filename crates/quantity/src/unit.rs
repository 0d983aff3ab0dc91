//! The units in which oxygen is told, each with a stable code for storage and a Vietnamese label.

use serde::{Deserialize, Serialize};

/// A unit as typed. The code never changes; the label may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Unit {
    /// Kilograms of oxygen.
    #[serde(rename = "kg")]
    Kilogram,
    /// Tonnes of oxygen.
    #[serde(rename = "t")]
    Tonne,
    /// Cubic metres of gas; needs a reference temperature.
    #[serde(rename = "m3")]
    CubicMetre,
    /// Litres of gas; needs a reference temperature.
    #[serde(rename = "l")]
    Litre,
    /// Litres of liquid oxygen.
    #[serde(rename = "l_liquid")]
    LitreOfLiquid,
    /// Cubic metres of liquid oxygen, the «khối» of a tank.
    #[serde(rename = "m3_liquid")]
    CubicMetreOfLiquid,
    /// Millimetres of water column: the differential pressure gauge of a tank.
    #[serde(rename = "mmH2O")]
    MillimetreOfWater,
    /// Per cent of a tank.
    #[serde(rename = "percent")]
    Percent,
    /// Bar of pressure.
    #[serde(rename = "bar")]
    Bar,
    /// A count of cylinders.
    #[serde(rename = "cylinder")]
    Cylinder,
    /// Normal cubic metres (0 °C) an hour: plants.
    #[serde(rename = "nm3_per_h")]
    NormalCubicMetrePerHour,
    /// Litres of gas a minute: beds, concentrators, pipelines.
    #[serde(rename = "l_per_min")]
    LitrePerMinute,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 12] = [
        Self::Kilogram,
        Self::Tonne,
        Self::CubicMetre,
        Self::Litre,
        Self::LitreOfLiquid,
        Self::CubicMetreOfLiquid,
        Self::MillimetreOfWater,
        Self::Percent,
        Self::Bar,
        Self::Cylinder,
        Self::NormalCubicMetrePerHour,
        Self::LitrePerMinute,
    ];

    /// Stable text for storage and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::Tonne => "t",
            Self::CubicMetre => "m3",
            Self::Litre => "l",
            Self::LitreOfLiquid => "l_liquid",
            Self::CubicMetreOfLiquid => "m3_liquid",
            Self::MillimetreOfWater => "mmH2O",
            Self::Percent => "percent",
            Self::Bar => "bar",
            Self::Cylinder => "cylinder",
            Self::NormalCubicMetrePerHour => "nm3_per_h",
            Self::LitrePerMinute => "l_per_min",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::Tonne => "tấn",
            Self::CubicMetre => "m³ khí",
            Self::Litre => "lít khí",
            Self::LitreOfLiquid => "lít lỏng",
            Self::CubicMetreOfLiquid => "m³ lỏng (khối)",
            Self::MillimetreOfWater => "mmH2O",
            Self::Percent => "%",
            Self::Bar => "bar",
            Self::Cylinder => "chai",
            Self::NormalCubicMetrePerHour => "Nm³/giờ",
            Self::LitrePerMinute => "lít/phút",
        }
    }

    /// The unit that a typed word names: codes, labels and the spellings of messages. A bare «khối»
    /// names no unit: some mean liquid, some gas.
    pub fn from_words(words: &str) -> Option<Self> {
        let words: String = words.trim().trim_end_matches('.').to_lowercase().replace('³', "3").replace('₂', "2");
        let unit = match words.as_str() {
            "kg" | "kí" | "ký" | "kilogam" => Self::Kilogram,
            "t" | "tấn" | "tan" => Self::Tonne,
            "m3" | "m3 khí" | "mét khối khí" => Self::CubicMetre,
            "l" | "lít" | "lít khí" | "l khí" => Self::Litre,
            "l_liquid" | "lít lỏng" | "l lỏng" => Self::LitreOfLiquid,
            "m3_liquid" | "m3 lỏng" | "khối lỏng" | "m3 lỏng (khối)" => Self::CubicMetreOfLiquid,
            "mmh2o" | "mm h2o" | "mmho" => Self::MillimetreOfWater,
            "%" | "percent" | "phần trăm" => Self::Percent,
            "bar" => Self::Bar,
            "chai" | "cylinder" => Self::Cylinder,
            "nm3/h" | "nm3/giờ" | "nm3_per_h" => Self::NormalCubicMetrePerHour,
            "l/min" | "l/ph" | "l/phút" | "lít/phút" | "l_per_min" | "lpm" => Self::LitrePerMinute,
            _ => return None,
        };
        Some(unit)
    }

    /// Whether a figure in this unit is a flow, not an amount.
    pub const fn is_flow(self) -> bool {
        matches!(self, Self::NormalCubicMetrePerHour | Self::LitrePerMinute)
    }

    /// Whether only a store's own gauge chart or vessel tells what a figure in this unit weighs.
    pub const fn needs_chart(self) -> bool {
        matches!(self, Self::MillimetreOfWater | Self::Percent | Self::Bar | Self::Cylinder)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_labels_name_their_unit() {
        for unit in Unit::ALL {
            assert_eq!(Unit::from_code(unit.code()), Some(unit));
            assert_eq!(Unit::from_words(unit.code()), Some(unit), "{unit:?}");
            assert_eq!(Unit::from_words(unit.label()), Some(unit), "{unit:?}");
            assert_eq!(serde_json::to_string(&unit).ok(), Some(format!("{:?}", unit.code())));
        }
        assert_eq!(Unit::from_words("khối"), None);
        assert_eq!(Unit::from_words("M³"), Some(Unit::CubicMetre));
    }
}
