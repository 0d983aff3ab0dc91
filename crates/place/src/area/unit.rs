//! One area during one stretch of time.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AreaCode, Level};

/// What names an area for ever: its code and the day from which the code meant it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct AreaKey {
    /// The code of the national register.
    pub code: AreaCode,
    /// First day of validity.
    pub valid_from: Date,
}

impl fmt::Display for AreaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.code, self.valid_from)
    }
}

/// An area as it stood from one day to another. A new name, rank or parent begins a new one.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Area {
    /// The code of the national register.
    pub code: AreaCode,
    /// Full name with its type: «Xã An Biên».
    pub name: Box<str>,
    /// Province, district or commune.
    pub level: Level,
    /// The code of the area above, on the days of validity. Provinces have none; communes stand
    /// under their district, since 1/7/2025 under their province.
    pub parent: Option<AreaCode>,
    /// First day of validity. The first day of the whole book means "or earlier".
    pub valid_from: Date,
    /// First day on which it is no longer valid; `None` while it is.
    pub valid_to: Option<Date>,
    /// The codes that follow on `valid_to`, the main one first; empty when none is recorded.
    pub successors: Box<[AreaCode]>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
}

/// The types that a full name begins with.
const TYPES: [&str; 9] = ["Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã"];

impl Area {
    /// Code and first day.
    pub const fn key(&self) -> AreaKey {
        AreaKey { code: self.code, valid_from: self.valid_from }
    }

    /// Whether it was valid on a day. The book asks with days before its first one raised to it.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// «Xã», «Thành phố», …; empty when the name begins with no known type.
    pub fn unit_type(&self) -> &'static str {
        TYPES
            .iter()
            .find(|kind| self.name.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' ')))
            .copied()
            .unwrap_or("")
    }

    /// The name without its type: «An Biên».
    pub fn short_name(&self) -> &str {
        self.name[self.unit_type().len()..].trim_start()
    }
}
