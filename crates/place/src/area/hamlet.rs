//! Below the commune: hamlets and residential groups, kept by the commune itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::AreaCode;

/// What a hamlet is called where it lies. No law gives these a national code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HamletKind {
    /// Thôn.
    Thon,
    /// Ấp, of the south.
    Ap,
    /// Bản, of the north-west.
    Ban,
    /// Làng.
    Lang,
    /// Buôn, of the central highlands.
    Buon,
    /// Khóm, of southern towns.
    Khom,
    /// Khu phố.
    KhuPho,
    /// Tổ dân phố.
    ToDanPho,
}

impl HamletKind {
    /// The word as it stands before the name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Thon => "Thôn",
            Self::Ap => "Ấp",
            Self::Ban => "Bản",
            Self::Lang => "Làng",
            Self::Buon => "Buôn",
            Self::Khom => "Khóm",
            Self::KhuPho => "Khu phố",
            Self::ToDanPho => "Tổ dân phố",
        }
    }
}

/// A hamlet or residential group of a commune during a stretch of time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hamlet {
    /// The commune that keeps it, read together with `valid_from`.
    pub commune: AreaCode,
    /// Thôn, ấp, tổ dân phố, …
    pub kind: HamletKind,
    /// The name without its kind: «Hòn Sơn», «7».
    pub name: String,
    /// Households, when the commune has counted them.
    pub households: Option<u32>,
    /// Residents managed (nhân khẩu), when counted.
    pub residents: Option<u32>,
    /// First day of validity.
    pub valid_from: Date,
    /// First day on which it is no longer valid.
    pub valid_to: Option<Date>,
}

impl Hamlet {
    /// «Ấp Hòn Sơn».
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind.word(), self.name)
    }

    /// Whether it was valid on a day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_hamlet_is_known_by_its_kind_and_days() {
        let hamlet = Hamlet {
            commune: "30808".parse().unwrap(),
            kind: HamletKind::ToDanPho,
            name: "7".into(),
            households: Some(112),
            residents: None,
            valid_from: date(2025, 7, 1),
            valid_to: Some(date(2026, 1, 1)),
        };
        assert_eq!(hamlet.full_name(), "Tổ dân phố 7");
        assert!(hamlet.valid_on(date(2025, 12, 31)) && !hamlet.valid_on(date(2026, 1, 1)));
    }
}
