//! Codes of areas and their levels.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The three levels of the register. Since 1/7/2025 the middle one is empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Quận, huyện, thị xã, thành phố thuộc tỉnh; none since 1/7/2025.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

impl Level {
    /// Digits in a code of this level.
    pub const fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::District => 3,
            Self::Commune => 5,
        }
    }

    /// The word of the import file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }
}

/// An area's code in the national register: 2, 3 or 5 digits by level. Codes are reused: 91 was
/// Kiên Giang and is An Giang since 1/7/2025, so a code names an area only together with a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AreaCode {
    level: Level,
    number: u32,
}

impl AreaCode {
    /// The level that the length of the code tells.
    pub const fn level(self) -> Level {
        self.level
    }
}

/// The text is not a code of 2, 3 or 5 digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("PLA-002: not the code of an area")]
pub struct NotACode;

impl quantity::Coded for NotACode {
    fn code(&self) -> &'static str {
        "PLA-002"
    }
}

impl FromStr for AreaCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let level = match text.len() {
            2 => Level::Province,
            3 => Level::District,
            5 => Level::Commune,
            _ => return Err(NotACode),
        };
        let mut number = 0;
        for byte in text.bytes() {
            if !byte.is_ascii_digit() {
                return Err(NotACode);
            }
            number = number * 10 + u32::from(byte - b'0');
        }
        Ok(Self { level, number })
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.number, width = self.level.digits())
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
